//! What may be sent in bulk, how much of it, and how far a job is.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use crate::identity::rules::rights::{
    MayKeepCatalogue, MayManageAccounts, MayManagePeople, MayMoveGoods, MayOrder, MaySetPrices, MaySetUp, MaySteer,
    Right,
};
use crate::identity::rules::scopes::Scope;
use crate::identity::rules::{AccountRole, StaffRole};
use crate::names::names;
pub use crate::names::states::BulkState as State;

/// Most that one body may hold, packed or not, in bytes.
pub const BYTES_MAX: u64 = 512 * 1024 * 1024;
/// Most rows of one job.
pub const ROWS_MAX: u64 = 1_000_000;
/// Most rows of a job that is done wholly or not at all: they are written in one transaction.
pub const ROWS_MAX_AT_ONCE: u64 = 20_000;
/// The same of orders, each of which locks what it takes.
pub const ORDERS_MAX_AT_ONCE: u64 = 200;
/// Longest row of a table, in bytes.
pub const ROW_BYTES_MAX: usize = 64 * 1024;
/// Longest order, in bytes: as long as one that is sent by itself.
pub const ORDER_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Rows of a piece: what is checked, written and noted in one short transaction.
pub const PIECE_ROWS: u64 = 1_000;
/// The same of orders, which are placed one by one.
pub const PIECE_ORDERS: u64 = 50;
/// Bytes after which a piece ends too.
pub const PIECE_BYTES: usize = 2 * 1024 * 1024;
/// Days that a job, what was sent and what became of it are kept.
pub const KEPT_DAYS: i64 = 30;
/// Jobs of one account, or of the supplier, that may wait or run.
pub const WAITING_MAX: i64 = 50;

names! {
    /// What the rows of a job are.
    pub enum Kind as BulkKind {
        Supplier = "supplier",
        TaxRates = "tax_rates",
        Accounts = "accounts",
        Sites = "sites",
        Contacts = "contacts",
        Products = "products",
        Units = "units",
        PriceLists = "price_lists",
        Prices = "prices",
        Assortments = "assortments",
        EarlyAccess = "early_access",
        Substitutes = "substitutes",
        Entitlements = "entitlements",
        Team = "team",
        Stock = "stock",
        ExpectedReceipts = "expected_receipts",
        /// Of accounts, sent by the supplier's own programs.
        AccountOrders = "account_orders",
        /// Of an account.
        Orders = "orders",
    }
}

names! {
    /// What becomes of good rows where others are bad.
    pub enum Mode as BulkMode {
        /// Good rows are written, bad ones are rejected.
        ValidRows = "valid_rows",
        /// All rows are written, in one transaction, or none.
        AllOrNothing = "all_or_nothing",
    }
}

names! {
    /// How rows are written.
    pub enum Format as BulkFormat {
        /// A JSON object a line.
        Ndjson = "ndjson",
        Csv = "csv",
    }
}

names! {
    /// What became of a row.
    pub enum Outcome as BulkOutcome {
        /// It is written, or was there already.
        Accepted = "accepted",
        /// It can't be.
        Rejected = "rejected",
        /// It is good, but another row of a job that is done wholly or not at all was not.
        NotApplied = "not_applied",
    }
}

impl State {
    /// True while there is something to do.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Running)
    }
}

impl Kind {
    /// True for orders, which have lines of their own and are placed one by one.
    pub fn is_of_orders(self) -> bool {
        matches!(self, Self::Orders | Self::AccountOrders)
    }

    /// What a program needs to send such rows: the scope to write what they are about.
    pub fn scope(self) -> Scope {
        match self {
            Self::Supplier
            | Self::TaxRates
            | Self::Accounts
            | Self::Sites
            | Self::Contacts
            | Self::Entitlements
            | Self::Team => Scope::AccountsWrite,
            Self::Products | Self::Units | Self::Assortments | Self::EarlyAccess | Self::Substitutes => {
                Scope::CatalogueWrite
            }
            Self::PriceLists | Self::Prices => Scope::PricesWrite,
            Self::Stock | Self::ExpectedReceipts => Scope::StockWrite,
            Self::Orders | Self::AccountOrders => Scope::OrdersWrite,
        }
    }

    /// Whether one of the staff with these roles may send such rows: who may change by hand what is in them.
    pub fn is_for_staff(self, roles: &[StaffRole]) -> bool {
        match self {
            Self::Supplier | Self::TaxRates | Self::Accounts => MaySetUp::allows(roles),
            Self::Sites | Self::Entitlements | Self::Team => MayManageAccounts::allows(roles),
            Self::Contacts => MayManagePeople::allows(roles),
            Self::Products | Self::Units | Self::Assortments | Self::EarlyAccess | Self::Substitutes => {
                MayKeepCatalogue::allows(roles)
            }
            Self::PriceLists | Self::Prices => MaySetPrices::allows(roles),
            Self::Stock | Self::ExpectedReceipts => MayMoveGoods::allows(roles),
            Self::AccountOrders => MaySteer::allows(roles),
            Self::Orders => false,
        }
    }

    /// The same of a member of an account.
    pub fn is_for_members(self, roles: &[AccountRole]) -> bool {
        self == Self::Orders && MayOrder::allows(roles)
    }

    /// The columns by which people tell its rows apart.
    pub fn key(self) -> &'static [&'static str] {
        match self {
            Self::Supplier => &["name"],
            Self::TaxRates => &["country", "category", "valid_from"],
            Self::Accounts => &["account"],
            Self::Sites => &["account", "site"],
            Self::Contacts => &["account", "contact"],
            Self::Products => &["sku"],
            Self::Units => &["sku", "unit", "account"],
            Self::PriceLists => &["price_list"],
            Self::Prices => &["price_list", "sku", "unit", "min_quantity", "valid_from"],
            Self::Assortments => &["account", "sku"],
            Self::EarlyAccess => &["sku", "category", "tier", "account"],
            Self::Substitutes => &["sku", "substitute"],
            Self::Entitlements => &["order_class", "tier", "account"],
            Self::Team => &["email", "account", "function"],
            Self::Stock => &["warehouse", "sku"],
            Self::ExpectedReceipts => &["reference", "warehouse", "sku"],
            Self::Orders => &["idempotency_key", "po_number"],
            Self::AccountOrders => &["idempotency_key", "account", "po_number"],
        }
    }

    /// Longest row, in bytes.
    pub fn row_bytes_max(self) -> usize {
        match self {
            _ if self.is_of_orders() => ORDER_BYTES_MAX,
            _ => ROW_BYTES_MAX,
        }
    }

    /// Rows of a piece.
    pub fn piece_rows(self) -> u64 {
        match self {
            _ if self.is_of_orders() => PIECE_ORDERS,
            _ => PIECE_ROWS,
        }
    }

    /// Most rows of a job in this mode.
    pub fn rows_max(self, mode: Mode) -> u64 {
        match (mode, self) {
            (Mode::ValidRows, _) => ROWS_MAX,
            (Mode::AllOrNothing, _) if self.is_of_orders() => ORDERS_MAX_AT_ONCE,
            (Mode::AllOrNothing, _) => ROWS_MAX_AT_ONCE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::rules::may_import;

    #[test]
    fn in_bulk_is_sent_by_those_who_may_import_the_same() {
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Orders) {
            let file = match kind {
                Kind::Assortments => "assortment.csv".to_owned(),
                Kind::AccountOrders => "orders.csv".to_owned(),
                other => format!("{other}.csv"),
            };
            for role in StaffRole::ALL {
                assert_eq!(
                    kind.is_for_staff(&[role]),
                    may_import(&[role], &file, true),
                    "{role} {kind}"
                );
            }
        }
        assert!(!Kind::Orders.is_for_staff(&[StaffRole::Admin]));
        assert!(!Kind::Prices.is_for_members(&[AccountRole::Admin]));
    }
}
