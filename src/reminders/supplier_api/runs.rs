//! REST of runs and of reminders that were sent, for supplier staff.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ReminderReason;
use crate::clock::now;
use crate::db::changes::Followed;
use crate::db::seek::{Scope, Walk};
use crate::error::Result;
use crate::http::{Body, IdempotencyKey, Limit, List, Page, Params, PathId, Pdf, Since, created};
use crate::identity::caller::{MayKeepBooks, MayReadDesk, Staff};
use crate::identity::idempotency;
use crate::ids::{ReminderId, ReminderRunId};
use crate::reminders::api::{page_of, print};
use crate::reminders::runs::{self, Run};
use crate::reminders::shapes::{ReminderHeadView, ReminderRunHeadView, ReminderRunView, ReminderView};
use crate::reminders::{releasing, sent};
use crate::state::AppState;

/// Of which day.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeReminders {
    /// The day whose lateness counts; today if left out, at most 31 days ago.
    as_of: Option<NaiveDate>,
}

/// Propose a run of reminders
///
/// Nobody is reminded before it is released. The same request with the same `Idempotency-Key` has one effect.
#[utoipa::path(tag = "supplier", operation_id = "proposeReminders", security(("bearer" = ["books.keep"])), request_body = ProposeReminders,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new run")),
    responses((status = 201, body = ReminderRunView, headers(("Location" = String, description = "Path of the run")))))]
#[post("/supplier/reminder-runs")]
pub async fn propose_reminders(
    state: Data<AppState>,
    staff: Staff<MayKeepBooks>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<ProposeReminders>,
) -> Result<HttpResponse> {
    let key = idempotency::Request::new(staff.person_id, "POST /api/v1/supplier/reminder-runs", key, &body)?;
    let actor = staff.actor();
    let propose = move |tx: &mut _| runs::propose(tx, &key, body.as_of, &actor, now());
    let (whole, replayed) = state.db.write(propose).await?;
    let path = format!("/api/v1/supplier/reminder-runs/{}", whole.run.id);
    Ok(created(Some(path), replayed, ReminderRunView::from(whole)))
}

/// Which runs to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListReminderRuns {
    /// Only what was added or changed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Runs of reminders
///
/// The newest first, without what they propose.
#[utoipa::path(tag = "supplier", operation_id = "listReminderRuns", params(ListReminderRuns), responses((status = 200, body = List<ReminderRunHeadView>)))]
#[get("/supplier/reminder-runs")]
pub async fn list_reminder_runs(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListReminderRuns>,
) -> Result<Json<List<ReminderRunHeadView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let read = move |connection: &mut _, walk: Walk<ReminderRunId>, fetch| runs::list(connection, walk, fetch);
    let id = |run: &Run| run.id;
    let list = (Followed::all("reminder_runs"), "reminder_runs");
    let list = page.list(&state.db, list, read, (id, id, ReminderRunHeadView::from));
    Ok(Json(list.await?))
}

/// One run of reminders
#[utoipa::path(tag = "supplier", operation_id = "getReminderRun", responses((status = 200, body = ReminderRunView)))]
#[get("/supplier/reminder-runs/{id}")]
pub async fn get_reminder_run(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ReminderRunId>,
) -> Result<Json<ReminderRunView>> {
    let whole = state.db.read(move |connection| runs::get(connection, id)).await?;
    Ok(Json(whole.into()))
}

/// What to take out of a run.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeOutOfRun {
    /// Code of the account.
    account: String,
    /// One of its invoices; the whole account if left out.
    invoice_id: Option<String>,
    /// 1 to 500 characters.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// Take an account or an invoice out of a run
#[utoipa::path(tag = "supplier", operation_id = "takeOutOfReminderRun", security(("bearer" = ["books.keep"])), request_body = TakeOutOfRun, responses(
    (status = 200, body = ReminderRunView),
    (status = 409, description = "It is released or dropped", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/reminder-runs/{id}/take-out")]
pub async fn take_out_of_reminder_run(
    state: Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<ReminderRunId>,
    Body(body): Body<TakeOutOfRun>,
) -> Result<Json<ReminderRunView>> {
    let actor = staff.actor();
    let invoice_id = body.invoice_id.map(|id| id.parse().ok());
    let write = move |tx: &mut _| runs::take_out(tx, id, (&body.account, invoice_id), &body.reason, &actor, now());
    Ok(Json(state.db.write(write).await?.into()))
}

/// Release a run of reminders
///
/// Everything is looked at again: who has paid meanwhile is left out, and the run says so. Each account gets one mail with all that
/// is open.
#[utoipa::path(tag = "supplier", operation_id = "releaseReminderRun", security(("bearer" = ["books.keep"])), responses(
    (status = 200, body = ReminderRunView),
    (status = 409, description = "It is released or dropped", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/reminder-runs/{id}/release")]
pub async fn release_reminder_run(
    state: Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<ReminderRunId>,
) -> Result<Json<ReminderRunView>> {
    let actor = staff.actor();
    let write = move |tx: &mut _| releasing::release(tx, id, &actor, now());
    Ok(Json(state.db.write(write).await?.into()))
}

/// Drop a run of reminders
///
/// Nobody is reminded by it.
#[utoipa::path(tag = "supplier", operation_id = "dropReminderRun", security(("bearer" = ["books.keep"])), responses(
    (status = 200, body = ReminderRunView),
    (status = 409, description = "It is released or dropped", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/reminder-runs/{id}/drop")]
pub async fn drop_reminder_run(
    state: Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<ReminderRunId>,
) -> Result<Json<ReminderRunView>> {
    let actor = staff.actor();
    let write = move |tx: &mut _| runs::drop(tx, id, &actor, now());
    Ok(Json(state.db.write(write).await?.into()))
}

/// Which reminders to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListSupplierReminders {
    /// Only of the account with this code.
    account: Option<String>,
    /// Only what was added or changed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Reminders that were sent to all accounts
///
/// The newest first, without the invoices they name.
#[utoipa::path(tag = "supplier", operation_id = "listSupplierReminders", params(ListSupplierReminders), responses((status = 200, body = List<ReminderHeadView>)))]
#[get("/supplier/reminders")]
pub async fn list_reminders(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListSupplierReminders>,
) -> Result<Json<List<ReminderHeadView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    page_of(&state, Scope::All, params.account, page).await
}

/// One reminder to any account
#[utoipa::path(tag = "supplier", operation_id = "getSupplierReminder", responses((status = 200, body = ReminderView)))]
#[get("/supplier/reminders/{id}")]
pub async fn get_reminder(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ReminderId>,
) -> Result<Json<ReminderView>> {
    let read = move |connection: &mut _| sent::get_for_staff(connection, id);
    Ok(Json(ReminderView::new(state.db.read(read).await?)))
}

/// One reminder to any account on paper
///
/// In the account's language.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierReminderPdf", responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b"),
))]
#[get("/supplier/reminders/{id}/pdf")]
pub async fn get_reminder_pdf(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ReminderId>,
) -> Result<HttpResponse> {
    let account_id = state
        .db
        .read(move |connection| sent::account_of(connection, id))
        .await?;
    print(&state, account_id, id).await
}

/// Give up fee and interest of a reminder
#[utoipa::path(tag = "supplier", operation_id = "waiveReminder", security(("bearer" = ["books.keep"])), request_body = ReminderReason, responses(
    (status = 200, body = ReminderView),
    (status = 409, description = "It costs nothing, or no more", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/reminders/{id}/waive")]
pub async fn waive_reminder(
    state: Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<ReminderId>,
    Body(body): Body<ReminderReason>,
) -> Result<Json<ReminderView>> {
    let actor = staff.actor();
    let write = move |tx: &mut _| sent::waive(tx, id, &body.reason, &actor, now());
    Ok(Json(ReminderView::new(state.db.write(write).await?)))
}
