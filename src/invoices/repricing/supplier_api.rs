//! REST of price corrections, for supplier staff.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Run;
use super::rules::Scope;
use super::shapes::{PriceCorrectionHeadView, PriceCorrectionView};
use crate::clock::now;
use crate::db::changes::Followed;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::{Body, IdempotencyKey, Limit, List, Page, Params, PathId, Since, created};
use crate::identity::caller::{MayKeepBooks, MayReadDesk, Staff};
use crate::identity::idempotency;
use crate::ids::PriceCorrectionId;
use crate::state::AppState;

/// Which invoiced lines to look at.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewPriceCorrection {
    /// Days on which the invoices were issued, both included; at most 366.
    from: NaiveDate,
    to: NaiveDate,
    /// Codes of accounts, at most 50; all accounts if left out.
    #[schema(max_items = 50)]
    accounts: Option<Vec<String>>,
    /// Code of a price list or contract: only lines whose price comes from it, or came from it.
    price_list: Option<String>,
    /// What else stands on the documents; 300 characters at most.
    #[schema(max_length = 300)]
    note: Option<String>,
}

/// Look for invoiced lines that would cost something else
///
/// By the prices as they are kept now for the day they were ordered. It is kept as a preview: nothing is credited or invoiced before it
/// is released. What an earlier price correction changed counts, so nothing is corrected twice. The same request with the same
/// `Idempotency-Key` has one effect.
#[utoipa::path(tag = "supplier", operation_id = "previewPriceCorrection", security(("bearer" = ["books.keep"])), request_body = PreviewPriceCorrection,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new price correction")),
    responses((status = 201, body = PriceCorrectionView, headers(("Location" = String, description = "Path of the price correction")))))]
#[post("/supplier/price-corrections")]
pub async fn preview_price_correction(
    state: Data<AppState>,
    staff: Staff<MayKeepBooks>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<PreviewPriceCorrection>,
) -> Result<HttpResponse> {
    let key = idempotency::Request::new(staff.person_id, "POST /api/v1/supplier/price-corrections", key, &body)?;
    let actor = staff.actor();
    let scope = Scope {
        from: body.from,
        to: body.to,
        accounts: body.accounts.unwrap_or_default(),
        price_list: body.price_list,
        note: body.note,
    };
    let preview = move |tx: &mut _| super::preview(tx, &key, &scope, &actor, now());
    let (whole, replayed) = state.db.write(preview).await?;
    let path = format!("/api/v1/supplier/price-corrections/{}", whole.run.id);
    Ok(created(Some(path), replayed, PriceCorrectionView::from(whole)))
}

/// Which price corrections to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListPriceCorrections {
    /// Only what was added or changed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Price corrections
///
/// The newest first, without their lines.
#[utoipa::path(tag = "supplier", operation_id = "listPriceCorrections", params(ListPriceCorrections), responses((status = 200, body = List<PriceCorrectionHeadView>)))]
#[get("/supplier/price-corrections")]
pub async fn list_price_corrections(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListPriceCorrections>,
) -> Result<Json<List<PriceCorrectionHeadView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let read = move |connection: &mut _, walk: Walk<PriceCorrectionId>, fetch| super::list(connection, walk, fetch);
    let id = |run: &Run| run.id;
    let list = (Followed::all("price_corrections"), "price_corrections");
    let list = page.list(&state.db, list, read, (id, id, PriceCorrectionHeadView::from));
    Ok(Json(list.await?))
}

/// One price correction
#[utoipa::path(tag = "supplier", operation_id = "getPriceCorrection", responses((status = 200, body = PriceCorrectionView)))]
#[get("/supplier/price-corrections/{id}")]
pub async fn get_price_correction(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<PriceCorrectionId>,
) -> Result<Json<PriceCorrectionView>> {
    let whole = state.db.read(move |connection| super::get(connection, id)).await?;
    Ok(Json(whole.into()))
}

/// Release a price correction
///
/// Everything is looked at again: a line that is not any more what the preview said is left out, and says so. Of each invoice there is
/// one credit note for what was too dear and one invoice for what was too cheap; all of them, or none.
#[utoipa::path(tag = "supplier", operation_id = "releasePriceCorrection", security(("bearer" = ["books.keep"])), responses(
    (status = 200, body = PriceCorrectionView),
    (status = 409, description = "It is released or discarded, or has no lines", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/price-corrections/{id}/release")]
pub async fn release_price_correction(
    state: Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<PriceCorrectionId>,
) -> Result<Json<PriceCorrectionView>> {
    let actor = staff.actor();
    let write = move |tx: &mut _| super::release(tx, id, &actor, now());
    Ok(Json(state.db.write(write).await?.into()))
}

/// Discard a price correction
///
/// Nothing is credited or invoiced by it.
#[utoipa::path(tag = "supplier", operation_id = "discardPriceCorrection", security(("bearer" = ["books.keep"])), responses(
    (status = 200, body = PriceCorrectionView),
    (status = 409, description = "It is released or discarded", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/price-corrections/{id}/discard")]
pub async fn discard_price_correction(
    state: Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<PriceCorrectionId>,
) -> Result<Json<PriceCorrectionView>> {
    let actor = staff.actor();
    let write = move |tx: &mut _| super::discard(tx, id, &actor, now());
    Ok(Json(state.db.write(write).await?.into()))
}
