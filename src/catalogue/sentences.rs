//! What catalogue say.

use crate::sentences::sentences;

sentences! {
    no_article(article: text);
    article_ended(sku: text);
    one_key();
    name_a_unit(sku: text, units: list);
    not_sold_in(sku: text, unit: text, units: list);
    gtin_of_other_unit(gtin: text, unit: text, wanted: text);
    quantity_too_large(quantity: text);
    not_whole_steps(quantity: decimal, unit: text, step: decimal, remedy: sentence);
    not_whole_packs(quantity: decimal, unit: text, remedy: sentence);
    not_whole_base(quantity: decimal, unit: text, base_unit: text, remedy: sentence);
    below_minimum(quantity: decimal, unit: text, minimum: number, remedy: sentence);
    above_maximum(quantity: decimal, unit: text, maximum: number, remedy: sentence);
    not_a_multiple(quantity: decimal, unit: text, multiple: number, remedy: sentence);
    order_either(lower: decimal, upper: decimal);
    order_only(quantity: decimal);
    order_nothing();

    // Files
    product_not_in_file();
    category_has_no_rate();
    product_in_use(kept: text);
    seen_by_others();
    base_unit_has_no_row();
    ratio_differs();
    give_content();
    give_decimal_content();
    weight_out_of_bounds();
    maximum_leaves_nothing(minimum: number, multiple: number);
    give_gtin();
    gtin_of(sku: text);
    gtin_of_unit(sku: text, unit: text);
    article_has_it(sku: text);
    exclusive_to_another();
    sku_or_category();
    tier_or_account_or_all();
    early_access_exists();

    // Keeping
    product_exists(sku: text);
    unit_exists();
    unit_content_stays();
    unit_has_price(list: text);
    unit_stays();
    article_removed();
    row_changed();
    give_articles(max: number);
    search_has_at_most(max: number);
}
