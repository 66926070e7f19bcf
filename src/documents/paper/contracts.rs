//! What stands on a contract.

use chrono::NaiveDate;

use crate::parties::{Buyer, Seller};

/// A contract, as it was offered.
#[derive(Debug, Clone, PartialEq)]
pub struct Contract {
    pub number: String,
    pub name: String,
    /// When it was offered, or printed before that.
    pub dated_on: NaiveDate,
    pub seller: Seller,
    pub buyer: Buyer,
    /// Names and values, in the language of the paper.
    pub terms: Vec<(String, String)>,
    pub lines: Vec<ContractLine>,
    /// The sentence that was accepted, by whom and when.
    pub acceptance: Option<(String, String)>,
    /// Who countersigned it, and when.
    pub countersigned: Option<String>,
    /// What is said where one of them is missing.
    pub unsigned: Option<String>,
}

/// What the account commits itself to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractLine {
    pub code: String,
    /// Of what.
    pub about: String,
    pub period: String,
    pub committed: String,
    /// What a shortfall costs.
    pub rate: String,
}
