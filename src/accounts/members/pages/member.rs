//! One member of my account: name, roles, sites, and the end of their access.

use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};
use askama::Template;

use crate::accounts::members::pages::PATH;
use crate::accounts::members::{self, ChangeMember};
use crate::accounts::rules::{Member, may_give};
use crate::accounts::team;
use crate::clock;
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Access, Confirmed, MayManage, Visitor};
use crate::identity::rules::AccountRole;
use crate::identity::rules::rights::Right;
use crate::ids::PersonId;
use crate::state::AppState;
use crate::web::{Fields, Form, Shell, Tone, see_other};

/// A box to tick: its value, its text, more about it, whether it is ticked.
pub(in crate::accounts) struct Tick {
    pub(in crate::accounts) value: String,
    pub(in crate::accounts) text: String,
    pub(in crate::accounts) hint: String,
    pub(in crate::accounts) on: bool,
}

#[derive(Template)]
#[template(path = "accounts/templates/our_member.html")]
struct MemberPage<'a> {
    shell: &'a Shell,
    id: PersonId,
    title: String,
    email: String,
    last_sign_in: String,
    has_second_factor: bool,
    is_me: bool,
    version: i64,
    roles: Vec<Tick>,
    sites: Vec<Tick>,
    form: Form,
}

async fn page(
    state: &AppState,
    visitor: &Visitor<MayManage>,
    id: PersonId,
    typed: Option<Form>,
) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut Connection| {
        let member = members::get(connection, account_id, id)?;
        Ok((member, team::all_sites(connection, account_id)?))
    };
    let (member, sites) = state.db.read(read).await?;
    let shell = &visitor.shell;
    let form = typed.unwrap_or_else(|| {
        let roles = member.roles.iter().map(|role| ("roles", role.name()));
        let sites = member.sites.iter().map(|code| ("sites", code.as_str()));
        let values = [("name", member.name.as_str())];
        Form::of(shell, values.into_iter().chain(roles).chain(sites))
    });
    let given = |role: &&AccountRole| may_give(&visitor.customer.roles, **role) || member.roles.contains(*role);
    let role = |role: &AccountRole| Tick {
        value: role.name().to_owned(),
        text: shell.name("account-role", role.name()),
        hint: shell.name("account-role-may", role.name()),
        on: form.has("roles", role.name()),
    };
    let site = |site: crate::accounts::sites::Site| Tick {
        on: form.has("sites", &site.code),
        text: site.name,
        hint: site.code.clone(),
        value: site.code,
    };
    let page = MemberPage {
        shell,
        id,
        title: member.name.clone(),
        last_sign_in: member
            .last_sign_in_at
            .map_or_else(|| shell.t("members-never"), |at| shell.moment(at)),
        has_second_factor: member.has_second_factor,
        is_me: id == visitor.customer.person_id,
        version: member.version,
        roles: AccountRole::ALL.iter().filter(given).map(role).collect(),
        sites: sites.into_iter().map(site).collect(),
        email: member.email,
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// One member
#[get("/account/members/{id}")]
pub async fn show(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    PathId(id): PathId<PersonId>,
) -> Result<HttpResponse> {
    page(&state, &visitor, id, None).await
}

/// Changes a member
#[post("/account/members/{id}")]
pub async fn change(
    state: Data<AppState>,
    access: Data<Access>,
    visitor: Confirmed<Visitor<MayManage>>,
    PathId(id): PathId<PersonId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &visitor.shell;
    let manager = visitor.customer.manager();
    let all = |name: &str| fields.all(name).map(str::to_owned).collect::<Vec<_>>();
    let wanted = ChangeMember {
        name: Some(fields.get("name").to_owned()),
        roles: Some(all("roles")),
        sites: Some(all("sites")),
    };
    let expected = fields.seen();
    let write = move |tx: &mut _| members::change(tx, &manager, id, &expected, &wanted, clock::now());
    match state.db.write(write).await {
        Ok((member, sessions)) => {
            access.sessions.forget_all(&sessions).await;
            let text = shell.t1("member-saved", "name", member.name.as_str());
            Ok(see_other(after(&visitor, &member)).flash(Tone::Ok, text).into())
        }
        Err(error) => {
            let words = [("name", "name-rule"), ("roles", "roles-rule")];
            let form = Form::sent(shell, fields).refused_saying(shell, error, &words)?;
            page(&state, &visitor, id, Some(form)).await
        }
    }
}

/// Where an admin goes on; who is none any more sees the list no more.
fn after(visitor: &Visitor<MayManage>, member: &Member) -> &'static str {
    let manages = MayManage::allows(&member.roles);
    match member.id == visitor.customer.person_id && !manages {
        true => "/account",
        false => PATH,
    }
}

/// Ends all sessions of a member
#[post("/account/members/{id}/end-sessions")]
pub async fn end_sessions(
    state: Data<AppState>,
    access: Data<Access>,
    visitor: Visitor<MayManage>,
    PathId(id): PathId<PersonId>,
) -> Result<HttpResponse> {
    let manager = visitor.customer.manager();
    let write = move |tx: &mut _| members::end_sessions(tx, &manager, id, clock::now());
    let sessions = state.db.write(write).await?;
    access.sessions.forget_all(&sessions).await;
    let text = visitor.shell.t1("member-sessions-ended", "sessions", sessions.len());
    Ok(see_other(format!("{PATH}/{id}")).flash(Tone::Ok, text).into())
}

/// Takes a member's second factor away
#[post("/account/members/{id}/reset-second-factor")]
pub async fn reset_factor(
    state: Data<AppState>,
    access: Data<Access>,
    visitor: Confirmed<Visitor<MayManage>>,
    PathId(id): PathId<PersonId>,
) -> Result<HttpResponse> {
    let (manager, shell) = (visitor.customer.manager(), &visitor.shell);
    let write = move |tx: &mut _| members::reset_factor(tx, &manager, id, clock::now());
    let to = see_other(format!("{PATH}/{id}"));
    let answer = match state.db.write(write).await {
        Ok(sessions) => {
            access.sessions.forget_all(&sessions).await;
            to.flash(Tone::Ok, shell.t("member-factor-reset"))
        }
        Err(error @ Error::Conflict { .. }) => to.flash(Tone::Bad, shell.error_text(&error)),
        Err(other) => return Err(other),
    };
    Ok(answer.into())
}

#[derive(Template)]
#[template(path = "accounts/templates/our_member_remove.html")]
struct RemovePage<'a> {
    shell: &'a Shell,
    id: PersonId,
    name: String,
    version: i64,
    is_me: bool,
}

/// Asks before somebody's access ends
#[get("/account/members/{id}/remove")]
pub async fn confirm_remove(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    PathId(id): PathId<PersonId>,
) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut _| members::get(connection, account_id, id);
    let member = state.db.read(read).await?;
    let shell = &visitor.shell;
    shell.page(&RemovePage {
        shell,
        id,
        name: member.name,
        version: member.version,
        is_me: id == visitor.customer.person_id,
    })
}

/// Ends somebody's access
#[post("/account/members/{id}/remove")]
pub async fn remove(
    state: Data<AppState>,
    access: Data<Access>,
    visitor: Visitor<MayManage>,
    PathId(id): PathId<PersonId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &visitor.shell;
    let (manager, expected) = (visitor.customer.manager(), fields.seen());
    let write = move |tx: &mut _| members::remove(tx, &manager, id, &expected, clock::now());
    let to = match state.db.write(write).await {
        Ok(sessions) => {
            access.sessions.forget_all(&sessions).await;
            see_other(PATH).flash(Tone::Ok, shell.t("member-removed"))
        }
        Err(error @ Error::Conflict { .. }) => {
            let text = match error.code() {
                Code::PreconditionFailed => shell.t("member-changed"),
                _ => shell.error_text(&error),
            };
            see_other(format!("{PATH}/{id}")).flash(Tone::Bad, text)
        }
        Err(other) => return Err(other),
    };
    Ok(to.into())
}
