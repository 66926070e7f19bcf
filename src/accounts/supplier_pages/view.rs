//! What pages about accounts share, also those of features above.

pub use super::{Head, Reader, standing_chip, tier_chip};
