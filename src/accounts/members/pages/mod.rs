//! The members of my account and those who are invited.

pub mod member;

use actix_web::HttpResponse;
use actix_web::get;
use actix_web::web::{Data, Query};
use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use crate::accounts::invitations::{self, Open};
use crate::accounts::members;
use crate::accounts::rules::{Member, may_give};
use crate::clock;
use crate::error::Result;
use crate::identity::caller::{MayManage, Visitor};
use crate::identity::rules::AccountRole;
use crate::ids::PersonId;
use crate::state::AppState;
use crate::web::list::{Cell, List, Part};
use crate::web::{Chip, Form, Shape, Shell, Tone};

pub(in crate::accounts) const PATH: &str = "/account/members";
/// More than can be open: each is good for seven days and a hundred are allowed in one.
const INVITATIONS_MAX: i64 = 1_000;

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/templates/our_members.html")]
struct MembersPage<'a> {
    shell: &'a Shell,
    members: List<'a>,
    invitations: Option<List<'a>>,
    form: Form,
    roles: Vec<(&'static str, String)>,
}

/// What may be done with an open invitation at `path`.
#[derive(Template)]
#[template(
    source = r#"<div class="actions">{% if may_resend %}<form method="post" action="{{ path }}/resend"><button class="button small" type="submit" aria-label="{{ shell.t1("members-resend-label", "email", *email) }}">{{ shell.t("members-resend") }}</button></form>{% endif %}<form method="post" action="{{ path }}/withdraw"><button class="button small danger" type="submit" aria-label="{{ shell.t1("members-withdraw-label", "email", *email) }}">{{ shell.t("members-withdraw") }}</button></form></div>"#,
    ext = "html"
)]
struct InvitationActions<'a> {
    shell: &'a Shell,
    path: String,
    email: &'a str,
    may_resend: bool,
}

impl HtmlSafe for InvitationActions<'_> {}

/// The names of roles, as one text.
fn role_names(shell: &Shell, roles: &[AccountRole]) -> String {
    let names: Vec<_> = roles
        .iter()
        .map(|role| shell.name("account-role", role.name()))
        .collect();
    names.join(", ")
}

/// A part of the members of an account, whose page is at `path`; the name of each leads where `link` says.
pub(in crate::accounts) fn member_list<'a>(
    shell: &'a Shell,
    path: String,
    part: &Part<Member>,
    reader: Option<PersonId>,
    link: impl Fn(&Member) -> Option<String>,
) -> List<'a> {
    let row = |member: &Member| {
        let name = match link(member) {
            Some(path) => Cell::link(path, &member.name),
            None => Cell::text(&member.name),
        };
        let you = (reader == Some(member.id)).then(|| Chip::new(Tone::Neutral, Shape::Dot, shell.t("members-you")));
        let sites = match member.sites.is_empty() {
            true => shell.t("members-all-sites"),
            false => member.sites.join(", "),
        };
        let last_sign_in = member.last_sign_in_at.map(|at| shell.moment(at));
        vec![
            name.and_chip(you).and_under(&member.email),
            Cell::text(role_names(shell, &member.roles)),
            Cell::text(sites),
            Cell::text(last_sign_in.unwrap_or_else(|| shell.t("members-never"))),
        ]
    };
    List::new(shell, path)
        .column("word-name", "id")
        .column("word-roles", "")
        .column("members-sites", "p3")
        .column("members-last-sign-in", "")
        .rows(part.rows.iter().map(row))
        .none("members-none")
        .counted("members-shown", part)
}

/// The invitations of an account that are open, if there are any; `path` is where they are withdrawn, for those who may.
pub(in crate::accounts) fn invitation_list<'a>(
    shell: &'a Shell,
    open: &[Open],
    path: Option<&str>,
    may_resend: bool,
) -> Option<List<'a>> {
    let row = |open: &Open| {
        let mut cells = vec![
            Cell::text(&open.email),
            Cell::text(shell.name("account-role", open.role.name())),
            Cell::text(&open.invited_by),
            Cell::text(shell.moment(open.expires_at)),
        ];
        cells.extend(path.map(|path| {
            Cell::part(InvitationActions {
                shell,
                path: format!("{path}/{}", open.id),
                email: &open.email,
                may_resend,
            })
        }));
        cells
    };
    let open_list = List::section(shell, "invitations-heading", shell.t("members-invitations"))
        .column("field-email", "id")
        .column("members-role", "")
        .column("members-invited-by", "p3")
        .column("members-good-until", "");
    let open_list = match path {
        Some(_) => open_list.hidden_column("word-actions", "plain"),
        None => open_list,
    };
    (!open.is_empty()).then(|| open_list.rows(open.iter().map(row)))
}

/// The page with this form on it.
pub(in crate::accounts) async fn page(
    state: &AppState,
    visitor: &Visitor<MayManage>,
    cursor: Option<&str>,
    form: Form,
) -> Result<HttpResponse> {
    let (shell, customer) = (&visitor.shell, &visitor.customer);
    let (part, open) = Part::read_with(
        &state.db,
        cursor,
        customer.account_id,
        |member: &Member| member.id,
        |connection, account_id, after, limit| {
            let members = members::list(connection, *account_id, after, limit)?;
            let open = invitations::list_open(connection, *account_id, None, INVITATIONS_MAX, clock::now())?;
            Ok((members, open))
        },
    )
    .await?;
    let link = |member: &Member| Some(format!("{PATH}/{}", member.id));
    let given = AccountRole::ALL.iter().filter(|role| may_give(&customer.roles, **role));
    let page = MembersPage {
        shell,
        members: member_list(shell, PATH.to_owned(), &part, Some(customer.person_id), link),
        invitations: invitation_list(shell, &open, Some("/account/invitations"), true),
        form,
        roles: given
            .map(|role| (role.name(), shell.name("account-role", role.name())))
            .collect(),
    };
    shell.page_with(page.form.status(), &page)
}

/// The members of my account
#[get("/account/members")]
pub async fn list(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let form = Form::of(&visitor.shell, [("role", AccountRole::Buyer.name())]);
    page(&state, &visitor, params.cursor.as_deref(), form).await
}
