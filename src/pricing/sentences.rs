//! What pricing say.

use crate::sentences::sentences;

sentences! {
    too_many_lines(lines: number, max: number);
    not_yet_orderable(sku: text, from: date);
    no_price(sku: text, quantity: decimal, unit: text);
    price_on_request(sku: text);
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
    list_has_no_site(kind: text);
    no_site_of_account(site: text, account: text);
    equals_found(prices: number);
    minimum_exists();
    minimum_above_zero();
    order_below_minimum(net: money, minimum: money);
    discount_exists();
    discount_percent_out_of_range();
    discount_above_zero();
    discount_has_no_currency();
    discount_needs_currency();
}
