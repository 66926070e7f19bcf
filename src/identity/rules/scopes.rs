//! What programs may do: the one table that gives each operation its scope. The extractors, the API document and the tests
//! read it; an operation that stands in no row is closed to programs.

use crate::names::names;

names! {
    /// What a program may do: read or write what a noun is about. The same name on the account's and the supplier's side.
    pub enum Scope as Scope {
        AccountsRead = "accounts:read",
        AccountsWrite = "accounts:write",
        AuditRead = "audit:read",
        CatalogueRead = "catalogue:read",
        CatalogueWrite = "catalogue:write",
        EventsRead = "events:read",
        ImportsRead = "imports:read",
        ImportsWrite = "imports:write",
        InvoicesRead = "invoices:read",
        InvoicesWrite = "invoices:write",
        MembersRead = "members:read",
        MessagesRead = "messages:read",
        MessagesWrite = "messages:write",
        OrdersRead = "orders:read",
        OrdersWrite = "orders:write",
        PaymentsRead = "payments:read",
        PaymentsWrite = "payments:write",
        PricesRead = "prices:read",
        PricesWrite = "prices:write",
        SandboxUse = "sandbox:use",
        ShipmentsRead = "shipments:read",
        ShipmentsWrite = "shipments:write",
        StockRead = "stock:read",
        StockWrite = "stock:write",
        WebhooksRead = "webhooks:read",
        WebhooksWrite = "webhooks:write",
    }
}

impl Scope {
    /// What texts about it are called.
    pub fn key(self) -> String {
        format!("scope-{}", self.name().replace(':', "-"))
    }
}

/// Whose operations a program sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Account,
    /// The supplier's.
    Supplier,
}

/// What a program needs for an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    Scope(Scope),
    /// It is for people: a program is refused whatever its scopes are.
    People,
}

/// What an operation needs whose path begins so: for GET, and for everything else. The longest that fits counts.
struct Row(&'static str, Need, Need);

const fn both(path: &'static str, reading: Scope, writing: Scope) -> Row {
    Row(path, Need::Scope(reading), Need::Scope(writing))
}

/// Nothing is changed there, by whatever method.
const fn reads(path: &'static str, scope: Scope) -> Row {
    Row(path, Need::Scope(scope), Need::Scope(scope))
}

/// Programs read there; what is changed, people change: who has access is for people to say.
const fn read_by_programs(path: &'static str, scope: Scope) -> Row {
    Row(path, Need::Scope(scope), Need::People)
}

const fn people(path: &'static str) -> Row {
    Row(path, Need::People, Need::People)
}

/// Where operations of webhooks stand on either side.
const WEBHOOKS: &str = "webhook";

/// Paths below the version.
const TABLE: &[Row] = {
    use Scope::{
        AccountsRead, AccountsWrite, AuditRead, CatalogueRead, CatalogueWrite, EventsRead, ImportsRead, ImportsWrite,
        InvoicesRead, InvoicesWrite, MembersRead, MessagesRead, MessagesWrite, OrdersRead, OrdersWrite, PaymentsRead,
        PaymentsWrite, PricesRead, PricesWrite, SandboxUse, ShipmentsRead, ShipmentsWrite, StockRead, StockWrite,
    };
    &[
        // Who one is, and what one is signed in with.
        people("/auth"),
        people("/me"),
        people("/clients"),
        people("/account/notifications"),
        // An account's own.
        both("/account", AccountsRead, AccountsWrite),
        read_by_programs("/account/members", MembersRead),
        read_by_programs("/invitations", MembersRead),
        reads("/account/statement", InvoicesRead),
        reads("/products", CatalogueRead),
        reads("/quotas", CatalogueRead),
        reads("/entitlements", OrdersRead),
        // What binds the account, people accept.
        reads("/contracts", AccountsRead),
        people("/contracts/{id}/accept"),
        reads("/prices", PricesRead),
        reads("/quantities", PricesRead),
        both("/orders", OrdersRead, OrdersWrite),
        both("/order-changes", OrdersRead, OrdersWrite),
        both("/substitute-proposals", OrdersRead, OrdersWrite),
        reads("/shipments", ShipmentsRead),
        reads("/consignments", ShipmentsRead),
        reads("/delivery-proofs", ShipmentsRead),
        reads("/invoices", InvoicesRead),
        reads("/credit-notes", InvoicesRead),
        reads("/rebate-agreements", InvoicesRead),
        both("/claims", OrdersRead, OrdersWrite),
        reads("/claim-files", OrdersRead),
        reads("/returns", ShipmentsRead),
        reads("/reminders", InvoicesRead),
        reads("/events", EventsRead),
        reads("/export/products", CatalogueRead),
        reads("/export/prices", PricesRead),
        reads("/export/orders", OrdersRead),
        reads("/export/invoices", InvoicesRead),
        reads("/export/stock", StockRead),
        both("/bulk/orders", OrdersRead, OrdersWrite),
        both("/bulk-jobs", OrdersRead, OrdersWrite),
        both("/sandbox", SandboxUse, SandboxUse),
        people("/sandbox/clients"),
        // The desk's.
        people("/supplier/clients"),
        people("/supplier/accounts/{id}/clients"),
        people("/supplier/accounts/{id}/punchout"),
        people("/supplier/accounts/{id}/sandbox"),
        people("/supplier/erasures"),
        people("/supplier/notifications"),
        people("/supplier/staff"),
        both("/supplier/accounts", AccountsRead, AccountsWrite),
        read_by_programs("/supplier/accounts/{id}/invitations", MembersRead),
        read_by_programs("/supplier/accounts/{id}/members", MembersRead),
        reads("/supplier/accounts/{id}/statement", InvoicesRead),
        reads("/supplier/accounts/{id}/balance-confirmation", InvoicesRead),
        both("/supplier/credit-settings", AccountsRead, AccountsWrite),
        both("/supplier/sites", AccountsRead, AccountsWrite),
        read_by_programs("/supplier/members", MembersRead),
        read_by_programs("/supplier/invitations", MembersRead),
        both("/supplier/products", CatalogueRead, CatalogueWrite),
        both("/supplier/units", CatalogueRead, CatalogueWrite),
        both("/supplier/assortments", CatalogueRead, CatalogueWrite),
        both("/supplier/early-access", CatalogueRead, CatalogueWrite),
        both("/supplier/substitutes", CatalogueRead, CatalogueWrite),
        both("/supplier/entitlements", AccountsRead, AccountsWrite),
        both("/supplier/contracts", AccountsRead, AccountsWrite),
        // What is earned is for people.
        people("/supplier/costs"),
        people("/supplier/margin-floors"),
        people("/supplier/program-values"),
        both("/supplier/price-changes", PricesRead, PricesWrite),
        people("/supplier/price-changes/{id}/preview"),
        people("/supplier/price-changes/{id}/submit"),
        people("/supplier/price-changes/{id}/approve"),
        people("/supplier/price-changes/{id}/reject"),
        people("/supplier/price-changes/{id}/roll-back"),
        both("/supplier/price-lists", PricesRead, PricesWrite),
        both("/supplier/discounts", PricesRead, PricesWrite),
        both("/supplier/order-minimums", PricesRead, PricesWrite),
        both("/supplier/prices", PricesRead, PricesWrite),
        both("/supplier/stock", StockRead, StockWrite),
        both("/supplier/receipts", StockRead, StockWrite),
        both("/supplier/expected-receipts", StockRead, StockWrite),
        both("/supplier/calendars", StockRead, StockWrite),
        both("/supplier/orders", OrdersRead, OrdersWrite),
        both("/supplier/order-changes", OrdersRead, OrdersWrite),
        both("/supplier/substitute-proposals", OrdersRead, OrdersWrite),
        reads("/supplier/allocations", OrdersRead),
        both("/supplier/allocations/overrule", OrdersRead, OrdersWrite),
        both("/supplier/allocation-modes", StockRead, StockWrite),
        both("/supplier/quotas", StockRead, StockWrite),
        both("/supplier/shipments", ShipmentsRead, ShipmentsWrite),
        both("/supplier/packages", ShipmentsRead, ShipmentsWrite),
        both("/supplier/packings", ShipmentsRead, ShipmentsWrite),
        both("/supplier/consignments", ShipmentsRead, ShipmentsWrite),
        both("/supplier/carriers", ShipmentsRead, ShipmentsWrite),
        reads("/supplier/pick-list", ShipmentsRead),
        reads("/supplier/delivery-proofs", ShipmentsRead),
        both("/supplier/shipping-settings", AccountsRead, AccountsWrite),
        both("/supplier/invoices", InvoicesRead, InvoicesWrite),
        both("/supplier/credit-notes", InvoicesRead, InvoicesWrite),
        both("/supplier/price-corrections", InvoicesRead, InvoicesWrite),
        both("/supplier/rebates", InvoicesRead, InvoicesWrite),
        both("/supplier/rebate-agreements", InvoicesRead, InvoicesWrite),
        reads("/supplier/rebate-accruals", InvoicesRead),
        both("/supplier/rebate-settlements", InvoicesRead, InvoicesWrite),
        both("/supplier/claims", OrdersRead, OrdersWrite),
        both("/supplier/claims/{id}/settle", InvoicesRead, InvoicesWrite),
        reads("/supplier/claim-files", OrdersRead),
        both("/supplier/returns", ShipmentsRead, ShipmentsWrite),
        both("/supplier/returns/{id}/credit", InvoicesRead, InvoicesWrite),
        both("/supplier/claim-terms", AccountsRead, AccountsWrite),
        both("/supplier/reminder-policies", InvoicesRead, InvoicesWrite),
        both("/supplier/reminder-settings", InvoicesRead, InvoicesWrite),
        both("/supplier/reminder-runs", InvoicesRead, InvoicesWrite),
        both("/supplier/reminders", InvoicesRead, InvoicesWrite),
        both("/supplier/promises", InvoicesRead, InvoicesWrite),
        reads("/supplier/order-holds", InvoicesRead),
        both("/supplier/payments", PaymentsRead, PaymentsWrite),
        both("/supplier/refunds", PaymentsRead, PaymentsWrite),
        both("/supplier/write-offs", PaymentsRead, PaymentsWrite),
        both("/supplier/settlement-settings", AccountsRead, AccountsWrite),
        both("/supplier/bank-statements", PaymentsRead, PaymentsWrite),
        both("/supplier/bank-entries", PaymentsRead, PaymentsWrite),
        both("/supplier/imports", ImportsRead, ImportsWrite),
        reads("/supplier/export/products", CatalogueRead),
        reads("/supplier/export/prices", PricesRead),
        reads("/supplier/export/orders", OrdersRead),
        reads("/supplier/export/invoices", InvoicesRead),
        reads("/supplier/export/stock", StockRead),
        both("/supplier/bulk-jobs", ImportsRead, ImportsWrite),
        both("/supplier/bulk/supplier", AccountsRead, AccountsWrite),
        both("/supplier/bulk/tax_rates", AccountsRead, AccountsWrite),
        both("/supplier/bulk/accounts", AccountsRead, AccountsWrite),
        both("/supplier/bulk/entitlements", AccountsRead, AccountsWrite),
        both("/supplier/bulk/early_access", CatalogueRead, CatalogueWrite),
        both("/supplier/bulk/substitutes", CatalogueRead, CatalogueWrite),
        both("/supplier/bulk/expected_receipts", StockRead, StockWrite),
        both("/supplier/bulk/orders", OrdersRead, OrdersWrite),
        both("/supplier/bulk/sites", AccountsRead, AccountsWrite),
        both("/supplier/bulk/contacts", AccountsRead, AccountsWrite),
        both("/supplier/bulk/team", AccountsRead, AccountsWrite),
        both("/supplier/bulk/products", CatalogueRead, CatalogueWrite),
        both("/supplier/bulk/units", CatalogueRead, CatalogueWrite),
        both("/supplier/bulk/assortments", CatalogueRead, CatalogueWrite),
        both("/supplier/bulk/price_lists", PricesRead, PricesWrite),
        both("/supplier/bulk/prices", PricesRead, PricesWrite),
        both("/supplier/bulk/stock", StockRead, StockWrite),
        both("/supplier/messages", MessagesRead, MessagesWrite),
        reads("/supplier/audit", AuditRead),
    ]
};

/// What a program needs to send `method` to an operation with this path template, `/api/v1/orders/{id}`; none where the
/// table has no row for it.
pub fn needed(method: &str, template: &str) -> Option<Need> {
    let path = template.strip_prefix("/api/v1")?;
    let is_read = method == "GET";
    let below_side = path.strip_prefix("/supplier").unwrap_or(path);
    if below_side.trim_start_matches('/').starts_with(WEBHOOKS) {
        let scope = if is_read {
            Scope::WebhooksRead
        } else {
            Scope::WebhooksWrite
        };
        return Some(Need::Scope(scope));
    }
    let fits = |row: &&Row| {
        let rest = path.strip_prefix(row.0);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let Row(_, reading, writing) = TABLE.iter().filter(fits).max_by_key(|row| row.0.len())?;
    Some(if is_read { *reading } else { *writing })
}

/// The scopes that open an operation of this side, in their order.
pub fn of_side(side: Side) -> Vec<Scope> {
    let is_open = |scope: &Scope| {
        let rows = TABLE
            .iter()
            .filter(|row| (side == Side::Supplier) == row.0.starts_with("/supplier"));
        let mut needs = rows.flat_map(|Row(_, reading, writing)| [reading, writing]);
        let is_of_both = matches!(scope, Scope::WebhooksRead | Scope::WebhooksWrite);
        is_of_both || needs.any(|need| *need == Need::Scope(*scope))
    };
    Scope::ALL.iter().copied().filter(is_open).collect()
}

/// The scopes that a text names, parted by blanks, each once and in their order; else the name there is no scope of.
pub fn read(text: &str) -> Result<Vec<Scope>, String> {
    let named: Result<Vec<_>, _> = text
        .split_ascii_whitespace()
        .map(|name| Scope::from_name(name).ok_or_else(|| name.to_owned()))
        .collect();
    named.map(|named| {
        Scope::ALL
            .iter()
            .copied()
            .filter(|scope| named.contains(scope))
            .collect()
    })
}

/// The reverse of [`read`].
pub fn written(scopes: &[Scope]) -> String {
    scopes.iter().map(|scope| scope.name()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_row_counts_and_a_path_that_only_begins_alike_has_none() {
        let scope = |scope| Some(Need::Scope(scope));
        for (method, path, expected) in [
            ("GET", "/api/v1/orders/{id}", scope(Scope::OrdersRead)),
            ("POST", "/api/v1/orders", scope(Scope::OrdersWrite)),
            ("POST", "/api/v1/prices/quote", scope(Scope::PricesRead)),
            ("GET", "/api/v1/account", scope(Scope::AccountsRead)),
            ("GET", "/api/v1/account/statement", scope(Scope::InvoicesRead)),
            ("GET", "/api/v1/account/members/{id}", scope(Scope::MembersRead)),
            ("PATCH", "/api/v1/account/members/{id}", Some(Need::People)),
            (
                "DELETE",
                "/api/v1/account/members/{id}/second-factor",
                Some(Need::People),
            ),
            ("POST", "/api/v1/supplier/receipts", scope(Scope::StockWrite)),
            ("GET", "/api/v1/supplier/accounts/{id}/clients", Some(Need::People)),
            ("GET", "/api/v1/webhook-endpoints/{id}", scope(Scope::WebhooksRead)),
            (
                "POST",
                "/api/v1/supplier/webhook-endpoints",
                scope(Scope::WebhooksWrite),
            ),
            ("GET", "/api/v1/me", Some(Need::People)),
            ("GET", "/api/v1/meadows", None),
            ("GET", "/orders", None),
        ] {
            assert_eq!(needed(method, path), expected, "{method} {path}");
        }
    }

    #[test]
    fn each_side_offers_what_opens_something_there() {
        let account = of_side(Side::Account);
        assert!(account.contains(&Scope::OrdersWrite) && account.contains(&Scope::WebhooksWrite));
        assert!(!account.contains(&Scope::StockWrite) && !account.contains(&Scope::PricesWrite));
        let supplier = of_side(Side::Supplier);
        assert!(supplier.contains(&Scope::StockWrite) && supplier.contains(&Scope::AuditRead));
        assert!(
            Scope::ALL
                .iter()
                .all(|scope| account.contains(scope) || supplier.contains(scope))
        );
    }

    #[test]
    fn scopes_are_read_once_each_and_in_their_order() {
        let both = vec![Scope::OrdersRead, Scope::StockWrite];
        assert_eq!(read("stock:write orders:read stock:write"), Ok(both.clone()));
        assert_eq!(read(&written(&both)), Ok(both));
        assert_eq!(read(""), Ok(Vec::new()));
        assert_eq!(read("orders:read nonsense"), Err("nonsense".to_owned()));
    }
}
