//! The queue: orders that are not done yet, the first to be served first, each with the reason.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use askama::filters::HtmlSafe;
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::Deserialize;

use crate::accounts;
use crate::clock::{day_in, now};
use crate::error::Result;
use crate::http::Page;
use crate::identity::caller::{Desk, MayReadDesk, MayRelease, MaySteer};
use crate::orders::allocation::rules::importance;
use crate::orders::board::rules::Board;
use crate::orders::board::{self, Ranked};
use crate::orders::view as words;
use crate::orders::{Filter, Keys};
use crate::state::AppState;
use crate::views;
use crate::web::Shell;
use crate::web::components::address;
use crate::web::list::{Cell, List, ListPage};
use crate::web::lists::Tab;

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

/// What the ticked orders may be asked.
#[derive(Template)]
#[template(
    source = r#"<form class="bar" id="steer" method="post" action="/desk/queue/steer"><input type="hidden" name="back" value="{{ back }}">{% if needs_reason %}<div class="field"><label for="f-reason">{{ shell.t("desk-reason") }} <span class="optional">{{ shell.t("desk-reason-needed") }}</span></label><input id="f-reason" name="reason" maxlength="1000" autocomplete="off"></div>{% endif %}<div class="actions">{% for step in steps %}<button class="button{% if step.2 %} primary{% endif %}" type="submit" name="do" value="{{ step.0 }}">{{ step.1 }}</button>{% endfor %}</div></form>"#,
    ext = "html"
)]
struct Steer<'a> {
    shell: &'a Shell,
    back: &'a str,
    needs_reason: bool,
    /// Name of the button, text, whether it is the first.
    steps: Vec<(&'static str, String, bool)>,
}

impl HtmlSafe for Steer<'_> {}

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

fn row(shell: &Shell, ranked: &Ranked, zone: Tz, today: NaiveDate, has_ticks: bool) -> Vec<Cell> {
    let listed = &ranked.listed;
    let (order, account) = (&listed.order, &listed.account);
    let since = day_in(zone, order.queued_at);
    let (promise, promise_under, is_late) = promise(shell, ranked, today);
    let place = match order.state.is_served() {
        true => listed.place.to_string(),
        false => "–".to_owned(),
    };
    let of_account = address(PATH, [("account", account.code.as_str())]);
    let why = importance(
        account.tier,
        order.order_class,
        order.requested_on,
        since,
        shell.today(),
    );
    let tick = has_ticks.then(|| {
        let (value, number) = (format!("{}.{}", order.id, order.version), order.number.to_string());
        Cell::tick("steer", "order", value, shell.t1("desk-choose-order", "number", number))
    });
    let cells = [
        Cell::link(format!("/desk/orders/{}", order.id), order.number.to_string()),
        Cell::text(place),
        Cell::link(of_account, &account.name)
            .and_chip(Some(words::tier_chip(shell, account.tier)))
            .and_chip(words::class_chip(shell, order.order_class)),
        Cell::text(shell.say(&why)),
        Cell::text(shell.money(order.net)),
        Cell::text(promise).late(is_late).and_under(promise_under),
        Cell::chip(words::cover_chip(shell, &ranked.cover, order.state)),
        Cell::chip(words::state_chip(shell, order.state)),
    ];
    tick.into_iter().chain(cells).collect()
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
    let read = move |connection: &mut _| {
        let zone = accounts::supplier_zone(connection)?;
        let today = day_in(zone, now());
        let wanted = Filter {
            board: Some((board, today)),
            ..asked.clone()
        };
        let ranked = board::list(connection, &wanted, after.as_ref(), fetch)?;
        Ok((ranked, board::counts(connection, today)?, zone, today))
    };
    let (ranked, counts, zone, today) = state.db.read(read).await?;
    let (ranked, next) = page.cut(&parameters, ranked, |ranked| ranked.listed.keys())?;
    let tab = |one: Board| {
        let view = if one == Board::Open { "" } else { one.name() };
        let count = shell.language.decimal(counts.of(one));
        let query = [("view", view), ("account", query.account.trim()), ("q", query.q.trim())];
        Tab {
            path: address(PATH, query),
            text: shell.name("desk-view", one.name()),
            count,
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
    let back = parameters
        .into_iter()
        .chain(cursor.as_deref().map(|text| ("cursor", text)));
    let back = address(PATH, back);
    let has_ticks = !steps.is_empty() && !ranked.is_empty();
    let mut list = List::new(shell, PATH)
        .keep("view", view)
        .by_text("q", "desk-filter-text", &query.q)
        .by_text("account", "desk-filter-account", &query.account);
    if has_ticks {
        list = list.tick_column("desk-choose", "desk-choose-all").under(Steer {
            shell,
            back: &back,
            needs_reason: steps.iter().any(|(name, _, _)| *name != "accept"),
            steps,
        });
    }
    let shown = shell.t1("desk-orders-shown", "count", ranked.len());
    let list = list
        .column("desk-order", "id")
        .column("desk-rank", "num")
        .column("desk-account", "")
        .column("desk-why-rank", "p3")
        .column("desk-net", "num")
        .column("desk-promise", "")
        .column("desk-cover", "")
        .column("desk-state", "p3")
        .rows(ranked.iter().map(|one| row(shell, one, zone, today, has_ticks)))
        .none("desk-queue-empty")
        .none_found("desk-queue-none-found")
        .pages(shown, cursor.as_deref(), next.as_deref())
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    ListPage::new("desk-queue", list)
        .summary(shell.t2("desk-queue-summary", "count", counts.open, "time", shell.time(now())))
        .tabs(Board::ALL.map(tab))
        .answer()
}
