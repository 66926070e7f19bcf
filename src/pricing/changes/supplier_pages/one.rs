//! One price change: what it is for, its rows as they come in, what it comes to, and the decision.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;

use super::{PATH, state_chip};
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Confirmed, Desk, MayApprovePrices, MayReadDesk, MaySeeCosts, MaySetPrices};
use crate::ids::PriceChangeId;
use crate::money::Money;
use crate::names::states::PreviewState;
use crate::pricing::changes::previewing::{Preview, Total, total};
use crate::pricing::changes::rules::{State, must_be_anothers, must_be_open};
use crate::pricing::changes::shapes::percent;
use crate::pricing::changes::{self, Change, NamedSum, deciding, previewing};
use crate::sheets::numbers::NumberStyle;
use crate::state::AppState;
use crate::web::export::{Export, Value};
use crate::web::{Chip, Fields, Form, Shell, Tone, see_other};

/// Accounts that the page shows; all of them are in the file.
const ACCOUNTS_SHOWN: usize = 100;

/// What an account loses or gains.
struct AccountRow {
    account: String,
    name: String,
    lines: String,
    before: String,
    after: String,
    difference: String,
    /// Before and after, per cent.
    margin: String,
    under_floor: String,
}

/// What it comes to, for those who may see what is earned.
struct Told {
    state: Option<PreviewState>,
    at: String,
    /// Value and text.
    tiles: Vec<(String, String)>,
    /// Before, after, difference and margin, by currency.
    totals: Vec<[String; 4]>,
    /// Contracts in which a price rises, in words.
    broken: Vec<String>,
    rows: Vec<AccountRow>,
    /// How many accounts are in the file alone, in words.
    more: Option<String>,
}

#[derive(Template)]
#[template(path = "pricing/templates/price_change.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    link: String,
    change: &'a Change,
    chip: Chip,
    /// Text and value.
    facts: Vec<(String, String)>,
    told: Option<Told>,
    /// Its rows and day can be changed by who reads.
    may_edit: bool,
    may_preview: bool,
    may_submit: bool,
    may_decide: bool,
    /// It waits for somebody else than the reader.
    is_own: bool,
    may_roll_back: bool,
    numbers: Vec<(String, String)>,
    form: Form,
}

fn margin(shell: &Shell, total: &Total) -> String {
    let text = |ppm: Option<i64>| {
        ppm.map_or_else(
            || "–".to_owned(),
            |ppm| format!("{} %", shell.language.decimal(percent(ppm))),
        )
    };
    format!("{} → {}", text(total.margin_before), text(total.margin_after))
}

fn total_row(shell: &Shell, total: &Total) -> [String; 4] {
    let difference = Money::new(total.after.minor - total.before.minor, total.after.currency);
    [
        shell.money(total.before),
        shell.money(total.after),
        shell.money(difference),
        margin(shell, total),
    ]
}

fn account_row(shell: &Shell, named: &NamedSum) -> Option<AccountRow> {
    let total = total([&named.sum])?;
    let [before, after, difference, margin] = total_row(shell, &total);
    Some(AccountRow {
        account: named.code.clone(),
        name: named.name.clone(),
        lines: shell.language.decimal(named.sum.line_count),
        before,
        after,
        difference,
        margin,
        under_floor: shell.language.decimal(named.sum.under_floor),
    })
}

fn told(shell: &Shell, preview: &Preview) -> Told {
    let tile = |number: String, key: &str| (number, shell.t(key));
    let count = |number: i64| shell.language.decimal(number);
    let touched = preview.accounts.iter().filter(|named| named.sum.line_count > 0);
    let more = preview.touched().saturating_sub(ACCOUNTS_SHOWN);
    Told {
        state: preview.change.preview,
        at: preview
            .change
            .previewed_at
            .map(|at| shell.moment(at))
            .unwrap_or_default(),
        tiles: vec![
            tile(shell.language.decimal(preview.touched()), "price-change-accounts"),
            tile(count(preview.count(|sum| sum.line_count)), "price-change-lines"),
            tile(count(preview.count(|sum| sum.under_floor)), "price-change-under-floor"),
            tile(count(preview.count(|sum| sum.draft_count)), "price-change-drafts"),
        ],
        totals: preview.totals.iter().map(|total| total_row(shell, total)).collect(),
        broken: preview
            .broken
            .iter()
            .map(|(list, rows)| shell.t2("price-change-broken", "list", list.as_str(), "rows", *rows))
            .collect(),
        rows: touched
            .take(ACCOUNTS_SHOWN)
            .filter_map(|named| account_row(shell, named))
            .collect(),
        more: (more > 0).then(|| shell.t1("price-change-more", "accounts", more)),
    }
}

fn facts(shell: &Shell, change: &Change) -> Vec<(String, String)> {
    let mut facts = vec![
        (shell.t("price-change-day"), shell.day(change.effective_on)),
        (shell.t("price-change-made"), shell.moment(change.created_at)),
    ];
    let notice = change
        .notice_days
        .map(|days| shell.t1("price-change-notice-days", "days", days));
    let moment = |at: Option<_>| at.map(|at| shell.moment(at));
    let more = [
        ("price-change-note", change.note.clone()),
        ("price-change-notice", notice),
        ("price-change-submitted", moment(change.submitted_at)),
        ("price-change-decided", moment(change.decided_at)),
        ("price-change-decision-note", change.decision_note.clone()),
        ("price-change-applied", moment(change.applied_at)),
        ("price-change-rolled-back", moment(change.rolled_back_at)),
    ];
    facts.extend(more.into_iter().filter_map(|(key, value)| Some((shell.t(key), value?))));
    facts
}

/// Who reads, and what they may.
pub(super) struct Reader<'a> {
    pub(super) shell: &'a Shell,
    who: String,
    may_edit: bool,
    sees_costs: bool,
    may_approve: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn of<R>(desk: &'a Desk<R>) -> Self {
        Self {
            shell: &desk.shell,
            who: desk.staff.actor().to_string(),
            may_edit: desk.may::<MaySetPrices>(),
            sees_costs: desk.may::<MaySeeCosts>(),
            may_approve: desk.may::<MayApprovePrices>(),
        }
    }
}

pub(super) async fn page(state: &AppState, reader: &Reader<'_>, id: PriceChangeId, form: Form) -> Result<HttpResponse> {
    let shell = reader.shell;
    let preview = state.db.read(move |connection| previewing::get(connection, id)).await?;
    let change = &preview.change;
    let is_open = must_be_open(change.state, &change.title).is_ok();
    let is_own = must_be_anothers(&change.everybody(), &reader.who).is_err();
    let waits = change.state == State::Submitted && reader.may_approve;
    let style = |name: &str| {
        let key = if name.is_empty() { "shown" } else { name };
        (name.to_owned(), shell.name("imp-numbers", key))
    };
    let has_rows = change.row_count > 0;
    let page = OnePage {
        shell,
        link: format!("{PATH}/{id}"),
        chip: state_chip(shell, change.state),
        facts: facts(shell, change),
        told: reader.sees_costs.then(|| told(shell, &preview)),
        may_edit: reader.may_edit && is_open,
        may_preview: reader.sees_costs && has_rows && (is_open || change.state == State::Submitted),
        may_submit: reader.may_edit && is_open && change.preview == Some(PreviewState::Ready),
        may_decide: waits && !is_own,
        is_own: waits && is_own,
        may_roll_back: reader.may_approve && matches!(change.state, State::Approved | State::Applied),
        numbers: std::iter::once("")
            .chain(NumberStyle::NAMES.iter().copied())
            .map(style)
            .collect(),
        change,
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// The plan as it is stored, for the form.
fn stored(shell: &Shell, change: &Change) -> Form {
    Form::of(
        shell,
        [
            ("title", change.title.clone()),
            ("note", change.note.clone().unwrap_or_default()),
            ("effective_on", change.effective_on.to_string()),
            (
                "notice_days",
                change.notice_days.map(|days| days.to_string()).unwrap_or_default(),
            ),
        ],
    )
}

/// One price change
#[get("/desk/price-changes/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<PriceChangeId>,
) -> Result<HttpResponse> {
    let change = state.db.read(move |connection| changes::get(connection, id)).await?;
    let form = stored(&desk.shell, &change);
    page(&state, &Reader::of(&desk), id, form).await
}

const FILE: Export<NamedSum> = Export {
    name: "price-change-preview",
    columns: &[&[
        ("account", |named| Value::text(&named.code)),
        ("name", |named| Value::text(&named.name)),
        ("currency", |named| Value::text(named.sum.currency.code())),
        ("lines", |named| Value::number(named.sum.line_count)),
        ("before", |named| {
            Value::number(Money::new(named.sum.before_minor, named.sum.currency))
        }),
        ("after", |named| {
            Value::number(Money::new(named.sum.after_minor, named.sum.currency))
        }),
        ("cost", |named| {
            Value::number(Money::new(named.sum.cost_minor, named.sum.currency))
        }),
        ("under_floor", |named| Value::number(named.sum.under_floor)),
        ("drafts", |named| Value::number(named.sum.draft_count)),
    ]],
};

/// What a price change comes to for each account, as a file
#[get("/desk/price-changes/{id}/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MaySeeCosts>,
    PathId(id): PathId<PriceChangeId>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let preview = state.db.read(move |connection| previewing::get(connection, id)).await?;
    FILE.answer(&state.exports, &desk.shell, &request, preview.accounts)
        .await
}

/// Back to the page with what was done, or the form again with what was refused.
pub(super) async fn answered(
    state: &AppState,
    reader: &Reader<'_>,
    (id, form): (PriceChangeId, Form),
    (done, key): (Result<Change>, &str),
) -> Result<HttpResponse> {
    let shell = reader.shell;
    match done {
        Ok(_) => Ok(see_other(format!("{PATH}/{id}")).flash(Tone::Ok, shell.t(key)).into()),
        Err(error @ (Error::Conflict { .. } | Error::Refused { .. })) => {
            let to = see_other(format!("{PATH}/{id}"));
            Ok(to.flash(Tone::Warn, shell.error_text(&error)).into())
        }
        Err(error) => page(state, reader, id, form.refused(shell, error)?).await,
    }
}

/// Works out what it comes to
#[post("/desk/price-changes/{id}/preview")]
pub async fn work_out(
    state: web::Data<AppState>,
    desk: Desk<MaySeeCosts>,
    PathId(id): PathId<PriceChangeId>,
) -> Result<HttpResponse> {
    let reader = Reader::of(&desk);
    let done = state.db.write(move |tx| previewing::start(tx, id)).await;
    let form = Form::new(reader.shell);
    answered(&state, &reader, (id, form), (done, "price-change-previewing")).await
}

/// Sends it in for approval
#[post("/desk/price-changes/{id}/submit")]
pub async fn submit(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    PathId(id): PathId<PriceChangeId>,
) -> Result<HttpResponse> {
    let (reader, actor) = (Reader::of(&desk), desk.staff.actor());
    let done = state.db.write(move |tx| deciding::submit(tx, id, &actor, now())).await;
    let form = Form::new(reader.shell);
    answered(&state, &reader, (id, form), (done, "price-change-sent-in")).await
}

/// Approves it
#[post("/desk/price-changes/{id}/approve")]
pub async fn approve(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MayApprovePrices>>,
    PathId(id): PathId<PriceChangeId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (reader, actor) = (Reader::of(&desk), desk.staff.actor());
    let form = Form::sent(reader.shell, fields);
    let note = form.filled("decision_note");
    let write = move |tx: &mut Connection| deciding::approve(tx, id, note.as_deref(), &actor, now());
    let done = state.db.write(write).await;
    answered(&state, &reader, (id, form), (done, "price-change-approved")).await
}

/// Rejects it
#[post("/desk/price-changes/{id}/reject")]
pub async fn reject(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MayApprovePrices>>,
    PathId(id): PathId<PriceChangeId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (reader, actor) = (Reader::of(&desk), desk.staff.actor());
    let form = Form::sent(reader.shell, fields);
    let note = form.filled("decision_note");
    let write = move |tx: &mut Connection| deciding::reject(tx, id, note.as_deref(), &actor, now());
    let done = state.db.write(write).await;
    answered(&state, &reader, (id, form), (done, "price-change-rejected")).await
}

/// Rolls it back
#[post("/desk/price-changes/{id}/roll-back")]
pub async fn roll_back(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MayApprovePrices>>,
    PathId(id): PathId<PriceChangeId>,
) -> Result<HttpResponse> {
    let (reader, actor) = (Reader::of(&desk), desk.staff.actor());
    let done = state
        .db
        .write(move |tx| deciding::roll_back(tx, id, &actor, now()))
        .await;
    let form = Form::new(reader.shell);
    answered(&state, &reader, (id, form), (done, "price-change-rolling-back")).await
}
