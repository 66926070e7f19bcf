//! The people of an account: invited, changed, ended by staff.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use crate::accounts;
use crate::accounts::invitations::{self, Invite};
use crate::accounts::members::pages::{invitation_list, member_list};
use crate::accounts::members::{self, ChangeMember};
use crate::accounts::rules::Member;
use crate::accounts::sites::Site;
use crate::accounts::supplier_pages::{Head, Reader, choices, pair};
use crate::accounts::team;
use crate::clock;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Access, Confirmed, Desk, MayManagePeople};
use crate::identity::rules::AccountRole;
use crate::ids::{AccountId, InvitationId, PersonId};
use crate::state::AppState;
use crate::web::list::{List, Part};
use crate::web::{Fields, Form, Shell, Tone, see_other};

/// Open invitations that are shown; as many as may be sent in a day.
const INVITATIONS_SHOWN: i64 = 100;

/// Where the list goes on.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct ListParams {
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/templates/people.html")]
struct PeoplePage<'a> {
    shell: &'a Shell,
    head: Head,
    members: List<'a>,
    invitations: Option<List<'a>>,
    roles: Vec<(String, String)>,
    form: Form,
}

async fn page<R>(
    state: &AppState,
    desk: &Desk<R>,
    id: AccountId,
    cursor: Option<&str>,
    form: Form,
) -> Result<HttpResponse> {
    let (part, (account, open)) = Part::read_with(
        &state.db,
        cursor,
        id,
        |member: &Member| member.id,
        move |connection, _, after, limit| {
            let account = accounts::get(connection, id)?;
            let members = members::list(connection, id, after, limit)?;
            let open = invitations::list_open(connection, id, None, INVITATIONS_SHOWN, clock::now())?;
            Ok((members, (account, open)))
        },
    )
    .await?;
    let shell = &desk.shell;
    let head = Head::new(desk, &account, "people");
    let (people, invitations) = (head.at("/people"), head.at("/invitations"));
    let link = |member: &Member| head.may_people.then(|| format!("{people}/{}", member.id));
    let page = PeoplePage {
        shell,
        members: member_list(shell, people.clone(), &part, None, link).headed("people-heading", "acct-tab-people"),
        invitations: invitation_list(shell, &open, head.may_people.then_some(invitations.as_str()), false),
        roles: choices(shell, "account-role", AccountRole::ALL.iter().map(|role| role.name())),
        head,
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// The people of the account and who is invited
#[get("/desk/accounts/{id}/people")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Reader,
    PathId(id): PathId<AccountId>,
    web::Query(params): web::Query<ListParams>,
) -> Result<HttpResponse> {
    let form = Form::of(&desk.shell, [("role", AccountRole::Buyer.name())]);
    page(&state, &desk, id, params.cursor.as_deref(), form).await
}

/// Invites somebody
#[post("/desk/accounts/{id}/invitations")]
pub async fn invite(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MayManagePeople>>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let manager = desk.staff.manager(id);
    let wanted = Invite {
        email: fields.get("email").to_owned(),
        role: fields.get("role").to_owned(),
    };
    let invited = state
        .db
        .write(move |tx| {
            accounts::get(tx, id)?;
            invitations::invite(tx, &manager, &wanted, clock::now())
        })
        .await;
    match invited {
        Ok(open) => {
            let text = desk.shell.t1("acct-invited", "email", open.email.as_str());
            let to = format!("/desk/accounts/{id}/people");
            Ok(see_other(to).flash(Tone::Ok, text).into())
        }
        Err(error) => {
            let form = Form::sent(&desk.shell, fields).refused(&desk.shell, error)?;
            page(&state, &desk, id, None, form).await
        }
    }
}

/// Takes an invitation back
#[post("/desk/accounts/{id}/invitations/{other}/withdraw")]
pub async fn withdraw(
    state: web::Data<AppState>,
    desk: Desk<MayManagePeople>,
    place: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let (id, invitation): (AccountId, InvitationId) = pair(&place)?;
    let manager = desk.staff.manager(id);
    let write = move |tx: &mut Connection| invitations::withdraw(tx, &manager, invitation, clock::now());
    state.db.write(write).await?;
    let to = format!("/desk/accounts/{id}/people");
    Ok(see_other(to).flash(Tone::Ok, desk.shell.t("acct-withdrawn")).into())
}

/// A box to tick: value, text and whether it is.
type Tick = (String, String, bool);

#[derive(Template)]
#[template(path = "accounts/templates/person.html")]
struct PersonPage<'a> {
    shell: &'a Shell,
    head: Head,
    id: PersonId,
    name: String,
    email: String,
    roles: Vec<Tick>,
    sites: Vec<Tick>,
    form: Form,
    version: i64,
    has_second_factor: bool,
}

async fn edit_page(
    state: &AppState,
    desk: &Desk<MayManagePeople>,
    (account_id, id): (AccountId, PersonId),
    typed: Option<(Form, ChangeMember)>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let account = accounts::get(connection, account_id)?;
        let member = members::get(connection, account_id, id)?;
        Ok((account, member, team::all_sites(connection, account_id)?))
    };
    let (account, member, sites) = state.db.read(read).await?;
    let shell = &desk.shell;
    let (form, wanted) = typed.unwrap_or_else(|| {
        let form = Form::of(shell, [("name", member.name.as_str())]);
        (form, ChangeMember::default())
    });
    let has_role = |role: &AccountRole| match &wanted.roles {
        Some(names) => names.iter().any(|name| name == role.name()),
        None => member.roles.contains(role),
    };
    let role = |role: &AccountRole| {
        (
            role.name().to_owned(),
            shell.name("account-role", role.name()),
            has_role(role),
        )
    };
    let chosen = wanted.sites.as_ref().unwrap_or(&member.sites);
    let site = |site: Site| {
        let is_chosen = chosen.contains(&site.code);
        (site.code.clone(), format!("{} ({})", site.name, site.code), is_chosen)
    };
    let status = form.status();
    let page = PersonPage {
        shell,
        head: Head::new(desk, &account, "people"),
        id,
        name: member.name.clone(),
        email: member.email.clone(),
        roles: AccountRole::ALL.iter().map(role).collect(),
        sites: sites.into_iter().map(site).collect(),
        form,
        version: member.version,
        has_second_factor: member.has_second_factor,
    };
    shell.page_with(status, &page)
}

type Place = web::Path<(String, String)>;

/// A form for one member
#[get("/desk/accounts/{id}/people/{other}")]
pub async fn edit(state: web::Data<AppState>, desk: Desk<MayManagePeople>, place: Place) -> Result<HttpResponse> {
    let ids = pair(&place)?;
    edit_page(&state, &desk, ids, None).await
}

/// Changes a member
#[post("/desk/accounts/{id}/people/{other}")]
pub async fn change(
    state: web::Data<AppState>,
    access: web::Data<Access>,
    desk: Confirmed<Desk<MayManagePeople>>,
    place: Place,
    fields: Fields,
) -> Result<HttpResponse> {
    let (account_id, id): (AccountId, PersonId) = pair(&place)?;
    let all = |name: &'static str| fields.all(name).map(str::to_owned).collect::<Vec<_>>();
    let change = ChangeMember {
        name: Some(fields.get("name").to_owned()),
        roles: Some(all("roles")),
        sites: Some(all("sites")),
    };
    let (manager, expected, wanted) = (desk.staff.manager(account_id), fields.seen(), change.clone());
    let changed = state
        .db
        .write(move |tx| members::change(tx, &manager, id, &expected, &wanted, clock::now()))
        .await;
    match changed {
        Ok((member, sessions)) => {
            access.sessions.forget_all(&sessions).await;
            let text = desk.shell.t1("acct-person-changed", "name", member.name.as_str());
            let to = format!("/desk/accounts/{account_id}/people");
            Ok(see_other(to).flash(Tone::Ok, text).into())
        }
        Err(error) => {
            let form = Form::sent(&desk.shell, fields).refused(&desk.shell, error)?;
            edit_page(&state, &desk, (account_id, id), Some((form, change))).await
        }
    }
}

/// Ends all sessions of a member
#[post("/desk/accounts/{id}/people/{other}/end-sessions")]
pub async fn end_sessions(
    state: web::Data<AppState>,
    access: web::Data<Access>,
    desk: Desk<MayManagePeople>,
    place: Place,
) -> Result<HttpResponse> {
    let (account_id, id): (AccountId, PersonId) = pair(&place)?;
    let manager = desk.staff.manager(account_id);
    let write = move |tx: &mut Connection| members::end_sessions(tx, &manager, id, clock::now());
    let sessions = state.db.write(write).await?;
    access.sessions.forget_all(&sessions).await;
    let text = desk.shell.t1("member-sessions-ended", "sessions", sessions.len());
    let to = format!("/desk/accounts/{account_id}/people/{id}");
    Ok(see_other(to).flash(Tone::Ok, text).into())
}

/// Takes a member's second factor away
#[post("/desk/accounts/{id}/people/{other}/reset-second-factor")]
pub async fn reset_factor(
    state: web::Data<AppState>,
    access: web::Data<Access>,
    desk: Confirmed<Desk<MayManagePeople>>,
    place: Place,
) -> Result<HttpResponse> {
    let (account_id, id): (AccountId, PersonId) = pair(&place)?;
    let manager = desk.staff.manager(account_id);
    let write = move |tx: &mut Connection| members::reset_factor(tx, &manager, id, clock::now());
    let to = see_other(format!("/desk/accounts/{account_id}/people/{id}"));
    let answer = match state.db.write(write).await {
        Ok(sessions) => {
            access.sessions.forget_all(&sessions).await;
            to.flash(Tone::Ok, desk.shell.t("member-factor-reset"))
        }
        Err(error @ Error::Conflict { .. }) => to.flash(Tone::Bad, desk.shell.error_text(&error)),
        Err(other) => return Err(other),
    };
    Ok(answer.into())
}

/// Ends a member's access
#[post("/desk/accounts/{id}/people/{other}/end")]
pub async fn end(
    state: web::Data<AppState>,
    access: web::Data<Access>,
    desk: Desk<MayManagePeople>,
    place: Place,
    fields: Fields,
) -> Result<HttpResponse> {
    let (account_id, id): (AccountId, PersonId) = pair(&place)?;
    let (manager, expected) = (desk.staff.manager(account_id), fields.seen());
    let ended = state
        .db
        .write(move |tx| {
            let member = members::get(tx, account_id, id)?;
            Ok((members::remove(tx, &manager, id, &expected, clock::now())?, member.name))
        })
        .await;
    match ended {
        Ok((sessions, name)) => {
            access.sessions.forget_all(&sessions).await;
            let text = desk.shell.t1("acct-person-ended", "name", name);
            let to = format!("/desk/accounts/{account_id}/people");
            Ok(see_other(to).flash(Tone::Ok, text).into())
        }
        Err(error) => {
            let read = move |connection: &mut Connection| members::get(connection, account_id, id);
            let name = state.db.read(read).await?.name;
            let mut form = Form::sent(&desk.shell, fields).refused(&desk.shell, error)?;
            form.set("name", name);
            let typed = Some((form, ChangeMember::default()));
            edit_page(&state, &desk, (account_id, id), typed).await
        }
    }
}
