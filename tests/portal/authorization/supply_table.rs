//! The rows of what is expected, of when articles come, and of calendars: who moves goods keeps what is expected.

use serde_json::json;

use super::page_row::{Page, form, read as page};
use super::row::{Foreign, Row, change, create, read};
use super::table::{ALL_STAFF, EVERY_MEMBER, WHO_MOVES_GOODS};

pub const ROWS: &[Row] = &[
    read("GET /api/v1/products/{id}/availability", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/supplier/calendars", ALL_STAFF, Foreign::Nothing),
    // What it would be of has one, or is none: who may is told so.
    Row {
        success: 422,
        ..create(
            "POST /api/v1/supplier/calendars",
            WHO_MOVES_GOODS,
            |unique| json!({"calendar": unique, "warehouse": "NOWHERE", "weekdays": "mon-fri"}),
        )
    },
    read("GET /api/v1/supplier/calendars/{id}", ALL_STAFF, Foreign::Nothing),
    change(
        "PATCH /api/v1/supplier/calendars/{id}",
        WHO_MOVES_GOODS,
        200,
        Some(|_| json!({"weekdays": "mon-sat"})),
        Foreign::Nothing,
    ),
    change(
        "PUT /api/v1/supplier/calendars/{id}/holidays",
        WHO_MOVES_GOODS,
        200,
        Some(|_| json!({"days": ["2035-12-25"]})),
        Foreign::Nothing,
    ),
    change(
        "DELETE /api/v1/supplier/calendars/{id}",
        WHO_MOVES_GOODS,
        204,
        None,
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/expected-receipts", ALL_STAFF, Foreign::Nothing),
    create(
        "POST /api/v1/supplier/expected-receipts",
        WHO_MOVES_GOODS,
        |unique| json!({"reference": unique, "warehouse": "NORTH", "sku": "SHARED", "quantity": "5", "expected_on": "2035-12-12"}),
    ),
    read(
        "GET /api/v1/supplier/expected-receipts/{id}",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    change(
        "PATCH /api/v1/supplier/expected-receipts/{id}",
        WHO_MOVES_GOODS,
        200,
        Some(|_| json!({"expected_on": "2035-12-20"})),
        Foreign::Nothing,
    ),
    change(
        "DELETE /api/v1/supplier/expected-receipts/{id}",
        WHO_MOVES_GOODS,
        204,
        None,
        Foreign::Nothing,
    ),
];

pub const PAGES: &[Page] = &[
    page("GET /desk/expected-receipts", ALL_STAFF),
    page("GET /desk/expected-receipts/export.{format}", ALL_STAFF),
    page("GET /desk/expected-receipts/new", WHO_MOVES_GOODS),
    form(
        "POST /desk/expected-receipts/new",
        WHO_MOVES_GOODS,
        "reference={unique}&sku=SHARED&warehouse=NORTH&quantity=5&expected_on=2035-12-12&confirmed=true",
    ),
    page("GET /desk/expected-receipts/{id}", ALL_STAFF),
    form(
        "POST /desk/expected-receipts/{id}",
        WHO_MOVES_GOODS,
        "quantity=6&expected_on=2035-12-20&supplier=&confirmed=true",
    ),
    form("POST /desk/expected-receipts/{id}/close", WHO_MOVES_GOODS, ""),
    page("GET /desk/calendars", ALL_STAFF),
    page("GET /desk/calendars/new", WHO_MOVES_GOODS),
    form(
        "POST /desk/calendars/new",
        WHO_MOVES_GOODS,
        "calendar={unique}&warehouse=NOWHERE&weekdays=mon-fri",
    )
    .giving(422),
    page("GET /desk/calendars/{id}", ALL_STAFF),
    form("POST /desk/calendars/{id}", WHO_MOVES_GOODS, "weekdays=mon-sat"),
    form("POST /desk/calendars/{id}/holidays", WHO_MOVES_GOODS, "days=2035-12-25"),
    form("POST /desk/calendars/{id}/remove", WHO_MOVES_GOODS, ""),
];
