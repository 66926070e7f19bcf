//! Closed sets of contracts and of how prices are chosen.

use super::names;

names! {
    /// Where a contract stands.
    pub enum ContractState as ContractState {
        /// The supplier writes it; the account does not see it.
        Draft = "draft",
        /// The account may accept it.
        Offered = "offered",
        /// Accepted and countersigned; its first day is to come.
        Signed = "signed",
        /// In force.
        Active = "active",
        /// Its last day is over.
        Ended = "ended",
        /// Ended before its time, or taken back before it began.
        Terminated = "terminated",
    }
}

names! {
    /// What became of a contract.
    pub enum ContractChange as ContractChange {
        /// Countersigned by the supplier.
        Signed = "signed",
        /// Its first day has come.
        Activated = "activated",
        /// It goes on for another term.
        Renewed = "renewed",
        /// It will end before its time.
        NoticeGiven = "notice_given",
        Ended = "ended",
        Terminated = "terminated",
    }
}

names! {
    /// How the price of a line is chosen among those that apply.
    #[derive(Default)]
    pub enum PriceStrategy as PriceStrategy {
        /// The first kind of list that has one: contract, account, tier, base.
        #[default]
        FirstLevel = "first_level",
        /// The one at which the line costs least, whichever list it is of.
        LowestWins = "lowest_wins",
    }
}
