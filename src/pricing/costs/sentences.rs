//! What costs and floors say.

use crate::sentences::sentences;

sentences! {
    cost_below_zero();
    floor_percent();
    floor_twice();
}
