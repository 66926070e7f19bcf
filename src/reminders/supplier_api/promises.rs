//! REST of promises to pay.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::accounts;
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::{Body, IdempotencyKey, Limit, List, Page, Params, PathId, Since, created};
use crate::identity::caller::{MayKeepBooks, MayReadDesk, Staff};
use crate::identity::idempotency;
use crate::ids::PromiseId;
use crate::reminders::promises::{self, Promise, PromiseRequest};
use crate::reminders::shapes::PromiseView;
use crate::state::AppState;

/// A promise to pay.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordPromise {
    /// Code of the account.
    #[schema(example = "ACME")]
    account: String,
    /// Ids of open invoices of it.
    #[schema(min_items = 1)]
    invoices: Vec<String>,
    /// The last day; not before today, at most 180 days from it.
    promised_on: NaiveDate,
    /// What else was said.
    note: Option<String>,
}

/// Which promises to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListPromises {
    /// Only of the account with this code.
    account: Option<String>,
    /// Only what was added or changed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Record a promise to pay
///
/// Until its day nobody is reminded of these invoices, and no order is held for them. The same request with the same
/// `Idempotency-Key` has one effect.
#[utoipa::path(tag = "supplier", operation_id = "recordPromise", security(("bearer" = ["books.keep"])), request_body = RecordPromise,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new promise")),
    responses((status = 201, body = PromiseView, headers(("Location" = String, description = "Path of the promise")))))]
#[post("/supplier/promises")]
pub async fn record_promise(
    state: Data<AppState>,
    staff: Staff<MayKeepBooks>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<RecordPromise>,
) -> Result<HttpResponse> {
    let key = idempotency::Request::new(staff.person_id, "POST /api/v1/supplier/promises", key, &body)?;
    let actor = staff.actor();
    let request = PromiseRequest {
        account: body.account,
        invoices: body.invoices.iter().map(|id| id.parse().ok()).collect(),
        promised_on: body.promised_on,
        note: body.note,
    };
    let write = move |tx: &mut Connection| {
        let (promise, replayed) = promises::record(tx, &key, &request, &actor, now())?;
        let today = day_in(accounts::supplier_zone(tx)?, now());
        Ok((promise.id, PromiseView::new(promise, today), replayed))
    };
    let (id, view, replayed) = state.db.write(write).await?;
    Ok(created(Some(format!("/api/v1/supplier/promises/{id}")), replayed, view))
}

/// Promises to pay
///
/// The newest first.
#[utoipa::path(tag = "supplier", operation_id = "listPromises", params(ListPromises), responses((status = 200, body = List<PromiseView>)))]
#[get("/supplier/promises")]
pub async fn list_promises(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListPromises>,
) -> Result<Json<List<PromiseView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let zone = state.db.read(accounts::supplier_zone).await?;
    let (today, asked) = (day_in(zone, now()), params.account.clone());
    let read = move |connection: &mut _, walk: Walk<PromiseId>, fetch| {
        promises::list(connection, asked.as_deref(), walk, fetch)
    };
    let id = |promise: &Promise| promise.id;
    let list = (Followed::all("payment_promises"), &params.account);
    let list = page.list(
        &state.db,
        list,
        read,
        (id, id, move |promise| PromiseView::new(promise, today)),
    );
    Ok(Json(list.await?))
}

/// One promise to pay
#[utoipa::path(tag = "supplier", operation_id = "getPromise", responses((status = 200, body = PromiseView)))]
#[get("/supplier/promises/{id}")]
pub async fn get_promise(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<PromiseId>,
) -> Result<Json<PromiseView>> {
    let read = move |connection: &mut Connection| {
        let today = day_in(accounts::supplier_zone(connection)?, now());
        Ok(PromiseView::new(promises::get(connection, id)?, today))
    };
    Ok(Json(state.db.read(read).await?))
}
