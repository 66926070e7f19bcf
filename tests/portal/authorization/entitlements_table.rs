//! The rows of entitlements to order classes and of early access.

use serde_json::json;

use super::catalogue_table::WHO_KEEPS_CATALOGUE;
use super::row::{Foreign, Row, change, create, read};
use super::table::{ALL_STAFF, EVERY_MEMBER, WHO_MANAGES_ACCOUNTS};

pub const ROWS: &[Row] = &[
    read("GET /api/v1/entitlements", EVERY_MEMBER, Foreign::Nothing),
    read("GET /api/v1/supplier/entitlements", ALL_STAFF, Foreign::Nothing),
    create(
        "POST /api/v1/supplier/entitlements",
        WHO_MANAGES_ACCOUNTS,
        |_| json!({"tier": "gold", "order_class": "priority", "per_month": 4}),
    ),
    read("GET /api/v1/supplier/entitlements/{id}", ALL_STAFF, Foreign::Nothing),
    change(
        "PUT /api/v1/supplier/entitlements/{id}",
        WHO_MANAGES_ACCOUNTS,
        200,
        Some(|_| json!({"per_month": 5, "lines_max": 20})),
        Foreign::Nothing,
    ),
    change(
        "DELETE /api/v1/supplier/entitlements/{id}",
        WHO_MANAGES_ACCOUNTS,
        204,
        None,
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/early-access", ALL_STAFF, Foreign::Nothing),
    create(
        "POST /api/v1/supplier/early-access",
        WHO_KEEPS_CATALOGUE,
        |unique| json!({"category": unique, "tier": "gold", "from": "2026-12-12"}),
    ),
    read("GET /api/v1/supplier/early-access/{id}", ALL_STAFF, Foreign::Nothing),
    change(
        "PUT /api/v1/supplier/early-access/{id}",
        WHO_KEEPS_CATALOGUE,
        200,
        Some(|_| json!({"from": "2026-12-13"})),
        Foreign::Nothing,
    ),
    change(
        "DELETE /api/v1/supplier/early-access/{id}",
        WHO_KEEPS_CATALOGUE,
        204,
        None,
        Foreign::Nothing,
    ),
];
