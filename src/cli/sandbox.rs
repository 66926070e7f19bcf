//! `portal sandbox`: twins of accounts that programs try things out in.

use super::{Failure, Outcome, opening};
use crate::accounts::sandboxes::{self, SandboxRow};
use crate::audit::Actor;
use crate::config::Config;
use crate::db::Database;
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::{accounts, clock, sandbox, worlds};

/// What to do with sandboxes.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Make a sandbox of an account; prints its path below the portal's address
    Add {
        /// The account's code
        account: String,
    },
    /// List the sandboxes
    List,
    /// Take over the account's prices and catalogue anew, and fill the stock up
    Refresh {
        /// The account's code
        account: String,
    },
    /// Begin anew without orders and events; programs and webhooks stay
    Reset {
        /// The account's code
        account: String,
    },
    /// End a sandbox with everything in it
    Close {
        /// The account's code
        account: String,
    },
}

type Work = fn(&Database, AccountId, &Actor, clock::Timestamp) -> Result<SandboxRow>;

pub(super) fn run(config: &Config, command: &Command) -> Outcome {
    let (code, work, told): (_, Work, _) = match command {
        Command::Add { account } => (account, sandbox::add, ""),
        Command::List => return list(config),
        Command::Refresh { account } => (account, sandbox::refresh, "is refreshed"),
        Command::Reset { account } => (account, sandbox::reset, "begins anew"),
        Command::Close { account } => (account, sandbox::close, "is closed"),
    };
    let database = opening::open_existing(config)?;
    let account = database.read_now(|connection| accounts::open_by_code(connection, code))?;
    let row = work(&database, account.id, &Actor::program("command"), clock::now()).map_err(|error| match error {
        Error::NotFound => Failure::new(format!("The account {code} has no sandbox.")),
        other => other.into(),
    })?;
    match told {
        "" => println!("{}", worlds::path(row.id)),
        told => println!("The sandbox of {code} {told}"),
    }
    Ok(())
}

fn list(config: &Config) -> Outcome {
    let database = opening::open_existing(config)?;
    let rows = database.read_now(|connection| {
        let rows = sandboxes::list(connection)?;
        let with_code = |row: SandboxRow| Ok((accounts::get(connection, row.account_id)?.code, row));
        rows.into_iter().map(with_code).collect::<Result<Vec<_>>>()
    })?;
    for (code, row) in rows {
        let open = sandboxes::rules::open(&row.passed).len();
        println!(
            "{code}\t{}\t{} days ahead\t{open} scenarios open",
            worlds::path(row.id),
            row.ahead_s / 86_400
        );
    }
    Ok(())
}
