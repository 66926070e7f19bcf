//! One statement that reads, by itself: it sees one state of the database without a transaction around it, which on PostgreSQL
//! would take two more round trips.

use std::time::Instant;

use super::work::{kept, waited};
use super::{Database, FromRow, Statement, violations};
use crate::cpu::caught;
use crate::error::Result;

impl Database {
    /// The rows of a statement that only reads.
    pub async fn ask<R: FromRow + Send + 'static>(&self, statement: Statement) -> Result<Vec<R>> {
        let (mut work, outcome) = kept("read", move |connection| statement.clone().rows(connection));
        let (database, asked) = (self.clone(), Instant::now());
        let reading = move || {
            waited("read", asked);
            database.with_retry(&mut |connection| caught(|| work(connection)).map_err(violations::of_a_read))
        };
        self.threads.run(reading).await?;
        outcome.take()
    }
}
