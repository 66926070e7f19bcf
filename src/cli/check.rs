//! `portal check`: re-derives what everything must add up to.

use super::{Failure, Outcome, opening};
use crate::audit::sealing::{self, Head};
use crate::checks::Breach;
use crate::config::Config;
use crate::db::{Connection, folding};
use crate::error::Result;
use crate::{
    accounts, audit, bank, claims, contracts, inventory, invoices, ledger, mail, orders, pricing, rebate_agreements,
    reminders, shipments, supply, webhooks,
};

/// What a feature checks.
type Check = fn(&mut Connection) -> Result<Vec<Breach>>;

/// Every feature's checks, from the ground up.
const CHECKS: [Check; 21] = [
    audit::checks::run,
    folding::check,
    inventory::checks::run,
    ledger::checks::run,
    accounts::credit::checks::run,
    supply::checks::run,
    pricing::equals::checks::run,
    orders::checks::run,
    orders::promising::checks::run,
    orders::changes::checks::run,
    orders::substituting::checks::run,
    shipments::checks::run,
    invoices::checks::run,
    rebate_agreements::checks::run,
    invoices::rebates::agreed::checks::run,
    bank::checks::run,
    claims::checks::run,
    reminders::checks::run,
    contracts::checks::run,
    mail::checks::run,
    webhooks::checks::run,
];

/// Everything that does not add up.
pub fn everything(connection: &mut Connection) -> Result<Vec<Breach>> {
    let found: Vec<_> = CHECKS.iter().map(|check| check(connection)).collect::<Result<_>>()?;
    Ok(found.concat())
}

/// What to compare with.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Compared {
    /// Where the audit record once ended, as this command or the log said it: tells whether its end was cut off since
    #[arg(long, value_name = "PLACE:HASH", value_parser = parse_head)]
    audit_head: Option<Head>,
}

fn parse_head(text: &str) -> Result<Head, String> {
    let parts = text.split_once(':');
    let head = parts.and_then(|(place, hash)| {
        Some(Head {
            place: place.parse().ok()?,
            hash: hash.to_owned(),
        })
    });
    head.ok_or_else(|| format!("{text} is not like 4711:0a1b…"))
}

pub(super) fn run(config: &Config, compared: &Compared) -> Outcome {
    let database = opening::open_existing(config)?;
    // One snapshot, so that what a server writes meanwhile is either there as a whole or not at all.
    let (breaches, head) = database.read_now(|connection| {
        let mut breaches = everything(connection)?;
        if let Some(kept) = &compared.audit_head {
            breaches.extend(audit::checks::compare(connection, kept)?);
        }
        Ok((breaches, sealing::head(connection)?))
    })?;
    eprintln!("The audit record ends at {}:{}", head.place, head.hash);
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
