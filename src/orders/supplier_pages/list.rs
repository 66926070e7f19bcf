//! All orders, the newest or the oldest first.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use serde::Deserialize;

use super::tier_of;
use crate::accounts::caller::{Desk, MayReadDesk};
use crate::error::Result;
use crate::http::cursor;
use crate::orders::rules::State;
use crate::orders::{self, DeskFilter, DeskSort, QueueKeys, view};
use crate::state::AppState;
use crate::web::components::address;
use crate::web::lists::Heading;
use crate::web::{Chip, Pager, Shell};

/// Orders on a page.
const ROWS: usize = 50;
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
    let known = State::from_name(&query.state).map(|state| state.name().to_owned());
    let (sort, by) = match query.sort.as_str() {
        "oldest" => ("oldest", DeskSort::Oldest),
        _ => ("newest", DeskSort::Newest),
    };
    let filter = DeskFilter {
        state: known.clone(),
        account: filled(&query.account),
        sort: by,
        text: filled(&query.q),
    };
    let after: Option<QueueKeys> = match filled(&query.cursor) {
        Some(text) => Some(cursor::decode(&filter, &text)?),
        None => None,
    };
    let asked = filter.clone();
    let limit = i64::try_from(ROWS).unwrap_or(i64::MAX) + 1;
    let mut found = state
        .db
        .read(move |connection| orders::list_for_desk(connection, &asked, after.as_ref(), limit))
        .await?;
    let more = found.len() > ROWS;
    found.truncate(ROWS);
    let next = match found.last() {
        Some(last) if more => Some(cursor::encode(&filter, &last.keys)?),
        _ => None,
    };
    let row = |queued: &orders::Queued| {
        let order = &queued.order;
        Row {
            link: format!("{PATH}/{}", order.id),
            number: order.number.to_string(),
            po_number: order.po_number.clone(),
            account: queued.account.1.clone(),
            account_link: address(PATH, [("account", queued.account.0.as_str())]),
            tier: view::tier_chip(shell, tier_of(queued)),
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
        ("state", known.as_deref().unwrap_or_default()),
        ("account", query.account.trim()),
        ("q", query.q.trim()),
    ];
    let sorted: Vec<_> = parameters.into_iter().chain([("sort", sort)]).collect();
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
            sort,
        ),
        sort,
        is_filtered: parameters.iter().any(|(_, value)| !value.is_empty()),
        states,
        state: known.clone().unwrap_or_default(),
        account: query.account.trim().to_owned(),
        text: query.q.trim().to_owned(),
    };
    shell.page(&page)
}
