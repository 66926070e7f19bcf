//! All accounts.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts::finding::{self, Filter, Found, Standing};
use crate::accounts::supplier_pages::view::{Reader, standing_chip, tier_chip};
use crate::accounts::team;
use crate::clock;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Limit, Page};
use crate::identity::caller::MayManageAccounts;
use crate::ids::AccountId;
use crate::ledger::{self, open_items};
use crate::money::Money;
use crate::orders;
use crate::state::AppState;
use crate::web::{Chip, Pager, Shell};

/// Which accounts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    q: String,
    /// `1`: only those the reader serves.
    mine: String,
    /// `open`, `closed`; else all.
    standing: String,
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "home/templates/accounts.html")]
struct AccountsPage<'a> {
    shell: &'a Shell,
    wanted: &'a Wanted,
    standings: Vec<(String, String)>,
    is_filtered: bool,
    may_open: bool,
    rows: Vec<Row>,
    pager: Pager,
}

struct Row {
    id: AccountId,
    code: String,
    name: String,
    tier: Chip,
    standing: Chip,
    manager: String,
    open_orders: String,
    exposure: String,
    limit: String,
    over: bool,
    overdue: String,
}

/// The accounts by code
#[get("/desk/accounts")]
pub async fn list(state: web::Data<AppState>, desk: Reader, wanted: web::Query<Wanted>) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let wanted = wanted.into_inner();
    let person_id = desk.staff.person_id;
    let filter = Filter {
        q: wanted.q.trim().replace('\0', ""),
        served_by: (wanted.mine == "1").then_some(person_id),
        standing: match wanted.standing.as_str() {
            "open" => Standing::Open,
            "closed" => Standing::Closed,
            _ => Standing::Any,
        },
    };
    let page = Page::new(Limit::default(), wanted.cursor.clone());
    let after: String = page.after(&filter)?.unwrap_or_default();
    let (rows_max, asked) = (page.fetch(), filter.clone());
    let read = move |connection: &mut Connection| {
        let found = finding::list(connection, person_id, &asked, &after, rows_max)?;
        let ids: Vec<_> = found.iter().map(|found| found.account.id).collect();
        let today = team::today(connection, clock::now())?;
        let exposures = ledger::exposures(connection, &ids)?;
        let overdue = open_items::overdue(connection, &ids, today)?;
        Ok((found, exposures, overdue, orders::count_open(connection, &ids)?))
    };
    let (found, exposures, overdue, open_orders) = state.db.read(read).await?;
    let row = |found: Found| {
        let account = found.account;
        let of = |minors: &std::collections::HashMap<AccountId, i64>| minors.get(&account.id).copied().unwrap_or(0);
        let exposure = Money::new(of(&exposures), account.currency);
        let late = Money::new(of(&overdue), account.currency);
        Row {
            id: account.id,
            tier: tier_chip(shell, account.tier),
            standing: standing_chip(shell, account.closed_at.is_some()),
            manager: found.manager.unwrap_or_else(|| shell.t("acct-nobody")),
            open_orders: shell.language.decimal(of(&open_orders)),
            exposure: shell.money(exposure),
            limit: account
                .credit_limit
                .map_or_else(|| shell.t("acct-no-limit"), |limit| shell.money(limit)),
            over: account.credit_limit.is_some_and(|limit| exposure.minor > limit.minor),
            overdue: if late.minor > 0 {
                shell.money(late)
            } else {
                String::new()
            },
            code: account.code,
            name: account.name,
        }
    };
    let code = |found: &Found| found.account.code.clone();
    let (found, next) = page.cut(&filter, found, code)?;
    let shown = shell.t1("acct-shown", "count", found.len());
    let query = [
        ("q", filter.q.as_str()),
        ("mine", wanted.mine.as_str()),
        ("standing", wanted.standing.as_str()),
    ];
    let pager = Pager::new(
        shell,
        "/desk/accounts",
        &query,
        wanted.cursor.as_deref(),
        next.as_deref(),
        shown,
    );
    let standings = ["", "open", "closed"].map(|name| {
        let key = if name.is_empty() {
            "acct-standing-any".to_owned()
        } else {
            format!("acct-{name}")
        };
        (name.to_owned(), shell.t(&key))
    });
    shell.page(&AccountsPage {
        shell,
        is_filtered: query.iter().any(|(_, value)| !value.is_empty()),
        wanted: &wanted,
        standings: standings.to_vec(),
        may_open: desk.may::<MayManageAccounts>(),
        rows: found.into_iter().map(row).collect(),
        pager,
    })
}
