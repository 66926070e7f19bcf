//! E-invoices to take away from the desk's pages of invoices and credit notes.

use actix_web::{HttpResponse, get, web};

use super::Source;
use super::api::{ByProfile, as_cii, as_factur_x, as_ubl};
use super::supplier_api::owner;
use crate::error::Result;
use crate::http::{Params, PathId};
use crate::identity::caller::{Desk, MayReadDesk};
use crate::ids::{CreditNoteId, InvoiceId};
use crate::state::AppState;

/// An invoice as UBL
#[get("/desk/invoices/{id}/ubl")]
pub async fn take_ubl(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<InvoiceId>,
    Params(params): Params<ByProfile>,
) -> Result<HttpResponse> {
    let source = Source::Invoice(id);
    as_ubl(
        &state,
        owner(&state, source).await?,
        source,
        params.profile.unwrap_or_default(),
    )
    .await
}

/// An invoice as CII
#[get("/desk/invoices/{id}/cii")]
pub async fn take_cii(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<InvoiceId>,
) -> Result<HttpResponse> {
    let source = Source::Invoice(id);
    as_cii(&state, owner(&state, source).await?, source).await
}

/// An invoice as Factur-X
#[get("/desk/invoices/{id}/factur-x")]
pub async fn take_factur_x(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<InvoiceId>,
) -> Result<HttpResponse> {
    let source = Source::Invoice(id);
    as_factur_x(&state, owner(&state, source).await?, source).await
}

/// A credit note as UBL
#[get("/desk/credit-notes/{id}/ubl")]
pub async fn take_credit_ubl(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<CreditNoteId>,
    Params(params): Params<ByProfile>,
) -> Result<HttpResponse> {
    let source = Source::CreditNote(id);
    as_ubl(
        &state,
        owner(&state, source).await?,
        source,
        params.profile.unwrap_or_default(),
    )
    .await
}

/// A credit note as CII
#[get("/desk/credit-notes/{id}/cii")]
pub async fn take_credit_cii(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<CreditNoteId>,
) -> Result<HttpResponse> {
    let source = Source::CreditNote(id);
    as_cii(&state, owner(&state, source).await?, source).await
}

/// A credit note as Factur-X
#[get("/desk/credit-notes/{id}/factur-x")]
pub async fn take_credit_factur_x(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<CreditNoteId>,
) -> Result<HttpResponse> {
    let source = Source::CreditNote(id);
    as_factur_x(&state, owner(&state, source).await?, source).await
}
