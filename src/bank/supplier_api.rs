//! REST of what banks tell, for supplier staff.

use actix_web::{HttpResponse, get, post, web};
use chrono::NaiveDate;
use serde::Deserialize;

use super::deciding::{self, Booking};
use super::importing;
use super::reading::csv::{DayOrder, Mapping};
use super::reading::{self};
use super::rules::State;
use super::shapes::{BankEntryView, BankImportView, BankStatementView};
use super::{Counted, EntryFilter, Movement, sentences};
use crate::audit::Actor;
use crate::clock::{Days, now};
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::error::{Code, Error, Result};
use crate::http::{Body, Limit, List, OptionalBody, Page, Params, PathId, Since, Upload, filled};
use crate::identity::caller::{MayKeepBooks, MayReadDesk, Staff};
use crate::ids::{BankEntryId, BankStatementId};
use crate::invoices::payments::shapes::AllocatePayment;
use crate::invoices::payments::shares::Allocation;
use crate::sheets::numbers::NumberStyle;
use crate::state::AppState;

/// A file of a bank.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "only described")]
pub struct BankStatementForm {
    /// camt.053 or camt.054 (versions 02, 04, 08), MT940, or a list (CSV); 32 MB at most. Which it is is told by its content.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// Of a list: what its columns are, a pair each, `booked_on=Buchungstag; amount=Betrag`. The guide names what a column may be.
    columns: Option<String>,
    /// Of a list: the bank account that it is of.
    bank_account: Option<String>,
    /// Of a list without a column for it.
    currency: Option<String>,
    /// Of a list: its decimal sign, where the list doesn't show it.
    #[schema(value_type = Option<NumberStyle>)]
    numbers: Option<NumberStyle>,
    /// Of a list: the order of its days, where the list doesn't show it.
    #[schema(value_type = Option<DayOrder>)]
    days: Option<DayOrder>,
}

/// Reads a form with a file and takes it in.
pub(in crate::bank) async fn take(state: &AppState, form: Upload, actor: Actor) -> Result<(Vec<Counted>, bool)> {
    let received = form.receive(reading::BYTES_MAX).await?;
    if received.is_too_large {
        let detail = sentences::bank_file_too_large(reading::BYTES_MAX / 1024 / 1024);
        return Err(Error::invalid("/file", Code::PayloadTooLarge, detail));
    }
    let mapping = Mapping {
        account: received.get("bank_account").to_owned(),
        currency: received.get("currency").to_owned(),
        columns: received.get("columns").to_owned(),
        numbers: one_of(
            "/numbers",
            received.get("numbers"),
            NumberStyle::NAMES,
            NumberStyle::from_name,
        )?,
        days: one_of("/days", received.get("days"), DayOrder::NAMES, DayOrder::from_name)?,
    };
    let file = received
        .files
        .into_iter()
        .find(|file| file.field == "file" && !file.name.is_empty());
    let missing = || Error::invalid("/file", Code::Required, sentences::bank_file_missing());
    let file = file.ok_or_else(missing)?;
    let read = move || importing::read(&file.name, &file.bytes, &mapping);
    let file = state.uploads.run(read).await?;
    let write = move |tx: &mut Connection| importing::import(tx, &file, &actor, now());
    state.db.write(write).await
}

fn one_of<T>(place: &str, name: &str, names: &[&str], read: impl Fn(&str) -> Option<T>) -> Result<Option<T>> {
    if name.is_empty() {
        return Ok(None);
    }
    let unknown = || Error::invalid(place, Code::ValueInvalid, crate::sheets::sentences::give_one_of(names));
    read(name).map(Some).ok_or_else(unknown)
}

/// Take in a file of a bank
///
/// What is sure is booked as payments at once; the rest waits as entries `proposed` or `unknown`. The same file, or the same entry in
/// another file, changes nothing. A file whose balances and entries don't add up is refused.
#[utoipa::path(tag = "supplier", operation_id = "importBankStatement", security(("bearer" = ["books.keep"])),
    request_body(content = BankStatementForm, content_type = "multipart/form-data"),
    responses((status = 201, body = BankImportView, description = "Its statements")))]
#[post("/supplier/bank-statements")]
pub async fn import_statement(
    state: web::Data<AppState>,
    staff: Staff<MayKeepBooks>,
    form: Upload,
) -> Result<HttpResponse> {
    let (statements, is_known) = take(&state, form, staff.actor()).await?;
    Ok(HttpResponse::Created().json(BankImportView::new(statements, is_known)))
}

/// Which statements to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListBankStatements {
    /// Only those taken in on this day or later.
    from: Option<NaiveDate>,
    /// Only those taken in on this day or before.
    to: Option<NaiveDate>,
    /// Only what was added, changed or removed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Statements of banks
///
/// The newest first.
#[utoipa::path(tag = "supplier", operation_id = "listBankStatements", params(ListBankStatements), responses((status = 200, body = List<BankStatementView>)))]
#[get("/supplier/bank-statements")]
pub async fn list_statements(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListBankStatements>,
) -> Result<web::Json<List<BankStatementView>>> {
    let days = Days {
        from: params.from,
        to: params.to,
    };
    let read = move |connection: &mut _, walk, fetch| super::list_statements(connection, days, walk, fetch);
    let id = |one: &Counted| one.row.id;
    let filter = ("bank-statements", days);
    let list = (Followed::all("bank_statements"), &filter);
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    Ok(web::Json(
        page.list(&state.db, list, read, (id, id, BankStatementView::from))
            .await?,
    ))
}

/// One statement of a bank
#[utoipa::path(tag = "supplier", operation_id = "getBankStatement", responses((status = 200, body = BankStatementView)))]
#[get("/supplier/bank-statements/{id}")]
pub async fn get_statement(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<BankStatementId>,
) -> Result<web::Json<BankStatementView>> {
    let one = state
        .db
        .read(move |connection| super::get_statement(connection, id))
        .await?;
    Ok(web::Json(one.into()))
}

/// Which entries to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListBankEntries {
    /// Only those in this state.
    #[param(inline)]
    state: Option<State>,
    /// Only those that are, or may be, of the account with this code.
    account: Option<String>,
    /// Only those of this statement.
    statement_id: Option<String>,
    /// Only those in which this is found: a part of what the payer wrote, of their name or their IBAN.
    q: Option<String>,
    /// Only those booked by the bank on this day or later.
    from: Option<NaiveDate>,
    /// Only those booked by the bank on this day or before.
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

/// Entries of banks
///
/// The newest first. `state=proposed` and `state=unknown` are those that wait for somebody.
#[utoipa::path(tag = "supplier", operation_id = "listBankEntries", params(ListBankEntries), responses((status = 200, body = List<BankEntryView>)))]
#[get("/supplier/bank-entries")]
pub async fn list_entries(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListBankEntries>,
) -> Result<web::Json<List<BankEntryView>>> {
    let statement_id = params.statement_id.as_deref().map(|id| id.parse().ok());
    let filter = EntryFilter {
        states: params.state.into_iter().collect(),
        account: params.account,
        // No statement has an ill-formed id.
        statement_id: statement_id.map(|id: Option<BankStatementId>| id.unwrap_or(BankStatementId(0))),
        text: filled(params.q),
        from: params.from,
        to: params.to,
    };
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let asked = filter.clone();
    let read = move |connection: &mut _, walk, fetch| super::list_entries(connection, &asked, walk, fetch);
    let id = |one: &Movement| one.row.own.id;
    let list = (Followed::all("bank_entries"), &filter);
    Ok(web::Json(
        page.list(&state.db, list, read, (id, id, BankEntryView::from)).await?,
    ))
}

/// One entry of a bank
#[utoipa::path(tag = "supplier", operation_id = "getBankEntry", responses((status = 200, body = BankEntryView)))]
#[get("/supplier/bank-entries/{id}")]
pub async fn get_entry(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<BankEntryId>,
) -> Result<web::Json<BankEntryView>> {
    let one = state
        .db
        .read(move |connection| super::get_entry(connection, id))
        .await?;
    Ok(web::Json(one.into()))
}

/// What an entry is; what is proposed where nothing is said.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BookBankEntry {
    /// Code of the account; with no invoices the money stays on account.
    account: Option<String>,
    /// The invoices that it pays, the first first; what is left over stays on account.
    #[schema(max_items = 200)]
    invoice_ids: Option<Vec<String>>,
    /// Instead of `invoice_ids`: what of it is for which invoice.
    #[schema(max_items = 200)]
    #[serde(default)]
    allocations: Vec<AllocatePayment>,
    /// Where it takes money back: the payment that it was. Any entry that went out may name one.
    payment_id: Option<String>,
    /// Of an entry that went out: the refund that it is. With an account alone the refund is booked now.
    refund_id: Option<String>,
}

/// Book an entry
///
/// As proposed with an empty body; else for an account, or for invoices. It becomes a payment, or takes one back.
#[utoipa::path(tag = "supplier", operation_id = "bookBankEntry", security(("bearer" = ["books.keep"])), request_body = Option<BookBankEntry>, responses(
    (status = 200, body = BankEntryView),
    (status = 409, description = "It does not wait", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/bank-entries/{id}/book")]
pub async fn book_entry(
    state: web::Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<BankEntryId>,
    OptionalBody(body): OptionalBody<BookBankEntry>,
) -> Result<web::Json<BankEntryView>> {
    let actor = staff.actor();
    let ids = |ids: Vec<String>| ids.iter().map(|id| id.parse().ok()).collect();
    let booking = Booking {
        account: body.account,
        invoice_ids: body.invoice_ids.map(ids),
        allocations: body.allocations.into_iter().map(Allocation::from).collect(),
        payment_id: body.payment_id.map(|id| id.parse().ok()),
        refund_id: body.refund_id.map(|id| id.parse().ok()),
    };
    let write = move |tx: &mut Connection| deciding::book(tx, id, &booking, &actor, now());
    Ok(web::Json(state.db.write(write).await?.into()))
}

/// Why.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhyBankEntry {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// Say that an entry is no payment of an account
#[utoipa::path(tag = "supplier", operation_id = "ignoreBankEntry", security(("bearer" = ["books.keep"])), request_body = WhyBankEntry, responses(
    (status = 200, body = BankEntryView),
    (status = 409, description = "It does not wait", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/bank-entries/{id}/ignore")]
pub async fn ignore_entry(
    state: web::Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<BankEntryId>,
    Body(body): Body<WhyBankEntry>,
) -> Result<web::Json<BankEntryView>> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| deciding::ignore(tx, id, &body.reason, &actor, now());
    Ok(web::Json(state.db.write(write).await?.into()))
}

/// Look at an entry again
///
/// The payment that it became is taken back, if that was not done before; an entry that took a payment back stays as it is,
/// and so do money that the bank took back and a sum whose parts another file told.
#[utoipa::path(tag = "supplier", operation_id = "reopenBankEntry", security(("bearer" = ["books.keep"])), request_body = WhyBankEntry, responses(
    (status = 200, body = BankEntryView),
    (status = 409, description = "It waits, took a payment back, was taken back, or its parts are told", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/bank-entries/{id}/reopen")]
pub async fn reopen_entry(
    state: web::Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<BankEntryId>,
    Body(body): Body<WhyBankEntry>,
) -> Result<web::Json<BankEntryView>> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| deciding::reopen(tx, id, &body.reason, &actor, now());
    Ok(web::Json(state.db.write(write).await?.into()))
}
