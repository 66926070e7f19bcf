//! The rows of contracts: who manages accounts writes them, an admin of the account accepts.

use serde_json::json;

use super::page_row::{Page, form, read as page};
use super::row::{Foreign, Row, change, create, read};
use super::table::{ADMIN, ALL_STAFF, EVERY_MEMBER, WHO_MANAGES_ACCOUNTS};

pub const ROWS: &[Row] = &[
    read("GET /api/v1/contracts", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/contracts/{id}", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/contracts/{id}/pace", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/contracts/{id}/pdf", EVERY_MEMBER, Foreign::Id),
    change(
        "POST /api/v1/contracts/{id}/accept",
        ADMIN,
        200,
        Some(|_| json!({"name": "Ann Ames"})),
        Foreign::Id,
    ),
    read("GET /api/v1/supplier/contracts", ALL_STAFF, Foreign::Nothing),
    create(
        "POST /api/v1/supplier/contracts",
        WHO_MANAGES_ACCOUNTS,
        |unique| json!({"contract": unique, "account": "ACME", "name": "Frame", "currency": "EUR", "valid_from": "2026-01-01", "valid_to": "2036-12-31"}),
    ),
    read("GET /api/v1/supplier/contracts/{id}", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/contracts/{id}/pace", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/contracts/{id}/pdf", ALL_STAFF, Foreign::Nothing),
    change(
        "PATCH /api/v1/supplier/contracts/{id}",
        WHO_MANAGES_ACCOUNTS,
        200,
        Some(|unique| json!({"name": unique})),
        Foreign::Nothing,
    ),
    change(
        "DELETE /api/v1/supplier/contracts/{id}",
        WHO_MANAGES_ACCOUNTS,
        204,
        None,
        Foreign::Nothing,
    ),
    change(
        "PUT /api/v1/supplier/contracts/{id}/commitments",
        WHO_MANAGES_ACCOUNTS,
        200,
        Some(
            |unique| json!({"commitments": [{"commitment": unique, "kind": "value", "scope": "all", "period": "year", "committed": "100.00"}]}),
        ),
        Foreign::Nothing,
    ),
    change(
        "POST /api/v1/supplier/contracts/{id}/offer",
        WHO_MANAGES_ACCOUNTS,
        200,
        None,
        Foreign::Nothing,
    ),
    change(
        "POST /api/v1/supplier/contracts/{id}/countersign",
        WHO_MANAGES_ACCOUNTS,
        200,
        Some(|_| json!({"name": "Willem Kessemeer", "accepted_by": "Ann Ames"})),
        Foreign::Nothing,
    ),
    change(
        "POST /api/v1/supplier/contracts/{id}/terminate",
        WHO_MANAGES_ACCOUNTS,
        200,
        Some(|_| json!({"reason": "The account moves away."})),
        Foreign::Nothing,
    ),
];

pub const PAGES: &[Page] = &[
    page("GET /contracts", EVERY_MEMBER),
    page("GET /contracts/export.{format}", EVERY_MEMBER),
    page("GET /contracts/{id}", EVERY_MEMBER),
    page("GET /contracts/{id}/pdf", EVERY_MEMBER),
    form("POST /contracts/{id}/accept", ADMIN, "name=Ann+Ames"),
    page("GET /desk/contracts", ALL_STAFF),
    page("GET /desk/contracts/export.{format}", ALL_STAFF),
    page("GET /desk/contracts/new", WHO_MANAGES_ACCOUNTS),
    form(
        "POST /desk/contracts/new",
        WHO_MANAGES_ACCOUNTS,
        "contract={unique}&account=ACME&name=Frame&currency=EUR&valid_from=2026-01-01&valid_to=2036-12-31&renewal=none",
    ),
    page("GET /desk/contracts/{id}", ALL_STAFF),
    page("GET /desk/contracts/{id}/pdf", ALL_STAFF),
    page("GET /desk/contracts/{id}/edit", WHO_MANAGES_ACCOUNTS),
    form("POST /desk/contracts/{id}/edit", WHO_MANAGES_ACCOUNTS, "name={unique}"),
    form("POST /desk/contracts/{id}/remove", WHO_MANAGES_ACCOUNTS, ""),
    form(
        "POST /desk/contracts/{id}/commitments",
        WHO_MANAGES_ACCOUNTS,
        "commitment={unique}&kind=value&scope=all&key=&period=year&committed=100.00&shortfall_rate=",
    ),
    form(
        "POST /desk/contracts/{id}/commitments/{commitment}/remove",
        WHO_MANAGES_ACCOUNTS,
        "",
    ),
    form("POST /desk/contracts/{id}/offer", WHO_MANAGES_ACCOUNTS, ""),
    form(
        "POST /desk/contracts/{id}/countersign",
        WHO_MANAGES_ACCOUNTS,
        "name=Willem+Kessemeer&accepted_by=Ann+Ames&accepted_on=",
    ),
    form(
        "POST /desk/contracts/{id}/terminate",
        WHO_MANAGES_ACCOUNTS,
        "last_day=&reason=The+account+moves+away.",
    ),
];
