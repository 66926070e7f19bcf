//! Lists of agreements, and of what they accrued and are expected to.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get};

use super::{ListParams, PATH};
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::identity::caller::{Desk, MayManageAccounts, MayReadDesk};
use crate::rebate_agreements::rules::Expected;
use crate::rebate_agreements::{self, Agreement, Standing, words};
use crate::state::AppState;
use crate::tax::rules::percent;
use crate::web::Shell;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;

fn cells(shell: &Shell, agreement: &Agreement) -> Vec<Cell> {
    let kept = &agreement.kept;
    let until = kept.valid_to.map(|to| shell.day(to)).unwrap_or_default();
    vec![
        Cell::code(format!("{PATH}/{}", kept.id), &kept.code),
        Cell::text(&kept.account_name),
        Cell::text(&kept.name).and_under(words::about(shell, agreement)),
        Cell::text(shell.name("rebate-period", kept.period.name()))
            .and_under(shell.name("rebate-method", kept.method.name())),
        Cell::text(words::tiers(shell, agreement).join("; ")),
        Cell::text(format!("{} – {until}", shell.day(kept.valid_from))),
    ]
}

/// It has the columns of the import file.
const FILE: Export<Agreement> = Export {
    name: "rebates",
    columns: &[&[
        ("rebate", |one| Value::text(&one.kept.code)),
        ("account", |one| Value::text(&one.kept.account)),
        ("name", |one| Value::text(&one.kept.name)),
        ("currency", |one| Value::text(one.kept.currency.code())),
        ("period", |one| Value::text(one.kept.period.name())),
        ("method", |one| Value::text(one.kept.method.name())),
        ("basis", |one| Value::text(one.kept.basis.name())),
        ("scope", |one| Value::text(one.kept.scope().name())),
        ("key", |one| Value::maybe(one.kept.key(), Value::text)),
        ("valid_from", |one| Value::Day(one.kept.valid_from)),
        ("valid_to", |one| Value::maybe(one.kept.valid_to, Value::Day)),
        ("settlement", |one| Value::text(one.kept.settlement.name())),
    ]],
};

/// Agreements of rebates
#[get("/desk/rebate-agreements")]
pub async fn show_agreements(
    state: Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let read = |connection: &mut Connection, account: &Option<String>, after: Option<String>, limit| {
        rebate_agreements::list(connection, account.as_deref(), after, limit)
    };
    let code = |one: &Agreement| one.kept.code.clone();
    let part = Part::read(&state.db, params.cursor.as_deref(), filled(&params.account), code, read).await?;
    let mut list = List::new(shell, PATH)
        .by_text("account", "desk-filter-account", &params.account)
        .column("rebate-code", "id")
        .column("word-account", "")
        .column("rebate-name", "")
        .column("rebate-every", "")
        .column("rebate-tiers", "")
        .column("rebate-valid", "p3")
        .rows(part.rows.iter().map(|one| cells(shell, one)))
        .none("rebate-agreements-none")
        .none_found("rebate-agreements-none-found")
        .export()
        .counted("rebate-agreements-shown", &part);
    let may = desk.may::<MayManageAccounts>();
    if may {
        list = list.none_step("/desk/rebate-agreements/new", "rebate-agreement-new");
    }
    ListPage::new("nav-rebate-agreements", list)
        .action("/desk/rebate-accruals", "rebate-accruals")
        .action("/desk/rebate-settlements", "rebate-settlements")
        .primary_if(may, "/desk/rebate-agreements/new", "rebate-agreement-new")
        .answer()
}

/// The agreements of the list as a file
#[get("/desk/rebate-agreements/export.{format}")]
pub async fn export(
    state: Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let account = filled(&params.account);
    let read = move |connection: &mut Connection| {
        rebate_agreements::list(connection, account.as_deref(), Walk::First, READ_MAX)
    };
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

/// A period and the day on which it is looked at.
type Looked = (Standing, chrono::NaiveDate);

fn looked(connection: &mut Connection, account: Option<&str>, walk: Walk<i64>, limit: i64) -> Result<Vec<Looked>> {
    let found = rebate_agreements::list_standings(connection, account, walk, limit)?;
    let today = rebate_agreements::today(connection, now())?;
    Ok(found.into_iter().map(|standing| (standing, today)).collect())
}

fn expected_cells(shell: &Shell, (standing, today): &Looked) -> Vec<Cell> {
    let (agreement, sums) = (&standing.agreement, standing.sums);
    let money = |minor| shell.money(agreement.money(minor));
    let expected = standing.expected(*today);
    let of = |part: fn(Expected) -> i64| expected.map(|one| money(part(one))).unwrap_or_default();
    vec![
        Cell::code(format!("{PATH}/{}", agreement.kept.id), &agreement.kept.code).and_under(&agreement.kept.name),
        Cell::text(&agreement.kept.account_name),
        Cell::text(words::days(shell, standing)),
        Cell::text(money(sums.turnover_minor)),
        Cell::text(shell.language.percent(agreement.scale.rate_ppm(sums.turnover_minor))),
        Cell::text(money(sums.accrued_minor)),
        Cell::text(of(|one| one.forecast_minor)),
        Cell::text(of(|one| one.accrued_minor)),
    ]
}

const EXPECTED: Export<Looked> = Export {
    name: "rebate-accruals",
    columns: &[&[
        ("rebate", |(one, _)| Value::text(&one.agreement.kept.code)),
        ("name", |(one, _)| Value::text(&one.agreement.kept.name)),
        ("account", |(one, _)| Value::text(&one.agreement.kept.account)),
        ("from", |(one, _)| Value::maybe(one.days, |(from, _)| Value::Day(from))),
        ("to", |(one, _)| Value::maybe(one.days, |(_, to)| Value::Day(to))),
        ("currency", |(one, _)| Value::text(one.agreement.kept.currency.code())),
        ("turnover", |(one, _)| {
            Value::number(one.agreement.money(one.sums.turnover_minor))
        }),
        ("rate", |(one, _)| {
            Value::text(percent(one.agreement.scale.rate_ppm(one.sums.turnover_minor)))
        }),
        ("accrued", |(one, _)| {
            Value::number(one.agreement.money(one.sums.accrued_minor))
        }),
        ("forecast_turnover", |(one, today)| {
            Value::maybe(one.expected(*today), |expected| {
                Value::number(one.agreement.money(expected.forecast_minor))
            })
        }),
        ("expected", |(one, today)| {
            Value::maybe(one.expected(*today), |expected| {
                Value::number(one.agreement.money(expected.accrued_minor))
            })
        }),
    ]],
};

/// What all agreements accrued, and what is expected of them
#[get("/desk/rebate-accruals")]
pub async fn show_expected(
    state: Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let read = |connection: &mut Connection, account: &Option<String>, after: Option<i64>, limit| {
        looked(connection, account.as_deref(), after.into(), limit)
    };
    let id = |(standing, _): &Looked| standing.period_id;
    let part = Part::read(&state.db, params.cursor.as_deref(), filled(&params.account), id, read).await?;
    let list = List::new(shell, "/desk/rebate-accruals")
        .by_text("account", "desk-filter-account", &params.account)
        .column("rebate-code", "id")
        .column("word-account", "")
        .column("rebate-period-days", "")
        .column("rebate-turnover", "num")
        .column("rebate-rate", "num p3")
        .column("rebate-accrued", "num")
        .column("rebate-forecast", "num p3")
        .column("rebate-expected", "num")
        .rows(part.rows.iter().map(|one| expected_cells(shell, one)))
        .none("rebate-accruals-none")
        .none_found("rebate-accruals-none-found")
        .export()
        .counted("rebate-accruals-shown", &part);
    ListPage::new("rebate-accruals", list)
        .below(PATH, "nav-rebate-agreements")
        .lead("rebate-accruals-lead")
        .answer()
}

/// The same as a file
#[get("/desk/rebate-accruals/export.{format}")]
pub async fn export_expected(
    state: Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let account = filled(&params.account);
    let read = move |connection: &mut Connection| looked(connection, account.as_deref(), Walk::First, READ_MAX);
    let rows = state.db.read(read).await?;
    EXPECTED.answer(&state.exports, &desk.shell, &request, rows).await
}
