//! `portal seed`: as many articles, accounts, prices and orders as somebody wants to measure with. The same numbers on
//! the same day give the same rows.
//!
//! - [`sheets`]: the import files
//! - [`orders`]: what was ordered and what became of it

pub mod orders;
pub mod sheets;

use crate::clock::Timestamp;
use crate::db::{Connection, Database, sql};
use crate::error::{Code, Error, Result};
use crate::imports::{self, Folder, Options, Progress, Report};
use crate::mail;
use crate::sentences;

/// Orders made in one transaction. More would make every statement slower: SQLite goes through the pages that the
/// transaction changed at the end of each.
const ORDERS_AT_ONCE: u64 = 20;

/// How much of what.
#[derive(Debug, Clone, Copy)]
pub struct Amounts {
    /// Articles, at least one.
    pub products: u64,
    /// Accounts, at least one.
    pub accounts: u64,
    /// Prices, at least one for each article.
    pub prices: u64,
    /// Orders in the year before now.
    pub orders: u64,
    /// Which of many worlds.
    pub seed: u64,
}

/// Fills an empty, migrated database. Returns what the import said.
pub fn fill(db: &Database, amounts: Amounts, now: Timestamp, progress: &Progress) -> Result<Report> {
    refuse_filled(db)?;
    let begin = orders::begin(now);
    let folder = Folder::from_memory(sheets::all(amounts));
    let report = imports::run_folder(db, &folder, Options::default(), begin, progress)?;
    if !report.is_good() || amounts.orders == 0 {
        return Ok(report);
    }
    progress.start(amounts.orders);
    progress.say(sentences::placing_orders());
    let staff = db.write_now(move |tx| orders::add_staff(tx, begin))?;
    for first in (0..amounts.orders).step_by(usize::try_from(ORDERS_AT_ONCE).map_err(Error::internal)?) {
        let last = (first + ORDERS_AT_ONCE).min(amounts.orders);
        db.write_now(move |tx| {
            for number in first..last {
                orders::simulate(tx, amounts, staff, number, now)?;
            }
            mail::skip_events(tx, now)
        })?;
        progress.advance(last - first);
    }
    progress.finish();
    Ok(report)
}

/// Invented rows among real ones would be hard to get out again.
fn refuse_filled(db: &Database) -> Result<()> {
    let is_filled = |connection: &mut Connection| {
        let known: i64 = sql("SELECT count(*) FROM accounts").one(connection)?;
        let articles: i64 = sql("SELECT count(*) FROM products").one(connection)?;
        Ok(known + articles > 0)
    };
    if db.read_now(is_filled)? {
        return Err(Error::conflict(Code::DuplicateKey, sentences::database_filled()));
    }
    Ok(())
}
