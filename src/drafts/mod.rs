//! Orders that are not placed yet, as people type them: shared in the account, bad lines too.
//!
//! - [`resolving`]: from what is typed to articles
//! - [`reading`]: a draft with what each line comes to, or what is wrong with it
//! - [`suggesting`]: what an unknown key may have been meant to be
//! - [`offering`]: what could be taken instead of what is not to be had
//! - [`filling`]: what lines weigh, how many pallets they take up, and what would fill those
//! - [`editing`]: lines and heads change
//! - [`repacking`]: a line becomes lines in the best packs
//! - [`shelving`]: drafts begin, are copied and go
//! - [`reordering`]: an order's lines once more
//! - [`placing`]: the good lines become an order
//! - [`spreadsheets`]: uploaded files as tables

pub mod editing;
pub mod filling;
mod interpreting;
#[cfg(test)]
mod mutated;
pub mod offering;
pub mod pages;
pub mod placing;
pub mod reading;
pub mod reordering;
pub mod repacking;
pub mod resolving;
pub mod routes;
pub mod rules;
pub mod sentences;
pub mod shelving;
pub mod spreadsheets;
mod store;
pub mod suggesting;

pub use store::{count_lines, find_current, find_of_order, list_lines};

use self::rules::{Draft, DraftHead};
use crate::db::{Connection, Database};
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, DraftId, PersonId};

/// Most open drafts of an account.
pub const DRAFTS_MAX: i64 = 200;

pub fn get(connection: &mut Connection, account_id: AccountId, id: DraftId) -> Result<Draft> {
    store::find(connection, account_id, id)?.ok_or(Error::NotFound)
}

/// All open drafts of the account, the last changed first.
pub fn list(connection: &mut Connection, account_id: AccountId) -> Result<Vec<DraftHead>> {
    store::list(connection, account_id, DRAFTS_MAX)
}

/// Lines of the draft that the person works on: for the sign beside their name. One statement for every page, so by itself.
pub async fn count(db: &Database, account_id: AccountId, person_id: PersonId) -> Result<i64> {
    let counted = db.ask(store::lines_of_current(account_id, person_id)).await?;
    Ok(counted.first().copied().unwrap_or_default())
}

/// Why a draft can't be changed: it is an order already, or was never there.
fn closed(connection: &mut Connection, account_id: AccountId, id: DraftId) -> Error {
    match get(connection, account_id, id) {
        Ok(Draft {
            placed: Some((_, number)),
            ..
        }) => Error::conflict(Code::DraftPlaced, sentences::placed_as_order(number)),
        Ok(_) => Error::NotFound,
        Err(error) => error,
    }
}
