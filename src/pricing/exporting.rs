//! All prices of all lists, a part at a time.

use super::editing::{ListFilter, find_list_by_code, list_lists, list_prices, place_of};
use super::rules::keeping::KeptPrice;
use super::store::keeping::Place;
use crate::db::Connection;
use crate::error::Result;

/// Where an export of all prices goes on: the code of a list and a place in it.
pub type PlaceOfAll = (String, Place);

/// At most `rows_max` prices of all lists, by the codes of these.
pub fn list_all_prices(
    connection: &mut Connection,
    after: Option<PlaceOfAll>,
    rows_max: i64,
) -> Result<Vec<(PlaceOfAll, KeptPrice)>> {
    let (mut code, mut place) = match after {
        Some((code, place)) => (code, Some(place)),
        None => (String::new(), None),
    };
    let mut found = Vec::new();
    loop {
        let list = match &place {
            // The list may be gone by now; the next is behind its code.
            Some(_) => find_list_by_code(connection, &code)?,
            None => None,
        };
        let list = match list {
            Some(list) => list,
            None => match list_lists(connection, &ListFilter::default(), &code, 1)?.pop() {
                Some(next) => {
                    place = None;
                    next
                }
                None => break,
            },
        };
        code.clone_from(&list.code);
        let left = rows_max - i64::try_from(found.len()).unwrap_or(i64::MAX);
        let rows = list_prices(connection, list.id, None, place.take(), left)?;
        found.extend(rows.into_iter().map(|price| ((code.clone(), place_of(&price)), price)));
        if i64::try_from(found.len()).unwrap_or(i64::MAX) >= rows_max {
            break;
        }
    }
    Ok(found)
}
