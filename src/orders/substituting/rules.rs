//! Where a proposal of the supplier's stands.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

pub use crate::names::states::SubstituteProposalState as State;
