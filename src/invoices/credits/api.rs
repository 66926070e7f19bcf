//! REST of credit notes for accounts and partners.

use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use serde::Deserialize;

use super::shapes::{CreditNoteHeadView, CreditNoteView};
use super::{CreditNote, Filter};
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::db::seek::Scope;
use crate::error::{Code, Error, Result};
use crate::http::{Limit, List, Page, Params, PathId, Pdf, Since, filled};
use crate::identity::caller::{Customer, MayRead};
use crate::ids::{AccountId, CreditNoteId};
use crate::invoices::credits::sentences;
use crate::invoices::einvoice;
use crate::invoices::einvoice::api::ByCiiProfile;
use crate::state::AppState;

/// Which credit notes to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListCreditNotes {
    /// Only of this invoice.
    invoice_id: Option<String>,
    /// True: only those of which something has settled no invoice.
    unmatched: Option<bool>,
    /// Only those in which this is found: a part of their number, their invoice's or your purchase order number.
    q: Option<String>,
    /// Only those issued on this day of the supplier or later.
    from: Option<NaiveDate>,
    /// Only those issued on this day of the supplier or before.
    to: Option<NaiveDate>,
    /// Only what was added or changed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A page of the list: of `filter`, of the invoice if one is named.
pub(super) async fn page_of(
    state: &AppState,
    scope: Scope,
    filter: Filter,
    invoice_id: Option<String>,
    page: Page,
) -> Result<web::Json<List<CreditNoteHeadView>>> {
    let ill_formed = |_| Error::invalid("/invoice_id", Code::ValueInvalid, sentences::no_invoice_to_credit());
    let invoice_id = invoice_id.map(|id| id.parse().map_err(ill_formed)).transpose()?;
    let filter = Filter { invoice_id, ..filter };
    let asked = filter.clone();
    let read = move |connection: &mut _, walk, fetch| super::list(connection, scope, &asked, walk, fetch);
    let id = |credit: &CreditNote| credit.id;
    let list = (Followed::in_scope("credit_notes", scope), &filter);
    let list = page.list(&state.db, list, read, (id, id, CreditNoteHeadView::from));
    Ok(web::Json(list.await?))
}

/// My credit notes
///
/// The newest first, without lines and tax table.
#[utoipa::path(tag = "invoices", operation_id = "listCreditNotes", params(ListCreditNotes), responses((status = 200, body = List<CreditNoteHeadView>)))]
#[get("/credit-notes")]
pub async fn list_credit_notes(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ListCreditNotes>,
) -> Result<web::Json<List<CreditNoteHeadView>>> {
    let filter = Filter {
        is_open: params.unmatched == Some(true),
        text: filled(params.q),
        from: params.from,
        to: params.to,
        ..Filter::default()
    };
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    page_of(
        &state,
        Scope::Account(customer.account_id),
        filter,
        params.invoice_id,
        page,
    )
    .await
}

pub(super) fn view(connection: &mut Connection, account_id: AccountId, id: CreditNoteId) -> Result<CreditNoteView> {
    let credit = super::get(connection, account_id, id)?;
    let applied = super::applied(connection, &credit)?;
    Ok(CreditNoteView::new(credit, applied))
}

/// One credit note
#[utoipa::path(tag = "invoices", operation_id = "getCreditNote", responses((status = 200, body = CreditNoteView)))]
#[get("/credit-notes/{id}")]
pub async fn get_credit_note(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<CreditNoteId>,
) -> Result<web::Json<CreditNoteView>> {
    let account_id = customer.account_id;
    let read = move |connection: &mut _| view(connection, account_id, id);
    Ok(web::Json(state.db.read(read).await?))
}

pub(super) async fn print(state: &AppState, account_id: AccountId, id: CreditNoteId) -> Result<HttpResponse> {
    let read = move |connection: &mut _| einvoice::paper(connection, account_id, einvoice::Source::CreditNote(id));
    Ok(state.print(read).await?.into())
}

/// One credit note on paper
///
/// In the account's language.
#[utoipa::path(tag = "invoices", operation_id = "getCreditNotePdf", params(ByCiiProfile), responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b; Factur-X (EN 16931) where it says all that is asked there"),
))]
#[get("/credit-notes/{id}/pdf")]
pub async fn get_credit_note_pdf(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<CreditNoteId>,
    _profile: Params<ByCiiProfile>,
) -> Result<HttpResponse> {
    print(&state, customer.account_id, id).await
}
