//! `expected_receipts.csv`: what is expected of which product, into which warehouse, on which day.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::rules::{State, last_day, state_of};
use super::sentences;
use crate::catalogue::products::files::Products;
use crate::clock::Timestamp;
use crate::db::{Connection, Database, sets, sql};
use crate::error::{Code, Error, Result};
use crate::ids::{ExpectedReceiptId, ProductId};
use crate::inventory::files::{Serve, Warehouses, insert_warehouses};
use crate::inventory::{self, Purpose};
use crate::keys;
use crate::limits;
use crate::quantity::{DECIMALS_MAX, Quantity};
use crate::sheets::plan::{CHUNK_ROWS, Checked, Chunk, Row, Scope};
use crate::sheets::{Cells, Keys, Layout, Sheet};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "expected_receipts.csv",
    required: &["reference", "warehouse", "sku", "quantity", "expected_on"],
    optional: &["supplier", "confirmed"],
    decimals: &["quantity"],
};

/// What is expected as a row says it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ExpectedRow {
    pub id: ExpectedReceiptId,
    pub reference: String,
    pub reference_key: String,
    pub warehouse: String,
    pub product_id: ProductId,
    /// Base steps.
    pub quantity: i64,
    pub expected_on: NaiveDate,
    pub supplier: Option<String>,
    pub confirmed: bool,
}

impl Row for ExpectedRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, _: &Scope) -> bool {
        // Whether an order is right does not depend on what is expected.
        false
    }
}

/// Of which reference, into which warehouse, which product.
type Key = (String, String, ProductId);

/// What is stored under a key.
#[derive(Debug, Clone)]
struct Stored {
    quantity: i64,
    received: i64,
    expected_on: NaiveDate,
    supplier: Option<String>,
    confirmed: bool,
    state: State,
}

impl Stored {
    /// True if the row says what is stored.
    fn says(&self, row: &ExpectedRow) -> bool {
        self.quantity == row.quantity
            && self.expected_on == row.expected_on
            && self.supplier == row.supplier
            && self.confirmed == row.confirmed
            && (self.state == State::Closed || self.state == state_of(self.quantity, self.received))
    }
}

fn load(connection: &mut Connection, rows: &[ExpectedRow]) -> Result<HashMap<Key, Stored>> {
    type Found = (
        String,
        String,
        ProductId,
        i64,
        i64,
        NaiveDate,
        Option<String>,
        bool,
        State,
    );
    let keys: Vec<_> = rows.iter().map(|row| (&row.reference_key, row.product_id)).collect();
    let found: Vec<Found> = sql(
        "SELECT e.reference_key, w.code, e.product_id, e.quantity, e.received, e.expected_on, e.supplier, e.confirmed, e.state \
         FROM {tuples $1: reference_key text, product_id bigint} d {cross} expected_receipts e \
         ON e.reference_key = d.reference_key AND e.product_id = d.product_id JOIN warehouses w ON w.id = e.warehouse_id",
    )
    .bind(sets::json(&keys)?)
    .rows(connection)?;
    let stored = |(key, warehouse, product_id, quantity, received, expected_on, supplier, confirmed, state)| {
        let stored = Stored {
            quantity,
            received,
            expected_on,
            supplier,
            confirmed,
            state,
        };
        ((key, warehouse, product_id), stored)
    };
    Ok(found.into_iter().map(stored).collect())
}

/// Checks the file; `warehouses` gets its own. What it changes is promised by `promise`, in the same transaction.
pub fn check(
    db: &Database,
    mut sheet: Sheet,
    products: &Products,
    warehouses: &mut Warehouses,
    (promise, today, now): (Serve, NaiveDate, Timestamp),
) -> Result<Checked> {
    let mut keys = Keys::new();
    let brings = [sheet.has("supplier"), sheet.has("confirmed")];
    let mut lines = HashMap::new();
    let mut rows = sheet.rows(|cells| {
        let (row, decimals) = read(cells, products, warehouses, today)?;
        let key = (row.reference_key.clone(), row.warehouse.clone(), row.product_id);
        keys.note(cells, "reference", key)?;
        lines.insert(row.id, (cells.line(), decimals));
        Some(row)
    });
    let mut stored = HashMap::new();
    for rows in rows.chunks(CHUNK_ROWS) {
        stored.extend(db.read_now(|connection| load(connection, rows))?);
    }
    let of_row = |row: &ExpectedRow| {
        let key = (row.reference_key.clone(), row.warehouse.clone(), row.product_id);
        stored.get(&key)
    };
    let [brings_supplier, brings_confirmed] = brings;
    for row in &mut rows {
        let Some(stored) = of_row(row) else { continue };
        if !brings_supplier {
            row.supplier.clone_from(&stored.supplier);
        }
        if !brings_confirmed {
            row.confirmed = stored.confirmed;
        }
    }
    rows.retain(|row| {
        let received = of_row(row).map_or(0, |stored| stored.received);
        let is_good = row.quantity >= received;
        if let Some((line, decimals)) = lines.get(&row.id).filter(|_| !is_good) {
            let (value, received) = (
                Quantity::new(row.quantity, *decimals),
                Quantity::new(received, *decimals),
            );
            let remedy = sentences::expected_below_received(received);
            sheet.add_fault(*line, "quantity", Code::BelowReceived, value.to_string(), remedy);
        }
        is_good
    });
    let mut checked = Checked::new(sheet);
    rows.retain(|row| match of_row(row) {
        None => {
            checked.report.new += 1;
            true
        }
        Some(stored) if stored.says(row) => {
            checked.report.unchanged += 1;
            false
        }
        Some(_) => {
            checked.report.changed += 1;
            true
        }
    });
    checked.add_work(rows, move |tx, chunk| {
        apply(tx, chunk, promise, now)?;
        Ok(Vec::new())
    });
    Ok(checked)
}

/// What a row says, and the decimals of its product. A file may name a warehouse that is new, people may not.
pub fn read(
    cells: &mut Cells<'_>,
    products: &Products,
    warehouses: &mut Warehouses,
    today: NaiveDate,
) -> Option<(ExpectedRow, u8)> {
    let reference = cells.code("reference", limits::CODE);
    let warehouse = match cells.is_of_a_file() {
        true => cells.code("warehouse", limits::CODE).and_then(|code| {
            cells.unlike("warehouse", code, warehouses)?;
            if warehouses.get(code).is_none() {
                warehouses.insert(code, ());
            }
            Some(code.to_owned())
        }),
        false => {
            let remedy = sentences::expected_warehouse_unknown(cells.raw("warehouse"));
            let named = cells.named("warehouse", warehouses, (Code::UnknownWarehouse, remedy));
            named.map(|(code, ())| code.to_string())
        }
    };
    let product = products.named(cells).map(|(sku, product)| (sku.clone(), product));
    let quantity = match &product {
        Some((_, product)) => cells.not_negative("quantity", product.decimals),
        // How many decimals it may have nobody knows; what is no number is told with the rest.
        None => cells.not_negative("quantity", DECIMALS_MAX).and(None),
    };
    let quantity = quantity.and_then(|steps| match (steps, &product) {
        (0, Some((sku, product))) => {
            let detail = sentences::expected_quantity(cells.raw("quantity"), sku, product.decimals);
            cells.refuse("quantity", Code::QuantityInvalid, detail)
        }
        (steps, _) => Some(steps),
    });
    let last = last_day(today);
    let expected_on = cells
        .required("expected_on")
        .and_then(|_| cells.optional_day("expected_on"))
        .flatten();
    let expected_on = expected_on.and_then(|day| match day > last {
        true => cells.refuse("expected_on", Code::ValueInvalid, sentences::expected_day_far(last)),
        false => Some(day),
    });
    let supplier = cells.optional_text("supplier", limits::NAME);
    let confirmed = match cells.given("confirmed") {
        None => Some(true),
        Some(_) => cells.flag("confirmed"),
    };
    let (reference, (_, product)) = (reference?, product?);
    let row = ExpectedRow {
        id: ExpectedReceiptId::new(),
        reference: reference.to_owned(),
        reference_key: keys::folded(reference),
        warehouse: warehouse?,
        product_id: product.id,
        quantity: quantity?,
        expected_on: expected_on?,
        supplier: supplier?.map(str::to_owned),
        confirmed: confirmed?,
    };
    Some((row, product.decimals))
}

/// Stores a chunk and makes the promises of its products again.
fn apply(tx: &mut Connection, chunk: &Chunk, promise: Serve, now: Timestamp) -> Result<()> {
    let rows: Vec<ExpectedRow> = serde_json::from_str(&chunk.json).map_err(Error::internal)?;
    insert_warehouses(tx, rows.iter().map(|row| row.warehouse.as_str()).collect())?;
    let mut by_warehouse: HashMap<&str, Vec<ProductId>> = HashMap::new();
    for row in &rows {
        by_warehouse.entry(&row.warehouse).or_default().push(row.product_id);
    }
    let mut product_ids: Vec<_> = rows.iter().map(|row| row.product_id).collect();
    product_ids.sort_unstable();
    product_ids.dedup();
    // What is there is locked before what is new is noted, as orders do it.
    inventory::load(tx, &product_ids, Purpose::Change)?;
    for (warehouse, product_ids) in by_warehouse {
        inventory::open_stock(tx, warehouse, &product_ids)?;
    }
    sql(
        "INSERT INTO expected_receipts (id, reference, reference_key, warehouse_id, product_id, quantity, received, \
         expected_on, supplier, confirmed, state, version) SELECT r.id, r.reference, r.reference_key, w.id, r.product_id, \
         r.quantity, 0, r.expected_on, r.supplier, r.confirmed, {expected_receipt_state open}, 1 \
         FROM {rows $1: id bigint, reference text, \
         reference_key text, warehouse text, product_id bigint, quantity bigint, expected_on date, supplier text, \
         confirmed boolean} r {cross} warehouses w ON w.code = r.warehouse WHERE true \
         ON CONFLICT (reference_key, warehouse_id, product_id) DO UPDATE SET quantity = excluded.quantity, \
         expected_on = excluded.expected_on, supplier = excluded.supplier, confirmed = excluded.confirmed, \
         state = CASE WHEN expected_receipts.received >= excluded.quantity THEN {expected_receipt_state received} \
         ELSE {expected_receipt_state open} END, version = expected_receipts.version + 1",
    )
    .bind(chunk.json.as_str())
    .run(tx)?;
    promise(tx, &product_ids, now)
}
