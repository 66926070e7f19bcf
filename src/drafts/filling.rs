//! What the good lines of a draft weigh and how many pallets they take up; what would fill packs, layers and the last pallet.

use super::reading::Sheet;
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::Result;
use crate::pricing::splitting::filling::{Offers, Ordered, load_of, offers};
use crate::pricing::splitting::rules::Load;
use crate::rebate_agreements::{Added, would_add};

/// The good lines with their places in the draft.
fn ordered(sheet: &Sheet) -> Vec<(usize, Ordered)> {
    let lines = sheet.lines.iter().enumerate().filter_map(|(place, line)| {
        let ordered = sheet.order_line(line)?;
        Some((
            place,
            Ordered {
                article: line.article.clone()?,
                unit: ordered.unit.clone(),
                base_steps: ordered.quantity.base_steps,
                net: ordered.net,
            },
        ))
    });
    lines.collect()
}

/// What the good lines weigh and take up; nothing of none.
pub fn load(sheet: &Sheet) -> Option<Load> {
    let lines: Vec<_> = ordered(sheet).into_iter().map(|(_, line)| line).collect();
    (!lines.is_empty()).then(|| load_of(&lines))
}

/// Fills in what the lines at these places are in the best packs, what would fill packs and layers of them, and what would fill
/// the last pallet of the draft. Two statements, none where there is nothing to offer.
pub fn fill(connection: &mut Connection, sheet: &mut Sheet, places: &[usize], now: Timestamp) -> Result<()> {
    let (of_draft, lines): (Vec<_>, Vec<_>) = ordered(sheet).into_iter().unzip();
    let among = |place: &usize| of_draft.binary_search(place).ok();
    let shown: Vec<_> = places.iter().filter_map(among).collect();
    sheet.load = (!lines.is_empty()).then(|| load_of(&lines));
    let pallets = sheet.load.and_then(|load| load.pallets);
    let terms = &sheet.estimate.terms;
    let today = day_in(terms.supplier_zone, now);
    let Offers {
        repacks,
        of_lines,
        of_all,
    } = offers(connection, terms, (&lines, pallets), &shown, today)?;
    let at = |place: usize| of_draft.get(place).copied();
    for (place, (offers, repack)) in shown.into_iter().zip(of_lines.into_iter().zip(repacks)) {
        if let Some(line) = at(place).and_then(|place| sheet.lines.get_mut(place)) {
            (line.fills, line.repack) = (offers, repack);
        }
    }
    let of_all = of_all
        .into_iter()
        .filter_map(|(place, offer)| Some((at(place)?, offer)));
    sheet.fills = of_all.collect();
    Ok(())
}

/// What the good lines add to the rebates that were agreed with the account: one statement where there are none.
pub fn adds(connection: &mut Connection, sheet: &Sheet, now: Timestamp) -> Result<Vec<Added>> {
    let (order, terms) = (&sheet.estimate.order, &sheet.estimate.terms);
    let lines: Vec<_> = order.lines.iter().map(|line| (line.product_id, line.net)).collect();
    match lines.is_empty() {
        true => Ok(Vec::new()),
        false => would_add(connection, terms.account_id, &lines, day_in(terms.supplier_zone, now)),
    }
}
