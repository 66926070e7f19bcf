//! What sandboxes say.

use crate::sentences::sentences;

sentences! {
    sandbox_exists();
    sandbox_key_taken();
    sandbox_days(max: number);
    sandbox_times(max: number);
    sandbox_names(known: list);
    sandbox_order_needed();
    sandbox_endpoint_needed();
    sandbox_not_parted(order: number);
}
