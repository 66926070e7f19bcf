//! E-invoices to take away from the pages of an invoice or credit note.

use actix_web::{HttpResponse, get, web};

use super::Source;
use super::api::{ByProfile, as_cii, as_factur_x, as_ubl};
use crate::error::Result;
use crate::http::{Params, PathId};
use crate::identity::caller::{MayRead, Visitor};
use crate::ids::{CreditNoteId, InvoiceId};
use crate::state::AppState;

/// The invoice as UBL
#[get("/invoices/{id}/ubl")]
pub async fn take_ubl(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<InvoiceId>,
    Params(params): Params<ByProfile>,
) -> Result<HttpResponse> {
    let profile = params.profile.unwrap_or_default();
    as_ubl(&state, visitor.customer.account_id, Source::Invoice(id), profile).await
}

/// The invoice as CII
#[get("/invoices/{id}/cii")]
pub async fn take_cii(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<InvoiceId>,
) -> Result<HttpResponse> {
    as_cii(&state, visitor.customer.account_id, Source::Invoice(id)).await
}

/// The invoice as Factur-X
#[get("/invoices/{id}/factur-x")]
pub async fn take_factur_x(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<InvoiceId>,
) -> Result<HttpResponse> {
    as_factur_x(&state, visitor.customer.account_id, Source::Invoice(id)).await
}

/// The credit note as UBL
#[get("/credit-notes/{id}/ubl")]
pub async fn take_credit_ubl(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<CreditNoteId>,
    Params(params): Params<ByProfile>,
) -> Result<HttpResponse> {
    let profile = params.profile.unwrap_or_default();
    as_ubl(&state, visitor.customer.account_id, Source::CreditNote(id), profile).await
}

/// The credit note as CII
#[get("/credit-notes/{id}/cii")]
pub async fn take_credit_cii(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<CreditNoteId>,
) -> Result<HttpResponse> {
    as_cii(&state, visitor.customer.account_id, Source::CreditNote(id)).await
}

/// The credit note as Factur-X
#[get("/credit-notes/{id}/factur-x")]
pub async fn take_credit_factur_x(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<CreditNoteId>,
) -> Result<HttpResponse> {
    as_factur_x(&state, visitor.customer.account_id, Source::CreditNote(id)).await
}
