//! One order on the desk: whose it is, how far it has come, what holds it, who got what, and what can be done now.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use chrono_tz::Tz;
use serde::Deserialize;

use crate::accounts;
use crate::accounts::rules::Account;
use crate::accounts::sites::Site;
use crate::accounts::words::tier_chip;
use crate::clock::day_in;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::events::Happened;
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepBooks, MayMoveGoods, MayReadDesk, MaySteer};
use crate::identity::people::{self, Doer};
use crate::ids::{ClaimId, OrderChangeId, OrderId};
use crate::names::sets::Side;
use crate::orders::allocation::Queue;
use crate::orders::changes;
use crate::orders::changes::rules::way;
use crate::orders::rules::choices::days_together;
use crate::orders::rules::rights::may_release;
use crate::orders::rules::{Action, Order, State, rest};
use crate::orders::substituting::waiting;
use crate::orders::words::order_texts;
use crate::orders::{self, Recorded, documents, words};
use crate::shipments::rules::Shipment;
use crate::state::AppState;
use crate::tracking::supplier_pages::order_lines::{self, Decided, Line};
use crate::tracking::supplier_pages::timeline::{Moment, moment};
use crate::web::components::address;
use crate::web::{Banner, Chip, Form, Pager, Shell, Tone, form_key};
use crate::{history, shipments};

/// Lines on a page.
const LINES: usize = 100;
/// Events, shipments and decisions that are shown.
const EVENTS_MAX: i64 = 200;
const SHIPMENTS_MAX: i64 = 500;
const DECISIONS_MAX: i64 = 200;

/// Which page of lines.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageParams {
    page: usize,
}

struct Facts {
    order: Order,
    account: Account,
    site: Option<Site>,
    /// Who, unless an import did.
    placed_by: Option<Doer>,
    /// That waits for somebody.
    change: Option<OrderChangeId>,
    queue: Queue,
    decisions: Vec<Recorded>,
    shipments: Vec<Shipment>,
    events: Vec<Happened>,
    zone: Tz,
}

fn load(connection: &mut Connection, id: OrderId) -> Result<Facts> {
    let order = days_together(orders::get_for_staff(connection, id)?);
    let account = accounts::get(connection, order.account_id)?;
    let site = accounts::ship_to(connection, order.account_id, Some(&order.ship_to))?;
    let placed_by = match order.placed_by {
        Some(by) => people::doer(connection, by.row())?,
        None => None,
    };
    let of_order = shipments::Filter {
        order_id: Some(id),
        ..shipments::Filter::default()
    };
    let scope = Scope::Account(order.account_id);
    // Only what was taken on is asked for.
    let change = match State::OPEN.contains(&order.state) {
        true => changes::find_open(connection, order.account_id, id)?.map(|change| change.id),
        false => None,
    };
    Ok(Facts {
        change,
        queue: orders::waiting_beside(connection, &order)?,
        decisions: orders::list_decisions_of_order(connection, id, DECISIONS_MAX)?,
        shipments: shipments::list(connection, scope, &of_order, Default::default(), None, SHIPMENTS_MAX)?,
        events: history::timeline(connection, order.account_id, id, None, EVENTS_MAX)?,
        zone: accounts::supplier_zone(connection)?,
        order,
        account,
        site,
        placed_by,
    })
}

/// A stage of the order's way.
struct Stage {
    text: String,
    under: String,
    is_done: bool,
    is_current: bool,
}

struct Sent {
    link: String,
    number: String,
    shipped: String,
    carrier: String,
    lines: i32,
    chip: Chip,
    /// Deliver it: where to.
    deliver: Option<String>,
    invoice: Option<(String, String)>,
    /// Invoice it: where to.
    bill: Option<String>,
    form_key: String,
}

#[derive(Template)]
#[template(path = "tracking/templates/desk_order.html")]
struct OrderPage<'a> {
    shell: &'a Shell,
    link: String,
    number: String,
    version: i64,
    state: Chip,
    class: Option<Chip>,
    tier: Chip,
    stages: Vec<Stage>,
    banners: Vec<Banner>,
    account: String,
    account_link: String,
    po_number: String,
    /// The claim that goods come once more for.
    claim: Option<(ClaimId, String)>,
    placed: String,
    placed_by: String,
    ship_to: String,
    wanted: String,
    queued: String,
    /// Label and text of what the account wrote.
    texts: Vec<(String, String)>,
    currency: String,
    net: String,
    tax: Option<String>,
    gross: Option<String>,
    /// What was called off of it.
    cancelled: Option<String>,
    lines: Vec<Line>,
    lines_pager: Option<Pager>,
    decisions: Vec<Decided>,
    decisions_cut: bool,
    shipments: Vec<Sent>,
    timeline: Vec<Moment>,
    timeline_cut: bool,
    may_accept: bool,
    may_hold: bool,
    may_release: bool,
    may_cancel: bool,
    may_cancel_rest: bool,
    may_change: bool,
    /// Something of it waits, instead of which something else may be proposed.
    may_propose: bool,
    /// Path of the change that waits for somebody.
    waiting: Option<String>,
    /// From the second on.
    revision: Option<i32>,
    may_ship: bool,
    /// Of the one step that asks for a reason: an order is either held or released.
    form: Form,
}

fn stages(shell: &Shell, order: &Order, shipped: usize) -> Vec<Stage> {
    let reached = match order.state {
        State::PendingApproval | State::OnHold | State::Placed | State::Rejected | State::Cancelled => 1,
        State::Accepted => 2,
        State::PartlyShipped => 2,
        State::Shipped => 3,
        State::Delivered => 4,
        State::Closed => 5,
    };
    let left = order.lines.iter().filter(|line| line.shipped > 0).count();
    let shipping = shell.t2("desk-stage-shipped-lines", "left", left, "lines", order.lines.len());
    let unders = [
        shell.moment(order.placed_at),
        String::new(),
        if shipped > 0 { shipping } else { String::new() },
        String::new(),
        if order.is_invoiced() && reached > 2 {
            shell.t("desk-stage-all-invoiced")
        } else {
            String::new()
        },
    ];
    ["placed", "accepted", "shipped", "delivered", "settled"]
        .into_iter()
        .zip(unders)
        .enumerate()
        .map(|(index, (name, under))| Stage {
            text: shell.name("desk-stage", name),
            under,
            is_done: index < reached,
            is_current: index == reached && !matches!(order.state, State::Cancelled | State::Rejected),
        })
        .collect()
}

fn banners(shell: &Shell, order: &Order) -> Vec<Banner> {
    let mut banners = Vec::new();
    if order.state == State::OnHold {
        let reasons: Vec<_> = order
            .hold_reasons
            .iter()
            .map(|reason| words::hold_reason(shell, *reason))
            .collect();
        let text = shell.t1("desk-held-for", "reasons", reasons.join(", "));
        banners.push(Banner::new(Tone::Warn, text).with_details(order.hold_note.clone()));
    }
    if order.state == State::Cancelled {
        let at = order.cancelled_at.map(|at| shell.moment(at)).unwrap_or_default();
        let text = shell.t1("desk-cancelled-at", "moment", at);
        banners.push(Banner::new(Tone::Neutral, text).with_details(order.cancel_reason.clone()));
    }
    let waiting = order.lines.iter().filter(|line| line.backordered > 0).count();
    if order.state.is_served() && waiting > 0 {
        banners.push(Banner::new(Tone::Warn, shell.t1("desk-lines-wait", "lines", waiting)));
    }
    banners
}

fn sent<R>(desk: &Desk<R>, shipment: &Shipment) -> Sent {
    let shell = &desk.shell;
    let link = format!("/desk/shipments/{}", shipment.id);
    let carrier = [shipment.carrier.as_deref(), shipment.tracking_number.as_deref()];
    let is_away = shipment.state == shipments::rules::State::Shipped;
    Sent {
        number: shipment.number.to_string(),
        shipped: shell.moment(shipment.shipped_at),
        carrier: carrier.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        lines: shipment.line_count,
        chip: shipments::words::state_chip(shell, shipment.state),
        deliver: (is_away && desk.may::<MayMoveGoods>()).then(|| format!("{link}/deliver")),
        invoice: shipment
            .invoice
            .as_ref()
            .map(|(id, number)| (format!("/desk/invoices/{}", crate::ids::InvoiceId(*id)), number.clone())),
        bill: (shipment.invoice.is_none() && desk.may::<MayKeepBooks>()).then(|| format!("{link}/invoice")),
        form_key: form_key(),
        link,
    }
}

/// The page of an order, with the form of a step that asks for a reason.
pub(super) async fn page<R>(
    state: &AppState,
    desk: &Desk<R>,
    id: OrderId,
    page: usize,
    form: Form,
) -> Result<HttpResponse> {
    let facts = state.db.read(move |connection| load(connection, id)).await?;
    let (shell, order) = (&desk.shell, &facts.order);
    let may = |action| order.state.after(action).is_some();
    let ranks = order_lines::ranks(shell, order, &facts.queue, facts.zone);
    let count = order.lines.len();
    let page = page.clamp(1, count.div_ceil(LINES).max(1));
    let first = (page - 1) * LINES;
    let lines = order.lines.iter().skip(first).take(LINES);
    let lines: Vec<_> = lines.map(|one| order_lines::line(shell, order, one, &ranks)).collect();
    let link = format!("/desk/orders/{id}");
    let lines_pager = (count > LINES).then(|| {
        let places = [
            ("first", (first + 1).into()),
            ("last", (first + lines.len()).into()),
            ("count", count.into()),
        ];
        let to = |page: usize| address(&link, [("page", page.to_string().as_str())]);
        Pager {
            shown: shell.language.text_with("desk-lines-shown", &places),
            first: (page > 1).then(|| to(1)),
            next: (first + lines.len() < count).then(|| to(page + 1)),
            words: ["pager-first", "word-next", "pager-label"].map(|key| shell.t(key)),
        }
    });
    let site = facts.site.map(|site| {
        let place = [
            Some(site.name),
            site.street,
            site.postal_code,
            site.city,
            Some(site.country),
        ];
        format!(
            "{} ({})",
            place.into_iter().flatten().collect::<Vec<_>>().join(", "),
            site.code
        )
    });
    let page = OrderPage {
        shell,
        number: order.number.to_string(),
        version: order.version,
        state: words::state_chip(shell, order.state),
        class: words::class_chip(shell, order.order_class),
        tier: tier_chip(shell, facts.account.tier),
        stages: stages(shell, order, facts.shipments.len()),
        banners: banners(shell, order),
        account_link: format!("/desk/accounts/{}", facts.account.id),
        placed_by: match facts.placed_by {
            Some(Doer::Staff(staff)) => shell.t2("acting-by", "staff", staff, "account", facts.account.name.as_str()),
            Some(Doer::Client(name)) => shell.t1("by-client", "name", name),
            Some(Doer::Member(name)) => name,
            None => words::unnamed(shell, order.source, "desk-placed-by-import"),
        },
        account: facts.account.name,
        po_number: order.po_number.clone(),
        claim: order.claim.clone(),
        placed: shell.moment(order.placed_at),
        ship_to: site.unwrap_or_else(|| order.ship_to.clone()),
        wanted: order.requested_on.map(|on| shell.day(on)).unwrap_or_default(),
        queued: shell.day(day_in(facts.zone, order.queued_at)),
        texts: order_texts(shell, order),
        currency: order.currency.code().to_owned(),
        net: shell.language.amount(order.net),
        tax: order.tax.map(|tax| shell.language.amount(tax)),
        gross: order.gross.map(|gross| shell.language.amount(gross)),
        cancelled: (order.cancelled.minor > 0).then(|| shell.language.amount(order.cancelled)),
        lines,
        lines_pager,
        decisions: order_lines::decided(shell, order, &facts.decisions, facts.zone),
        decisions_cut: i64::try_from(facts.decisions.len()).is_ok_and(|count| count == DECISIONS_MAX),
        shipments: facts.shipments.iter().map(|shipment| sent(desk, shipment)).collect(),
        timeline_cut: i64::try_from(facts.events.len()).is_ok_and(|count| count == EVENTS_MAX),
        timeline: facts.events.iter().map(|event| moment(shell, order, event)).collect(),
        may_accept: desk.may::<MaySteer>() && may(Action::Accept),
        may_hold: desk.may::<MaySteer>() && may(Action::Hold),
        may_release: may(Action::Release) && may_release(&desk.staff.roles, &order.hold_reasons),
        may_cancel: desk.may::<MaySteer>() && may(Action::CancelAsStaff),
        may_cancel_rest: desk.may::<MaySteer>() && rest::may_end_part(order, Side::Supplier),
        may_propose: desk.may::<MaySteer>() && waiting(order).next().is_some(),
        may_change: desk.may::<MaySteer>() && way(order.state, Side::Supplier).is_some(),
        waiting: facts.change.map(|id| format!("/desk/order-changes/{id}")),
        revision: (order.revision > 1).then_some(order.revision),
        may_ship: desk.may::<MayMoveGoods>()
            && may(Action::ShipPart)
            && order.lines.iter().any(|line| line.reserved > 0),
        form,
        link,
    };
    shell.page_with(page.form.status(), &page)
}

/// One order
#[get("/desk/orders/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<OrderId>,
    query: web::Query<PageParams>,
) -> Result<HttpResponse> {
    page(&state, &desk, id, query.page, Form::new(&desk.shell)).await
}

/// The confirmation of an order on paper
#[get("/desk/orders/{id}/pdf")]
pub async fn print(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<OrderId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut _| {
        let account_id = orders::account_of(connection, id)?;
        documents::confirmation(connection, account_id, id)
    };
    Ok(state.print(read).await?.into())
}
