//! Claims as values and decisions: what may be claimed, which step leads where, what is accepted.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

pub mod listing;
pub mod reading;

use chrono::{NaiveDate, TimeDelta};

use crate::catalogue::rules::OrderQuantity;
use crate::clock::Timestamp;
use crate::ids::{
    AccountId, ClaimFileId, ClaimId, ClaimMessageId, CreditNoteId, InvoiceId, OrderId, OrderLineId, PersonId,
    ProductId, ShipmentId,
};
use crate::money::{Currency, Money};
pub use crate::names::sets::{ClaimKind as Kind, ClaimOutcome as Outcome, ClaimState as State, CreditNoteReason, Side};

/// Longest text of a claim, a message, a reason or a cause, in characters.
pub const TEXT_CHARS_MAX: usize = 2_000;
/// Most lines of a claim.
pub const LINES_MAX: usize = 500;

/// Something that may be done to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Somebody of the supplier looks at it.
    Review,
    /// All of it is right.
    Accept,
    /// Some of it is.
    AcceptPart,
    /// None of it is.
    Reject,
    /// What is right of it is made good.
    Settle,
    /// The account takes it back.
    Withdraw,
}

impl Action {
    pub const ALL: [Self; 6] = [
        Self::Review,
        Self::Accept,
        Self::AcceptPart,
        Self::Reject,
        Self::Settle,
        Self::Withdraw,
    ];

    /// The state that a decision leads to, or none of what is no decision.
    fn decided(self) -> Option<State> {
        match self {
            Self::Accept => Some(State::Accepted),
            Self::AcceptPart => Some(State::PartlyAccepted),
            Self::Reject => Some(State::Rejected),
            Self::Review | Self::Settle | Self::Withdraw => None,
        }
    }
}

impl State {
    /// The state after `action`, or none where it is not allowed.
    pub fn after(self, action: Action) -> Option<Self> {
        match (self, action) {
            (Self::Open, Action::Review) => Some(Self::InReview),
            // Until it is made good, staff may decide once more: what was decided may turn out not to be possible.
            (
                Self::Open | Self::InReview | Self::Accepted | Self::PartlyAccepted,
                Action::Accept | Action::AcceptPart | Action::Reject,
            ) => action.decided(),
            (Self::Open | Self::InReview, Action::Withdraw) => Some(Self::Withdrawn),
            (Self::Accepted | Self::PartlyAccepted, Action::Settle) => Some(Self::Settled),
            _ => None,
        }
    }

    /// Nothing more becomes of it.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Rejected | Self::Settled | Self::Withdrawn)
    }

    /// The supplier has not decided.
    pub fn is_undecided(self) -> bool {
        matches!(self, Self::Open | Self::InReview)
    }
}

impl Kind {
    /// Whether the goods themselves are claimed, so that they can't be claimed once more when it is settled.
    pub fn is_about_goods(self) -> bool {
        !matches!(self, Self::Price | Self::Late)
    }

    /// Why a credit note of such a claim is issued.
    pub fn credited_for(self) -> CreditNoteReason {
        match self {
            Self::Damaged => CreditNoteReason::Damaged,
            Self::Short => CreditNoteReason::Short,
            Self::WrongItem => CreditNoteReason::WrongItem,
            Self::Quality => CreditNoteReason::Quality,
            Self::Late => CreditNoteReason::Late,
            Self::Price => CreditNoteReason::Price,
            Self::Other => CreditNoteReason::Other,
        }
    }
}

/// A claim. Without lines, messages and files where only its head was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub id: ClaimId,
    /// Whose.
    pub account_id: AccountId,
    /// That account's code and name.
    pub account: (String, String),
    pub order_id: OrderId,
    pub order_number: i64,
    pub po_number: String,
    /// Code of the site the goods went to.
    pub ship_to: String,
    pub currency: Currency,
    pub shipment_id: ShipmentId,
    pub shipment_number: i64,
    /// The shipment's invoice, once there is one.
    pub invoice: Option<(InvoiceId, String)>,
    /// Year and place in it: without gaps from 1.
    pub sequence: (i32, i64),
    pub number: String,
    pub kind: Kind,
    pub wish: Outcome,
    /// What the account says.
    pub text: String,
    pub state: State,
    /// `per_…` or `cli_…`.
    pub filed_by: String,
    /// The person who filed it, if one did.
    pub person_id: Option<PersonId>,
    pub opened_at: Timestamp,
    /// In the supplier's zone.
    pub opened_on: NaiveDate,
    /// The last day to answer.
    pub answer_by: NaiveDate,
    /// When the supplier first said something.
    pub answered_at: Option<Timestamp>,
    pub decided_at: Option<Timestamp>,
    pub settled_at: Option<Timestamp>,
    pub outcome: Option<Outcome>,
    pub credit_note: Option<(CreditNoteId, String)>,
    /// The order without charge.
    pub replacement: Option<(OrderId, i64)>,
    pub analysis: Analysis,
    /// Grows with each change.
    pub version: i64,
    pub lines: Vec<ClaimLine>,
    pub messages: Vec<Message>,
    pub files: Vec<FileHead>,
}

impl Claim {
    /// Whether nobody of the supplier has answered in time on the day `today` of theirs.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.answered_at.is_none() && !self.state.is_over() && today > self.answer_by
    }
}

/// A line of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimLine {
    /// On the shipment, or on the invoice where the claim is about that.
    pub position: i32,
    pub order_line_id: OrderLineId,
    pub product_id: ProductId,
    pub sku: String,
    pub customer_part_number: Option<String>,
    pub name: String,
    /// The ordered unit.
    pub unit: String,
    pub unit_code: String,
    /// In the ordered unit, and in base steps.
    pub quantity: OrderQuantity,
    /// Once it is decided.
    pub decision: Option<Decision>,
}

/// What of a line is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// How much of it; zero where nothing is.
    pub accepted: OrderQuantity,
    /// The amount without tax that is credited, where that is not the goods' price.
    pub net: Option<Money>,
    /// Why it is not more.
    pub reason: Option<String>,
}

/// What was found out about a claim, and what is done so that it doesn't come again: fields of an 8D report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Analysis {
    pub root_cause: Option<String>,
    pub corrective_action: Option<String>,
    /// Who sees to it.
    pub owner: Option<String>,
    pub due_on: Option<NaiveDate>,
    /// When it was seen to work.
    pub verified_on: Option<NaiveDate>,
}

/// Something that one side said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: ClaimMessageId,
    pub side: Side,
    /// What who wrote it is called.
    pub author: Option<String>,
    pub text: String,
    pub written_at: Timestamp,
}

/// A photo or paper without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileHead {
    pub id: ClaimFileId,
    pub name: String,
    pub media_type: String,
    pub bytes: i64,
    pub side: Side,
    pub added_at: Timestamp,
}

/// The day by which a claim of `opened_on` is answered.
pub fn answer_by(opened_on: NaiveDate, days: i32) -> NaiveDate {
    opened_on
        .checked_add_signed(TimeDelta::days(days.into()))
        .unwrap_or(opened_on)
}

/// The number of a claim: `CL-2026-000042`, in a series of its own.
pub fn number((year, sequence): (i32, i64)) -> String {
    format!("CL-{year}-{sequence:06}")
}

#[cfg(test)]
mod tests;
