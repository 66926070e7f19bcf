//! The rows of invoices, credit notes, payments and statements.

use serde_json::json;

use super::row::{Foreign, Row, act, create, read, reason};
use super::table::{ALL_STAFF, EVERY_MEMBER, WHO_KEEPS_BOOKS};

pub const ROWS: &[Row] = &[
    read("GET /api/v1/invoices", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/invoices/{id}", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/invoices/{id}/pdf", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/credit-notes", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/credit-notes/{id}", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/credit-notes/{id}/pdf", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/credit-notes/{id}/ubl", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/credit-notes/{id}/cii", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/credit-notes/{id}/factur-x", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/invoices/{id}/ubl", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/invoices/{id}/cii", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/invoices/{id}/factur-x", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/invoices/{id}/transports", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/credit-notes/{id}/transports", EVERY_MEMBER, Foreign::Id),
    read(
        "GET /api/v1/supplier/invoices/{id}/transports",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    read(
        "GET /api/v1/supplier/credit-notes/{id}/transports",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    read("GET /api/v1/account/statement", EVERY_MEMBER, Foreign::List),
    create(
        "POST /api/v1/supplier/invoices",
        WHO_KEEPS_BOOKS,
        |_| json!({"shipment_id": "{id}"}),
    ),
    read("GET /api/v1/supplier/invoices", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/invoices/{id}", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/invoices/{id}/pdf", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/invoices/{id}/ubl", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/invoices/{id}/cii", ALL_STAFF, Foreign::Nothing),
    read(
        "GET /api/v1/supplier/invoices/{id}/factur-x",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    read(
        "GET /api/v1/supplier/accounts/{id}/statement",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    create(
        "POST /api/v1/supplier/credit-notes",
        WHO_KEEPS_BOOKS,
        |_| json!({"invoice_id": "{id}", "reason": "goodwill"}),
    ),
    read("GET /api/v1/supplier/credit-notes", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/credit-notes/{id}", ALL_STAFF, Foreign::Nothing),
    read(
        "GET /api/v1/supplier/credit-notes/{id}/pdf",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    read(
        "GET /api/v1/supplier/credit-notes/{id}/ubl",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    read(
        "GET /api/v1/supplier/credit-notes/{id}/cii",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    read(
        "GET /api/v1/supplier/credit-notes/{id}/factur-x",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    act("POST /api/v1/supplier/credit-notes/{id}/apply", WHO_KEEPS_BOOKS, |_| {
        json!({})
    }),
    create(
        "POST /api/v1/supplier/payments",
        WHO_KEEPS_BOOKS,
        |_| json!({"account": "ACME", "amount": "1.00", "currency": "EUR", "received_on": "2026-11-02"}),
    ),
    read("GET /api/v1/supplier/payments", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/payments/{id}", ALL_STAFF, Foreign::Nothing),
    act("POST /api/v1/supplier/payments/{id}/apply", WHO_KEEPS_BOOKS, |_| {
        json!({})
    }),
    act("POST /api/v1/supplier/payments/{id}/reverse", WHO_KEEPS_BOOKS, reason),
];
