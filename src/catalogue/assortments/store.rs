//! Assortments as staff see and change them.

use crate::catalogue::rules::keeping::{KeptArticle, Owner};
use crate::db::{Connection, Statement, sql};
use crate::error::Result;
use crate::ids::{AccountId, AssortmentId, ProductId};
use crate::row;

row! {
    struct ArticleRow {
        id: AssortmentId,
        account_id: AccountId,
        account_code: String,
        account_name: String,
        product_id: ProductId,
        sku: String,
        name: String,
        customer_part_number: Option<String>,
        label_name: Option<String>,
        label_brand: Option<String>,
        label_gtin: Option<String>,
    }
}

macro_rules! articles {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.account_id, a.code, a.name, s.product_id, p.sku, p.name, s.customer_part_number, \
             s.label_name, s.label_brand, s.label_gtin FROM assortment s JOIN accounts a ON a.id = s.account_id \
             JOIN products p ON p.id = s.product_id ",
            $rest
        )
    };
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
    after: ProductId,
    rows_max: i64,
) -> Result<Vec<KeptArticle>> {
    let statement: Statement = if query.is_empty() {
        sql(articles!(
            "WHERE s.account_id = $1 AND $2 = '' AND s.product_id > $3 ORDER BY s.product_id LIMIT $4"
        ))
    } else {
        Statement::per_engine(
            articles!(
                "WHERE s.account_id = $1 AND (s.product_id IN (SELECT rowid FROM search_words WHERE words MATCH $2) \
                 OR s.id IN (SELECT rowid FROM search_words WHERE words MATCH $2)) AND s.product_id > $3 \
                 ORDER BY s.product_id LIMIT $4"
            ),
            articles!(
                "WHERE s.account_id = $1 \
                 AND (s.product_id IN (SELECT w.id FROM search_words w WHERE w.words  $2::tsquery) \
                 OR s.id IN (SELECT w.id FROM search_words w WHERE w.words  $2::tsquery)) AND s.product_id > $3 \
                 ORDER BY s.product_id LIMIT $4"
            ),
        )
    };
    let rows: Vec<ArticleRow> = statement
        .bind(account_id)
        .bind(query)
        .bind(after)
        .bind(rows_max)
        .rows(connection)?;
    Ok(rows.into_iter().map(KeptArticle::from).collect())
}

/// The assortments that have the product, by account; at most `rows_max`.
pub fn list_assortments_of(
    connection: &mut Connection,
    product_id: ProductId,
    rows_max: i64,
) -> Result<Vec<KeptArticle>> {
    let rows: Vec<ArticleRow> = sql(articles!("WHERE s.product_id = $1 ORDER BY a.code LIMIT $2"))
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
    let row: Option<ArticleRow> = sql(articles!("WHERE s.id = $1")).bind(id).first(connection)?;
    Ok(row.map(KeptArticle::from))
}

/// The rows of the account for these products (their ids as JSON), by id; nobody else changes them until the
/// transaction ends.
pub fn lock_articles(tx: &mut Connection, account_id: AccountId, product_ids: &str) -> Result<Vec<KeptArticle>> {
    let rows: Vec<ArticleRow> = Statement::per_engine(
        articles!("WHERE s.account_id = $1 AND s.product_id IN (SELECT value FROM json_each($2)) ORDER BY s.id"),
        articles!(
            "WHERE s.account_id = $1 AND s.product_id = ANY(ARRAY(SELECT json_array_elements_text($2::json)::bigint)) \
             ORDER BY s.id FOR NO KEY UPDATE OF s"
        ),
    )
    .bind(account_id)
    .bind(product_ids)
    .rows(tx)?;
    Ok(rows.into_iter().map(KeptArticle::from).collect())
}

/// The rows of the account with these ids (as JSON), by id; nobody else changes them until the transaction ends.
pub fn lock_rows(tx: &mut Connection, account_id: AccountId, ids: &str) -> Result<Vec<KeptArticle>> {
    let rows: Vec<ArticleRow> = Statement::per_engine(
        articles!("WHERE s.account_id = $1 AND s.id IN (SELECT value FROM json_each($2)) ORDER BY s.id"),
        articles!(
            "WHERE s.account_id = $1 AND s.id = ANY(ARRAY(SELECT json_array_elements_text($2::json)::bigint)) \
             ORDER BY s.id FOR NO KEY UPDATE OF s"
        ),
    )
    .bind(account_id)
    .bind(ids)
    .rows(tx)?;
    Ok(rows.into_iter().map(KeptArticle::from).collect())
}

/// Takes a row out of its assortment, and its words out of the search.
pub fn delete_article(tx: &mut Connection, id: AssortmentId) -> Result<()> {
    sql("DELETE FROM assortment WHERE id = $1").bind(id).run(tx)?;
    Statement::per_engine(
        "DELETE FROM search_words WHERE rowid = $1",
        "DELETE FROM search_words WHERE id = $1",
    )
    .bind(id)
    .run(tx)
    .map(drop)
}
