//! The steps of an order and what happened to it, in sentences.

use crate::events::payloads::PromisedLine;
use crate::events::{
    ClaimEvent, CreditNoteEvent, Event, Happened, InvoiceEvent, OrderEvent, PaymentEvent, ReturnEvent, ShipmentEvent,
};
use crate::history::{Step as Followed, Who};
use crate::ids::OrderChangeId;
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
pub(super) struct TimelineEntry {
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
    let accepted = followed
        .iter()
        .find(|step| matches!(step.event.event, Event::Order(OrderEvent::Accepted(_))));
    let accepted_note = accepted.map(|step| shell.moment(step.event.occurred_at));
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
        ("word-accepted", accepted_note.unwrap_or_default(), is_accepted),
        ("word-shipped", shipping_note, is_shipped),
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
pub(super) fn happenings(shell: &Shell, order: &Order, followed: &[Followed]) -> Vec<TimelineEntry> {
    let expected = Outstanding::of(order)
        .arrives_on()
        .filter(|_| order.state.is_served())
        .map(|on| TimelineEntry {
            class: "expected",
            text: shell.t("order-expected"),
            link: None,
            note: shell.day(on),
        });
    let told = followed.iter().filter_map(|step| happening(shell, order, step));
    expected.into_iter().chain(told).collect()
}

fn positions(positions: impl Iterator<Item = i32>) -> String {
    positions
        .map(|position| position.to_string())
        .collect::<Vec<_>>()
        .join(", ")
}

fn amount(shell: &Shell, amount: &str, currency: &str) -> String {
    let currency = Currency::from_code(currency);
    let money = currency.and_then(|currency| Money::parse(amount, currency).ok());
    money.map(|money| shell.money(money)).unwrap_or_default()
}

/// What a step is told by: how it looks, its words, where it leads, its reason, and whether one of the staff did it for
/// the account.
struct Told {
    class: &'static str,
    text: String,
    link: Option<(String, String)>,
    reason: Option<String>,
    is_for_account: bool,
}

impl Told {
    fn new(class: &'static str, text: String) -> Self {
        Self {
            class,
            text,
            link: None,
            reason: None,
            is_for_account: false,
        }
    }
}

fn told_of_order(shell: &Shell, order: &Order, event: &OrderEvent) -> Told {
    let plain = |class, key: &str| Told::new(class, shell.t(key));
    let change = |id: OrderChangeId| Some((shell.t("change-open"), format!("/order-changes/{id}")));
    match event {
        OrderEvent::Placed(placed) => Told {
            is_for_account: placed.by_staff.is_some(),
            ..match &order.claim {
                None => plain("", "order-told-placed"),
                Some((id, number)) => Told {
                    link: Some((number.clone(), format!("/claims/{id}"))),
                    ..plain("", "order-told-placed-for-claim")
                },
            }
        },
        OrderEvent::Accepted(_) => plain("", "word-accepted"),
        OrderEvent::OnHold(held) => Told {
            reason: held.reason.clone(),
            ..plain("warn", "order-told-on-hold")
        },
        OrderEvent::Released(_) => plain("", "order-told-released"),
        OrderEvent::Cancelled(cancelled) => Told {
            reason: order.cancel_reason.clone(),
            is_for_account: cancelled.by_staff.is_some(),
            ..match cancelled.ended_by {
                None => plain("bad", "order-told-cancelled"),
                Some(by) => Told::new("", shell.name("order-told-ended", by.name())),
            }
        },
        OrderEvent::RestCancelled(rest) => {
            let lines = positions(rest.lines.iter().map(|line| line.position));
            Told {
                reason: rest.reason.clone(),
                is_for_account: rest.by_staff.is_some(),
                ..match rest.ended_by {
                    None => Told::new("bad", shell.t1("order-told-rest-cancelled", "lines", lines)),
                    Some(by) => {
                        let key = format!("order-told-rest-ended-{}", by.name().replace('_', "-"));
                        Told::new("", shell.t1(&key, "lines", lines))
                    }
                }
            }
        }
        OrderEvent::Changed(changed) => Told {
            reason: changed.reason.clone(),
            is_for_account: changed.by_staff.is_some(),
            link: change(changed.change_id),
            ..Told::new("", shell.t1("order-told-changed", "revision", changed.revision))
        },
        OrderEvent::ChangeRequested(asked) => Told {
            reason: asked.reason.clone(),
            is_for_account: asked.by_staff.is_some(),
            link: change(asked.change_id),
            ..plain("", "order-told-change-requested")
        },
        OrderEvent::ChangeRefused(refused) => Told {
            reason: Some(refused.reason.clone()),
            link: change(refused.change_id),
            ..plain("warn", "order-told-change-refused")
        },
        OrderEvent::ChangeWithdrawn(taken) => Told {
            is_for_account: taken.by_staff.is_some(),
            link: change(taken.change_id),
            ..plain("", "order-told-change-withdrawn")
        },
        OrderEvent::SubstituteProposed(proposed) => Told {
            reason: proposed.note.clone(),
            ..Told::new(
                "warn",
                shell.t1("order-told-substitute-proposed", "line", proposed.position),
            )
        },
        OrderEvent::SubstituteDeclined(declined) => Told {
            reason: declined.reason.clone(),
            is_for_account: declined.by_staff.is_some(),
            ..Told::new(
                "",
                shell.t1("order-told-substitute-declined", "line", declined.position),
            )
        },
        OrderEvent::Short(short) => {
            let lines = positions(short.lines.iter().map(|line| line.position));
            Told::new("warn", shell.t1("order-told-short", "lines", lines))
        }
        OrderEvent::PromiseChanged(change) => told_of_promise(shell, &change.lines),
        OrderEvent::CreditExceeded(_) => plain("warn", "order-told-credit-exceeded"),
        OrderEvent::Delivered(_) => plain("", "order-told-delivered"),
        OrderEvent::Closed(_) => plain("", "order-told-closed"),
        OrderEvent::Reopened(_) => plain("warn", "order-told-reopened"),
    }
}

/// The lines that got stock; where none did those that have another day.
fn told_of_promise(shell: &Shell, lines: &[PromisedLine]) -> Told {
    let served = lines.iter().filter(|line| line.served.as_deref() != Some("0"));
    let served = positions(served.map(|line| line.position));
    if served.is_empty() {
        let moved = positions(lines.iter().map(|line| line.position));
        return Told::new("warn", shell.t1("order-told-moved", "lines", moved));
    }
    Told::new("", shell.t1("order-told-promised", "lines", served))
}

fn told_of_shipment(shell: &Shell, subject: &str, event: &ShipmentEvent) -> Told {
    let (key, shipment) = match event {
        ShipmentEvent::Created(created) => ("order-told-shipped", &created.shipment),
        ShipmentEvent::Changed(changed) => ("order-told-shipment-changed", &changed.shipment),
        ShipmentEvent::Delivered(delivered) => ("order-told-arrived", &delivered.shipment),
    };
    let parts = [&shipment.carrier, &shipment.tracking_number];
    let there: Vec<_> = parts.into_iter().flatten().map(String::as_str).collect();
    let is_new = matches!(event, ShipmentEvent::Created(_));
    let link = shell.t1("order-shipment", "number", shipment.number.clone());
    Told {
        link: Some((link, format!("/shipments/{subject}"))),
        reason: Some(there.join(" ")).filter(|text| is_new && !text.is_empty()),
        ..Told::new("", shell.t(key))
    }
}

/// What is said of a claim stands on its own page.
fn told_of_claim(shell: &Shell, subject: &str, event: &ClaimEvent) -> Option<Told> {
    let (class, key, claim) = match event {
        ClaimEvent::Opened(opened) => ("warn", "order-told-claim-opened", &opened.claim),
        ClaimEvent::Decided(decided) => ("", "order-told-claim-decided", &decided.claim),
        ClaimEvent::Settled(settled) => ("", "order-told-claim-settled", &settled.claim),
        ClaimEvent::Withdrawn(withdrawn) => ("", "order-told-claim-withdrawn", &withdrawn.claim),
        ClaimEvent::Replied(_) => return None,
    };
    let link = shell.t1("claim", "number", claim.number.clone());
    Some(Told {
        link: Some((link, format!("/claims/{subject}"))),
        ..Told::new(class, shell.t(key))
    })
}

fn told(shell: &Shell, order: &Order, event: &Happened) -> Option<Told> {
    Some(match &event.event {
        Event::Order(about) => told_of_order(shell, order, about),
        Event::Shipment(about) => told_of_shipment(shell, &event.subject(), about),
        Event::Invoice(InvoiceEvent::Issued(issued)) => {
            let gross = amount(shell, &issued.gross_total, &issued.currency);
            let link = shell.t1("order-invoice", "number", issued.number.clone());
            Told {
                link: Some((link, format!("/invoices/{}", event.subject()))),
                ..Told::new("", shell.t1("order-told-invoiced", "amount", gross))
            }
        }
        Event::Invoice(InvoiceEvent::Corrected(corrected)) => {
            let link = shell.t1("order-invoice", "number", corrected.corrected_number.clone());
            Told {
                link: Some((link, format!("/invoices/{}", corrected.corrected_id))),
                ..Told::new(
                    "",
                    shell.t1("order-told-invoice-corrected", "number", corrected.number.clone()),
                )
            }
        }
        Event::CreditNote(CreditNoteEvent::Issued(issued)) => {
            let gross = amount(shell, &issued.gross_total, &issued.currency);
            let link = shell.t1("credit-note", "number", issued.number.clone());
            Told {
                link: Some((link, format!("/credit-notes/{}", event.subject()))),
                ..Told::new("", shell.t1("order-told-credited", "amount", gross))
            }
        }
        Event::Return(ReturnEvent::Changed(changed)) => {
            let state = shell.name("return-state", changed.state.name());
            let number = changed.number.clone();
            Told::new("", shell.t2("order-told-return", "number", number, "state", state))
        }
        Event::Claim(about) => told_of_claim(shell, &event.subject(), about)?,
        Event::Payment(PaymentEvent::Received(received)) => {
            let paid = amount(shell, &received.amount, &received.currency);
            Told::new("", shell.t1("order-told-paid", "amount", paid))
        }
        Event::Payment(PaymentEvent::Reversed(reversed)) => {
            let paid = amount(shell, &reversed.amount, &reversed.currency);
            Told::new("bad", shell.t1("order-told-payment-reversed", "amount", paid))
        }
        // None of them is about an order or what came of it.
        Event::Access(_)
        | Event::Account(_)
        | Event::Assortment(_)
        | Event::BankStatement(_)
        | Event::Consignment(_)
        | Event::Contact(_)
        | Event::Invitation(_)
        | Event::Mail(_)
        | Event::Member(_)
        | Event::PasswordReset(_)
        | Event::PriceList(_)
        | Event::Rebate(_)
        | Event::Receipt(_)
        | Event::Refund(_)
        | Event::Contract(_)
        | Event::Reminder(_)
        | Event::Statement(_)
        | Event::Webhook(_)
        | Event::WriteOff(_)
        | Event::Other { .. } => return None,
    })
}

fn happening(shell: &Shell, order: &Order, step: &Followed) -> Option<TimelineEntry> {
    let event = &step.event;
    let told = told(shell, order, event)?;
    let who = match &step.who {
        Some(Who::Member(name)) => Some(name.clone()),
        Some(Who::Client(name)) => Some(shell.t1("by-client", "name", name.as_str())),
        // Whoever acted for the account is told by name.
        Some(Who::Staff(name)) if told.is_for_account => {
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
        Some(Who::Program) if matches!(event.event, Event::Order(OrderEvent::Placed(_))) => {
            Some(shell.t("order-by-import"))
        }
        Some(Who::Program) | None => None,
    };
    let reason = told.reason;
    let note = [Some(shell.moment(event.occurred_at)), who, reason];
    Some(TimelineEntry {
        class: told.class,
        text: told.text,
        link: told.link,
        note: note.into_iter().flatten().collect::<Vec<_>>().join(" · "),
    })
}
