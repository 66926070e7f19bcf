//! What orders say.

use crate::sentences::sentences;

sentences! {
    cannot_accept(order: text, state: name "order-state");
    cannot_hold(order: text, state: name "order-state");
    cannot_release(order: text, state: name "order-state");
    cannot_cancel(order: text, state: name "order-state");
    cannot_cancel_rest(order: text, state: name "order-state");
    nothing_left_of_line(line: number);
    line_has_left(line: number);
    no_line_is_open(order: text);
    cancel_the_whole(order: text);
    no_such_line(order: text);
    no_line_has_this_id();
    accept_before_shipping(order: text, state: name "order-state");
    release_before_shipping(order: text, state: name "order-state");
    cannot_ship(order: text, state: name "order-state");
    view_has_only(states: list);
    po_used_by_order(po_number: text, order: text);
    po_used(po_number: text);
    supplier_has_no_address();
    article_has_no_rate(sku: text, category: text);
    name_po_number();
    po_number_too_long(characters: number, max: number);
    day_has_passed(day: date, today: date);
    no_own_site(site: text);
    note_too_long(characters: number, max: number);
    split_the_order();
    exceeds_stock(sku: text, left: decimal, unit: text);
    view_by_priority();
    wanted_day_of_one_account();
    choose_what_to_do();
    other_row_is_bad();
    order_with_other_lines();
    closed_account();

    // Receipts
    receipt_too_large();
    name_the_warehouse();
    no_warehouse(warehouse: text);
    receipt_lines(lines: number, max: number);
    no_product(sku: text);
    quantity_of_base_unit(fault: sentence, sku: text, decimals: number);

    // Lines and their rank
    part_not_whole(quantity: decimal, unit: text);
    part_too_large(quantity: decimal);
    rank_of(place: number, of: number, why: sentence);
    waits(tier: name "tier", class: name "desk-class", since: day);
    waits_and_wanted(tier: name "tier", class: name "desk-class", wanted: day, since: day);
    got_all(got: decimal, of: decimal);
    others_came_first(got: decimal, of: decimal);
    rest_waits(got: decimal, of: decimal);
}
