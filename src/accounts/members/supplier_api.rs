//! REST for supplier staff: the people of an account.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, Responder, delete, get, patch, post};

use crate::accounts;
use crate::accounts::invitations::api::{InvitationView, InviteBody};
use crate::accounts::invitations::{self, Invite, Open};
use crate::accounts::members::api::{ChangeMemberBody, MemberView, answer};
use crate::accounts::members::{self, ChangeMember};
use crate::accounts::rules::Member;
use crate::clock;
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::error::Result;
use crate::http::{Body, FollowedPage, IfMatch, List, Params, PathId};
use crate::identity::caller::{Access, Confirmed, MayManagePeople, MayReadDesk, Staff};
use crate::ids::{AccountId, InvitationId, PersonId};
use crate::state::AppState;

/// The members of an account
///
/// Whoever joined first comes first.
#[utoipa::path(tag = "supplier", operation_id = "listMembersAsStaff", params(FollowedPage), responses(
    (status = 200, body = List<MemberView>, description = "A page of members"),
))]
#[get("/supplier/accounts/{id}/members")]
pub async fn list_members(
    _staff: Staff<MayReadDesk>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
    params: Params<FollowedPage>,
) -> Result<impl Responder> {
    let page = params.0.page();
    let read = move |connection: &mut Connection, walk, rows_max| {
        accounts::get(connection, id)?;
        members::list(connection, id, walk, rows_max)
    };
    let list = (Followed::of("people", Some(id)), &("members", id));
    let key = |member: &Member| member.id;
    Ok(Json(
        page.list(&state.db, list, read, (key, key, MemberView::from)).await?,
    ))
}

/// Change a member of an account
///
/// As the account's admins do; new roles hold within five seconds.
#[utoipa::path(tag = "supplier", operation_id = "changeMemberAsStaff", security(("bearer" = ["accounts.people"])), request_body = ChangeMemberBody,
    params(("If-Match" = String, Header, description = "The member's ETag")),
    responses(
        (status = 200, body = MemberView, description = "The member", headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "`account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[patch("/supplier/members/{id}")]
pub async fn change_member(
    staff: Confirmed<Staff<MayManagePeople>>,
    state: Data<AppState>,
    access: Data<Access>,
    PathId(id): PathId<PersonId>,
    IfMatch(expected): IfMatch,
    body: Body<ChangeMemberBody>,
) -> Result<impl Responder> {
    let change = ChangeMember::from(body.0);
    let (member, sessions) = state
        .db
        .write(move |tx| {
            let manager = staff.manager(members::account_of(tx, id)?);
            members::change(tx, &manager, id, &expected, &change, clock::now())
        })
        .await?;
    access.sessions.forget_all(&sessions).await;
    Ok(answer(member))
}

/// End all sessions of a member
///
/// As the account's admins do.
#[utoipa::path(tag = "supplier", operation_id = "endMemberSessionsAsStaff", security(("bearer" = ["accounts.people"])), responses((status = 204, description = "Ended")))]
#[delete("/supplier/members/{id}/sessions")]
pub async fn end_sessions(
    staff: Staff<MayManagePeople>,
    state: Data<AppState>,
    access: Data<Access>,
    PathId(id): PathId<PersonId>,
) -> Result<impl Responder> {
    let write = move |tx: &mut _| {
        let manager = staff.manager(members::account_of(tx, id)?);
        members::end_sessions(tx, &manager, id, clock::now())
    };
    let sessions = state.db.write(write).await?;
    access.sessions.forget_all(&sessions).await;
    Ok(HttpResponse::NoContent())
}

/// Reset a member's second factor
///
/// As the account's admins do.
#[utoipa::path(tag = "supplier", operation_id = "resetMemberSecondFactorAsStaff", security(("bearer" = ["accounts.people"])), responses(
    (status = 204, description = "Reset"),
    (status = 409, description = "`second_factor_none`, `account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[delete("/supplier/members/{id}/second-factor")]
pub async fn reset_factor(
    staff: Confirmed<Staff<MayManagePeople>>,
    state: Data<AppState>,
    access: Data<Access>,
    PathId(id): PathId<PersonId>,
) -> Result<impl Responder> {
    let write = move |tx: &mut _| {
        let manager = staff.manager(members::account_of(tx, id)?);
        members::reset_factor(tx, &manager, id, clock::now())
    };
    let sessions = state.db.write(write).await?;
    access.sessions.forget_all(&sessions).await;
    Ok(HttpResponse::NoContent())
}

/// End a member's access
///
/// At once, with all their sessions; what they ordered stays. The last admin too: staff can invite another one.
#[utoipa::path(tag = "supplier", operation_id = "removeMemberAsStaff", security(("bearer" = ["accounts.people"])),
    params(("If-Match" = String, Header, description = "The member's ETag")),
    responses(
        (status = 204, description = "Removed"),
        (status = 409, description = "`account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[delete("/supplier/members/{id}")]
pub async fn remove_member(
    staff: Staff<MayManagePeople>,
    state: Data<AppState>,
    access: Data<Access>,
    PathId(id): PathId<PersonId>,
    IfMatch(expected): IfMatch,
) -> Result<impl Responder> {
    let sessions = state
        .db
        .write(move |tx| {
            let manager = staff.manager(members::account_of(tx, id)?);
            members::remove(tx, &manager, id, &expected, clock::now())
        })
        .await?;
    access.sessions.forget_all(&sessions).await;
    Ok(HttpResponse::NoContent())
}

/// Open invitations to an account
///
/// The newest first.
#[utoipa::path(tag = "supplier", operation_id = "listInvitationsAsStaff", params(FollowedPage), responses(
    (status = 200, body = List<InvitationView>, description = "A page of invitations"),
))]
#[get("/supplier/accounts/{id}/invitations")]
pub async fn list_invitations(
    _staff: Staff<MayReadDesk>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
    params: Params<FollowedPage>,
) -> Result<impl Responder> {
    let page = params.0.page();
    let read = move |connection: &mut Connection, walk, rows_max| {
        accounts::get(connection, id)?;
        invitations::list_open(connection, id, walk, rows_max, clock::now())
    };
    let list = (Followed::of("invitations", Some(id)), &("invitations", id));
    let key = |open: &Open| open.id;
    Ok(Json(
        page.list(&state.db, list, read, (key, key, InvitationView::from))
            .await?,
    ))
}

/// Invite somebody to an account
///
/// As the account's admins do, in any role: the first admin of a new account too.
#[utoipa::path(tag = "supplier", operation_id = "inviteAsStaff", security(("bearer" = ["accounts.people"])), request_body = InviteBody, responses(
    (status = 201, body = InvitationView, description = "Invited"),
    (status = 409, description = "`already_member`, `account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/accounts/{id}/invitations")]
pub async fn invite(
    staff: Confirmed<Staff<MayManagePeople>>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
    body: Body<InviteBody>,
) -> Result<impl Responder> {
    let wanted = Invite::from(body.0);
    let open = state
        .db
        .write(move |tx| {
            accounts::get(tx, id)?;
            invitations::invite(tx, &staff.manager(id), &wanted, clock::now())
        })
        .await?;
    Ok(HttpResponse::Created().json(InvitationView::from(open)))
}

/// Withdraw an open invitation to an account
#[utoipa::path(tag = "supplier", operation_id = "withdrawInvitationAsStaff", security(("bearer" = ["accounts.people"])), responses((status = 204, description = "Withdrawn")))]
#[delete("/supplier/invitations/{id}")]
pub async fn withdraw_invitation(
    staff: Staff<MayManagePeople>,
    state: Data<AppState>,
    PathId(id): PathId<InvitationId>,
) -> Result<impl Responder> {
    state
        .db
        .write(move |tx| {
            let now = clock::now();
            let manager = staff.manager(invitations::account_of(tx, id, now)?);
            invitations::withdraw(tx, &manager, id, now)
        })
        .await?;
    Ok(HttpResponse::NoContent())
}
