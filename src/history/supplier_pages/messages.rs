//! Mails on the supplier's desk: what was sent, what waits, what was given up; reading one, sending it once more.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use crate::accounts;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::{Page, PathId};
use crate::identity::caller::{Desk, MayReadDesk};
use crate::ids::MessageId;
use crate::mail::rules::{Kind, State};
use crate::mail::{Filter, Listed};
use crate::state::AppState;
use crate::views;
use crate::web::components::address;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage};
use crate::web::lists::{Tab, filled, typed_days};
use crate::web::redirect::own_path;
use crate::web::{Chip, Fields, Shape, Shell, Tone, see_other};
use crate::worker;

const PATH: &str = "/desk/messages";

/// Which messages, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageParams {
    state: String,
    kind: String,
    account: String,
    from: String,
    to: String,
    cursor: String,
}

impl PageParams {
    fn filter(&self) -> Filter {
        Filter {
            state: State::from_name(&self.state),
            account: filled(&self.account),
            kind: Kind::from_name(&self.kind),
        }
    }
}

/// What is known of mails; what they say is not in it.
const FILE: Export<Listed> = Export {
    name: "messages",
    columns: &[&[
        ("id", |mail| Value::text(mail.id.to_string())),
        ("kind", |mail| Value::text(mail.kind.name())),
        ("recipient", |mail| Value::text(&mail.email)),
        ("account", |mail| Value::maybe(mail.account.as_ref(), Value::text)),
        ("subject", |mail| Value::maybe(mail.subject.as_ref(), Value::text)),
        ("state", |mail| Value::text(mail.state.name())),
        ("attempts", |mail| Value::number(mail.attempts)),
        ("last_error", |mail| Value::maybe(mail.last_error.as_ref(), Value::text)),
        ("next_attempt_at", |mail| {
            let is_due = mail.state == State::Due;
            Value::maybe(is_due.then_some(mail.next_attempt_at), Value::Moment)
        }),
        ("sent_at", |mail| Value::maybe(mail.sent_at, Value::Moment)),
        ("created_at", |mail| Value::Moment(mail.created_at)),
    ]],
};

struct Row {
    link: String,
    id: String,
    kind: String,
    recipient: String,
    account: String,
    subject: String,
    state: Chip,
    when: String,
    error: String,
    may_resend: bool,
}

/// Sends a mail once more.
#[derive(Template)]
#[template(
    source = r#"<form method="post" action="/desk/messages/{{ id }}/resend"><input type="hidden" name="back" value="{{ back }}"><button class="button small nowrap" type="submit" aria-label="{{ shell.t1("desk-mail-resend-label", "recipient", *recipient) }}">{{ shell.t("desk-mail-resend") }}</button></form>"#,
    ext = "html"
)]
struct Resend<'a> {
    shell: &'a Shell,
    id: &'a str,
    recipient: &'a str,
    back: &'a str,
}

impl HtmlSafe for Resend<'_> {}

fn state_chip(shell: &Shell, message: &Listed) -> Chip {
    let (tone, shape, key) = match message.state {
        State::Sent => (Tone::Ok, Shape::Dot, "sent"),
        State::Due if message.last_error.is_some() => (Tone::Warn, Shape::Half, "retry"),
        State::Due => (Tone::Info, Shape::Ring, "due"),
        State::Parked => (Tone::Bad, Shape::Diamond, "parked"),
    };
    Chip::new(tone, shape, shell.name("desk-mail-state", key))
}

/// When it was sent, or is tried next, or was queued.
fn when(shell: &Shell, message: &Listed) -> String {
    match (message.sent_at, message.state) {
        (Some(at), _) => shell.moment(at),
        (None, State::Due) if message.last_error.is_some() => {
            shell.t1("desk-mail-next", "moment", shell.moment(message.next_attempt_at))
        }
        _ => shell.moment(message.created_at),
    }
}

fn row(shell: &Shell, message: &Listed) -> Row {
    Row {
        link: format!("{PATH}/{}", message.id),
        id: message.id.to_string(),
        kind: shell.name("desk-mail-kind", message.kind.name()),
        recipient: message.email.clone(),
        account: message.account.clone().unwrap_or_default(),
        subject: message.subject.clone().unwrap_or_default(),
        state: state_chip(shell, message),
        when: when(shell, message),
        error: message.last_error.clone().unwrap_or_default(),
        may_resend: message.state != State::Due,
    }
}

/// Mails and what became of them
#[get("/desk/messages")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    query: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let query = query.into_inner();
    let shell = &desk.shell;
    let filter = query.filter();
    let chosen = filter.state.map_or("", State::name);
    let kind = filter.kind.map_or("", Kind::name);
    let code = query.account.trim().to_owned();
    let cursor = filled(&query.cursor);
    let (days, [from_fault, to_fault]) = typed_days(shell, &query.from, &query.to);
    let filter = (filter, days);
    let page = Page::shown(cursor.clone());
    let (after, fetch): (Option<MessageId>, _) = (page.after(&filter)?, page.fetch());
    let asked = filter.0.clone();
    let read = move |connection: &mut Connection| {
        let queued = accounts::period(connection, days)?;
        crate::mail::list(connection, (&asked, queued), after, fetch)
    };
    let found = state.db.read(read).await?;
    let (found, next) = page.cut(&filter, found, |message| message.id)?;
    let (from, to) = (query.from.trim(), query.to.trim());
    let of_state = |name| {
        let account = ("account", code.as_str());
        [("state", name), ("kind", kind), account, ("from", from), ("to", to)]
    };
    let tab = |name: &'static str| {
        let key = if name.is_empty() { "all" } else { name };
        Tab {
            path: address(PATH, of_state(name)),
            text: shell.name("desk-mail-view", key),
            count: String::new(),
            is_current: name == chosen,
        }
    };
    let back = of_state(chosen)
        .into_iter()
        .chain(cursor.as_deref().map(|text| ("cursor", text)));
    let back = address(PATH, back);
    let cells = |message: &Listed| {
        let row = row(shell, message);
        let again = row.may_resend.then(|| Resend {
            shell,
            id: &row.id,
            recipient: &row.recipient,
            back: &back,
        });
        vec![
            Cell::link(&row.link, &row.kind),
            Cell::text(&row.recipient),
            Cell::text(&row.account),
            Cell::text(&row.subject),
            Cell::text(&row.when),
            Cell::chip(row.state.clone()).and_under(&row.error),
            again.map(Cell::part).unwrap_or_default(),
        ]
    };
    let kinds = Kind::ALL.iter();
    let kinds = kinds.map(|kind| (kind.name().to_owned(), shell.name("desk-mail-kind", kind.name())));
    let shown = shell.t1("desk-mails-shown", "count", found.len());
    let list = List::new(shell, PATH)
        .keep("state", chosen)
        .by_choice("kind", "desk-mail-about", kind, "desk-any-state", kinds)
        .by_text("account", "desk-filter-account", &code)
        .by_day("from", "desk-mails-from", from, &from_fault)
        .by_day("to", "list-to", to, &to_fault)
        .column("desk-mail-about", "id")
        .column("desk-mail-to", "")
        .column("word-account", "p3")
        .column("word-subject", "p3")
        .column("desk-mail-when", "nowrap")
        .column("word-state", "")
        .hidden_column("desk-mail-resend", "plain")
        .rows(found.iter().map(cells))
        .none("desk-mails-empty")
        .export()
        .pages(shown, cursor.as_deref(), next.as_deref())
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    ListPage::new("word-mails", list)
        .tabs(["", "parked", "due", "sent"].map(tab))
        .answer()
}

/// The mails of the list as a file
#[get("/desk/messages/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    query: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let filter = query.filter();
    let (days, _) = typed_days(&desk.shell, &query.from, &query.to);
    let read = move |connection: &mut Connection| {
        let queued = accounts::period(connection, days)?;
        crate::mail::list(connection, (&filter, queued), None, READ_MAX)
    };
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

#[derive(Template)]
#[template(path = "history/templates/desk_message.html")]
struct MessagePage<'a> {
    shell: &'a Shell,
    row: Row,
    queued: String,
    attempts: i32,
    title: String,
    /// What it says, or why it isn't shown.
    text: Option<String>,
    hidden: String,
}

/// One mail, with what it says today
#[get("/desk/messages/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<MessageId>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    // Without a public address people come by that of this machine; a header that says otherwise is not believed.
    let nearby = || format!("http://{}/", request.app_config().local_addr()).parse();
    let public_url = state
        .public_url
        .clone()
        .map_or_else(nearby, Ok)
        .map_err(Error::internal)?;
    let read = move |connection: &mut _| {
        let listed = crate::mail::get(connection, id)?;
        let message = crate::mail::find_message(connection, id)?.ok_or(Error::NotFound)?;
        // Whoever reads these could act as the person they are for.
        if !message.kind.can_be_switched_off() {
            return Ok((listed, None, "desk-mail-personal"));
        }
        let text = worker::preview(connection, &message, &public_url, now())?;
        Ok((listed, text, "desk-mail-obsolete"))
    };
    let (listed, text, hidden) = state.db.read(read).await?;
    let (subject, text) = text.map_or((None, None), |(subject, text)| (Some(subject), Some(text)));
    let kind = shell.name("desk-mail-kind", listed.kind.name());
    let page = MessagePage {
        shell,
        title: listed.subject.clone().or(subject).unwrap_or(kind),
        queued: shell.moment(listed.created_at),
        attempts: listed.attempts,
        row: row(shell, &listed),
        text,
        hidden: shell.t(hidden),
    };
    shell.page(&page)
}

/// Sends a mail once more
#[post("/desk/messages/{id}/resend")]
pub async fn resend(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<MessageId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, shell) = (desk.staff.actor(), &desk.shell);
    let resent = state
        .db
        .write(move |tx| crate::mail::resend(tx, id, &actor, now()))
        .await;
    let own = own_path(fields.get("back")).filter(|path| path.starts_with(PATH));
    let to = see_other(own.map_or_else(|| format!("{PATH}/{id}"), str::to_owned));
    match resent {
        Ok(message) => {
            let text = shell.t1("desk-mail-resent", "recipient", message.email);
            Ok(to.flash(Tone::Ok, text).into())
        }
        Err(error @ Error::Conflict { .. }) => Ok(to.flash(Tone::Warn, shell.error_text(&error)).into()),
        Err(error) => Err(error),
    }
}
