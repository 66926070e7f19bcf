//! What expected receipts say.

use crate::sentences::sentences;

sentences! {
    expected_quantity(quantity: text, sku: text, decimals: number);
    expected_below_received(received: decimal);
    expected_twice(reference: text, sku: text, warehouse: text);
    expected_closed(reference: text);
    expected_day_far(last: date);
    no_expected_receipt(reference: text, sku: text, warehouse: text);
    expected_warehouse_unknown(warehouse: text);
}
