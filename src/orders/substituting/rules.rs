//! Where a proposal of the supplier's stands.

use crate::names::names;

names! {
    /// Where a proposal stands.
    pub enum State as SubstituteProposalState {
        /// The account has not said anything yet.
        Open = "open",
        /// The account took it.
        Accepted = "accepted",
        /// The account does not want it.
        Declined = "declined",
        /// The supplier took it back, or proposed something else.
        Withdrawn = "withdrawn",
    }
}
