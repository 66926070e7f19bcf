//! REST: inviting people to my account, and accepting an invitation.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, Responder, delete, get, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::api::{MeView, Role};
use crate::accounts::invitations::{self, Accept, Invitation, Invite, Open};
use crate::audit::Origin;
use crate::clock::{self, rfc3339};
use crate::db::changes::Followed;
use crate::error::{Error, Result};
use crate::http::{Body, FollowedPage, List, Params, PathId};
use crate::identity;
use crate::identity::caller::{Access, Confirmed, Customer, MayManage};
use crate::identity::people;
use crate::identity::rules::AccountRole;
use crate::ids::InvitationId;
use crate::state::AppState;

/// Whom to invite as what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteBody {
    #[schema(example = "new.buyer@example.com")]
    email: String,
    /// Never with more rights than your own.
    #[schema(value_type = AccountRole)]
    role: String,
}

impl From<InviteBody> for Invite {
    fn from(body: InviteBody) -> Self {
        Self {
            email: body.email,
            role: body.role,
        }
    }
}

/// An invitation that waits for an answer.
#[derive(Serialize, ToSchema)]
pub struct InvitationView {
    #[schema(example = "ivt_0BGK1J3Z00004")]
    id: String,
    email: String,
    role: AccountRole,
    /// The name of who invited.
    invited_by: String,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    expires_at: String,
}

impl From<Open> for InvitationView {
    fn from(open: Open) -> Self {
        Self {
            id: open.id.to_string(),
            email: open.email,
            role: open.role,
            invited_by: open.invited_by,
            created_at: rfc3339(open.created_at),
            expires_at: rfc3339(open.expires_at),
        }
    }
}

/// Invite somebody to my account
///
/// They get a link by mail, good once, for seven days. Inviting an address again replaces its open invitation. 100 in
/// 24 hours are allowed.
#[utoipa::path(tag = "people", operation_id = "invite", security(("bearer" = ["account.manage"])), request_body = InviteBody, responses(
    (status = 201, body = InvitationView, description = "Invited"),
    (status = 409, description = "`already_member`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/invitations")]
pub async fn invite(
    customer: Confirmed<Customer<MayManage>>,
    state: Data<AppState>,
    body: Body<InviteBody>,
) -> Result<impl Responder> {
    let manager = customer.manager();
    let wanted = Invite::from(body.0);
    let open = state
        .db
        .write(move |tx| invitations::invite(tx, &manager, &wanted, clock::now()))
        .await?;
    Ok(HttpResponse::Created().json(InvitationView::from(open)))
}

/// Open invitations to my account
///
/// The newest first.
#[utoipa::path(tag = "people", operation_id = "listInvitations", security(("bearer" = ["account.manage"])), params(FollowedPage), responses(
    (status = 200, body = List<InvitationView>, description = "A page of invitations"),
))]
#[get("/invitations")]
pub async fn list_invitations(
    customer: Customer<MayManage>,
    state: Data<AppState>,
    params: Params<FollowedPage>,
) -> Result<impl Responder> {
    let (page, account_id) = (params.0.page(), customer.account_id);
    let read = move |connection: &mut _, walk, rows_max| {
        invitations::list_open(connection, account_id, walk, rows_max, clock::now())
    };
    let list = (Followed::of("invitations", Some(account_id)), "invitations");
    let id = |open: &Open| open.id;
    Ok(Json(
        page.list(&state.db, list, read, (id, id, InvitationView::from)).await?,
    ))
}

/// Withdraw an open invitation
#[utoipa::path(tag = "people", operation_id = "withdrawInvitation", security(("bearer" = ["account.manage"])), responses((status = 204, description = "Withdrawn")))]
#[delete("/invitations/{id}")]
pub async fn withdraw_invitation(
    customer: Customer<MayManage>,
    state: Data<AppState>,
    PathId(id): PathId<InvitationId>,
) -> Result<impl Responder> {
    let manager = customer.manager();
    state
        .db
        .write(move |tx| invitations::withdraw(tx, &manager, id, clock::now()))
        .await?;
    Ok(HttpResponse::NoContent())
}

/// The token of an invitation's mail.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LookUpInvitation {
    /// What stands in the mail's link.
    token: String,
}

/// What an invitation is for.
#[derive(Serialize, ToSchema)]
pub struct InvitedToView {
    email: String,
    account_name: String,
    role: AccountRole,
    #[schema(format = DateTime)]
    expires_at: String,
}

impl From<Invitation> for InvitedToView {
    fn from(invitation: Invitation) -> Self {
        Self {
            email: invitation.email,
            account_name: invitation.account_name,
            role: invitation.role,
            expires_at: rfc3339(invitation.expires_at),
        }
    }
}

/// See what an invitation is for
///
/// Changes nothing.
#[utoipa::path(tag = "auth", operation_id = "lookUpInvitation", security(()), request_body = LookUpInvitation, responses(
    (status = 200, body = InvitedToView, description = "The invitation can be accepted"),
    (status = 409, description = "`token_used`, `token_expired` or `token_withdrawn`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/invitations/look-up")]
pub async fn look_up_invitation(state: Data<AppState>, body: Body<LookUpInvitation>) -> Result<impl Responder> {
    let token = body.0.token;
    let read = move |connection: &mut _| invitations::look_up(connection, &token, clock::now());
    let invitation = state.db.read(read).await?;
    Ok(Json(InvitedToView::from(invitation)))
}

/// Who accepts an invitation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptInvitation {
    /// What stands in the mail's link.
    token: String,
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// 12 to 128 characters of any kind, none that others try first (`password_common`) and more than what they know of
    /// the person (`password_personal`).
    #[schema(format = "password", min_length = 12, max_length = 128)]
    password: String,
}

/// Accept an invitation
///
/// Makes the invited person a member, once. Sign in with the invitation's mail address and the password afterwards. An
/// address that has access elsewhere already is refused (`email_taken`).
#[utoipa::path(tag = "auth", operation_id = "acceptInvitation", security(()), request_body = AcceptInvitation, responses(
    (status = 201, body = MeView, description = "The new member"),
    (status = 409, description = "`token_used`, `token_expired`, `token_withdrawn` or `email_taken`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/invitations/accept")]
pub async fn accept_invitation(
    state: Data<AppState>,
    access: Data<Access>,
    origin: Origin,
    body: Body<AcceptInvitation>,
) -> Result<impl Responder> {
    let accept = Accept {
        token: body.0.token,
        name: body.0.name,
        password: body.0.password,
        origin,
    };
    let id = invitations::accept(&state.db, &access.passwords, accept).await?;
    let (person, account, roles) = state
        .db
        .read(move |connection| {
            let person = identity::find_person(connection, id)?.ok_or(Error::NotFound)?;
            let account = crate::accounts::api::account_of(connection, &person)?;
            Ok((person, account, people::roles(connection, id)?))
        })
        .await?;
    let roles = roles.iter().filter_map(|name| AccountRole::from_name(name));
    let view = MeView::new(person, account, roles.map(Role::Account).collect());
    Ok(HttpResponse::Created().json(view))
}
