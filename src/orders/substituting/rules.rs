//! Where a proposal of the supplier's stands.

pub use crate::names::states::SubstituteProposalState as State;
