//! From what people type to articles: own number, our number, GTIN of any pack. What is none of these exactly means nothing
//! yet: what it may mean is offered (see [`super::suggesting`]), never taken. For any number of lines with the same number
//! of statements.

use std::collections::{BTreeSet, HashMap};

use super::interpreting::{interpret, settle_units};
use super::rules::keys::either;
use super::rules::pasting::{joined, readings};
use super::rules::units::UnitOrigin;
use super::rules::{DraftLine, TypedLine};
use crate::accounts::terms;
use crate::catalogue::rules::gtin14;
use crate::catalogue::{self, ArticleKey, Articles};
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{AccountId, DraftLineId, ProductId};
use crate::orders::rules::Wishes;
use crate::pricing;
use crate::quantity::Content;

/// A line to look up: as typed, and what it means where somebody chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub typed: TypedLine,
    /// What somebody chose.
    pub product_id: Option<ProductId>,
    /// Where its unit came from, if nobody named it.
    pub unit_origin: Option<UnitOrigin>,
    /// Base units that one of its unit held where it was shown; what it holds now where it wasn't.
    pub shown_content: Option<Content>,
    /// True where blanks alone part its key and its quantity.
    pub is_by_blanks: bool,
    /// What of it is decided other than of the draft.
    pub choices: Wishes,
}

impl From<TypedLine> for Wanted {
    fn from(typed: TypedLine) -> Self {
        Self {
            typed: typed.tidied(),
            product_id: None,
            unit_origin: None,
            shown_content: None,
            is_by_blanks: false,
            choices: Wishes::default(),
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
            if wanted.product_id.is_none() {
                typed = meant(typed, wanted.is_by_blanks, &found);
            }
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
                unit_origin: wanted.unit_origin,
                typed,
                shown_net_minor: None,
                shown_content: wanted.shown_content,
                choices: wanted.choices,
            }
        })
        .collect();
    price(connection, account_id, &mut lines, now)?;
    Ok(lines)
}

/// Of several ways to read a line the one that names an article, if it is the only one. Where key and quantity are parted
/// by blanks alone and are the number of an article together too, the line asks which one is meant.
fn meant(typed: TypedLine, is_by_blanks: bool, found: &HashMap<String, Found>) -> TypedLine {
    let is_known = |line: &TypedLine| found.contains_key(&line.key);
    let whole = joined(&typed).filter(|whole| is_by_blanks && is_known(whole));
    match (is_known(&typed), whole) {
        (true, None) => typed,
        (false, Some(whole)) => whole,
        (true, Some(whole)) => TypedLine {
            key: either(&whole.key, &typed.key),
            quantity: String::new(),
            ..typed
        },
        (false, None) => {
            let mut known = readings(&typed).into_iter().filter(is_known);
            match (known.next(), known.next()) {
                (Some(only), None) => only,
                _ => typed,
            }
        }
    }
}

/// What a key was found to be.
struct Found {
    product_id: ProductId,
    unit: Option<String>,
}

/// The three kinds of number a text may be.
pub(super) fn numbers(key: &str) -> impl Iterator<Item = ArticleKey> {
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
    let keys: BTreeSet<String> = open
        .flat_map(|wanted| {
            let whole = joined(&wanted.typed).filter(|_| wanted.is_by_blanks);
            let read = readings(&wanted.typed).into_iter().chain(whole);
            let read = read.map(|reading| reading.key);
            read.chain([wanted.typed.key.clone()])
        })
        .filter(|key| !key.is_empty())
        .collect();
    let mut found = HashMap::new();
    if keys.is_empty() {
        return Ok(found);
    }
    let by_number: Vec<_> = keys.iter().flat_map(|key| numbers(key)).collect();
    let articles = catalogue::find_articles(connection, account_id, &by_number)?;
    for key in keys {
        let hit = numbers(&key).find_map(|number| Some((articles.get(&number)?.product_id, number)));
        if let Some((product_id, number)) = hit {
            let unit = scanned_unit(&articles, &number);
            found.insert(key, Found { product_id, unit });
        }
    }
    Ok(found)
}

/// The unit that a GTIN says.
fn scanned_unit(articles: &Articles, number: &ArticleKey) -> Option<String> {
    let is_gtin = matches!(number, ArticleKey::Gtin(_));
    let (_, unit) = is_gtin.then(|| articles.find(number, None).ok())??;
    Some(unit.unit.clone())
}

/// Gives each line its unit and notes what that holds, and what the line costs now, as far as it can be priced.
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
    settle_units(connection, account_id, lines, &articles)?;
    let (mut places, mut requests) = (Vec::new(), Vec::new());
    for (place, line) in lines.iter_mut().enumerate() {
        let read = interpret(&line.typed, line.product_id, &articles);
        line.shown_content = line.shown_content.or(read.unit.as_ref().map(|unit| unit.content));
        if let Some(request) = read.request(&line.typed) {
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
