//! Assortments as staff see and change them.

use crate::binds;
use crate::catalogue::rules::keeping::{KeptArticle, Owner};
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Connection, select, selection, sql};
use crate::error::Result;
use crate::ids::{AccountId, AssortmentId, ProductId};
use crate::row;

row! {
    struct ArticleRow from "assortment s JOIN accounts a ON a.id = s.account_id JOIN products p ON p.id = s.product_id" {
        id: AssortmentId = "s.id",
        account_id: AccountId = "s.account_id",
        account_code: String = "a.code",
        account_name: String = "a.name",
        product_id: ProductId = "s.product_id",
        sku: String = "p.sku",
        name: String = "p.name",
        customer_part_number: Option<String> = "s.customer_part_number",
        label_name: Option<String> = "s.label_name",
        label_brand: Option<String> = "s.label_brand",
        label_gtin: Option<String> = "s.label_gtin",
    }
}

impl From<ArticleRow> for KeptArticle {
    fn from(row: ArticleRow) -> Self {
        Self {
            id: row.id,
            owner: Owner {
                id: row.account_id,
                code: row.account_code,
                name: row.account_name,
            },
            product_id: row.product_id,
            sku: row.sku,
            name: row.name,
            customer_part_number: row.customer_part_number,
            label_name: row.label_name,
            label_brand: row.label_brand,
            label_gtin: row.label_gtin,
        }
    }
}

/// At most `rows_max` articles of the account's assortment by product, those behind the product `after`; with a query
/// (see [`crate::catalogue::store::search_query`]) only those it finds by the product's words or the account's own.
pub fn list_articles(
    connection: &mut Connection,
    account_id: AccountId,
    query: &str,
    walk: Walk<ProductId>,
    rows_max: i64,
) -> Result<Vec<KeptArticle>> {
    let mut seek = Seek::new(connection, &selection::<ArticleRow>());
    seek.and("s.account_id = $1", binds![account_id]);
    if !query.is_empty() {
        seek.and(
            "(s.product_id IN (SELECT w.id FROM {words $1} w) OR s.id IN (SELECT w.id FROM {words $1} w))",
            binds![query],
        );
    }
    let rows: Vec<ArticleRow> = seek
        .part(["s.product_id"], Way::Up, "s.id", walk.map(|id| binds![id]), rows_max)?
        .rows(connection)?;
    Ok(rows.into_iter().map(KeptArticle::from).collect())
}

/// The assortments that have the product, by account; at most `rows_max`.
pub fn list_assortments_of(
    connection: &mut Connection,
    product_id: ProductId,
    rows_max: i64,
) -> Result<Vec<KeptArticle>> {
    let rows: Vec<ArticleRow> = select::<ArticleRow>("WHERE s.product_id = $1 ORDER BY a.code LIMIT $2")
        .bind(product_id)
        .bind(rows_max)
        .rows(connection)?;
    Ok(rows.into_iter().map(KeptArticle::from).collect())
}

/// Code, name and number of articles of every account that is open, by code.
pub fn list_accounts(connection: &mut Connection) -> Result<Vec<(AccountId, String, String, i64)>> {
    sql(
        "SELECT a.id, a.code, a.name, (SELECT COUNT(*) FROM assortment s WHERE s.account_id = a.id) FROM accounts a \
         WHERE a.closed_at IS NULL ORDER BY a.code",
    )
    .rows(connection)
}

/// How many articles the assortment of the account has.
pub fn count_articles(connection: &mut Connection, account_id: AccountId) -> Result<i64> {
    sql("SELECT COUNT(*) FROM assortment WHERE account_id = $1")
        .bind(account_id)
        .one(connection)
}

/// The row with this id.
pub fn find_article(connection: &mut Connection, id: AssortmentId) -> Result<Option<KeptArticle>> {
    let row: Option<ArticleRow> = select::<ArticleRow>("WHERE s.id = $1").bind(id).first(connection)?;
    Ok(row.map(KeptArticle::from))
}

/// The rows of the account for these products (their ids as JSON), by id; nobody else changes them until the
/// transaction ends.
pub fn lock_articles(tx: &mut Connection, account_id: AccountId, product_ids: &str) -> Result<Vec<KeptArticle>> {
    let rows: Vec<ArticleRow> =
        select::<ArticleRow>("WHERE s.account_id = $1 AND s.product_id {in ids $2} ORDER BY s.id {lock of s}")
            .bind(account_id)
            .bind(product_ids)
            .rows(tx)?;
    Ok(rows.into_iter().map(KeptArticle::from).collect())
}

/// The rows of the account with these ids (as JSON), by id; nobody else changes them until the transaction ends.
pub fn lock_rows(tx: &mut Connection, account_id: AccountId, ids: &str) -> Result<Vec<KeptArticle>> {
    let rows: Vec<ArticleRow> =
        select::<ArticleRow>("WHERE s.account_id = $1 AND s.id {in ids $2} ORDER BY s.id {lock of s}")
            .bind(account_id)
            .bind(ids)
            .rows(tx)?;
    Ok(rows.into_iter().map(KeptArticle::from).collect())
}

/// Takes a row out of its assortment, and its words out of the search.
pub fn delete_article(tx: &mut Connection, id: AssortmentId) -> Result<()> {
    sql("DELETE FROM assortment WHERE id = $1").bind(id).run(tx)?;
    sql("DELETE FROM search_words WHERE {sqlite: rowid}{postgres: id} = $1")
        .bind(id)
        .run(tx)
        .map(drop)
}
