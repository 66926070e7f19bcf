//! What rebates say.

use crate::sentences::sentences;

sentences! {
    rebate_one_of_percent_and_net();
    rebate_percent_invalid(percent: text);
    rebate_of_too_many_days(max: number);
    rebate_paid_before(account: text, from: date, to: date);
    rebate_of_nothing(account: text);
    rebate_beyond(amount: money, left: money);
    rebate_settled_already(code: text);
    rebate_nothing_due(code: text);
    rebate_not_above_zero(amount: money);
    rebate_looks_at_too_much(max: number);
    rebate_on_too_many_invoices(max: number);
}
