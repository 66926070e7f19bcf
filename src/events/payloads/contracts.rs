//! Of contracts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::names::sets::{ContractChange, ContractState};

payloads! {
    /// The head of a contract.
    ContractHead {
        /// Its code.
        #[schema(example = "K-2026-NORD")]
        contract: String,
        name: String,
        /// Code of the account.
        account: String,
        state: ContractState,
        valid_from: NaiveDate,
        /// Last day, as things stand.
        valid_to: NaiveDate,
    }

    /// The supplier offers a contract.
    ContractOffered {
        #[serde(flatten)]
        head: ContractHead,
    }

    /// The account accepted a contract; the supplier countersigns it.
    ContractAccepted {
        #[serde(flatten)]
        head: ContractHead,
        /// The name that was given.
        accepted_by: String,
    }

    /// Something became of a contract.
    ContractChanged {
        #[serde(flatten)]
        head: ContractHead,
        change: ContractChange,
        /// Why it ends before its time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    }

    /// The last day for notice comes nearer.
    ContractNoticeDue {
        #[serde(flatten)]
        head: ContractHead,
        /// Days before it of which this is told.
        days: i64,
        /// The last day on which notice can be given.
        notice_by: NaiveDate,
        /// True where the contract goes on for another term if nobody gives it.
        renews: bool,
    }

    /// Less is bought than a commitment needs by today.
    ContractPaceLow {
        #[serde(flatten)]
        head: ContractHead,
        /// Code of the commitment.
        commitment: String,
        /// Days of the period.
        period_from: NaiveDate,
        period_to: NaiveDate,
        committed: String,
        fulfilled: String,
        /// By today.
        expected: String,
        /// What would be missing at the end.
        shortfall: String,
        /// ISO 4217 of an amount; null of a quantity.
        currency: Option<String>,
        /// Number of the article of a quantity; null of an amount.
        sku: Option<String>,
    }
}
