//! The table: one row for each operation.

use serde_json::{Value, json};

pub use super::row::{Callers, Foreign, Row};
use super::row::{act, change, create, post, read, reason};
use super::world::today;
use crate::app::PASSWORD;

pub const EVERY_MEMBER: Callers = Callers::Account(&["admin", "buyer", "approver", "finance", "viewer"]);
pub const ADMIN: Callers = Callers::Account(&["admin"]);
pub const WHO_ORDERS: Callers = Callers::Account(&["admin", "buyer"]);
pub const ALL_STAFF: Callers = Callers::Desk(&[
    "admin",
    "key_account_manager",
    "customer_service",
    "catalogue",
    "pricing",
    "warehouse",
    "finance",
]);

pub const WHO_MANAGES_ACCOUNTS: Callers = Callers::Desk(&["admin", "key_account_manager"]);
pub const WHO_STEERS: Callers = Callers::Desk(&["admin", "key_account_manager", "customer_service"]);
pub const WHO_MOVES_GOODS: Callers = Callers::Desk(&["admin", "warehouse"]);
pub const WHO_KEEPS_BOOKS: Callers = Callers::Desk(&["admin", "finance"]);

pub const STAFF_ADMIN: Callers = Callers::Desk(&["admin"]);
fn new_name(unique: &str) -> Value {
    json!({"name": format!("Acme person {unique}")})
}

fn order(unique: &str) -> Value {
    let line = json!({"sku": "SHARED", "unit": "H87", "quantity": "1"});
    json!({"po_number": format!("PO-{unique}"), "lines": [line]})
}

fn quote(_: &str) -> Value {
    json!({"lines": [{"sku": "SHARED", "unit": "H87", "quantity": "1"}]})
}

fn split(_: &str) -> Value {
    json!({"lines": [{"sku": "SHARED", "quantity": "25"}]})
}

fn credentials(_: &str) -> Value {
    json!({"email": super::world::SIGNING_IN, "password": PASSWORD})
}

/// Every operation of the API document.
pub const ROWS: &[Row] = &[
    post(
        "POST /api/v1/auth/login",
        Callers::Anybody,
        200,
        credentials,
        Foreign::Nothing,
    ),
    post(
        "POST /api/v1/auth/refresh",
        Callers::Anybody,
        // Nobody has this token, signed in or not.
        401,
        |unique| json!({"refresh_token": unique}),
        Foreign::Nothing,
    ),
    Row {
        success: 204,
        ends_session: true,
        ..read("POST /api/v1/auth/logout", Callers::SignedIn, Foreign::Nothing)
    },
    post(
        "POST /api/v1/auth/forgot-password",
        Callers::Anybody,
        202,
        |unique| json!({"email": format!("nobody-{unique}@acme.example")}),
        Foreign::Nothing,
    ),
    post(
        "POST /api/v1/auth/reset-password",
        Callers::Anybody,
        // Nobody has this token.
        422,
        |unique| json!({"token": unique, "new_password": PASSWORD}),
        Foreign::Nothing,
    ),
    read("GET /api/v1/me", Callers::SignedIn, Foreign::List),
    change(
        "PATCH /api/v1/me",
        Callers::SignedIn,
        200,
        Some(new_name),
        Foreign::Nothing,
    ),
    post(
        "POST /api/v1/me/password",
        Callers::SignedIn,
        204,
        |_| json!({"current_password": PASSWORD, "new_password": PASSWORD}),
        Foreign::Nothing,
    ),
    read("GET /api/v1/me/sessions", Callers::SignedIn, Foreign::Nothing),
    Row {
        success: 204,
        ..read("DELETE /api/v1/me/sessions/{id}", Callers::SignedIn, Foreign::Id)
    },
    read("GET /api/v1/account", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/account/sites", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/account/contacts", EVERY_MEMBER, Foreign::List),
    post(
        "POST /api/v1/account/contacts",
        ADMIN,
        201,
        |unique| json!({"code": unique, "name": "Contact"}),
        Foreign::Nothing,
    ),
    change(
        "PATCH /api/v1/account/contacts/{id}",
        ADMIN,
        200,
        Some(|unique| json!({"name": unique})),
        Foreign::Id,
    ),
    change("DELETE /api/v1/account/contacts/{id}", ADMIN, 204, None, Foreign::Id),
    read("GET /api/v1/account/team", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/account/members", ADMIN, Foreign::List),
    read("GET /api/v1/account/members/{id}", ADMIN, Foreign::Id),
    change(
        "PATCH /api/v1/account/members/{id}",
        ADMIN,
        200,
        Some(new_name),
        Foreign::Id,
    ),
    change("DELETE /api/v1/account/members/{id}", ADMIN, 204, None, Foreign::Id),
    read("GET /api/v1/account/notifications", EVERY_MEMBER, Foreign::Nothing),
    change(
        "PUT /api/v1/account/notifications",
        EVERY_MEMBER,
        200,
        Some(|_| json!({"kinds": []})),
        Foreign::Nothing,
    ),
    post(
        "POST /api/v1/invitations",
        ADMIN,
        201,
        |unique| json!({"email": format!("new-{unique}@acme.example"), "role": "viewer"}),
        Foreign::Nothing,
    ),
    read("GET /api/v1/invitations", ADMIN, Foreign::List),
    Row {
        success: 204,
        ..read("DELETE /api/v1/invitations/{id}", ADMIN, Foreign::Id)
    },
    post(
        "POST /api/v1/invitations/look-up",
        Callers::Anybody,
        422,
        |unique| json!({"token": unique}),
        Foreign::Nothing,
    ),
    post(
        "POST /api/v1/invitations/accept",
        Callers::Anybody,
        422,
        |unique| json!({"token": unique, "name": "Nobody", "password": PASSWORD}),
        Foreign::Nothing,
    ),
    Row {
        success: 204,
        ..read(
            "POST /api/v1/notifications/unsubscribe/{link}",
            Callers::Anybody,
            Foreign::Nothing,
        )
    },
    Row {
        success: 204,
        ..read(
            "GET /api/v1/notifications/unsubscribe/{link}",
            Callers::Anybody,
            Foreign::Nothing,
        )
    },
    read("GET /api/v1/products", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/products/{id}", EVERY_MEMBER, Foreign::Id),
    post(
        "POST /api/v1/quantities/split",
        WHO_ORDERS,
        200,
        split,
        Foreign::Article,
    ),
    post("POST /api/v1/prices/quote", WHO_ORDERS, 200, quote, Foreign::Article),
    post("POST /api/v1/orders/preview", WHO_ORDERS, 200, order, Foreign::Article),
    post("POST /api/v1/orders", WHO_ORDERS, 201, order, Foreign::Article),
    read("GET /api/v1/orders", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/orders/{id}", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/orders/{id}/pdf", EVERY_MEMBER, Foreign::Id),
    // Of its one line nothing has left: the whole order is to be cancelled.
    post(
        "POST /api/v1/orders/{id}/cancel-rest",
        WHO_ORDERS,
        409,
        |_| json!({}),
        Foreign::Id,
    ),
    post(
        "POST /api/v1/orders/{id}/cancel",
        WHO_ORDERS,
        200,
        |_| json!({}),
        Foreign::Id,
    ),
    read("GET /api/v1/orders/{id}/timeline", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/shipments", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/shipments/{id}", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/shipments/{id}/pdf", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/events", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/supplier/stock", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/messages", ALL_STAFF, Foreign::Nothing),
    post(
        "POST /api/v1/supplier/messages/{id}/resend",
        ALL_STAFF,
        200,
        |_| json!({}),
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/orders", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/orders/{id}", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/orders/{id}/pdf", ALL_STAFF, Foreign::Nothing),
    read(
        "GET /api/v1/supplier/orders/{id}/allocations",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/orders/{id}/timeline", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/allocations", ALL_STAFF, Foreign::Nothing),
    act("POST /api/v1/supplier/orders/{id}/accept", WHO_STEERS, |_| json!({})),
    act("POST /api/v1/supplier/orders/{id}/hold", WHO_STEERS, reason),
    // The order is held by staff; finance releases those held for credit.
    act("POST /api/v1/supplier/orders/{id}/release", WHO_STEERS, reason),
    act("POST /api/v1/supplier/orders/{id}/cancel", WHO_STEERS, |_| json!({})),
    // Of its one line nothing has left: the whole order is to be cancelled.
    post(
        "POST /api/v1/supplier/orders/{id}/cancel-rest",
        WHO_STEERS,
        409,
        reason,
        Foreign::Nothing,
    ),
    create(
        "POST /api/v1/supplier/receipts",
        WHO_MOVES_GOODS,
        |_| json!({"warehouse": "NORTH", "lines": [{"sku": "SHARED", "quantity": "1"}]}),
    ),
    create(
        "POST /api/v1/supplier/shipments",
        WHO_MOVES_GOODS,
        |_| json!({"order_id": "{id}"}),
    ),
    read("GET /api/v1/supplier/shipments", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/shipments/{id}", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/shipments/{id}/pdf", ALL_STAFF, Foreign::Nothing),
    act("POST /api/v1/supplier/shipments/{id}/deliver", WHO_MOVES_GOODS, |_| {
        json!({})
    }),
    act(
        "POST /api/v1/supplier/accounts/{id}/stop-hold",
        WHO_MANAGES_ACCOUNTS,
        |_| json!({"until": today(), "reason": "because"}),
    ),
    read("GET /api/v1/supplier/accounts", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/accounts/{id}", ALL_STAFF, Foreign::Nothing),
    create(
        "POST /api/v1/supplier/accounts",
        WHO_MANAGES_ACCOUNTS,
        |unique| json!({"code": unique, "name": "New", "country": "NL", "currency": "EUR", "tier": "gold", "payment_terms_days": 30}),
    ),
    change(
        "PATCH /api/v1/supplier/accounts/{id}",
        Callers::Desk(&["admin", "key_account_manager", "finance"]),
        200,
        // As it is: what of it a role may change, others tell.
        Some(|_| json!({"tier": "gold"})),
        Foreign::Nothing,
    ),
    act(
        "POST /api/v1/supplier/accounts/{id}/close",
        WHO_MANAGES_ACCOUNTS,
        |_| json!({}),
    ),
    read("GET /api/v1/supplier/accounts/{id}/sites", ALL_STAFF, Foreign::Nothing),
    create(
        "POST /api/v1/supplier/accounts/{id}/sites",
        WHO_MANAGES_ACCOUNTS,
        |unique| json!({"code": unique, "name": "Gate", "country": "NL"}),
    ),
    change(
        "PATCH /api/v1/supplier/sites/{id}",
        WHO_MANAGES_ACCOUNTS,
        200,
        Some(|unique| json!({"name": unique})),
        Foreign::Nothing,
    ),
    read(
        "GET /api/v1/supplier/accounts/{id}/contacts",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    create(
        "POST /api/v1/supplier/accounts/{id}/contacts",
        WHO_STEERS,
        |unique| json!({"code": unique, "name": "Contact"}),
    ),
    change(
        "PATCH /api/v1/supplier/accounts/{id}/contacts/{contact}",
        WHO_STEERS,
        200,
        Some(|unique| json!({"name": unique})),
        Foreign::Nothing,
    ),
    change(
        "DELETE /api/v1/supplier/accounts/{id}/contacts/{contact}",
        WHO_STEERS,
        204,
        None,
        Foreign::Nothing,
    ),
    read(
        "GET /api/v1/supplier/accounts/{id}/members",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    change(
        "PATCH /api/v1/supplier/members/{id}",
        WHO_STEERS,
        200,
        Some(new_name),
        Foreign::Nothing,
    ),
    change(
        "DELETE /api/v1/supplier/members/{id}",
        WHO_STEERS,
        204,
        None,
        Foreign::Nothing,
    ),
    read(
        "GET /api/v1/supplier/accounts/{id}/invitations",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    create(
        "POST /api/v1/supplier/accounts/{id}/invitations",
        WHO_STEERS,
        |unique| json!({"email": format!("new-{unique}@acme.example"), "role": "viewer"}),
    ),
    Row {
        success: 204,
        ..read("DELETE /api/v1/supplier/invitations/{id}", WHO_STEERS, Foreign::Nothing)
    },
    read("GET /api/v1/supplier/accounts/{id}/team", ALL_STAFF, Foreign::Nothing),
    change(
        "PUT /api/v1/supplier/accounts/{id}/team",
        WHO_MANAGES_ACCOUNTS,
        200,
        Some(|_| json!({"members": []})),
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/audit", ALL_STAFF, Foreign::Nothing),
    // A form with files, which this body is none of.
    post(
        "POST /api/v1/supplier/imports",
        ALL_STAFF,
        415,
        |_| json!({}),
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/imports", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/imports/{id}", ALL_STAFF, Foreign::Nothing),
    read(
        "GET /api/v1/supplier/imports/{id}/bad-rows",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    // Applied already: it is the state that forbids it, to every role.
    post(
        "POST /api/v1/supplier/imports/{id}/apply",
        ALL_STAFF,
        409,
        |_| json!({"keep_valid": true}),
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/notifications", ALL_STAFF, Foreign::Nothing),
    change(
        "PUT /api/v1/supplier/notifications",
        ALL_STAFF,
        200,
        Some(|_| json!({"kinds": []})),
        Foreign::Nothing,
    ),
];
