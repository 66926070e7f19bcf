//! REST of what is expected, for supplier staff.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, patch, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::accounts;
use crate::catalogue;
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::{Body, IfMatch, Limit, List, Page, Params, PathId, Since, etag};
use crate::identity::caller::{MayMoveGoods, MayReadDesk, Staff};
use crate::ids::ExpectedReceiptId;
use crate::inventory;
use crate::orders::expecting;
use crate::state::AppState;
use crate::supply::inputs::{ExpectedChange, NewExpected};
use crate::supply::rules::{State, is_late};
use crate::supply::{self, Expected, Filter, Place};

/// Which expected receipts to list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListExpectedReceipts {
    /// Only of this reference.
    reference: Option<String>,
    /// Only of the product with this number.
    sku: Option<String>,
    /// Only into the warehouse with this code.
    warehouse: Option<String>,
    /// Only in this state.
    #[param(inline)]
    state: Option<State>,
    /// True for only what should have come before today, false for only what shouldn't.
    late: Option<bool>,
    /// Only what was added, changed or removed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// What is expected of a product into a warehouse. Quantities are base units.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExpectedReceiptView {
    id: String,
    reference: String,
    warehouse: String,
    sku: String,
    quantity: String,
    /// What of it came.
    received: String,
    /// What is still to come.
    outstanding: String,
    expected_on: NaiveDate,
    /// Who sends it.
    #[schema(required)]
    supplier: Option<String>,
    /// Only what is confirmed is promised to accounts.
    confirmed: bool,
    #[schema(inline)]
    state: State,
    /// It should have come before today: nothing is promised of it until it has another day.
    late: bool,
}

impl ExpectedReceiptView {
    /// What is expected as it stands on a day.
    pub fn new(expected: Expected, today: NaiveDate) -> Self {
        let amount = |steps| expected.amount(steps).to_string();
        Self {
            id: expected.id.to_string(),
            quantity: amount(expected.quantity),
            received: amount(expected.received),
            outstanding: amount(expected.rest()),
            late: is_late(expected.state, expected.expected_on, today),
            reference: expected.reference,
            warehouse: expected.warehouse,
            sku: expected.sku,
            expected_on: expected.expected_on,
            supplier: expected.supplier,
            confirmed: expected.confirmed,
            state: expected.state,
        }
    }
}

/// What is expected
///
/// By day, the first first.
#[utoipa::path(tag = "supplier", operation_id = "listExpectedReceipts", params(ListExpectedReceipts), responses((status = 200, body = List<ExpectedReceiptView>)))]
#[get("/supplier/expected-receipts")]
pub async fn list_expected_receipts(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListExpectedReceipts>,
) -> Result<Json<List<ExpectedReceiptView>>> {
    let page = Page::new(params.limit, params.cursor.clone()).since(params.updated_since);
    let zone = state.db.read(accounts::supplier_zone).await?;
    let today = day_in(zone, now());
    let filter = (
        params.reference.clone(),
        params.sku.clone(),
        params.warehouse.clone(),
        params.state,
        params.late,
    );
    let read = move |connection: &mut Connection, walk: Walk<Place>, fetch| {
        let Some(filter) = meant(connection, &params)? else {
            return Ok(Vec::new());
        };
        supply::list(connection, &filter, today, walk, fetch)
    };
    let list = (Followed::all("expected_receipts"), &filter);
    let id = |expected: &Expected| expected.id;
    let view = move |expected| ExpectedReceiptView::new(expected, today);
    let list = page.list(&state.db, list, read, (Expected::place, id, view));
    Ok(Json(list.await?))
}

/// The filter that is meant; none where it names a product or warehouse that isn't there.
fn meant(connection: &mut Connection, params: &ListExpectedReceipts) -> Result<Option<Filter>> {
    let mut filter = Filter {
        reference: params.reference.clone(),
        state: params.state,
        late: params.late,
        ..Filter::default()
    };
    if let Some(sku) = &params.sku {
        let found = catalogue::list_by_skus(connection, std::slice::from_ref(sku))?;
        let Some((_, product)) = found.into_iter().next() else {
            return Ok(None);
        };
        filter.product_id = Some(product.id.0);
    }
    if let Some(code) = &params.warehouse {
        filter.warehouse = inventory::find_warehouse(connection, code)?;
        if filter.warehouse.is_none() {
            return Ok(None);
        }
    }
    Ok(Some(filter))
}

/// What is expected, with its ETag.
fn answer(mut answer: actix_web::HttpResponseBuilder, expected: Expected, today: NaiveDate) -> HttpResponse {
    let tag = etag(expected.version);
    answer
        .insert_header(tag)
        .json(ExpectedReceiptView::new(expected, today))
}

/// One expected receipt
#[utoipa::path(tag = "supplier", operation_id = "getExpectedReceipt", responses(
    (status = 200, body = ExpectedReceiptView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/expected-receipts/{id}")]
pub async fn get_expected_receipt(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ExpectedReceiptId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let today = day_in(accounts::supplier_zone(connection)?, now());
        Ok((supply::get(connection, id)?, today))
    };
    let (expected, today) = state.db.read(read).await?;
    Ok(answer(HttpResponse::Ok(), expected, today))
}

/// Expect goods
///
/// Checked as a row of `expected_receipts.csv`. Lines that wait are promised of it at once, in the order of the queue; whoever's
/// promise changes is told.
#[utoipa::path(tag = "supplier", operation_id = "addExpectedReceipt", security(("bearer" = ["goods.move"])), request_body = NewExpected, responses(
    (status = 201, body = ExpectedReceiptView, headers(("Location" = String, description = "Path of what is expected"), ("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/expected-receipts")]
pub async fn add_expected_receipt(
    state: Data<AppState>,
    staff: Staff<MayMoveGoods>,
    Body(new): Body<NewExpected>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let add = move |tx: &mut Connection| {
        let expected = expecting::add(tx, &actor, &new, now())?;
        Ok((expected, day_in(accounts::supplier_zone(tx)?, now())))
    };
    let (expected, today) = state.db.write(add).await?;
    let mut created = HttpResponse::Created();
    created.insert_header((
        "Location",
        format!("/api/v1/supplier/expected-receipts/{}", expected.id),
    ));
    Ok(answer(created, expected, today))
}

/// Change what is expected
///
/// Its day, its quantity, who sends it, whether it is confirmed. Promises are made again at once; whoever's changes is told.
#[utoipa::path(tag = "supplier", operation_id = "changeExpectedReceipt", security(("bearer" = ["goods.move"])), request_body = ExpectedChange,
    params(("If-Match" = String, Header, description = "The ETag of what is expected")),
    responses(
        (status = 200, body = ExpectedReceiptView, headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "Nothing more of it is expected", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[patch("/supplier/expected-receipts/{id}")]
pub async fn change_expected_receipt(
    state: Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<ExpectedReceiptId>,
    IfMatch(seen): IfMatch,
    Body(wanted): Body<ExpectedChange>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let change = move |tx: &mut Connection| {
        let expected = expecting::change(tx, &actor, id, &seen, &wanted, now())?;
        Ok((expected, day_in(accounts::supplier_zone(tx)?, now())))
    };
    let (expected, today) = state.db.write(change).await?;
    Ok(answer(HttpResponse::Ok(), expected, today))
}

/// Expect nothing more of it
///
/// It is gone where nothing of it came, else closed. What was promised of it is promised again of what else is expected, or taken
/// back; whoever's promise changes is told.
#[utoipa::path(tag = "supplier", operation_id = "closeExpectedReceipt", security(("bearer" = ["goods.move"])),
    params(("If-Match" = String, Header, description = "The ETag of what is expected")),
    responses((status = 204, description = "Nothing more of it is expected")))]
#[delete("/supplier/expected-receipts/{id}")]
pub async fn close_expected_receipt(
    state: Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<ExpectedReceiptId>,
    IfMatch(seen): IfMatch,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let close = move |tx: &mut Connection| expecting::close(tx, &actor, id, &seen, now());
    state.db.write(close).await?;
    Ok(HttpResponse::NoContent().finish())
}
