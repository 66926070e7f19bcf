//! The program: reads the command, hands over.

use std::process::ExitCode;

use clap::Parser;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    portal::cli::run(&portal::cli::Cli::parse())
}
