//! What inventory say.

use crate::sentences::sentences;

sentences! {
    reserved_for_orders(reserved: decimal);
}
