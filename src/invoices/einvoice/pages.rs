//! E-invoices to take away from the page of an invoice.

use actix_web::{HttpResponse, get, web};

use super::api::{ByProfile, as_cii, as_factur_x, as_ubl};
use crate::error::Result;
use crate::http::{Params, PathId};
use crate::identity::caller::{MayRead, Visitor};
use crate::ids::InvoiceId;
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
    as_ubl(&state, visitor.customer.account_id, id, profile).await
}

/// The invoice as CII
#[get("/invoices/{id}/cii")]
pub async fn take_cii(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<InvoiceId>,
) -> Result<HttpResponse> {
    as_cii(&state, visitor.customer.account_id, id).await
}

/// The invoice as Factur-X
#[get("/invoices/{id}/factur-x")]
pub async fn take_factur_x(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<InvoiceId>,
) -> Result<HttpResponse> {
    as_factur_x(&state, visitor.customer.account_id, id).await
}
