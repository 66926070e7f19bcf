//! All accounts.

use std::collections::HashMap;

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use crate::accounts::finding::{self, Filter, Found, Standing};
use crate::accounts::team;
use crate::accounts::words::{Reader, standing_chip, tier_chip};
use crate::clock;
use crate::db::Connection;
use crate::error::Result;
use crate::identity::caller::MayManageAccounts;
use crate::ids::{AccountId, PersonId};
use crate::ledger::{self, open_items};
use crate::money::Money;
use crate::orders;
use crate::state::AppState;
use crate::views;
use crate::web::Shell;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};

const PATH: &str = "/desk/accounts";

/// Which accounts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    q: String,
    /// `1`: only those the reader serves.
    mine: String,
    /// `open`, `closed`; else all.
    standing: String,
    cursor: Option<String>,
}

impl ListParams {
    fn filter(&self, person_id: PersonId) -> Filter {
        Filter {
            q: self.q.trim().to_owned(),
            served_by: (self.mine == "1").then_some(person_id),
            standing: match self.standing.as_str() {
                "open" => Standing::Open,
                "closed" => Standing::Closed,
                _ => Standing::Any,
            },
        }
    }
}

/// An amount that is too high, and what it is.
#[derive(Template)]
#[template(source = r#"<strong class="fault">{{ text }}</strong>"#, ext = "html")]
struct TooHigh {
    text: String,
}

impl HtmlSafe for TooHigh {}

/// An account with what counts against its limit.
struct AccountRow {
    found: Found,
    exposure: Money,
    overdue: Money,
    open_orders: i64,
}

/// At most `limit` accounts by code behind `after`, as `person_id` sees them.
fn read(
    connection: &mut Connection,
    person_id: PersonId,
    filter: &Filter,
    after: &str,
    limit: i64,
) -> Result<Vec<AccountRow>> {
    let found = finding::list(connection, person_id, filter, after, limit)?;
    let ids: Vec<_> = found.iter().map(|found| found.account.id).collect();
    let today = team::today(connection, clock::now())?;
    let exposures = ledger::exposures(connection, &ids)?;
    let overdue = open_items::overdue(connection, &ids, today)?;
    let open_orders = orders::count_open(connection, &ids)?;
    let row = |found: Found| {
        let of = |minors: &HashMap<AccountId, i64>| minors.get(&found.account.id).copied().unwrap_or(0);
        AccountRow {
            exposure: Money::new(of(&exposures), found.account.currency),
            overdue: Money::new(of(&overdue), found.account.currency),
            open_orders: of(&open_orders),
            found,
        }
    };
    Ok(found.into_iter().map(row).collect())
}

fn row(shell: &Shell, one: &AccountRow) -> Vec<Cell> {
    let account = &one.found.account;
    let is_over = account
        .credit_limit
        .is_some_and(|limit| one.exposure.minor > limit.minor);
    let over = if is_over { shell.t("acct-over") } else { String::new() };
    let overdue = (one.overdue.minor > 0).then(|| TooHigh {
        text: shell.money(one.overdue),
    });
    let manager = one.found.manager.clone();
    let limit = account.credit_limit.map(|limit| shell.money(limit));
    vec![
        Cell::link(format!("{PATH}/{}", account.id), &account.name).and_under(&account.code),
        Cell::chip(tier_chip(shell, account.tier)),
        Cell::chip(standing_chip(shell, account.closed_at.is_some())),
        Cell::text(manager.unwrap_or_else(|| shell.t("acct-nobody"))),
        Cell::text(shell.language.decimal(one.open_orders)),
        Cell::text(shell.money(one.exposure)).and_under(over),
        Cell::text(limit.unwrap_or_else(|| shell.t("acct-no-limit"))),
        overdue.map(Cell::part).unwrap_or_default(),
    ]
}

const FILE: Export<AccountRow> = Export {
    name: "accounts",
    columns: &[&[
        ("code", |one| Value::text(&one.found.account.code)),
        ("name", |one| Value::text(&one.found.account.name)),
        ("country", |one| Value::text(&one.found.account.country)),
        ("tier", |one| Value::text(one.found.account.tier.name())),
        ("closed_at", |one| {
            Value::maybe(one.found.account.closed_at, Value::Moment)
        }),
        ("key_account_manager", |one| {
            Value::maybe(one.found.manager.as_ref(), Value::text)
        }),
        ("open_orders", |one| Value::number(one.open_orders)),
        ("currency", |one| Value::text(one.found.account.currency.code())),
        ("exposure", |one| Value::number(one.exposure)),
        ("credit_limit", |one| {
            Value::maybe(one.found.account.credit_limit, Value::number)
        }),
        ("overdue", |one| Value::number(one.overdue)),
        ("payment_terms_days", |one| {
            Value::number(one.found.account.payment_terms_days)
        }),
    ]],
};

/// The accounts by code
#[get("/desk/accounts")]
pub async fn list(state: web::Data<AppState>, desk: Reader, Query(params): Query<ListParams>) -> Result<HttpResponse> {
    let (shell, person_id) = (&desk.shell, desk.staff.person_id);
    let part = Part::read(
        &state.db,
        params.cursor.as_deref(),
        params.filter(person_id),
        |one: &AccountRow| one.found.account.code.clone(),
        move |connection, filter, after: Option<String>, limit| {
            read(connection, person_id, filter, &after.unwrap_or_default(), limit)
        },
    )
    .await?;
    let standings = ["open", "closed"].map(|name| (name.to_owned(), shell.name("acct", name)));
    let mine = [("1".to_owned(), shell.t("acct-mine"))];
    let any = "acct-standing-any";
    let list = List::new(shell, PATH)
        .by_text("q", "acct-search", &params.q)
        .by_choice("standing", "word-state", &params.standing, any, standings)
        .by_choice("mine", "acct-manager", &params.mine, any, mine)
        .column("word-account", "id")
        .column("acct-tier", "")
        .column("word-state", "p3")
        .column("acct-manager", "")
        .column("acct-orders", "num")
        .column("acct-exposure", "num")
        .column("word-credit-limit", "num p3")
        .column("acct-overdue", "num")
        .rows(part.rows.iter().map(|one| row(shell, one)))
        .none("acct-empty")
        .none_found("acct-no-match")
        .export()
        .counted("acct-shown", &part)
        .saved(views::of(&state.db, person_id, PATH).await?);
    ListPage::new("nav-accounts", list)
        .primary_if(desk.may::<MayManageAccounts>(), "/desk/accounts/new", "acct-new")
        .answer()
}

/// The accounts of the list as a file
#[get("/desk/accounts/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Reader,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let person_id = desk.staff.person_id;
    let filter = params.filter(person_id);
    let work = move |connection: &mut Connection| read(connection, person_id, &filter, "", READ_MAX);
    let rows = state.db.read(work).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}
