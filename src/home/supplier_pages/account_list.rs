//! All accounts.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use askama::filters::HtmlSafe;
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
use crate::views;
use crate::web::list::{Cell, List, ListPage};

const PATH: &str = "/desk/accounts";

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

/// An amount that is too high, and what it is.
#[derive(Template)]
#[template(source = r#"<strong class="fault">{{ text }}</strong>"#, ext = "html")]
struct TooHigh {
    text: String,
}

impl HtmlSafe for TooHigh {}

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
        let is_over = account.credit_limit.is_some_and(|limit| exposure.minor > limit.minor);
        let overdue = (late.minor > 0).then(|| TooHigh {
            text: shell.money(late),
        });
        vec![
            Cell::link(format!("{PATH}/{}", account.id), account.name).and_under(account.code),
            Cell::chip(tier_chip(shell, account.tier)),
            Cell::chip(standing_chip(shell, account.closed_at.is_some())),
            Cell::text(found.manager.unwrap_or_else(|| shell.t("acct-nobody"))),
            Cell::text(shell.language.decimal(of(&open_orders))),
            Cell::text(shell.money(exposure)).and_under(match is_over {
                true => shell.t("acct-over"),
                false => String::new(),
            }),
            Cell::text(
                account
                    .credit_limit
                    .map_or_else(|| shell.t("acct-no-limit"), |limit| shell.money(limit)),
            ),
            overdue.map(Cell::part).unwrap_or_default(),
        ]
    };
    let code = |found: &Found| found.account.code.clone();
    let (found, next) = page.cut(&filter, found, code)?;
    let shown = shell.t1("acct-shown", "count", found.len());
    let standings = ["open", "closed"].map(|name| (name.to_owned(), shell.t(&format!("acct-{name}"))));
    let mine = [("1".to_owned(), shell.t("acct-mine"))];
    let list = List::new(shell, PATH)
        .by_text("q", "acct-search", &filter.q)
        .by_choice(
            "standing",
            "acct-standing",
            &wanted.standing,
            "acct-standing-any",
            standings,
        )
        .by_choice("mine", "acct-manager", &wanted.mine, "acct-standing-any", mine)
        .column("acct-account", "id")
        .column("acct-tier", "")
        .column("acct-standing", "p3")
        .column("acct-manager", "")
        .column("acct-orders", "num")
        .column("acct-exposure", "num")
        .column("acct-limit", "num p3")
        .column("acct-overdue", "num")
        .rows(found.into_iter().map(row))
        .none("acct-empty")
        .none_found("acct-no-match")
        .pages(shown, wanted.cursor.as_deref(), next.as_deref())
        .saved(views::of(&state.db, person_id, PATH).await?);
    let page = ListPage::new("nav-accounts", list);
    match desk.may::<MayManageAccounts>() {
        true => page.primary("/desk/accounts/new", "acct-new").answer(),
        false => page.answer(),
    }
}
