//! Runs on the desk: whose orders are held, what was proposed, one run with what it asks for and why not for more.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Error, Result};
use crate::http::{Params, PathId};
use crate::identity::caller::{Desk, MayKeepBooks, MayReadDesk};
use crate::identity::idempotency;
use crate::ids::ReminderRunId;
use crate::money::Money;
use crate::reminders::holds::{self, Hold};
use crate::reminders::pages::level_chip;
use crate::reminders::releasing;
use crate::reminders::rules::{Excluded, RunState};
use crate::reminders::runs::{self, Proposal, ProposedItem, Run, Whole};
use crate::state::AppState;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::{Banner, Chip, Fields, Form, Shape, Shell, Tone, see_other};

const PATH: &str = "/desk/reminders";

/// From where on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    cursor: Option<String>,
}

fn state_chip(shell: &Shell, state: RunState) -> Chip {
    let (tone, shape) = match state {
        RunState::Proposed => (Tone::Warn, Shape::Ring),
        RunState::Released => (Tone::Ok, Shape::Dot),
        RunState::Dropped => (Tone::Neutral, Shape::Dot),
    };
    Chip::new(tone, shape, shell.name("reminder-run-state", state.name()))
}

const FILE: Export<Run> = Export {
    name: "reminder-runs",
    columns: &[&[
        ("id", |run| Value::text(run.id.to_string())),
        ("as_of", |run| Value::Day(run.as_of)),
        ("state", |run| Value::text(run.state.name())),
        ("created_at", |run| Value::Moment(run.created_at)),
        ("created_by", |run| Value::text(&run.created_by)),
        ("ended_at", |run| Value::maybe(run.ended_at, Value::Moment)),
        ("ended_by", |run| Value::maybe(run.ended_by.as_ref(), Value::text)),
    ]],
};

fn row(shell: &Shell, run: &Run) -> Vec<Cell> {
    vec![
        Cell::link(format!("{PATH}/runs/{}", run.id), shell.day(run.as_of)),
        Cell::chip(state_chip(shell, run.state)),
        Cell::text(shell.moment(run.created_at)),
        Cell::text(run.ended_at.map(|at| shell.moment(at)).unwrap_or_default()),
    ]
}

fn hold_row(shell: &Shell, hold: &Hold) -> Vec<Cell> {
    let (tone, key) = match hold.is_held {
        true => (Tone::Bad, "held"),
        false => (Tone::Warn, "announced"),
    };
    vec![
        Cell::link(
            format!("/desk/accounts/{}/reminders", hold.account_id),
            &hold.account_name,
        ),
        Cell::chip(Chip::new(tone, Shape::Diamond, shell.name("reminder-hold", key))),
        Cell::text(hold.told_on.map(|on| shell.day(on)).unwrap_or_default()),
        Cell::text(shell.money(hold.overdue)),
    ]
}

#[derive(Template)]
#[template(
    source = "<form class=\"inline\" method=\"post\" action=\"/desk/reminders\"><input type=\"hidden\" name=\"form_key\" value=\"{{ key }}\"><button class=\"button primary\" type=\"submit\">{{ shell.t(\"reminder-propose\") }}</button></form>",
    ext = "html"
)]
struct Propose<'a> {
    shell: &'a Shell,
    key: String,
}

impl HtmlSafe for Propose<'_> {}

/// Runs of reminders
#[get("/desk/reminders")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let read = |connection: &mut Connection, (): &(), after: Option<ReminderRunId>, limit| {
        runs::list(connection, after.into(), limit)
    };
    let part = Part::read(&state.db, params.cursor.as_deref(), (), |run: &Run| run.id, read).await?;
    let held = state.db.read(|connection| holds::list(connection, now())).await?;
    let list = List::new(shell, PATH)
        .column("reminder-as-of", "id nowrap")
        .column("word-state", "")
        .column("reminder-proposed", "p3")
        .column("reminder-ended", "p3")
        .rows(part.rows.iter().map(|run| row(shell, run)))
        .none("reminder-runs-none")
        .export()
        .counted("reminder-runs-shown", &part);
    let mut page = ListPage::new("reminder-runs", list)
        .action("/desk/reminders/sent", "reminders-sent")
        .action("/desk/reminder-policies", "reminder-policies");
    if !held.is_empty() {
        let holds = List::section(shell, "holds", shell.t("reminder-holds"))
            .column("word-account", "id")
            .column("word-state", "")
            .column("reminder-told", "p3")
            .column("reminder-overdue", "num")
            .rows(held.iter().map(|hold| hold_row(shell, hold)));
        page = page.first(holds);
    }
    if desk.may::<MayKeepBooks>() {
        let key = Form::new(shell).key();
        page = page.tool(Propose { shell, key });
    }
    page.answer()
}

/// The runs as a file
#[get("/desk/reminders/export.{format}")]
pub async fn export(state: web::Data<AppState>, desk: Desk<MayReadDesk>, request: HttpRequest) -> Result<HttpResponse> {
    let read = |connection: &mut Connection| runs::list(connection, Walk::First, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

/// Proposes a run as of today
#[post("/desk/reminders")]
pub async fn propose(state: web::Data<AppState>, desk: Desk<MayKeepBooks>, fields: Fields) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let key = idempotency::Request::new(desk.staff.person_id, "POST /desk/reminders", fields.form_key()?, &())?;
    let actor = desk.staff.actor();
    let propose = move |tx: &mut _| runs::propose(tx, &key, None, &actor, now());
    let (whole, _) = state.db.write(propose).await?;
    let to = see_other(format!("{PATH}/runs/{}", whole.run.id));
    Ok(to.flash(Tone::Ok, shell.t("reminder-run-proposed")).into())
}

struct Line {
    link: String,
    number: String,
    due: String,
    late: String,
    open: String,
    what: String,
}

struct Account {
    link: String,
    code: String,
    name: String,
    overdue: String,
    /// What settled no invoice yet, in words; empty where nothing is.
    on_account: String,
    level: Option<Chip>,
    why: String,
    reminder: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "reminders/templates/run.html")]
struct RunPage<'a> {
    shell: &'a Shell,
    link: String,
    day: String,
    chip: Chip,
    /// Amount and how many accounts.
    totals: Vec<(String, String)>,
    reminded: Vec<Account>,
    excluded: Vec<Account>,
    /// Who can't be reminded since nobody gets such mails.
    unreachable: Option<Banner>,
    may_decide: bool,
    form: Form,
}

fn why(shell: &Shell, excluded: Option<Excluded>, note: Option<&str>) -> String {
    let text = excluded.map(|because| shell.name("reminder-excluded", because.name()));
    match (text, note) {
        (Some(text), Some(note)) => format!("{text}: {note}"),
        (Some(text), None) => text,
        (None, note) => note.unwrap_or_default().to_owned(),
    }
}

fn account(shell: &Shell, proposal: &Proposal, items: &[ProposedItem]) -> Account {
    let money = |minor| shell.money(Money::new(minor, proposal.currency));
    let line = |item: &ProposedItem| Line {
        link: format!("/desk/invoices/{}", item.invoice_id),
        number: item.number.clone(),
        due: shell.day(item.due_on),
        late: match item.overdue_days {
            ..=0 => shell.t("reminder-not-due"),
            days => shell.t1("reminder-days-late", "days", days),
        },
        open: money(item.open_minor),
        what: match item.excluded {
            Some(_) => why(shell, item.excluded, item.note.as_deref()),
            None if item.level > 0 => shell.name("reminder-level", &item.level.to_string()),
            None => String::new(),
        },
    };
    Account {
        link: format!("/desk/accounts/{}/reminders", proposal.account_id),
        code: proposal.account.clone(),
        name: proposal.account_name.clone(),
        overdue: money(proposal.overdue_minor),
        on_account: match proposal.on_account_minor {
            None | Some(0) => String::new(),
            Some(minor) => shell.t1("reminder-has-on-account", "amount", money(minor)),
        },
        level: (proposal.level > 0).then(|| level_chip(shell, proposal.level)),
        why: why(shell, proposal.excluded, proposal.note.as_deref()),
        reminder: proposal.reminder.clone().unwrap_or_default(),
        lines: items.iter().map(line).collect(),
    }
}

fn page(desk_may: bool, shell: &Shell, whole: &Whole, form: Form) -> Result<HttpResponse> {
    let of = |is_excluded: bool| {
        let own = whole
            .proposals
            .iter()
            .filter(move |(one, _)| one.excluded.is_some() == is_excluded);
        own.map(|(proposal, items)| account(shell, proposal, items)).collect()
    };
    let total = |(currency, accounts, minor)| {
        let text = shell.t1("reminder-accounts", "count", accounts);
        (shell.money(Money::new(minor, currency)), text)
    };
    let lost = whole.proposals.iter().map(|(proposal, _)| proposal);
    let lost = lost.filter(|proposal| proposal.excluded == Some(Excluded::NoAddress));
    let lost: Vec<_> = lost.map(|proposal| proposal.account_name.clone()).collect();
    let unreachable = (!lost.is_empty()).then(|| {
        let text = shell.t1("reminder-unreachable", "count", lost.len());
        Banner::new(Tone::Warn, text).with_details(lost)
    });
    shell.page_with(
        form.status(),
        &RunPage {
            unreachable,
            shell,
            link: format!("{PATH}/runs/{}", whole.run.id),
            day: shell.day(whole.run.as_of),
            chip: state_chip(shell, whole.run.state),
            totals: whole.sums().into_iter().map(total).collect(),
            reminded: of(false),
            excluded: of(true),
            may_decide: desk_may && whole.run.state == RunState::Proposed,
            form,
        },
    )
}

/// One run
#[get("/desk/reminders/runs/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<ReminderRunId>,
) -> Result<HttpResponse> {
    let whole = state.db.read(move |connection| runs::get(connection, id)).await?;
    page(desk.may::<MayKeepBooks>(), &desk.shell, &whole, Form::new(&desk.shell))
}

fn decided(shell: &Shell, id: ReminderRunId, done: Result<Whole>, key: &str) -> Result<HttpResponse> {
    let to = see_other(format!("{PATH}/runs/{id}"));
    match done {
        Ok(_) => Ok(to.flash(Tone::Ok, shell.t(key)).into()),
        Err(error @ Error::Conflict { .. }) => Ok(to.flash(Tone::Warn, shell.error_text(&error)).into()),
        Err(error) => Err(error),
    }
}

/// Sends what a run proposes
#[post("/desk/reminders/runs/{id}/release")]
pub async fn release(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<ReminderRunId>,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let done = state
        .db
        .write(move |tx| releasing::release(tx, id, &actor, now()))
        .await;
    decided(&desk.shell, id, done, "reminder-run-released")
}

/// Drops a run
#[post("/desk/reminders/runs/{id}/drop")]
pub async fn drop(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<ReminderRunId>,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let done = state.db.write(move |tx| runs::drop(tx, id, &actor, now())).await;
    decided(&desk.shell, id, done, "reminder-run-dropped")
}

/// Takes an account out of a run
#[post("/desk/reminders/runs/{id}/take-out")]
pub async fn take_out(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<ReminderRunId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, shell) = (desk.staff.actor(), &desk.shell);
    let (account, reason) = (fields.get("account").to_owned(), fields.get("reason").to_owned());
    let invoice_id = fields.filled("invoice").map(|id| id.parse().ok());
    let write = move |tx: &mut _| runs::take_out(tx, id, (&account, invoice_id), &reason, &actor, now());
    match state.db.write(write).await {
        Err(error @ Error::Invalid(_)) => {
            let form = Form::sent(shell, fields).refused(shell, error)?;
            let whole = state.db.read(move |connection| runs::get(connection, id)).await?;
            page(true, shell, &whole, form)
        }
        done => decided(shell, id, done, "reminder-run-taken-out"),
    }
}
