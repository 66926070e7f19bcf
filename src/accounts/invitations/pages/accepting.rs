//! What somebody makes of the mail that invites them: they choose a name and a password and are signed in.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use crate::accounts::invitations::{self, Accept, Invitation};
use crate::audit::Origin;
use crate::clock;
use crate::error::{Code, Error, Result};
use crate::http::user_agent;
use crate::identity::caller::{Access, Guest};
use crate::identity::{self, Attempt, Entered};
use crate::state::AppState;
use crate::web::notice::broken_link;
use crate::web::{Fields, Form, Shell, Tone, cookies, see_other};

/// What faults of the form are called.
const WORDS: &[(&str, &str)] = &[("name", "name-rule"), ("password", "password-fault")];

/// In which language the page is wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Spoken {
    lang: String,
}

#[derive(Template)]
#[template(path = "accounts/templates/invitation.html")]
struct InvitationPage<'a> {
    shell: &'a Shell,
    path: &'a str,
    account: String,
    email: String,
    /// Who invites as what.
    by: String,
    until: String,
    form: Form,
}

impl<'a> InvitationPage<'a> {
    fn new(shell: &'a Shell, path: &'a str, invitation: &Invitation, form: Form) -> Self {
        let role = shell.name("account-role", invitation.role.name());
        Self {
            shell,
            path,
            account: invitation.account_name.clone(),
            email: invitation.email.clone(),
            by: shell.t2(
                "invitation-by",
                "inviter",
                invitation.inviter_name.as_str(),
                "role",
                role,
            ),
            until: shell.moment(invitation.expires_at),
            form,
        }
    }
}

fn broken(shell: &Shell, error: Error) -> Result<HttpResponse> {
    broken_link(shell, error, ("/sign-in", shell.t("sign-in")))
}

/// What an invitation is for; changes nothing, so that mail scanners may follow the link
#[get("/invitations/{token}")]
pub async fn show(
    state: Data<AppState>,
    request: HttpRequest,
    guest: Guest,
    token: Path<String>,
    Query(spoken): Query<Spoken>,
) -> Result<HttpResponse> {
    let mut shell = guest.shell.signed_out();
    shell.choose_language(&spoken.lang);
    let read = move |connection: &mut _| invitations::look_up(connection, &token, clock::now());
    let invitation = match state.db.read(read).await {
        Ok(invitation) => invitation,
        Err(error) => return broken(&shell, error),
    };
    shell.page(&InvitationPage::new(
        &shell,
        request.path(),
        &invitation,
        Form::new(&shell),
    ))
}

/// Makes the invited person a member and signs them in
#[post("/invitations/{token}")]
pub async fn accept(
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    guest: Guest,
    token: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = guest.shell.signed_out();
    let token = token.into_inner();
    let asked = token.clone();
    let read = move |connection: &mut _| invitations::look_up(connection, &asked, clock::now());
    let invitation = match state.db.read(read).await {
        Ok(invitation) => invitation,
        Err(error) => return broken(&shell, error),
    };
    let password = fields.raw("password").to_owned();
    let wish = Accept {
        token,
        name: fields.get("name").to_owned(),
        password: password.clone(),
        origin: Origin::of(&request),
    };
    // A password is never shown again.
    let typed = Form::of(&shell, [("name", fields.get("name"))]);
    let form = match invitations::accept(&state.db, &access.passwords, wish).await {
        Ok(_) => {
            let signing = SigningIn {
                email: invitation.email,
                password,
                account: invitation.account_name,
            };
            // Whoever used this browser before is not the one who goes on.
            if let Some(caller) = guest.caller {
                let (session, actor) = (caller.session_id, caller.actor());
                let end = move |tx: &mut _| identity::sign_out(tx, &actor, session, clock::now());
                state.db.write(end).await?;
                access.sessions.forget(session).await;
            }
            return sign_in(&state, &access, &request, &shell, signing).await;
        }
        Err(error @ Error::Invalid(_)) => typed.refused_saying(&shell, error, WORDS)?,
        Err(
            error @ Error::Conflict {
                code: Code::EmailTaken, ..
            },
        ) => {
            let mut form = typed.refused(&shell, error)?;
            form.say(Tone::Bad, shell.t("invitation-email-taken"));
            form
        }
        Err(error) => return broken(&shell, error),
    };
    let page = InvitationPage::new(&shell, request.path(), &invitation, form);
    shell.page_with(page.form.status(), &page)
}

struct SigningIn {
    email: String,
    password: String,
    account: String,
}

async fn sign_in(
    state: &AppState,
    access: &Access,
    request: &HttpRequest,
    shell: &Shell,
    SigningIn {
        email,
        password,
        account,
    }: SigningIn,
) -> Result<HttpResponse> {
    let attempt = Attempt {
        email,
        password,
        from: identity::From {
            origin: Origin::of(request),
            user_agent: user_agent(request),
            device: None,
            replaces: None,
        },
    };
    match identity::sign_in_to_pages(&state.db, access, attempt, false).await {
        Ok(Entered::SignedIn(session)) => {
            let text = shell.t1("invitation-accepted", "account", account);
            let mut answer = HttpResponse::from(see_other("/").flash(Tone::Ok, text));
            for cookie in [
                cookies::session(session.cookie, None, state.is_https),
                cookies::device(session.device, state.is_https),
            ] {
                answer.add_cookie(&cookie).map_err(Error::internal)?;
            }
            Ok(answer)
        }
        // Too many failures from this network, or no room for one more: they are a member all the same.
        Ok(Entered::CodeNeeded(_)) | Err(_) => {
            let text = shell.t("invitation-accepted-sign-in");
            Ok(see_other("/sign-in").flash(Tone::Ok, text).into())
        }
    }
}
