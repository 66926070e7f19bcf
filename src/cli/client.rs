//! `portal client`: programs that sign in by themselves.

use super::{Failure, Outcome, opening};
use crate::audit::Actor;
use crate::config::Config;
use crate::db::{Connection, Database};
use crate::error::{Error, Result};
use crate::identity::clients::{self, Client};
use crate::identity::rules::clients::Given;
use crate::ids::{AccountId, ClientId, ClientSecretId};
use crate::{accounts, clock, sandbox};

/// Programs that are read at a time.
const PAGE: i64 = 200;

/// What to do with programs.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Add a program of an account, or of the supplier; prints its id and its secret, which is shown once
    Add(Add),
    /// List the programs of an account, or of the supplier
    List {
        #[command(flatten)]
        owner: Owner,
    },
    /// End a program with all its secrets and tokens, within seconds
    Revoke {
        /// Id of the program: cli_…
        id: String,
    },
    /// Give a program a new secret beside the one it has, or retire one; prints the new secret, which is shown once
    Rotate {
        /// Id of the program: cli_…
        id: String,
        /// Id of the secret to retire first: cls_…
        #[arg(long, value_name = "SECRET")]
        retire: Option<String>,
        /// Only retire that secret
        #[arg(long, requires = "retire")]
        no_new: bool,
    },
}

/// Whose program it is.
#[derive(Debug, clap::Args)]
pub struct Owner {
    /// Code of the account it belongs to
    #[arg(
        long,
        value_name = "CODE",
        required_unless_present = "supplier",
        conflicts_with = "supplier"
    )]
    account: Option<String>,
    /// It is the supplier's own
    #[arg(long)]
    supplier: bool,
}

/// A program to be added.
#[derive(Debug, clap::Args)]
pub struct Add {
    #[command(flatten)]
    owner: Owner,
    /// In the sandbox of the account: it gets tokens there and nowhere else
    #[arg(long, requires = "account")]
    sandbox: bool,
    /// What people call it
    #[arg(long)]
    name: String,
    /// What it may do: orders:read, orders:write, …; several parted by commas
    #[arg(long, value_name = "SCOPES", value_delimiter = ',', required = true)]
    scopes: Vec<String>,
    /// Address or network it may call from; several parted by commas [default: any]
    #[arg(long, value_name = "NETWORKS", value_delimiter = ',')]
    networks: Vec<String>,
    /// The last day it may call on
    #[arg(long, value_name = "DATE")]
    expires_on: Option<chrono::NaiveDate>,
    /// Requests a minute of its own [default: as many as a person]
    #[arg(long, value_name = "N")]
    requests_per_minute: Option<i64>,
    /// File with public keys (PEM, or a JWK set) to sign with; it then gets no secret
    #[arg(long, value_name = "FILE")]
    public_keys: Option<std::path::PathBuf>,
    /// What it is for
    #[arg(long, default_value = "")]
    description: String,
}

impl Owner {
    fn find(&self, connection: &mut Connection) -> Result<Option<AccountId>> {
        let account = self
            .account
            .as_deref()
            .map(|code| accounts::open_by_code(connection, code));
        Ok(account.transpose()?.map(|account| account.id))
    }
}

pub(super) fn run(config: &Config, command: &Command) -> Outcome {
    match command {
        Command::Add(wanted) => add(config, wanted),
        Command::List { owner } => list(config, owner),
        Command::Revoke { id } => revoke(config, id),
        Command::Rotate { id, retire, no_new } => rotate(config, id, retire.as_deref(), !no_new),
    }
}

fn actor() -> Actor {
    Actor::program("command")
}

fn add(config: &Config, wanted: &Add) -> Outcome {
    let public_keys = wanted.public_keys.as_ref().map(std::fs::read_to_string);
    let given = Given {
        name: wanted.name.clone(),
        description: wanted.description.clone(),
        scopes: wanted.scopes.clone(),
        networks: wanted.networks.clone(),
        expires_on: wanted.expires_on,
        requests_per_minute: wanted.requests_per_minute,
        public_keys: public_keys.transpose()?.unwrap_or_default(),
    };
    let database = opening::open_existing(config)?;
    let owner = database.read_now(|connection| wanted.owner.find(connection))?;
    let place = match owner.filter(|_| wanted.sandbox) {
        None => database,
        Some(account_id) => {
            let found = database.read_now(|connection| sandbox::of_account(connection, account_id));
            let row = found.map_err(|error| match error {
                Error::NotFound => Failure::new("The account has no sandbox. Make one with: portal sandbox add"),
                other => other.into(),
            })?;
            sandbox::open(&database, &row)?
        }
    };
    let (client, secret) = place.write_now(move |tx| clients::add(tx, &actor(), owner, &given, clock::now()))?;
    println!("{}", client.id);
    if let Some(secret) = secret {
        println!("{}", secret.text);
    }
    Ok(())
}

fn list(config: &Config, owner: &Owner) -> Outcome {
    let database = opening::open_existing(config)?;
    let owner = database.read_now(|connection| owner.find(connection))?;
    let mut after = None;
    loop {
        let page = database.read_now(|connection| clients::list(connection, owner, after, PAGE))?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.id);
        page.iter().for_each(tell);
    }
}

fn tell(client: &Client) {
    let scopes: Vec<_> = client.settings.scopes.iter().map(|scope| scope.name()).collect();
    let secrets: Vec<_> = client
        .secrets
        .iter()
        .map(|secret| format!("{} …{}", secret.id, secret.last_four))
        .collect();
    let used = client
        .last_used_at
        .map_or_else(|| "never used".to_owned(), |at| format!("used {}", clock::rfc3339(at)));
    println!(
        "{}\t{}\t{}\t{}\t{}\t{used}",
        client.id,
        client.state(clock::now().date()),
        client.settings.name,
        scopes.join(" "),
        secrets.join(", "),
    );
}

fn parsed(id: &str) -> Result<ClientId, Failure> {
    id.parse().ok().ok_or_else(|| nobody(id))
}

fn nobody(id: &str) -> Failure {
    Failure::new(format!("There is no program with the id {id}."))
}

fn revoke(config: &Config, id: &str) -> Outcome {
    let client = parsed(id)?;
    let database = opening::open_existing(config)?;
    let write = move |tx: &mut Connection| {
        let owner = clients::owner(tx, client)?;
        clients::revoke(tx, &actor(), owner, client, clock::now())
    };
    told(id, database.write_now(write))?;
    println!("{id} opens nothing any more");
    Ok(())
}

fn rotate(config: &Config, id: &str, retire: Option<&str>, with_new: bool) -> Outcome {
    let client = parsed(id)?;
    let unknown = |secret: &str| Failure::new(format!("The program has no secret {secret}."));
    let secret = retire.map(|secret| secret.parse::<ClientSecretId>().ok().ok_or_else(|| unknown(secret)));
    let (secret, database) = (secret.transpose()?, opening::open_existing(config)?);
    let new = told(id, rotated(&database, client, secret, with_new))?;
    if let Some(text) = new {
        println!("{text}");
    }
    Ok(())
}

/// In one transaction, so that a program is never left with neither secret.
fn rotated(
    database: &Database,
    client: ClientId,
    retire: Option<ClientSecretId>,
    with_new: bool,
) -> Result<Option<String>> {
    database.write_now(move |tx| {
        let (owner, now) = (clients::owner(tx, client)?, clock::now());
        if let Some(secret) = retire {
            clients::retire_secret(tx, &actor(), owner, (client, secret), now)?;
        }
        if !with_new {
            return Ok(None);
        }
        let (_, secret) = clients::add_secret(tx, &actor(), owner, client, now)?;
        Ok(Some(secret.text))
    })
}

fn told<T>(id: &str, outcome: Result<T>) -> Result<T, Failure> {
    outcome.map_err(|error| match error {
        Error::NotFound => nobody(id),
        other => other.into(),
    })
}
