//! REST of refunds for supplier staff.

use actix_web::{HttpResponse, get, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::shapes::{RefundHeadView, RefundView};
use super::{Filter, Refund, Request};
use crate::clock::now;
use crate::db::changes::Followed;
use crate::error::Result;
use crate::http::{Body, IdempotencyKey, Limit, List, Page, Params, PathId, Since, created, filled};
use crate::identity::caller::{MayKeepBooks, MayReadDesk, Staff};
use crate::identity::idempotency;
use crate::ids::RefundId;
use crate::kept::DecimalText;
use crate::state::AppState;

/// Money that is paid back.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BookRefund {
    /// Code of the account.
    #[schema(example = "ACME")]
    account: String,
    /// Above zero; at most what is on account.
    #[schema(example = "129.50")]
    amount: DecimalText,
    /// ISO 4217; the account's.
    #[schema(example = "EUR")]
    currency: String,
    /// When it left; not after today.
    paid_on: NaiveDate,
    /// What the account reads on its statement; 200 characters at most.
    reference: Option<String>,
    /// Where it goes.
    iban: Option<String>,
    /// The payment that it is taken from; what is on account longest if left out.
    payment_id: Option<String>,
    /// Or the credit note.
    credit_note_id: Option<String>,
}

/// Pay money back
///
/// Of what is on account of payments and credit notes: the named one, else the oldest first. The money itself leaves by a bank; its
/// entry is matched with this one. The same request with the same `Idempotency-Key` has one effect.
#[utoipa::path(tag = "supplier", operation_id = "bookRefund", security(("bearer" = ["books.keep"])), request_body = BookRefund,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new refund")),
    responses(
        (status = 201, body = RefundView, headers(("Location" = String, description = "Path of the refund"))),
        (status = 409, description = "Nothing is on account", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/refunds")]
pub async fn book_refund(
    state: web::Data<AppState>,
    staff: Staff<MayKeepBooks>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<BookRefund>,
) -> Result<HttpResponse> {
    let key = idempotency::Request::new(staff.person_id, "POST /api/v1/supplier/refunds", key, &body)?;
    let actor = staff.actor();
    let request = Request {
        account: body.account,
        amount: body.amount.0,
        currency: body.currency,
        paid_on: body.paid_on,
        reference: body.reference,
        iban: body.iban,
        payment_id: body.payment_id.map(|id| id.parse().ok()),
        credit_note_id: body.credit_note_id.map(|id| id.parse().ok()),
    };
    let write = move |tx: &mut _| super::pay_back(tx, &key, &request, &actor, now());
    let (booked, replayed) = state.db.write(write).await?;
    let path = format!("/api/v1/supplier/refunds/{}", booked.refund.id);
    Ok(created(Some(path), replayed, RefundView::from(booked)))
}

/// Which refunds to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListRefunds {
    /// Only of the account with this code.
    account: Option<String>,
    /// Only those in which this is found: a part of the reference, of the account's name or code.
    q: Option<String>,
    /// Only those paid on this day or later.
    from: Option<NaiveDate>,
    /// Only those paid on this day or before.
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

/// Refunds
///
/// The newest first.
#[utoipa::path(tag = "supplier", operation_id = "listRefunds", params(ListRefunds), responses((status = 200, body = List<RefundHeadView>)))]
#[get("/supplier/refunds")]
pub async fn list_refunds(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListRefunds>,
) -> Result<web::Json<List<RefundHeadView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let filter = Filter {
        account: params.account,
        counts: false,
        text: filled(params.q),
        from: params.from,
        to: params.to,
    };
    let asked = filter.clone();
    let read = move |connection: &mut _, walk, fetch| super::list(connection, &asked, walk, fetch);
    let id = |refund: &Refund| refund.id;
    let list = (Followed::all("refunds"), &filter);
    let list = page.list(&state.db, list, read, (id, id, RefundHeadView::from));
    Ok(web::Json(list.await?))
}

/// One refund
#[utoipa::path(tag = "supplier", operation_id = "getRefund", responses((status = 200, body = RefundView)))]
#[get("/supplier/refunds/{id}")]
pub async fn get_refund(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<RefundId>,
) -> Result<web::Json<RefundView>> {
    let booked = state.db.read(move |connection| super::get(connection, id)).await?;
    Ok(web::Json(RefundView::from(booked)))
}

/// Why a refund is taken back.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReverseRefund {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// Take a refund back
///
/// For money that did not leave: it is on account again. The statement keeps both entries.
#[utoipa::path(tag = "supplier", operation_id = "reverseRefund", security(("bearer" = ["books.keep"])), request_body = ReverseRefund, responses(
    (status = 200, body = RefundView),
    (status = 409, description = "It is reversed already, or a bank's entry says that it left", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/refunds/{id}/reverse")]
pub async fn reverse_refund(
    state: web::Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<RefundId>,
    Body(body): Body<ReverseRefund>,
) -> Result<web::Json<RefundView>> {
    let actor = staff.actor();
    let write = move |tx: &mut _| super::reverse(tx, id, &body.reason, &actor, now());
    Ok(web::Json(RefundView::from(state.db.write(write).await?)))
}
