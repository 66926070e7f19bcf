//! Keeps the search words of products and assortment rows as their columns are.

use std::collections::HashMap;

use serde::Serialize;

use crate::catalogue::rules::indexed_words;
use crate::db::{Connection, Statement, sets, sql};
use crate::error::Result;

#[derive(Serialize)]
struct Words {
    id: i64,
    words: String,
}

/// Refreshes the words of these products: number, name, description, category and the GTINs of all packaging levels.
pub fn refresh_products(tx: &mut Connection, ids: &[i64]) -> Result<()> {
    type Row = (i64, String, String, Option<String>, Option<String>, Option<String>);
    let json = sets::json(ids)?;
    let products: Vec<Row> = sql(
        "SELECT p.id, p.sku, p.name, p.description, p.category, p.gtin FROM {ids $1} k {cross} products p ON p.id = k.value",
    )
    .bind(json.as_str())
    .rows(tx)?;
    let packs: Vec<(i64, String)> = sql(
        "SELECT u.product_id, u.gtin FROM {ids $1} k {cross} sale_units u ON u.account_id IS NULL \
         AND u.gtin IS NOT NULL AND u.product_id = k.value",
    )
    .bind(json)
    .rows(tx)?;
    let mut pack_gtins = HashMap::<i64, Vec<String>>::new();
    for (product, gtin) in packs {
        pack_gtins.entry(product).or_default().push(gtin);
    }
    let rows = products
        .into_iter()
        .map(|(id, sku, name, description, category, gtin)| {
            let gtins = pack_gtins.remove(&id).unwrap_or_default().into_iter().chain(gtin);
            let texts = [Some(name), description, category];
            words(id, Some(sku), texts.into_iter().flatten(), gtins)
        });
    store(tx, &rows.collect::<Vec<_>>())
}

/// Refreshes the words of the products that have these general sale units.
pub fn refresh_products_of_units(tx: &mut Connection, unit_ids: &[i64]) -> Result<()> {
    let mut products: Vec<i64> = sql("SELECT u.product_id FROM {ids $1} k {cross} sale_units u ON u.id = k.value")
        .bind(sets::json(unit_ids)?)
        .rows(tx)?;
    products.sort_unstable();
    products.dedup();
    refresh_products(tx, &products)
}

/// Refreshes the words of these assortment rows: the account's own number and the label.
pub fn refresh_assortment(tx: &mut Connection, ids: &[i64]) -> Result<()> {
    type Row = (i64, Option<String>, Option<String>, Option<String>, Option<String>);
    let rows: Vec<Row> = sql(
        "SELECT a.id, a.customer_part_number, a.label_name, a.label_brand, a.label_gtin \
         FROM {ids $1} k {cross} assortment a ON a.id = k.value",
    )
    .bind(sets::json(ids)?)
    .rows(tx)?;
    let rows = rows
        .into_iter()
        .map(|(id, number, name, brand, gtin)| words(id, number, [name, brand].into_iter().flatten(), gtin));
    store(tx, &rows.collect::<Vec<_>>())
}

fn words(
    id: i64,
    number: Option<String>,
    texts: impl IntoIterator<Item = String>,
    gtins: impl IntoIterator<Item = String>,
) -> Words {
    let gtins = gtins.into_iter().flat_map(|gtin| forms(&gtin));
    let texts: Vec<String> = texts.into_iter().chain(gtins).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    Words {
        id,
        words: indexed_words(&number.as_deref().into_iter().collect::<Vec<_>>(), &texts).join(" "),
    }
}

/// The forms in which people type a GTIN: 14 digits and the shorter ones its zeros allow.
fn forms(gtin14: &str) -> Vec<String> {
    let forms = [14, 13, 12, 8].into_iter().filter_map(|digits| {
        let (zeros, rest) = gtin14.split_at_checked(gtin14.len().checked_sub(digits)?)?;
        zeros.bytes().all(|byte| byte == b'0').then(|| rest.to_owned())
    });
    forms.collect()
}

fn store(tx: &mut Connection, rows: &[Words]) -> Result<()> {
    let json = sets::json(rows)?;
    if let Connection::Sqlite(_) = tx {
        sql(
            "DELETE FROM search_words WHERE {sqlite: rowid}{postgres: id} IN (SELECT r.id FROM {rows $1: id bigint} r)",
        )
        .bind(json.as_str())
        .run(tx)?;
    }
    Statement::per_engine(
        "INSERT INTO search_words (rowid, words) SELECT value->>'id', value->>'words' FROM jsonb_each($1)",
        "INSERT INTO search_words (id, words) SELECT id, array_to_tsvector(string_to_array(words, ' ')) \
         FROM json_to_recordset($1::json) AS rows(id bigint, words text) \
         ON CONFLICT (id) DO UPDATE SET words = excluded.words WHERE search_words.words IS DISTINCT FROM excluded.words",
    )
    .bind(json)
    .run(tx)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gtin_is_found_in_every_form_it_has() {
        assert_eq!(
            forms("00000096385074"),
            ["00000096385074", "0000096385074", "000096385074", "96385074"]
        );
        assert_eq!(forms("04006381333931"), ["04006381333931", "4006381333931"]);
        assert_eq!(forms("10614141000415"), ["10614141000415"]);
    }
}
