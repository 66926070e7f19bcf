//! The steps of an order and what happened to it, in sentences.

use serde_json::Value;

use crate::history::following::{Step as Followed, Who};
use crate::invoices::rules::Invoice;
use crate::money::{Currency, Money};
use crate::orders::rules::promise::Outstanding;
use crate::orders::rules::{Order, State};
use crate::shipments::rules::{self as shipping, Shipment};
use crate::web::Shell;

/// A step on the way of an order.
#[derive(Debug)]
pub(super) struct Step {
    pub text: String,
    pub note: String,
    pub is_done: bool,
    pub is_current: bool,
}

/// Something that happened, or is expected.
#[derive(Debug)]
pub(super) struct Happening {
    /// `expected`, `warn`, `bad` or nothing.
    pub class: &'static str,
    pub text: String,
    /// Text of a link and where it leads.
    pub link: Option<(String, String)>,
    pub note: String,
}

/// From placed to invoiced; nothing for an order that was called off.
pub(super) fn steps(
    shell: &Shell,
    order: &Order,
    followed: &[Followed],
    shipments: &[Shipment],
    invoices: &[Invoice],
) -> Vec<Step> {
    if matches!(order.state, State::Cancelled | State::Rejected) {
        return Vec::new();
    }
    let at = |kind: &str| {
        let found = followed.iter().find(|step| step.event.kind == kind);
        found.map(|step| shell.moment(step.event.occurred_at))
    };
    let is_accepted = !matches!(order.state, State::PendingApproval | State::OnHold | State::Placed);
    let is_shipped = matches!(order.state, State::Shipped | State::Delivered | State::Closed);
    let is_delivered = matches!(order.state, State::Delivered | State::Closed);
    let gone = |line: &&crate::orders::rules::OrderLine| line.reserved + line.backordered == 0;
    let sent = order.lines.iter().filter(gone).count();
    let arrived = shipments.iter().filter(|one| one.state == shipping::State::Delivered);
    let arrival = arrived.filter_map(|one| one.delivered_at).max();
    let shipping_note = if shipments.is_empty() {
        String::new()
    } else if is_shipped {
        let last = shipments.iter().map(|one| one.shipped_on).max();
        last.map(|on| shell.day(on)).unwrap_or_default()
    } else {
        shell.t2("order-step-sent", "some", sent, "all", order.lines.len())
    };
    let delivered_note = match (is_delivered, Outstanding::of(order).arrives_on()) {
        (true, _) => arrival.map(|at| shell.moment(at)).unwrap_or_default(),
        (false, Some(on)) => shell.t1("order-step-by", "day", shell.day(on)),
        (false, None) => String::new(),
    };
    let invoiced_note = match invoices.len() {
        0 => String::new(),
        count => shell.t1("order-step-invoices", "count", count),
    };
    let told = [
        ("order-step-placed", shell.moment(order.placed_at), true),
        (
            "order-step-accepted",
            at("order.accepted").unwrap_or_default(),
            is_accepted,
        ),
        ("order-step-shipped", shipping_note, is_shipped),
        ("order-step-delivered", delivered_note, is_delivered),
        (
            "order-step-invoiced",
            invoiced_note,
            order.is_invoiced() && !invoices.is_empty(),
        ),
    ];
    let current = told.iter().position(|(.., is_done)| !is_done);
    let step = |(place, (key, note, is_done)): (usize, (&str, String, bool))| Step {
        text: shell.t(key),
        note,
        is_done,
        is_current: current == Some(place),
    };
    told.into_iter().enumerate().map(step).collect()
}

/// What happened, the newest first; what is expected above it.
pub(super) fn happenings(shell: &Shell, order: &Order, followed: &[Followed]) -> Vec<Happening> {
    let expected = Outstanding::of(order)
        .arrives_on()
        .filter(|_| order.state.is_served())
        .map(|on| Happening {
            class: "expected",
            text: shell.t("order-expected"),
            link: None,
            note: shell.day(on),
        });
    let told = followed.iter().filter_map(|step| happening(shell, order, step));
    expected.into_iter().chain(told).collect()
}

fn positions(event: &crate::events::Happened) -> String {
    let lines = event.data.get("lines").and_then(Value::as_array);
    let positions = lines
        .into_iter()
        .flatten()
        .filter_map(|line| line.get("position")?.as_i64());
    positions
        .map(|position| position.to_string())
        .collect::<Vec<_>>()
        .join(", ")
}

fn amount(shell: &Shell, event: &crate::events::Happened, name: &str) -> String {
    let currency = Currency::from_code(event.text("currency"));
    let money = currency.and_then(|currency| Money::parse(event.text(name), currency).ok());
    money.map(|money| shell.money(money)).unwrap_or_default()
}

fn happening(shell: &Shell, order: &Order, step: &Followed) -> Option<Happening> {
    let event = &step.event;
    let subject = crate::events::rules::subject(&event.kind, event.subject_id);
    let number = event.text("number").to_owned();
    let is_of_lines = || positions(event);
    let (class, text, link) = match event.kind.as_str() {
        "order.placed" => ("", shell.t("order-told-placed"), None),
        "order.accepted" => ("", shell.t("order-told-accepted"), None),
        "order.on_hold" => ("warn", shell.t("order-told-on-hold"), None),
        "order.released" => ("", shell.t("order-told-released"), None),
        "order.cancelled" => ("bad", shell.t("order-told-cancelled"), None),
        "order.short" => ("warn", shell.t1("order-told-short", "lines", is_of_lines()), None),
        "order.promise_changed" => ("", shell.t1("order-told-promised", "lines", is_of_lines()), None),
        "order.delivered" => ("", shell.t("order-told-delivered"), None),
        "order.closed" => ("", shell.t("order-told-closed"), None),
        "shipment.created" | "shipment.delivered" => {
            let key = match event.kind.as_str() {
                "shipment.created" => "order-told-shipped",
                _ => "order-told-arrived",
            };
            let link = shell.t1("order-shipment", "number", number);
            ("", shell.t(key), Some((link, format!("/shipments/{subject}"))))
        }
        "invoice.issued" => {
            let link = shell.t1("order-invoice", "number", number);
            let text = shell.t1("order-told-invoiced", "amount", amount(shell, event, "gross_total"));
            ("", text, Some((link, format!("/invoices/{subject}"))))
        }
        "payment.received" => {
            let text = shell.t1("order-told-paid", "amount", amount(shell, event, "amount"));
            ("", text, None)
        }
        "payment.reversed" => {
            let text = shell.t1("order-told-payment-reversed", "amount", amount(shell, event, "amount"));
            ("bad", text, None)
        }
        _ => return None,
    };
    let who = match &step.who {
        Some(Who::Member(name)) => Some(name.clone()),
        // Whoever acted for the account is told by name.
        Some(Who::Staff(name)) if event.data.get("by_staff").is_some() => {
            let account = shell.person.as_ref().and_then(|person| person.company.clone());
            Some(shell.t2(
                "acting-by",
                "staff",
                name.as_str(),
                "account",
                account.unwrap_or_default(),
            ))
        }
        // The account deals with the supplier; who of their house pressed the button is theirs to tell.
        Some(Who::Staff(_)) => Some(shell.supplier.clone()),
        Some(Who::Program) if event.kind == "order.placed" => Some(shell.t("order-by-import")),
        Some(Who::Program) | None => None,
    };
    let reason = match event.kind.as_str() {
        "order.cancelled" => order.cancel_reason.clone(),
        "order.on_hold" => Some(event.text("reason").to_owned()).filter(|reason| !reason.is_empty()),
        "shipment.created" => {
            let parts = [event.text("carrier"), event.text("tracking_number")];
            let there: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            Some(there.join(" ")).filter(|text| !text.is_empty())
        }
        _ => None,
    };
    let note = [Some(shell.moment(event.occurred_at)), who, reason];
    Some(Happening {
        class,
        text,
        link,
        note: note.into_iter().flatten().collect::<Vec<_>>().join(" · "),
    })
}
