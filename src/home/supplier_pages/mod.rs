//! Where the supplier's staff begin: what the day asks of them, each a number that leads to its list.

pub mod account;
pub mod account_list;
pub mod components;
pub mod search;

use actix_web::{HttpResponse, get, web};
use askama::Template;

use crate::accounts;
use crate::clock::{day_in, now};
use crate::error::Result;
use crate::identity::caller::{Desk, MayReadDesk};
use crate::ledger::open_items;
use crate::money::{Currency, Money};
use crate::orders::Filter;
use crate::orders::board::rules::Board;
use crate::orders::board::{self, Ranked};
use crate::orders::words;
use crate::state::AppState;
use crate::web::{Chip, Shell};
use crate::{invoices, mail, shipments};

/// Orders that are shown of each list.
const ROWS: i64 = 6;

/// A number that leads to its list.
struct Tile {
    link: &'static str,
    number: String,
    text: String,
    /// Nothing to do there.
    is_quiet: bool,
}

struct Row {
    link: String,
    number: String,
    account: String,
    class: Option<Chip>,
    net: String,
    cover: Chip,
}

/// The first orders of a view.
struct Part {
    id: &'static str,
    heading: String,
    link: String,
    all: String,
    rows: Vec<Row>,
    empty: String,
}

#[derive(Template)]
#[template(path = "home/templates/today.html")]
struct TodayPage<'a> {
    shell: &'a Shell,
    date: String,
    groups: Vec<(String, Vec<Tile>)>,
    parts: Vec<Part>,
}

fn row(shell: &Shell, ranked: &Ranked) -> Row {
    let order = &ranked.listed.order;
    Row {
        link: format!("/desk/orders/{}", order.id),
        number: order.number.to_string(),
        account: ranked.listed.account.name.clone(),
        class: words::class_chip(shell, order.order_class),
        net: shell.money(order.net),
        cover: words::cover_chip(shell, &ranked.cover, order.state),
    }
}

/// What the day asks of staff
#[get("/desk")]
pub async fn today(state: web::Data<AppState>, desk: Desk<MayReadDesk>) -> Result<HttpResponse> {
    let read = |connection: &mut _| {
        let today = day_in(accounts::supplier_zone(connection)?, now());
        let mut first = |board| {
            let asked = Filter {
                board: Some((board, today)),
                ..Filter::default()
            };
            board::list(connection, &asked, None, ROWS)
        };
        let (to_accept, at_risk) = (first(Board::ToAccept)?, first(Board::AtRisk)?);
        let counts = board::counts(connection, today)?;
        let uninvoiced = shipments::count_uninvoiced(connection)?;
        let overdue = open_items::sum_overdue(connection, today)?;
        let unmatched = invoices::count_unmatched(connection)?;
        let failed = mail::count_parked(connection)?;
        Ok((to_accept, at_risk, counts, (uninvoiced, overdue, unmatched, failed)))
    };
    let (to_accept, at_risk, counts, (uninvoiced, overdue, unmatched, failed)) = state.db.read(read).await?;
    let shell = &desk.shell;
    let tile = |link, key: &str, count: i64| Tile {
        link,
        number: shell.language.decimal(count),
        text: shell.t1(&format!("desk-today-{key}"), "count", count),
        is_quiet: count == 0,
    };
    let late: i64 = overdue.iter().map(|(_, count, _)| count).sum();
    let sums = overdue.iter().filter_map(|(code, _, minor)| {
        let currency = Currency::from_code(code)?;
        Some(shell.money(Money::new(*minor, currency)))
    });
    let sums: Vec<_> = sums.collect();
    let overdue = Tile {
        link: "/desk/invoices?view=overdue",
        number: if sums.is_empty() {
            shell.language.decimal(0)
        } else {
            sums.join(", ")
        },
        text: shell.t1("desk-today-overdue", "count", late),
        is_quiet: late == 0,
    };
    let groups = vec![
        (
            shell.t("desk-today-orders"),
            vec![
                tile("/desk/queue?view=to_accept", "to-accept", counts.to_accept),
                tile("/desk/queue?view=at_risk", "at-risk", counts.at_risk),
                tile("/desk/queue?view=short", "short", counts.short),
                tile("/desk/queue?view=on_hold", "on-hold", counts.on_hold),
            ],
        ),
        (
            shell.t("desk-today-goods"),
            vec![
                tile("/desk/queue?view=to_ship", "to-ship", counts.to_ship),
                tile("/desk/shipments?view=to_invoice", "to-invoice", uninvoiced),
                overdue,
                tile("/desk/payments?view=unmatched", "unmatched", unmatched),
                tile("/desk/messages?state=parked", "failed-mails", failed),
            ],
        ),
    ];
    let part = |id, board: Board, ranked: &[Ranked], count: i64| Part {
        id,
        heading: shell.name("desk-today-first", board.name()),
        link: format!("/desk/queue?view={}", board.name()),
        all: shell.t1("desk-today-all", "count", count),
        rows: ranked.iter().map(|one| row(shell, one)).collect(),
        empty: shell.name("desk-today-none", board.name()),
    };
    let page = TodayPage {
        shell,
        date: shell.day(shell.today()),
        groups,
        parts: vec![
            part("first-to-accept", Board::ToAccept, &to_accept, counts.to_accept),
            part("first-at-risk", Board::AtRisk, &at_risk, counts.at_risk),
        ],
    };
    shell.page(&page)
}
