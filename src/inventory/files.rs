//! `stock.csv`: counts. A count sets what lies there by a movement of the difference.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::rules::Change;
use super::sentences;
use super::store::{self, MovementOrigin};
use crate::audit::Actor;
use crate::catalogue::products::files::Products;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection, Database, Stored, sets, sql};
use crate::error::{Code, Error, Result};
use crate::ids::{ProductId, StockId, WarehouseId};
use crate::keys::{self, Keyed};
use crate::limits;
use crate::quantity::Quantity;
use crate::row;
use crate::sheets::plan::{CHUNK_ROWS, Checked, Chunk, Row, Scope};
use crate::sheets::report::Fault;
use crate::sheets::{Cells, Keys, Layout, Sheet};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "stock.csv",
    required: &["warehouse", "sku", "on_hand"],
    optional: &["location"],
    decimals: &["on_hand"],
};

/// Hands what became free of these products to waiting lines and makes their promises again, in the transaction of the count.
pub type Serve = fn(&mut Connection, &[ProductId], Timestamp) -> Result<()>;

#[derive(Debug, Clone, Serialize, Deserialize)]
struct CountRow {
    id: StockId,
    line: u64,
    warehouse: String,
    product_id: ProductId,
    decimals: u8,
    on_hand: i64,
    /// Where it lies there; none where the file doesn't say, inside it none where it says nowhere.
    location: Option<Option<String>>,
}

impl Row for CountRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, _: &Scope) -> bool {
        // Whether an order is right does not depend on what lies there.
        false
    }
}

row! {
    #[derive(Debug)]
    struct WarehouseRow<'a> into warehouses {
        id: WarehouseId,
        code: &'a str,
        code_key: Option<String>,
    }
}

/// A product in a warehouse.
type Place = (ProductId, String);

/// How much lies somewhere, how much of it is reserved, and where in the warehouse it is.
type Kept = (i64, i64, Option<String>);

/// What of these products lies where and how much of it is reserved.
fn load(connection: &mut Connection, product_ids: &[ProductId]) -> Result<HashMap<Place, Kept>> {
    let rows: Vec<(ProductId, String, i64, i64, Option<String>)> = sql(
        "SELECT s.product_id, w.code, s.on_hand, s.reserved, s.location FROM stock s JOIN warehouses w ON w.id = s.warehouse_id \
         WHERE s.product_id {in ids $1}",
    )
    .bind(sets::json(product_ids)?)
    .rows(connection)?;
    let place =
        |(product, warehouse, on_hand, reserved, location)| ((product, warehouse), (on_hand, reserved, location));
    Ok(rows.into_iter().map(place).collect())
}

/// Warehouses by code.
pub type Warehouses = Keyed<()>;

/// All stored warehouses.
pub fn load_warehouses(connection: &mut Connection) -> Result<Warehouses> {
    let codes = super::list_warehouses(connection)?;
    Ok(codes.into_iter().map(|code| (code, ())).collect())
}

/// Checks the file; `warehouses` gets its own. Counts that change what is free call `serve`.
pub fn check(
    db: &Database,
    mut sheet: Sheet,
    products: &Products,
    warehouses: &mut Warehouses,
    (serve, now): (Serve, Timestamp),
) -> Result<Checked> {
    let mut keys = Keys::new();
    let has_location = sheet.has("location");
    let mut rows = sheet.rows(|cells| {
        let location = cells.optional_text("location", limits::CODE)?.map(str::to_owned);
        let row = count(cells, products, warehouses, &mut keys)?;
        Some(CountRow {
            location: has_location.then_some(location),
            ..row
        })
    });
    let mut stored = HashMap::new();
    for rows in rows.chunks(CHUNK_ROWS) {
        let product_ids: Vec<_> = rows.iter().map(|row| row.product_id).collect();
        stored.extend(db.read_now(|connection| load(connection, &product_ids))?);
    }
    rows.retain(|row| {
        let reserved = stored
            .get(&(row.product_id, row.warehouse.clone()))
            .map_or(0, |(_, reserved, _)| *reserved);
        let is_good = row.on_hand >= reserved;
        if !is_good {
            sheet.add(row.below(reserved));
        }
        is_good
    });
    let mut checked = Checked::new(sheet);
    rows.retain(|row| match stored.get(&(row.product_id, row.warehouse.clone())) {
        None => {
            checked.report.new += 1;
            true
        }
        Some((on_hand, _, location)) if *on_hand == row.on_hand && row.lies_at(location) => {
            checked.report.unchanged += 1;
            false
        }
        Some(_) => {
            checked.report.changed += 1;
            true
        }
    });
    checked.add_work(rows, move |tx, chunk| apply(tx, chunk, serve, now));
    Ok(checked)
}

fn count(
    cells: &mut Cells<'_>,
    products: &Products,
    warehouses: &mut Warehouses,
    keys: &mut Keys<Place>,
) -> Option<CountRow> {
    let warehouse = cells.code("warehouse", limits::CODE);
    let unlike = warehouse.and_then(|code| cells.unlike("warehouse", code, warehouses));
    let product = products.named(cells).map(|(_, product)| product);
    let on_hand = match product {
        Some(product) => cells.not_negative("on_hand", product.decimals),
        None => cells.required("on_hand").and(None),
    };
    let (warehouse, product, _) = (warehouse?, product?, unlike?);
    if warehouses.get(warehouse).is_none() {
        warehouses.insert(warehouse, ());
    }
    let place = (product.id, warehouse.to_owned());
    keys.note(cells, "sku", place.clone())?;
    let on_hand = on_hand?;
    Some(CountRow {
        id: StockId::new(),
        line: cells.line(),
        warehouse: place.1,
        product_id: product.id,
        decimals: product.decimals,
        on_hand,
        location: None,
    })
}

impl CountRow {
    /// True if it is said to lie there, or nothing is said of it.
    fn lies_at(&self, stored: &Option<String>) -> bool {
        self.location.as_ref().is_none_or(|location| location == stored)
    }

    /// More of it is reserved.
    fn below(&self, reserved: i64) -> Fault {
        Fault {
            file: LAYOUT.file,
            row: self.line,
            column: "on_hand".to_owned(),
            code: Code::BelowReserved,
            value: Quantity::new(self.on_hand, self.decimals).to_string(),
            remedy: sentences::reserved_for_orders(Quantity::new(reserved, self.decimals)),
        }
    }
}

/// Counts a chunk. A row that fell below what is reserved since the check is left out and reported.
fn apply(tx: &mut Connection, chunk: &Chunk, serve: Serve, now: Timestamp) -> Result<Vec<Fault>> {
    let rows: Vec<CountRow> = serde_json::from_str(&chunk.json).map_err(Error::internal)?;
    let mut product_ids: Vec<_> = rows.iter().map(|row| row.product_id).collect();
    product_ids.sort_unstable();
    product_ids.dedup();
    // What is there is locked before what is new is noted, as orders do it.
    store::lock(tx, &product_ids)?;
    insert_missing(tx, &rows, &chunk.json)?;
    let stored: HashMap<Place, _> = store::lock(tx, &product_ids)?
        .into_rows()
        .map(|stock| ((stock.product_id, stock.warehouse.clone()), stock))
        .collect();
    let (mut faults, mut counted, mut moved, mut placed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let Some(stock) = stored.get(&(row.product_id, row.warehouse.clone())) else {
            return Err(Error::internal(format!(
                "the stock of {} in {} vanished",
                row.product_id, row.warehouse
            )));
        };
        if row.on_hand < stock.reserved {
            faults.push(row.below(stock.reserved));
            continue;
        }
        let difference = row.on_hand - stock.on_hand;
        if difference != 0 {
            moved.push(row.product_id);
            counted.push((stock.id, difference));
        }
        placed.extend(row.location.map(|location| (stock.id, location)));
    }
    store::update_locations(tx, &placed)?;
    move_stock(tx, &counted, now)?;
    moved.sort_unstable();
    moved.dedup();
    if !moved.is_empty() {
        serve(tx, &moved, now)?;
    }
    Ok(faults)
}

/// Adds warehouses and empty stock rows that aren't there yet.
fn insert_missing(tx: &mut Connection, rows: &[CountRow], json: &str) -> Result<()> {
    insert_warehouses(tx, rows.iter().map(|row| row.warehouse.as_str()).collect())?;
    sql(
        "INSERT INTO stock (id, warehouse_id, product_id, on_hand, reserved) SELECT r.id, w.id, r.product_id, 0, 0 \
         FROM {rows $1: id bigint, product_id bigint, warehouse text} r {cross} warehouses w ON w.code = r.warehouse \
         WHERE true ON CONFLICT (product_id, warehouse_id) DO NOTHING",
    )
    .bind(json)
    .run(tx)?;
    Ok(())
}

/// Adds those of these warehouses that aren't there yet.
pub fn insert_warehouses(tx: &mut Connection, mut codes: Vec<&str>) -> Result<()> {
    let known: Vec<String> = sql("SELECT code FROM warehouses ORDER BY code").rows(tx)?;
    codes.sort_unstable();
    codes.dedup();
    let missing = codes
        .into_iter()
        .filter(|code| !known.iter().any(|known| known == code));
    let missing: Vec<_> = missing
        .map(|code| WarehouseRow {
            id: WarehouseId::new(),
            code,
            code_key: Some(keys::folded(code)),
        })
        .collect();
    if !missing.is_empty() {
        WarehouseRow::TABLE
            .upsert(&["code"], None, &[])
            .run(tx, &sets::json(&missing)?)?;
    }
    Ok(())
}

fn move_stock(tx: &mut Connection, counted: &[(StockId, i64)], now: Timestamp) -> Result<()> {
    let change = |(id, on_hand): &(StockId, i64)| {
        let change = Change {
            on_hand: *on_hand,
            ..Change::default()
        };
        (*id, change)
    };
    let changes: Vec<_> = counted.iter().map(change).collect();
    let origin = MovementOrigin {
        kind: "count",
        cause_id: None,
        actor: Actor::program("import").to_string(),
        at: now,
    };
    let mut batch = Batch::new();
    store::update_stock(&mut batch, &changes)?;
    store::insert_movements(&mut batch, counted, &origin)?;
    batch.run(tx)
}
