//! What could be taken instead of lines of a draft: of articles that have ended or come no more, and of what would wait.

use super::reading::{Sheet, SheetLine};
use crate::catalogue::rules::{Article, SaleUnit, order_quantity};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::orders::rules::OrderLine;
use crate::substitutes::offering::{Want, offers};
use crate::substitutes::rules::is_due;
use crate::typed::{self, Typed};

/// How much is wanted of a line: of one that can't be ordered so, what is typed.
fn wanted(line: &SheetLine, article: &Article, unit: &SaleUnit, ordered: Option<&OrderLine>) -> i64 {
    if let Some(ordered) = ordered {
        return ordered.quantity.base_steps;
    }
    let number = match typed::quantity(&line.line.typed.quantity) {
        Typed::Value(number) => number,
        _ => return 1,
    };
    order_quantity(article, unit, &number).map_or(1, |quantity| quantity.base_steps)
}

fn want(sheet: &Sheet, line: &SheetLine) -> Option<Want> {
    let article = line.article.as_ref()?;
    let unit = line.unit.as_ref()?;
    let ordered = sheet.order_line(line);
    let waits = sheet.estimate.order.state.is_served() && ordered.is_some_and(|line| line.backordered > 0);
    // A line that is good has all there is to have; of one that is not nothing is.
    let free = ordered.map_or(0, |line| line.reserved);
    let base_steps = wanted(line, article, unit, ordered);
    is_due(article.state, free, base_steps, waits).then(|| Want {
        product_id: article.product_id,
        decimals: article.decimals,
        base_steps,
        unit: unit.unit.clone(),
    })
}

/// Fills in what could be taken instead of the lines at these places; asks only if something is due and anything is offered at
/// all, and then the same number of statements however many lines they are.
pub fn offer(connection: &mut Connection, sheet: &mut Sheet, places: &[usize], now: Timestamp) -> Result<()> {
    if !sheet.estimate.terms.has_substitutes {
        return Ok(());
    }
    let due = places.iter().filter_map(|place| {
        let line = sheet.lines.get(*place)?;
        Some((*place, want(sheet, line)?))
    });
    let (places, wants): (Vec<_>, Vec<_>) = due.unzip();
    let found = offers(connection, &sheet.estimate.terms, &wants, now)?;
    for (place, offers) in places.into_iter().zip(found) {
        if let Some(line) = sheet.lines.get_mut(place) {
            line.offers = offers;
        }
    }
    Ok(())
}
