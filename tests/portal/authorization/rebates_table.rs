//! The rows of rebates that were agreed: what they are, what they accrue, and how they are settled.

use serde_json::json;

use super::page_row::{Page, form, read as page};
use super::row::{Foreign, Row, act, change, create, read};
use super::table::{ALL_STAFF, EVERY_MEMBER, WHO_KEEPS_BOOKS, WHO_MANAGES_ACCOUNTS};

pub const ROWS: &[Row] = &[
    read("GET /api/v1/rebate-agreements", EVERY_MEMBER, Foreign::Nothing),
    read("GET /api/v1/rebate-agreements/{id}", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/rebate-agreements/{id}/accruals", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/supplier/rebate-agreements", ALL_STAFF, Foreign::Nothing),
    create(
        "POST /api/v1/supplier/rebate-agreements",
        WHO_MANAGES_ACCOUNTS,
        |unique| {
            json!({
                "rebate": unique, "account": "ACME", "name": "A rebate", "currency": "EUR", "period": "year",
                "method": "retroactive", "basis": "invoiced", "scope": "all", "valid_from": "2026-01-01",
                "tiers": [{"threshold": "0", "rate": "1"}],
            })
        },
    ),
    read(
        "GET /api/v1/supplier/rebate-agreements/{id}",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    change(
        "PATCH /api/v1/supplier/rebate-agreements/{id}",
        WHO_MANAGES_ACCOUNTS,
        200,
        Some(|_| json!({"name": "Another name"})),
        Foreign::Nothing,
    ),
    read(
        "GET /api/v1/supplier/rebate-agreements/{id}/accruals",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/rebate-accruals", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/rebate-settlements", ALL_STAFF, Foreign::Nothing),
    read(
        "GET /api/v1/supplier/rebate-settlements/{id}",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    act(
        "POST /api/v1/supplier/rebate-settlements/{id}/approve",
        WHO_KEEPS_BOOKS,
        |_| json!({}),
    ),
];

pub const PAGES: &[Page] = &[
    page("GET /rebates", EVERY_MEMBER),
    page("GET /rebates/export.{format}", EVERY_MEMBER),
    page("GET /desk/rebate-agreements", ALL_STAFF),
    page("GET /desk/rebate-agreements/export.{format}", ALL_STAFF),
    page("GET /desk/rebate-accruals", ALL_STAFF),
    page("GET /desk/rebate-accruals/export.{format}", ALL_STAFF),
    page("GET /desk/rebate-settlements", ALL_STAFF),
    page("GET /desk/rebate-settlements/export.{format}", ALL_STAFF),
    form("POST /desk/rebate-settlements/{id}/approve", WHO_KEEPS_BOOKS, ""),
    page("GET /desk/rebate-agreements/new", WHO_MANAGES_ACCOUNTS),
    form(
        "POST /desk/rebate-agreements/new",
        WHO_MANAGES_ACCOUNTS,
        "rebate={unique}&account=ACME&name=A rebate&currency=EUR&period=year&method=retroactive&basis=invoiced&scope=all&key=\
         &valid_from=2026-01-01&valid_to=&settlement=credit_note&threshold-0=0&rate-0=1",
    ),
    page("GET /desk/rebate-agreements/{id}", ALL_STAFF),
    form(
        "POST /desk/rebate-agreements/{id}",
        WHO_MANAGES_ACCOUNTS,
        "name=Another&valid_to=&settlement=credit_note&threshold-0=0&rate-0=1",
    ),
];
