//! Settlements on the desk: the list, and the button that pays one.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::{Settlement, State};
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepBooks, MayReadDesk};
use crate::ids::RebateSettlementId;
use crate::money::Money;
use crate::state::AppState;
use crate::web::components::address;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;
use crate::web::{Chip, Shape, Shell, Tone, see_other};

const PATH: &str = "/desk/rebate-settlements";

/// Which settlements, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    account: String,
    cursor: Option<String>,
}

fn chip(shell: &Shell, state: State) -> Chip {
    let (tone, shape) = match state {
        State::Proposed => (Tone::Warn, Shape::Ring),
        State::Settled => (Tone::Ok, Shape::Dot),
    };
    Chip::new(tone, shape, shell.name("rebate-settlement", state.name()))
}

/// The button that pays.
#[derive(Template)]
#[template(
    source = r#"<form class="inline" method="post" action="/desk/rebate-settlements/{{ id }}/approve"><button class="button small" type="submit" aria-label="{{ label }}">{{ shell.t("rebate-approve") }}</button></form>"#,
    ext = "html"
)]
struct Approve<'a> {
    shell: &'a Shell,
    id: RebateSettlementId,
    label: String,
}

impl HtmlSafe for Approve<'_> {}

fn row(shell: &Shell, one: &Settlement, may: bool) -> Vec<Cell> {
    let days = format!("{} – {}", shell.day(one.period_from), shell.day(one.period_to));
    let amount = shell.money(Money::new(one.amount_minor, one.currency));
    let then = match one.state {
        State::Proposed if may => Cell::part(Approve {
            shell,
            id: one.id,
            label: shell.t2(
                "rebate-approve-of",
                "code",
                one.code.as_str(),
                "amount",
                amount.as_str(),
            ),
        }),
        State::Proposed => Cell::text(""),
        State::Settled => {
            let to = address("/desk/credit-notes", [("account", one.account.as_str())]);
            Cell::link(to, shell.t("credit-notes"))
        }
    };
    vec![
        Cell::code(format!("/desk/rebate-agreements/{}", one.agreement_id), &one.code).and_under(&one.name),
        Cell::text(&one.account_name),
        Cell::text(days),
        Cell::text(amount),
        Cell::chip(chip(shell, one.state)),
        Cell::text(one.decided_at.map(|at| shell.moment(at)).unwrap_or_default()),
        then,
    ]
}

const FILE: Export<Settlement> = Export {
    name: "rebate-settlements",
    columns: &[&[
        ("rebate", |one| Value::text(&one.code)),
        ("name", |one| Value::text(&one.name)),
        ("account", |one| Value::text(&one.account)),
        ("from", |one| Value::Day(one.period_from)),
        ("to", |one| Value::Day(one.period_to)),
        ("state", |one| Value::text(one.state.name())),
        ("currency", |one| Value::text(one.currency.code())),
        ("amount", |one| {
            Value::number(Money::new(one.amount_minor, one.currency))
        }),
        ("proposed_at", |one| Value::Moment(one.proposed_at)),
        ("approved_at", |one| Value::maybe(one.decided_at, Value::Moment)),
        ("approved_by", |one| Value::maybe(one.decided_by.as_ref(), Value::text)),
    ]],
};

/// Settlements of rebates
#[get("/desk/rebate-settlements")]
pub async fn list(
    state: Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let read = |connection: &mut Connection, account: &Option<String>, after: Option<RebateSettlementId>, limit| {
        super::list(connection, (account.as_deref(), None), after.into(), limit)
    };
    let filter = filled(&params.account);
    let part = Part::read(
        &state.db,
        params.cursor.as_deref(),
        filter,
        |one: &Settlement| one.id,
        read,
    )
    .await?;
    let may = desk.may::<MayKeepBooks>();
    let list = List::new(shell, PATH)
        .by_text("account", "desk-filter-account", &params.account)
        .column("rebate-code", "id")
        .column("word-account", "")
        .column("rebate-period-days", "")
        .column("rebate-amount", "num")
        .column("word-state", "")
        .column("rebate-approved-at", "p3")
        .hidden_column("rebate-approve", "plain")
        .rows(part.rows.iter().map(|one| row(shell, one, may)))
        .none("rebate-settlements-none")
        .none_found("rebate-settlements-none-found")
        .export()
        .counted("rebate-settlements-shown", &part);
    ListPage::new("rebate-settlements", list)
        .below("/desk/rebate-agreements", "nav-rebate-agreements")
        .lead("rebate-settlements-lead")
        .answer()
}

/// The settlements of the list as a file
#[get("/desk/rebate-settlements/export.{format}")]
pub async fn export(
    state: Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let account = filled(&params.account);
    let read =
        move |connection: &mut Connection| super::list(connection, (account.as_deref(), None), Walk::First, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

/// Pays what is proposed
#[post("/desk/rebate-settlements/{id}/approve")]
pub async fn approve(
    state: Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<RebateSettlementId>,
) -> Result<HttpResponse> {
    let (shell, actor) = (&desk.shell, desk.staff.actor());
    let done = state
        .db
        .write(move |tx: &mut Connection| super::approve(tx, id, &actor, now()))
        .await;
    match done {
        Ok(whole) => {
            let paid = &whole.settlement;
            let amount = shell.money(Money::new(paid.amount_minor, paid.currency));
            let text = shell.t1("rebate-approved", "amount", amount);
            Ok(see_other(PATH).flash(Tone::Ok, text).into())
        }
        Err(error @ (Error::Conflict { .. } | Error::Refused { .. } | Error::Invalid(_))) => {
            Ok(see_other(PATH).flash(Tone::Warn, shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}
