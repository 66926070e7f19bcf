//! What an account earns by what it buys, in its portal.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Deserialize;

use super::rules::Basis;
use super::{Standing, Whole, words};
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::Params;
use crate::identity::caller::{MayRead, Visitor};
use crate::ids::AccountId;
use crate::state::AppState;
use crate::tax::rules::percent;
use crate::web::Shell;
use crate::web::charts::Gauge;
use crate::web::export::{Export, Value};
use crate::web::list::{Cell, List, ListPage, Part};

const PATH: &str = "/rebates";

/// From where on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    cursor: Option<String>,
}

/// A period with what all periods of its agreement came to, minor units: settled, and left.
struct Row {
    place: i64,
    standing: Standing,
    settled_minor: i64,
    open_minor: i64,
}

/// All periods of all agreements of the account, the newest of each first.
fn rows(connection: &mut Connection, account_id: AccountId) -> Result<Vec<Row>> {
    let all = super::of_account(connection, account_id, now())?;
    let of = |whole: Whole| {
        let (settled_minor, open_minor) = (whole.settled_minor, whole.open_minor());
        whole
            .periods
            .into_iter()
            .map(move |standing| (standing, settled_minor, open_minor))
    };
    let row = |(place, (standing, settled_minor, open_minor))| Row {
        place,
        standing,
        settled_minor,
        open_minor,
    };
    Ok((1_i64..).zip(all.into_iter().flat_map(of)).map(row).collect())
}

fn cells(shell: &Shell, row: &Row) -> Vec<Cell> {
    let standing = &row.standing;
    let (agreement, sums) = (&standing.agreement, standing.sums);
    let money = |minor| shell.money(agreement.money(minor));
    let rate = shell.language.percent(agreement.scale.rate_ppm(sums.turnover_minor));
    let basis = match agreement.kept.basis {
        Basis::Invoiced => String::new(),
        Basis::Paid => shell.t("rebate-as-paid"),
    };
    let ahead = words::ahead(shell, standing);
    let next = match (&ahead, standing.next()) {
        (Some(text), Some(next)) => {
            let gauge = Gauge::new(text.clone(), sums.turnover_minor, next.tier.threshold_minor);
            Cell::text(text).and_part(gauge)
        }
        _ => Cell::text(""),
    };
    vec![
        Cell::text(&agreement.kept.name).and_under(words::about(shell, agreement)),
        Cell::text(words::days(shell, standing)),
        Cell::text(money(sums.turnover_minor)).and_under(basis),
        Cell::text(rate),
        Cell::text(money(sums.accrued_minor)),
        next,
        Cell::text(money(row.settled_minor)).and_under(shell.t1("rebate-left", "amount", money(row.open_minor))),
    ]
}

/// My rebates
#[get("/rebates")]
pub async fn list(
    state: Data<AppState>,
    visitor: Visitor<MayRead>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (shell, account_id) = (&visitor.shell, visitor.customer.account_id);
    let read = move |connection: &mut Connection, (): &(), after: Option<i64>, limit: i64| {
        let behind = rows(connection, account_id)?.into_iter();
        let behind = behind.filter(|row| after.is_none_or(|after| row.place > after));
        Ok(behind.take(usize::try_from(limit).unwrap_or_default()).collect())
    };
    let part = Part::read(&state.db, params.cursor.as_deref(), (), |row: &Row| row.place, read).await?;
    let list = List::new(shell, PATH)
        .column("rebate-name", "id")
        .column("rebate-period-days", "")
        .column("rebate-turnover", "num")
        .column("rebate-rate", "num")
        .column("rebate-accrued", "num")
        .column("rebate-next", "")
        .column("rebate-settled", "num")
        .rows(part.rows.iter().map(|row| cells(shell, row)))
        .none("rebates-none")
        .export()
        .counted("rebates-shown", &part);
    ListPage::new("rebates", list)
        .below("/invoices", "invoices")
        .lead("rebates-lead")
        .action("/credit-notes", "credit-notes")
        .answer()
}

const FILE: Export<Row> = Export {
    name: "rebates",
    columns: &[&[
        ("rebate", |row| Value::text(&row.standing.agreement.kept.code)),
        ("name", |row| Value::text(&row.standing.agreement.kept.name)),
        ("from", |row| {
            Value::maybe(row.standing.days, |(from, _)| Value::Day(from))
        }),
        ("to", |row| Value::maybe(row.standing.days, |(_, to)| Value::Day(to))),
        ("currency", |row| {
            Value::text(row.standing.agreement.kept.currency.code())
        }),
        ("turnover", |row| {
            Value::number(row.standing.agreement.money(row.standing.sums.turnover_minor))
        }),
        ("rate", |row| {
            let turnover = row.standing.sums.turnover_minor;
            Value::text(percent(row.standing.agreement.scale.rate_ppm(turnover)))
        }),
        ("accrued", |row| {
            Value::number(row.standing.agreement.money(row.standing.sums.accrued_minor))
        }),
        ("next_missing", |row| {
            Value::maybe(row.standing.next(), |next| {
                Value::number(row.standing.agreement.money(next.missing_minor))
            })
        }),
        ("next_worth", |row| {
            Value::maybe(row.standing.next(), |next| {
                Value::number(row.standing.agreement.money(next.worth_minor))
            })
        }),
    ]],
};

/// My rebates as a file
#[get("/rebates/export.{format}")]
pub async fn export(state: Data<AppState>, visitor: Visitor<MayRead>, request: HttpRequest) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let rows = state.db.read(move |connection| rows(connection, account_id)).await?;
    FILE.answer(&state.exports, &visitor.shell, &request, rows).await
}
