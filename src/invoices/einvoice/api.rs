//! REST of e-invoices for accounts and partners.

use actix_web::{HttpResponse, get, web};
use serde::Deserialize;

use super::Source;
use super::rules::{CiiProfile, Profile};
use crate::error::Result;
use crate::http::{Params, PathId, Pdf, Xml};
use crate::identity::caller::{Customer, MayRead};
use crate::ids::{AccountId, CreditNoteId, InvoiceId};
use crate::state::AppState;

/// By whose rules.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ByProfile {
    /// `peppol` if left out.
    #[param(inline)]
    pub(super) profile: Option<Profile>,
}

/// By whose rules CII is written.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ByCiiProfile {
    /// `en16931` if left out.
    #[param(inline)]
    #[allow(dead_code, reason = "there is one, and another is refused")]
    profile: Option<CiiProfile>,
}

pub(super) async fn as_ubl(
    state: &AppState,
    account_id: AccountId,
    source: Source,
    profile: Profile,
) -> Result<HttpResponse> {
    let read = move |connection: &mut _| super::ubl(connection, account_id, source, profile);
    let file = state.db.read(read).await?;
    Ok(Xml::new(file.name, file.bytes).into())
}

pub(super) async fn as_cii(state: &AppState, account_id: AccountId, source: Source) -> Result<HttpResponse> {
    let read = move |connection: &mut _| super::cii(connection, account_id, source);
    let file = state.db.read(read).await?;
    Ok(Xml::new(file.name, file.bytes).into())
}

pub(super) async fn as_factur_x(state: &AppState, account_id: AccountId, source: Source) -> Result<HttpResponse> {
    let read = move |connection: &mut _| super::factur_x(connection, account_id, source);
    Ok(state.print(read).await?.into())
}

/// One invoice as UBL
///
/// UBL 2.1 by Peppol BIS Billing 3.0, or by another profile.
#[utoipa::path(tag = "invoices", operation_id = "getInvoiceUbl", params(ByProfile), responses(
    (status = 200, body = Xml, content_type = "application/xml", description = "UBL 2.1"),
    (status = 409, description = "It lacks what the profile wants", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/invoices/{id}/ubl")]
pub async fn get_invoice_ubl(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<InvoiceId>,
    Params(params): Params<ByProfile>,
) -> Result<HttpResponse> {
    as_ubl(
        &state,
        customer.account_id,
        Source::Invoice(id),
        params.profile.unwrap_or_default(),
    )
    .await
}

/// One invoice as CII
///
/// UN/CEFACT's Cross Industry Invoice (D16B) by EN 16931.
#[utoipa::path(tag = "invoices", operation_id = "getInvoiceCii", params(ByCiiProfile), responses(
    (status = 200, body = Xml, content_type = "application/xml", description = "CII D16B"),
    (status = 409, description = "It lacks what EN 16931 wants", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/invoices/{id}/cii")]
pub async fn get_invoice_cii(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<InvoiceId>,
    _profile: Params<ByCiiProfile>,
) -> Result<HttpResponse> {
    as_cii(&state, customer.account_id, Source::Invoice(id)).await
}

/// One invoice as Factur-X
///
/// The paper with the invoice as CII in it, which is ZUGFeRD 2 too: profile EN 16931.
#[utoipa::path(tag = "invoices", operation_id = "getInvoiceFacturX", params(ByCiiProfile), responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b with factur-x.xml"),
    (status = 409, description = "It lacks what EN 16931 wants", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/invoices/{id}/factur-x")]
pub async fn get_invoice_factur_x(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<InvoiceId>,
    _profile: Params<ByCiiProfile>,
) -> Result<HttpResponse> {
    as_factur_x(&state, customer.account_id, Source::Invoice(id)).await
}

/// One credit note as UBL
///
/// UBL 2.1 by Peppol BIS Billing 3.0, or by another profile.
#[utoipa::path(tag = "invoices", operation_id = "getCreditNoteUbl", params(ByProfile), responses(
    (status = 200, body = Xml, content_type = "application/xml", description = "UBL 2.1"),
    (status = 409, description = "It lacks what the profile wants", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/credit-notes/{id}/ubl")]
pub async fn get_credit_note_ubl(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<CreditNoteId>,
    Params(params): Params<ByProfile>,
) -> Result<HttpResponse> {
    as_ubl(
        &state,
        customer.account_id,
        Source::CreditNote(id),
        params.profile.unwrap_or_default(),
    )
    .await
}

/// One credit note as CII
///
/// UN/CEFACT's Cross Industry Invoice (D16B) by EN 16931.
#[utoipa::path(tag = "invoices", operation_id = "getCreditNoteCii", params(ByCiiProfile), responses(
    (status = 200, body = Xml, content_type = "application/xml", description = "CII D16B"),
    (status = 409, description = "It lacks what EN 16931 wants", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/credit-notes/{id}/cii")]
pub async fn get_credit_note_cii(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<CreditNoteId>,
    _profile: Params<ByCiiProfile>,
) -> Result<HttpResponse> {
    as_cii(&state, customer.account_id, Source::CreditNote(id)).await
}

/// One credit note as Factur-X
///
/// The paper with the credit note as CII in it, which is ZUGFeRD 2 too: profile EN 16931.
#[utoipa::path(tag = "invoices", operation_id = "getCreditNoteFacturX", params(ByCiiProfile), responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b with factur-x.xml"),
    (status = 409, description = "It lacks what EN 16931 wants", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/credit-notes/{id}/factur-x")]
pub async fn get_credit_note_factur_x(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<CreditNoteId>,
    _profile: Params<ByCiiProfile>,
) -> Result<HttpResponse> {
    as_factur_x(&state, customer.account_id, Source::CreditNote(id)).await
}
