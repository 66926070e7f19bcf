//! Closed sets that events speak of, below the features whose rules they follow.

pub use super::agreements::{ContractChange, ContractState, PriceStrategy};
pub use super::choices::{BackorderChoice, DeliveryChoice, EndedBy, SubstituteKind};
use super::names;

names! {
    /// Where an order stands.
    pub enum OrderState as OrderState {
        /// Somebody of the account must approve it.
        PendingApproval = "pending_approval",
        /// The approver said no.
        Rejected = "rejected",
        /// The supplier looks at it first; it reserves nothing and is no exposure.
        OnHold = "on_hold",
        /// In the queue.
        Placed = "placed",
        /// The supplier took it on.
        Accepted = "accepted",
        /// Some of it left.
        PartlyShipped = "partly_shipped",
        /// All of it left.
        Shipped = "shipped",
        /// All of it arrived.
        Delivered = "delivered",
        /// Delivered and settled.
        Closed = "closed",
        /// Called off.
        Cancelled = "cancelled",
    }
}

/// The sets that statements name in `state {in order_states NAME}`. Partial indexes have the same sets in the same
/// order: SQLite takes an index only where its condition stands in the statement letter by letter.
impl OrderState {
    /// Something of it is still to leave.
    pub const OPEN: [Self; 5] = [
        Self::PendingApproval,
        Self::OnHold,
        Self::Placed,
        Self::Accepted,
        Self::PartlyShipped,
    ];
    /// Something of it is still to leave or to arrive.
    pub const UNDER_WAY: [Self; 6] = [
        Self::PendingApproval,
        Self::OnHold,
        Self::Placed,
        Self::Accepted,
        Self::PartlyShipped,
        Self::Shipped,
    ];
    /// What is not invoiced of it counts as exposure.
    pub const COMMITTED: [Self; 5] = [
        Self::Placed,
        Self::Accepted,
        Self::PartlyShipped,
        Self::Shipped,
        Self::Delivered,
    ];
    /// Its backordered lines wait for stock.
    pub const SERVED: [Self; 3] = [Self::Placed, Self::Accepted, Self::PartlyShipped];
    /// What the desk has to work on.
    pub const ON_BOARD: [Self; 4] = [Self::Placed, Self::Accepted, Self::PartlyShipped, Self::OnHold];
    /// Its reserved goods may leave.
    pub const TO_SHIP: [Self; 2] = [Self::Accepted, Self::PartlyShipped];
    pub const LEFT: [Self; 3] = [Self::Shipped, Self::Delivered, Self::Closed];
    /// It came to nothing: its purchase order number is free for another order.
    pub const VOID: [Self; 2] = [Self::Cancelled, Self::Rejected];

    /// The set that statements call `name`.
    pub fn set(name: &str) -> Option<&'static [Self]> {
        Some(match name {
            "open" => &Self::OPEN,
            "under_way" => &Self::UNDER_WAY,
            "committed" => &Self::COMMITTED,
            "served" => &Self::SERVED,
            "on_board" => &Self::ON_BOARD,
            "to_ship" => &Self::TO_SHIP,
            "left" => &Self::LEFT,
            "void" => &Self::VOID,
            _ => return None,
        })
    }
}

names! {
    /// Where a shipment stands.
    pub enum ShipmentState as ShipmentState {
        /// On its way.
        Shipped = "shipped",
        /// It arrived.
        Delivered = "delivered",
    }
}

names! {
    /// What a package is, by its code in UN/ECE Recommendation 21.
    pub enum PackageKind as PackageKind {
        Carton = "CT",
        Pallet = "PX",
        Box = "BX",
        Case = "CS",
        Crate = "CR",
        Package = "PK",
        Packet = "PA",
        Bag = "BG",
        Bundle = "BE",
        Drum = "DR",
        Envelope = "EN",
        Roll = "RO",
    }
}

names! {
    /// Where stands what is being packed.
    pub enum PackingState as PackingState {
        /// It can still be changed.
        Open = "open",
        /// It left as a shipment.
        Dispatched = "dispatched",
        /// It came to nothing; what was reserved for it is reserved for the order still.
        Cancelled = "cancelled",
    }
}

names! {
    /// How urgent an order is, most urgent first.
    #[derive(PartialOrd, Ord, Default)]
    pub enum OrderClass as OrderClass {
        Critical = "critical",
        Priority = "priority",
        #[default]
        Standard = "standard",
    }
}

names! {
    /// Whether an article is sold.
    #[derive(Default)]
    pub enum ArticleState as ArticleState {
        /// As much of it as is wanted.
        #[default]
        Active = "active",
        /// Only what is in stock: it comes no more.
        PhaseOut = "phase_out",
        /// No more. It is in no catalogue; what was ordered of it goes on.
        Ended = "ended",
    }
}

names! {
    /// Why an order is on hold.
    pub enum HoldReason as HoldReason {
        /// It would take the account over its credit limit.
        CreditLimit = "credit_limit",
        /// The account is late with what it owes.
        Overdue = "overdue",
        /// Staff held it; the order's hold note says why.
        Manual = "manual",
    }
}

names! {
    /// Where the credit of an account is looked at.
    pub enum CreditPoint as CreditPoint {
        /// An order is placed, or is to cost more.
        Order = "order",
        /// The supplier takes it on.
        Acceptance = "acceptance",
        /// Goods of it leave.
        Shipment = "shipment",
    }
}

names! {
    /// Whose limit of credit an order exceeds.
    pub enum LimitOf as LimitOf {
        /// The account's own.
        Account = "account",
        /// That of the accounts under one parent together.
        Group = "group",
    }
}

names! {
    /// What a person may do for the account they belong to.
    pub enum AccountRole as AccountRole {
        Admin = "admin",
        Buyer = "buyer",
        Approver = "approver",
        Finance = "finance",
        Viewer = "viewer",
    }
}

names! {
    /// What a mail is about; people choose by it what they get.
    pub enum MailKind as MailKind {
        OrderPlaced = "order_placed",
        OrderOnHold = "order_on_hold",
        OrderReleased = "order_released",
        OrderAccepted = "order_accepted",
        OrderCancelled = "order_cancelled",
        /// Something of an order is another, or is not as the account asked.
        OrderChanged = "order_changed",
        PromiseChanged = "promise_changed",
        ShortOfStock = "short_of_stock",
        Shipped = "shipped",
        Invoiced = "invoiced",
        Credited = "credited",
        /// What is overdue is asked for.
        Reminder = "reminder",
        PaymentReceived = "payment_received",
        /// Money is paid back.
        Refunded = "refunded",
        /// The statement of a month.
        Statement = "statement",
        /// What was bought has reached a tier of a rebate.
        Rebate = "rebate",
        /// What the supplier says to a claim.
        ClaimAnswered = "claim_answered",
        /// Prices of the account will be others.
        PricesAnnounced = "prices_announced",
        CriticalOrder = "critical_order",
        TeamHold = "team_hold",
        /// What an account says in a claim.
        TeamClaim = "team_claim",
        /// An account asks for a change of an order, or takes that back.
        TeamChange = "team_change",
        /// A contract: its offer, its days, its pace.
        Contract = "contract",
        /// New orders of an account will be held for what it owes.
        HoldAnnounced = "hold_announced",
        DeadLetter = "dead_letter",
        Invitation = "invitation",
        PasswordReset = "password_reset",
        AccessChanged = "access_changed",
        /// A webhook endpoint takes nothing, or was switched off.
        WebhookFailing = "webhook_failing",
    }
}

names! {
    /// Why something of an invoice is settled without money.
    pub enum WriteOffKind as WriteOffKind {
        /// The account paid within the days of its cash discount, or was granted it later.
        CashDiscount = "cash_discount",
        /// A difference too small to ask for.
        SmallDifference = "small_difference",
        /// What banks kept of a payment.
        BankCharges = "bank_charges",
    }
}

names! {
    /// Why something is credited.
    pub enum CreditNoteReason as CreditNoteReason {
        /// The goods came back.
        Returned = "returned",
        Damaged = "damaged",
        /// Less arrived than was invoiced.
        Short = "short",
        WrongItem = "wrong_item",
        Quality = "quality",
        Late = "late",
        /// Another price was agreed.
        Price = "price",
        /// The invoice as a whole was wrong.
        WrongInvoice = "wrong_invoice",
        Goodwill = "goodwill",
        /// What was agreed for all that was bought in some time.
        Rebate = "rebate",
        Other = "other",
    }
}

names! {
    /// What an invoice is for.
    #[derive(Default)]
    pub enum InvoiceKind as InvoiceKind {
        /// A shipment.
        #[default]
        Invoice = "invoice",
        /// The same in place of an invoice that was wrong.
        Corrected = "corrected",
        /// What lines of an invoice cost more than it said.
        PriceDifference = "price_difference",
    }
}

names! {
    /// What is wrong with goods or their invoice.
    pub enum ClaimKind as ClaimKind {
        Damaged = "damaged",
        /// Less arrived than was told.
        Short = "short",
        WrongItem = "wrong_item",
        Quality = "quality",
        Late = "late",
        /// Another price was agreed.
        Price = "price",
        Other = "other",
    }
}

names! {
    /// What the account wishes, and what becomes of a claim.
    pub enum ClaimOutcome as ClaimOutcome {
        /// A credit note.
        Credit = "credit",
        /// The goods once more, without charge.
        Replace = "replace",
        /// The goods are mended.
        Repair = "repair",
    }
}

names! {
    /// Where a claim stands.
    pub enum ClaimState as ClaimState {
        /// Nobody of the supplier has looked at it.
        Open = "open",
        /// Somebody does.
        InReview = "in_review",
        /// All of it is right; it waits to be settled.
        Accepted = "accepted",
        /// Some of it is right; that waits to be settled.
        PartlyAccepted = "partly_accepted",
        /// None of it is.
        Rejected = "rejected",
        /// What is right of it is made good.
        Settled = "settled",
        /// The account took it back.
        Withdrawn = "withdrawn",
    }
}

names! {
    /// Where a return stands.
    pub enum ReturnState as ReturnState {
        /// The account is told to send goods back.
        Announced = "announced",
        /// They arrived.
        Received = "received",
        /// Somebody looked at them.
        Inspected = "inspected",
        /// Nothing more is to be done.
        Closed = "closed",
    }
}

names! {
    /// What was changed of somebody's access.
    pub enum AccessChange as AccessChange {
        Password = "password",
        /// A new password by the link of a mail.
        PasswordReset = "password_reset",
        Roles = "roles",
        SecondFactorAdded = "second_factor_added",
        SecondFactorRemoved = "second_factor_removed",
        /// The codes of an authenticator; a passkey stays.
        AuthenticatorRemoved = "authenticator_removed",
        /// Taken away by an admin.
        SecondFactorReset = "second_factor_reset",
        PasskeyAdded = "passkey_added",
        PasskeyRemoved = "passkey_removed",
        RecoveryCodeUsed = "recovery_code_used",
        RecoveryCodesRenewed = "recovery_codes_renewed",
        /// All of them, by an admin.
        SessionsEnded = "sessions_ended",
        /// A program that signs in by itself, told to those who keep programs.
        ProgramAdded = "program_added",
        ProgramChanged = "program_changed",
        ProgramSecretAdded = "program_secret_added",
    }
}

names! {
    /// Which side did something to an order.
    pub enum Side as Side {
        Account = "account",
        Supplier = "supplier",
    }
}

names! {
    /// Where a change of an order stands.
    pub enum OrderChangeState as OrderChangeState {
        /// The order is as it says, or was until the next one.
        Applied = "applied",
        /// The supplier has to take it on.
        Requested = "requested",
        /// The supplier didn't.
        Refused = "refused",
        /// The account took it back.
        Withdrawn = "withdrawn",
    }
}

names! {
    /// What a change does to a line.
    pub enum LineChange as OrderLineChange {
        /// It is new: another article, or more of one at another price.
        Added = "added",
        /// There is more of it.
        Raised = "raised",
        /// There is less of it.
        Lowered = "lowered",
        /// It is gone.
        Removed = "removed",
        /// Another article is sent instead of what waits of it.
        Replaced = "replaced",
    }
}

names! {
    /// What else a change of an order is about.
    pub enum OrderField as OrderField {
        ShipTo = "ship_to",
        RequestedDate = "requested_date",
        OrderClass = "order_class",
        Note = "note",
    }
}

names! {
    /// Why an endpoint is switched off.
    pub enum WebhookBecause as WebhookDisabledBecause {
        /// Somebody did it.
        Person = "person",
        /// It answered 410: it wants nothing any more.
        Gone = "gone",
        /// Nothing went well for five days.
        GivenUp = "given_up",
        /// The program that added it was revoked.
        ProgramRevoked = "program_revoked",
    }
}
