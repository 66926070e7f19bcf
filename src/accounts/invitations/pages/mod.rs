//! Inviting somebody to my account, again or no more.

pub mod accepting;

use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};

use crate::accounts::invitations::{self, Invite};
use crate::accounts::members::pages::{PATH, page};
use crate::clock;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Confirmed, MayManage, Visitor};
use crate::identity::idempotency;
use crate::ids::InvitationId;
use crate::state::AppState;
use crate::web::{Fields, Form, Tone, see_other};

/// Where a refused form stands: who loads it again sees the list it belongs to
#[get("/account/invitations")]
pub async fn show_list(_: Visitor<MayManage>) -> HttpResponse {
    see_other(PATH).into()
}

/// Invites somebody
#[post("/account/invitations")]
pub async fn invite(
    state: Data<AppState>,
    visitor: Confirmed<Visitor<MayManage>>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &visitor.shell;
    let manager = visitor.customer.manager();
    let wanted = Invite {
        email: fields.get("email").to_owned(),
        role: fields.get("role").to_owned(),
    };
    let sent = (&wanted.email, &wanted.role);
    let route = "POST /account/invitations";
    let mut request = idempotency::Request::new(manager.person_id, route, fields.form_key()?, &sent)?;
    // Whoever comes back and types another address means another invitation.
    request.key = format!("{}.{}", request.key, request.hash);
    let write = move |tx: &mut _| invitations::invite_once(tx, &manager, &request, &wanted, clock::now());
    match state.db.write(write).await {
        Ok(()) => {
            let text = shell.t1("members-invited", "email", fields.get("email"));
            Ok(see_other(PATH).flash(Tone::Ok, text).into())
        }
        Err(error) => {
            let form = Form::sent(shell, fields).refused_saying(shell, error, &[("email", "email-rule")])?;
            page(&state, &visitor, None, form).await
        }
    }
}

/// Sends an open invitation again: with a new link, good for as long as the first one was
#[post("/account/invitations/{id}/resend")]
pub async fn resend(
    state: Data<AppState>,
    visitor: Confirmed<Visitor<MayManage>>,
    PathId(id): PathId<InvitationId>,
) -> Result<HttpResponse> {
    let shell = &visitor.shell;
    let manager = visitor.customer.manager();
    let write = move |tx: &mut _| invitations::resend(tx, &manager, id, clock::now());
    let to = match state.db.write(write).await {
        Ok(open) => see_other(PATH).flash(Tone::Ok, shell.t1("members-invited", "email", open.email)),
        Err(error @ (Error::Conflict { .. } | Error::Throttled { .. })) => {
            see_other(PATH).flash(Tone::Bad, shell.error_text(&error))
        }
        Err(other) => return Err(other),
    };
    Ok(to.into())
}

/// Takes an open invitation back
#[post("/account/invitations/{id}/withdraw")]
pub async fn withdraw(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    PathId(id): PathId<InvitationId>,
) -> Result<HttpResponse> {
    let manager = visitor.customer.manager();
    let write = move |tx: &mut _| invitations::withdraw(tx, &manager, id, clock::now());
    state.db.write(write).await?;
    let text = visitor.shell.t("members-withdrawn");
    Ok(see_other(PATH).flash(Tone::Ok, text).into())
}
