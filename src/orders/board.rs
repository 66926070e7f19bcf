//! The orders that are not done yet, as staff look at them: ranked, with what stock covers of them.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use super::rules::board::{Board, Counts, Cover, SOON_DAYS};
use super::store::{self, BoardFilter, QueueKeys, Queued};
use crate::db::Connection;
use crate::error::Result;

/// An order in a view.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its head, and whose it is.
    pub queued: Queued,
    /// Its place in the queue, from 1.
    pub place: i64,
    /// How far stock covers it.
    pub cover: Cover,
}

/// What to look for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Which view.
    pub board: Board,
    /// Of the account with this code.
    pub account: Option<String>,
    /// A number, part of a purchase order number, of an account's name or code.
    pub text: Option<String>,
}

fn soon(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(SOON_DAYS)).unwrap_or(today)
}

/// At most `limit` orders of a view by rank, behind `after`.
pub fn list(
    connection: &mut Connection,
    asked: &Asked,
    today: NaiveDate,
    after: Option<&QueueKeys>,
    limit: i64,
) -> Result<Vec<Listed>> {
    let filter = BoardFilter {
        board: asked.board,
        account: asked.account.as_deref(),
        text: asked.text.as_deref(),
        today,
        soon: soon(today),
    };
    let places: HashMap<_, _> = store::list_board(connection, filter, after, limit)?
        .into_iter()
        .collect();
    let ids: Vec<_> = places.keys().copied().collect();
    let heads = store::list_heads(connection, &ids)?;
    let mut covers: HashMap<_, _> = store::list_cover(connection, &ids)?
        .into_iter()
        .map(|cover| (cover.order_id, cover))
        .collect();
    let listed = heads.into_iter().filter_map(|queued| {
        let id = queued.order.id;
        Some(Listed {
            place: *places.get(&id)?,
            cover: covers.remove(&id)?,
            queued,
        })
    });
    Ok(listed.collect())
}

/// How many orders each view shows.
pub fn counts(connection: &mut Connection, today: NaiveDate) -> Result<Counts> {
    store::count_board(connection, today, soon(today))
}
