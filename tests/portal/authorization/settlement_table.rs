//! The rows of refunds, of what is settled without money, and of what is set for both: staff read, who keeps the books writes.

use serde_json::json;

use super::page_row::{Page, form, read as page};
use super::row::{Foreign, Row, act, create, post, read, reason};
use super::table::{ALL_STAFF, WHO_KEEPS_BOOKS};

pub const ROWS: &[Row] = &[
    create(
        "POST /api/v1/supplier/refunds",
        WHO_KEEPS_BOOKS,
        |_| json!({"account": "RIVAL", "amount": "0.01", "currency": "EUR", "paid_on": "2026-11-02", "payment_id": "{id}"}),
    ),
    read("GET /api/v1/supplier/refunds", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/refunds/{id}", ALL_STAFF, Foreign::Nothing),
    act("POST /api/v1/supplier/refunds/{id}/reverse", WHO_KEEPS_BOOKS, reason),
    create(
        "POST /api/v1/supplier/write-offs",
        WHO_KEEPS_BOOKS,
        |_| json!({"invoice_id": "{id}", "kind": "bank_charges", "amount": "0.01", "reason": "The bank kept it."}),
    ),
    read("GET /api/v1/supplier/write-offs", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/write-offs/{id}", ALL_STAFF, Foreign::Nothing),
    act("POST /api/v1/supplier/write-offs/{id}/reverse", WHO_KEEPS_BOOKS, reason),
    read(
        "GET /api/v1/supplier/accounts/{id}/payment-terms",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    post(
        "PUT /api/v1/supplier/accounts/{id}/payment-terms",
        WHO_KEEPS_BOOKS,
        200,
        |_| json!({"cash_discount": [], "statement_mail": "off"}),
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/settlement-settings", ALL_STAFF, Foreign::Nothing),
    post(
        "PUT /api/v1/supplier/settlement-settings",
        WHO_KEEPS_BOOKS,
        200,
        |_| json!({"tolerances": [], "cash_discount_grace_days": 0, "bank_charges": "supplier"}),
        Foreign::Nothing,
    ),
];

pub const PAGES: &[Page] = &[
    page("GET /desk/refunds", ALL_STAFF),
    page("GET /desk/refunds/export.{format}", ALL_STAFF),
    page("GET /desk/refunds/new", WHO_KEEPS_BOOKS),
    form(
        "POST /desk/refunds",
        WHO_KEEPS_BOOKS,
        "account=RIVAL&currency=EUR&amount=0.01&paid_on=2026-11-02&form_key={unique}",
    ),
    page("GET /desk/refunds/{id}", ALL_STAFF),
    form("POST /desk/refunds/{id}/reverse", WHO_KEEPS_BOOKS, "reason=because"),
    page("GET /desk/write-offs", ALL_STAFF),
    page("GET /desk/write-offs/export.{format}", ALL_STAFF),
    page("GET /desk/write-offs/{id}", ALL_STAFF),
    form("POST /desk/write-offs/{id}/reverse", WHO_KEEPS_BOOKS, "reason=because"),
    form(
        "POST /desk/invoices/{id}/write-off",
        WHO_KEEPS_BOOKS,
        "kind=bank_charges&currency=EUR&amount=0.01&reason=kept&form_key={unique}",
    ),
    page("GET /desk/accounts/{id}/payment-terms", ALL_STAFF),
    form(
        "POST /desk/accounts/{id}/payment-terms",
        WHO_KEEPS_BOOKS,
        "statement_mail=off",
    ),
    page("GET /desk/settlement-settings", ALL_STAFF),
    form(
        "POST /desk/settlement-settings",
        WHO_KEEPS_BOOKS,
        "cash_discount_grace_days=0&bank_charges=supplier",
    ),
];
