//! REST of policies: when which reminder goes out, and what the worker does by itself.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post, put};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::accounts::rules::Tier;
use crate::clock::now;
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::{Body, IfMatch, Limit, List, Page, Params, PathId, Since, etag};
use crate::identity::caller::{MayKeepBooks, MayReadDesk, Staff};
use crate::ids::ReminderPolicyId;
use crate::reminders::policies::{self, NewPolicy, PolicyInput};
use crate::reminders::rules::{Automatic, Policy};
use crate::reminders::shapes::ReminderPolicyView;
use crate::reminders::{settings, tiers};
use crate::state::AppState;

/// Which policies to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListReminderPolicies {
    /// Only what was added or changed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Reminder policies
///
/// By code.
#[utoipa::path(tag = "supplier", operation_id = "listReminderPolicies", params(ListReminderPolicies), responses((status = 200, body = List<ReminderPolicyView>)))]
#[get("/supplier/reminder-policies")]
pub async fn list_reminder_policies(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListReminderPolicies>,
) -> Result<Json<List<ReminderPolicyView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let read = move |connection: &mut _, walk: Walk<String>, fetch| policies::list(connection, walk, fetch);
    let code = |policy: &Policy| policy.code.clone();
    let list = (Followed::all("reminder_policies"), "reminder_policies");
    let page = page.list(
        &state.db,
        list,
        read,
        (code, |policy| policy.id, ReminderPolicyView::from),
    );
    Ok(Json(page.await?))
}

fn answer(mut answer: actix_web::HttpResponseBuilder, policy: Policy) -> Result<HttpResponse> {
    let tag = etag(policies::version(&policy)?);
    Ok(answer.insert_header(tag).json(ReminderPolicyView::from(policy)))
}

/// Add a reminder policy
#[utoipa::path(tag = "supplier", operation_id = "addReminderPolicy", security(("bearer" = ["books.keep"])), request_body = NewPolicy, responses(
    (status = 201, body = ReminderPolicyView, headers(("Location" = String, description = "Path of the policy"), ("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/reminder-policies")]
pub async fn add_reminder_policy(
    state: Data<AppState>,
    staff: Staff<MayKeepBooks>,
    Body(new): Body<NewPolicy>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let add = move |tx: &mut _| policies::add(tx, &new, &actor, now());
    let policy = state.db.write(add).await?;
    let mut created = HttpResponse::Created();
    created.insert_header(("Location", format!("/api/v1/supplier/reminder-policies/{}", policy.id)));
    answer(created, policy)
}

/// One reminder policy
#[utoipa::path(tag = "supplier", operation_id = "getReminderPolicy", responses(
    (status = 200, body = ReminderPolicyView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/reminder-policies/{id}")]
pub async fn get_reminder_policy(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ReminderPolicyId>,
) -> Result<HttpResponse> {
    let policy = state.db.read(move |connection| policies::get(connection, id)).await?;
    answer(HttpResponse::Ok(), policy)
}

/// Change a reminder policy
///
/// All of it; its code stays. Reminders that were sent stay as they are.
#[utoipa::path(tag = "supplier", operation_id = "putReminderPolicy", security(("bearer" = ["books.keep"])), request_body = PolicyInput,
    params(("If-Match" = String, Header, description = "The ETag of the policy")),
    responses((status = 200, body = ReminderPolicyView, headers(("ETag" = String, description = "Of the new version")))))]
#[put("/supplier/reminder-policies/{id}")]
pub async fn put_reminder_policy(
    state: Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<ReminderPolicyId>,
    IfMatch(expected): IfMatch,
    Body(input): Body<PolicyInput>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let change = move |tx: &mut _| policies::change(tx, id, &expected, &input, &actor, now());
    answer(HttpResponse::Ok(), state.db.write(change).await?)
}

/// What is set for all reminders.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReminderSettings {
    /// Code of the policy of accounts that have none of their own; without one they are not reminded.
    #[schema(required)]
    default_policy: Option<String>,
    #[schema(inline)]
    automatic: Automatic,
    /// Policies of tiers, for accounts that have none of their own and none of the account above them; those that are not named
    /// keep theirs.
    #[serde(default)]
    tiers: Vec<TierPolicy>,
}

/// The policy of a tier.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TierPolicy {
    #[schema(inline)]
    tier: Tier,
    /// Code of its policy; null: the house's.
    #[schema(required)]
    policy: Option<String>,
}

fn read_settings(connection: &mut Connection) -> Result<ReminderSettings> {
    let (default_policy, automatic) = settings::get(connection)?;
    let tiers = tiers::list(connection)?.into_iter();
    Ok(ReminderSettings {
        default_policy,
        automatic,
        tiers: tiers.map(|(tier, policy)| TierPolicy { tier, policy }).collect(),
    })
}

/// What is set for all reminders
#[utoipa::path(tag = "supplier", operation_id = "getReminderSettings", responses((status = 200, body = ReminderSettings)))]
#[get("/supplier/reminder-settings")]
pub async fn get_reminder_settings(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
) -> Result<Json<ReminderSettings>> {
    Ok(Json(state.db.read(read_settings).await?))
}

/// Set how all reminders go
#[utoipa::path(tag = "supplier", operation_id = "putReminderSettings", security(("bearer" = ["books.keep"])), request_body = ReminderSettings, responses((status = 200, body = ReminderSettings)))]
#[put("/supplier/reminder-settings")]
pub async fn put_reminder_settings(
    state: Data<AppState>,
    staff: Staff<MayKeepBooks>,
    Body(body): Body<ReminderSettings>,
) -> Result<Json<ReminderSettings>> {
    let actor = staff.actor();
    let of_tiers: Vec<_> = body.tiers.into_iter().map(|one| (one.tier, one.policy)).collect();
    let set = move |tx: &mut Connection| {
        settings::set(tx, body.default_policy.as_deref(), body.automatic, &actor, now())?;
        tiers::set(tx, &of_tiers, &actor, now())?;
        read_settings(tx)
    };
    Ok(Json(state.db.write(set).await?))
}
