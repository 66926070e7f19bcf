//! What became of the orders: they are accepted, shipped, delivered, invoiced and paid, day by day, each step by the use
//! case that the desk and the accounts use too. What would happen after now has not happened yet, so the latest orders
//! stand wherever they got to.

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveTime, TimeDelta};
use serde_json::json;

use super::accounts::{ACCOUNTS, Account, staff_email};
use super::habits;
use super::orders::{Order as PlannedOrder, YEAR_DAYS, working};
use super::products::Product;
use super::sequence::Sequence;
use super::setting_up::person;
use super::sheet::decimal;
use super::stock;
use crate::accounts;
use crate::audit::Actor;
use crate::catalogue::ArticleKey;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::identity::idempotency;
use crate::identity::rules::StaffRole;
use crate::ids::{AccountId, InvoiceId, OrderId, PersonId, ShipmentId};
use crate::invoices;
use crate::invoices::payments::{self, PaymentRequest};
use crate::kept::DecimalText;
use crate::mail;
use crate::money::Money;
use crate::orders::entitlements::rules::IfNotEntitled;
use crate::orders::expecting;
use crate::orders::receipts::{self, ReceiptRequest, RequestedReceiptLine};
use crate::orders::rules::PlacedBy;
use crate::orders::rules::{OrderClass, OrderTexts, State, Wishes};
use crate::orders::{OrderRequest, Orderer, Releasing, RequestedLine};
use crate::pricing::LineRequest;
use crate::shipments::{self, ShipmentRequest};
use crate::supply::inputs::NewExpected;

/// Older events make no mails any more: nobody waits for last year's.
const MAILS_DAYS: i64 = 2;
/// Goods come in every so many days.
const RECEIPT_DAYS: i64 = 14;
/// In how many days what is expected comes.
const EXPECTED_IN_DAYS: [i64; 6] = [-2, 6, 9, 13, 20, 34];
/// What is short has not come for so long.
const SHORT_DAYS: i64 = 40;

/// Something that happens to an order.
#[derive(Debug)]
enum Step {
    Place(usize),
    CallOff(OrderId, AccountId, &'static str),
    Release(OrderId),
    Hold(OrderId),
    Accept(OrderId),
    Ship(OrderId, usize),
    Deliver(ShipmentId),
    Invoice(ShipmentId, usize),
    Pay(InvoiceId, Money, usize),
    Receive,
}

/// Who does it.
struct People {
    accounts: Vec<(AccountId, PersonId)>,
    service: PersonId,
    warehouse: PersonId,
    finance: PersonId,
}

/// The year as it goes by.
struct Year<'a> {
    orders: Vec<PlannedOrder>,
    people: People,
    /// What is to happen, the earliest first.
    agenda: BTreeMap<(Timestamp, usize), Step>,
    /// Everything that was ever put on the agenda.
    steps_planned: usize,
    sequence: Sequence,
    /// Base steps ordered and not yet replaced, with the decimals of the base unit.
    sold: HashMap<String, (i64, u32)>,
    short: Vec<&'a str>,
    now: Timestamp,
}

/// Lets the year before `now` go by.
pub(super) fn simulate(
    tx: &mut Connection,
    orders: Vec<PlannedOrder>,
    products: &[Product],
    now: Timestamp,
) -> Result<()> {
    let mut year = Year {
        people: people(tx)?,
        agenda: BTreeMap::new(),
        steps_planned: 0,
        sequence: Sequence::new(41),
        sold: HashMap::new(),
        short: stock::short(products).map(|product| product.sku.as_str()).collect(),
        orders,
        now,
    };
    for place in 0..year.orders.len() {
        let at = year.orders.get(place).map_or(now, |planned| planned.placed_at);
        year.plan(at, Step::Place(place));
    }
    let begin = (now.date() - TimeDelta::days(YEAR_DAYS)).and_time(NaiveTime::MIN) + TimeDelta::hours(5);
    for receipt in 1..=YEAR_DAYS / RECEIPT_DAYS {
        year.plan(begin + TimeDelta::days(receipt * RECEIPT_DAYS), Step::Receive);
    }
    let mails_from = now - TimeDelta::days(MAILS_DAYS);
    let mut is_recent = false;
    while let Some(((at, number), step)) = year.agenda.pop_first() {
        if at >= mails_from && !is_recent {
            mail::skip_events(tx, at)?;
            is_recent = true;
        }
        year.run_step(tx, step, at, number)?;
    }
    year.expect(tx)
}

fn people(tx: &mut Connection) -> Result<People> {
    let mut of_accounts = Vec::new();
    for account in &ACCOUNTS {
        of_accounts.push((
            accounts::open_by_code(tx, account.code)?.id,
            person(tx, &account.email(1))?,
        ));
    }
    Ok(People {
        accounts: of_accounts,
        service: person(tx, &staff_email("ravi"))?,
        warehouse: person(tx, &staff_email("piet"))?,
        finance: person(tx, &staff_email("greta"))?,
    })
}

fn key(person_id: PersonId, route: &'static str, number: usize) -> Result<idempotency::Request> {
    idempotency::Request::new(person_id, route, format!("demo-{number}"), &json!({ "number": number }))
}

impl Year<'_> {
    /// Puts a step on the agenda unless it lies behind now.
    fn plan(&mut self, at: Timestamp, step: Step) {
        self.steps_planned += 1;
        if at < self.now {
            self.agenda.insert((at, self.steps_planned), step);
        }
    }

    /// `days` after `at`, at a working hour.
    fn later(&mut self, at: Timestamp, days: i64) -> Timestamp {
        let minutes = self.sequence.between(6 * 60, 15 * 60);
        let day = (at.date() + TimeDelta::days(days)).and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes);
        let later = if day > at {
            day
        } else {
            at + TimeDelta::minutes(self.sequence.between(20, 120))
        };
        working(later, self.now)
    }

    fn run_step(&mut self, tx: &mut Connection, step: Step, at: Timestamp, number: usize) -> Result<()> {
        match step {
            Step::Place(place) => self.place(tx, place, at),
            Step::CallOff(id, account_id, reason) => {
                let state = crate::orders::get(tx, account_id, id)?.state;
                let buyer = self.people.accounts.iter().find(|(account, _)| *account == account_id);
                if let (State::Placed | State::OnHold, Some((_, buyer))) = (state, buyer) {
                    crate::orders::cancel(tx, account_id, id, Some(reason), &Actor::person(*buyer), at)?;
                }
                Ok(())
            }
            Step::Release(id) => self.release(tx, id, at),
            Step::Hold(id) => {
                let reason = "The delivery address needs a word with the site.";
                crate::orders::hold(tx, id, reason, &Actor::person(self.people.service), at).map(drop)
            }
            Step::Accept(id) => self.accept(tx, id, at),
            Step::Ship(id, account) => self.ship(tx, id, account, at, number),
            Step::Deliver(id) => shipments::deliver(tx, id, &Actor::person(self.people.warehouse), at).map(drop),
            Step::Invoice(id, account) => self.invoice(tx, id, account, at, number),
            Step::Pay(id, amount, account) => self.pay(tx, id, amount, account, at, number),
            Step::Receive => self.receive(tx, at, number),
        }
    }

    fn place(&mut self, tx: &mut Connection, place: usize, at: Timestamp) -> Result<()> {
        let Some(planned) = self.orders.get(place).cloned() else {
            return Ok(());
        };
        let account = ACCOUNTS.iter().position(|account| account.code == planned.account);
        let Some((index, &(account_id, person_id))) =
            account.and_then(|index| Some((index, self.people.accounts.get(index)?)))
        else {
            return Ok(());
        };
        let request = self.request(&planned, at, ACCOUNTS.get(index));
        let orderer = Orderer {
            account_id,
            by: Some(PlacedBy::Person(person_id)),
        };
        let order = crate::orders::place(tx, &orderer, &Actor::person(person_id), None, &request, at)?.order;
        for line in &order.lines {
            let sold = self.sold.entry(line.sku.clone()).or_default();
            *sold = (sold.0 + line.quantity.base_steps, line.base_decimals.into());
        }
        if let Some(reason) = planned.called_off {
            let then = self.later(at, 1);
            self.plan(then, Step::CallOff(order.id, account_id, reason));
            return Ok(());
        }
        let mut hours = self.sequence.between(3, 30);
        if order.lines.iter().any(|line| line.backordered > 0) {
            // What waits is thought over for a day: at whatever hour the story ends, some of it is still to be accepted.
            hours += 24;
        }
        if order.state == State::OnHold {
            let then = self.later(at, 2);
            self.plan(then, Step::Release(order.id));
        } else if planned.account == "MARVAUX"
            && self.now - at < TimeDelta::days(3)
            && self.now - at > TimeDelta::days(1)
        {
            self.plan(at + TimeDelta::hours(2), Step::Hold(order.id));
        } else {
            self.plan(working(at + TimeDelta::hours(hours), self.now), Step::Accept(order.id));
        }
        Ok(())
    }

    fn request(&mut self, planned: &PlannedOrder, at: Timestamp, account: Option<&Account>) -> OrderRequest {
        let sites: Vec<_> = account.into_iter().flat_map(Account::site_codes).collect();
        let ship_to = self
            .sequence
            .chance(35)
            .then(|| (*self.sequence.one_of(&sites)).to_owned());
        let order_class = match self.sequence.between(1, 100) {
            1..=4 => OrderClass::Critical,
            5..=14 => OrderClass::Priority,
            _ => OrderClass::Standard,
        };
        let days = self.sequence.between(8, 25);
        let requested_on = self.sequence.chance(30).then(|| at.date() + TimeDelta::days(days));
        let note = self
            .sequence
            .chance(10)
            .then(|| "Please call an hour before you arrive.".to_owned());
        let line = |(sku, unit, quantity): &(String, &'static str, String)| RequestedLine {
            line: LineRequest {
                key: ArticleKey::Sku(sku.clone()),
                unit: Some((*unit).to_owned()),
                quantity: quantity.clone(),
            },
            note: None,
            typed: None,
            choices: Wishes::default(),
        };
        OrderRequest {
            po_number: planned.po_number.clone(),
            ship_to,
            requested_on,
            order_class,
            // The year is over: it is not kept from what it was.
            if_not_entitled: IfNotEntitled::Standard,
            choices: Wishes::default(),
            texts: OrderTexts::read(|name| note.clone().filter(|_| name == "note")),
            lines: planned.lines.iter().map(line).collect(),
        }
    }

    fn release(&mut self, tx: &mut Connection, id: OrderId, at: Timestamp) -> Result<()> {
        if crate::orders::get_for_staff(tx, id)?.state != State::OnHold {
            return Ok(());
        }
        let by = Releasing {
            reason: "Agreed with the account: a payment is on its way.",
            roles: &[StaffRole::Admin],
            is_fresh: true,
        };
        crate::orders::release(tx, id, by, &Actor::person(self.people.finance), at)?;
        let then = self.later(at, 1);
        self.plan(then, Step::Accept(id));
        Ok(())
    }

    fn accept(&mut self, tx: &mut Connection, id: OrderId, at: Timestamp) -> Result<()> {
        let order = crate::orders::get_for_staff(tx, id)?;
        if order.state != State::Placed {
            return Ok(());
        }
        crate::orders::accept(tx, id, &Actor::person(self.people.service), at)?;
        let of = |(account_id, _): &(AccountId, PersonId)| *account_id == order.account_id;
        let account = self.people.accounts.iter().position(of).unwrap_or_default();
        let days = self.sequence.between(1, 3);
        let then = self.later(at, days);
        self.plan(then, Step::Ship(id, account));
        Ok(())
    }

    /// Ships what is reserved; what still waits is looked at again a week later.
    fn ship(&mut self, tx: &mut Connection, id: OrderId, account: usize, at: Timestamp, number: usize) -> Result<()> {
        let order = crate::orders::get_for_staff(tx, id)?;
        if !matches!(order.state, State::Accepted | State::PartlyShipped) {
            return Ok(());
        }
        if order.lines.iter().any(|line| line.backordered > 0) {
            let then = self.later(at, 7);
            self.plan(then, Step::Ship(id, account));
        }
        if order.lines.iter().all(|line| line.reserved == 0) {
            return Ok(());
        }
        let carrier = habits::of_account(account).carrier;
        let request = ShipmentRequest {
            order_id: Some(id),
            lines: None,
            carrier: Some(carrier.to_owned()),
            tracking_number: Some(format!(
                "{}{:09}",
                &carrier[..2].to_uppercase(),
                740_000_000 + number * 7919
            )),
            packages: Vec::new(),
        };
        let warehouse = self.people.warehouse;
        let key = key(warehouse, "POST /api/v1/supplier/shipments", number)?;
        let (shipment, _) = shipments::ship(tx, &key, &request, &Actor::person(warehouse), at)?;
        let days = self.sequence.between(1, 4);
        let (arrives, billed) = (self.later(at, days), self.later(at, 1));
        self.plan(arrives, Step::Deliver(shipment.id));
        self.plan(billed, Step::Invoice(shipment.id, account));
        Ok(())
    }

    fn invoice(
        &mut self,
        tx: &mut Connection,
        id: ShipmentId,
        account: usize,
        at: Timestamp,
        number: usize,
    ) -> Result<()> {
        let finance = self.people.finance;
        let key = key(finance, "POST /api/v1/supplier/invoices", number)?;
        let (invoice, _) = invoices::issue(tx, &key, Some(id), &Actor::person(finance), at)?;
        // Every other invoice that offers a discount is paid with it.
        if let Some(offer) = invoice.cash_discount.first().filter(|_| invoice.sequence.1 % 2 == 0) {
            let less = Money::new(invoice.gross.minor - offer.minor, invoice.currency);
            let paid = self.later(at, i64::from(offer.days / 2).max(1));
            self.plan(paid, Step::Pay(invoice.id, less, account));
            return Ok(());
        }
        let habit = habits::of_account(account);
        let days = (invoice.due_on - at.date()).num_days() + habit.pays_after_days;
        let paid = self.later(at, days.max(1));
        if self.sequence.chance(habit.pays_parts) {
            let part = Money::new(invoice.gross.minor / 2, invoice.currency);
            let rest = Money::new(invoice.gross.minor - part.minor, invoice.currency);
            let then = self.later(paid, 21);
            self.plan(paid, Step::Pay(invoice.id, part, account));
            self.plan(then, Step::Pay(invoice.id, rest, account));
        } else {
            self.plan(paid, Step::Pay(invoice.id, invoice.gross, account));
        }
        Ok(())
    }

    fn pay(
        &mut self,
        tx: &mut Connection,
        id: InvoiceId,
        amount: Money,
        account: usize,
        at: Timestamp,
        number: usize,
    ) -> Result<()> {
        if amount.minor <= 0 {
            return Ok(());
        }
        let invoice = invoices::get_for_staff(tx, id)?;
        let finance = self.people.finance;
        let key = key(finance, "POST /api/v1/supplier/payments", number)?;
        let request = PaymentRequest {
            account: habits::of_account(account).account.to_owned(),
            amount: amount.to_string(),
            currency: amount.currency.code().to_owned(),
            received_on: at.date(),
            invoice_id: Some(Some(id)),
            reminder_id: None,
            reference: Some(format!("{} / {}", invoice.number, invoice.po_number)),
            allocations: Vec::new(),
        };
        payments::receive(tx, &key, &request, &Actor::person(finance), at).map(drop)
    }

    /// Some of what is short is on its way; the first of it should have come already.
    fn expect(&self, tx: &mut Connection) -> Result<()> {
        let warehouse = Actor::person(self.people.warehouse);
        for (sku, (number, days)) in self.short.iter().zip((7_001..).zip(EXPECTED_IN_DAYS)) {
            let expected = NewExpected {
                reference: format!("PO-{number}"),
                warehouse: stock::MAIN.to_owned(),
                sku: (*sku).to_owned(),
                quantity: DecimalText("400".to_owned()),
                expected_on: (self.now.date() + TimeDelta::days(days)).to_string(),
                supplier: Some("Walserij Duisburg".to_owned()),
                confirmed: None,
            };
            expecting::add(tx, &warehouse, &expected, self.now)?;
        }
        Ok(())
    }

    /// What was sold comes in again, but for what is short.
    fn receive(&mut self, tx: &mut Connection, at: Timestamp, number: usize) -> Result<()> {
        let is_lately = self.now - at < TimeDelta::days(SHORT_DAYS);
        let mut wanted: Vec<_> = self
            .sold
            .iter()
            .filter(|(sku, (steps, _))| *steps > 0 && !(is_lately && self.short.contains(&sku.as_str())))
            .map(|(sku, (steps, decimals))| (sku.clone(), decimal(*steps, *decimals)))
            .collect();
        wanted.sort();
        if wanted.is_empty() {
            return Ok(());
        }
        for (sku, _) in &wanted {
            self.sold.remove(sku);
        }
        let request = ReceiptRequest {
            warehouse: stock::MAIN.to_owned(),
            lines: wanted
                .into_iter()
                .map(|(sku, quantity)| RequestedReceiptLine {
                    sku,
                    quantity,
                    reference: None,
                })
                .collect(),
        };
        let warehouse = self.people.warehouse;
        let key = key(warehouse, "POST /api/v1/supplier/receipts", number)?;
        receipts::receive(tx, &key, &request, &Actor::person(warehouse), at).map(drop)
    }
}
