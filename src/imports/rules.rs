//! Who imports which file, and how far an import is.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use crate::identity::rules::StaffRole;
use crate::identity::rules::rights::{
    MayKeepBooks, MayKeepCatalogue, MayLend, MayManageAccounts, MayManagePeople, MayMoveGoods, MaySetPrices, MaySetUp,
    MaySteer, Right,
};
use crate::identity::rules::scopes::Scope;
pub use crate::names::states::ImportState as State;

/// Most that is sent in one import, in bytes, packed or not.
pub const SENT_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Most that packed files may unpack to together, in bytes.
pub const UNPACKED_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Most files of one import.
pub const FILES_MAX: usize = 32;

impl State {
    /// True while something is at work on it.
    pub fn is_running(self) -> bool {
        matches!(self, Self::Checking | Self::Applying)
    }
}

/// What a program needs beside the scope of imports to import the file: the scope to write what is in it.
pub fn scope(file: &str) -> Scope {
    match file {
        "products.csv" | "units.csv" | "assortment.csv" | "early_access.csv" | "substitutes.csv" => {
            Scope::CatalogueWrite
        }
        "price_lists.csv" | "prices.csv" | "costs.csv" | "margin_floors.csv" | "discounts.csv"
        | "order_minimums.csv" => Scope::PricesWrite,
        "stock.csv"
        | "quotas.csv"
        | "allocation_modes.csv"
        | "expected_receipts.csv"
        | "calendars.csv"
        | "holidays.csv" => Scope::StockWrite,
        "orders.csv" => Scope::OrdersWrite,
        "reminder_policies.csv" | "account_reminders.csv" | "rebates.csv" | "rebate_tiers.csv" => Scope::InvoicesWrite,
        // Accounts and what is theirs; who the supplier is, and its taxes.
        _ => Scope::AccountsWrite,
    }
}

/// True if whoever has `roles` imports the file: those who may change by hand what is in it. One that is none of the
/// import's is left alone anyway.
pub fn may_import(roles: &[StaffRole], file: &str, is_known: bool) -> bool {
    let may = match file {
        "sites.csv"
        | "team.csv"
        | "quotas.csv"
        | "allocation_modes.csv"
        | "entitlements.csv"
        | "contracts.csv"
        | "commitments.csv" => MayManageAccounts::allows(roles),
        "rebates.csv" | "rebate_tiers.csv" => MayManageAccounts::allows(roles),
        "contacts.csv" => MayManagePeople::allows(roles),
        "products.csv" | "units.csv" | "assortment.csv" | "early_access.csv" | "substitutes.csv" => {
            MayKeepCatalogue::allows(roles)
        }
        "price_lists.csv" | "prices.csv" | "costs.csv" | "margin_floors.csv" | "discounts.csv"
        | "order_minimums.csv" => MaySetPrices::allows(roles),
        "stock.csv" | "expected_receipts.csv" | "calendars.csv" | "holidays.csv" => MayMoveGoods::allows(roles),
        "orders.csv" => MaySteer::allows(roles),
        "credit.csv" => MayLend::allows(roles),
        "reminder_policies.csv" | "account_reminders.csv" => MayKeepBooks::allows(roles),
        // The supplier itself, taxes, and accounts, whose rows hold both what sales and what finance decides.
        _ => MaySetUp::allows(roles),
    };
    may || !is_known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_imported_by_those_who_may_change_what_is_in_it() {
        for (role, file, may) in [
            (StaffRole::Admin, "accounts.csv", true),
            (StaffRole::KeyAccountManager, "accounts.csv", false),
            (StaffRole::Finance, "accounts.csv", false),
            (StaffRole::Finance, "credit.csv", true),
            (StaffRole::KeyAccountManager, "credit.csv", false),
            (StaffRole::Finance, "reminder_policies.csv", true),
            (StaffRole::CustomerService, "account_reminders.csv", false),
            (StaffRole::KeyAccountManager, "sites.csv", true),
            (StaffRole::CustomerService, "contacts.csv", true),
            (StaffRole::CustomerService, "sites.csv", false),
            (StaffRole::Pricing, "prices.csv", true),
            (StaffRole::Pricing, "costs.csv", true),
            (StaffRole::KeyAccountManager, "margin_floors.csv", false),
            (StaffRole::Pricing, "discounts.csv", true),
            (StaffRole::KeyAccountManager, "discounts.csv", false),
            (StaffRole::Pricing, "products.csv", false),
            (StaffRole::Catalogue, "assortment.csv", true),
            (StaffRole::Catalogue, "early_access.csv", true),
            (StaffRole::Catalogue, "substitutes.csv", true),
            (StaffRole::Catalogue, "entitlements.csv", false),
            (StaffRole::KeyAccountManager, "entitlements.csv", true),
            (StaffRole::KeyAccountManager, "rebates.csv", true),
            (StaffRole::Finance, "rebate_tiers.csv", false),
            (StaffRole::Warehouse, "stock.csv", true),
            (StaffRole::Warehouse, "expected_receipts.csv", true),
            (StaffRole::Pricing, "calendars.csv", false),
            (StaffRole::Warehouse, "orders.csv", false),
            (StaffRole::CustomerService, "orders.csv", true),
        ] {
            assert_eq!(may_import(&[role], file, true), may, "{role:?} {file}");
        }
        assert_eq!(
            [scope("prices.csv"), scope("tax_rates.csv")],
            [Scope::PricesWrite, Scope::AccountsWrite]
        );
        assert!(may_import(&[StaffRole::Warehouse], "notes.txt", false));
        assert!(!may_import(&[], "stock.csv", true));
    }
}
