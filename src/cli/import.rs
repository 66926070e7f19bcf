//! `portal import`: loads a supplier's files.

use std::path::{Path, PathBuf};

use super::{Failure, Outcome, opening};
use crate::clock;
use crate::config::Config;
use crate::imports::{self, NumberStyle, Options, Progress};

/// What to import and how.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// The folder with the files: supplier.csv, tax_rates.csv, accounts.csv, sites.csv, contacts.csv, products.csv,
    /// units.csv, contracts.csv, commitments.csv, price_lists.csv, prices.csv, discounts.csv, order_minimums.csv, costs.csv, margin_floors.csv, assortment.csv, early_access.csv, substitutes.csv, entitlements.csv, rebates.csv, rebate_tiers.csv, team.csv,
    /// stock.csv, expected_receipts.csv, calendars.csv, holidays.csv, allocation_modes.csv, quotas.csv, orders.csv, or some of them
    #[arg(value_name = "DIR")]
    dir: PathBuf,

    /// Check every row and change nothing
    #[arg(long, env = "PORTAL_IMPORT_DRY_RUN")]
    dry_run: bool,

    /// Leave bad rows out instead of applying nothing
    #[arg(long, env = "PORTAL_IMPORT_KEEP_VALID")]
    keep_valid: bool,

    /// The decimal sign of the files' numbers, `point` or `comma`, where they don't show it themselves
    #[arg(long, env = "PORTAL_IMPORT_NUMBERS", value_name = "SIGN", value_parser = NumberStyle::parse)]
    numbers: Option<NumberStyle>,
}

/// What the folder is called, wherever it lies.
fn folder_name(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    whole.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

pub(super) fn run(config: &Config, import: &Import) -> Outcome {
    let database = opening::open_existing(config)?;
    let options = Options {
        dry_run: import.dry_run,
        keep_valid: import.keep_valid,
        numbers: import.numbers,
    };
    let now = clock::now();
    let report = imports::run(&database, &import.dir, options, now, &Progress::on_terminal())?;
    let (recorded, name) = (report.clone(), folder_name(&import.dir));
    database.write_now(move |tx| imports::runs::record_command(tx, &name, &recorded, now))?;
    print!("{report}");
    if import.dry_run {
        println!("nothing was changed: this was a dry run");
    }
    if report.is_good() {
        return Ok(());
    }
    let bad: u64 = report.files.iter().map(|file| file.bad).sum();
    Err(Failure::new(match (report.applied, import.dry_run) {
        (true, _) => format!("{bad} bad rows were left out; all others are imported."),
        (false, true) => format!("{bad} rows are bad."),
        (false, false) => {
            format!("{bad} rows are bad, so nothing was imported. Mend them, or leave them out with --keep-valid.")
        }
    }))
}
