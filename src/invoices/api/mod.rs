//! REST of invoices and the statement for accounts and partners.

pub(super) mod shapes;
pub(super) mod statements;

use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use serde::Deserialize;

use self::shapes::{InvoiceHeadView, InvoiceView};
use self::statements::StatementView;
use super::einvoice::api::ByCiiProfile;
use super::rules::listing::View;
use super::rules::{Invoice, State};
use super::statement::{self, After, Period};
use super::{Filter, Keys, Sort, einvoice};
use crate::accounts;
use crate::clock::{day_in, now};
use crate::db::changes::Followed;
use crate::db::seek::Scope;
use crate::error::{Code, Error, Result};
use crate::http::{Csv, ExportSince, Limit, Lines, List, Page, Params, PathId, Pdf, Since, export, filled};
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
    /// Only those of this view; `all` if left out.
    #[param(inline)]
    view: Option<View>,
    /// Only those that are paid so far.
    #[param(inline)]
    state: Option<State>,
    /// Only of this order.
    order_id: Option<String>,
    /// True: only those that are late.
    overdue: Option<bool>,
    /// Only those in which this is found: their order's number, or a part of their number or of your
    /// purchase order number.
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

/// What of the parameters is told by more than their values.
pub(super) struct Asked {
    pub(super) view: Option<View>,
    pub(super) order_id: Option<String>,
    pub(super) overdue: Option<bool>,
    pub(super) sort: Option<Sort>,
    pub(super) page: Page,
}

/// A page of the list: of `filter` and what is asked.
pub(super) async fn page_of(
    state: &AppState,
    scope: Scope,
    filter: Filter,
    asked: Asked,
) -> Result<web::Json<List<InvoiceHeadView>>> {
    let zone = state.db.read(accounts::supplier_zone).await?;
    let today = day_in(zone, now());
    let of_view = match asked.overdue {
        Some(true) => View::Overdue,
        _ => asked.view.unwrap_or(View::All),
    }
    .filter(today);
    let order_id = asked.order_id.map(|text| {
        let ill_formed = |_| Error::invalid("/order_id", Code::ValueInvalid, no_order_id(&text));
        text.parse::<OrderId>().map_err(ill_formed)
    });
    let filter = Filter {
        state: filter.state.or(of_view.state),
        unpaid: of_view.unpaid,
        due_from: of_view.due_from,
        due_to: of_view.due_to,
        order_id: order_id.transpose()?,
        ..filter
    };
    let sort = asked.sort.unwrap_or_default();
    if sort.is_by_due() && !filter.is_unpaid() {
        let detail = sentences::due_sorts_unpaid();
        return Err(Error::invalid("/sort", Code::ValueInvalid, detail));
    }
    let page = asked.page;
    let sought = filter.clone();
    let read = move |connection: &mut _, walk, fetch| super::list(connection, scope, &sought, sort, walk, fetch);
    let id = |invoice: &Invoice| invoice.id;
    let list = (Followed::in_scope("invoices", scope), &(&filter, sort));
    let list = page.list(&state.db, list, read, (Keys::of, id, InvoiceHeadView::from));
    Ok(web::Json(list.await?))
}

/// My invoices
///
/// Without lines and tax table.
#[utoipa::path(tag = "invoices", operation_id = "listInvoices", params(ListInvoices), responses((status = 200, body = List<InvoiceHeadView>)))]
#[get("/invoices")]
pub async fn list_invoices(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ListInvoices>,
) -> Result<web::Json<List<InvoiceHeadView>>> {
    let filter = Filter {
        state: params.state,
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
    page_of(&state, Scope::Account(customer.account_id), filter, asked).await
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

pub(super) async fn print_invoice(state: &AppState, account_id: AccountId, id: InvoiceId) -> Result<HttpResponse> {
    let read = move |connection: &mut _| einvoice::paper(connection, account_id, einvoice::Source::Invoice(id));
    Ok(state.print(read).await?.into())
}

/// One invoice on paper
///
/// In the account's language.
#[utoipa::path(tag = "invoices", operation_id = "getInvoicePdf", params(ByCiiProfile), responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b; Factur-X (EN 16931) where it says all that is asked there"),
))]
#[get("/invoices/{id}/pdf")]
pub async fn get_invoice_pdf(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<InvoiceId>,
    _profile: Params<ByCiiProfile>,
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

/// Which period of the statement.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PrintStatement {
    /// First day; the account's first if left out.
    from: Option<NaiveDate>,
    /// Last day; today if left out.
    to: Option<NaiveDate>,
}

impl From<PrintStatement> for Period {
    fn from(params: PrintStatement) -> Self {
        Self {
            from: params.from,
            to: params.to,
        }
    }
}

/// My statement on paper
///
/// In the account's language, at most 5,000 entries.
#[utoipa::path(tag = "invoices", operation_id = "getStatementPdf", params(PrintStatement), responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b"),
))]
#[get("/account/statement/pdf")]
pub async fn print_statement(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<PrintStatement>,
) -> Result<HttpResponse> {
    let (account_id, period) = (customer.account_id, params.into());
    let read = move |connection: &mut _| statement::documents::statement(connection, account_id, period, now());
    Ok(state.print(read).await?.into())
}

pub(super) async fn csv_of(state: &AppState, account_id: AccountId, period: Period) -> Result<HttpResponse> {
    let read = move |connection: &mut _| statement::csv(connection, account_id, period, now());
    Ok(Csv::new("statement.csv".to_owned(), state.db.read(read).await?).into())
}

/// My statement as CSV
///
/// Its entries, each with what was owed after it, at most 10,000. Columns are called as in JSON.
#[utoipa::path(tag = "invoices", operation_id = "getStatementCsv", params(PrintStatement), responses(
    (status = 200, body = Csv, content_type = "text/csv", description = "The entries, in UTF-8 with a byte order mark"),
))]
#[get("/account/statement/csv")]
pub async fn take_statement_csv(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<PrintStatement>,
) -> Result<HttpResponse> {
    csv_of(&state, customer.account_id, params.into()).await
}

/// All my invoices
///
/// With lines and tax table, the oldest first, an object a line. Behind every 20 stands a line `{"cursor":"…"}`: whoever was cut off
/// goes on there by `after`. The last line is `{"end":true,…}` with the number of invoices.
#[utoipa::path(tag = "invoices", operation_id = "exportInvoices", params(ExportSince), responses(
    (status = 200, body = InvoiceView, content_type = "application/x-ndjson", description = "The invoices"),
))]
#[get("/export/invoices")]
pub async fn export_invoices(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ExportSince>,
) -> Result<HttpResponse> {
    let scope = Scope::Account(customer.account_id);
    export_of(&state, "export-invoices", scope, &params).await
}

/// All invoices of whom the scope is for.
pub(super) async fn export_of(
    state: &AppState,
    name: &str,
    scope: Scope,
    params: &ExportSince,
) -> Result<HttpResponse> {
    let read = move |connection: &mut _, walk, limit| {
        let invoices = super::list_whole(connection, scope, walk, limit)?.into_iter();
        let view = |invoice: Invoice| (invoice.id, invoice.id, InvoiceView::from(invoice));
        Ok(invoices.map(view).collect())
    };
    let list = (Followed::in_scope("invoices", scope), &(name, scope.account_id()));
    export(&state.db, list, params, Lines::Documents, read).await
}
