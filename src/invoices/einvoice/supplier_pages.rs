//! E-invoices to take away from the desk's page of an invoice.

use actix_web::{HttpResponse, get, web};

use super::api::{ByProfile, as_cii, as_factur_x, as_ubl};
use super::supplier_api::owner;
use crate::error::Result;
use crate::http::{Params, PathId};
use crate::identity::caller::{Desk, MayReadDesk};
use crate::ids::InvoiceId;
use crate::state::AppState;

/// An invoice as UBL
#[get("/desk/invoices/{id}/ubl")]
pub async fn take_ubl(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<InvoiceId>,
    Params(params): Params<ByProfile>,
) -> Result<HttpResponse> {
    as_ubl(&state, owner(&state, id).await?, id, params.profile.unwrap_or_default()).await
}

/// An invoice as CII
#[get("/desk/invoices/{id}/cii")]
pub async fn take_cii(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<InvoiceId>,
) -> Result<HttpResponse> {
    as_cii(&state, owner(&state, id).await?, id).await
}

/// An invoice as Factur-X
#[get("/desk/invoices/{id}/factur-x")]
pub async fn take_factur_x(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<InvoiceId>,
) -> Result<HttpResponse> {
    as_factur_x(&state, owner(&state, id).await?, id).await
}
