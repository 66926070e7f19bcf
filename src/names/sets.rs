//! Closed sets that events speak of, below the features whose rules they follow.

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
    /// Why an order is on hold.
    pub enum HoldReason as HoldReason {
        /// It would take the account over its credit limit.
        CreditLimit = "credit_limit",
        /// Staff held it; the order's hold note says why.
        Manual = "manual",
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
        PromiseChanged = "promise_changed",
        ShortOfStock = "short_of_stock",
        Shipped = "shipped",
        Invoiced = "invoiced",
        PaymentReceived = "payment_received",
        CriticalOrder = "critical_order",
        TeamHold = "team_hold",
        DeadLetter = "dead_letter",
        Invitation = "invitation",
        PasswordReset = "password_reset",
    }
}

names! {
    /// Which side did something to an order.
    pub enum Side as Side {
        Account = "account",
        Supplier = "supplier",
    }
}
