//! Articles for many typed texts at once: by words, and the numbers an account knows. Every query takes the account.

use super::{STILL_SOLD, opening};
use crate::db::{Connection, Engine, Statement, composed, sets, sql};
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

/// Hits beyond which PostgreSQL had better go through the articles by sku until enough of them have the words.
pub(super) const HITS_MAX: u16 = 2_000;

/// How the articles with a text's words are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hits {
    /// All of them at once by the index of words, sorted then.
    AtOnce,
    /// By sku, looking at the words of each: quick where many have them.
    BySku,
}

/// How each of these queries finds its articles. FTS5 reads even a hundred thousand hits in one go.
pub fn list_hits(connection: &mut Connection, queries: &[String]) -> Result<Vec<Hits>> {
    if connection.engine() == Engine::Sqlite {
        return Ok(vec![Hits::AtOnce; queries.len()]);
    }
    let counts: Vec<i64> = sql(
        "SELECT (SELECT count(*) FROM (SELECT 1 FROM search_words w WHERE w.words @@ k.value::tsquery LIMIT $2) f) \
         FROM json_array_elements_text($1::json) WITH ORDINALITY k(value, n) ORDER BY k.n",
    )
    .bind(sets::json(queries)?)
    .bind(i64::from(HITS_MAX) + 1)
    .rows(connection)?;
    let hits = |count| {
        if count > i64::from(HITS_MAX) {
            Hits::BySku
        } else {
            Hits::AtOnce
        }
    };
    Ok(counts.into_iter().map(hits).collect())
}

/// How this query finds its articles.
pub fn find_hits(connection: &mut Connection, query: &str) -> Result<Hits> {
    let hits = list_hits(connection, &[query.to_owned()])?;
    Ok(hits.first().copied().unwrap_or(Hits::AtOnce))
}

/// On PostgreSQL: true of a product `p` that the account `$2` sees by itself or in its assortment.
pub(super) fn seen_on_postgres() -> String {
    format!(
        "(p.exclusive_account_id IS NULL OR p.exclusive_account_id = $2) \
         AND (NOT EXISTS (SELECT 1 FROM assortment mine WHERE mine.account_id = $2) \
         OR EXISTS (SELECT 1 FROM assortment a WHERE a.account_id = $2 AND a.product_id = p.id)) AND {}",
        opening::open()
    )
}

/// On PostgreSQL: true of a product `p` that has the words `query`, or has them as the account `$2` calls it.
pub(super) fn worded_on_postgres(query: &str) -> String {
    format!(
        "((SELECT w.words FROM search_words w WHERE w.id = p.id) @@ {query}::tsquery \
         OR EXISTS (SELECT 1 FROM assortment a JOIN search_words w ON w.id = a.id \
         WHERE a.account_id = $2 AND a.product_id = p.id AND w.words @@ {query}::tsquery))"
    )
}

/// On PostgreSQL: the first `limit` of `products` by sku for which `conditions` hold. The planner doesn't know for how
/// many they do and would sort them all; OFFSET keeps it to the order, so that the limit ends the search.
pub(super) fn first_by_sku(products: &str, conditions: &str, limit: &str) -> String {
    format!(
        "(SELECT p.* FROM (SELECT * FROM products {products} ORDER BY sku_order OFFSET 0) p WHERE {conditions} \
         ORDER BY p.sku_order LIMIT {limit})"
    )
}

/// Per query `k` its place and the products found.
fn matches(engine: Engine, hits: Hits) -> Statement {
    let on_postgres = |found: &str| {
        composed(format!(
            "SELECT k.key, m.id FROM {{texts $1}} k CROSS JOIN LATERAL {found} m WHERE k.value <> '' ORDER BY 1, m.sku_order"
        ))
    };
    let (open, seen) = (opening::open(), seen_on_postgres());
    match (engine, hits) {
        (Engine::Sqlite, _) => composed(format!(
            "SELECT k.key, m.id FROM {{texts $1}} k CROSS JOIN products m WHERE k.value <> '' AND m.id IN (\
             SELECT p.id FROM products p LEFT JOIN assortment a ON a.account_id = $2 AND a.product_id = p.id \
             WHERE p.id IN (SELECT rowid FROM search_words WHERE words MATCH k.value \
             UNION SELECT s.product_id FROM search_words w CROSS JOIN assortment s ON s.id = w.rowid \
             WHERE w.words MATCH k.value AND s.account_id = $2) \
             AND {STILL_SOLD} \
             AND (p.exclusive_account_id IS NULL OR p.exclusive_account_id = $2) \
             AND (a.id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM assortment mine WHERE mine.account_id = $2)) \
             AND {open} ORDER BY p.sku_order LIMIT $3) ORDER BY 1, m.sku_order"
        )),
        (Engine::Postgres, Hits::AtOnce) => on_postgres(&format!(
            "(SELECT p.id, p.sku_order FROM products p \
             WHERE p.id IN (SELECT w.id FROM search_words w WHERE w.words @@ k.value::tsquery \
             UNION SELECT s.product_id FROM search_words w JOIN assortment s ON s.id = w.id \
             WHERE w.words @@ k.value::tsquery AND s.account_id = $2) AND {STILL_SOLD} AND {seen} ORDER BY p.sku_order LIMIT $3)"
        )),
        (Engine::Postgres, Hits::BySku) => on_postgres(&first_by_sku(
            "",
            &format!("{STILL_SOLD} AND {seen} AND {}", worded_on_postgres("k.value")),
            "$3",
        )),
    }
}

/// For each query the products that have a word for every word of it, at most `each` by sku: the query's place and the
/// product. A query without words finds nothing. At most three statements.
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
    let ways = list_hits(connection, &asked)?;
    let mut found: Vec<(i64, ProductId)> = Vec::new();
    for way in [Hits::AtOnce, Hits::BySku] {
        // The others stay as empty ones, so that each keeps its place.
        let text = |(text, its): (&String, &Hits)| if *its == way { text.clone() } else { String::new() };
        let texts: Vec<_> = asked.iter().zip(&ways).map(text).collect();
        if texts.iter().all(String::is_empty) {
            continue;
        }
        let rows: Vec<(i64, ProductId)> = matches(engine, way)
            .bind(sets::json(&texts)?)
            .bind(account_id)
            .bind(each)
            .rows(connection)?;
        found.extend(rows);
    }
    found.sort_by_key(|(place, _)| *place);
    found
        .into_iter()
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
    let open = opening::open_to_first();
    let own = composed(format!(
        "SELECT p.id, p.sku, a.customer_part_number FROM assortment a JOIN products p ON p.id = a.product_id \
         WHERE a.account_id = $1 AND {STILL_SOLD} AND (p.exclusive_account_id IS NULL OR p.exclusive_account_id = $1) \
         AND {open} ORDER BY p.sku_order LIMIT $2"
    ));
    let own: Vec<_> = own.bind(account_id).bind(limit).rows(connection)?;
    if !own.is_empty() {
        return Ok(own);
    }
    composed(format!(
        "SELECT p.id, p.sku, NULL FROM products p \
         WHERE {STILL_SOLD} AND (p.exclusive_account_id IS NULL OR p.exclusive_account_id = $1) \
         AND NOT EXISTS (SELECT 1 FROM assortment mine WHERE mine.account_id = $1) AND {open} ORDER BY p.sku_order LIMIT $2"
    ))
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
    let statement = match find_hits(connection, &asked)? {
        Hits::AtOnce => sql(
            "SELECT p.id, p.sku, p.name FROM products p WHERE p.id IN (SELECT w.id FROM {words $1} w) \
             ORDER BY p.sku_order LIMIT $2",
        ),
        Hits::BySku => {
            let has_words = "(SELECT w.words FROM search_words w WHERE w.id = p.id) @@ $1::tsquery";
            let first = first_by_sku("", has_words, "$2");
            composed(format!(
                "SELECT p.id, p.sku, p.name FROM {first} p ORDER BY p.sku_order"
            ))
        }
    };
    statement.bind(asked).bind(limit).rows(connection)
}
