//! All orders on the supplier's desk, the newest or the oldest first.

use actix_web::{HttpResponse, get, web};
use serde::Deserialize;

use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::Page;
use crate::identity::caller::{Desk, MayReadDesk};
use crate::orders::rules::State;
use crate::orders::{self, Filter, Keys, Listed, Sort, view};
use crate::state::AppState;
use crate::views;
use crate::web::Shell;
use crate::web::components::address;
use crate::web::list::{Cell, List, ListPage};

const PATH: &str = "/desk/orders";

/// Which orders, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    state: String,
    account: String,
    q: String,
    sort: String,
    cursor: String,
}

fn row(shell: &Shell, listed: &Listed) -> Vec<Cell> {
    let (order, account) = (&listed.order, &listed.account);
    let of_account = address(PATH, [("account", account.code.as_str())]);
    vec![
        Cell::link(format!("{PATH}/{}", order.id), order.number.to_string()),
        Cell::mono(&order.po_number),
        Cell::link(of_account, &account.name)
            .and_chip(Some(view::tier_chip(shell, account.tier)))
            .and_chip(view::class_chip(shell, order.order_class)),
        Cell::text(shell.moment(order.placed_at)),
        Cell::text(order.requested_on.map(|on| shell.day(on)).unwrap_or_default()),
        Cell::text(shell.language.decimal(order.line_count)),
        Cell::text(shell.money(order.net)),
        Cell::chip(view::state_chip(shell, order.state)),
    ]
}

/// All orders
#[get("/desk/orders")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let query = query.into_inner();
    let shell = &desk.shell;
    let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let known = State::from_name(&query.state);
    let sort = match query.sort.as_str() {
        "oldest" => Sort::Oldest,
        _ => Sort::Newest,
    };
    let filter = Filter {
        states: known.into_iter().collect(),
        account: filled(&query.account),
        text: filled(&query.q),
        ..Filter::default()
    };
    let page = Page::shown(filled(&query.cursor));
    let after: Option<Keys> = page.after(&(&filter, sort))?;
    let (asked, fetch) = (filter.clone(), page.fetch());
    let read = move |connection: &mut _| orders::list(connection, Scope::All, &asked, sort, after.as_ref(), fetch);
    let found = state.db.read(read).await?;
    let (found, next) = page.cut(&(&filter, sort), found, Listed::keys)?;
    let states = State::ALL.map(|state| (state.name().to_owned(), view::state_name(shell, state)));
    let cursor = filled(&query.cursor);
    let shown = shell.t1("desk-orders-shown", "count", found.len());
    let list = List::new(shell, PATH)
        .sorted(sort.name())
        .by_text("q", "desk-filter-text", &query.q)
        .by_text("account", "desk-filter-account", &query.account)
        .by_choice(
            "state",
            "desk-state",
            known.map_or("", State::name),
            "desk-any-state",
            states,
        )
        .column("desk-order", "id")
        .column("desk-po", "")
        .column("desk-account", "")
        .sorting_column("desk-placed", "", ("oldest", "newest"))
        .column("desk-wanted", "p3")
        .column("desk-lines", "num p3")
        .column("desk-net", "num")
        .column("desk-state", "")
        .rows(found.iter().map(|listed| row(shell, listed)))
        .none("desk-orders-empty")
        .none_found("desk-orders-none-found")
        .pages(shown, cursor.as_deref(), next.as_deref())
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    ListPage::new("desk-orders", list)
        .primary("/desk/queue", "desk-open-queue")
        .answer()
}
