//! What was ordered in the year before and what became of it, by the use cases that accounts and staff use: most orders
//! are long paid, the latest stand somewhere on the way.

use chrono::TimeDelta;
use serde_json::json;

use super::Amounts;
use super::sheets::{code, sku};
use crate::accounts;
use crate::audit::Actor;
use crate::catalogue::ArticleKey;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::demo::sequence::Sequence;
use crate::error::Result;
use crate::identity::rules::StaffRole;
use crate::identity::{self, Employment, NewPerson, idempotency};
use crate::ids::PersonId;
use crate::invoices;
use crate::invoices::payments::{self, PaymentRequest};
use crate::orders::entitlements::rules::IfNotEntitled;
use crate::orders::rules::{Order, OrderClass, OrderTexts, Wishes};
use crate::orders::{OrderRequest, Orderer, RequestedLine};
use crate::pricing::LineRequest;
use crate::shipments::{self, ShipmentRequest};

const YEAR_MINUTES: i64 = 365 * 24 * 60;
/// Days from the order to each step.
const ACCEPTED: i64 = 1;
const SHIPPED: i64 = 3;
const DELIVERED: i64 = 5;
/// Days from the due date to the payment: some are late.
const PAYS_AFTER: [i64; 5] = [-4, 0, 0, 6, 40];

/// When the year begins.
pub fn begin(now: Timestamp) -> Timestamp {
    now - TimeDelta::minutes(YEAR_MINUTES)
}

/// Adds somebody of the staff who does everything and can't sign in.
pub fn add_staff(tx: &mut Connection, at: Timestamp) -> Result<PersonId> {
    let person = NewPerson {
        email: "seed@measuring.example".to_owned(),
        name: "Seed".to_owned(),
        password_hash: "!".to_owned(),
        employment: Employment::Staff(StaffRole::Admin),
    };
    identity::add_person(tx, &Actor::program("seed"), &person, at)
}

fn key(staff: PersonId, route: &'static str, number: u64) -> Result<idempotency::Request> {
    idempotency::Request::new(staff, route, format!("seed-{number}"), &json!({ "number": number }))
}

/// Places the order with this number and lets pass what had time to happen by `now`.
pub fn simulate(tx: &mut Connection, amounts: Amounts, staff: PersonId, number: u64, now: Timestamp) -> Result<()> {
    let mut sequence = Sequence::new(amounts.seed.wrapping_mul(1_000_003).wrapping_add(number));
    let share = i128::from(YEAR_MINUTES) * 60 * i128::from(number) / i128::from(amounts.orders.max(1));
    let at = begin(now) + TimeDelta::seconds(i64::try_from(share).unwrap_or_default());
    let order = place(tx, amounts, number, at, &mut sequence)?;
    let actor = Actor::person(staff);
    let outcome = sequence.between(1, 100);
    let after = |days: i64| Some(at + TimeDelta::days(days)).filter(|then| *then < now);
    if outcome <= 3 {
        let reason = Some("Ordered twice");
        return crate::orders::cancel(tx, order.account_id, order.id, reason, &actor, at).map(drop);
    }
    let Some(then) = after(ACCEPTED) else { return Ok(()) };
    crate::orders::accept(tx, order.id, &actor, then)?;
    let Some(then) = after(SHIPPED) else { return Ok(()) };
    if order.lines.iter().all(|line| line.reserved == 0) {
        return Ok(());
    }
    let request = ShipmentRequest {
        order_id: Some(order.id),
        lines: None,
        carrier: Some("Carrier".to_owned()),
        tracking_number: Some(format!("TN{number:010}")),
        packages: Vec::new(),
    };
    let route = "POST /api/v1/supplier/shipments";
    let (shipment, _) = shipments::ship(tx, &key(staff, route, number)?, &request, &actor, then)?;
    let route = "POST /api/v1/supplier/invoices";
    let (invoice, _) = invoices::issue(tx, &key(staff, route, number)?, Some(shipment.id), &actor, then)?;
    let Some(then) = after(DELIVERED) else { return Ok(()) };
    shipments::deliver(tx, shipment.id, &actor, then)?;
    let days = (invoice.due_on - at.date()).num_days() + sequence.one_of(&PAYS_AFTER);
    let Some(then) = after(days) else { return Ok(()) };
    if invoice.gross.minor <= 0 {
        return Ok(());
    }
    let request = PaymentRequest {
        account: code(number % amounts.accounts),
        amount: invoice.gross.to_string(),
        currency: invoice.currency.code().to_owned(),
        received_on: then.date(),
        invoice_id: Some(Some(invoice.id)),
        reminder_id: None,
        reference: Some(invoice.number),
        allocations: Vec::new(),
    };
    let route = "POST /api/v1/supplier/payments";
    payments::receive(tx, &key(staff, route, number)?, &request, &actor, then).map(drop)
}

fn place(tx: &mut Connection, amounts: Amounts, number: u64, at: Timestamp, sequence: &mut Sequence) -> Result<Order> {
    let account = accounts::open_by_code(tx, &code(number % amounts.accounts))?;
    let orderer = Orderer {
        account_id: account.id,
        by: None,
    };
    let products = i64::try_from(amounts.products).unwrap_or(i64::MAX);
    let mut places: Vec<_> = (0..sequence.between(1, 8))
        .map(|_| sequence.between(0, products - 1))
        .collect();
    places.sort_unstable();
    places.dedup();
    let line = |place: i64, quantity: i64| RequestedLine {
        line: LineRequest {
            key: ArticleKey::Sku(sku(place.unsigned_abs())),
            unit: Some("CTN".to_owned()),
            quantity: quantity.to_string(),
        },
        note: None,
        typed: None,
        choices: Wishes::default(),
    };
    let lines = places
        .into_iter()
        .map(|place| line(place, sequence.between(1, 12)))
        .collect();
    let order_class = match sequence.between(1, 20) {
        1 => OrderClass::Critical,
        2 | 3 => OrderClass::Priority,
        _ => OrderClass::Standard,
    };
    let request = OrderRequest {
        po_number: format!("PO-{number:07}"),
        ship_to: None,
        requested_on: None,
        order_class,
        if_not_entitled: IfNotEntitled::default(),
        choices: Wishes::default(),
        texts: OrderTexts::default(),
        lines,
    };
    let actor = Actor::program("seed");
    Ok(crate::orders::place(tx, &orderer, &actor, None, &request, at)?.order)
}
