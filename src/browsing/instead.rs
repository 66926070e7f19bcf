//! What could be ordered instead of an article that has ended, comes no more or is not there.

use crate::accounts::terms::Terms;
use crate::catalogue::rules::{Article, order_quantity};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::inventory::rules::StockBook;
use crate::pricing::rules::shown_quantity;
use crate::substitutes::offering::{Offer, Want, offers};
use crate::substitutes::rules::is_due;
use crate::typed::{Typed, quantity};

/// What an account could order instead of so much of an article, both as typed; asks only if anything is offered at all.
pub fn offers_of(
    connection: &mut Connection,
    (terms, stock): (&Terms, &StockBook),
    article: &Article,
    (unit, typed): (&str, &str),
    now: Timestamp,
) -> Result<Vec<Offer>> {
    let unit = article.unit(unit).or_else(|| article.units.first());
    let Some(unit) = unit.filter(|_| terms.has_substitutes) else {
        return Ok(Vec::new());
    };
    let wanted = match quantity(typed.trim()) {
        Typed::Value(number) => order_quantity(article, unit, &number).ok(),
        _ => shown_quantity(article, unit),
    };
    let steps = wanted.map_or(1, |quantity| quantity.base_steps);
    let free = stock.availability(article.product_id).free;
    if !is_due(article.state, free, steps, free < steps) {
        return Ok(Vec::new());
    }
    let want = Want {
        product_id: article.product_id,
        decimals: article.decimals,
        base_steps: steps,
        unit: unit.unit.clone(),
    };
    Ok(offers(connection, terms, &[want], now)?.pop().unwrap_or_default())
}
