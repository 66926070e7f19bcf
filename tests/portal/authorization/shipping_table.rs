//! The rows of shipping: who packs, picks and says what arrived.

use serde_json::json;

use super::page_row::{Page, file, form, read as page};
use super::row::{Foreign, Row, act, change, create, post, read};
use super::table::{ALL_STAFF, EVERY_MEMBER, WHO_MANAGES_ACCOUNTS, WHO_MOVES_GOODS};
use crate::client::unique;

pub const ROWS: &[Row] = &[
    read("GET /api/v1/shipments/{id}/packages", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/delivery-proofs/{id}", EVERY_MEMBER, Foreign::Id),
    read(
        "GET /api/v1/supplier/shipments/{id}/packages",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    create(
        "POST /api/v1/supplier/shipments/{id}/packages",
        WHO_MOVES_GOODS,
        |_| json!({"kind": "CT"}),
    ),
    read(
        "GET /api/v1/supplier/shipments/{id}/labels",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    change(
        "PATCH /api/v1/supplier/shipments/{id}",
        WHO_MOVES_GOODS,
        200,
        Some(|_| json!({"carrier": "Carrier"})),
        Foreign::Nothing,
    ),
    // A form with files, which this body is none of.
    post(
        "POST /api/v1/supplier/shipments/{id}/proof",
        WHO_MOVES_GOODS,
        415,
        |_| json!({}),
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/delivery-proofs/{id}", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/packages/{id}", ALL_STAFF, Foreign::Nothing),
    change(
        "PUT /api/v1/supplier/packages/{id}",
        WHO_MOVES_GOODS,
        200,
        Some(|_| json!({"kind": "PX"})),
        Foreign::Nothing,
    ),
    change(
        "DELETE /api/v1/supplier/packages/{id}",
        WHO_MOVES_GOODS,
        204,
        None,
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/packages/{id}/label", ALL_STAFF, Foreign::Nothing),
    create(
        "POST /api/v1/supplier/packings",
        WHO_MOVES_GOODS,
        |_| json!({"order_id": "{id}"}),
    ),
    read("GET /api/v1/supplier/packings", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/packings/{id}", ALL_STAFF, Foreign::Nothing),
    change(
        "PATCH /api/v1/supplier/packings/{id}",
        WHO_MOVES_GOODS,
        200,
        Some(|_| json!({"carrier": "Carrier"})),
        Foreign::Nothing,
    ),
    act("POST /api/v1/supplier/packings/{id}/cancel", WHO_MOVES_GOODS, |_| {
        json!({})
    }),
    create("POST /api/v1/supplier/packings/{id}/dispatch", WHO_MOVES_GOODS, |_| {
        json!({})
    }),
    read(
        "GET /api/v1/supplier/packings/{id}/packages",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    create(
        "POST /api/v1/supplier/packings/{id}/packages",
        WHO_MOVES_GOODS,
        |_| json!({"kind": "CT"}),
    ),
    read("GET /api/v1/supplier/packings/{id}/labels", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/pick-list", ALL_STAFF, Foreign::Nothing),
    // It is of a warehouse, which this names none.
    Row {
        success: 422,
        ..read("GET /api/v1/supplier/pick-list/pdf", ALL_STAFF, Foreign::Nothing)
    },
    read("GET /api/v1/supplier/carriers", ALL_STAFF, Foreign::Nothing),
    create(
        "POST /api/v1/supplier/carriers",
        WHO_MOVES_GOODS,
        |_| json!({"code": unique(), "name": "A carrier"}),
    ),
    change(
        "PATCH /api/v1/supplier/carriers/{id}",
        WHO_MOVES_GOODS,
        200,
        Some(|_| json!({"name": "Another carrier"})),
        Foreign::Nothing,
    ),
    change(
        "DELETE /api/v1/supplier/carriers/{id}",
        WHO_MOVES_GOODS,
        204,
        None,
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/shipping-settings", ALL_STAFF, Foreign::Nothing),
    act(
        "PUT /api/v1/supplier/shipping-settings",
        WHO_MANAGES_ACCOUNTS,
        |_| json!({"gs1_company_prefix": "4012345"}),
    ),
    read(
        "GET /api/v1/supplier/sites/{id}/delivery-windows",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    change(
        "PUT /api/v1/supplier/sites/{id}/delivery-windows",
        WHO_MANAGES_ACCOUNTS,
        200,
        Some(|_| json!({"windows": [{"weekday": "mon", "from": "08:00", "to": "12:00"}]})),
        Foreign::Nothing,
    ),
];

/// Pages and forms of the same.
pub const PAGES: &[Page] = &[
    page("GET /delivery-proofs/{id}", EVERY_MEMBER),
    page("GET /desk/delivery-proofs/{id}", ALL_STAFF),
    file(
        "POST /desk/shipments/{id}/proof",
        WHO_MOVES_GOODS,
        "files",
        "no picture",
    ),
    form("POST /desk/shipments/{id}/carriage", WHO_MOVES_GOODS, "carrier=Carrier"),
    page("GET /desk/shipments/{id}/packages", ALL_STAFF),
    form("POST /desk/shipments/{id}/packages", WHO_MOVES_GOODS, "kind=CT"),
    page("GET /desk/shipments/{id}/labels", ALL_STAFF),
    page("GET /desk/packages/{id}/label", ALL_STAFF),
    form("POST /desk/packages/{id}/remove", WHO_MOVES_GOODS, ""),
    page("GET /desk/packings", ALL_STAFF),
    page("GET /desk/packings/export.{format}", ALL_STAFF),
    page("GET /desk/packings/{id}", ALL_STAFF),
    page("GET /desk/packings/{id}/labels", ALL_STAFF),
    form("POST /desk/packings/{id}", WHO_MOVES_GOODS, "carrier=Carrier"),
    form("POST /desk/packings/{id}/packages", WHO_MOVES_GOODS, "kind=CT"),
    form("POST /desk/packings/{id}/dispatch", WHO_MOVES_GOODS, ""),
    form("POST /desk/packings/{id}/cancel", WHO_MOVES_GOODS, ""),
    page("GET /desk/pick-list", ALL_STAFF),
    page("GET /desk/pick-list/export.{format}", ALL_STAFF),
    // It is of a warehouse, which this names none.
    page("GET /desk/pick-list/pdf", ALL_STAFF).giving(303),
    page("GET /desk/carriers", ALL_STAFF),
    form("POST /desk/carriers", WHO_MOVES_GOODS, "code={unique}&name=A carrier"),
    form(
        "POST /desk/carriers/numbering",
        WHO_MANAGES_ACCOUNTS,
        "gs1_company_prefix=4012345",
    ),
    page("GET /desk/carriers/{id}", WHO_MOVES_GOODS),
    form("POST /desk/carriers/{id}", WHO_MOVES_GOODS, "name=Another carrier"),
    form("POST /desk/carriers/{id}/remove", WHO_MOVES_GOODS, ""),
    page("GET /desk/accounts/{id}/sites/{site}/windows", WHO_MANAGES_ACCOUNTS),
    form(
        "POST /desk/accounts/{id}/sites/{site}/windows",
        WHO_MANAGES_ACCOUNTS,
        "mon=08:00-12:00",
    ),
];
