//! Pick lists: what is reserved for orders that may leave, by warehouse and location.

mod documents;
pub mod rules;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use std::collections::HashMap;

pub use self::documents::paper;
use self::rules::{Filter, Pick};
pub use self::store::list;
use crate::accounts::windows::{self, rules::Window};
use crate::db::Connection;
use crate::error::Result;
use crate::ids::SiteId;

/// When the sites of these lines take goods in.
pub fn windows_of(connection: &mut Connection, picks: &[Pick]) -> Result<HashMap<SiteId, Vec<Window>>> {
    let mut ids: Vec<_> = picks.iter().map(|pick| pick.site_id).collect();
    ids.sort_unstable();
    ids.dedup();
    windows::list_of_sites(connection, &ids)
}

/// Lines of a pick list with when their sites take goods in.
pub type Listed = (Vec<Pick>, HashMap<SiteId, Vec<Window>>);

/// At most `limit` lines behind `after`, with when their sites take goods in.
pub fn list_with_windows(
    connection: &mut Connection,
    filter: &Filter,
    after: Option<rules::Keys>,
    limit: i64,
) -> Result<Listed> {
    let picks = store::list(connection, filter, after, limit)?;
    let windows = windows_of(connection, &picks)?;
    Ok((picks, windows))
}
