//! REST of reminders for accounts and partners.

use actix_web::{HttpResponse, get, web};
use serde::Deserialize;

use super::documents;
use super::sent::{self, Reminder};
use super::shapes::{ReminderHeadView, ReminderView};
use crate::db::changes::Followed;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{Limit, List, Page, Params, PathId, Pdf, Since};
use crate::identity::caller::{Customer, MayRead};
use crate::ids::{AccountId, ReminderId};
use crate::state::AppState;

/// Which reminders to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListReminders {
    /// Only what was added or changed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

pub(super) async fn page_of(
    state: &AppState,
    scope: Scope,
    account: Option<String>,
    page: Page,
) -> Result<web::Json<List<ReminderHeadView>>> {
    let asked = account.clone();
    let read = move |connection: &mut _, walk: crate::db::seek::Walk<ReminderId>, fetch| {
        sent::list(connection, scope, asked.as_deref(), walk, fetch)
    };
    let id = |reminder: &Reminder| reminder.own.id;
    let list = (Followed::in_scope("reminders", scope), &account);
    let list = page.list(&state.db, list, read, (id, id, ReminderHeadView::from));
    Ok(web::Json(list.await?))
}

/// Reminders that were sent to me
///
/// The newest first, without the invoices they name.
#[utoipa::path(tag = "invoices", operation_id = "listReminders", params(ListReminders), responses((status = 200, body = List<ReminderHeadView>)))]
#[get("/reminders")]
pub async fn list_reminders(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ListReminders>,
) -> Result<web::Json<List<ReminderHeadView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    page_of(&state, Scope::Account(customer.account_id), None, page).await
}

/// One reminder
#[utoipa::path(tag = "invoices", operation_id = "getReminder", responses((status = 200, body = ReminderView)))]
#[get("/reminders/{id}")]
pub async fn get_reminder(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<ReminderId>,
) -> Result<web::Json<ReminderView>> {
    let account_id = customer.account_id;
    let read = move |connection: &mut _| sent::get(connection, account_id, id);
    Ok(web::Json(ReminderView::new(state.db.read(read).await?)))
}

pub(super) async fn print(state: &AppState, account_id: AccountId, id: ReminderId) -> Result<HttpResponse> {
    let read = move |connection: &mut _| documents::reminder(connection, account_id, id);
    Ok(state.print(read).await?.into())
}

/// One reminder on paper
///
/// In the account's language.
#[utoipa::path(tag = "invoices", operation_id = "getReminderPdf", responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b"),
))]
#[get("/reminders/{id}/pdf")]
pub async fn get_reminder_pdf(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<ReminderId>,
) -> Result<HttpResponse> {
    print(&state, customer.account_id, id).await
}
