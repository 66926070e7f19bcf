//! Which price holds never hangs on the codes of lists.

use super::{list, place_of};
use crate::checks::Breach;
use crate::db::Connection;
use crate::error::Result;

/// Pairs read at a time.
const BATCH: i64 = 500;

/// Every pair of prices of equal standing.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    let mut after = None;
    loop {
        let found = list(connection, after, BATCH)?;
        let Some(last) = found.last() else { return Ok(breaches) };
        after = Some(place_of(last));
        breaches.extend(found.iter().map(|pair| Breach {
            check: "which price holds never hangs on the codes of lists",
            object: format!("{} from {} {}", pair.sku, pair.min_quantity, pair.unit),
            detail: format!(
                "{} says {} for {}, {} says {} for {}",
                pair.one.list,
                pair.one.price,
                pair.one.price_base,
                pair.other.list,
                pair.other.price,
                pair.other.price_base
            ),
        }));
    }
}
