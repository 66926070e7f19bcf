//! All open drafts of the account: continue, call, copy, delete, begin.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use askama::filters::HtmlSafe;

use super::quick_order::title;
use super::{editor, or_placed};
use crate::accounts::terms;
use crate::db::Connection;
use crate::drafts::rules::DraftHead;
use crate::drafts::{self, editing, shelving};
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{MayOrder, MayRead, Visitor};
use crate::ids::DraftId;
use crate::money::Money;
use crate::state::AppState;
use crate::web::list::{Cell, List, ListPage};
use crate::web::{Fields, Shell, Tone, see_other};

/// Begins a draft.
#[derive(Template)]
#[template(
    source = r#"<form method="post" action="/drafts"><button class="button primary" type="submit">{{ shell.t("draft-new") }}</button></form>"#,
    ext = "html"
)]
struct Begin<'a> {
    shell: &'a Shell,
}

impl HtmlSafe for Begin<'_> {}

/// What may be done with a draft.
#[derive(Template)]
#[template(path = "drafts/templates/draft_actions.html")]
struct Actions<'a> {
    shell: &'a Shell,
    id: DraftId,
    title: String,
    name: &'a str,
}

impl HtmlSafe for Actions<'_> {}

/// The drafts of the account
#[get("/drafts")]
pub async fn list(state: web::Data<AppState>, visitor: Visitor<MayRead>) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut Connection| {
        let terms = terms::load(connection, account_id)?;
        Ok((drafts::list(connection, account_id)?, terms.currency))
    };
    let (heads, currency) = state.db.read(read).await?;
    let (shell, may_order) = (&visitor.shell, visitor.may::<MayOrder>());
    let row = |head: &DraftHead| {
        let (draft, title) = (&head.draft, title(shell, &head.draft));
        let mut cells = vec![
            Cell::link(format!("/drafts/{}", draft.id), &title),
            Cell::text(&draft.owner),
            Cell::text(head.line_count.to_string()),
            Cell::text(shell.language.amount(Money::new(head.shown_net_minor, currency))),
            Cell::text(shell.moment(draft.changed_at)),
        ];
        if may_order {
            let name = draft.title.as_deref().unwrap_or_default();
            let id = draft.id;
            cells.push(Cell::part(Actions { shell, id, title, name }));
        }
        cells
    };
    let list = List::new(shell, "/drafts")
        .column("word-name", "id")
        .column("draft-owner", "")
        .column("word-lines", "num")
        .column_called(shell.t1("line-net", "currency", currency.code()), "num")
        .column("draft-changed-at", "")
        .rows(heads.iter().map(row))
        .none("drafts-empty")
        .none_step("/quick-order", "drafts-start");
    match may_order {
        true => {
            let list = list.hidden_column("word-actions", "plain");
            ListPage::new("drafts", list).tool(Begin { shell }).answer()
        }
        false => ListPage::new("drafts", list).answer(),
    }
}

/// Begins a draft
#[post("/drafts")]
pub async fn create(state: web::Data<AppState>, visitor: Visitor<MayOrder>) -> Result<HttpResponse> {
    let editor = editor(&visitor);
    match state.db.write(move |tx| shelving::create(tx, &editor, None)).await {
        Ok(id) => Ok(see_other(format!("/drafts/{id}")).into()),
        Err(error) => Ok(see_other("/drafts")
            .flash(Tone::Bad, visitor.shell.error_text(&error))
            .into()),
    }
}

/// Calls a draft something
#[post("/drafts/{id}/title")]
pub async fn rename(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<DraftId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (editor, name) = (editor(&visitor), fields.filled("title").map(str::to_owned));
    let renamed = state
        .db
        .write(move |tx| editing::rename(tx, &editor, id, name.clone()))
        .await;
    match renamed {
        Ok(()) => Ok(see_other("/drafts")
            .flash(Tone::Ok, visitor.shell.t("draft-renamed"))
            .into()),
        Err(error) => Ok(or_placed(&visitor, Some(id), error)?.into()),
    }
}

/// Copies a draft
#[post("/drafts/{id}/copy")]
pub async fn copy(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<DraftId>,
) -> Result<HttpResponse> {
    let editor = editor(&visitor);
    match state.db.write(move |tx| shelving::copy(tx, &editor, id)).await {
        Ok(copy) => {
            let text = visitor.shell.t("draft-copied");
            Ok(see_other(format!("/drafts/{copy}")).flash(Tone::Ok, text).into())
        }
        Err(error) => Ok(or_placed(&visitor, Some(id), error)?.into()),
    }
}

#[derive(Template)]
#[template(path = "drafts/templates/delete.html")]
struct DeletePage<'a> {
    shell: &'a Shell,
    id: DraftId,
    title: String,
    lines: i64,
}

/// Asks before a draft goes
#[get("/drafts/{id}/delete")]
pub async fn confirm_delete(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<DraftId>,
) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut Connection| {
        let draft = drafts::get(connection, account_id, id)?;
        Ok((draft, drafts::count_lines(connection, account_id, id)?))
    };
    let (draft, lines) = state.db.read(read).await?;
    if draft.placed.is_some() {
        return Ok(see_other(format!("/drafts/{id}")).into());
    }
    let shell = &visitor.shell;
    shell.page(&DeletePage {
        shell,
        id,
        title: title(shell, &draft),
        lines,
    })
}

/// Deletes a draft
#[post("/drafts/{id}/delete")]
pub async fn delete(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<DraftId>,
) -> Result<HttpResponse> {
    let (editor, actor) = (editor(&visitor), visitor.customer.actor());
    match state
        .db
        .write(move |tx| shelving::delete(tx, &editor, &actor, id))
        .await
    {
        Ok(()) => Ok(see_other("/drafts")
            .flash(Tone::Ok, visitor.shell.t("draft-deleted"))
            .into()),
        Err(error) => Ok(or_placed(&visitor, Some(id), error)?.into()),
    }
}
