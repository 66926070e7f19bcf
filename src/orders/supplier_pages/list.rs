//! All orders, the newest or the oldest first.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use serde::Deserialize;

use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::Page;
use crate::identity::caller::{Desk, MayReadDesk};
use crate::orders::rules::State;
use crate::orders::{self, Filter, Keys, Listed, Sort, view};
use crate::state::AppState;
use crate::web::components::address;
use crate::web::lists::Heading;
use crate::web::{Chip, Pager, Shell};

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

struct Row {
    link: String,
    number: String,
    po_number: String,
    account: String,
    account_link: String,
    tier: Chip,
    class: Option<Chip>,
    placed: String,
    wanted: String,
    lines: String,
    net: String,
    state: Chip,
}

#[derive(Template)]
#[template(path = "orders/templates/desk_orders.html")]
struct OrdersPage<'a> {
    shell: &'a Shell,
    states: Vec<(String, String)>,
    state: String,
    account: String,
    text: String,
    sort: &'static str,
    is_filtered: bool,
    placed: Heading,
    rows: Vec<Row>,
    pager: Pager,
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
    let row = |listed: &Listed| {
        let (order, account) = (&listed.order, &listed.account);
        Row {
            link: format!("{PATH}/{}", order.id),
            number: order.number.to_string(),
            po_number: order.po_number.clone(),
            account: account.name.clone(),
            account_link: address(PATH, [("account", account.code.as_str())]),
            tier: view::tier_chip(shell, account.tier),
            class: view::class_chip(shell, order.order_class),
            placed: shell.moment(order.placed_at),
            wanted: order.requested_on.map(|on| shell.day(on)).unwrap_or_default(),
            lines: shell.language.decimal(order.line_count),
            net: shell.money(order.net),
            state: view::state_chip(shell, order.state),
        }
    };
    let mut states = vec![(String::new(), shell.t("desk-any-state"))];
    states.extend(State::ALL.map(|state| (state.name().to_owned(), view::state_name(shell, state))));
    let parameters = [
        ("state", known.map_or("", State::name)),
        ("account", query.account.trim()),
        ("q", query.q.trim()),
    ];
    let sorted: Vec<_> = parameters.into_iter().chain([("sort", sort.name())]).collect();
    let shown = shell.t1("desk-orders-shown", "count", found.len());
    let cursor = filled(&query.cursor);
    let page = OrdersPage {
        shell,
        rows: found.iter().map(row).collect(),
        pager: Pager::new(shell, PATH, &sorted, cursor.as_deref(), next.as_deref(), shown),
        placed: Heading::new(
            shell.t("desk-placed"),
            "",
            PATH,
            &parameters,
            ("oldest", "newest"),
            sort.name(),
        ),
        sort: sort.name(),
        is_filtered: parameters.iter().any(|(_, value)| !value.is_empty()),
        states,
        state: known.map_or("", State::name).to_owned(),
        account: query.account.trim().to_owned(),
        text: query.q.trim().to_owned(),
    };
    shell.page(&page)
}
