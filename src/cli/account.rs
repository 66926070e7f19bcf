//! `portal account`: closes accounts.

use super::{Failure, Outcome, opening};
use crate::accounts;
use crate::audit::Actor;
use crate::clock;
use crate::config::Config;
use crate::error::Error;

/// What to do with accounts.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// End the access of all people of an account
    Close {
        /// The account's code
        code: String,
    },
}

pub(super) fn run(config: &Config, command: &Command) -> Outcome {
    let Command::Close { code } = command;
    let database = opening::open_existing(config)?;
    let wanted = code.clone();
    database
        .write_now(move |tx| accounts::close(tx, &Actor::program("command"), &wanted, clock::now()))
        .map_err(|error| match error {
            Error::NotFound => Failure::new(format!("There is no account {code}.")),
            other => other.into(),
        })?;
    println!("{code} is closed");
    Ok(())
}
