//! Typed ids: 64 bits inside, a prefix and Crockford base32 outside (`ord_0C5X…`).
//!
//! An id is 41 bits of milliseconds since 2024, 10 bits of node and a 12 bit counter, so ids sort by time and are made
//! without asking the database. A node number is drawn from the database when a process opens it
//! ([`crate::db::Database::open`]); it repeats only after 1,024 further starts.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicI64, Ordering};

use data_encoding::{Encoding, Specification};
use std::sync::LazyLock;

use crate::clock;

const COUNTER_BITS: i64 = 12;
const NODE_BITS: i64 = 10;
/// 2024-01-01T00:00:00Z in milliseconds since 1970.
const EPOCH_MS: i64 = 1_704_067_200_000;

static NODE: AtomicI64 = AtomicI64::new(0);
/// The last milliseconds and counter given out, without the node's bits.
static LAST: AtomicI64 = AtomicI64::new(0);

/// Sets the number of this process among all that write to the database; taken modulo 1,024.
pub fn set_node(node: i64) {
    NODE.store(node.rem_euclid(1 << NODE_BITS), Ordering::Relaxed);
}

/// A new id, larger than every one this process made before.
pub fn next() -> i64 {
    let ms = clock::real().and_utc().timestamp_millis() - EPOCH_MS;
    let start = ms << COUNTER_BITS;
    let mut last = LAST.load(Ordering::Relaxed);
    // A burst of more than 4,096 ids a millisecond borrows from the next ones; the order stays.
    let tick = loop {
        let tick = start.max(last + 1);
        match LAST.compare_exchange_weak(last, tick, Ordering::Relaxed, Ordering::Relaxed) {
            Ok(_) => break tick,
            Err(seen) => last = seen,
        }
    };
    let (ms, counter) = (tick >> COUNTER_BITS, tick & ((1 << COUNTER_BITS) - 1));
    (ms << (NODE_BITS + COUNTER_BITS)) | (NODE.load(Ordering::Relaxed) << COUNTER_BITS) | counter
}

static BASE32: LazyLock<Encoding> = LazyLock::new(|| {
    let mut spec = Specification::new();
    spec.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    spec.encoding().expect("the alphabet has 32 symbols")
});

/// The smallest id that can be made at a moment: ids of what was made before are smaller.
pub fn first_at(at: clock::Timestamp) -> i64 {
    let ms = at.and_utc().timestamp_millis().saturating_sub(EPOCH_MS).max(0);
    ms.checked_shl(22).filter(|_| ms < 1 << 41).unwrap_or(i64::MAX)
}

/// The text behind the prefix: 13 characters of Crockford base32.
pub fn encode(id: i64) -> String {
    BASE32.encode(&id.to_be_bytes())
}

/// The reverse of [`encode`]; only the exact form it gives is accepted.
pub fn decode(text: &str) -> Option<i64> {
    let bytes: [u8; 8] = BASE32.decode(text.as_bytes()).ok()?.try_into().ok()?;
    Some(i64::from_be_bytes(bytes))
}

/// The text is not an id of the wanted kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id of this kind")]
pub struct ParseIdError;

/// The outside form where serde would take the number: `#[serde(with = "outside")]`.
pub mod outside {
    use std::fmt::Display;
    use std::str::FromStr;

    use serde::{Deserialize, Deserializer, Serializer, de};

    /// Writes the outside form.
    pub fn serialize<T: Display, S: Serializer>(id: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(id)
    }

    /// Reads it.
    pub fn deserialize<'de, T: FromStr, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        let text = String::deserialize(deserializer)?;
        let unreadable = |_| de::Error::custom(format_args!("'{text}' is not an id of this kind"));
        text.parse().map_err(unreadable)
    }

    /// The same for what may be missing.
    pub mod option {
        use super::{Deserialize, Deserializer, Display, FromStr, Serializer, de};

        /// Writes the outside form, or null.
        pub fn serialize<T: Display, S: Serializer>(id: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
            match id {
                Some(id) => serializer.collect_str(id),
                None => serializer.serialize_none(),
            }
        }

        /// Reads it.
        pub fn deserialize<'de, T: FromStr, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
            let text = Option::<String>::deserialize(deserializer)?;
            let unreadable = |_| de::Error::custom("not an id of this kind");
            text.map(|text| text.parse().map_err(unreadable)).transpose()
        }
    }
}

/// What code for things of any kind needs of their ids.
pub trait Id:
    Copy + fmt::Display + FromStr + serde::Serialize + serde::de::DeserializeOwned + Send + Sync + 'static
{
    /// The stored form.
    fn number(self) -> i64;

    /// The id with this stored form.
    fn of(number: i64) -> Self;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        pub struct $name(pub i64);

        impl $name {
            /// What stands before `_` in the outside form.
            pub const PREFIX: &'static str = $prefix;

            /// A new id.
            pub fn new() -> Self {
                Self(next())
            }
        }

        impl Id for $name {
            fn number(self) -> i64 {
                self.0
            }

            fn of(number: i64) -> Self {
                Self(number)
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;
            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                text.strip_prefix(concat!($prefix, "_")).and_then(decode).map(Self).ok_or(ParseIdError)
            }
        }

        /// In rows handed to the database as JSON an id is its number.
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                i64::deserialize(deserializer).map(Self)
            }
        }

        impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::BigInt, DB> for $name
        where
            i64: diesel::serialize::ToSql<diesel::sql_types::BigInt, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                self.0.to_sql(out)
            }
        }

        impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::BigInt, DB> for $name
        where
            i64: diesel::deserialize::FromSql<diesel::sql_types::BigInt, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                i64::from_sql(bytes).map(Self)
            }
        }

        impl crate::db::Column for $name {
            type Sql = diesel::sql_types::BigInt;
            const KIND: crate::db::Kind = crate::db::Kind::BigInt;

            fn json<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.0)
            }
        }

        impl From<$name> for crate::db::Bind {
            fn from(id: $name) -> Self {
                Self::BigInt(id.0)
            }
        }

        impl From<Option<$name>> for crate::db::Bind {
            fn from(id: Option<$name>) -> Self {
                Self::MaybeBigInt(id.map(|id| id.0))
            }
        }
    )* };
}

ids! {
    /// A person who can sign in.
    PersonId "per";
    /// A signed-in session: one family of refresh tokens.
    SessionId "ses";
    /// A program that signs in by itself; the number is that of its row among people.
    ClientId "cli";
    /// A secret of such a program.
    ClientSecretId "cls";
    /// A key account.
    AccountId "acc";
    /// A place an account takes goods at.
    SiteId "sit";
    /// Somebody at an account who does not sign in.
    ContactId "con";
    /// A contract.
    ContractId "ctr";
    /// What an account commits itself to buy by a contract.
    CommitmentId "cmt";
    /// An article of the supplier.
    ProductId "prd";
    /// A sale unit of a product.
    SaleUnitId "unt";
    /// A row of an account's assortment.
    AssortmentId "asm";
    /// A row that gives early access.
    EarlyAccessId "eac";
    /// What is offered instead of an article.
    SubstituteId "sub";
    /// An article that is proposed instead of what waits of a line.
    ProposalId "prp";
    /// An entitlement to an order class.
    EntitlementId "ent";
    /// A discount.
    DiscountId "dsc";
    /// What orders of an account must come to.
    OrderMinimumId "omn";
    /// A price list.
    PriceListId "lst";
    /// A price row.
    PriceId "prc";
    /// A tax rate.
    TaxRateId "tax";
    /// A warehouse.
    WarehouseId "whs";
    /// The stock of one product in one warehouse.
    StockId "stk";
    /// A change of stock on hand.
    MovementId "mov";
    /// An entry of an account's ledger.
    LedgerEntryId "led";
    /// An order.
    OrderId "ord";
    /// A line of an order.
    OrderLineId "lin";
    /// A change of an order.
    OrderChangeId "och";
    /// An order that is not placed yet.
    DraftId "drf";
    /// A line of a draft.
    DraftLineId "dln";
    /// A shipment of an order.
    ShipmentId "shp";
    /// A line of a shipment.
    ShipmentLineId "shl";
    /// What of an order is being packed.
    PackingId "pck";
    /// Shipments of several orders that leave together.
    ConsignmentId "csg";
    /// A package of a shipment.
    PackageId "pkg";
    /// Who carries goods.
    CarrierId "car";
    /// What shows that a shipment arrived.
    DeliveryProofId "dpr";
    /// When a site takes goods in.
    DeliveryWindowId "dwn";
    /// Goods received into a warehouse.
    ReceiptId "rcp";
    /// What is expected of a product into a warehouse.
    ExpectedReceiptId "exp";
    /// On which days something is sent or taken.
    CalendarId "cal";
    /// A decision on who gets stock.
    DecisionId "dec";
    /// Stock that is kept for an account or a tier.
    QuotaId "quo";
    /// How an article or a category is shared.
    AllocationModeId "alm";
    /// An invoice.
    InvoiceId "inv";
    /// A line of an invoice.
    InvoiceLineId "inl";
    /// A credit note.
    CreditNoteId "crn";
    /// What credit notes of one rebate have in common.
    RebateId "rbt";
    /// What was agreed to be given back of what an account buys.
    RebateAgreementId "rba";
    /// What of such an agreement is paid once a period is over.
    RebateSettlementId "rbs";
    /// What of an invoice is settled without money.
    WriteOffId "wof";
    /// Money that is paid back.
    RefundId "rfd";
    /// A month's statement that goes to an account by mail.
    StatementMailingId "stm";
    /// A claim.
    ClaimId "clm";
    /// What somebody says about a claim.
    ClaimMessageId "clg";
    /// A photo or paper of a claim.
    ClaimFileId "clf";
    /// Goods that come back.
    ReturnId "ret";
    /// Money received.
    PaymentId "pay";
    /// What a file of a bank tells of one account.
    BankStatementId "bst";
    /// A movement of an account at a bank.
    BankEntryId "bke";
    /// What a product costs the supplier from a day on.
    ProductCostId "cst";
    /// How little may be earned of products of a category.
    MarginFloorId "mfl";
    /// Prices that are to hold from a day on.
    PriceChangeId "pch";
    /// A row of them.
    PriceChangeRowId "pcr";
    /// A run of price corrections.
    PriceCorrectionId "pco";
    /// How a house asks for what is overdue.
    ReminderPolicyId "rmp";
    /// A run of reminders.
    ReminderRunId "rmr";
    /// A reminder that was sent.
    ReminderId "rem";
    /// A promise to pay.
    PromiseId "ptp";
    /// An invitation of a person.
    InvitationId "ivt";
    /// A wish to set a new password.
    PasswordResetId "pwr";
    /// A place in the team behind an account.
    TeamMemberId "tmm";
    /// A time in which one of the staff acted for an account.
    ActingId "act";
    /// An import that staff began.
    ImportRunId "imp";
    /// A bad row of an import.
    ImportFaultId "imf";
    /// A bulk job: many rows sent at once.
    BulkJobId "job";
    /// A mail to one person.
    MessageId "msg";
    /// Something that happened, for feeds and mails.
    EventId "evt";
    /// An entry of the audit record.
    AuditId "aud";
    /// A passkey of somebody.
    PasskeyId "psk";
    /// A saved view of a list.
    SavedViewId "viw";
    /// A program elsewhere that events are sent to.
    WebhookEndpointId "whe";
    /// An event on its way to such a program.
    WebhookDeliveryId "whd";
    /// One attempt of it.
    WebhookAttemptId "wha";
    /// A shopping session that began in a buyer's procurement system.
    PunchoutSessionId "pos";
    /// Somebody who shops by it and is no member.
    PunchoutShopperId "psh";
    /// A document of a procurement system, in or out.
    PunchoutDocumentId "pod";
    /// An attempt to send one.
    PunchoutAttemptId "poa";
    /// A process that works on the database.
    NodeId "nod";
    /// The erasure of a person.
    ErasureId "era";
    /// What stands in an entry of the record instead of what was sealed.
    RedactionId "red";
    /// The sandbox of an account.
    SandboxId "sbx";
}

#[cfg(test)]
mod tests;
