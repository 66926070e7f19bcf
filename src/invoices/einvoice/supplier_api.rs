//! REST of e-invoices for supplier staff.

use actix_web::{HttpResponse, get, web};

use super::Source;
use super::api::{ByCiiProfile, ByProfile, as_cii, as_factur_x, as_ubl};
use crate::error::Result;
use crate::http::{Params, PathId, Pdf, Xml};
use crate::identity::caller::{MayReadDesk, Staff};
use crate::ids::{AccountId, CreditNoteId, InvoiceId};
use crate::invoices::{self, credits};
use crate::state::AppState;

/// Whose it is.
pub(super) async fn owner(state: &AppState, source: Source) -> Result<AccountId> {
    let read = move |connection: &mut _| match source {
        Source::Invoice(id) => invoices::account_of(connection, id),
        Source::CreditNote(id) => credits::account_of(connection, id),
    };
    state.db.read(read).await
}

/// One invoice of any account as UBL
///
/// UBL 2.1 by Peppol BIS Billing 3.0, or by another profile.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierInvoiceUbl", params(ByProfile), responses(
    (status = 200, body = Xml, content_type = "application/xml", description = "UBL 2.1"),
    (status = 409, description = "It lacks what the profile wants", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/supplier/invoices/{id}/ubl")]
pub async fn get_invoice_ubl(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
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

/// One invoice of any account as CII
///
/// UN/CEFACT's Cross Industry Invoice (D16B) by EN 16931.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierInvoiceCii", params(ByCiiProfile), responses(
    (status = 200, body = Xml, content_type = "application/xml", description = "CII D16B"),
    (status = 409, description = "It lacks what EN 16931 wants", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/supplier/invoices/{id}/cii")]
pub async fn get_invoice_cii(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<InvoiceId>,
    _profile: Params<ByCiiProfile>,
) -> Result<HttpResponse> {
    let source = Source::Invoice(id);
    as_cii(&state, owner(&state, source).await?, source).await
}

/// One invoice of any account as Factur-X
///
/// The paper with the invoice as CII in it, which is ZUGFeRD 2 too: profile EN 16931.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierInvoiceFacturX", params(ByCiiProfile), responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b with factur-x.xml"),
    (status = 409, description = "It lacks what EN 16931 wants", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/supplier/invoices/{id}/factur-x")]
pub async fn get_invoice_factur_x(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<InvoiceId>,
    _profile: Params<ByCiiProfile>,
) -> Result<HttpResponse> {
    let source = Source::Invoice(id);
    as_factur_x(&state, owner(&state, source).await?, source).await
}

/// One credit note of any account as UBL
///
/// UBL 2.1 by Peppol BIS Billing 3.0, or by another profile.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierCreditNoteUbl", params(ByProfile), responses(
    (status = 200, body = Xml, content_type = "application/xml", description = "UBL 2.1"),
    (status = 409, description = "It lacks what the profile wants", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/supplier/credit-notes/{id}/ubl")]
pub async fn get_credit_note_ubl(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
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

/// One credit note of any account as CII
///
/// UN/CEFACT's Cross Industry Invoice (D16B) by EN 16931.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierCreditNoteCii", params(ByCiiProfile), responses(
    (status = 200, body = Xml, content_type = "application/xml", description = "CII D16B"),
    (status = 409, description = "It lacks what EN 16931 wants", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/supplier/credit-notes/{id}/cii")]
pub async fn get_credit_note_cii(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<CreditNoteId>,
    _profile: Params<ByCiiProfile>,
) -> Result<HttpResponse> {
    let source = Source::CreditNote(id);
    as_cii(&state, owner(&state, source).await?, source).await
}

/// One credit note of any account as Factur-X
///
/// The paper with the credit note as CII in it, which is ZUGFeRD 2 too: profile EN 16931.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierCreditNoteFacturX", params(ByCiiProfile), responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b with factur-x.xml"),
    (status = 409, description = "It lacks what EN 16931 wants", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/supplier/credit-notes/{id}/factur-x")]
pub async fn get_credit_note_factur_x(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<CreditNoteId>,
    _profile: Params<ByCiiProfile>,
) -> Result<HttpResponse> {
    let source = Source::CreditNote(id);
    as_factur_x(&state, owner(&state, source).await?, source).await
}
