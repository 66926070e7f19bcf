//! The commands, one file each. A new one is a variant of [`Command`] and a line in [`dispatch`].
#![allow(clippy::print_stdout)]

mod account;
mod backup;
mod bank;
pub mod check;
mod client;
mod demo;
mod doctor;
mod erase;
mod export;
mod import;
mod keys;
mod logging;
mod migrate;
mod openapi;
mod opening;
mod probe;
mod sandbox;
mod seed;
mod serve;
mod user;
mod worker;

use std::process::ExitCode;

use crate::config::{Config, Problems, ServeConfig, WorkerConfig};
use crate::error::Error;

/// The command line.
#[derive(Debug, clap::Parser)]
#[command(name = "portal", version, about, max_term_width = 120)]
pub struct Cli {
    #[command(flatten)]
    config: Config,
    #[command(subcommand)]
    command: Command,
}

/// What to do.
#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Serve the portal
    Serve(ServeConfig),
    /// Only send mails and keep house; several may run beside each other and beside servers
    Worker(WorkerConfig),
    /// Make an invented supplier to look at, and serve it
    Demo(demo::Demo),
    /// Bring the database up to date
    Migrate,
    /// Load a supplier's files: all rows are checked, then applied
    Import(import::Import),
    /// What banks tell: take in files of theirs
    #[command(subcommand)]
    Bank(bank::Command),
    /// Fill an empty database with invented rows to measure with
    Seed(seed::Seed),
    /// Add people and end their access
    #[command(subcommand)]
    User(user::Command),
    /// Programs that sign in by themselves: add, list, revoke, and give new secrets
    #[command(subcommand)]
    Client(client::Command),
    /// Change the keys that sign tokens
    #[command(subcommand)]
    Keys(keys::Command),
    /// Close accounts
    #[command(subcommand)]
    Account(account::Command),
    /// Twins of accounts that programs try things out in: make, refresh, reset and close
    #[command(subcommand)]
    Sandbox(sandbox::Command),
    /// Write everything of an installation with the embedded database into one file, while it works
    Backup(backup::Backup),
    /// Make an installation of a backup, and check it
    Restore(backup::Restore),
    /// Write all that is kept of an account into files: for the account, or before it goes
    Export(export::Export),
    /// Look at everything that an installation stands on, and say what to do where something is wrong
    Doctor(Box<doctor::Doctor>),
    /// Ask the server of this machine whether it takes requests: for health checks of containers
    Probe(probe::Probe),
    /// Re-derive what stock, ledger and orders must add up to, and compare
    Check(check::Compared),
    /// Print the API document
    Openapi,
}

/// Why a command failed, in a line or a few for the person at the terminal.
type Outcome = Result<(), Failure>;

fn dispatch(cli: &Cli) -> Outcome {
    match &cli.command {
        Command::Serve(serve) => serve::run(&cli.config, serve),
        Command::Worker(worker) => worker::run(&cli.config, worker),
        Command::Demo(demo) => demo::run(&cli.config, demo),
        Command::Migrate => migrate::run(&cli.config),
        Command::Import(import) => import::run(&cli.config, import),
        Command::Bank(command) => bank::run(&cli.config, command),
        Command::Seed(seed) => seed::run(&cli.config, seed),
        Command::User(command) => user::run(&cli.config, command),
        Command::Client(command) => client::run(&cli.config, command),
        Command::Keys(command) => keys::run(&cli.config, command),
        Command::Account(command) => account::run(&cli.config, command),
        Command::Sandbox(command) => sandbox::run(&cli.config, command),
        Command::Backup(wanted) => backup::backup(&cli.config, wanted),
        Command::Restore(wanted) => backup::restore(&cli.config, wanted),
        Command::Export(wanted) => export::run(&cli.config, wanted),
        Command::Doctor(wanted) => doctor::run(&cli.config, wanted),
        Command::Probe(wanted) => probe::run(wanted),
        Command::Check(compared) => check::run(&cli.config, compared),
        Command::Openapi => openapi::run(),
    }
}

/// Runs the command; a failure is printed to stderr and exits with 1.
pub fn run(cli: &Cli) -> ExitCode {
    match dispatch(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(text)) => {
            for line in text.lines() {
                eprintln!("portal: {line}");
            }
            ExitCode::FAILURE
        }
    }
}

/// What went wrong.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// With these words.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        // Drivers tell things over several lines; here each error is one.
        let text = error.to_string();
        Self(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Self(problems.to_string())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}
