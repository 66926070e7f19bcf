//! Articles for many typed texts at once: by words, and the numbers an account knows. Every query takes the account.

use diesel::sql_types::{BigInt, Nullable, Text};

use crate::db::{Connection, Engine, Statement, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, ProductId};

/// The words as the search of an engine takes them: each must begin a word. FTS5 and tsquery both take words that are
/// letters and digits only, which [`crate::catalogue::rules::search_words`] guarantees.
pub fn query(engine: Engine, words: &[String]) -> String {
    let each = |form: fn(&String) -> String| words.iter().map(form).collect::<Vec<_>>();
    match engine {
        Engine::Sqlite => each(|word| format!("\"{word}\"*")).join(" "),
        Engine::Postgres => each(|word| format!("{word}:*")).join(" & "),
    }
}

/// For each query the products that have a word for every word of it, at most `each` by sku: the query's place and the
/// product. A query without words finds nothing. One statement.
pub fn match_words(
    connection: &mut Connection,
    account_id: AccountId,
    queries: &[Vec<String>],
    each: i64,
) -> Result<Vec<(usize, ProductId)>> {
    let engine = connection.engine();
    let asked: Vec<_> = queries.iter().map(|words| query(engine, words)).collect();
    if asked.iter().all(String::is_empty) {
        return Ok(Vec::new());
    }
    let statement = Statement::<(BigInt, BigInt)>::per_engine(
        "SELECT k.key, m.id FROM json_each($1) k CROSS JOIN products m WHERE k.value <> '' AND m.id IN (\
         SELECT p.id FROM products p LEFT JOIN assortment a ON a.account_id = $2 AND a.product_id = p.id \
         WHERE p.id IN (SELECT rowid FROM search_words WHERE words MATCH k.value \
         UNION SELECT s.product_id FROM search_words w CROSS JOIN assortment s ON s.id = w.rowid \
         WHERE w.words MATCH k.value AND s.account_id = $2) \
         AND (p.exclusive_account_id IS NULL OR p.exclusive_account_id = $2) \
         AND (a.id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM assortment mine WHERE mine.account_id = $2)) \
         ORDER BY p.sku LIMIT $3) ORDER BY 1, m.sku",
        "SELECT k.n - 1, m.id FROM json_array_elements_text($1::json) WITH ORDINALITY k(value, n) CROSS JOIN LATERAL (\
         SELECT p.id, p.sku FROM products p LEFT JOIN assortment a ON a.account_id = $2 AND a.product_id = p.id \
         WHERE p.id IN (SELECT w.id FROM search_words w WHERE w.words @@ k.value::tsquery \
         UNION SELECT s.product_id FROM search_words w JOIN assortment s ON s.id = w.id \
         WHERE w.words @@ k.value::tsquery AND s.account_id = $2) \
         AND (p.exclusive_account_id IS NULL OR p.exclusive_account_id = $2) \
         AND (a.id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM assortment mine WHERE mine.account_id = $2)) \
         ORDER BY p.sku LIMIT $3) m WHERE k.value <> '' ORDER BY 1, m.sku",
    );
    let rows: Vec<(i64, ProductId)> = statement
        .bind(sets::json(&asked)?)
        .bind(account_id)
        .bind(each)
        .rows(connection)?;
    rows.into_iter()
        .map(|(place, id)| Ok((usize::try_from(place).map_err(Error::internal)?, id)))
        .collect()
}

/// The numbers an account knows articles by, at most `limit` articles by sku: product, sku, own number. An account with
/// an assortment knows that, any other all that isn't exclusive to others.
pub fn list_numbers(
    connection: &mut Connection,
    account_id: AccountId,
    limit: i64,
) -> Result<Vec<(ProductId, String, Option<String>)>> {
    let own = sql::<(BigInt, Text, Nullable<Text>)>(
        "SELECT p.id, p.sku, a.customer_part_number FROM assortment a JOIN products p ON p.id = a.product_id \
         WHERE a.account_id = $1 AND (p.exclusive_account_id IS NULL OR p.exclusive_account_id = $1) \
         ORDER BY p.sku LIMIT $2",
    );
    let own: Vec<_> = own.bind(account_id).bind(limit).rows(connection)?;
    if !own.is_empty() {
        return Ok(own);
    }
    sql::<(BigInt, Text, Nullable<Text>)>(
        "SELECT p.id, p.sku, NULL FROM products p \
         WHERE (p.exclusive_account_id IS NULL OR p.exclusive_account_id = $1) \
         AND NOT EXISTS (SELECT 1 FROM assortment mine WHERE mine.account_id = $1) ORDER BY p.sku LIMIT $2",
    )
    .bind(account_id)
    .bind(limit)
    .rows(connection)
}

/// At most `limit` products with a word for every one of `words`, by sku, whoever may see them: id, sku, name. For staff.
pub fn list_by_words(
    connection: &mut Connection,
    words: &[String],
    limit: i64,
) -> Result<Vec<(ProductId, String, String)>> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let asked = query(connection.engine(), words);
    Statement::<(BigInt, Text, Text)>::per_engine(
        "SELECT p.id, p.sku, p.name FROM products p WHERE p.id IN (SELECT rowid FROM search_words WHERE words MATCH $1) \
         ORDER BY p.sku LIMIT $2",
        "SELECT p.id, p.sku, p.name FROM products p \
         WHERE p.id IN (SELECT w.id FROM search_words w WHERE w.words @@ $1::tsquery) ORDER BY p.sku LIMIT $2",
    )
    .bind(asked)
    .bind(limit)
    .rows(connection)
}
