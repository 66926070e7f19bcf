//! What is expected is kept by the supplier's warehouse; every change makes the promises of the product again, in the same
//! transaction.

pub mod supplier_api;
pub mod supplier_pages;

use super::promising::promise_products;
use crate::accounts;
use crate::audit::{self, Actor};
use crate::catalogue::products::files::Products;
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::ids::{ExpectedReceiptId, ProductId};
use crate::inventory::{self, Purpose};
use crate::kept;
use crate::sheets::check_row;
use crate::supply::files::{ExpectedRow, LAYOUT, read};
use crate::supply::inputs::{COLUMNS, ExpectedChange, NewExpected};
use crate::supply::rules::{State, state_of};
use crate::supply::{self, Expected, sentences};
use crate::version;

/// Checks what somebody gives as a row of the import file is checked.
fn checked(tx: &mut Connection, cells: &kept::Row, sku: &str, now: Timestamp) -> Result<ExpectedRow> {
    let products = Products::with_skus(tx, &[sku])?;
    let mut warehouses = inventory::files::load_warehouses(tx)?;
    let today = day_in(accounts::supplier_zone(tx)?, now);
    let row = check_row(&LAYOUT, cells, |cells| read(cells, &products, &mut warehouses, today));
    row.map(|(row, _)| row).map_err(Error::Invalid)
}

/// Expects something: once for a reference, warehouse and product.
pub fn add(tx: &mut Connection, actor: &Actor, new: &NewExpected, now: Timestamp) -> Result<Expected> {
    let cells = kept::row(new, &COLUMNS)?;
    let row = checked(tx, &cells, &new.sku, now)?;
    lock_stock(tx, &row.warehouse, row.product_id)?;
    let expected = Expected {
        id: row.id,
        reference: row.reference,
        warehouse: row.warehouse,
        product_id: row.product_id,
        sku: new.sku.clone(),
        name: String::new(),
        base_unit: String::new(),
        decimals: 0,
        quantity: row.quantity,
        received: 0,
        expected_on: row.expected_on,
        supplier: row.supplier,
        confirmed: row.confirmed,
        state: State::Open,
        version: 1,
    };
    if !supply::insert(tx, &expected)? {
        let detail = sentences::expected_twice(&expected.reference, &expected.sku, &expected.warehouse);
        return Err(Error::invalid("/reference", Code::DuplicateKey, detail));
    }
    let expected = supply::get(tx, expected.id)?;
    record(tx, actor, "expected_receipt.add", (None, Some(&expected)), now)?;
    promise_products(tx, &[expected.product_id], now)?;
    Ok(expected)
}

/// Changes how much is expected, when, from whom or whether that is sure. Not what nothing more comes of.
pub fn change(
    tx: &mut Connection,
    actor: &Actor,
    id: ExpectedReceiptId,
    seen: &version::Expected,
    change: &ExpectedChange,
    now: Timestamp,
) -> Result<Expected> {
    let before = lock(tx, id, seen)?;
    if before.state == State::Closed {
        let detail = sentences::expected_closed(&before.reference);
        return Err(Error::conflict(Code::ExpectedReceiptClosed, detail));
    }
    let cells = kept::overlaid(&NewExpected::from(&before), change, &COLUMNS)?;
    let row = checked(tx, &cells, &before.sku, now)?;
    if row.quantity < before.received {
        let detail = sentences::expected_below_received(before.amount(before.received));
        return Err(Error::invalid("/quantity", Code::BelowReceived, detail));
    }
    let after = Expected {
        quantity: row.quantity,
        expected_on: row.expected_on,
        supplier: row.supplier,
        confirmed: row.confirmed,
        state: state_of(row.quantity, before.received),
        ..before.clone()
    };
    if after == before {
        return Ok(before);
    }
    let mut batch = Batch::new();
    supply::update(&mut batch, &after);
    batch.run(tx)?;
    record(tx, actor, "expected_receipt.change", (Some(&before), Some(&after)), now)?;
    promise_products(tx, &[after.product_id], now)?;
    supply::get(tx, id)
}

/// Nothing more of it comes: it is gone where nothing came, else closed.
pub fn close(
    tx: &mut Connection,
    actor: &Actor,
    id: ExpectedReceiptId,
    seen: &version::Expected,
    now: Timestamp,
) -> Result<Expected> {
    let before = lock(tx, id, seen)?;
    let after = Expected {
        state: State::Closed,
        ..before.clone()
    };
    if before.received > 0 {
        if before.state == State::Closed {
            return Ok(before);
        }
        let mut batch = Batch::new();
        supply::update(&mut batch, &after);
        batch.run(tx)?;
        record(tx, actor, "expected_receipt.close", (Some(&before), Some(&after)), now)?;
        promise_products(tx, &[before.product_id], now)?;
        return Ok(after);
    }
    // Closed first, so that nothing is promised of what goes.
    let mut batch = Batch::new();
    supply::update(&mut batch, &after);
    batch.run(tx)?;
    promise_products(tx, &[before.product_id], now)?;
    let mut batch = Batch::new();
    supply::delete(&mut batch, id);
    batch.run(tx)?;
    record(tx, actor, "expected_receipt.remove", (Some(&before), None), now)?;
    Ok(after)
}

/// Locks the stock of a product, which has a row in this warehouse then: everybody locks in this order.
fn lock_stock(tx: &mut Connection, warehouse: &str, product_id: ProductId) -> Result<()> {
    inventory::load(tx, &[product_id], Purpose::Change)?;
    inventory::open_stock(tx, warehouse, &[product_id])
}

/// Locks what is expected, in the version that somebody has seen.
fn lock(tx: &mut Connection, id: ExpectedReceiptId, seen: &version::Expected) -> Result<Expected> {
    let product_id = supply::get(tx, id)?.product_id;
    inventory::load(tx, &[product_id], Purpose::Change)?;
    let before = supply::lock(tx, id)?.ok_or(Error::NotFound)?;
    seen.check(before.version)?;
    Ok(before)
}

fn record(
    tx: &mut Connection,
    actor: &Actor,
    action: &'static str,
    (before, after): (Option<&Expected>, Option<&Expected>),
    now: Timestamp,
) -> Result<()> {
    let id = after
        .or(before)
        .map(|expected| expected.id.to_string())
        .unwrap_or_default();
    let told = |expected: Option<&Expected>| expected.map(Facts::from);
    let entry = audit::Entry::kept(action, None, id, told(before).as_ref(), told(after).as_ref());
    audit::record(tx, actor, &entry, now)
}

/// What the record keeps of it.
#[derive(serde::Serialize)]
struct Facts {
    #[serde(flatten)]
    kept: NewExpected,
    received: String,
    state: State,
}

impl From<&Expected> for Facts {
    fn from(expected: &Expected) -> Self {
        Self {
            kept: expected.into(),
            received: expected.amount(expected.received).to_string(),
            state: expected.state,
        }
    }
}
