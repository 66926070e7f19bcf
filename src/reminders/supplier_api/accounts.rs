//! REST of what is set for an account, of disputes, and of orders that are held for what is owed.

use actix_web::web::{Data, Json};
use actix_web::{get, post, put};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ReminderReason;
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Body, PathId};
use crate::identity::caller::{MayKeepBooks, MayManageAccounts, MayReadDesk, Staff};
use crate::ids::{AccountId, InvoiceId};
use crate::reminders::shapes::{AccountRemindersView, OrderHoldView, OrderHoldsView};
use crate::reminders::{disputes, holds, settings};
use crate::state::AppState;

/// What is set for an account's reminders
#[utoipa::path(tag = "supplier", operation_id = "getAccountReminders", responses((status = 200, body = AccountRemindersView)))]
#[get("/supplier/accounts/{id}/reminder-settings")]
pub async fn get_account_reminders(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<AccountId>,
) -> Result<Json<AccountRemindersView>> {
    let own = state
        .db
        .read(move |connection| settings::of_account(connection, id))
        .await?;
    Ok(Json(own.into()))
}

/// How an account is reminded.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetAccountReminders {
    /// Code of its own policy; the house's if left out.
    policy: Option<String>,
    /// Why it is never reminded; it is if left out.
    #[schema(max_length = 500)]
    excluded: Option<String>,
}

/// Set how an account is reminded
#[utoipa::path(tag = "supplier", operation_id = "putAccountReminders", security(("bearer" = ["books.keep"])), request_body = SetAccountReminders, responses((status = 200, body = AccountRemindersView)))]
#[put("/supplier/accounts/{id}/reminder-settings")]
pub async fn put_account_reminders(
    state: Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<AccountId>,
    Body(body): Body<SetAccountReminders>,
) -> Result<Json<AccountRemindersView>> {
    let actor = staff.actor();
    let set = move |tx: &mut Connection| {
        let own = (body.policy.as_deref(), body.excluded.as_deref());
        settings::set_of_account(tx, id, own, &actor, now())
    };
    Ok(Json(state.db.write(set).await?.into()))
}

/// Until when an account's orders are not held, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StopHold {
    /// The last day; at most 180 days from today.
    until: NaiveDate,
    /// 1 to 500 characters.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// Keep an account's orders from being held
///
/// For what it owes, until a day. Those that are held for it go on.
#[utoipa::path(tag = "supplier", operation_id = "stopHold", security(("bearer" = ["accounts.manage"])), request_body = StopHold, responses((status = 200, body = AccountRemindersView)))]
#[post("/supplier/accounts/{id}/stop-hold")]
pub async fn stop_hold(
    state: Data<AppState>,
    staff: Staff<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
    Body(body): Body<StopHold>,
) -> Result<Json<AccountRemindersView>> {
    let actor = staff.actor();
    let stop = move |tx: &mut Connection| {
        holds::stop(tx, id, (body.until, &body.reason), &actor, now())?;
        settings::of_account(tx, id)
    };
    Ok(Json(state.db.write(stop).await?.into()))
}

/// Accounts whose orders are held for what they owe, or will be
#[utoipa::path(tag = "supplier", operation_id = "listOrderHolds", responses((status = 200, body = OrderHoldsView)))]
#[get("/supplier/order-holds")]
pub async fn list_order_holds(state: Data<AppState>, _staff: Staff<MayReadDesk>) -> Result<Json<OrderHoldsView>> {
    let found = state.db.read(|connection| holds::list(connection, now())).await?;
    let data = found.into_iter().map(OrderHoldView::from).collect();
    Ok(Json(OrderHoldsView { data }))
}

/// Whether an invoice is disputed.
#[derive(Debug, Serialize, ToSchema)]
pub struct DisputeView {
    invoice_id: String,
    disputed: bool,
    /// What somebody of the supplier said.
    #[schema(required)]
    reason: Option<String>,
    /// Of a claim about it that is neither rejected nor withdrawn nor made good yet.
    #[schema(required)]
    claim_number: Option<String>,
}

fn view(connection: &mut Connection, id: InvoiceId) -> Result<DisputeView> {
    let dispute = disputes::find(connection, id)?;
    let disputed = dispute.is_some();
    let (reason, claim_number) = dispute.map_or((None, None), |one| (one.reason, one.claim));
    Ok(DisputeView {
        invoice_id: id.to_string(),
        disputed,
        reason,
        claim_number,
    })
}

/// Say that an invoice is disputed
///
/// Nobody is reminded of it, and no order is held for it.
#[utoipa::path(tag = "supplier", operation_id = "disputeInvoice", security(("bearer" = ["books.keep"])), request_body = ReminderReason, responses(
    (status = 200, body = DisputeView),
    (status = 409, description = "It is disputed already", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/invoices/{id}/dispute")]
pub async fn dispute_invoice(
    state: Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<InvoiceId>,
    Body(body): Body<ReminderReason>,
) -> Result<Json<DisputeView>> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| {
        disputes::dispute(tx, id, &body.reason, &actor, now())?;
        view(tx, id)
    };
    Ok(Json(state.db.write(write).await?))
}

/// Say that an invoice is disputed no more
///
/// What a claim disputes is, until the claim is rejected, withdrawn or made good.
#[utoipa::path(tag = "supplier", operation_id = "undisputeInvoice", security(("bearer" = ["books.keep"])), request_body = ReminderReason, responses(
    (status = 200, body = DisputeView),
    (status = 409, description = "It is not disputed, or by a claim alone", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/invoices/{id}/undispute")]
pub async fn undispute_invoice(
    state: Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<InvoiceId>,
    Body(body): Body<ReminderReason>,
) -> Result<Json<DisputeView>> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| {
        disputes::settle(tx, id, &body.reason, &actor, now())?;
        view(tx, id)
    };
    Ok(Json(state.db.write(write).await?))
}
