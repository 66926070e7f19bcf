//! The supplier's staff on the desk.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::StaffMember;
use crate::clock;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Access, Confirmed, Desk, MayManageStaff, MayReadDesk};
use crate::identity::rules::StaffRole;
use crate::identity::staff;
use crate::ids::PersonId;
use crate::state::AppState;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::{Chip, Shape, Shell, Tone, see_other};

const PATH: &str = "/desk/staff";

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    cursor: Option<String>,
}

/// What an admin does for a colleague.
#[derive(Template)]
#[template(
    source = r#"<div class="actions"><form method="post" action="/desk/staff/{{ id }}/end-sessions"><button class="button small" type="submit" aria-label="{{ shell.t1("staff-end-label", "name", *name) }}">{{ shell.t("staff-end") }}</button></form>{% if has_factor %}<form method="post" action="/desk/staff/{{ id }}/reset-second-factor"><button class="button small danger" type="submit" aria-label="{{ shell.t1("staff-reset-label", "name", *name) }}">{{ shell.t("staff-reset") }}</button></form>{% endif %}</div>"#,
    ext = "html"
)]
struct Actions<'a> {
    shell: &'a Shell,
    id: PersonId,
    name: &'a str,
    has_factor: bool,
}

impl HtmlSafe for Actions<'_> {}

fn row(shell: &Shell, member: &StaffMember, reader: PersonId, may_manage: bool) -> Vec<Cell> {
    let roles: Vec<_> = member
        .all_roles()
        .iter()
        .map(|role| shell.name("staff-role", role.name()))
        .collect();
    let last_sign_in = member.last_sign_in_at.map(|at| shell.moment(at));
    let is_reader = member.id == reader;
    let you = is_reader.then(|| Chip::new(Tone::Neutral, Shape::Dot, shell.t("members-you")));
    let factor = match member.has_second_factor {
        true => Chip::new(Tone::Ok, Shape::Dot, shell.t("factor-is-set")),
        false => Chip::new(Tone::Neutral, Shape::Ring, shell.t("factor-is-not-set")),
    };
    let mut cells = vec![
        Cell::text(&member.name).and_chip(you).and_under(&member.email),
        Cell::text(roles.join(", ")),
        Cell::chip(factor),
        Cell::text(last_sign_in.unwrap_or_else(|| shell.t("members-never"))),
    ];
    if may_manage {
        cells.push(match is_reader {
            true => Cell::link("/profile/sessions", shell.t("own-sessions-tab")),
            false => Cell::part(Actions {
                shell,
                id: member.id,
                name: &member.name,
                has_factor: member.has_second_factor,
            }),
        });
    }
    cells
}

const FILE: Export<StaffMember> = Export {
    name: "staff",
    columns: &[&[
        ("id", |member| Value::text(member.id.to_string())),
        ("name", |member| Value::text(&member.name)),
        ("email", |member| Value::text(&member.email)),
        ("roles", |member| {
            let names: Vec<_> = member.all_roles().into_iter().map(StaffRole::name).collect();
            Value::text(names.join(", "))
        }),
        ("has_second_factor", |member| {
            Value::text(member.has_second_factor.to_string())
        }),
        ("last_sign_in_at", |member| {
            Value::maybe(member.last_sign_in_at, Value::Moment)
        }),
    ]],
};

/// The supplier's staff
#[get("/desk/staff")]
pub async fn list(
    state: Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let (shell, reader, may_manage) = (&desk.shell, desk.staff.person_id, desk.may::<MayManageStaff>());
    let read = |connection: &mut _, _: &_, after, limit| staff::list(connection, after, limit);
    let part = Part::read(
        &state.db,
        params.cursor.as_deref(),
        "staff",
        |member: &StaffMember| member.id,
        read,
    )
    .await?;
    let list = List::new(shell, PATH)
        .column("word-name", "id")
        .column("word-roles", "")
        .column("factor", "")
        .column("members-last-sign-in", "p3");
    let list = match may_manage {
        true => list.hidden_column("word-actions", "plain"),
        false => list,
    };
    let list = list
        .rows(part.rows.iter().map(|member| row(shell, member, reader, may_manage)))
        .export()
        .counted("staff-shown", &part);
    let page = ListPage::new("nav-staff", list).lead("staff-text");
    match may_manage {
        true => page
            .action("/desk/clients", "clients")
            .action("/desk/erasures", "erasures"),
        false => page,
    }
    .answer()
}

/// The same as a file
#[get("/desk/staff/export.{format}")]
pub async fn export(state: Data<AppState>, desk: Desk<MayReadDesk>, request: HttpRequest) -> Result<HttpResponse> {
    let read = |connection: &mut Connection| staff::list(connection, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

/// Ends all sessions of a colleague
#[post("/desk/staff/{id}/end-sessions")]
pub async fn end_sessions(
    state: Data<AppState>,
    access: Data<Access>,
    desk: Desk<MayManageStaff>,
    PathId(id): PathId<PersonId>,
) -> Result<HttpResponse> {
    let (actor, by) = (desk.staff.actor(), desk.staff.person_id);
    let write = move |tx: &mut _| staff::end_sessions(tx, &actor, by, id, clock::now());
    let sessions = state.db.write(write).await?;
    access.sessions.forget_all(&sessions).await;
    let text = desk.shell.t1("member-sessions-ended", "sessions", sessions.len());
    Ok(see_other(PATH).flash(Tone::Ok, text).into())
}

/// Takes the second factor of a colleague away
#[post("/desk/staff/{id}/reset-second-factor")]
pub async fn reset_factor(
    state: Data<AppState>,
    access: Data<Access>,
    desk: Confirmed<Desk<MayManageStaff>>,
    PathId(id): PathId<PersonId>,
) -> Result<HttpResponse> {
    let (actor, by) = (desk.staff.actor(), desk.staff.person_id);
    let write = move |tx: &mut _| staff::reset_factor(tx, &actor, by, id, clock::now());
    let answer = match state.db.write(write).await {
        Ok(sessions) => {
            access.sessions.forget_all(&sessions).await;
            see_other(PATH).flash(Tone::Ok, desk.shell.t("member-factor-reset"))
        }
        Err(error @ Error::Conflict { .. }) => see_other(PATH).flash(Tone::Bad, desk.shell.error_text(&error)),
        Err(other) => return Err(other),
    };
    Ok(answer.into())
}
