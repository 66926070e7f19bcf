//! `portal check`: re-derives what everything must add up to.

use super::{Failure, Outcome, opening};
use crate::checks::Breach;
use crate::config::Config;
use crate::db::Connection;
use crate::error::Result;
use crate::{inventory, invoices, ledger, mail, orders, shipments};

/// What a feature checks.
type Check = fn(&mut Connection) -> Result<Vec<Breach>>;

/// Every feature's checks, from the ground up.
const CHECKS: [Check; 6] = [
    inventory::checks::run,
    ledger::checks::run,
    orders::checks::run,
    shipments::checks::run,
    invoices::checks::run,
    mail::checks::run,
];

/// Everything that does not add up.
pub fn everything(connection: &mut Connection) -> Result<Vec<Breach>> {
    let found: Vec<_> = CHECKS.iter().map(|check| check(connection)).collect::<Result<_>>()?;
    Ok(found.concat())
}

pub(super) fn run(config: &Config) -> Outcome {
    let database = opening::open_existing(config)?;
    // One snapshot, so that what a server writes meanwhile is either there as a whole or not at all.
    let breaches = database.read_now(everything)?;
    for breach in &breaches {
        println!("{breach}");
    }
    match breaches.len() {
        0 => {
            println!("Everything adds up.");
            Ok(())
        }
        count => Err(Failure::new(format!("{count} things do not add up."))),
    }
}
