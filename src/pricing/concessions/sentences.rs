//! What is said of prices below list or floor.

use crate::sentences::sentences;

sentences! {
    price_reason_needed(price: decimal, list_price: decimal);
    price_reason_needed_floor(price: decimal);
    price_reason_too_long(max: number);
    price_below_floor(price: decimal, percent: decimal);
}
