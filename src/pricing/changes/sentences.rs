//! What price changes say.

use crate::sentences::sentences;

sentences! {
    price_change_day_passed(day: date);
    price_change_not_draft(title: text);
    price_change_not_submitted(title: text);
    price_change_not_applied(title: text);
    price_change_empty();
    price_change_too_many_rows(max: number);
    price_change_not_previewed(title: text);
    price_change_own();
    price_change_blocked(lines: number);
    price_change_row(row: number, why: sentence);
    price_change_title();
    price_change_note(max: number);
    price_change_notice(max: number);
    price_change_no_lists();
    price_change_one_of_percent_and_amount();
    price_change_percent(percent: text);
    price_change_amount(amount: text);
    price_change_rounding(rounding: text);
    price_change_rule_finds_nothing();
    price_change_rule_below_zero(sku: text, price_list: text);
    price_change_no_file();
}
