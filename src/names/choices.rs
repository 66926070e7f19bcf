//! Closed sets of what buyers decide about what is not there.

use super::names;

names! {
    /// Whether an order, or a line of it, leaves in parts.
    #[derive(Default)]
    pub enum DeliveryChoice as DeliveryChoice {
        /// What there is leaves.
        #[default]
        Partial = "partial",
        /// It leaves once all of it is there.
        Complete = "complete",
    }
}

names! {
    /// What becomes of what is not there as an order is placed.
    #[derive(Default)]
    pub enum BackorderChoice as BackorderChoice {
        /// It waits for stock.
        #[default]
        Wait = "wait",
        /// It waits until a day; what waits on the day after is called off.
        Until = "until",
        /// It is called off at once.
        CancelRest = "cancel_rest",
    }
}

names! {
    /// Which decision of its buyer ended an order, or a part of it.
    pub enum EndedBy as OrderEndedBy {
        /// Nothing of it was to wait.
        CancelRest = "cancel_rest",
        /// The last day on which it waited is over.
        CancelAfter = "cancel_after",
    }
}

names! {
    /// What is offered instead of an article.
    pub enum SubstituteKind as SubstituteKind {
        /// What comes after it.
        Successor = "successor",
        /// What does as well.
        Alternative = "alternative",
    }
}
