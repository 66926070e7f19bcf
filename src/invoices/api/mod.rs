//! REST of invoices and the statement for accounts and partners.

pub(super) mod view;

use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use serde::Deserialize;

use self::view::{InvoiceHeadView, InvoiceView, StatementView};
use super::rules::{Invoice, State};
use super::statement::{self, After, Period};
use super::{Filter, documents};
use crate::accounts;
use crate::clock::{day_in, now};
use crate::error::{Code, Error, Result};
use crate::http::{Limit, List, Page, Params, PathId, Pdf};
use crate::identity::caller::{Customer, MayRead};
use crate::ids::{AccountId, InvoiceId, OrderId};
use crate::invoices::sentences;
use crate::sentences::no_order_id;
use crate::state::AppState;

/// Which invoices to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListInvoices {
    /// Only `open`, `part_paid` or `paid` ones.
    state: Option<String>,
    /// Only of this order.
    order_id: Option<String>,
    /// True: only those that are late.
    overdue: Option<bool>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

impl ListInvoices {
    /// The page and the filter it asks for on the day `today`.
    pub(super) fn into_page(self, today: NaiveDate) -> Result<(Page, Filter)> {
        let state = match self.state.as_deref() {
            None => None,
            Some(name) => Some(State::from_name(name).ok_or_else(|| {
                let detail = sentences::no_invoice_state(name);
                Error::invalid("/state", Code::ValueInvalid, detail)
            })?),
        };
        let order_id = self.order_id.map(|text| {
            let ill_formed = |_| Error::invalid("/order_id", Code::ValueInvalid, no_order_id(&text));
            text.parse::<OrderId>().map_err(ill_formed)
        });
        let filter = Filter {
            state: state.map(State::name),
            order_id: order_id.transpose()?,
            overdue_on: (self.overdue == Some(true)).then_some(today),
            text: None,
        };
        Ok((Page::new(self.limit, self.cursor), filter))
    }
}

/// My invoices
///
/// The newest first, without lines and tax table.
#[utoipa::path(tag = "invoices", operation_id = "listInvoices", params(ListInvoices), responses((status = 200, body = List<InvoiceHeadView>)))]
#[get("/invoices")]
pub async fn list_invoices(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ListInvoices>,
) -> Result<web::Json<List<InvoiceHeadView>>> {
    let zone = state.db.read(accounts::supplier_zone).await?;
    let (page, filter) = params.into_page(day_in(zone, now()))?;
    let after: Option<i64> = page.after(&filter)?;
    let (account_id, fetch, asked) = (customer.account_id, page.fetch(), filter.clone());
    let invoices = state
        .db
        .read(move |connection| super::list(connection, account_id, &asked, after.map(InvoiceId), fetch))
        .await?;
    let keys = |invoice: &Invoice| invoice.id.0;
    Ok(web::Json(List::of(
        &page,
        &filter,
        invoices,
        keys,
        InvoiceHeadView::from,
    )?))
}

/// One invoice
#[utoipa::path(tag = "invoices", operation_id = "getInvoice", responses((status = 200, body = InvoiceView)))]
#[get("/invoices/{id}")]
pub async fn get_invoice(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<InvoiceId>,
) -> Result<web::Json<InvoiceView>> {
    let account_id = customer.account_id;
    let invoice = state
        .db
        .read(move |connection| super::get(connection, account_id, id))
        .await?;
    Ok(web::Json(InvoiceView::from(invoice)))
}

/// Prints an invoice of the account.
pub(super) async fn print_invoice(state: &AppState, account_id: AccountId, id: InvoiceId) -> Result<HttpResponse> {
    let paper = state
        .db
        .read(move |connection| documents::invoice(connection, account_id, id))
        .await?;
    let file_name = paper.file_name();
    let bytes = state.press.print(paper).await?;
    Ok(Pdf { file_name, bytes }.into())
}

/// One invoice on paper
///
/// In the account's language.
#[utoipa::path(tag = "invoices", operation_id = "getInvoicePdf", responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b"),
))]
#[get("/invoices/{id}/pdf")]
pub async fn get_invoice_pdf(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<InvoiceId>,
) -> Result<HttpResponse> {
    print_invoice(&state, customer.account_id, id).await
}

/// Which part of the statement.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ShowStatement {
    /// First day; the account's first if left out.
    from: Option<NaiveDate>,
    /// Last day; today if left out.
    to: Option<NaiveDate>,
    /// Entries of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Reads a page of an account's statement.
pub(super) async fn read_statement(
    state: &AppState,
    account_id: AccountId,
    params: ShowStatement,
) -> Result<StatementView> {
    let period = Period {
        from: params.from,
        to: params.to,
    };
    let page = Page::new(params.limit, params.cursor);
    let after: Option<After> = page.after(&(account_id, period))?;
    let fetch = page.fetch();
    let statement = state
        .db
        .read(move |connection| statement::load(connection, account_id, period, after, fetch, now()))
        .await?;
    StatementView::new(statement, &page, &(account_id, period))
}

/// My statement
///
/// What the account owed, what changed that in the order it was booked, what it owes now and how late that is.
#[utoipa::path(tag = "invoices", operation_id = "getStatement", params(ShowStatement), responses((status = 200, body = StatementView)))]
#[get("/account/statement")]
pub async fn show_statement(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ShowStatement>,
) -> Result<web::Json<StatementView>> {
    Ok(web::Json(read_statement(&state, customer.account_id, params).await?))
}
