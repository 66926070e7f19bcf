//! The queue: orders that are not done yet, the first to be served first, each with the reason.

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use askama::Template;
use askama::filters::HtmlSafe;
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::Deserialize;

use crate::accounts;
use crate::accounts::words::tier_chip;
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::error::Result;
use crate::identity::caller::{Desk, MayReadDesk, MayRelease, MaySteer};
use crate::orders::allocation::rules::importance;
use crate::orders::board::rules::Board;
use crate::orders::board::{self, Ranked};
use crate::orders::{Filter, Keys, words};
use crate::state::AppState;
use crate::views;
use crate::web::Shell;
use crate::web::components::address;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::{Tab, filled};

const PATH: &str = "/desk/queue";

/// Which view, what in it, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    view: String,
    account: String,
    q: String,
    cursor: Option<String>,
}

impl ListParams {
    fn board(&self) -> Board {
        Board::from_name(&self.view).unwrap_or_default()
    }

    /// What is sought in the view.
    fn asked(&self) -> Filter {
        Filter {
            account: filled(&self.account),
            text: filled(&self.q),
            ..Filter::default()
        }
    }
}

const FILE: Export<Ranked> = Export {
    name: "queue",
    columns: &[&[
        ("number", |one| Value::text(one.listed.order.number.to_string())),
        ("rank", |one| Value::maybe(rank(one), Value::number)),
        ("account", |one| Value::text(&one.listed.account.code)),
        ("account_name", |one| Value::text(&one.listed.account.name)),
        ("tier", |one| Value::text(one.listed.account.tier.name())),
        ("order_class", |one| Value::text(one.listed.order.order_class.name())),
        ("state", |one| Value::text(one.listed.order.state.name())),
        ("po_number", |one| Value::text(&one.listed.order.po_number)),
        ("ship_to", |one| Value::text(&one.listed.order.ship_to)),
        ("placed_at", |one| Value::Moment(one.listed.order.placed_at)),
        ("queued_at", |one| Value::Moment(one.listed.order.queued_at)),
        ("requested_date", |one| {
            Value::maybe(one.listed.order.requested_on, Value::Day)
        }),
        ("promised_date", |one| {
            Value::maybe(one.cover.outstanding.arrives_on(), Value::Day)
        }),
        ("line_count", |one| Value::number(one.cover.lines)),
        ("ready_lines", |one| Value::number(one.cover.ready)),
        ("waiting_lines", |one| Value::number(one.cover.outstanding.waiting)),
        ("currency", |one| Value::text(one.listed.order.currency.code())),
        ("net_total", |one| Value::number(one.listed.order.net)),
    ]],
};

/// Its place, if it has one.
fn rank(ranked: &Ranked) -> Option<i64> {
    let listed = &ranked.listed;
    listed.order.state.is_served().then_some(listed.place)
}

/// What the ticked orders may be asked.
#[derive(Template)]
#[template(
    source = r#"<form class="bar" id="steer" method="post" action="/desk/queue/steer"><input type="hidden" name="back" value="{{ back }}">{% if needs_reason %}<div class="field"><label for="f-reason">{{ shell.t("word-reason") }} <span class="optional">{{ shell.t("desk-reason-needed") }}</span></label><input id="f-reason" name="reason" maxlength="1000" autocomplete="off"></div>{% endif %}<div class="actions">{% for step in steps %}<button class="button{% if step.2 %} primary{% endif %}" type="submit" name="do" value="{{ step.0 }}">{{ step.1 }}</button>{% endfor %}</div></form>"#,
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
    let place = rank(ranked).map_or_else(|| "–".to_owned(), |place| place.to_string());
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
            .and_chip(Some(tier_chip(shell, account.tier)))
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
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let board = params.board();
    let view = if board == Board::Open { "" } else { board.name() };
    let (part, (counts, zone, today)) = Part::read_with(
        &state.db,
        params.cursor.as_deref(),
        (view, params.asked()),
        |ranked: &Ranked| ranked.listed.keys(),
        move |connection, (_, asked), after: Option<Keys>, limit| {
            let zone = accounts::supplier_zone(connection)?;
            let today = day_in(zone, now());
            let wanted = Filter {
                board: Some((board, today)),
                ..asked.clone()
            };
            let ranked = board::list(connection, &wanted, after.as_ref(), limit)?;
            Ok((ranked, (board::counts(connection, today)?, zone, today)))
        },
    )
    .await?;
    let parameters = [
        ("view", view),
        ("account", params.account.trim()),
        ("q", params.q.trim()),
    ];
    let tab = |one: Board| {
        let view = if one == Board::Open { "" } else { one.name() };
        let count = shell.language.decimal(counts.of(one));
        let [_, account, text] = parameters;
        Tab {
            path: address(PATH, [("view", view), account, text]),
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
    let cursor = params.cursor.as_deref().unwrap_or_default();
    let back = address(PATH, parameters.into_iter().chain([("cursor", cursor)]));
    let has_ticks = !steps.is_empty() && !part.rows.is_empty();
    let mut list = List::new(shell, PATH)
        .keep("view", view)
        .by_text("q", "desk-filter-text", &params.q)
        .by_text("account", "desk-filter-account", &params.account);
    if has_ticks {
        list = list.tick_column("desk-choose", "desk-choose-all").under(Steer {
            shell,
            back: &back,
            needs_reason: steps.iter().any(|(name, _, _)| *name != "accept"),
            steps,
        });
    }
    let list = list
        .column("word-order", "id")
        .column("desk-rank", "num")
        .column("word-account", "")
        .column("desk-why-rank", "p3")
        .column("word-net", "num")
        .column("word-promise", "")
        .column("desk-cover", "")
        .column("word-state", "p3")
        .rows(part.rows.iter().map(|one| row(shell, one, zone, today, has_ticks)))
        .none("desk-queue-empty")
        .none_found("desk-queue-none-found")
        .export()
        .counted("desk-orders-shown", &part)
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    ListPage::new("desk-queue", list)
        .summary(shell.t2("desk-queue-summary", "count", counts.open, "time", shell.time(now())))
        .tabs(Board::ALL.map(tab))
        .answer()
}

/// The orders of the view as a file
#[get("/desk/queue/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let (board, asked) = (params.board(), params.asked());
    let read = move |connection: &mut Connection| {
        let today = day_in(accounts::supplier_zone(connection)?, now());
        let wanted = Filter {
            board: Some((board, today)),
            ..asked.clone()
        };
        board::list(connection, &wanted, None, READ_MAX)
    };
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}
