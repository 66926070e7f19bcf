//! The members of my account and those who are invited.

pub mod member;

use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use crate::accounts::invitations::{self, Open};
use crate::accounts::members;
use crate::accounts::rules::{Member, may_give};
use crate::clock;
use crate::db::Connection;
use crate::error::Result;
use crate::http::Page;
use crate::identity::caller::{MayManage, Visitor};
use crate::identity::rules::AccountRole;
use crate::ids::{InvitationId, PersonId};
use crate::state::AppState;
use crate::web::{Form, Pager, Shell};

pub(in crate::accounts) const PATH: &str = "/account/members";
const FILTER: &str = "account-members";
/// More than can be open: each is good for seven days and a hundred are allowed in one.
const INVITATIONS_MAX: i64 = 1_000;

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Shown {
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/templates/our_members.html")]
struct MembersPage<'a> {
    shell: &'a Shell,
    rows: Vec<Row>,
    pager: Pager,
    invitations: Vec<InvitationRow>,
    form: Form,
    roles: Vec<(&'static str, String)>,
}

struct Row {
    id: PersonId,
    name: String,
    email: String,
    roles: String,
    sites: String,
    last_sign_in: String,
    is_me: bool,
}

struct InvitationRow {
    id: InvitationId,
    email: String,
    role: String,
    by: String,
    until: String,
}

/// The names of roles, as one text.
pub(in crate::accounts) fn role_names(shell: &Shell, roles: &[AccountRole]) -> String {
    let names: Vec<_> = roles
        .iter()
        .map(|role| shell.name("account-role", role.name()))
        .collect();
    names.join(", ")
}

fn row(shell: &Shell, member: Member, me: PersonId) -> Row {
    Row {
        id: member.id,
        roles: role_names(shell, &member.roles),
        sites: match member.sites.is_empty() {
            true => shell.t("members-all-sites"),
            false => member.sites.join(", "),
        },
        last_sign_in: member
            .last_sign_in_at
            .map_or_else(|| shell.t("members-never"), |at| shell.moment(at)),
        is_me: member.id == me,
        name: member.name,
        email: member.email,
    }
}

fn invitation_row(shell: &Shell, open: Open) -> InvitationRow {
    InvitationRow {
        id: open.id,
        email: open.email,
        role: shell.name("account-role", open.role.name()),
        by: open.invited_by,
        until: shell.moment(open.expires_at),
    }
}

/// The page with this form on it.
pub(in crate::accounts) async fn page(
    state: &AppState,
    visitor: &Visitor<MayManage>,
    cursor: Option<String>,
    form: Form,
) -> Result<HttpResponse> {
    let page = Page::shown(cursor.clone());
    let after = page.after(FILTER)?;
    let (account_id, rows_max) = (visitor.customer.account_id, page.fetch());
    let read = move |connection: &mut Connection| {
        let members = members::list(connection, account_id, after, rows_max)?;
        let open = invitations::list_open(connection, account_id, None, INVITATIONS_MAX, clock::now())?;
        Ok((members, open))
    };
    let (members, open) = state.db.read(read).await?;
    let (members, next) = page.cut(FILTER, members, |member| member.id)?;
    let (shell, customer) = (&visitor.shell, &visitor.customer);
    let text = shell.t1("members-shown", "members", members.len());
    let given = AccountRole::ALL.iter().filter(|role| may_give(&customer.roles, **role));
    let status = form.status();
    let page = MembersPage {
        shell,
        rows: members
            .into_iter()
            .map(|member| row(shell, member, customer.person_id))
            .collect(),
        pager: Pager::new(shell, PATH, &[], cursor.as_deref(), next.as_deref(), text),
        invitations: open.into_iter().map(|open| invitation_row(shell, open)).collect(),
        form,
        roles: given
            .map(|role| (role.name(), shell.name("account-role", role.name())))
            .collect(),
    };
    shell.page_with(status, &page)
}

/// The members of my account
#[get("/account/members")]
pub async fn list(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    Query(shown): Query<Shown>,
) -> Result<HttpResponse> {
    let form = Form::of(&visitor.shell, [("role", AccountRole::Buyer.name())]);
    page(&state, &visitor, shown.cursor, form).await
}
