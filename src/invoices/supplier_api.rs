//! REST of invoices for supplier staff.

use actix_web::{HttpResponse, get, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::api::shapes::{InvoiceHeadView, InvoiceView};
use super::api::statements::StatementView;
use super::api::{Asked, PrintStatement, ShowStatement, csv_of, export_of, page_of, print_invoice, read_statement};
use super::einvoice::api::ByCiiProfile;
use super::rules::State;
use super::rules::listing::View;
use super::{Filter, Sort, documents, statement};
use crate::accounts;
use crate::clock::now;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{
    Body, Csv, ExportOfAccount, IdempotencyKey, Limit, List, Page, Params, PathId, Pdf, Since, created, filled,
};
use crate::identity::caller::{MayKeepBooks, MayReadDesk, Staff};
use crate::identity::idempotency;
use crate::ids::{AccountId, InvoiceId};
use crate::problem::Warning;
use crate::state::AppState;

/// What to invoice.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueInvoice {
    /// A shipment that is not invoiced yet.
    shipment_id: String,
}

/// Issue an invoice
///
/// Of one shipment. Numbers have no gaps; an issued invoice never changes. The same request with the same
/// `Idempotency-Key` has one effect.
#[utoipa::path(tag = "supplier", operation_id = "issueInvoice", security(("bearer" = ["books.keep"])), request_body = IssueInvoice,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new invoice")),
    responses(
        (status = 201, body = IssuedView, headers(("Location" = String, description = "Path of the invoice"))),
        (status = 409, description = "The shipment is invoiced, or the supplier has no country or tax rate", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/invoices")]
pub async fn issue_invoice(
    state: web::Data<AppState>,
    staff: Staff<MayKeepBooks>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<IssueInvoice>,
) -> Result<HttpResponse> {
    let key = idempotency::Request::new(staff.person_id, "POST /api/v1/supplier/invoices", key, &body)?;
    let (actor, shipment_id) = (staff.actor(), body.shipment_id.parse().ok());
    let (invoice, replayed) = state
        .db
        .write(move |tx| super::issue(tx, &key, shipment_id, &actor, now()))
        .await?;
    let path = format!("/api/v1/supplier/invoices/{}", invoice.id);
    let warnings = documents::warning(&state.press, invoice.clone());
    let issued = IssuedView {
        warnings: warnings.iter().map(Warning::from).collect(),
        invoice: InvoiceView::from(invoice),
    };
    Ok(created(Some(path), replayed, issued))
}

/// An invoice that was issued.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct IssuedView {
    #[serde(flatten)]
    invoice: InvoiceView,
    /// `no_font`: letters that its paper can't show.
    warnings: Vec<Warning>,
}

/// Which invoices to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListSupplierInvoices {
    /// Only those of this view; `all` if left out.
    #[param(inline)]
    view: Option<View>,
    /// Only those that are paid so far.
    #[param(inline)]
    state: Option<State>,
    /// Only of the account with this code.
    account: Option<String>,
    /// Only of this order.
    order_id: Option<String>,
    /// True: only those that are late.
    overdue: Option<bool>,
    /// Only those in which this is found: their order's number, or a part of their number, of the
    /// purchase order number, of the account's name or code.
    q: Option<String>,
    /// Only those issued on this day of the supplier or later.
    from: Option<NaiveDate>,
    /// Only those issued on this day of the supplier or before.
    to: Option<NaiveDate>,
    /// `newest` if left out; by the day they are due only what is not paid.
    #[param(inline)]
    sort: Option<Sort>,
    /// Only what was added, changed or removed at this moment or later; `sort` has no effect then.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Invoices of all accounts
///
/// Without lines and tax table.
#[utoipa::path(tag = "supplier", operation_id = "listSupplierInvoices", params(ListSupplierInvoices), responses((status = 200, body = List<InvoiceHeadView>)))]
#[get("/supplier/invoices")]
pub async fn list_invoices(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListSupplierInvoices>,
) -> Result<web::Json<List<InvoiceHeadView>>> {
    let filter = Filter {
        state: params.state,
        account: params.account,
        text: filled(params.q),
        from: params.from,
        to: params.to,
        ..Filter::default()
    };
    let asked = Asked {
        view: params.view,
        order_id: params.order_id,
        overdue: params.overdue,
        sort: params.sort,
        page: Page::new(params.limit, params.cursor).since(params.updated_since),
    };
    page_of(&state, Scope::All, filter, asked).await
}

/// One invoice of any account
#[utoipa::path(tag = "supplier", operation_id = "getSupplierInvoice", responses((status = 200, body = InvoiceView)))]
#[get("/supplier/invoices/{id}")]
pub async fn get_invoice(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<InvoiceId>,
) -> Result<web::Json<InvoiceView>> {
    let invoice = state
        .db
        .read(move |connection| super::get_for_staff(connection, id))
        .await?;
    Ok(web::Json(InvoiceView::from(invoice)))
}

/// One invoice of any account on paper
///
/// In the account's language.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierInvoicePdf", params(ByCiiProfile), responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b"),
))]
#[get("/supplier/invoices/{id}/pdf")]
pub async fn get_invoice_pdf(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<InvoiceId>,
    _profile: Params<ByCiiProfile>,
) -> Result<HttpResponse> {
    let owner = state
        .db
        .read(move |connection| super::account_of(connection, id))
        .await?;
    print_invoice(&state, owner, id).await
}

/// The statement of an account
#[utoipa::path(tag = "supplier", operation_id = "getSupplierStatement", params(ShowStatement), responses((status = 200, body = StatementView)))]
#[get("/supplier/accounts/{id}/statement")]
pub async fn show_statement(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<AccountId>,
    Params(params): Params<ShowStatement>,
) -> Result<web::Json<StatementView>> {
    state.db.read(move |connection| accounts::get(connection, id)).await?;
    Ok(web::Json(read_statement(&state, id, params).await?))
}

/// The statement of an account on paper
///
/// In the account's language, at most 5,000 entries.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierStatementPdf", params(PrintStatement), responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b"),
))]
#[get("/supplier/accounts/{id}/statement/pdf")]
pub async fn print_statement(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<AccountId>,
    Params(params): Params<PrintStatement>,
) -> Result<HttpResponse> {
    let period = params.into();
    let read = move |connection: &mut _| statement::documents::statement(connection, id, period, now());
    Ok(state.print(read).await?.into())
}

/// The statement of an account as CSV
///
/// Its entries, each with what was owed after it, at most 10,000. Columns are called as in JSON.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierStatementCsv", params(PrintStatement), responses(
    (status = 200, body = Csv, content_type = "text/csv", description = "The entries, in UTF-8 with a byte order mark"),
))]
#[get("/supplier/accounts/{id}/statement/csv")]
pub async fn take_statement_csv(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<AccountId>,
    Params(params): Params<PrintStatement>,
) -> Result<HttpResponse> {
    csv_of(&state, id, params.into()).await
}

/// A letter that asks an account to confirm its balance
///
/// In the account's language, with what changed the balance in the period, at most 5,000 entries. The period ends today or before.
#[utoipa::path(tag = "supplier", operation_id = "getBalanceConfirmationPdf", params(PrintStatement), responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b"),
))]
#[get("/supplier/accounts/{id}/balance-confirmation/pdf")]
pub async fn print_confirmation(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<AccountId>,
    Params(params): Params<PrintStatement>,
) -> Result<HttpResponse> {
    let period = params.into();
    let read = move |connection: &mut _| statement::documents::confirmation(connection, id, period, now());
    Ok(state.print(read).await?.into())
}

/// All invoices
///
/// Of all accounts with lines and tax table, the oldest first, an object a line. Behind every 20 stands a line `{"cursor":"…"}`: whoever
/// was cut off goes on there by `after`. The last line is `{"end":true,…}` with the number of invoices.
#[utoipa::path(tag = "supplier", operation_id = "exportSupplierInvoices", params(ExportOfAccount), responses(
    (status = 200, body = InvoiceView, content_type = "application/x-ndjson", description = "The invoices"),
))]
#[get("/supplier/export/invoices")]
pub async fn export_invoices(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ExportOfAccount>,
) -> Result<HttpResponse> {
    let scope = accounts::scope_of(&state.db, params.account.clone()).await?;
    export_of(&state, "export-supplier-invoices", scope, &params.since()).await
}
