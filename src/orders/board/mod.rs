//! The orders that are not done yet, as staff look at them: ranked, with what stock covers of them.

pub mod rules;
pub mod store;
pub mod supplier_pages;

use chrono::NaiveDate;

use self::rules::{Counts, Cover};
use super::rules::listing::{Filter, Keys, Sort};
use super::rules::promise::soon;
use super::store::{Listed, list as list_orders};
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;

/// An order in a view.
#[derive(Debug, Clone)]
pub struct Ranked {
    /// Its head, whose it is, and its place.
    pub listed: Listed,
    /// How far stock covers it.
    pub cover: Cover,
}

/// At most `limit` orders of the filter's view by rank, behind `after`.
pub fn list(connection: &mut Connection, filter: &Filter, after: Option<&Keys>, limit: i64) -> Result<Vec<Ranked>> {
    let listed = list_orders(connection, Scope::All, filter, Sort::Priority, after, limit)?;
    let ids: Vec<_> = listed.iter().map(|listed| listed.order.id).collect();
    let mut covers = store::list_cover(connection, &ids)?;
    let ranked = listed.into_iter().filter_map(|listed| {
        let cover = covers.remove(&listed.order.id)?;
        Some(Ranked { listed, cover })
    });
    Ok(ranked.collect())
}

/// How many orders each view shows.
pub fn counts(connection: &mut Connection, today: NaiveDate) -> Result<Counts> {
    store::count_board(connection, today, soon(today))
}
