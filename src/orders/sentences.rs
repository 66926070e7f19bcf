//! What orders say.

use crate::sentences::sentences;

sentences! {
    cannot_accept(order: text, state: name "order-state");
    cannot_hold(order: text, state: name "order-state");
    cannot_release(order: text, state: name "order-state");
    cannot_cancel(order: text, state: name "order-state");
    cannot_cancel_rest(order: text, state: name "order-state");
    nothing_left_of_line(line: number);
    more_than_is_left_of_line(line: number, left: decimal);
    line_has_left(line: number);
    no_line_is_open(order: text);
    cancel_the_whole(order: text);
    no_such_line(order: text);
    no_line_has_this_id();
    nothing_waits_until();
    nothing_available();
    ships_complete(order: text);
    line_ships_complete(line: number);
    line_does_not_wait(line: number);
    not_offered_instead(sku: text, line: number);
    costs_otherwise_now(net: text);
    account_cannot_order(sku: text);
    proposed_already(line: number);
    proposal_is_decided(state: name "proposal-state");
    waits_until_when();
    give_quota_scope();
    give_quota_period();
    give_allocation_mode();
    give_weights();
    weights_of_fair_shares();
    quota_is_for_nobody();
    quota_is_for_two();
    quota_of_nothing();
    quota_exists();
    lines_of_two_products();
    line_waits_for_less(line: number, waits: decimal, unit: text);
    line_has_less(line: number, reserved: decimal, unit: text);
    less_is_free(sku: text, free: decimal, unit: text);
    only_whole_packs(portion: decimal, unit: text);
    order_being_packed(order: text);
    beyond_credit(order: text);
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
    not_entitled(order_class: name "desk-class");
    entitlement_used_up(order_class: name "desk-class", per_month: number, used: number, resets_on: date);
    entitlement_lines(order_class: name "desk-class", lines: number, lines_max: number);
    entitlement_exists(order_class: name "desk-class");
    tier_or_account();
    exceeds_stock(sku: text, left: decimal, unit: text);
    cannot_release_sold_out(order: text, sku: text, left: decimal, unit: text);
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
    fair_share_among(of: number, why: sentence);
    proportional_share_among(of: number, why: sentence);
    waits(tier: name "tier", class: name "desk-class", since: day);
    waits_and_wanted(tier: name "tier", class: name "desk-class", wanted: day, since: day);
    got_all(got: decimal, of: decimal);
    others_came_first(got: decimal, of: decimal);
    shared_among_all(got: decimal, of: decimal);
    rest_waits(got: decimal, of: decimal);
    rest_is_expected(got: decimal, of: decimal, by: date);
}
