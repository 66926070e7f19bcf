//! REST of what is settled without money, for supplier staff.

use actix_web::{HttpResponse, get, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::shapes::{WriteOffHeadView, WriteOffView};
use super::{Filter, Request, WriteOff};
use crate::clock::now;
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::error::Result;
use crate::http::{Body, IdempotencyKey, Limit, List, Page, Params, PathId, Since, created, filled};
use crate::identity::caller::{MayKeepBooks, MayReadDesk, Staff};
use crate::identity::idempotency;
use crate::ids::{InvoiceId, PaymentId, WriteOffId};
use crate::kept::DecimalText;
use crate::names::sets::WriteOffKind;
use crate::state::AppState;

/// What of an invoice is to be settled without money.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BookWriteOff {
    /// An open invoice.
    invoice_id: String,
    #[schema(inline)]
    kind: WriteOffKind,
    /// Above zero; all that is open if left out. A cash discount is at most what the invoice offers, a small difference at most the
    /// tolerance.
    #[schema(example = "2.38")]
    amount: Option<DecimalText>,
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// Settle something of an invoice without money
///
/// A cash discount that came too late is granted so, charges of banks and small differences are given up. The same request with the
/// same `Idempotency-Key` has one effect.
#[utoipa::path(tag = "supplier", operation_id = "bookWriteOff", security(("bearer" = ["books.keep"])), request_body = BookWriteOff,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new entry")),
    responses(
        (status = 201, body = WriteOffView, headers(("Location" = String, description = "Path of the entry"))),
        (status = 409, description = "Nothing of the invoice is open", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/write-offs")]
pub async fn book_write_off(
    state: web::Data<AppState>,
    staff: Staff<MayKeepBooks>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<BookWriteOff>,
) -> Result<HttpResponse> {
    let key = idempotency::Request::new(staff.person_id, "POST /api/v1/supplier/write-offs", key, &body)?;
    let actor = staff.actor();
    let request = Request {
        invoice_id: body.invoice_id.parse().ok(),
        kind: body.kind,
        amount: body.amount.map(|text| text.0),
        reason: body.reason,
    };
    let write = move |tx: &mut Connection| {
        let (booked, replayed) = super::grant(tx, &key, &request, &actor, now())?;
        let taxes = super::taxes(tx, booked.own.id)?;
        Ok((booked, taxes, replayed))
    };
    let (booked, taxes, replayed) = state.db.write(write).await?;
    let path = format!("/api/v1/supplier/write-offs/{}", booked.own.id);
    Ok(created(Some(path), replayed, WriteOffView::new(booked, taxes)))
}

/// Which entries to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListWriteOffs {
    /// Only of the account with this code.
    account: Option<String>,
    /// Only of this invoice.
    invoice_id: Option<String>,
    /// Only what came with this payment.
    payment_id: Option<String>,
    /// Only of this kind.
    #[param(inline)]
    kind: Option<WriteOffKind>,
    /// Only those with this number of the invoice, or in whose account's name or code this is found.
    q: Option<String>,
    /// Only those booked on this day or later.
    from: Option<NaiveDate>,
    /// Only those booked on this day or before.
    to: Option<NaiveDate>,
    /// Only what was added or changed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// What is settled without money
///
/// Cash discounts, small differences, and what banks kept. The newest first.
#[utoipa::path(tag = "supplier", operation_id = "listWriteOffs", params(ListWriteOffs), responses((status = 200, body = List<WriteOffHeadView>)))]
#[get("/supplier/write-offs")]
pub async fn list_write_offs(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListWriteOffs>,
) -> Result<web::Json<List<WriteOffHeadView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let filter = Filter {
        account: params.account,
        // Nothing has an ill-formed id.
        invoice_id: params.invoice_id.map(|id| id.parse().unwrap_or(InvoiceId(0))),
        payment_id: params.payment_id.map(|id| id.parse().unwrap_or(PaymentId(0))),
        kind: params.kind,
        counts: false,
        text: filled(params.q),
        from: params.from,
        to: params.to,
    };
    let asked = filter.clone();
    let read = move |connection: &mut _, walk, fetch| super::list(connection, &asked, walk, fetch);
    let id = |one: &WriteOff| one.own.id;
    let list = (Followed::all("write_offs"), &filter);
    let list = page.list(&state.db, list, read, (id, id, WriteOffHeadView::from));
    Ok(web::Json(list.await?))
}

/// One entry of what is settled without money
#[utoipa::path(tag = "supplier", operation_id = "getWriteOff", responses((status = 200, body = WriteOffView)))]
#[get("/supplier/write-offs/{id}")]
pub async fn get_write_off(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<WriteOffId>,
) -> Result<web::Json<WriteOffView>> {
    let read = move |connection: &mut Connection| Ok((super::get(connection, id)?, super::taxes(connection, id)?));
    let (found, taxes) = state.db.read(read).await?;
    Ok(web::Json(WriteOffView::new(found, taxes)))
}

/// Why it is taken back.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReverseWriteOff {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// Take back what was settled without money
///
/// So much of the invoice is open again. The statement keeps both entries.
#[utoipa::path(tag = "supplier", operation_id = "reverseWriteOff", security(("bearer" = ["books.keep"])), request_body = ReverseWriteOff, responses(
    (status = 200, body = WriteOffView),
    (status = 409, description = "It is reversed already", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/write-offs/{id}/reverse")]
pub async fn reverse_write_off(
    state: web::Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<WriteOffId>,
    Body(body): Body<ReverseWriteOff>,
) -> Result<web::Json<WriteOffView>> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| {
        let reversed = super::reverse(tx, id, &body.reason, &actor, now())?;
        Ok((reversed, super::taxes(tx, id)?))
    };
    let (reversed, taxes) = state.db.write(write).await?;
    Ok(web::Json(WriteOffView::new(reversed, taxes)))
}
