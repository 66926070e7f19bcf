//! Where things stand that statements ask about: the sets of `{order_state placed}` and its relatives.

use super::names;
use super::sets::{
    ArticleState, ClaimState, ContractState, OrderChangeState, OrderState, PackingState, ReturnState, ShipmentState,
};

names! {
    /// How far a job is.
    pub enum BulkState as BulkState {
        /// Its rows are still coming in: nobody sees it.
        Receiving = "receiving",
        Queued = "queued",
        Running = "running",
        /// Every row was looked at; those that were not rejected are written.
        Succeeded = "succeeded",
        /// It could not go on, or, of a job that is done wholly or not at all, a row was bad.
        Failed = "failed",
        Cancelled = "cancelled",
    }
}

names! {
    /// What became of a message.
    pub enum MailState as MailState {
        /// Waits to be sent, perhaps again.
        Due = "due",
        /// The mail server has it.
        Sent = "sent",
        /// Given up, needs somebody.
        Parked = "parked",
    }
}

names! {
    /// What became of an entry.
    pub enum BankEntryState as BankEntryState {
        /// It may belong to what is proposed; somebody has to say so.
        Proposed = "proposed",
        /// Nothing says whose it is.
        Unknown = "unknown",
        /// It is a payment, or took one back.
        Booked = "booked",
        /// Somebody said that it is no payment of an account.
        Ignored = "ignored",
        /// Money that went out.
        Outgoing = "outgoing",
    }
}

names! {
    /// How far an import is.
    pub enum ImportState as ImportState {
        /// Every row is looked at; nothing changes.
        Checking = "checking",
        /// Looked at: somebody decides.
        Ready = "ready",
        /// What is good is written.
        Applying = "applying",
        /// Written.
        Done = "done",
        /// It could not go on.
        Failed = "failed",
    }
}

names! {
    /// How far an erasure is.
    pub enum ErasureState as ErasureState {
        /// It goes on beside the requests.
        Running = "running",
        /// Nothing is left to replace.
        Done = "done",
    }
}

names! {
    /// Whether an endpoint is sent anything.
    pub enum WebhookEndpointState as WebhookEndpointState {
        Enabled = "enabled",
        Disabled = "disabled",
    }
}

names! {
    /// What became of an event for an endpoint.
    pub enum WebhookDeliveryState as WebhookDeliveryState {
        /// Is sent next, or tried again.
        Due = "due",
        /// Waits for an earlier event about the same object.
        Behind = "behind",
        /// The endpoint has it.
        Delivered = "delivered",
        /// Given up; somebody may send it again.
        Parked = "parked",
    }
}

names! {
    /// Where an expected receipt stands.
    pub enum ExpectedReceiptState as ExpectedReceiptState {
        /// More of it is to come.
        Open = "open",
        /// All of it came.
        Received = "received",
        /// Nothing more of it comes.
        Closed = "closed",
    }
}

names! {
    /// How far a settlement is.
    pub enum RebateSettlementState as RebateSettlementState {
        /// Somebody of finance has to say so.
        Proposed = "proposed",
        /// It is credited.
        Settled = "settled",
    }
}

names! {
    /// How far a file for an access point is.
    pub enum EinvoiceFileState as EinvoiceFileState {
        /// It is to be written.
        Due = "due",
        /// It is in the folder.
        Written = "written",
    }
}

names! {
    /// What became of a run.
    pub enum ReminderRunState as ReminderRunState {
        /// It waits for somebody to release it.
        Proposed = "proposed",
        /// Its reminders are sent.
        Released = "released",
        /// It came to nothing.
        Dropped = "dropped",
    }
}

names! {
    /// Where a proposal of another article stands.
    pub enum SubstituteProposalState as SubstituteProposalState {
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

names! {
    /// Where a price change stands.
    pub enum PriceChangeState as PriceChangeState {
        /// Its rows can be changed.
        Draft = "draft",
        /// It waits for another person's approval.
        Submitted = "submitted",
        /// It was refused; its rows can be changed again.
        Rejected = "rejected",
        /// Its rows are being put into the lists.
        Approved = "approved",
        /// All its rows stand in the lists, and hold from its day on.
        Applied = "applied",
        /// Its rows are being taken back.
        RollingBack = "rolling_back",
        /// Everything is as it was.
        RolledBack = "rolled_back",
    }
}

names! {
    /// What became of a row of a price change.
    pub enum PriceChangeOutcome as PriceChangeOutcome {
        /// It stands in its list.
        Applied = "applied",
        /// It was taken back.
        Undone = "undone",
        /// Somebody changed the price since: it was left as it is.
        Kept = "kept",
    }
}

names! {
    /// What the worker does with a price change.
    pub enum PriceChangeWork as PriceChangeWork {
        Apply = "apply",
        RollBack = "roll_back",
    }
}

names! {
    /// Whether it is known what a price change comes to.
    pub enum PreviewState as PreviewState {
        /// It is worked out.
        Running = "running",
        /// It is known, of the rows as they are.
        Ready = "ready",
    }
}

names! {
    /// What became of a run.
    pub enum PriceCorrectionState as PriceCorrectionState {
        /// It waits for somebody to release it.
        Preview = "preview",
        /// Its credit notes and invoices are issued.
        Released = "released",
        /// It came to nothing.
        Discarded = "discarded",
    }
}

names! {
    /// What became of a document that goes out.
    pub enum PunchoutSending as PunchoutSending {
        /// It is sent next, or tried again.
        Due = "due",
        /// The buyer's system took it.
        Sent = "sent",
        /// It was refused for good, or tried for a day.
        Parked = "parked",
    }
}

impl WebhookEndpointState {
    /// What an endpoint is called in its column once it is gone; nobody is told of it.
    pub const REMOVED: &str = "removed";
}

/// True where `name` is one of the set that statements call `set`.
pub fn is_state(set: &str, name: &str) -> bool {
    match set {
        "article_state" => ArticleState::from_name(name).is_some(),
        "bank_entry_state" => BankEntryState::from_name(name).is_some(),
        "bulk_state" => BulkState::from_name(name).is_some(),
        "claim_state" => ClaimState::from_name(name).is_some(),
        "contract_state" => ContractState::from_name(name).is_some(),
        "einvoice_file_state" => EinvoiceFileState::from_name(name).is_some(),
        "erasure_state" => ErasureState::from_name(name).is_some(),
        "expected_receipt_state" => ExpectedReceiptState::from_name(name).is_some(),
        "import_state" => ImportState::from_name(name).is_some(),
        "mail_state" => MailState::from_name(name).is_some(),
        "order_change_state" => OrderChangeState::from_name(name).is_some(),
        "order_state" => OrderState::from_name(name).is_some(),
        "packing_state" => PackingState::from_name(name).is_some(),
        "price_change_state" => PriceChangeState::from_name(name).is_some(),
        "price_correction_state" => PriceCorrectionState::from_name(name).is_some(),
        "punchout_document_state" => PunchoutSending::from_name(name).is_some(),
        "rebate_settlement_state" => RebateSettlementState::from_name(name).is_some(),
        "reminder_run_state" => ReminderRunState::from_name(name).is_some(),
        "return_state" => ReturnState::from_name(name).is_some(),
        "shipment_state" => ShipmentState::from_name(name).is_some(),
        "substitute_proposal_state" => SubstituteProposalState::from_name(name).is_some(),
        "webhook_delivery_state" => WebhookDeliveryState::from_name(name).is_some(),
        "webhook_endpoint_state" => {
            name == WebhookEndpointState::REMOVED || WebhookEndpointState::from_name(name).is_some()
        }
        _ => false,
    }
}
