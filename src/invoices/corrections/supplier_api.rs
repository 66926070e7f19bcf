//! REST of corrections of invoices, for supplier staff.

use actix_web::{HttpResponse, post, web};
use serde::{Deserialize, Serialize};

use super::rules::{Prices, Wanted};
use super::shapes::{InvoiceCorrectionPreviewView, InvoiceCorrectionView};
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Body, IdempotencyKey, PathId, created};
use crate::identity::caller::{MayKeepBooks, Staff};
use crate::identity::idempotency;
use crate::ids::InvoiceId;
use crate::invoices::credits;
use crate::state::AppState;

/// What is to be different of an invoice that was wrong.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectInvoice {
    /// What was wrong; both documents say it. 1 to 500 characters.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
    /// `as_invoiced` if left out; `current` are those that are kept now for the day of the order.
    #[schema(inline)]
    prices: Option<Prices>,
    /// The buyer's order number; as it was if left out.
    po_number: Option<String>,
    /// What the buyer wants to read on it (BT-10); the account's if left out.
    buyer_reference: Option<String>,
    /// Days to pay; the account's if left out.
    #[schema(minimum = 0, maximum = 365)]
    payment_terms_days: Option<i32>,
}

impl CorrectInvoice {
    fn wanted(&self) -> Wanted {
        Wanted {
            reason: self.reason.clone(),
            prices: self.prices.unwrap_or_default(),
            po_number: self.po_number.clone(),
            buyer_reference: self.buyer_reference.clone(),
            payment_terms_days: self.payment_terms_days,
        }
    }
}

/// What a corrected invoice would come to
///
/// Nothing is stored.
#[utoipa::path(tag = "supplier", operation_id = "previewInvoiceCorrection", security(("bearer" = ["books.keep"])), request_body = CorrectInvoice, responses(
    (status = 200, body = InvoiceCorrectionPreviewView),
    (status = 409, description = "It is corrected or credited already, or its amounts can't be mirrored", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/invoices/{id}/correct/preview")]
pub async fn preview_correction(
    state: web::Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<InvoiceId>,
    Body(body): Body<CorrectInvoice>,
) -> Result<web::Json<InvoiceCorrectionPreviewView>> {
    let (actor, wanted) = (staff.actor(), body.wanted());
    let read = move |connection: &mut Connection| super::preview(connection, id, &wanted, &actor, now());
    Ok(web::Json(InvoiceCorrectionPreviewView::new(state.db.read(read).await?)))
}

/// Cancel a wrong invoice and issue the right one
///
/// A credit note takes back all that is left of it, and an invoice with today's data of buyer, seller, sites and taxes takes its place
/// (type code 384 between two German parties, else 380 with the number of the wrong one). Payments for the wrong one settle it.
/// Everything happens at once or not at all. The same request with the same `Idempotency-Key` has one effect.
#[utoipa::path(tag = "supplier", operation_id = "correctInvoice", security(("bearer" = ["books.keep"])), request_body = CorrectInvoice,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new correction")),
    responses(
        (status = 201, body = InvoiceCorrectionView, headers(("Location" = String, description = "Path of the corrected invoice"))),
        (status = 409, description = "It is corrected or credited already, or its amounts can't be mirrored", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/invoices/{id}/correct")]
pub async fn correct_invoice(
    state: web::Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<InvoiceId>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<CorrectInvoice>,
) -> Result<HttpResponse> {
    let sent = (id.to_string(), &body);
    let key = idempotency::Request::new(
        staff.person_id,
        "POST /api/v1/supplier/invoices/{id}/correct",
        key,
        &sent,
    )?;
    let (actor, wanted) = (staff.actor(), body.wanted());
    let write = move |tx: &mut Connection| {
        let (correction, replayed) = super::correct(tx, &key, id, &wanted, &actor, now())?;
        let (right_id, applied) = (correction.right.id, credits::applied(tx, &correction.credit)?);
        Ok((InvoiceCorrectionView::new(correction, applied), right_id, replayed))
    };
    let (view, right_id, replayed) = state.db.write(write).await?;
    let path = format!("/api/v1/supplier/invoices/{right_id}");
    Ok(created(Some(path), replayed, view))
}
