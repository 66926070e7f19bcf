//! From what people type to articles: own number, our number, GTIN of any pack, words. For any number of lines with the
//! same number of statements.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::interpreting::{interpret, last_units};
use super::rules::keys::{folded, meant};
use super::rules::{DraftLine, TypedLine};
use crate::accounts::terms;
use crate::catalogue::rules::{gtin14, search_words};
use crate::catalogue::{self, ArticleKey, Articles};
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{AccountId, DraftLineId, ProductId};
use crate::pricing;

/// Keys of a request that are looked for by their words; those beyond are asked for in the draft.
const WORDS_MAX: usize = 500;
/// Articles looked at for each key: more than one is a choice.
const EACH_MAX: i64 = 9;
/// Articles whose numbers are compared without regard to signs and case.
pub(super) const NUMBERS_MAX: i64 = 5_000;

/// A line to look up: as typed, and what it means where somebody chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub typed: TypedLine,
    /// What somebody chose.
    pub product_id: Option<ProductId>,
}

impl From<TypedLine> for Wanted {
    fn from(typed: TypedLine) -> Self {
        Self {
            typed: typed.tidied(),
            product_id: None,
        }
    }
}

/// Looks lines up and prices those that can be priced; what isn't found is kept as typed.
pub fn resolve(
    connection: &mut Connection,
    account_id: AccountId,
    wanted: Vec<Wanted>,
    now: Timestamp,
) -> Result<Vec<DraftLine>> {
    let found = find_keys(connection, account_id, &wanted)?;
    let mut lines: Vec<_> = wanted
        .into_iter()
        .map(|wanted| {
            let mut typed = wanted.typed;
            let found = found.get(&typed.key);
            // A GTIN says the unit too.
            if wanted.product_id.is_none()
                && typed.unit.is_empty()
                && let Some(unit) = found.and_then(|found| found.unit.clone())
            {
                typed.unit = unit;
            }
            DraftLine {
                id: DraftLineId::new(),
                position: 0,
                product_id: wanted.product_id.or(found.map(|found| found.product_id)),
                typed,
                shown_net_minor: None,
            }
        })
        .collect();
    price(connection, account_id, &mut lines, now)?;
    Ok(lines)
}

/// What a key was found to be.
struct Found {
    product_id: ProductId,
    unit: Option<String>,
}

/// The three kinds of number a text may be.
fn numbers(key: &str) -> impl Iterator<Item = ArticleKey> {
    let gtin = gtin14(key).map(ArticleKey::Gtin);
    [
        ArticleKey::CustomerPartNumber(key.to_owned()),
        ArticleKey::Sku(key.to_owned()),
    ]
    .into_iter()
    .chain(gtin)
}

fn find_keys(connection: &mut Connection, account_id: AccountId, wanted: &[Wanted]) -> Result<HashMap<String, Found>> {
    let open = wanted.iter().filter(|wanted| wanted.product_id.is_none());
    let keys: BTreeSet<&str> = open
        .map(|wanted| wanted.typed.key.as_str())
        .filter(|key| !key.is_empty())
        .collect();
    let mut found = HashMap::new();
    if keys.is_empty() {
        return Ok(found);
    }
    let by_number: Vec<_> = keys.iter().flat_map(|key| numbers(key)).collect();
    let articles = catalogue::find_articles(connection, account_id, &by_number)?;
    let mut unknown = Vec::new();
    for key in keys {
        let hit = numbers(key).find_map(|number| Some((articles.get(&number)?.clone(), number)));
        match hit {
            Some((article, number)) => {
                let unit = scanned_unit(&articles, &number);
                let product_id = article.product_id;
                found.insert(key.to_owned(), Found { product_id, unit });
            }
            None => unknown.push(key),
        }
    }
    for (key, product_id) in find_loosely(connection, account_id, &unknown)? {
        found.insert(key.to_owned(), Found { product_id, unit: None });
    }
    Ok(found)
}

/// The unit that a GTIN says.
fn scanned_unit(articles: &Articles, number: &ArticleKey) -> Option<String> {
    let is_gtin = matches!(number, ArticleKey::Gtin(_));
    let (_, unit) = is_gtin.then(|| articles.find(number, None).ok())??;
    Some(unit.unit.clone())
}

/// Keys that no number is exactly: by the same number written otherwise, and by words.
fn find_loosely<'k>(
    connection: &mut Connection,
    account_id: AccountId,
    keys: &[&'k str],
) -> Result<Vec<(&'k str, ProductId)>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let mut by_look = BTreeMap::<String, BTreeSet<ProductId>>::new();
    for (product_id, sku, own) in catalogue::list_numbers(connection, account_id, NUMBERS_MAX)? {
        for number in [Some(sku), own].into_iter().flatten() {
            by_look.entry(folded(&number)).or_default().insert(product_id);
        }
    }
    let only = |key: &str| {
        let same = by_look.get(&folded(key)).filter(|same| same.len() == 1)?;
        same.first().copied()
    };
    let (mut found, mut left) = (Vec::new(), Vec::new());
    for key in keys {
        match only(key) {
            Some(product_id) => found.push((*key, product_id)),
            None => left.push(*key),
        }
    }
    left.truncate(WORDS_MAX);
    let queries: Vec<_> = left.iter().map(|key| search_words(&[key])).collect();
    let matches = catalogue::match_words(connection, account_id, &queries, EACH_MAX)?;
    let ids: Vec<_> = matches.iter().map(|(_, id)| ArticleKey::ProductId(*id)).collect();
    let articles = catalogue::find_articles(connection, account_id, &ids)?;
    for (place, key) in left.iter().enumerate() {
        let of_key = matches.iter().filter(|(of, _)| *of == place);
        let of_key: Vec<_> = of_key
            .filter_map(|(_, id)| articles.get(&ArticleKey::ProductId(*id)).map(Arc::as_ref))
            .collect();
        if let Some(article) = meant(key, &of_key) {
            found.push((*key, article.product_id));
        }
    }
    Ok(found)
}

/// Notes on each line what it costs now, as far as it can be priced.
fn price(connection: &mut Connection, account_id: AccountId, lines: &mut [DraftLine], now: Timestamp) -> Result<()> {
    let ids: Vec<_> = lines
        .iter()
        .filter_map(|line| line.product_id)
        .map(ArticleKey::ProductId)
        .collect();
    if ids.is_empty() {
        return Ok(());
    }
    let articles = catalogue::find_articles(connection, account_id, &ids)?;
    let last = last_units(
        connection,
        account_id,
        lines.iter().map(|line| (&line.typed, line.product_id)),
    )?;
    let (mut places, mut requests) = (Vec::new(), Vec::new());
    for (place, line) in lines.iter().enumerate() {
        if let Some(request) = interpret(&line.typed, line.product_id, &articles, &last).request("") {
            places.push(place);
            requests.push(request.line);
        }
    }
    let terms = terms::load(connection, account_id)?;
    let today = day_in(terms.supplier_zone, now);
    let priced = pricing::price_each(connection, &terms, &requests, &articles, today)?;
    for (place, priced) in places.into_iter().zip(priced) {
        if let Some(line) = lines.get_mut(place) {
            line.shown_net_minor = priced.ok().map(|priced| priced.priced.net_minor);
        }
    }
    Ok(())
}
