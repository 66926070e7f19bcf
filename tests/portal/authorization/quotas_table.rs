//! The rows of quotas, and of how stock is shared.

use serde_json::json;

use super::page_row::{self, Page, form};
use super::row::{Foreign, Row, act, change, create, post, read};
use super::table::{ALL_STAFF, EVERY_MEMBER, WHO_MANAGES_ACCOUNTS, WHO_STEERS};

pub const ROWS: &[Row] = &[
    read("GET /api/v1/quotas", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/supplier/quotas", ALL_STAFF, Foreign::Nothing),
    create(
        "POST /api/v1/supplier/quotas",
        WHO_MANAGES_ACCOUNTS,
        |unique| json!({"quota": unique, "scope": "category", "key": "None yet", "account": "ACME", "period": "month", "quantity": "5"}),
    ),
    read("GET /api/v1/supplier/quotas/{id}", ALL_STAFF, Foreign::Nothing),
    change(
        "PATCH /api/v1/supplier/quotas/{id}",
        WHO_MANAGES_ACCOUNTS,
        200,
        Some(|_| json!({"quantity": "6"})),
        Foreign::Nothing,
    ),
    change(
        "DELETE /api/v1/supplier/quotas/{id}",
        WHO_MANAGES_ACCOUNTS,
        204,
        None,
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/allocation-modes", ALL_STAFF, Foreign::Nothing),
    act(
        "PUT /api/v1/supplier/allocation-modes",
        WHO_MANAGES_ACCOUNTS,
        |unique| json!({"scope": "category", "key": unique, "mode": "fair_share"}),
    ),
    Row {
        success: 204,
        body: None,
        ..act(
            "DELETE /api/v1/supplier/allocation-modes/{id}",
            WHO_MANAGES_ACCOUNTS,
            |_| json!({}),
        )
    },
    act(
        "POST /api/v1/supplier/allocations/preview",
        ALL_STAFF,
        |_| json!({"sku": "SHARED", "quantity": "5"}),
    ),
    // Who may is told that there is no such line.
    post(
        "POST /api/v1/supplier/allocations/overrule",
        WHO_STEERS,
        422,
        |_| json!({"to": "lin_0000000000001", "quantity": "1", "reason": "because"}),
        Foreign::Nothing,
    ),
];

pub const PAGES: &[Page] = &[
    page_row::read("GET /desk/quotas", ALL_STAFF),
    page_row::read("GET /desk/quotas/export.{format}", ALL_STAFF),
    page_row::read("GET /desk/quotas/new", WHO_MANAGES_ACCOUNTS),
    form(
        "POST /desk/quotas/new",
        WHO_MANAGES_ACCOUNTS,
        "quota={unique}&scope=category&key=None&tier=gold&account=&period=week&quantity=5&released_after_days=",
    ),
    page_row::read("GET /desk/quotas/{id}", ALL_STAFF),
    form("POST /desk/quotas/{id}", WHO_MANAGES_ACCOUNTS, "quantity=6"),
    form("POST /desk/quotas/{id}/remove", WHO_MANAGES_ACCOUNTS, ""),
    form(
        "POST /desk/stock/{id}/mode",
        WHO_MANAGES_ACCOUNTS,
        "scope=sku&key=SHARED&mode=strict",
    ),
];
