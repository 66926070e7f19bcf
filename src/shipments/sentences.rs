//! What shipments say.

use crate::sentences::sentences;

sentences! {
    no_order();
    nothing_reserved(order: text);
    carrier_too_long(characters: number, max: number);
    name_lines_or_none();
    delivered_already(shipment: text);
    shipment_consigned(shipment: text, consignment: text);
    consignment_orders(orders: number, min: number, max: number);
    consignment_order_twice();
    consignment_elsewhere(order: text, site: text, first: text, first_site: text);
    consignment_delivered(consignment: text);
    no_line(order: text);
    more_than_reserved(quantity: decimal, unit: text, line: number, reserved: decimal);
    line_twice(line: number);
    package_kind(kind: text, kinds: text);
    package_count(count: number, max: number);
    package_too_many(max: number);
    package_line_unknown();
    package_more_than_left(quantity: decimal, unit: text, line: number, count: number, left: decimal);
    package_weight(grams: number, max: number);
    package_side(side: number, max: number);
    package_none(order: text);
    packing_incomplete(left: decimal, unit: text, line: number);
    packing_state_forbids(order: text, state: name "packing-state");
    packed_beyond(quantity: decimal, unit: text, line: number);
    all_being_packed(order: text);
    gs1_prefix_missing();
    gs1_prefix_used_up(prefix: text);
    gs1_prefix_invalid(prefix: text);
    carrier_text(characters: number, max: number);
    carrier_url(url: text, placeholder: text);
    carrier_code_used(code: text);
    carrier_too_many(max: number);
    received_by_too_long(characters: number, max: number);
    delivered_before_shipped();
    delivered_in_future();
    proof_empty(name: text);
    proof_too_large(name: text, max: number);
    proof_unknown(name: text);
    proof_broken(name: text);
    proof_too_many_pixels(name: text, width: number, height: number, max: number);
    proof_no_files();
    proof_too_many(max: number);
    proof_before_arrival(shipment: text);
    pick_list_of_a_warehouse();
    pick_list_too_long(max: number);
    nothing_to_pick(warehouse: text);
}
