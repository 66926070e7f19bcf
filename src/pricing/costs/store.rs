//! Costs and floors as they are kept.

use chrono::NaiveDate;

use super::files::CostRow;
use super::rules::{Action, Cost, Floor};
use crate::binds;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Connection, patterns, select, selection, sets, sql};
use crate::error::Result;
use crate::ids::{MarginFloorId, ProductCostId, ProductId};
use crate::money::{Currency, UnitPrice};
use crate::pricing::store::FIRST_DAY;
use crate::row;

row! {
    struct KeptRow from "product_costs c JOIN products p ON p.id = c.product_id" {
        id: ProductCostId = "c.id",
        product_id: ProductId = "c.product_id",
        sku: String = "p.sku",
        name: String = "p.name",
        currency: Currency = "c.currency",
        valid_from: NaiveDate = "c.valid_from",
        cost_micros: i64 = "c.cost_micros",
    }
}

impl From<KeptRow> for Cost {
    fn from(row: KeptRow) -> Self {
        Self {
            id: row.id,
            product_id: row.product_id,
            sku: row.sku,
            name: row.name,
            currency: row.currency,
            valid_from: (row.valid_from != FIRST_DAY).then_some(row.valid_from),
            cost: UnitPrice {
                micros: row.cost_micros,
            },
        }
    }
}

pub fn list(
    connection: &mut Connection,
    sku: Option<&str>,
    walk: Walk<ProductCostId>,
    limit: i64,
) -> Result<Vec<Cost>> {
    let mut seek = Seek::new(connection, &selection::<KeptRow>());
    if let Some(sku) = sku {
        seek.and("p.sku_key {in texts $1}", binds![patterns::key(sku)]);
    }
    let rows: Vec<KeptRow> = seek
        .part(["c.id"], Way::Up, "c.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    Ok(rows.into_iter().map(Cost::from).collect())
}

pub fn find(connection: &mut Connection, id: ProductCostId) -> Result<Option<Cost>> {
    let found: Option<KeptRow> = select::<KeptRow>("WHERE c.id = $1").bind(id).first(connection)?;
    Ok(found.map(Cost::from))
}

/// What is kept under the key of a row.
pub fn find_by_key(connection: &mut Connection, row: &CostRow) -> Result<Option<Cost>> {
    let (product_id, currency, valid_from) = row.key();
    let found: Option<KeptRow> = select::<KeptRow>("WHERE c.product_id = $1 AND c.currency = $2 AND c.valid_from = $3")
        .bind(product_id)
        .bind(currency)
        .bind(valid_from)
        .first(connection)?;
    Ok(found.map(Cost::from))
}

pub fn delete(tx: &mut Connection, id: ProductCostId) -> Result<()> {
    sql("DELETE FROM product_costs WHERE id = $1")
        .bind(id)
        .run(tx)
        .map(drop)
}

/// What these products cost on a day in a currency.
pub fn costs_on(
    connection: &mut Connection,
    product_ids: &[ProductId],
    currency: Currency,
    on: NaiveDate,
) -> Result<Vec<(ProductId, i64)>> {
    sql(
        "SELECT c.product_id, c.cost_micros FROM product_costs c WHERE c.product_id {in ids $1} AND c.currency = $2 \
         AND c.valid_from = (SELECT MAX(n.valid_from) FROM product_costs n WHERE n.product_id = c.product_id \
         AND n.currency = $2 AND n.valid_from <= $3)",
    )
    .bind(sets::json(product_ids)?)
    .bind(currency.code())
    .bind(on)
    .rows(connection)
}

/// All floors by their categories.
pub fn list_floors(connection: &mut Connection) -> Result<Vec<Floor>> {
    let rows: Vec<(MarginFloorId, String, i64, Action)> =
        sql("SELECT id, category, percent_ppm, action FROM margin_floors ORDER BY category").rows(connection)?;
    let floor = |(id, category, percent_ppm, action): (_, String, _, _)| Floor {
        id,
        category: Some(category).filter(|category| !category.is_empty()),
        percent_ppm,
        action,
    };
    Ok(rows.into_iter().map(floor).collect())
}
