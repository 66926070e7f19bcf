//! Goods received: they lie in a warehouse and serve the lines that wait, in one transaction.

pub mod supplier_api;
pub mod supplier_pages;

use std::collections::{BTreeMap, HashMap};

use super::allocation::{Cause, Recorded, list_decisions_of_cause, serve_waiting};
use super::sentences;
use crate::accounts;
use crate::audit::{self, Actor};
use crate::catalogue;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, FieldError, Result};
use crate::events;
use crate::events::payloads::{ReceiptBooked, ReceivedLine};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{ExpectedReceiptId, ProductId, ReceiptId};
use crate::inventory::{self, MovementOrigin, Purpose, Receipt, ReceiptLine};
use crate::keys;
use crate::quantity::Decimal;
use crate::sentences::{name_a_line, quantity_not_above_zero};
use crate::supply::{self, Expected};

/// Lines of one receipt.
pub const LINES_MAX: usize = 5_000;

/// What arrived where.
#[derive(Debug, Clone)]
pub struct ReceiptRequest {
    /// Code of the warehouse.
    pub warehouse: String,
    pub lines: Vec<RequestedReceiptLine>,
}

/// A line of a request, as written.
#[derive(Debug, Clone, Default)]
pub struct RequestedReceiptLine {
    /// Number of the product.
    pub sku: String,
    /// In base units.
    pub quantity: String,
    /// Under which reference it was expected.
    pub reference: Option<String>,
}

/// What came of it.
#[derive(Debug)]
pub struct Received {
    pub id: ReceiptId,
    /// Who was served, and why.
    pub decisions: Vec<Recorded>,
    /// True if an earlier request with the same key booked it.
    pub replayed: bool,
}

/// Books received goods. The same request has one effect.
pub fn receive(
    tx: &mut Connection,
    key: &idempotency::Request,
    request: &ReceiptRequest,
    actor: &Actor,
    now: Timestamp,
) -> Result<Received> {
    let id = ReceiptId::new();
    if let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)? {
        return Ok(Received {
            id: ReceiptId(created),
            decisions: list_decisions_of_cause(tx, created)?,
            replayed: true,
        });
    }
    book(tx, id, request, actor, now)?;
    Ok(Received {
        id,
        decisions: list_decisions_of_cause(tx, id.0)?,
        replayed: false,
    })
}

/// Books goods that came back, for whoever sees to it that it is done once.
pub fn receive_back(tx: &mut Connection, request: &ReceiptRequest, actor: &Actor, now: Timestamp) -> Result<ReceiptId> {
    let id = ReceiptId::new();
    book(tx, id, request, actor, now)?;
    Ok(id)
}

fn book(tx: &mut Connection, id: ReceiptId, request: &ReceiptRequest, actor: &Actor, now: Timestamp) -> Result<()> {
    let Checked {
        warehouse,
        lines,
        named,
    } = check(tx, request)?;
    // The stock before what is expected: everybody locks in this order.
    let mut arrived = BTreeMap::<ProductId, i64>::new();
    for line in &lines {
        let sum = arrived.entry(line.product_id).or_default();
        *sum = sum.checked_add(line.quantity).ok_or_else(too_much)?;
    }
    let product_ids: Vec<_> = arrived.keys().copied().collect();
    inventory::open_stock(tx, &warehouse, &product_ids)?;
    let mut stock = inventory::load(tx, &product_ids, Purpose::Change)?;
    for (product_id, quantity) in arrived {
        let rows = stock.of(product_id);
        let row = rows.iter().find(|row| row.warehouse == warehouse);
        let row = row.ok_or_else(|| Error::internal(format!("{product_id} has no stock in {warehouse}")))?;
        row.on_hand.checked_add(quantity).ok_or_else(too_much)?;
        let stock_id = row.id;
        stock.receive(product_id, stock_id, quantity);
    }
    let (lines, came) = settle_expected(tx, &warehouse, lines, &named)?;
    let mut batch = Batch::new();
    supply::add_received(&mut batch, &came)?;
    batch.run(tx)?;
    let zone = accounts::supplier_zone(tx)?;
    serve_waiting(tx, &mut stock, &product_ids, Cause::GoodsReceived(id), zone, now)?;
    let mut batch = Batch::new();
    let origin = MovementOrigin {
        kind: "receipt",
        cause_id: Some(id.0),
        actor: actor.to_string(),
        at: now,
    };
    inventory::save_moved(&mut batch, &stock, &origin)?;
    let receipt = Receipt { id, lines };
    inventory::insert_receipt(&mut batch, &warehouse, &receipt, &origin)?;
    record(
        &mut batch,
        ReceiptBooked {
            warehouse,
            lines: named,
        },
        id,
        actor,
        now,
    );
    batch.run(tx)
}

/// What came of what is expected, by its ids.
type Came = Vec<(ExpectedReceiptId, i64)>;

/// The lines with what they were expected as, which is locked, and how much came of each.
fn settle_expected(
    tx: &mut Connection,
    warehouse: &str,
    mut lines: Vec<ReceiptLine>,
    named: &[ReceivedLine],
) -> Result<(Vec<ReceiptLine>, Came)> {
    let wanted = lines
        .iter()
        .zip(named)
        .filter_map(|(line, named)| Some((named.reference.clone()?, line.product_id)));
    let wanted: Vec<_> = wanted.collect();
    if wanted.is_empty() {
        return Ok((lines, Came::new()));
    }
    let expected = supply::lock_named(tx, warehouse, &wanted)?;
    let (mut came, mut faults) = (BTreeMap::<ExpectedReceiptId, i64>::new(), Vec::new());
    for (index, (line, named)) in lines.iter_mut().zip(named).enumerate() {
        let Some(reference) = &named.reference else { continue };
        let meant =
            |expected: &&Expected| expected.product_id == line.product_id && keys::same(&expected.reference, reference);
        let Some(expected) = expected.iter().find(meant) else {
            let detail = supply::sentences::no_expected_receipt(reference, &named.sku, warehouse);
            let place = format!("/lines/{index}/reference");
            faults.push(FieldError::new(place, Code::UnknownExpectedReceipt, detail));
            continue;
        };
        line.expected_receipt_id = Some(expected.id);
        let sum = came.entry(expected.id).or_insert(0);
        *sum = sum.checked_add(line.quantity).ok_or_else(too_much)?;
        expected.received.checked_add(*sum).ok_or_else(too_much)?;
    }
    match faults.is_empty() {
        true => Ok((lines, came.into_iter().collect())),
        false => Err(Error::Invalid(faults)),
    }
}

fn too_much() -> Error {
    let detail = sentences::receipt_too_large();
    Error::invalid("/lines", Code::QuantityInvalid, detail)
}

/// A receipt that can be booked.
struct Checked {
    /// The warehouse's code.
    warehouse: String,
    /// As products and base steps.
    lines: Vec<ReceiptLine>,
    /// By the articles' own numbers, whatever was typed.
    named: Vec<ReceivedLine>,
}

/// What is received where; all faults at once.
fn check(tx: &mut Connection, request: &ReceiptRequest) -> Result<Checked> {
    let mut faults = Vec::new();
    let warehouse = inventory::find_warehouse(tx, &request.warehouse)?;
    if warehouse.is_none() {
        faults.push(match request.warehouse.as_str() {
            "" => FieldError::new("/warehouse", Code::Required, sentences::name_the_warehouse()),
            code => {
                let detail = sentences::no_warehouse(code);
                FieldError::new("/warehouse", Code::UnknownWarehouse, detail)
            }
        });
    }
    if request.lines.is_empty() {
        faults.push(FieldError::new("/lines", Code::Required, name_a_line()));
    }
    if request.lines.len() > LINES_MAX {
        let detail = sentences::receipt_lines(request.lines.len(), LINES_MAX);
        return Err(Error::invalid("/lines", Code::TooManyLines, detail));
    }
    let skus: Vec<_> = request.lines.iter().map(|line| line.sku.clone()).collect();
    let known: HashMap<_, _> = catalogue::list_by_skus(tx, &skus)?.into_iter().collect();
    let (mut lines, mut named) = (Vec::new(), Vec::new());
    for (index, line) in request.lines.iter().enumerate() {
        let (sku, quantity) = (&line.sku, &line.quantity);
        let Some(meant) = known.get(sku) else {
            let detail = sentences::no_product(sku);
            faults.push(FieldError::new(format!("/lines/{index}/sku"), Code::UnknownSku, detail));
            continue;
        };
        let decimals = u8::try_from(meant.decimals).map_err(Error::internal)?;
        let steps = Decimal::parse(quantity).and_then(|decimal| decimal.scaled(decimals));
        match steps {
            Ok(steps) if steps > 0 => {
                lines.push(ReceiptLine {
                    product_id: meant.id,
                    quantity: steps,
                    expected_receipt_id: None,
                });
                let reference = line.reference.as_deref().map(str::trim);
                named.push(ReceivedLine {
                    sku: meant.sku.clone(),
                    quantity: quantity.clone(),
                    reference: reference.filter(|text| !text.is_empty()).map(str::to_owned),
                });
            }
            Ok(_) => faults.push(FieldError::new(
                format!("/lines/{index}/quantity"),
                Code::QuantityInvalid,
                quantity_not_above_zero(quantity),
            )),
            Err(error) => faults.push(FieldError::new(
                format!("/lines/{index}/quantity"),
                Code::QuantityInvalid,
                sentences::quantity_of_base_unit(error.of_quantity(quantity), sku, decimals),
            )),
        }
    }
    match warehouse {
        Some(warehouse) if faults.is_empty() => Ok(Checked {
            warehouse,
            lines,
            named,
        }),
        _ => Err(Error::Invalid(faults)),
    }
}

fn record(batch: &mut Batch, booked: ReceiptBooked, id: ReceiptId, actor: &Actor, now: Timestamp) {
    let event = events::Entry::new(None, id, booked);
    audit::record_with_event(batch, actor, "receipt.book", &event, now);
}
