//! What reminders say.

use crate::sentences::sentences;

sentences! {
    no_reminder_policy(policy: text);
    tier_has_policy(tier: name "tier");
    reminder_policy_used(policy: text);
    reminder_policy_code(max: number);
    reminder_policy_name(max: number);
    reminder_currency(code: text);
    reminder_levels(levels: number);
    reminder_days(days: number, least: number, most: number);
    reminder_days_rise(days: number, before: number);
    reminder_amount(amount: text, currency: text);
    reminder_interest(interest: text);
    reminder_text_too_long(characters: number, max: number);
    reminder_hold_level(level: number, levels: number);
    reminder_day(day: date, first: date, last: date);
    reminder_run_ended();
    not_in_reminder_run(account: text);
    invoice_not_in_reminder_run(account: text);
    nobody_to_remind(account: text);
    nothing_promised();
    promised_not_open(invoice: text);
    invoice_disputed();
    invoice_not_disputed();
    invoice_disputed_by_claim(claim: text);
    nothing_to_waive();
}
