//! All prices of all lists, a part at a time.

use super::editing::place_of;
use super::rules::keeping::KeptPrice;
use super::store::keeping::{self, Place};
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::db::sets;
use crate::error::Result;

/// Where an export of all prices goes on: the code of a list and a place in it.
pub type PlaceOfAll = (String, Place);

/// At most `rows_max` prices of all lists, or of those that are kept for an account, by the codes of these.
pub fn list_all_prices(
    connection: &mut Connection,
    account: Option<&str>,
    walk: Walk<PlaceOfAll>,
    rows_max: i64,
) -> Result<Vec<(PlaceOfAll, KeptPrice)>> {
    let (mut code, mut place) = match walk {
        Walk::First => (String::new(), None),
        Walk::Behind((code, place)) => (code, Some(place)),
        Walk::Among(ids) => {
            let found = keeping::list_prices_among(connection, account, &sets::json(&*ids)?)?;
            let placed = |price: KeptPrice| ((price.list_code.clone(), place_of(&price)), price);
            return Ok(found.into_iter().map(placed).collect());
        }
    };
    let mut found = Vec::new();
    loop {
        let list = match &place {
            // The list may be gone by now; the next is behind its code.
            Some(_) => keeping::find_next_list(connection, account, &code, true)?,
            None => None,
        };
        let (id, list_code) = match list {
            Some(list) => list,
            None => match keeping::find_next_list(connection, account, &code, false)? {
                Some(next) => {
                    place = None;
                    next
                }
                None => break,
            },
        };
        code = list_code;
        let left = rows_max - i64::try_from(found.len()).unwrap_or(i64::MAX);
        let rows = keeping::list_prices(connection, id, "", place.take().into(), left)?;
        found.extend(rows.into_iter().map(|price| ((code.clone(), place_of(&price)), price)));
        if i64::try_from(found.len()).unwrap_or(i64::MAX) >= rows_max {
            break;
        }
    }
    Ok(found)
}
