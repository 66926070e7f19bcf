//! Stock rows. Whoever changes what is reserved or lies there locks the product's rows first, in the order of their ids.

use diesel::sql_types::{BigInt, Text, Untyped};

use super::rules::Stock;
use crate::db::{Connection, Statement, sets};
use crate::error::Result;
use crate::ids::{ProductId, StockId};

type Columns = (BigInt, BigInt, Text, BigInt, BigInt);
type Row = (StockId, ProductId, String, i64, i64);

macro_rules! stock_of {
    ($from:literal, $rest:literal) => {
        concat!(
            "SELECT s.id, s.product_id, w.code, s.on_hand, s.reserved FROM ",
            $from,
            $rest
        )
    };
}

fn stock((id, product_id, warehouse, on_hand, reserved): Row) -> Stock {
    Stock {
        id,
        product_id,
        warehouse,
        on_hand,
        reserved,
    }
}

/// The stock of these products.
pub fn list(connection: &mut Connection, product_ids: &[ProductId]) -> Result<Vec<Stock>> {
    let statement = Statement::<Columns>::per_engine(
        stock_of!(
            "json_each($1) k CROSS JOIN stock s ON s.product_id = k.value CROSS JOIN warehouses w ON w.id = s.warehouse_id",
            " ORDER BY s.id"
        ),
        stock_of!(
            "stock s JOIN warehouses w ON w.id = s.warehouse_id \
             WHERE s.product_id = ANY(ARRAY(SELECT json_array_elements_text($1::json)::bigint))",
            " ORDER BY s.id"
        ),
    );
    let rows: Vec<Row> = statement.bind(sets::json(product_ids)?).rows(connection)?;
    Ok(rows.into_iter().map(stock).collect())
}

/// The same, locked until the transaction ends. SQLite has one writer, so there is nothing to lock.
pub fn lock(tx: &mut Connection, product_ids: &[ProductId]) -> Result<Vec<Stock>> {
    if let Connection::Sqlite(_) = tx {
        return list(tx, product_ids);
    }
    let rows: Vec<Row> = Statement::<Columns>::per_engine(
        "",
        stock_of!(
            "stock s JOIN warehouses w ON w.id = s.warehouse_id \
             WHERE s.product_id = ANY(ARRAY(SELECT json_array_elements_text($1::json)::bigint))",
            " ORDER BY s.id FOR NO KEY UPDATE OF s"
        ),
    )
    .bind(sets::json(product_ids)?)
    .rows(tx)?;
    Ok(rows.into_iter().map(stock).collect())
}

/// Changes what is reserved of each stock by a difference; the rows are locked already.
pub fn update_reserved(tx: &mut Connection, differences: &[(StockId, i64)]) -> Result<()> {
    if differences.is_empty() {
        return Ok(());
    }
    Statement::<Untyped>::per_engine(
        "UPDATE stock SET reserved = reserved + d.difference FROM \
         (SELECT value->>0 AS id, value->>1 AS difference FROM json_each($1)) d WHERE stock.id = d.id",
        "UPDATE stock SET reserved = reserved + d.difference FROM \
         (SELECT (value->>0)::bigint AS id, (value->>1)::bigint AS difference FROM json_array_elements($1::json)) d \
         WHERE stock.id = d.id",
    )
    .bind(sets::json(differences)?)
    .run(tx)?;
    Ok(())
}
