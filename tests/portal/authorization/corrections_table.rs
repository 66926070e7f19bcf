//! The rows of corrections of invoices and of prices, and of the list of returns.

use serde_json::json;

use super::page_row::{Page, form, read as page};
use super::row::{Foreign, Row, act, create, read};
use super::table::{ALL_STAFF, WHO_KEEPS_BOOKS};
use super::world::today;

pub const ROWS: &[Row] = &[
    act(
        "POST /api/v1/supplier/invoices/{id}/correct/preview",
        WHO_KEEPS_BOOKS,
        |_| json!({"reason": "Another number was agreed"}),
    ),
    create(
        "POST /api/v1/supplier/invoices/{id}/correct",
        WHO_KEEPS_BOOKS,
        |_| json!({"reason": "Another number was agreed", "po_number": "PO-NEW"}),
    ),
    create(
        "POST /api/v1/supplier/price-corrections",
        WHO_KEEPS_BOOKS,
        |_| json!({"from": "2026-11-01", "to": "2026-11-30"}),
    ),
    // Its note names an invoice, so that there is one.
    create("POST /api/v1/supplier/rebates", WHO_KEEPS_BOOKS, |_| {
        let from = today() - chrono::Days::new(2);
        json!({"account": "ACME", "from": from, "to": today(), "net": "0.01", "note": "{id}", "again": true})
    }),
    read("GET /api/v1/supplier/rebates/{id}", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/price-corrections", ALL_STAFF, Foreign::Nothing),
    read(
        "GET /api/v1/supplier/price-corrections/{id}",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    act(
        "POST /api/v1/supplier/price-corrections/{id}/release",
        WHO_KEEPS_BOOKS,
        |_| json!({}),
    ),
    act(
        "POST /api/v1/supplier/price-corrections/{id}/discard",
        WHO_KEEPS_BOOKS,
        |_| json!({}),
    ),
];

pub const PAGES: &[Page] = &[
    page("GET /desk/invoices/{id}/correct", WHO_KEEPS_BOOKS),
    form(
        "POST /desk/invoices/{id}/correct",
        WHO_KEEPS_BOOKS,
        "reason=Another number&prices=as_invoiced&do=correct",
    ),
    page("GET /desk/rebates/new", WHO_KEEPS_BOOKS),
    // It says no days.
    form("POST /desk/rebates", WHO_KEEPS_BOOKS, "account=ACME&net=1").giving(422),
    page("GET /desk/price-corrections", ALL_STAFF),
    page("GET /desk/price-corrections/export.{format}", ALL_STAFF),
    page("GET /desk/price-corrections/new", WHO_KEEPS_BOOKS),
    form(
        "POST /desk/price-corrections",
        WHO_KEEPS_BOOKS,
        "from=2026-11-01&to=2026-11-30",
    ),
    page("GET /desk/price-corrections/{id}", ALL_STAFF),
    page("GET /desk/price-corrections/{id}/export.{format}", ALL_STAFF),
    form("POST /desk/price-corrections/{id}/release", WHO_KEEPS_BOOKS, ""),
    form("POST /desk/price-corrections/{id}/discard", WHO_KEEPS_BOOKS, ""),
];
