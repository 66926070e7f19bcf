//! What shipments say.

use crate::sentences::sentences;

sentences! {
    no_order();
    nothing_reserved(order: text);
    carrier_too_long(characters: number, max: number);
    name_lines_or_none();
    delivered_already(shipment: text);
    no_line(order: text);
    more_than_reserved(quantity: decimal, unit: text, line: number, reserved: decimal);
    line_twice(line: number);
}
