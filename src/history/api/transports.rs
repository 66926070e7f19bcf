//! REST of where documents went, for accounts and partners.

use actix_web::{get, web};
use serde::Serialize;

use crate::accounts::rules::EinvoiceFormat;
use crate::clock::rfc3339;
use crate::db::Connection;
use crate::error::Result;
use crate::history::rules::{State, Way, hint};
use crate::history::transports::{self, Transport};
use crate::http::PathId;
use crate::identity::caller::{Customer, MayManage, MayRead};
use crate::identity::rules::AccountRole;
use crate::identity::rules::rights::Right;
use crate::ids::{CreditNoteId, InvoiceId};
use crate::invoices::einvoice::Source;
use crate::invoices::{self, credits};
use crate::state::AppState;

/// Where a document went.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TransportsView {
    /// Mails, then webhooks, then files.
    data: Vec<TransportView>,
}

/// A document on one of its ways.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TransportView {
    way: Way,
    /// A mail address, the address of an endpoint without its query, or the name of a file. Of the account's people and endpoints its
    /// admins read that; others read the domain (`…@acme.example`) and the host.
    to: String,
    /// Of a file.
    #[schema(required)]
    format: Option<EinvoiceFormat>,
    state: State,
    /// Attempts since it was queued, or sent again, last.
    attempts_made: i32,
    /// RFC 3339, UTC; null unless it waits.
    #[schema(required)]
    next_attempt_at: Option<String>,
    /// When the mail server, the endpoint or the folder had it: RFC 3339, UTC
    #[schema(required)]
    sent_at: Option<String>,
    /// The last status that an endpoint answered.
    #[schema(required)]
    last_status: Option<i32>,
    /// How the last attempt failed; staff read it alone.
    #[schema(required)]
    last_error: Option<String>,
}

impl TransportsView {
    /// All that is known.
    pub(in crate::history) fn new(ways: Vec<Transport>) -> Self {
        let view = |one: Transport| TransportView {
            way: one.way,
            to: one.to,
            format: one.format,
            state: one.state,
            attempts_made: one.attempts,
            next_attempt_at: one.next_attempt_at.map(rfc3339),
            sent_at: one.sent_at.map(rfc3339),
            last_status: one.last_status,
            last_error: one.last_error,
        };
        Self {
            data: ways.into_iter().map(view).collect(),
        }
    }

    /// What the account may know of it: what the supplier's machines say of themselves is the supplier's.
    fn of_account(ways: Vec<Transport>, roles: &[AccountRole]) -> Self {
        let is_manager = MayManage::allows(roles);
        let seen = |one: Transport| Transport {
            last_error: None,
            to: match is_manager {
                true => one.to,
                false => hint(one.way, &one.to),
            },
            ..one
        };
        Self::new(ways.into_iter().map(seen).collect())
    }
}

/// Where an invoice went
///
/// By mail, by webhook to my endpoints, and as a file for an access point: state, attempts and when it arrived.
#[utoipa::path(tag = "invoices", operation_id = "listInvoiceTransports", responses((status = 200, body = TransportsView)))]
#[get("/invoices/{id}/transports")]
pub async fn list_invoice_transports(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<InvoiceId>,
) -> Result<web::Json<TransportsView>> {
    let account_id = customer.account_id;
    let read = move |connection: &mut Connection| {
        invoices::get(connection, account_id, id)?;
        transports::list(connection, account_id, Source::Invoice(id), false)
    };
    let ways = state.db.read(read).await?;
    Ok(web::Json(TransportsView::of_account(ways, &customer.roles)))
}

/// Where a credit note went
///
/// By mail, by webhook to my endpoints, and as a file for an access point: state, attempts and when it arrived.
#[utoipa::path(tag = "invoices", operation_id = "listCreditNoteTransports", responses((status = 200, body = TransportsView)))]
#[get("/credit-notes/{id}/transports")]
pub async fn list_credit_note_transports(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<CreditNoteId>,
) -> Result<web::Json<TransportsView>> {
    let account_id = customer.account_id;
    let read = move |connection: &mut Connection| {
        credits::get(connection, account_id, id)?;
        transports::list(connection, account_id, Source::CreditNote(id), false)
    };
    let ways = state.db.read(read).await?;
    Ok(web::Json(TransportsView::of_account(ways, &customer.roles)))
}
