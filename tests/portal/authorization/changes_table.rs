//! The rows of changes of orders: who orders changes or asks, who steers orders decides.

use serde_json::{Value, json};

use super::page_row::{Page, form, read as page};
use super::row::{Foreign, Row, act, post, read, reason};
use super::table::{ALL_STAFF, EVERY_MEMBER, WHO_ORDERS, WHO_STEERS};

fn change(text: &str) -> Value {
    json!({"note": text})
}

fn change_of_staff(text: &str) -> Value {
    json!({"note": text, "reason": "as agreed"})
}

pub const ROWS: &[Row] = &[
    post(
        "POST /api/v1/orders/{id}/changes/preview",
        WHO_ORDERS,
        200,
        change,
        Foreign::Id,
    ),
    post("POST /api/v1/orders/{id}/changes", WHO_ORDERS, 201, change, Foreign::Id),
    read("GET /api/v1/order-changes", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/order-changes/{id}", EVERY_MEMBER, Foreign::Id),
    post(
        "POST /api/v1/order-changes/{id}/withdraw",
        WHO_ORDERS,
        200,
        |_| json!({}),
        Foreign::Id,
    ),
    act(
        "POST /api/v1/supplier/orders/{id}/changes/preview",
        WHO_STEERS,
        change_of_staff,
    ),
    post(
        "POST /api/v1/supplier/orders/{id}/changes",
        WHO_STEERS,
        201,
        change_of_staff,
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/order-changes", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/order-changes/{id}", ALL_STAFF, Foreign::Nothing),
    act("POST /api/v1/supplier/order-changes/{id}/accept", WHO_STEERS, |_| {
        json!({})
    }),
    act("POST /api/v1/supplier/order-changes/{id}/refuse", WHO_STEERS, reason),
];

/// Pages and forms of the same.
pub const PAGES: &[Page] = &[
    page("GET /orders/{id}/change", WHO_ORDERS),
    form("POST /orders/{id}/change", WHO_ORDERS, CHANGE).giving(200),
    page("GET /order-changes/{id}", EVERY_MEMBER),
    form("POST /order-changes/{id}/withdraw", WHO_ORDERS, ""),
    page("GET /desk/order-changes", ALL_STAFF),
    page("GET /desk/order-changes/export.{format}", ALL_STAFF),
    page("GET /desk/order-changes/{id}", ALL_STAFF),
    form("POST /desk/order-changes/{id}/accept", WHO_STEERS, ""),
    form("POST /desk/order-changes/{id}/refuse", WHO_STEERS, "reason=because"),
    page("GET /desk/orders/{id}/change", WHO_STEERS),
    form("POST /desk/orders/{id}/change", WHO_STEERS, CHANGE).giving(200),
];

const CHANGE: &str = "do=preview&ship_to=MAIN&order_class=priority&note=By noon";
