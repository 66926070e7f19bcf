//! The rows of what accounts usually decide, and of what is sent instead of what waits.

use serde_json::json;

use super::catalogue_table::WHO_KEEPS_CATALOGUE;
use super::page_row::{Page, form, read as page};
use super::row::{Foreign, Row, act, change, create, post, read};
use super::table::{ADMIN, ALL_STAFF, EVERY_MEMBER, WHO_ORDERS, WHO_STEERS};

pub const ROWS: &[Row] = &[
    read("GET /api/v1/account/order-choices", EVERY_MEMBER, Foreign::Nothing),
    change(
        "PUT /api/v1/account/order-choices",
        ADMIN,
        200,
        Some(|_| json!({"delivery": "partial", "backorder": "until", "cancel_after_days": 14})),
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/substitutes", ALL_STAFF, Foreign::Nothing),
    create(
        "POST /api/v1/supplier/substitutes",
        WHO_KEEPS_CATALOGUE,
        |_| json!({"sku": "SHARED", "substitute": "ACME-ONLY", "kind": "alternative", "ratio": "1.5"}),
    ),
    read("GET /api/v1/supplier/substitutes/{id}", ALL_STAFF, Foreign::Nothing),
    change(
        "PUT /api/v1/supplier/substitutes/{id}",
        WHO_KEEPS_CATALOGUE,
        200,
        Some(|_| json!({"kind": "successor", "ratio": "2"})),
        Foreign::Nothing,
    ),
    change(
        "DELETE /api/v1/supplier/substitutes/{id}",
        WHO_KEEPS_CATALOGUE,
        204,
        None,
        Foreign::Nothing,
    ),
    read("GET /api/v1/orders/{id}/substitutes", EVERY_MEMBER, Foreign::Id),
    post(
        "POST /api/v1/orders/{id}/lines/{line}/substitute/preview",
        WHO_ORDERS,
        200,
        |_| json!({"sku": "SHARED"}),
        Foreign::Id,
    ),
    post(
        "POST /api/v1/orders/{id}/lines/{line}/substitute",
        WHO_ORDERS,
        201,
        |_| json!({"sku": "SHARED"}),
        Foreign::Id,
    ),
    post(
        "POST /api/v1/substitute-proposals/{id}/decline",
        WHO_ORDERS,
        200,
        |_| json!({"reason": "We wait."}),
        Foreign::Id,
    ),
    read(
        "GET /api/v1/supplier/orders/{id}/substitutes",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    create(
        "POST /api/v1/supplier/orders/{id}/lines/{line}/substitute",
        WHO_STEERS,
        |_| json!({"sku": "SHARED", "note": "It does as well."}),
    ),
    act(
        "POST /api/v1/supplier/substitute-proposals/{id}/withdraw",
        WHO_STEERS,
        |_| json!({}),
    ),
];

/// Pages and forms of the same.
pub const PAGES: &[Page] = &[
    page("GET /account/order-choices", EVERY_MEMBER),
    form(
        "POST /account/order-choices",
        ADMIN,
        "delivery=complete&backorder=until&cancel_after_days=10",
    ),
    page("GET /desk/substitutes", ALL_STAFF),
    page("GET /desk/substitutes/export.{format}", ALL_STAFF),
    form(
        "POST /desk/substitutes",
        WHO_KEEPS_CATALOGUE,
        "sku=SHARED&substitute=ACME-ONLY&kind=alternative&ratio=1.5",
    ),
    page("GET /desk/substitutes/{id}", WHO_KEEPS_CATALOGUE),
    form(
        "POST /desk/substitutes/{id}",
        WHO_KEEPS_CATALOGUE,
        "kind=successor&ratio=2",
    ),
    form("POST /desk/substitutes/{id}/remove", WHO_KEEPS_CATALOGUE, ""),
    page("GET /orders/{id}/substitutes", WHO_ORDERS),
    form(
        "POST /orders/{id}/substitutes",
        WHO_ORDERS,
        "do=preview&line=1&sku=SHARED",
    )
    .giving(200),
    form("POST /substitute-proposals/{id}/decline", WHO_ORDERS, "reason=We wait."),
    page("GET /desk/orders/{id}/substitutes", WHO_STEERS),
    form(
        "POST /desk/orders/{id}/substitutes",
        WHO_STEERS,
        "form_key={unique}&line=1&sku=SHARED&note=It does as well.",
    ),
    form("POST /desk/substitute-proposals/{id}/withdraw", WHO_STEERS, ""),
];
