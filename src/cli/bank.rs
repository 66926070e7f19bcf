//! `portal bank`: takes in files of banks.

use std::path::PathBuf;

use super::{Failure, Outcome, opening};
use crate::audit::Actor;
use crate::bank::importing;
use crate::bank::reading::csv::{DayOrder, Mapping};
use crate::bank::rules::State;
use crate::clock;
use crate::config::Config;
use crate::sheets::numbers::NumberStyle;

/// What to do with what banks tell.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Take in a file: what is sure is booked, the rest waits on the desk
    Import(Import),
}

/// Which file, and what its columns are where it is a list.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// camt.053, camt.054, MT940 or a list (CSV)
    file: PathBuf,

    /// Of a list: what its columns are, `booked_on=Buchungstag; amount=Betrag`
    #[arg(long, default_value = "")]
    columns: String,

    /// Of a list: the bank account that it is of
    #[arg(long, value_name = "IBAN", default_value = "")]
    account: String,

    /// Of a list without a column for it
    #[arg(long, default_value = "")]
    currency: String,

    /// Of a list: its decimal sign, `point` or `comma`, where it doesn't show it itself
    #[arg(long, value_name = "SIGN", value_parser = NumberStyle::parse)]
    numbers: Option<NumberStyle>,

    /// Of a list: the order of its days, `dmy`, `mdy` or `ymd`, where it doesn't show it itself
    #[arg(long, value_name = "ORDER", value_parser = parse_days)]
    days: Option<DayOrder>,
}

fn parse_days(text: &str) -> Result<DayOrder, String> {
    DayOrder::from_name(text).ok_or_else(|| "is none of dmy, mdy and ymd".to_owned())
}

pub(super) fn run(config: &Config, command: &Command) -> Outcome {
    let Command::Import(import) = command;
    let bytes = std::fs::read(&import.file)
        .map_err(|error| Failure::new(format!("{} can't be read: {error}", import.file.display())))?;
    let mapping = Mapping {
        account: import.account.clone(),
        currency: import.currency.clone(),
        columns: import.columns.clone(),
        numbers: import.numbers,
        days: import.days,
    };
    let name = import
        .file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let file = importing::read(&name, &bytes, &mapping)?;
    let database = opening::open_existing(config)?;
    let (statements, is_known) =
        database.write_now(move |tx| importing::import(tx, &file, &Actor::program("command"), clock::now()))?;
    if is_known {
        println!("{name} was taken in before; nothing changed");
    }
    for one in &statements {
        let waiting = one.count(State::Proposed) + one.count(State::Unknown);
        println!(
            "{} {}: {} entries, {} of them known, {} booked, {waiting} wait",
            one.row.bank_account,
            one.row.currency.code(),
            one.row.entry_count,
            one.row.known_count,
            one.count(State::Booked),
        );
    }
    Ok(())
}
