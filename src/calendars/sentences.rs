//! What calendars say.

use crate::sentences::sentences;

sentences! {
    give_weekdays();
    give_cut_off();
    calendar_of_one();
    calendar_of_whom(account: text);
    calendar_site_needs_account();
    calendar_site_unknown(account: text);
    calendar_warehouse_unknown();
    calendar_has_another(calendar: text);
    calendar_unknown();
    calendar_exists(calendar: text);
    too_many_holidays(days: number, max: number);
}
