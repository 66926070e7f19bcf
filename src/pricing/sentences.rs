//! What pricing say.

use crate::sentences::sentences;

sentences! {
    too_many_lines(lines: number, max: number);
    not_yet_orderable(sku: text, from: date);
    no_price(sku: text, quantity: decimal, unit: text);
    line_too_dear(quantity: decimal, unit: text, sku: text);
    list_exists();
    price_exists();
    price_taken();
    price_removed();
    price_changed();

    // Files
    list_not_in_file();
    give_kind();
    list_needs_account(kind: text);
    list_has_no_account(kind: text);
    list_needs_tier();
    list_has_no_tier(kind: text);
    list_has_no_contract();
    list_of_anothers_contract();
    account_trades_in(currency: text);
    before_valid_from(from: date);
    no_other_unit(base_unit: text);
    price_above_zero();
    give_price_base();
}
