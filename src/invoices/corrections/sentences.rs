//! What corrections of invoices say.

use crate::sentences::sentences;

sentences! {
    correction_text_too_long(characters: number, max: number);
    correction_terms_out_of_range(days: number, max: number);
    corrected_already(invoice: text, corrected: text);
    difference_not_corrected(invoice: text);
    correction_of_amount(credit: text, line: number, invoice: text);
    correction_of_difference(invoice: text, difference: text);
}
