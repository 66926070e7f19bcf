//! One order: how far it is, its lines, what was shipped and invoiced, what happened.

use std::collections::HashMap;

use actix_web::{HttpResponse, get, web};
use askama::Template;
use chrono::NaiveDate;
use chrono_tz::Tz;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use crate::accounts;
use crate::accounts::sites::Site;
use crate::catalogue::words::amount;
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::events::{Event, OrderEvent};
use crate::history;
use crate::http::{Params, PathId};
use crate::identity::caller::{MayOrder, MayRead, Visitor};
use crate::identity::people::{self, Doer};
use crate::ids::{ClaimId, OrderChangeId, OrderId, ShipmentId};
use crate::invoices;
use crate::invoices::rules::Invoice;
use crate::names::sets::{EndedBy, Side};
use crate::orders;
use crate::orders::changes;
use crate::orders::changes::rules::way;
use crate::orders::rules::choices::days_together;
use crate::orders::rules::{Action, HoldReason, Order, OrderLine, State, rest};
use crate::orders::substituting::{self, Offers};
use crate::orders::words::{
    class_chip, expected, instead, line_chip, order_texts, price, progress, shortage, state_chip, unnamed,
    why_of_order, wishes,
};
use crate::shipments;
use crate::shipments::rules::Shipment;
use crate::state::AppState;
use crate::tracking::pages::steps::{Step, TimelineEntry, happenings, steps};
use crate::web::{Banner, Chip, Pager, Shell, Tone, form_key};

/// Lines of a page.
const LINES_SHOWN: usize = 200;
/// Happenings, shipments and invoices of an order that are read; more than orders have.
const PARTS_MAX: i64 = 500;

/// Which part of the lines is shown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageParams {
    /// How many lines stand before it.
    cursor: String,
}

struct Line {
    number: i32,
    article: String,
    name: String,
    sku: String,
    note: String,
    /// What was typed for the article.
    typed: Option<String>,
    quantity: String,
    base: Option<String>,
    price: String,
    why: Vec<String>,
    net: String,
    progress: Vec<String>,
    promise: String,
    chip: Chip,
    /// What is decided of it other than of the order, and what is sent instead of what.
    decided: Vec<String>,
}

struct Parcel {
    path: String,
    number: String,
    chip: Chip,
    day: String,
    arrival: String,
    carrier: String,
    tracking: String,
    link: Option<String>,
    lines: i32,
    note: String,
}

struct Bill {
    path: String,
    number: String,
    day: String,
    due_on: String,
    due: String,
    gross: String,
    open: String,
    chip: Chip,
    paper: String,
}

#[derive(Template)]
#[template(path = "tracking/templates/detail.html")]
struct DetailPage<'a> {
    shell: &'a Shell,
    id: OrderId,
    number: String,
    chip: Chip,
    class: Option<Chip>,
    may_order: bool,
    may_cancel: bool,
    may_cancel_rest: bool,
    may_change: bool,
    /// Something could be taken instead of what waits, or is proposed.
    may_substitute: bool,
    is_proposed: bool,
    /// The change that waits for the supplier, as its id.
    waiting: Option<String>,
    /// From the second on.
    revision: Option<i32>,
    /// A mail to the reader's contact, once nothing can be changed here any more.
    ask: Option<String>,
    key: String,
    steps: Vec<Step>,
    banners: Vec<Banner>,
    po_number: String,
    placed_by: String,
    /// The claim that goods come once more for.
    claim: Option<(ClaimId, String)>,
    placed: String,
    site: String,
    address: String,
    wanted: Option<String>,
    /// Label and text of what the account wrote.
    texts: Vec<(String, String)>,
    currency: String,
    net: String,
    tax: Option<String>,
    gross: Option<String>,
    /// What was called off of it.
    cancelled: Option<String>,
    lines: Vec<Line>,
    pager: Option<Pager>,
    parcels: Vec<Parcel>,
    bills: Vec<Bill>,
    happenings: Vec<TimelineEntry>,
}

/// Everything the page tells of.
struct Whole {
    order: Order,
    /// That waits for the supplier.
    change: Option<OrderChangeId>,
    site: Option<Site>,
    /// Who, unless an import did.
    placed_by: Option<Doer>,
    followed: Vec<history::Step>,
    shipments: Vec<Shipment>,
    promises: HashMap<ShipmentId, NaiveDate>,
    invoices: Vec<Invoice>,
    /// The supplier's, in which invoices fall due.
    zone: Tz,
    offers: Offers,
    is_proposed: bool,
}

fn load(connection: &mut Connection, account_id: crate::ids::AccountId, id: OrderId) -> Result<Whole> {
    let order = days_together(orders::get(connection, account_id, id)?);
    let of_order = shipments::Filter {
        order_id: Some(id),
        ..shipments::Filter::default()
    };
    let scope = Scope::Account(account_id);
    let shipments = shipments::list(connection, scope, &of_order, Default::default(), None, PARTS_MAX)?;
    let of_order = invoices::Filter {
        order_id: Some(id),
        ..invoices::Filter::default()
    };
    let invoices = invoices::list(connection, scope, &of_order, Default::default(), None, PARTS_MAX)?;
    let placed_by = match order.placed_by {
        Some(by) => people::doer(connection, by.row())?,
        None => None,
    };
    let ids: Vec<_> = shipments.iter().map(|shipment| shipment.id).collect();
    // Only what was taken on is asked for.
    let change = match State::OPEN.contains(&order.state) {
        true => changes::find_open(connection, account_id, id)?.map(|change| change.id),
        false => None,
    };
    let substituting::Standing {
        order,
        offers,
        proposals,
    } = substituting::stand(connection, order, now())?;
    Ok(Whole {
        offers,
        is_proposed: !proposals.is_empty(),
        change,
        promises: shipments::promises(connection, account_id, &ids)?,
        site: accounts::ship_to(connection, account_id, Some(&order.ship_to))?,
        zone: accounts::supplier_zone(connection)?,
        followed: history::follow(connection, account_id, id, PARTS_MAX)?,
        order,
        placed_by,
        shipments,
        invoices,
    })
}

fn line(shell: &Shell, order: &Order, line: &OrderLine) -> Line {
    let base = line.base_quantity(line.quantity.base_steps);
    let waits = order.state.is_served() && line.backordered > 0;
    let promise = match (expected(shell, line), line.promised_on) {
        (Some(parts), _) if waits => parts,
        (_, Some(on)) => shell.day(on),
        (_, None) if waits => shell.t("line-supply-waiting-text"),
        (_, None) => String::new(),
    };
    Line {
        number: line.position,
        article: line.customer_part_number.clone().unwrap_or_else(|| line.sku.clone()),
        name: line.name.clone(),
        sku: line.sku.clone(),
        note: line.note.clone().unwrap_or_default(),
        typed: line
            .typed
            .as_ref()
            .map(|typed| shell.t1("line-typed", "typed", typed.as_str())),
        quantity: amount(shell.language, line.quantity.ordered, &line.unit_code),
        base: (line.unit != line.base_unit).then(|| amount(shell.language, base, &line.base_unit)),
        price: price(shell.language, line, order.currency),
        why: why_of_order(shell, order, line),
        net: shell.language.amount(line.net),
        progress: progress(shell, line),
        promise,
        chip: line_chip(shell, order, line),
        decided: wishes(shell, line.own)
            .into_iter()
            .chain(instead(shell, order, line))
            .collect(),
    }
}

fn parcel(shell: &Shell, shipment: &Shipment, promised_on: Option<NaiveDate>) -> Parcel {
    let carrier = shipment.carrier.clone().unwrap_or_default();
    let tracking = shipment.tracking_number.clone().unwrap_or_default();
    Parcel {
        path: format!("/shipments/{}", shipment.id),
        number: shipment.number.to_string(),
        chip: shipments::words::state_chip(shell, shipment.state),
        day: shell.day(shipment.shipped_on),
        arrival: shipments::words::arrival(shell, shipment, promised_on),
        link: shipment.tracking_url.clone(),
        carrier,
        tracking,
        lines: shipment.line_count,
        note: format!("/shipments/{}/note.pdf", shipment.id),
    }
}

fn bill(shell: &Shell, invoice: &Invoice, today: NaiveDate) -> Bill {
    Bill {
        path: format!("/invoices/{}", invoice.id),
        number: invoice.number.clone(),
        day: shell.day(invoice.issued_on),
        due_on: shell.day(invoice.due_on),
        due: invoices::words::due(shell, invoice, today),
        chip: invoices::words::state_chip(shell, invoice, today),
        gross: shell.money(invoice.gross),
        open: shell.money(invoice.open),
        paper: format!("/invoices/{}/invoice.pdf", invoice.id),
    }
}

/// Which decision of its buyer ended the order as a whole.
fn ended_by(followed: &[history::Step]) -> Option<EndedBy> {
    followed.iter().find_map(|step| match &step.event.event {
        Event::Order(OrderEvent::Cancelled(cancelled)) => cancelled.ended_by,
        _ => None,
    })
}

/// What the reader has to know first.
fn banners(shell: &Shell, order: &Order, ended_by: Option<EndedBy>) -> Vec<Banner> {
    let mut banners = Vec::new();
    match order.state {
        State::OnHold => {
            let key = if order.hold_reasons.contains(&HoldReason::Overdue) {
                "order-held-overdue"
            } else if order.hold_reasons.contains(&HoldReason::CreditLimit) {
                "order-held-credit"
            } else {
                "order-held"
            };
            banners.push(Banner::new(Tone::Warn, shell.t(key)).with_details(order.hold_note.clone()));
        }
        State::Cancelled | State::Rejected => {
            let day = order.cancelled_at.map(|at| shell.moment(at)).unwrap_or_default();
            let key = match ended_by {
                None => "order-was-cancelled",
                Some(EndedBy::CancelAfter) => "order-was-ended-cancel-after",
                Some(EndedBy::CancelRest) => "order-was-ended-cancel-rest",
            };
            let text = shell.t1(key, "moment", day);
            banners.push(Banner::new(Tone::Neutral, text).with_details(order.cancel_reason.clone()));
        }
        _ => {}
    }
    let mut short: Vec<_> = match order.state.is_served() {
        true => order.lines.iter().filter(|line| line.backordered > 0).collect(),
        false => Vec::new(),
    };
    if let [only] = short.as_slice() {
        banners.push(Banner::new(Tone::Warn, shortage(shell, only)));
    } else if !short.is_empty() {
        let text = shell.t1("order-short-lines", "lines", short.len());
        let more = short.split_off(short.len().min(10)).len();
        let mut told: Vec<_> = short.into_iter().map(|line| shortage(shell, line)).collect();
        if more > 0 {
            told.push(shell.t1("order-short-more", "lines", more));
        }
        banners.push(Banner::new(Tone::Warn, text).with_details(told));
    }
    banners
}

fn pager(shell: &Shell, id: OrderId, first: usize, shown: usize, all: usize) -> Option<Pager> {
    if all <= LINES_SHOWN {
        return None;
    }
    let places = [
        ("first", (first + 1).into()),
        ("last", (first + shown).into()),
        ("count", all.into()),
    ];
    let (here, next) = (first.to_string(), (first + shown).to_string());
    let text = shell.language.text_with("draft-lines-shown", &places);
    let cursor = (first > 0).then_some(here.as_str());
    let next = (first + shown < all).then_some(next.as_str());
    Some(Pager::new(shell, &format!("/orders/{id}"), &[], cursor, next, text))
}

fn address(site: &Site) -> String {
    let town = [site.postal_code.as_deref(), site.city.as_deref()];
    let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let parts = [site.street.clone(), Some(town).filter(|town| !town.is_empty())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn ask(shell: &Shell, order: &Order) -> Option<String> {
    let email = shell.contact.as_ref()?.email.as_ref()?;
    let subject = shell.t2(
        "order-ask-subject",
        "number",
        order.number.to_string(),
        "po",
        order.po_number.as_str(),
    );
    let subject = utf8_percent_encode(&subject, NON_ALPHANUMERIC);
    let is_fixed = order.state.after(Action::CancelAsBuyer).is_none();
    is_fixed.then(|| format!("mailto:{email}?subject={subject}"))
}

/// One of my orders
#[get("/orders/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<OrderId>,
    Params(asked): Params<PageParams>,
) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let whole = state
        .db
        .read(move |connection| load(connection, account_id, id))
        .await?;
    let (shell, order) = (&visitor.shell, &whole.order);
    let today = day_in(whole.zone, now());
    let may_order = visitor.may::<MayOrder>();
    let first = asked.cursor.parse().unwrap_or(0).min(order.lines.len());
    let lines: Vec<_> = order.lines.iter().skip(first).take(LINES_SHOWN).collect();
    let page = DetailPage {
        shell,
        id,
        number: order.number.to_string(),
        chip: state_chip(shell, order.state),
        class: class_chip(shell, order.order_class),
        may_order,
        ask: ask(shell, order),
        may_cancel: may_order && order.state.after(Action::CancelAsBuyer).is_some(),
        may_cancel_rest: may_order && rest::may_end_part(order, Side::Account),
        may_change: may_order && whole.change.is_none() && way(order.state, Side::Account).is_some(),
        may_substitute: may_order && whole.offers.values().any(|offers| !offers.is_empty()),
        is_proposed: whole.is_proposed,
        waiting: whole.change.map(|id| id.to_string()),
        revision: (order.revision > 1).then_some(order.revision),
        key: form_key(),
        steps: steps(shell, order, &whole.followed, &whole.shipments, &whole.invoices),
        banners: banners(shell, order, ended_by(&whole.followed)),
        po_number: order.po_number.clone(),
        placed_by: match whole.placed_by {
            Some(Doer::Staff(staff)) => {
                let account = shell.person.as_ref().and_then(|person| person.company.clone());
                shell.t2("acting-by", "staff", staff, "account", account.unwrap_or_default())
            }
            Some(Doer::Client(name)) => shell.t1("by-client", "name", name),
            Some(Doer::Member(name)) => name,
            None => unnamed(shell, order.source, "order-by-import"),
        },
        claim: order.claim.clone(),
        placed: shell.moment(order.placed_at),
        site: match &whole.site {
            Some(site) => site.name.clone(),
            None => order.ship_to.clone(),
        },
        address: whole.site.as_ref().map(address).unwrap_or_default(),
        wanted: order.requested_on.map(|on| shell.day(on)),
        texts: order_texts(shell, order),
        currency: order.currency.code().to_owned(),
        net: shell.language.amount(order.net),
        tax: order.tax.map(|tax| shell.language.amount(tax)),
        gross: order.gross.map(|gross| shell.language.amount(gross)),
        cancelled: (order.cancelled.minor > 0).then(|| shell.language.amount(order.cancelled)),
        pager: pager(shell, id, first, lines.len(), order.lines.len()),
        lines: lines.into_iter().map(|one| line(shell, order, one)).collect(),
        parcels: whole
            .shipments
            .iter()
            .map(|one| parcel(shell, one, whole.promises.get(&one.id).copied()))
            .collect(),
        bills: whole.invoices.iter().map(|one| bill(shell, one, today)).collect(),
        happenings: happenings(shell, order, &whole.followed),
    };
    shell.page(&page)
}
