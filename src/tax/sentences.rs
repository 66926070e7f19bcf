//! What tax say.

use crate::sentences::sentences;

sentences! {
    rate_at_most();
}
