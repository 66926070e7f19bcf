//! What sheets say.

use crate::sentences::sentences;

sentences! {
    // Cells
    blanks_or_controls();
    give_tax_category();
    give_unit_code();
    give_whole_number(from: number, to: number);
    at_most_decimals(max: number);
    two_numbers(one: decimal, other: decimal);
    not_below_zero();
    write_the_day();
    give_currency();
    give_country();
    give_time_zone();
    give_mail_address();
    give_phone();
    give_vat_id();
    give_iban();
    give_bic();
    give_electronic_address();
    give_register_number();
    give_one_of(names: list);
    give_some_of(names: list);

    // Rows and headers
    cells_differ(found: number, wanted: number);
    save_as_utf8();
    remove_nul();
    text_after_quote();
    quote_never_closes();
    keep_one();
    header_needs(required: list);
    header_needs_and_may_have(required: list, optional: list);
    same_key(row: number);
    same_key_before();
    at_most_columns(max: number);
    too_many_faults(max: number);
}
