//! The rows of reminders, promises to pay, disputes and holds of new orders.

use serde_json::json;

use super::row::{Foreign, Row, act, change, create, read, reason};
use super::table::{ALL_STAFF, EVERY_MEMBER, WHO_KEEPS_BOOKS};
use super::world::today;

pub const ROWS: &[Row] = &[
    read("GET /api/v1/reminders", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/reminders/{id}", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/reminders/{id}/pdf", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/supplier/reminder-policies", ALL_STAFF, Foreign::Nothing),
    create(
        "POST /api/v1/supplier/reminder-policies",
        WHO_KEEPS_BOOKS,
        |unique| json!({"code": unique, "name": "A policy", "currency": "EUR", "levels": [{"days_overdue": 3}]}),
    ),
    read(
        "GET /api/v1/supplier/reminder-policies/{id}",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    change(
        "PUT /api/v1/supplier/reminder-policies/{id}",
        WHO_KEEPS_BOOKS,
        200,
        Some(|_| json!({"name": "Another name", "currency": "EUR", "levels": [{"days_overdue": 3}]})),
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/reminder-settings", ALL_STAFF, Foreign::Nothing),
    act(
        "PUT /api/v1/supplier/reminder-settings",
        WHO_KEEPS_BOOKS,
        |_| json!({"default_policy": null, "automatic": "off"}),
    ),
    read(
        "GET /api/v1/supplier/accounts/{id}/reminder-settings",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    act(
        "PUT /api/v1/supplier/accounts/{id}/reminder-settings",
        WHO_KEEPS_BOOKS,
        |_| json!({"excluded": "a friend"}),
    ),
    read("GET /api/v1/supplier/order-holds", ALL_STAFF, Foreign::Nothing),
    act("POST /api/v1/supplier/invoices/{id}/dispute", WHO_KEEPS_BOOKS, reason),
    act("POST /api/v1/supplier/invoices/{id}/undispute", WHO_KEEPS_BOOKS, reason),
    create(
        "POST /api/v1/supplier/promises",
        WHO_KEEPS_BOOKS,
        |_| json!({"account": "ACME", "invoices": ["{id}"], "promised_on": today()}),
    ),
    read("GET /api/v1/supplier/promises", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/promises/{id}", ALL_STAFF, Foreign::Nothing),
    create("POST /api/v1/supplier/reminder-runs", WHO_KEEPS_BOOKS, |_| json!({})),
    read("GET /api/v1/supplier/reminder-runs", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/reminder-runs/{id}", ALL_STAFF, Foreign::Nothing),
    act(
        "POST /api/v1/supplier/reminder-runs/{id}/take-out",
        WHO_KEEPS_BOOKS,
        |_| json!({"account": "ACME", "reason": "because"}),
    ),
    act(
        "POST /api/v1/supplier/reminder-runs/{id}/release",
        WHO_KEEPS_BOOKS,
        |_| json!({}),
    ),
    act("POST /api/v1/supplier/reminder-runs/{id}/drop", WHO_KEEPS_BOOKS, |_| {
        json!({})
    }),
    read("GET /api/v1/supplier/reminders", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/reminders/{id}", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/reminders/{id}/pdf", ALL_STAFF, Foreign::Nothing),
    act("POST /api/v1/supplier/reminders/{id}/waive", WHO_KEEPS_BOOKS, reason),
];
