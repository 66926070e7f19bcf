//! `portal keys`: the keys that sign tokens and cookies.

use super::{Failure, Outcome, opening};
use crate::audit::Actor;
use crate::clock::{self, rfc3339};
use crate::config::Config;
use crate::error::Error;
use crate::identity::key_keeping::{self, Use};

/// What to do with signing keys.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Make a new key that signs from now on; the old ones go on proving what they signed
    Rotate,
    /// Show all keys
    List,
    /// Have an old key prove nothing any more
    Retire {
        /// The key's number
        id: i64,
        /// Even if sessions that it signed may go on: their people sign in again
        #[arg(long)]
        now: bool,
    },
}

pub(super) fn run(config: &Config, command: &Command) -> Outcome {
    let database = opening::open_existing(config)?;
    match command {
        Command::Rotate => {
            let id = database.write_now(|tx| key_keeping::rotate(tx, &Actor::program("command"), clock::now()))?;
            println!("key {id} signs from now on; nodes take it up within seconds");
        }
        Command::List => {
            for key in database.read_now(key_keeping::list)? {
                let does = match key.does {
                    Use::Signs => "signs".to_owned(),
                    Use::Proves(until) => format!("proves what it signed, until {}", rfc3339(until)),
                    Use::Retired(at) => format!("retired {}", rfc3339(at)),
                };
                println!("{}\t{}\t{does}", key.id, rfc3339(key.created_at));
            }
        }
        Command::Retire { id, now } => {
            let (id, now) = (*id, *now);
            database
                .write_now(move |tx| key_keeping::retire(tx, &Actor::program("command"), id, now, clock::now()))
                .map_err(|error| match error {
                    Error::NotFound => Failure::new(format!("There is no key {id}.")),
                    other => other.into(),
                })?;
            println!("key {id} is retired");
        }
    }
    Ok(())
}
