//! What is offered instead of articles.

use super::rules::{Named, Ratio, Substitute, SubstituteKind};
use crate::binds;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Connection, patterns, select, selection, sets, sql};
use crate::error::Result;
use crate::ids::{ProductId, SubstituteId};
use crate::names::sets::ArticleState;
use crate::row;

row! {
    struct SubstituteRow from "substitutes u JOIN products p ON p.id = u.product_id JOIN products q ON q.id = u.substitute_id" {
        id: SubstituteId = "u.id",
        product_id: ProductId = "u.product_id",
        sku: String = "p.sku",
        name: String = "p.name",
        state: ArticleState = "p.state",
        substitute_id: ProductId = "u.substitute_id",
        substitute_sku: String = "q.sku",
        substitute_name: String = "q.name",
        substitute_state: ArticleState = "q.state",
        kind: SubstituteKind = "u.kind",
        ratio_micros: i64 = "u.ratio_micros",
    }
}

impl From<SubstituteRow> for Substitute {
    fn from(row: SubstituteRow) -> Self {
        Self {
            id: row.id,
            article: Named {
                id: row.product_id,
                sku: row.sku,
                name: row.name,
                state: row.state,
            },
            substitute: Named {
                id: row.substitute_id,
                sku: row.substitute_sku,
                name: row.substitute_name,
                state: row.substitute_state,
            },
            kind: row.kind,
            ratio_micros: row.ratio_micros,
        }
    }
}

/// At most `limit` of them, the oldest first; of an article only those that are offered instead of it, or that it is offered as.
pub fn list(
    connection: &mut Connection,
    sku: Option<&str>,
    walk: Walk<SubstituteId>,
    limit: i64,
) -> Result<Vec<Substitute>> {
    let mut seek = Seek::new(connection, &selection::<SubstituteRow>());
    if let Some(sku) = sku {
        seek.and(
            "(p.sku_key {in texts $1} OR q.sku_key {in texts $1})",
            binds![patterns::key(sku)],
        );
    }
    let rows: Vec<SubstituteRow> = seek
        .part(["u.id"], Way::Up, "u.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    Ok(rows.into_iter().map(Substitute::from).collect())
}

/// What is offered instead of a product, and what it is offered instead of.
pub fn list_of_product(connection: &mut Connection, id: ProductId) -> Result<Vec<Substitute>> {
    let rows: Vec<SubstituteRow> =
        select::<SubstituteRow>("WHERE u.product_id = $1 OR u.substitute_id = $1 ORDER BY u.id")
            .bind(id)
            .rows(connection)?;
    Ok(rows.into_iter().map(Substitute::from).collect())
}

pub fn find(connection: &mut Connection, id: SubstituteId) -> Result<Option<Substitute>> {
    let found: Option<SubstituteRow> = select::<SubstituteRow>("WHERE u.id = $1").bind(id).first(connection)?;
    Ok(found.map(Substitute::from))
}

/// The same, locked until the transaction ends.
pub fn lock(tx: &mut Connection, id: SubstituteId) -> Result<Option<Substitute>> {
    let found: Option<SubstituteRow> = select::<SubstituteRow>("WHERE u.id = $1 {lock of u}")
        .bind(id)
        .first(tx)?;
    Ok(found.map(Substitute::from))
}

pub fn update(tx: &mut Connection, id: SubstituteId, kind: SubstituteKind, ratio_micros: i64) -> Result<()> {
    sql("UPDATE substitutes SET kind = $2, ratio_micros = $3 WHERE id = $1")
        .bind(id)
        .bind(kind)
        .bind(ratio_micros)
        .run(tx)
        .map(drop)
}

pub fn delete(tx: &mut Connection, id: SubstituteId) -> Result<()> {
    sql("DELETE FROM substitutes WHERE id = $1").bind(id).run(tx).map(drop)
}

/// Something that is offered instead of a product.
#[derive(Debug, Clone, Copy)]
pub struct Offered {
    pub product_id: ProductId,
    pub substitute_id: ProductId,
    pub kind: SubstituteKind,
    pub ratio: Ratio,
    /// Whether the substitute is still sold.
    pub state: ArticleState,
}

/// What is offered instead of these products, whoever may see it; successors first.
pub fn list_offered(connection: &mut Connection, ids: &[ProductId]) -> Result<Vec<Offered>> {
    type Row = (ProductId, ProductId, SubstituteKind, i64, ArticleState);
    let rows: Vec<Row> = sql(
        "SELECT u.product_id, u.substitute_id, u.kind, u.ratio_micros, q.state FROM substitutes u \
         JOIN products q ON q.id = u.substitute_id WHERE u.product_id {in ids $1} \
         ORDER BY u.product_id, CASE WHEN u.kind = 'successor' THEN 0 ELSE 1 END, u.id",
    )
    .bind(sets::json(ids)?)
    .rows(connection)?;
    let offered = |(product_id, substitute_id, kind, micros, state)| Offered {
        product_id,
        substitute_id,
        kind,
        ratio: Ratio::of_micros(micros),
        state,
    };
    Ok(rows.into_iter().map(offered).collect())
}
