//! The rows of webhooks: an account's admins keep its endpoints, the staff's admins the supplier's.

use chrono::TimeDelta;
use portal::clock::{self, rfc3339};
use serde_json::{Value, json};

use super::row::{Callers, Foreign, Row, change, post, read};
use super::table::{ADMIN, STAFF_ADMIN};

fn none(_: &str) -> Value {
    json!({})
}

fn endpoint(unique: &str) -> Value {
    json!({"url": format!("https://erp.acme.example/{unique}")})
}

fn description(unique: &str) -> Value {
    json!({"description": unique})
}

fn span(_: &str) -> Value {
    json!({"from": rfc3339(clock::now() - TimeDelta::hours(1))})
}

const fn act(operation: &'static str, callers: Callers, success: u16, foreign: Foreign) -> Row {
    post(operation, callers, success, none, foreign)
}

const OF_STAFF: Foreign = Foreign::Nothing;

pub const ROWS: &[Row] = &[
    read("GET /api/v1/webhook-endpoints", ADMIN, Foreign::List),
    post("POST /api/v1/webhook-endpoints", ADMIN, 201, endpoint, Foreign::Nothing),
    read("GET /api/v1/webhook-endpoints/{id}", ADMIN, Foreign::Id),
    change(
        "PATCH /api/v1/webhook-endpoints/{id}",
        ADMIN,
        200,
        Some(description),
        Foreign::Id,
    ),
    change("DELETE /api/v1/webhook-endpoints/{id}", ADMIN, 204, None, Foreign::Id),
    act(
        "POST /api/v1/webhook-endpoints/{id}/rotate-secret",
        ADMIN,
        200,
        Foreign::Id,
    ),
    act(
        "POST /api/v1/webhook-endpoints/{id}/retire-secret",
        ADMIN,
        200,
        Foreign::Id,
    ),
    act("POST /api/v1/webhook-endpoints/{id}/enable", ADMIN, 200, Foreign::Id),
    act("POST /api/v1/webhook-endpoints/{id}/disable", ADMIN, 200, Foreign::Id),
    act("POST /api/v1/webhook-endpoints/{id}/test", ADMIN, 202, Foreign::Id),
    post(
        "POST /api/v1/webhook-endpoints/{id}/replay",
        ADMIN,
        202,
        span,
        Foreign::Id,
    ),
    read("GET /api/v1/webhook-endpoints/{id}/deliveries", ADMIN, Foreign::Id),
    read("GET /api/v1/webhook-deliveries/{id}", ADMIN, Foreign::Id),
    act("POST /api/v1/webhook-deliveries/{id}/resend", ADMIN, 200, Foreign::Id),
    read("GET /api/v1/supplier/webhook-endpoints", STAFF_ADMIN, OF_STAFF),
    post(
        "POST /api/v1/supplier/webhook-endpoints",
        STAFF_ADMIN,
        201,
        endpoint,
        OF_STAFF,
    ),
    read("GET /api/v1/supplier/webhook-endpoints/{id}", STAFF_ADMIN, OF_STAFF),
    change(
        "PATCH /api/v1/supplier/webhook-endpoints/{id}",
        STAFF_ADMIN,
        200,
        Some(description),
        OF_STAFF,
    ),
    change(
        "DELETE /api/v1/supplier/webhook-endpoints/{id}",
        STAFF_ADMIN,
        204,
        None,
        OF_STAFF,
    ),
    act(
        "POST /api/v1/supplier/webhook-endpoints/{id}/rotate-secret",
        STAFF_ADMIN,
        200,
        OF_STAFF,
    ),
    act(
        "POST /api/v1/supplier/webhook-endpoints/{id}/retire-secret",
        STAFF_ADMIN,
        200,
        OF_STAFF,
    ),
    act(
        "POST /api/v1/supplier/webhook-endpoints/{id}/enable",
        STAFF_ADMIN,
        200,
        OF_STAFF,
    ),
    act(
        "POST /api/v1/supplier/webhook-endpoints/{id}/disable",
        STAFF_ADMIN,
        200,
        OF_STAFF,
    ),
    act(
        "POST /api/v1/supplier/webhook-endpoints/{id}/test",
        STAFF_ADMIN,
        202,
        OF_STAFF,
    ),
    post(
        "POST /api/v1/supplier/webhook-endpoints/{id}/replay",
        STAFF_ADMIN,
        202,
        span,
        OF_STAFF,
    ),
    read(
        "GET /api/v1/supplier/webhook-endpoints/{id}/deliveries",
        STAFF_ADMIN,
        OF_STAFF,
    ),
    read("GET /api/v1/supplier/webhook-deliveries/{id}", STAFF_ADMIN, OF_STAFF),
    act(
        "POST /api/v1/supplier/webhook-deliveries/{id}/resend",
        STAFF_ADMIN,
        200,
        OF_STAFF,
    ),
];
