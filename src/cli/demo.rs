//! `portal demo`: an invented supplier to look at, made and served in one go.

use std::fmt::Write;
use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::{Failure, Outcome, logging, opening, serve};
use crate::audit::Actor;
use crate::config::{Config, ServeConfig};
use crate::db::{Database, Target, folder_beside, migrations};
use crate::demo::accounts::{ACCOUNTS, Person, Place, people};
use crate::demo::{self, PASSWORD, SUPPLIER};
use crate::imports::Progress;
use crate::outbound::Hosts;
use crate::{accounts, clock, sandbox};

/// Where the demonstration lives unless told otherwise: never where a real portal does.
const DATA_DIR: &str = "./portal-demo";

/// How to make and serve it.
#[derive(Debug, clap::Args)]
pub struct Demo {
    /// Throw the demonstration away that is there and make a new one
    #[arg(long)]
    fresh: bool,

    #[command(flatten)]
    serve: ServeConfig,
}

pub(super) fn run(config: &Config, demo: &Demo) -> Outcome {
    // A mail told for each step of a whole year would hide how to sign in.
    let config = config.clone().with_data_dir_or(DATA_DIR).with_log_or("warn");
    let mut serving = demo.serve.check_on_loopback(&config)?;
    // Whoever tries webhooks runs what takes them beside it.
    let here = Hosts::parse("localhost,127.0.0.1,[::1]").map_err(Failure::new)?;
    serving.webhook_hosts = serving.webhook_hosts.and(&here);
    let Target::Sqlite(file) = &serving.target else {
        return Err(Failure::new(
            "The demonstration has an embedded database: leave --database-url out.",
        ));
    };
    let exporter = logging::start(&config, serving.tracing.as_ref())?;
    refuse_taken(serving.listen)?;
    refuse_other(file)?;
    if demo.fresh {
        remove(file)?;
        remove_sandboxes(file)?;
    }
    let database = opening::open_or_create(&config, serving.target.clone(), serving.database_connections)?;
    migrations::run(&database)?;
    set_up(&database)?;
    serve::serve_on(database, &serving, exporter, |address| {
        print!("{}", welcome(address));
    })
}

/// Somebody may be serving this very demonstration there; told before anything is thrown away.
fn refuse_taken(listen: SocketAddr) -> Outcome {
    TcpListener::bind(listen)
        .map(drop)
        .map_err(|error| Failure::new(format!("--listen {listen} can't be used: {error}")))
}

/// A database that isn't a demonstration is left alone.
fn refuse_other(file: &Path) -> Outcome {
    if !file.exists() || is_demonstration(file).unwrap_or(false) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} is not a demonstration, so it is left alone. Choose another --data-dir.",
        file.display()
    )))
}

/// True if the file holds the invented supplier, or nothing yet.
fn is_demonstration(file: &Path) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Named {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let names = |connection: &mut SqliteConnection, query: &str| {
        let rows: Vec<Named> = diesel::sql_query(query).load(connection)?;
        QueryResult::Ok(rows.into_iter().map(|row| row.name).collect::<Vec<_>>())
    };
    // Not through the pool, whose connections close in their own time: the file may be removed next.
    let Ok(mut connection) = SqliteConnection::establish(&file.to_string_lossy()) else {
        return Ok(false);
    };
    if names(&mut connection, "SELECT name FROM sqlite_master")?.is_empty() {
        return Ok(true);
    }
    let supplier = names(&mut connection, "SELECT name FROM supplier")?;
    let accounts = names(&mut connection, "SELECT name FROM accounts LIMIT 1")?;
    Ok(match supplier.as_slice() {
        [] => accounts.is_empty(),
        [name] => name == SUPPLIER,
        _ => false,
    })
}

/// Removes the database with the files SQLite keeps beside it.
fn remove(file: &Path) -> Outcome {
    for suffix in ["-wal", "-shm", ""] {
        let mut path = file.as_os_str().to_owned();
        path.push(suffix);
        let path = PathBuf::from(path);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Failure::new(format!("{} can't be removed: {error}", path.display())));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Removes the databases of its sandboxes.
fn remove_sandboxes(file: &Path) -> Outcome {
    let folder = folder_beside(file);
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::new(format!("{} can't be removed: {error}", folder.display())))
        }
        _ => Ok(()),
    }
}

/// Makes what isn't there yet.
fn set_up(database: &Database) -> Outcome {
    database.claim_node()?;
    if database.read_now(demo::is_set_up)? {
        println!(
            "The demonstration in {} is kept; --fresh makes a new one.",
            database.target()
        );
        return Ok(());
    }
    println!("Making a demonstration in {} …", database.target());
    std::io::stdout().flush()?;
    let report = demo::set_up(database, clock::now(), &Progress::on_terminal())?;
    match report.is_good() {
        true => add_sandbox(database),
        // What lies there was changed by somebody before it was complete.
        false => Err(Failure::new(format!(
            "{report}The demonstration can't be completed; begin anew with --fresh."
        ))),
    }
}

/// The first account has a sandbox, so that there is one to look into.
fn add_sandbox(database: &Database) -> Outcome {
    let account = database.read_now(|connection| {
        accounts::open_by_code(connection, ACCOUNTS.first().map_or("", |account| account.code))
    })?;
    sandbox::add(database, account.id, &Actor::program("demo"), clock::now())?;
    Ok(())
}

/// Addresses, sign-ins and two commands to try.
fn welcome(address: SocketAddr) -> String {
    let mut text = format!(
        "\n{SUPPLIER} at http://{address}\n\n  \
         Portal          http://{address}/\n  \
         Desk of staff   http://{address}/desk\n  \
         API to browse   http://{address}/api/docs\n  \
         API document    http://{address}/api/openapi.json\n\n\
         Everybody signs in with the password  {PASSWORD}\n\n"
    );
    let people = people();
    for account in &ACCOUNTS {
        let facts = [account.code, account.country, account.currency, account.tier].join(", ");
        let of_account = |person: &&Person| matches!(person.place, Place::Account(code, _) if code == account.code);
        add_people(&mut text, account.name, &facts, people.iter().filter(of_account));
    }
    let of_staff = |person: &&Person| matches!(person.place, Place::Staff(_));
    add_people(&mut text, SUPPLIER, "staff", people.iter().filter(of_staff));
    text.push_str(&commands(address));
    text
}

fn add_people<'a>(text: &mut String, company: &str, facts: &str, people: impl Iterator<Item = &'a Person>) {
    text.push_str(&format!("  {company} ({facts})\n"));
    for person in people {
        let (Place::Account(_, role) | Place::Staff(role)) = person.place;
        writeln!(text, "    {role:<20} {:<32} {}", person.email, person.name).expect("a text takes every line");
    }
}

/// A sign-in and a quote, to copy into a shell.
fn commands(address: SocketAddr) -> String {
    let url = format!("http://{address}/api/v1");
    let json = "-H 'Content-Type: application/json'";
    let sign_in = format!(r#"{{"email":"jonas@elbtor.example","password":"{PASSWORD}"}}"#);
    let lines = r#"{"lines":[{"sku":"CSY-5X80","unit":"CTN","quantity":3}]}"#;
    let token = r#"sed 's/.*"access_token":"\([^"]*\)".*/\1/'"#;
    format!(
        "\nSign in as a buyer and ask what three cartons of screws cost:\n\n\
         TOKEN=$(curl -s {url}/auth/login {json} -d '{sign_in}' | {token})\n\
         curl -s {url}/prices/quote -H \"Authorization: Bearer $TOKEN\" {json} -d '{lines}'\n\n"
    )
}
