//! REST of credit notes for supplier staff.

use actix_web::{HttpResponse, get, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::api::{page_of, print, view};
use super::rules::{Asked, Reason, What};
use super::shapes::{CreditNoteHeadView, CreditNoteView};
use super::{CreditRequest, Filter, sentences};
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::{Code, Error, Result};
use crate::http::{Body, IdempotencyKey, Limit, List, OptionalBody, Page, Params, PathId, Pdf, Since, created, filled};
use crate::identity::caller::{MayKeepBooks, MayReadDesk, Staff};
use crate::identity::idempotency;
use crate::ids::CreditNoteId;
use crate::invoices::einvoice::api::ByCiiProfile;
use crate::kept::DecimalText;
use crate::state::AppState;

/// What to credit.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueCreditNote {
    invoice_id: String,
    #[schema(inline)]
    reason: Reason,
    /// What else is to be said on it; 500 characters at most.
    note: Option<String>,
    /// All that is left of the invoice if left out.
    lines: Option<Vec<CreditLineRequest>>,
}

/// What to credit of a line: so much of it, an amount, or, with neither, all that is left.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditLineRequest {
    /// The line's position on the invoice.
    position: i32,
    /// In the line's unit, at its price.
    #[schema(example = "2")]
    quantity: Option<DecimalText>,
    /// Without tax, for goods that stay where they are.
    #[schema(example = "12.50")]
    net: Option<DecimalText>,
}

impl IssueCreditNote {
    fn request(&self) -> Result<CreditRequest> {
        let asked = |(place, line): (usize, &CreditLineRequest)| {
            let what = match (&line.quantity, &line.net) {
                (None, None) => What::Rest,
                (Some(quantity), None) => What::Quantity(quantity.0.clone()),
                (None, Some(net)) => What::Net(net.0.clone()),
                (Some(_), Some(_)) => {
                    let detail = sentences::one_of_quantity_and_net(line.position);
                    return Err(Error::invalid(
                        format!("/lines/{place}/net"),
                        Code::ValueInvalid,
                        detail,
                    ));
                }
            };
            Ok(Asked {
                position: line.position,
                what,
            })
        };
        let lines = self.lines.as_ref();
        let lines = lines.map(|lines| lines.iter().enumerate().map(asked).collect());
        Ok(CreditRequest {
            invoice_id: self.invoice_id.parse().ok(),
            reason: self.reason,
            note: self.note.clone(),
            lines: lines.transpose()?,
            returned: None,
            rebate_id: None,
        })
    }
}

/// Issue a credit note
///
/// Of one invoice, at its prices and tax rates; never more than is left of it. It settles the invoice first, the rest stays
/// on account. Numbers have no gaps; an issued credit note never changes. The same request with the same `Idempotency-Key`
/// has one effect.
#[utoipa::path(tag = "supplier", operation_id = "issueCreditNote", security(("bearer" = ["books.keep"])), request_body = IssueCreditNote,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new credit note")),
    responses(
        (status = 201, body = CreditNoteView, headers(("Location" = String, description = "Path of the credit note"))),
        (status = 409, description = "Nothing is left of the invoice", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/credit-notes")]
pub async fn issue_credit_note(
    state: web::Data<AppState>,
    staff: Staff<MayKeepBooks>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<IssueCreditNote>,
) -> Result<HttpResponse> {
    let key = idempotency::Request::new(staff.person_id, "POST /api/v1/supplier/credit-notes", key, &body)?;
    let (actor, request) = (staff.actor(), body.request()?);
    let write = move |tx: &mut Connection| {
        let (credit, replayed) = super::issue(tx, &key, &request, &actor, now())?;
        let (id, applied) = (credit.id, super::applied(tx, &credit)?);
        Ok((CreditNoteView::new(credit, applied), id, replayed))
    };
    let (view, id, replayed) = state.db.write(write).await?;
    let path = format!("/api/v1/supplier/credit-notes/{id}");
    Ok(created(Some(path), replayed, view))
}

/// Which credit notes to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListSupplierCreditNotes {
    /// Only of the account with this code.
    account: Option<String>,
    /// Only of this invoice.
    invoice_id: Option<String>,
    /// True: only those of which something has settled no invoice.
    unmatched: Option<bool>,
    /// Only those in which this is found: a part of their number, their invoice's, the purchase order number, of the account's
    /// name or code.
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

/// Credit notes of all accounts
///
/// The newest first, without lines and tax table.
#[utoipa::path(tag = "supplier", operation_id = "listSupplierCreditNotes", params(ListSupplierCreditNotes), responses((status = 200, body = List<CreditNoteHeadView>)))]
#[get("/supplier/credit-notes")]
pub async fn list_credit_notes(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListSupplierCreditNotes>,
) -> Result<web::Json<List<CreditNoteHeadView>>> {
    let filter = Filter {
        account: params.account,
        is_open: params.unmatched == Some(true),
        text: filled(params.q),
        from: params.from,
        to: params.to,
        ..Filter::default()
    };
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    page_of(&state, Scope::All, filter, params.invoice_id, page).await
}

/// One credit note of any account
#[utoipa::path(tag = "supplier", operation_id = "getSupplierCreditNote", responses((status = 200, body = CreditNoteView)))]
#[get("/supplier/credit-notes/{id}")]
pub async fn get_credit_note(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<CreditNoteId>,
) -> Result<web::Json<CreditNoteView>> {
    let read = move |connection: &mut _| {
        let account_id = super::account_of(connection, id)?;
        view(connection, account_id, id)
    };
    Ok(web::Json(state.db.read(read).await?))
}

/// One credit note of any account on paper
///
/// In the account's language.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierCreditNotePdf", params(ByCiiProfile), responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b"),
))]
#[get("/supplier/credit-notes/{id}/pdf")]
pub async fn get_credit_note_pdf(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<CreditNoteId>,
    _profile: Params<ByCiiProfile>,
) -> Result<HttpResponse> {
    let account_id = state
        .db
        .read(move |connection| super::account_of(connection, id))
        .await?;
    print(&state, account_id, id).await
}

/// What to settle with a credit note.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplyCreditNote {
    /// An open invoice; the oldest ones if left out.
    invoice_id: Option<String>,
}

/// Settle invoices with what of a credit note is on account
///
/// The named invoice, else the oldest first. An empty body will do.
#[utoipa::path(tag = "supplier", operation_id = "applyCreditNote", security(("bearer" = ["books.keep"])), request_body = Option<ApplyCreditNote>, responses(
    (status = 200, body = CreditNoteView),
))]
#[post("/supplier/credit-notes/{id}/apply")]
pub async fn apply_credit_note(
    state: web::Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<CreditNoteId>,
    OptionalBody(body): OptionalBody<ApplyCreditNote>,
) -> Result<web::Json<CreditNoteView>> {
    let actor = staff.actor();
    let invoice_id = body.invoice_id.map(|id| id.parse().ok());
    let write = move |tx: &mut Connection| {
        let credit = super::apply(tx, id, invoice_id, &actor, now())?;
        let applied = super::applied(tx, &credit)?;
        Ok(CreditNoteView::new(credit, applied))
    };
    Ok(web::Json(state.db.write(write).await?))
}
