//! The rows of costs, margin floors and price changes: who sets prices plans them, another one who may approve decides, and what is
//! earned is seen by few.

use serde_json::json;

use super::page_row::{Page, file, form, read as page};
use super::row::{Callers, Foreign, Row, act, create, post, read};
use super::table::ALL_STAFF;

const WHO_SETS_PRICES: Callers = Callers::Desk(&["admin", "pricing"]);
const WHO_SEES_COSTS: Callers = Callers::Desk(&["admin", "pricing", "finance"]);

pub const ROWS: &[Row] = &[
    read("GET /api/v1/supplier/costs", WHO_SEES_COSTS, Foreign::Nothing),
    act(
        "POST /api/v1/supplier/costs",
        WHO_SETS_PRICES,
        |_| json!({"sku": "SHARED", "cost": "1.85", "currency": "EUR"}),
    ),
    Row {
        body: None,
        ..post(
            "DELETE /api/v1/supplier/costs/{id}",
            WHO_SETS_PRICES,
            204,
            |_| json!(null),
            Foreign::Nothing,
        )
    },
    read("GET /api/v1/supplier/margin-floors", WHO_SEES_COSTS, Foreign::Nothing),
    act(
        "PUT /api/v1/supplier/margin-floors",
        WHO_SETS_PRICES,
        |_| json!({"floors": [{"percent": "5", "action": "warn"}]}),
    ),
    // The account has to be named.
    Row {
        success: 422,
        ..read("GET /api/v1/supplier/program-values", WHO_SEES_COSTS, Foreign::Nothing)
    },
    read("GET /api/v1/supplier/price-changes", ALL_STAFF, Foreign::Nothing),
    create(
        "POST /api/v1/supplier/price-changes",
        WHO_SETS_PRICES,
        |_| json!({"title": "Spring", "effective_on": "2099-04-01", "notice_days": 14}),
    ),
    read("GET /api/v1/supplier/price-changes/{id}", ALL_STAFF, Foreign::Nothing),
    act(
        "POST /api/v1/supplier/price-changes/{id}/plan",
        WHO_SETS_PRICES,
        |_| json!({"title": "Summer", "effective_on": "2099-07-01"}),
    ),
    read(
        "GET /api/v1/supplier/price-changes/{id}/rows",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    act(
        "PUT /api/v1/supplier/price-changes/{id}/rows",
        WHO_SETS_PRICES,
        |_| json!({"rows": [{"price_list": "BASE", "sku": "SHARED", "unit": "H87", "price": "3"}]}),
    ),
    Row {
        body: None,
        ..act(
            "DELETE /api/v1/supplier/price-changes/{id}/rows",
            WHO_SETS_PRICES,
            |_| json!(null),
        )
    },
    act(
        "POST /api/v1/supplier/price-changes/{id}/rules",
        WHO_SETS_PRICES,
        |_| json!({"price_lists": ["BASE"], "percent": "3.5", "rounding": "0.05"}),
    ),
    read(
        "GET /api/v1/supplier/price-changes/{id}/preview",
        WHO_SEES_COSTS,
        Foreign::Nothing,
    ),
    post(
        "POST /api/v1/supplier/price-changes/{id}/preview",
        WHO_SEES_COSTS,
        202,
        |_| json!({}),
        Foreign::Nothing,
    ),
    act(
        "POST /api/v1/supplier/price-changes/{id}/submit",
        WHO_SETS_PRICES,
        |_| json!({}),
    ),
    act(
        "POST /api/v1/supplier/price-changes/{id}/approve",
        WHO_SEES_COSTS,
        |_| json!({"note": "As agreed"}),
    ),
    act(
        "POST /api/v1/supplier/price-changes/{id}/reject",
        WHO_SEES_COSTS,
        |_| json!({"note": "Not now"}),
    ),
    act(
        "POST /api/v1/supplier/price-changes/{id}/roll-back",
        WHO_SEES_COSTS,
        |_| json!({}),
    ),
];

pub const PAGES: &[Page] = &[
    page("GET /desk/costs", WHO_SEES_COSTS),
    page("GET /desk/costs/export.{format}", WHO_SEES_COSTS),
    form("POST /desk/costs", WHO_SETS_PRICES, "sku=SHARED&cost=1.85&currency=EUR"),
    form("POST /desk/margin-floors", WHO_SETS_PRICES, "percent=5&action=warn"),
    page("GET /desk/price-changes", ALL_STAFF),
    page("GET /desk/price-changes/export.{format}", ALL_STAFF),
    page("GET /desk/price-changes/new", WHO_SETS_PRICES),
    form(
        "POST /desk/price-changes",
        WHO_SETS_PRICES,
        "title=Spring&effective_on=2099-04-01",
    ),
    page("GET /desk/price-changes/{id}", ALL_STAFF),
    page("GET /desk/price-changes/{id}/export.{format}", WHO_SEES_COSTS),
    form(
        "POST /desk/price-changes/{id}/plan",
        WHO_SETS_PRICES,
        "title=Summer&effective_on=2099-07-01",
    ),
    // Nothing is pasted.
    form("POST /desk/price-changes/{id}/rows", WHO_SETS_PRICES, "rows=").giving(422),
    form(
        "POST /desk/price-changes/{id}/rules",
        WHO_SETS_PRICES,
        "price_lists=BASE&percent=3.5",
    ),
    file(
        "POST /desk/price-changes/{id}/file",
        WHO_SETS_PRICES,
        "file",
        "price_list,sku,unit,min_quantity,price\nBASE,SHARED,H87,1,3\n",
    ),
    form("POST /desk/price-changes/{id}/clear", WHO_SETS_PRICES, ""),
    form("POST /desk/price-changes/{id}/preview", WHO_SEES_COSTS, ""),
    form("POST /desk/price-changes/{id}/submit", WHO_SETS_PRICES, ""),
    form("POST /desk/price-changes/{id}/approve", WHO_SEES_COSTS, ""),
    form("POST /desk/price-changes/{id}/reject", WHO_SEES_COSTS, ""),
    form("POST /desk/price-changes/{id}/roll-back", WHO_SEES_COSTS, ""),
    page("GET /desk/price-changes/{id}/rows", ALL_STAFF),
    page("GET /desk/price-changes/{id}/rows/export.{format}", ALL_STAFF),
];
