//! `portal migrate`: brings the database up to date.

use super::{Outcome, opening};
use crate::config::Config;
use crate::db::migrations;

pub(super) fn run(config: &Config) -> Outcome {
    let database = opening::open_or_create(config, config.target()?, 1)?;
    let ran = migrations::run(&database)?;
    match ran.as_slice() {
        [] => println!("{} is up to date", database.target()),
        _ => println!("{} is up to date; {} migrations ran", database.target(), ran.len()),
    }
    Ok(())
}
