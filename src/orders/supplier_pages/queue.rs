//! The queue: orders that are not done yet, the first to be served first, each with the reason.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::Deserialize;

use crate::accounts;
use crate::clock::{day_in, now};
use crate::error::Result;
use crate::http::Page;
use crate::identity::caller::{Desk, MayReadDesk, MayRelease, MaySteer};
use crate::orders::board::{self, Ranked};
use crate::orders::rules::allocation::importance;
use crate::orders::rules::board::Board;
use crate::orders::view as words;
use crate::orders::{Filter, Keys};
use crate::state::AppState;
use crate::web::components::address;
use crate::web::{Chip, Pager, Shell};

const PATH: &str = "/desk/queue";

/// Which view, what in it, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    view: String,
    account: String,
    q: String,
    cursor: String,
}

/// An order as the table prints it.
struct Row {
    link: String,
    /// What its tick says: id and version.
    value: String,
    number: String,
    place: String,
    account: String,
    account_link: String,
    tier: Chip,
    class: Option<Chip>,
    why: String,
    net: String,
    promise: String,
    promise_under: String,
    is_late: bool,
    cover: Chip,
    state: Chip,
}

/// A view above the table.
struct Tab {
    link: String,
    text: String,
    is_current: bool,
}

#[derive(Template)]
#[template(path = "orders/templates/desk_queue.html")]
struct QueuePage<'a> {
    shell: &'a Shell,
    tabs: Vec<Tab>,
    summary: String,
    view: &'static str,
    account: String,
    text: String,
    rows: Vec<Row>,
    is_filtered: bool,
    /// What the ticked orders may be asked: name of the button, text, whether it is the first.
    steps: Vec<(&'static str, String, bool)>,
    needs_reason: bool,
    back: String,
    clear: String,
    pager: Option<Pager>,
}

fn promise(shell: &Shell, ranked: &Ranked, today: NaiveDate) -> (String, String, bool) {
    let (outstanding, order) = (ranked.cover.outstanding, &ranked.listed.order);
    if !order.state.is_served() {
        return (shell.t("desk-promise-held"), String::new(), false);
    }
    let wanted = order
        .requested_on
        .map(|on| shell.t1("desk-promise-wanted", "day", shell.day(on)));
    let is_late = outstanding.is_late(today, order.requested_on);
    let text = match (outstanding.last, outstanding.waiting) {
        (Some(last), 0) => shell.day(last),
        (Some(last), _) => shell.t1("desk-promise-part", "day", shell.day(last)),
        (None, 0) => shell.t("desk-promise-open"),
        (None, _) => shell.t("desk-promise-waits"),
    };
    (text, wanted.unwrap_or_default(), is_late)
}

fn row(shell: &Shell, ranked: &Ranked, zone: Tz, today: NaiveDate) -> Row {
    let listed = &ranked.listed;
    let (order, account) = (&listed.order, &listed.account);
    let since = day_in(zone, order.queued_at);
    let (promise, promise_under, is_late) = promise(shell, ranked, today);
    Row {
        link: format!("/desk/orders/{}", order.id),
        value: format!("{}.{}", order.id, order.version),
        number: order.number.to_string(),
        place: match order.state.is_served() {
            true => listed.place.to_string(),
            false => "–".to_owned(),
        },
        account: account.name.clone(),
        account_link: address(PATH, [("account", account.code.as_str())]),
        tier: words::tier_chip(shell, account.tier),
        class: words::class_chip(shell, order.order_class),
        why: shell.say(&importance(
            account.tier,
            order.order_class,
            order.requested_on,
            since,
            shell.today(),
        )),
        net: shell.money(order.net),
        promise,
        promise_under,
        is_late,
        cover: words::cover_chip(shell, &ranked.cover, order.state),
        state: words::state_chip(shell, order.state),
    }
}

/// The queue
#[get("/desk/queue")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let query = query.into_inner();
    let shell = &desk.shell;
    let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let board = Board::from_name(&query.view).unwrap_or_default();
    let asked = Filter {
        account: filled(&query.account),
        text: filled(&query.q),
        ..Filter::default()
    };
    let view = if board == Board::Open { "" } else { board.name() };
    let parameters = [("view", view), ("account", query.account.trim()), ("q", query.q.trim())];
    let page = Page::shown(filled(&query.cursor));
    let (after, fetch): (Option<Keys>, _) = (page.after(&parameters)?, page.fetch());
    let wanted = asked.clone();
    let read = move |connection: &mut _| {
        let zone = accounts::supplier_zone(connection)?;
        let today = day_in(zone, now());
        let wanted = Filter {
            board: Some((board, today)),
            ..wanted.clone()
        };
        let ranked = board::list(connection, &wanted, after.as_ref(), fetch)?;
        Ok((ranked, board::counts(connection, today)?, zone, today))
    };
    let (ranked, counts, zone, today) = state.db.read(read).await?;
    let (ranked, next) = page.cut(&parameters, ranked, |ranked| ranked.listed.keys())?;
    let tab = |one: Board| {
        let view = if one == Board::Open { "" } else { one.name() };
        let count = shell.language.decimal(counts.of(one));
        Tab {
            link: address(
                PATH,
                [("view", view), ("account", query.account.trim()), ("q", query.q.trim())],
            ),
            text: format!("{} ({count})", shell.name("desk-view", one.name())),
            is_current: one == board,
        }
    };
    let may_steer = desk.may::<MaySteer>();
    let mut steps = Vec::new();
    if board == Board::OnHold {
        if desk.may::<MayRelease>() {
            steps.push(("release", shell.t("desk-release-chosen"), true));
        }
    } else if may_steer {
        steps.push(("accept", shell.t("desk-accept-chosen"), true));
        steps.push(("hold", shell.t("desk-hold-chosen"), false));
    }
    let cursor = filled(&query.cursor);
    let back: Vec<_> = parameters
        .into_iter()
        .chain(cursor.as_deref().map(|text| ("cursor", text)))
        .collect();
    let shown = shell.t1("desk-orders-shown", "count", ranked.len());
    let page = QueuePage {
        shell,
        tabs: Board::ALL.into_iter().map(tab).collect(),
        summary: shell.t2("desk-queue-summary", "count", counts.open, "time", shell.time(now())),
        view,
        account: query.account.trim().to_owned(),
        text: query.q.trim().to_owned(),
        rows: ranked.iter().map(|one| row(shell, one, zone, today)).collect(),
        is_filtered: asked.account.is_some() || asked.text.is_some(),
        needs_reason: steps.iter().any(|(name, _, _)| *name != "accept"),
        steps,
        back: address(PATH, back),
        clear: address(PATH, [("view", view)]),
        pager: Some(Pager::new(
            shell,
            PATH,
            &parameters,
            cursor.as_deref(),
            next.as_deref(),
            shown,
        )),
    };
    shell.page(&page)
}
