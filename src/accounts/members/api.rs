//! REST: the members of my account.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, Responder, delete, get, patch};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::members::{self, Authority, ChangeMember, Manager};
use crate::accounts::rules::Member;
use crate::clock::{self, rfc3339};
use crate::db::changes::Followed;
use crate::error::Result;
use crate::http::{Body, FollowedPage, IfMatch, List, Params, PathId, etag, tag};
use crate::identity::caller::{Access, Confirmed, Customer, MayManage};
use crate::identity::rules::AccountRole;
use crate::ids::PersonId;
use crate::state::AppState;

impl Customer<MayManage> {
    /// For what changes the account's people.
    pub(in crate::accounts) fn manager(&self) -> Manager {
        Manager {
            person_id: self.person_id,
            account_id: self.account_id,
            authority: Authority::Member,
            actor: self.actor(),
        }
    }
}

/// Somebody who belongs to the account.
#[derive(Serialize, ToSchema)]
pub struct MemberView {
    #[schema(example = "per_0BGK1J3Z00002")]
    id: String,
    email: String,
    name: String,
    roles: Vec<AccountRole>,
    /// Codes of the sites they get mails about; empty = all.
    sites: Vec<String>,
    /// The language of their pages and mails.
    #[schema(example = "de")]
    locale: &'static str,
    /// Null = never.
    #[schema(required, format = DateTime)]
    last_sign_in_at: Option<String>,
    /// They are asked for a code beside their password.
    second_factor: bool,
    /// What `If-Match` of a change wants.
    #[schema(example = "\"3\"")]
    etag: String,
}

impl From<Member> for MemberView {
    fn from(member: Member) -> Self {
        Self {
            id: member.id.to_string(),
            email: member.email,
            name: member.name,
            roles: member.roles,
            sites: member.sites,
            locale: member.language.name(),
            last_sign_in_at: member.last_sign_in_at.map(rfc3339),
            second_factor: member.has_second_factor,
            etag: tag(member.version),
        }
    }
}

/// The members of my account
///
/// Whoever joined first comes first.
#[utoipa::path(tag = "people", operation_id = "listMembers", security(("bearer" = ["account.manage"])), params(FollowedPage), responses(
    (status = 200, body = List<MemberView>, description = "A page of members"),
))]
#[get("/account/members")]
pub async fn list_members(
    customer: Customer<MayManage>,
    state: Data<AppState>,
    params: Params<FollowedPage>,
) -> Result<impl Responder> {
    let (page, account_id) = (params.0.page(), customer.account_id);
    let read = move |connection: &mut _, walk, rows_max| members::list(connection, account_id, walk, rows_max);
    let list = (Followed::of("people", Some(account_id)), "members");
    let id = |member: &Member| member.id;
    Ok(Json(
        page.list(&state.db, list, read, (id, id, MemberView::from)).await?,
    ))
}

/// One member of my account
#[utoipa::path(tag = "people", operation_id = "getMember", security(("bearer" = ["account.manage"])), responses(
    (status = 200, body = MemberView, description = "The member", headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/account/members/{id}")]
pub async fn get_member(
    customer: Customer<MayManage>,
    state: Data<AppState>,
    PathId(id): PathId<PersonId>,
) -> Result<impl Responder> {
    let account_id = customer.account_id;
    let read = move |connection: &mut _| members::get(connection, account_id, id);
    let member = state.db.read(read).await?;
    Ok(answer(member))
}

pub(in crate::accounts) fn answer(member: Member) -> HttpResponse {
    let tag = etag(member.version);
    HttpResponse::Ok().insert_header(tag).json(MemberView::from(member))
}

/// What to change of a member; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeMemberBody {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    /// All their roles; at least one.
    #[schema(value_type = Option<Vec<AccountRole>>, min_items = 1, example = json!(["buyer", "approver"]))]
    roles: Option<Vec<String>>,
    /// Codes of the sites they get mails about; empty = all.
    #[schema(example = json!(["MAIN"]))]
    sites: Option<Vec<String>>,
}

impl From<ChangeMemberBody> for ChangeMember {
    fn from(body: ChangeMemberBody) -> Self {
        Self {
            name: body.name,
            roles: body.roles,
            sites: body.sites,
        }
    }
}

/// Change a member
///
/// New roles hold within five seconds, on every node. The last admin stays one (`last_admin`).
#[utoipa::path(tag = "people", operation_id = "changeMember", security(("bearer" = ["account.manage"])), request_body = ChangeMemberBody,
    params(("If-Match" = String, Header, description = "The member's ETag")),
    responses(
        (status = 200, body = MemberView, description = "The member", headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "`last_admin`", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[patch("/account/members/{id}")]
pub async fn change_member(
    customer: Confirmed<Customer<MayManage>>,
    state: Data<AppState>,
    access: Data<Access>,
    PathId(id): PathId<PersonId>,
    IfMatch(expected): IfMatch,
    body: Body<ChangeMemberBody>,
) -> Result<impl Responder> {
    let manager = customer.manager();
    let change = ChangeMember::from(body.0);
    let (member, sessions) = state
        .db
        .write(move |tx| members::change(tx, &manager, id, &expected, &change, clock::now()))
        .await?;
    access.sessions.forget_all(&sessions).await;
    Ok(answer(member))
}

/// End all sessions of a member
///
/// Their tokens open nothing within five seconds, on every node; they are told by mail and may sign in again.
#[utoipa::path(tag = "people", operation_id = "endMemberSessions", security(("bearer" = ["account.manage"])), responses((status = 204, description = "Ended")))]
#[delete("/account/members/{id}/sessions")]
pub async fn end_sessions(
    customer: Customer<MayManage>,
    state: Data<AppState>,
    access: Data<Access>,
    PathId(id): PathId<PersonId>,
) -> Result<impl Responder> {
    let manager = customer.manager();
    let write = move |tx: &mut _| members::end_sessions(tx, &manager, id, clock::now());
    let sessions = state.db.write(write).await?;
    access.sessions.forget_all(&sessions).await;
    Ok(HttpResponse::NoContent())
}

/// Reset a member's second factor
///
/// For somebody whose authenticator is gone. Ends their sessions; they are told by mail, and sign in with their password.
#[utoipa::path(tag = "people", operation_id = "resetMemberSecondFactor", security(("bearer" = ["account.manage"])), responses(
    (status = 204, description = "Reset"),
    (status = 409, description = "`second_factor_none`, `second_factor_own`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[delete("/account/members/{id}/second-factor")]
pub async fn reset_factor(
    customer: Confirmed<Customer<MayManage>>,
    state: Data<AppState>,
    access: Data<Access>,
    PathId(id): PathId<PersonId>,
) -> Result<impl Responder> {
    let manager = customer.manager();
    let write = move |tx: &mut _| members::reset_factor(tx, &manager, id, clock::now());
    let sessions = state.db.write(write).await?;
    access.sessions.forget_all(&sessions).await;
    Ok(HttpResponse::NoContent())
}

/// Remove a member
///
/// Their access ends at once, with all their sessions; what they ordered stays. The last admin can't be removed
/// (`last_admin`).
#[utoipa::path(tag = "people", operation_id = "removeMember", security(("bearer" = ["account.manage"])),
    params(("If-Match" = String, Header, description = "The member's ETag")),
    responses(
        (status = 204, description = "Removed"),
        (status = 409, description = "`last_admin`", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[delete("/account/members/{id}")]
pub async fn remove_member(
    customer: Customer<MayManage>,
    state: Data<AppState>,
    access: Data<Access>,
    PathId(id): PathId<PersonId>,
    IfMatch(expected): IfMatch,
) -> Result<impl Responder> {
    let manager = customer.manager();
    let sessions = state
        .db
        .write(move |tx| members::remove(tx, &manager, id, &expected, clock::now()))
        .await?;
    access.sessions.forget_all(&sessions).await;
    Ok(HttpResponse::NoContent())
}
