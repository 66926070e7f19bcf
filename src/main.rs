//! The program: reads the command, hands over.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    portal::cli::run(&portal::cli::Cli::parse())
}
