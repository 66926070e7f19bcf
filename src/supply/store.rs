//! Expected receipts as they are kept.

use chrono::NaiveDate;
use serde::Serialize;

use super::rules::{State, rest};
use crate::binds;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Batch, Connection, select, selection, sets, sql};
use crate::error::Result;
use crate::ids::{ExpectedReceiptId, ProductId};
use crate::keys;
use crate::quantity::Quantity;
use crate::row;

row! {
    /// What is expected of a product into a warehouse.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Expected from "expected_receipts e JOIN warehouses w ON w.id = e.warehouse_id \
        JOIN products p ON p.id = e.product_id" {
        pub id: ExpectedReceiptId = "e.id",
        /// What the order at the supplier, or its dispatch note, is called.
        pub reference: String = "e.reference",
        /// Code of the warehouse it comes into.
        pub warehouse: String = "w.code",
        pub product_id: ProductId = "e.product_id",
        /// The product's number.
        pub sku: String = "p.sku",
        /// What it is called.
        pub name: String = "p.name",
        /// UN/ECE Rec 20 code.
        pub base_unit: String = "p.base_unit",
        /// One base step is 10^-`decimals` of it.
        pub decimals: u8 = "p.decimals",
        /// How much was ordered, in base steps.
        pub quantity: i64 = "e.quantity",
        /// What of it came.
        pub received: i64 = "e.received",
        pub expected_on: NaiveDate = "e.expected_on",
        /// Who sends it.
        pub supplier: Option<String> = "e.supplier",
        /// Only what is confirmed is promised to others.
        pub confirmed: bool = "e.confirmed",
        pub state: State = "e.state",
        /// Grows with each change.
        pub version: i64 = "e.version",
    }
}

impl Expected {
    /// A quantity of it in base units.
    pub fn amount(&self, steps: i64) -> Quantity {
        Quantity::new(steps, self.decimals)
    }

    /// What is still to come, in base steps.
    pub fn rest(&self) -> i64 {
        rest(self.state, self.quantity, self.received)
    }

    /// Where it stands in lists.
    pub fn place(&self) -> Place {
        (self.expected_on, self.id)
    }
}

/// A place in the list by day.
pub type Place = (NaiveDate, ExpectedReceiptId);

/// Which expected receipts to list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Filter {
    pub reference: Option<String>,
    pub product_id: Option<i64>,
    pub warehouse: Option<String>,
    pub state: Option<State>,
    /// Only what should have come before today, or only what shouldn't.
    pub late: Option<bool>,
}

/// At most `limit` of them by day behind `after`; for staff.
pub fn list(
    connection: &mut Connection,
    filter: &Filter,
    today: NaiveDate,
    walk: Walk<Place>,
    limit: i64,
) -> Result<Vec<Expected>> {
    let mut seek = Seek::new(connection, &selection::<Expected>());
    seek.and_if("e.reference_key = $1", filter.reference.as_deref().map(keys::folded));
    seek.and_if("e.product_id = $1", filter.product_id);
    seek.and_if("w.code = $1", filter.warehouse.clone());
    if let Some(state) = filter.state {
        seek.and("e.state = $1", binds![state]);
    }
    match filter.late {
        Some(true) => seek.and(
            "e.state = {expected_receipt_state open} AND e.expected_on < $1",
            binds![today],
        ),
        Some(false) => seek.and(
            "NOT (e.state = {expected_receipt_state open} AND e.expected_on < $1)",
            binds![today],
        ),
        None => {}
    }
    let keys = ["e.expected_on", "e.id"];
    let walk = walk.map(|(on, id)| binds![on, id]);
    seek.part(keys, Way::Up, "e.id", walk, limit)?.rows(connection)
}

/// The one with this id.
pub fn find(connection: &mut Connection, id: ExpectedReceiptId) -> Result<Option<Expected>> {
    select::<Expected>("WHERE e.id = $1").bind(id).first(connection)
}

/// The same, locked until the transaction ends. The stock of its product is locked already.
pub fn lock(tx: &mut Connection, id: ExpectedReceiptId) -> Result<Option<Expected>> {
    select::<Expected>("WHERE e.id = $1 {lock of e}").bind(id).first(tx)
}

/// Those of these references and products that come into a warehouse, locked.
pub fn lock_named(tx: &mut Connection, warehouse: &str, named: &[(String, ProductId)]) -> Result<Vec<Expected>> {
    let keys: Vec<_> = named.iter().map(|(text, id)| (keys::folded(text), id)).collect();
    select::<Expected>(
        "WHERE w.code = $1 AND (e.reference_key, e.product_id) IN (SELECT d.reference_key, d.product_id FROM {tuples $2: \
         reference_key text, product_id bigint} d) ORDER BY e.id {lock of e}",
    )
    .bind(warehouse)
    .bind(sets::json(&keys)?)
    .rows(tx)
}

/// Stores a new one; false where there is one of this reference, warehouse and product.
pub fn insert(tx: &mut Connection, new: &Expected) -> Result<bool> {
    let stored = sql(
        "INSERT INTO expected_receipts (id, reference, reference_key, warehouse_id, product_id, quantity, received, \
         expected_on, supplier, confirmed, state, version) SELECT $1, $2, $3, w.id, $4, $5, 0, $6, $7, $8, $9, 1 \
         FROM warehouses w WHERE w.code = $10 ON CONFLICT (reference_key, warehouse_id, product_id) DO NOTHING",
    )
    .bind(new.id)
    .bind(&new.reference)
    .bind(keys::folded(&new.reference))
    .bind(new.product_id)
    .bind(new.quantity)
    .bind(new.expected_on)
    .bind(new.supplier.clone())
    .bind(new.confirmed)
    .bind(new.state)
    .bind(&new.warehouse)
    .run(tx)?;
    Ok(stored == 1)
}

/// Stores what became of one that is locked.
pub fn update(batch: &mut Batch, expected: &Expected) {
    batch.add(
        sql(
            "UPDATE expected_receipts SET quantity = $2, expected_on = $3, supplier = $4, confirmed = $5, state = $6, \
             version = version + 1 WHERE id = $1",
        )
        .bind(expected.id)
        .bind(expected.quantity)
        .bind(expected.expected_on)
        .bind(expected.supplier.clone())
        .bind(expected.confirmed)
        .bind(expected.state),
    );
}

/// Removes one of which nothing came.
pub fn delete(batch: &mut Batch, id: ExpectedReceiptId) {
    batch.add(sql("DELETE FROM expected_receipts WHERE id = $1").bind(id));
}

/// So much came of each of these, which are locked.
pub fn add_received(batch: &mut Batch, came: &[(ExpectedReceiptId, i64)]) -> Result<()> {
    if came.is_empty() {
        return Ok(());
    }
    batch.add(
        sql(
            "UPDATE expected_receipts SET received = received + d.quantity, version = version + 1, \
             state = CASE WHEN state = {expected_receipt_state open} \
             AND received + d.quantity >= expected_receipts.quantity THEN {expected_receipt_state received} \
             ELSE state END FROM {tuples $1: id bigint, quantity bigint} d WHERE expected_receipts.id = d.id",
        )
        .bind(sets::json(came)?),
    );
    Ok(())
}

row! {
    /// What of a product is still to come and may be promised.
    #[derive(Debug, Clone)]
    pub struct Coming from "expected_receipts e JOIN warehouses w ON w.id = e.warehouse_id" {
        pub id: ExpectedReceiptId = "e.id",
        pub product_id: ProductId = "e.product_id",
        /// Code of the warehouse.
        pub warehouse: String = "w.code",
        pub expected_on: NaiveDate = "e.expected_on",
        /// Base steps.
        pub rest: i64 = "e.quantity - e.received",
    }
}

/// What is still to come of these products and may be promised, by day: what is confirmed and not late.
pub fn list_coming(connection: &mut Connection, product_ids: &[ProductId], today: NaiveDate) -> Result<Vec<Coming>> {
    select::<Coming>(
        "WHERE e.product_id {in ids $1} AND e.state = {expected_receipt_state open} AND e.confirmed = $3 \
         AND e.expected_on >= $2 ORDER BY e.expected_on, e.id",
    )
    .bind(sets::json(product_ids)?)
    .bind(today)
    .bind(true)
    .rows(connection)
}
