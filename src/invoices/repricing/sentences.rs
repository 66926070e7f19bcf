//! What price corrections say.

use crate::sentences::sentences;

sentences! {
    correction_days_turned(from: date, to: date);
    correction_days_too_many(max: number);
    correction_days_to_come(from: date, today: date);
    correction_accounts_too_many(max: number);
    correction_looks_at_too_much(max: number);
    correction_of_too_many_lines(lines: number, max: number);
    price_correction_ended(number: text);
    price_correction_empty(number: text);
    price_correction_of_invoice(invoice: text, why: sentence);
}
