//! The rows of the table about catalogue and prices.

use serde_json::json;

use super::row::{Callers, Foreign, Row, act, change, create, read};
use super::table::ALL_STAFF;

pub const WHO_KEEPS_CATALOGUE: Callers = Callers::Desk(&["admin", "catalogue"]);
pub const WHO_SETS_PRICES: Callers = Callers::Desk(&["admin", "pricing"]);

/// What staff keep.
pub const ROWS: &[Row] = &[
    read("GET /api/v1/supplier/products", ALL_STAFF, Foreign::Nothing),
    create(
        "POST /api/v1/supplier/products",
        WHO_KEEPS_CATALOGUE,
        |unique| json!({"sku": unique, "name": "A product", "base_unit": "H87", "tax_category": "S"}),
    ),
    read("GET /api/v1/supplier/products/{id}", ALL_STAFF, Foreign::Nothing),
    change(
        "PATCH /api/v1/supplier/products/{id}",
        WHO_KEEPS_CATALOGUE,
        200,
        Some(|_| json!({"name": "Another name"})),
        Foreign::Nothing,
    ),
    create(
        "POST /api/v1/supplier/products/{id}/units",
        WHO_KEEPS_CATALOGUE,
        |unique| json!({"unit": unique, "unit_code": "XCT", "name": "A pack", "base_quantity": "10"}),
    ),
    read("GET /api/v1/supplier/units/{id}", ALL_STAFF, Foreign::Nothing),
    change(
        "PATCH /api/v1/supplier/units/{id}",
        WHO_KEEPS_CATALOGUE,
        200,
        Some(|_| json!({"name": "Another name"})),
        Foreign::Nothing,
    ),
    change(
        "DELETE /api/v1/supplier/units/{id}",
        WHO_KEEPS_CATALOGUE,
        204,
        None,
        Foreign::Nothing,
    ),
    // The account has to be named.
    Row {
        success: 422,
        ..read("GET /api/v1/supplier/assortments", ALL_STAFF, Foreign::Nothing)
    },
    act(
        "POST /api/v1/supplier/assortments",
        WHO_KEEPS_CATALOGUE,
        |_| json!({"account": "ACME", "articles": [{"sku": "SHARED", "customer_part_number": "ACME-S"}]}),
    ),
    read("GET /api/v1/supplier/assortments/{id}", ALL_STAFF, Foreign::Nothing),
    change(
        "PATCH /api/v1/supplier/assortments/{id}",
        WHO_KEEPS_CATALOGUE,
        200,
        Some(|_| json!({"label_name": "A label"})),
        Foreign::Nothing,
    ),
    change(
        "DELETE /api/v1/supplier/assortments/{id}",
        WHO_KEEPS_CATALOGUE,
        204,
        None,
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/price-lists", ALL_STAFF, Foreign::Nothing),
    create(
        "POST /api/v1/supplier/price-lists",
        WHO_SETS_PRICES,
        |unique| json!({"code": unique, "name": "A list", "currency": "EUR", "kind": "base"}),
    ),
    read("GET /api/v1/supplier/price-lists/{id}", ALL_STAFF, Foreign::Nothing),
    change(
        "PATCH /api/v1/supplier/price-lists/{id}",
        WHO_SETS_PRICES,
        200,
        Some(|_| json!({"name": "Another name"})),
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/discounts", ALL_STAFF, Foreign::Nothing),
    create(
        "POST /api/v1/supplier/discounts",
        WHO_SETS_PRICES,
        |unique| json!({"discount": unique, "name": "A discount", "kind": "percent", "value": "5", "category": unique}),
    ),
    read("GET /api/v1/supplier/discounts/{id}", ALL_STAFF, Foreign::Nothing),
    change(
        "PUT /api/v1/supplier/discounts/{id}",
        WHO_SETS_PRICES,
        200,
        Some(|_| json!({"name": "Another name", "kind": "percent", "value": "2.5", "category": "of nothing"})),
        Foreign::Nothing,
    ),
    change(
        "DELETE /api/v1/supplier/discounts/{id}",
        WHO_SETS_PRICES,
        204,
        None,
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/order-minimums", ALL_STAFF, Foreign::Nothing),
    create(
        "POST /api/v1/supplier/order-minimums",
        WHO_SETS_PRICES,
        |_| json!({"account": "ACME", "minimum": "0.01"}),
    ),
    read("GET /api/v1/supplier/order-minimums/{id}", ALL_STAFF, Foreign::Nothing),
    change(
        "PUT /api/v1/supplier/order-minimums/{id}",
        WHO_SETS_PRICES,
        200,
        Some(|_| json!({"minimum": "0.02"})),
        Foreign::Nothing,
    ),
    change(
        "DELETE /api/v1/supplier/order-minimums/{id}",
        WHO_SETS_PRICES,
        204,
        None,
        Foreign::Nothing,
    ),
    // The list has to be named.
    Row {
        success: 422,
        ..read("GET /api/v1/supplier/prices", ALL_STAFF, Foreign::Nothing)
    },
    create(
        "POST /api/v1/supplier/prices",
        WHO_SETS_PRICES,
        |unique| json!({"price_list": "BASE", "sku": "SHARED", "unit": "H87", "min_quantity": unique, "price": "1"}),
    ),
    read("GET /api/v1/supplier/prices/{id}", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/prices/{id}/history", ALL_STAFF, Foreign::Nothing),
    change(
        "PATCH /api/v1/supplier/prices/{id}",
        WHO_SETS_PRICES,
        200,
        Some(|_| json!({"price": "2"})),
        Foreign::Nothing,
    ),
    change(
        "DELETE /api/v1/supplier/prices/{id}",
        WHO_SETS_PRICES,
        204,
        None,
        Foreign::Nothing,
    ),
];
