//! All orders on the supplier's desk, the newest or the oldest first.

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::Deserialize;

use crate::accounts::words::tier_chip;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::identity::caller::{Desk, MayReadDesk};
use crate::orders::pages::export::ORDER;
use crate::orders::rules::State;
use crate::orders::{self, Filter, Keys, Listed, Sort, words};
use crate::state::AppState;
use crate::views;
use crate::web::Shell;
use crate::web::components::address;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;

const PATH: &str = "/desk/orders";

/// Which orders, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    state: String,
    account: String,
    q: String,
    sort: String,
    cursor: Option<String>,
}

impl ListParams {
    fn filter(&self) -> (Filter, Sort) {
        let sort = match self.sort.as_str() {
            "oldest" => Sort::Oldest,
            _ => Sort::Newest,
        };
        let filter = Filter {
            states: State::from_name(&self.state).into_iter().collect(),
            account: filled(&self.account),
            text: filled(&self.q),
            ..Filter::default()
        };
        (filter, sort)
    }

    fn state_name(&self) -> &'static str {
        State::from_name(&self.state).map_or("", State::name)
    }
}

fn row(shell: &Shell, listed: &Listed) -> Vec<Cell> {
    let (order, account) = (&listed.order, &listed.account);
    let of_account = address(PATH, [("account", account.code.as_str())]);
    vec![
        Cell::link(format!("{PATH}/{}", order.id), order.number.to_string()),
        Cell::mono(&order.po_number),
        Cell::link(of_account, &account.name)
            .and_chip(Some(tier_chip(shell, account.tier)))
            .and_chip(words::class_chip(shell, order.order_class)),
        Cell::text(shell.moment(order.placed_at)),
        Cell::text(order.requested_on.map(|on| shell.day(on)).unwrap_or_default()),
        Cell::text(shell.language.decimal(order.line_count)),
        Cell::text(shell.money(order.net)),
        Cell::chip(words::state_chip(shell, order.state)),
    ]
}

const FILE: Export<Listed> = Export {
    name: "orders",
    columns: &[
        &[
            ("account", |one| Value::text(&one.account.code)),
            ("account_name", |one| Value::text(&one.account.name)),
            ("tier", |one| Value::text(one.account.tier.name())),
        ],
        ORDER,
    ],
};

/// All orders
#[get("/desk/orders")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let (filter, sort) = params.filter();
    let part = Part::read(
        &state.db,
        params.cursor.as_deref(),
        (filter, sort),
        Listed::keys,
        |connection, (filter, sort), after: Option<Keys>, limit| {
            orders::list(connection, Scope::All, filter, *sort, after.as_ref(), limit)
        },
    )
    .await?;
    let states = State::ALL.map(|state| (state.name().to_owned(), words::state_name(shell, state)));
    let list = List::new(shell, PATH)
        .sorted(sort.name())
        .by_text("q", "desk-filter-text", &params.q)
        .by_text("account", "desk-filter-account", &params.account)
        .by_choice("state", "word-state", params.state_name(), "desk-any-state", states)
        .column("word-order", "id")
        .column("desk-po", "")
        .column("word-account", "")
        .sorting_column("word-placed", "", ("oldest", "newest"))
        .column("desk-wanted", "p3")
        .column("word-lines", "num p3")
        .column("word-net", "num")
        .column("word-state", "")
        .rows(part.rows.iter().map(|listed| row(shell, listed)))
        .none("desk-orders-empty")
        .none_found("desk-orders-none-found")
        .export()
        .counted("desk-orders-shown", &part)
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    ListPage::new("orders", list)
        .primary("/desk/queue", "desk-open-queue")
        .answer()
}

/// The orders of the list as a file
#[get("/desk/orders/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let (filter, sort) = params.filter();
    let read = move |connection: &mut _| orders::list(connection, Scope::All, &filter, sort, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}
