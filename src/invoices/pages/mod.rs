//! Invoices and the statement in the browser.

use actix_web::{HttpResponse, get, web};

use super::api::print_invoice;
use crate::accounts::caller::{MayRead, Visitor};
use crate::app::AppState;
use crate::error::Result;
use crate::http::PathId;
use crate::ids::InvoiceId;

/// The invoice on paper
#[get("/invoices/{id}/invoice.pdf")]
pub async fn print(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<InvoiceId>,
) -> Result<HttpResponse> {
    print_invoice(&state, visitor.customer.account_id, id).await
}
