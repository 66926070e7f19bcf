//! An account files a claim about lines of a shipment or of its invoice, or takes it back.

use chrono::Datelike;

use super::rules::reading::{self, Asked, Delivered, Of};
use super::rules::{Action, Analysis, Claim, Kind, Outcome, State, answer_by, number};
use super::{head, lock_for, record, store, told};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, FieldError, Result};
use crate::events::payloads::{ClaimOpened, ClaimWithdrawn};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, ClaimId, InvoiceId, OrderLineId, ShipmentId};
use crate::invoices;
use crate::orders;
use crate::orders::rules::Order;
use crate::shipments;
use crate::shipments::rules::Shipment;

/// What a claim is about; none where the id is ill-formed.
#[derive(Debug, Clone, Copy)]
pub enum About {
    Shipment(Option<ShipmentId>),
    Invoice(Option<InvoiceId>),
}

/// What an account claims.
#[derive(Debug, Clone)]
pub struct ClaimRequest {
    pub about: About,
    pub kind: Kind,
    pub wish: Outcome,
    pub text: String,
    pub lines: Vec<Asked>,
}

/// What may be claimed of a shipment or an invoice: the shipment, its order, its invoice, and positions with what left.
pub struct Claimable {
    pub shipment: Shipment,
    pub order: Order,
    pub invoice: Option<(InvoiceId, String)>,
    /// Position, line of the order, base steps that left, base steps that other claims are about.
    pub lines: Vec<(i32, OrderLineId, i64, i64)>,
}

impl Claimable {
    /// Its lines beside those of the order.
    pub fn delivered(&self) -> Vec<Delivered<'_>> {
        let of = |(position, id, shipped, claimed): &(i32, OrderLineId, i64, i64)| {
            let line = self.order.lines.iter().find(|line| line.id == *id)?;
            Some(Delivered {
                position: *position,
                line,
                shipped: *shipped,
                claimed: *claimed,
            })
        };
        self.lines.iter().filter_map(of).collect()
    }
}

/// Reads what may be claimed of a shipment or an invoice of the account.
pub fn claimable(connection: &mut Connection, account_id: AccountId, about: About) -> Result<Claimable> {
    let (shipment_id, billed) = match about {
        About::Shipment(id) => {
            let detail = invoices::sentences::no_shipment();
            let id = id.ok_or_else(|| Error::invalid("/shipment_id", Code::UnknownShipment, detail))?;
            (id, None)
        }
        About::Invoice(id) => {
            let unknown = || {
                let detail = invoices::credits::sentences::no_invoice_to_credit();
                Error::invalid("/invoice_id", Code::UnknownInvoice, detail)
            };
            let invoice = match invoices::get(connection, account_id, id.ok_or_else(unknown)?) {
                Err(Error::NotFound) => return Err(unknown()),
                invoice => invoice?,
            };
            // An invoice of a price difference bills no goods.
            let shipment_id = invoice.shipment_id;
            (
                shipment_id,
                Some(invoice).filter(|one| one.kind != invoices::rules::Kind::PriceDifference),
            )
        }
    };
    let shipment = match shipments::get(connection, account_id, shipment_id) {
        Err(Error::NotFound) => {
            let detail = invoices::sentences::no_shipment();
            return Err(Error::invalid("/shipment_id", Code::UnknownShipment, detail));
        }
        shipment => shipment?,
    };
    let order = orders::get(connection, account_id, shipment.order_id)?;
    let claimed = store::list_claimed(connection, shipment.id)?;
    let made_good = store::list_made_good(connection, shipment.id)?;
    let of = |id: &OrderLineId| [&claimed, &made_good].iter().filter_map(|steps| steps.get(id)).sum();
    let lines = match &billed {
        Some(invoice) => {
            // One that took the place of another bills less where something was credited; that counts as claimed already.
            let shipped = |id: &OrderLineId| {
                let mut lines = shipment.lines.iter();
                let line = lines.find(|line| line.order_line_id == *id)?;
                Some(line.quantity.base_steps)
            };
            let lines = invoice.lines.iter();
            let line = lines.map(|line| {
                let id = line.order_line_id;
                let steps = match invoice.kind {
                    invoices::rules::Kind::Corrected => shipped(&id),
                    _ => None,
                };
                (line.position, id, steps.unwrap_or(line.quantity.base_steps), of(&id))
            });
            line.collect()
        }
        None => {
            let lines = shipment.lines.iter();
            let line = lines.map(|line| {
                let id = line.order_line_id;
                (line.position, id, line.quantity.base_steps, of(&id))
            });
            line.collect()
        }
    };
    let invoice = match billed {
        Some(invoice) => Some((invoice.id, invoice.number)),
        None => shipment.invoice.clone().map(|(id, number)| (InvoiceId(id), number)),
    };
    Ok(Claimable {
        shipment,
        order,
        invoice,
        lines,
    })
}

/// Files a claim. The same request has one effect; the flag says whether it is a repetition.
pub fn file(
    tx: &mut Connection,
    key: &idempotency::Request,
    account_id: AccountId,
    request: &ClaimRequest,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Claim, bool)> {
    let id = ClaimId::new();
    if let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)? {
        return Ok((super::get(tx, account_id, ClaimId(created))?, true));
    }
    let order_id = claimable(tx, account_id, request.about)?.order.id;
    // Whoever claims something of the order goes one after the other.
    orders::lock(tx, account_id, order_id)?;
    let found = claimable(tx, account_id, request.about)?;
    let mut faults: Vec<FieldError> = Vec::new();
    let text = reading::text("/text", &request.text).map_err(|fault| faults.push(fault));
    let lines =
        reading::lines(&found.delivered(), &request.lines, Of::Claim).map_err(|of_lines| faults.extend(of_lines));
    let (Ok(text), Ok(lines)) = (text, lines) else {
        return Err(Error::Invalid(faults));
    };
    let opened_on = day_in(accounts::supplier_zone(tx)?, now);
    let days = store::answer_days(tx, account_id)?;
    let account = accounts::get(tx, account_id)?;
    let year = opened_on.year();
    // From here on every other claim of the year waits for this one.
    let sequence = (year, store::next_sequence(tx, year)?);
    let claim = Claim {
        id,
        account_id,
        account: (account.code, account.name),
        order_id: found.order.id,
        order_number: found.order.number,
        po_number: found.order.po_number.clone(),
        ship_to: found.order.ship_to.clone(),
        currency: found.order.currency,
        shipment_id: found.shipment.id,
        shipment_number: found.shipment.number,
        invoice: found.invoice,
        sequence,
        number: number(sequence),
        kind: request.kind,
        wish: request.wish,
        text,
        state: State::Open,
        filed_by: actor.to_string(),
        person_id: audit::row_of(&actor.to_string()),
        opened_at: now,
        opened_on,
        answer_by: answer_by(opened_on, days),
        answered_at: None,
        decided_at: None,
        settled_at: None,
        outcome: None,
        credit_note: None,
        replacement: None,
        analysis: Analysis::default(),
        version: 1,
        lines,
        messages: Vec::new(),
        files: Vec::new(),
    };
    let mut batch = Batch::new();
    store::insert(&mut batch, &claim)?;
    let opened = ClaimOpened {
        claim: head(&claim),
        wish: claim.wish,
        text: claim.text.clone(),
        answer_by: claim.answer_by,
        lines: claim.lines.iter().map(told).collect(),
    };
    record(&mut batch, &claim, "claim.open", opened, actor, now);
    batch.run(tx)?;
    Ok((claim, false))
}

/// The account takes a claim back that is not decided.
pub fn withdraw(
    tx: &mut Connection,
    account_id: AccountId,
    id: ClaimId,
    actor: &Actor,
    now: Timestamp,
) -> Result<Claim> {
    let (claim, state) = lock_for(tx, Some(account_id), id, Action::Withdraw)?;
    let mut batch = Batch::new();
    store::update_state(&mut batch, &claim, state);
    let withdrawn = ClaimWithdrawn { claim: head(&claim) };
    record(&mut batch, &claim, "claim.withdraw", withdrawn, actor, now);
    batch.run(tx)?;
    super::get(tx, account_id, id)
}
