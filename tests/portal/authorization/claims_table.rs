//! The rows of claims: who orders claims, who steers orders answers.

use serde_json::json;

use super::page_row::{Page, file, form, read as page};
use super::row::{Foreign, Row, act, change, create, post, read};
use super::table::{
    ALL_STAFF, EVERY_MEMBER, WHO_KEEPS_BOOKS, WHO_MANAGES_ACCOUNTS, WHO_MOVES_GOODS, WHO_ORDERS, WHO_STEERS,
};

pub const ROWS: &[Row] = &[
    post(
        "POST /api/v1/claims",
        WHO_ORDERS,
        201,
        |_| json!({"shipment_id": "{id}", "kind": "damaged", "wish": "credit", "text": "Wet.", "lines": [{"position": 1}]}),
        Foreign::Nothing,
    ),
    read("GET /api/v1/claims", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/claims/{id}", EVERY_MEMBER, Foreign::Id),
    post(
        "POST /api/v1/claims/{id}/messages",
        WHO_ORDERS,
        201,
        |_| json!({"text": "Still wet."}),
        Foreign::Id,
    ),
    post(
        "POST /api/v1/claims/{id}/withdraw",
        WHO_ORDERS,
        200,
        |_| json!({}),
        Foreign::Id,
    ),
    // A form with files, which this body is none of.
    post(
        "POST /api/v1/claims/{id}/files",
        WHO_ORDERS,
        415,
        |_| json!({}),
        Foreign::Nothing,
    ),
    read("GET /api/v1/claim-files/{id}", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/supplier/claims", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/claims/{id}", ALL_STAFF, Foreign::Nothing),
    act("POST /api/v1/supplier/claims/{id}/review", WHO_STEERS, |_| json!({})),
    act(
        "POST /api/v1/supplier/claims/{id}/decide",
        WHO_STEERS,
        |_| json!({"lines": [{"position": 1, "quantity": "1"}]}),
    ),
    // A repair; by a credit note finance settles.
    act(
        "POST /api/v1/supplier/claims/{id}/settle",
        WHO_STEERS,
        |_| json!({"outcome": "repair"}),
    ),
    post(
        "POST /api/v1/supplier/claims/{id}/messages",
        WHO_STEERS,
        201,
        |_| json!({"text": "We look at it."}),
        Foreign::Nothing,
    ),
    post(
        "POST /api/v1/supplier/claims/{id}/files",
        WHO_STEERS,
        415,
        |_| json!({}),
        Foreign::Nothing,
    ),
    change(
        "PUT /api/v1/supplier/claims/{id}/analysis",
        WHO_STEERS,
        200,
        Some(|_| json!({"root_cause": "A leaking roof"})),
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/claim-files/{id}", ALL_STAFF, Foreign::Nothing),
    act(
        "PUT /api/v1/supplier/claim-terms",
        WHO_MANAGES_ACCOUNTS,
        |_| json!({"account": "ACME", "answer_days": 5}),
    ),
    read("GET /api/v1/returns", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/returns/{id}", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/returns/{id}/pdf", EVERY_MEMBER, Foreign::Id),
    create(
        "POST /api/v1/supplier/returns",
        WHO_STEERS,
        |_| json!({"shipment_id": "{id}", "lines": [{"position": 1}]}),
    ),
    read("GET /api/v1/supplier/returns", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/returns/{id}", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/returns/{id}/pdf", ALL_STAFF, Foreign::Nothing),
    act("POST /api/v1/supplier/returns/{id}/receive", WHO_MOVES_GOODS, |_| {
        json!({})
    }),
    act(
        "POST /api/v1/supplier/returns/{id}/inspect",
        WHO_MOVES_GOODS,
        |_| json!({"warehouse": "NORTH", "lines": [{"position": 1, "to_stock": "1"}]}),
    ),
    act("POST /api/v1/supplier/returns/{id}/close", WHO_MOVES_GOODS, |_| {
        json!({})
    }),
    create("POST /api/v1/supplier/returns/{id}/credit", WHO_KEEPS_BOOKS, |_| {
        json!({})
    }),
];

/// Pages and forms of the same.
pub const PAGES: &[Page] = &[
    page("GET /claims", EVERY_MEMBER),
    page("GET /claims/export.{format}", EVERY_MEMBER),
    page("GET /claims/{id}", EVERY_MEMBER),
    page("GET /claim-files/{id}", EVERY_MEMBER),
    page("GET /shipments/{id}/claim", WHO_ORDERS),
    form("POST /shipments/{id}/claim", WHO_ORDERS, CLAIM),
    page("GET /invoices/{id}/claim", WHO_ORDERS),
    form("POST /invoices/{id}/claim", WHO_ORDERS, CLAIM),
    form("POST /claims/{id}/messages", WHO_ORDERS, "text=Still wet."),
    file("POST /claims/{id}/files", WHO_ORDERS, "files", "no picture"),
    form("POST /claims/{id}/withdraw", WHO_ORDERS, ""),
    page("GET /desk/claims", ALL_STAFF),
    page("GET /desk/claims/export.{format}", ALL_STAFF),
    page("GET /desk/claims/{id}", ALL_STAFF),
    page("GET /desk/claim-files/{id}", ALL_STAFF),
    form("POST /desk/claims/{id}/review", WHO_STEERS, ""),
    form("POST /desk/claims/{id}/decide", WHO_STEERS, "quantity-1=1"),
    // A repair; by a credit note finance settles.
    form("POST /desk/claims/{id}/settle", WHO_STEERS, "outcome=repair"),
    form("POST /desk/claims/{id}/messages", WHO_STEERS, "text=We look at it."),
    file("POST /desk/claims/{id}/files", WHO_STEERS, "files", "no picture"),
    form(
        "POST /desk/claims/{id}/analysis",
        WHO_STEERS,
        "root_cause=A leaking roof",
    ),
    page("GET /returns", EVERY_MEMBER),
    page("GET /returns/export.{format}", EVERY_MEMBER),
    page("GET /returns/{id}", EVERY_MEMBER),
    page("GET /returns/{id}/pdf", EVERY_MEMBER),
    form("POST /desk/claims/{id}/return", WHO_STEERS, ""),
    page("GET /desk/returns", ALL_STAFF),
    page("GET /desk/returns/export.{format}", ALL_STAFF),
    page("GET /desk/returns/{id}", ALL_STAFF),
    page("GET /desk/returns/{id}/pdf", ALL_STAFF),
    form("POST /desk/returns/{id}/receive", WHO_MOVES_GOODS, ""),
    form(
        "POST /desk/returns/{id}/inspect",
        WHO_MOVES_GOODS,
        "warehouse=NORTH&to_stock-1=1",
    ),
    form("POST /desk/returns/{id}/close", WHO_MOVES_GOODS, ""),
    page("GET /desk/returns/{id}/credit", WHO_KEEPS_BOOKS),
    form(
        "POST /desk/returns/{id}/credit",
        WHO_KEEPS_BOOKS,
        "reason=returned&quantity-1=1",
    ),
];

const CLAIM: &str = "kind=damaged&wish=credit&text=Wet.&line-1=on&quantity-1=1";
