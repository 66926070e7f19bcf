//! The rows of bulk jobs and exports: rows are sent by those who may write the same by hand, and what can be read a page at a
//! time can be taken away whole.

use serde_json::{Value, json};

use super::catalogue_table::{WHO_KEEPS_CATALOGUE, WHO_SETS_PRICES};
use super::row::{Callers, Foreign, Row, post, read};
use super::table::{
    ALL_STAFF, EVERY_MEMBER, STAFF_ADMIN, WHO_MANAGES_ACCOUNTS, WHO_MOVES_GOODS, WHO_ORDERS, WHO_STEERS,
};

fn none(_: &str) -> Value {
    json!({})
}

/// Rows, which a body of JSON is none of.
const fn send(operation: &'static str, callers: Callers) -> Row {
    post(operation, callers, 415, none, Foreign::Nothing)
}

pub const ROWS: &[Row] = &[
    send("POST /api/v1/bulk/orders", WHO_ORDERS),
    read("GET /api/v1/bulk-jobs", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/bulk-jobs/{id}", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/bulk-jobs/{id}/results", EVERY_MEMBER, Foreign::Id),
    post("POST /api/v1/bulk-jobs/{id}/cancel", WHO_ORDERS, 200, none, Foreign::Id),
    read("GET /api/v1/export/products", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/export/prices", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/export/orders", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/export/invoices", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/export/stock", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/supplier/export/products", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/export/prices", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/export/orders", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/export/invoices", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/export/stock", ALL_STAFF, Foreign::Nothing),
    send("POST /api/v1/supplier/bulk/supplier", STAFF_ADMIN),
    send("POST /api/v1/supplier/bulk/tax_rates", STAFF_ADMIN),
    send("POST /api/v1/supplier/bulk/accounts", STAFF_ADMIN),
    send("POST /api/v1/supplier/bulk/early_access", WHO_KEEPS_CATALOGUE),
    send("POST /api/v1/supplier/bulk/substitutes", WHO_KEEPS_CATALOGUE),
    send("POST /api/v1/supplier/bulk/entitlements", WHO_MANAGES_ACCOUNTS),
    send("POST /api/v1/supplier/bulk/expected_receipts", WHO_MOVES_GOODS),
    send("POST /api/v1/supplier/bulk/orders", WHO_STEERS),
    send("POST /api/v1/supplier/bulk/sites", WHO_MANAGES_ACCOUNTS),
    // Those who steer orders are those who manage people.
    send("POST /api/v1/supplier/bulk/contacts", WHO_STEERS),
    send("POST /api/v1/supplier/bulk/team", WHO_MANAGES_ACCOUNTS),
    send("POST /api/v1/supplier/bulk/products", WHO_KEEPS_CATALOGUE),
    send("POST /api/v1/supplier/bulk/units", WHO_KEEPS_CATALOGUE),
    send("POST /api/v1/supplier/bulk/assortments", WHO_KEEPS_CATALOGUE),
    send("POST /api/v1/supplier/bulk/price_lists", WHO_SETS_PRICES),
    send("POST /api/v1/supplier/bulk/prices", WHO_SETS_PRICES),
    send("POST /api/v1/supplier/bulk/stock", WHO_MOVES_GOODS),
    read("GET /api/v1/supplier/bulk-jobs", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/bulk-jobs/{id}", ALL_STAFF, Foreign::Nothing),
    read(
        "GET /api/v1/supplier/bulk-jobs/{id}/results",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    // Over already: it is the state that forbids it, to every role.
    post(
        "POST /api/v1/supplier/bulk-jobs/{id}/cancel",
        ALL_STAFF,
        409,
        none,
        Foreign::Nothing,
    ),
];
