//! REST of where documents went, for supplier staff.

use actix_web::{get, web};

use crate::db::Connection;
use crate::error::Result;
use crate::history::api::transports::TransportsView;
use crate::history::transports;
use crate::http::PathId;
use crate::identity::caller::{MayReadDesk, Staff};
use crate::ids::{CreditNoteId, InvoiceId};
use crate::invoices::einvoice::Source;
use crate::invoices::{self, credits};
use crate::state::AppState;

/// Where an invoice of any account went
///
/// By mail, by webhook to the account's endpoints and the supplier's, and as a file for an access point: state, attempts, when it
/// arrived, and how the last attempt failed.
#[utoipa::path(tag = "supplier", operation_id = "listSupplierInvoiceTransports", responses((status = 200, body = TransportsView)))]
#[get("/supplier/invoices/{id}/transports")]
pub async fn list_invoice_transports(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<InvoiceId>,
) -> Result<web::Json<TransportsView>> {
    let read = move |connection: &mut Connection| {
        let account_id = invoices::account_of(connection, id)?;
        transports::list(connection, account_id, Source::Invoice(id), true)
    };
    Ok(web::Json(TransportsView::new(state.db.read(read).await?)))
}

/// Where a credit note of any account went
///
/// By mail, by webhook to the account's endpoints and the supplier's, and as a file for an access point: state, attempts, when it
/// arrived, and how the last attempt failed.
#[utoipa::path(tag = "supplier", operation_id = "listSupplierCreditNoteTransports", responses((status = 200, body = TransportsView)))]
#[get("/supplier/credit-notes/{id}/transports")]
pub async fn list_credit_note_transports(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<CreditNoteId>,
) -> Result<web::Json<TransportsView>> {
    let read = move |connection: &mut Connection| {
        let account_id = credits::account_of(connection, id)?;
        transports::list(connection, account_id, Source::CreditNote(id), true)
    };
    Ok(web::Json(TransportsView::new(state.db.read(read).await?)))
}
