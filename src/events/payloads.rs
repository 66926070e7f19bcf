//! What each type of event says beside the object itself. These are forms on the wire and in the database: fields are
//! added as optional ones; what changes its meaning is a new version. Amounts and quantities are decimal texts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{AccountId, OrderId, OrderLineId, outside};
use crate::names::sets::{
    AccessChange, AccountRole, CreditPoint, HoldReason, LimitOf, MailKind, OrderClass, OrderState, PackageKind,
    WebhookBecause,
};

/// Declares payloads; all of them are plain data.
macro_rules! payloads {
    ($($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* })*) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[allow(missing_docs)]
        pub struct $name { $($(#[$field_meta])* pub $field: $type,)* }
    )* };
}

mod changes;
mod claims;
mod consignments;
mod contracts;
mod money;
mod prices;

pub use self::changes::{
    CancelledLine, ChangedField, ChangedLine, OrderCancelled, OrderChangeRefused, OrderChangeRequested,
    OrderChangeWithdrawn, OrderChanged, OrderDifference, OrderRestCancelled, OrderSubstituteDeclined,
    OrderSubstituteProposed, OrderSums,
};
pub use self::claims::{
    ClaimDecided, ClaimHead, ClaimOpened, ClaimReplied, ClaimSettled, ClaimWithdrawn, ClaimedLine, ReturnChanged,
    ReturnedLine,
};
pub use self::consignments::{
    ConsignedLine, ConsignedShipment, ConsignmentChanged, ConsignmentDelivered, ConsignmentDispatched, ConsignmentHead,
};
pub use self::contracts::{
    ContractAccepted, ContractChanged, ContractHead, ContractNoticeDue, ContractOffered, ContractPaceLow,
};
pub use self::money::{
    AccountCreditChanged, AccountOrdersHeld, AccountOrdersReleased, AppliedPart, BankStatementImported,
    CreditNoteIssued, HoldAnnounced, InvoiceCorrected, InvoiceIssued, PaidCharge, PaymentReceived, PaymentReversed,
    RebateSettled, RebateTierReached, RefundBooked, RefundReversed, RemindedItem, ReminderSent, StatementMailed,
    WriteOffBooked, WriteOffReversed,
};
pub use self::prices::{AnnouncedPrice, PricesAnnounced};

payloads! {
    /// One of the staff acts for the account from now on.
    ActingStarted {
        /// Their name.
        staff: String,
        reason: String,
        /// RFC 3339, UTC
        expires_at: String,
    }

    /// One of the staff acts for the account no longer.
    ActingEnded {
        /// Their name.
        staff: String,
    }

    /// Numbers or labels of the account's articles changed.
    AssortmentChanged {
        /// How many articles.
        articles: usize,
    }

    /// Somebody was invited to the account.
    InvitationCreated {
        email: String,
        role: AccountRole,
    }

    /// Something of a person's access changed: whom it is about gets a mail.
    AccessChanged {
        what: AccessChange,
        /// The name of who did it; null where it was the person.
        by: Option<String>,
        /// Where the roles changed: all there are now.
        roles: Vec<AccountRole>,
    }

    /// Somebody asked for a new password.
    PasswordResetRequested {}

    /// A mail was given up.
    MailParked {
        /// Whom it was about.
        #[serde(with = "outside::option")]
        #[schema(value_type = Option<String>)]
        account_id: Option<AccountId>,
        kind: MailKind,
        email: String,
        /// Null where it was never written.
        subject: Option<String>,
        attempts: i32,
        /// Why the last attempt failed.
        error: String,
        /// True where there is no use in sending it any more.
        obsolete: bool,
    }

    /// A webhook endpoint, the supplier's where it has no account, takes nothing: a delivery was given up.
    WebhookFailing {
        #[serde(with = "outside::option")]
        #[schema(value_type = Option<String>)]
        account_id: Option<AccountId>,
        url: String,
        failing_since: Option<String>,
        error: String,
        status: Option<i32>,
    }

    /// A webhook endpoint was switched off by the portal.
    WebhookDisabled {
        #[serde(with = "outside::option")]
        #[schema(value_type = Option<String>)]
        account_id: Option<AccountId>,
        url: String,
        because: WebhookBecause,
    }

    /// The account has a contact more: somebody who does not sign in.
    ContactAdded {
        code: String,
        name: String,
    }

    /// A contact changed.
    ContactChanged {
        code: String,
        name: String,
        /// The names of what differs.
        changed: Vec<String>,
    }

    /// The account has a contact less.
    ContactRemoved {
        code: String,
        name: String,
    }

    /// Somebody belongs to the account now.
    MemberAdded {
        email: String,
        name: String,
        roles: Vec<AccountRole>,
    }

    /// A member changed.
    MemberChanged {
        email: String,
        /// What differs, as it was.
        was: MemberFacts,
        /// What differs, as it is.
        is: MemberFacts,
    }

    /// Somebody doesn't belong to the account any more.
    MemberRemoved {
        email: String,
        name: String,
    }

    /// What may differ of a member; left out where it doesn't.
    #[derive(Default)]
    MemberFacts {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        roles: Option<Vec<AccountRole>>,
        /// Codes of the sites they get mails about; empty = all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sites: Option<Vec<String>>,
        /// The language they chose; null = none.
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "there")]
        #[schema(value_type = Option<String>)]
        locale: Option<Option<String>>,
    }

    /// The head of an order.
    OrderHead {
        #[serde(with = "outside")]
        #[schema(value_type = String, example = "ord_0B9Q4Z8K2M3N4")]
        order_id: OrderId,
        /// What people call it.
        #[schema(example = "10482")]
        number: String,
        /// The same, as events about other objects name it.
        #[schema(example = "10482")]
        order_number: String,
        po_number: String,
        /// Code of the site.
        ship_to: String,
        order_class: OrderClass,
    }

    /// An order was stored.
    OrderPlaced {
        #[serde(flatten)]
        order: OrderHead,
        state: OrderState,
        /// ISO 4217
        currency: String,
        net_total: String,
        /// Null while the supplier has no country.
        gross_total: Option<String>,
        /// The name of who of the staff placed it for the account.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by_staff: Option<String>,
    }

    /// An order waits for somebody of the supplier.
    OrderOnHold {
        #[serde(flatten)]
        order: OrderHead,
        hold_reasons: Vec<HoldReason>,
        /// What staff said, if they put it on hold.
        reason: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        was: Option<OrderState>,
    }

    /// A held order is back in the queue.
    OrderReleased {
        #[serde(flatten)]
        order: OrderHead,
        /// Why it was held.
        hold_reasons: Vec<HoldReason>,
        /// What staff said.
        reason: String,
    }

    /// An order goes on above a limit of credit. For staff alone.
    OrderCreditExceeded {
        #[serde(flatten)]
        order: OrderHead,
        /// Where that was found.
        point: CreditPoint,
        /// Whose limit.
        limit_of: LimitOf,
        /// By how much.
        over: String,
        /// ISO 4217
        currency: String,
        /// What was done.
        check: String,
    }

    /// The supplier took an order on.
    OrderAccepted {
        #[serde(flatten)]
        order: OrderHead,
    }

    /// Lines of an order wait for stock.
    OrderShort {
        #[serde(flatten)]
        order: OrderHead,
        lines: Vec<ShortLine>,
    }

    /// Lines that waited got stock.
    OrderPromiseChanged {
        #[serde(flatten)]
        order: OrderHead,
        lines: Vec<PromisedLine>,
    }

    /// All of an order arrived.
    OrderDelivered {
        #[serde(flatten)]
        order: OrderHead,
    }

    /// An order is delivered, invoiced and paid.
    OrderClosed {
        #[serde(flatten)]
        order: OrderHead,
    }

    /// A payment that settled a closed order was taken back: it is delivered, and something of it is to be paid.
    OrderReopened {
        #[serde(flatten)]
        order: OrderHead,
    }

    /// A line that waits for stock. Quantities are base units.
    ShortLine {
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        order_line_id: OrderLineId,
        position: i32,
        sku: String,
        customer_part_number: Option<String>,
        name: String,
        unit: String,
        base_unit: String,
        quantity: String,
        reserved: String,
        backordered: String,
        reason: String,
    }

    /// A line whose promise changed. Quantities are base units.
    PromisedLine {
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        order_line_id: OrderLineId,
        position: i32,
        sku: String,
        customer_part_number: Option<String>,
        name: String,
        unit: String,
        base_unit: String,
        quantity: String,
        reserved: String,
        backordered: String,
        /// The day promised before.
        was: Option<NaiveDate>,
        promised_date: Option<NaiveDate>,
        reason: String,
        /// What of it was just reserved; nothing where only the day is another.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        served: Option<String>,
    }

    /// The head of a shipment.
    ShipmentHead {
        #[serde(with = "outside")]
        #[schema(value_type = String, example = "ord_0B9Q4Z8K2M3N4")]
        order_id: OrderId,
        /// What people call the shipment.
        number: String,
        order_number: String,
        po_number: String,
        /// Code of the site.
        ship_to: String,
        order_class: OrderClass,
        carrier: Option<String>,
        tracking_number: Option<String>,
        /// Where the carrier tells how far it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tracking_url: Option<String>,
        /// Of the consignment, where it travels with shipments of other orders.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        consignment_number: Option<String>,
    }

    /// Goods left.
    ShipmentCreated {
        #[serde(flatten)]
        shipment: ShipmentHead,
        lines: Vec<ShippedLine>,
        /// What they are packed into, where that is told.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        packages: Vec<ShippedPackage>,
    }

    /// Carrier, tracking number or packages of a shipment changed.
    ShipmentChanged {
        #[serde(flatten)]
        shipment: ShipmentHead,
        packages: Vec<ShippedPackage>,
    }

    /// A package of a shipment.
    ShippedPackage {
        /// Serial shipping container code, 18 digits.
        sscc: String,
        kind: PackageKind,
        weight_grams: Option<i64>,
    }

    /// A shipment arrived.
    ShipmentDelivered {
        #[serde(flatten)]
        shipment: ShipmentHead,
        /// Who took it in, where that is told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        received_by: Option<String>,
    }

    /// A part of an order's line in a shipment.
    ShippedLine {
        position: i32,
        sku: String,
        customer_part_number: Option<String>,
        name: String,
        unit: String,
        /// In `unit`.
        quantity: String,
    }

    /// Prices kept for the account changed, or the list they stand in.
    PriceListChanged {
        /// Code of the list.
        price_list: String,
        /// How many prices; left out where the list itself changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        prices: Option<usize>,
    }

    /// Goods were received.
    ReceiptBooked {
        /// Its code.
        warehouse: String,
        lines: Vec<ReceivedLine>,
    }

    /// What was received of a product.
    ReceivedLine {
        sku: String,
        /// In base units.
        quantity: String,
        /// Under which reference it was expected.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        reference: Option<String>,
    }
}

/// A field that is there, be it null.
fn there<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
