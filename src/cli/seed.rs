//! `portal seed`: fills an empty database with invented rows to measure with.

use super::{Failure, Outcome, opening};
use crate::clock;
use crate::config::Config;
use crate::db::migrations;
use crate::imports::Progress;
use crate::seed::{self, Amounts};

/// How much of what.
#[derive(Debug, clap::Args)]
pub struct Seed {
    /// Articles, each with a carton and stock
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=5_000_000))]
    products: u64,

    /// Accounts, each with a price list of its own
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=500_000))]
    accounts: u64,

    /// Prices: a list price for each article, the rest for tiers and accounts
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=20_000_000))]
    prices: u64,

    /// Orders of the year before now, most of them shipped, invoiced and paid
    #[arg(long, value_name = "N", default_value = "0", value_parser = clap::value_parser!(u64).range(0..=10_000_000))]
    orders: u64,

    /// Another number gives other rows
    #[arg(long, value_name = "S", default_value = "1")]
    seed: u64,
}

pub(super) fn run(config: &Config, seed: &Seed) -> Outcome {
    if seed.prices < seed.products {
        return Err(Failure::new(
            "--prices is at least --products: every article has a list price.",
        ));
    }
    let database = opening::open_or_create(config, config.target()?, 0)?;
    migrations::run(&database)?;
    database.claim_node()?;
    let amounts = Amounts {
        products: seed.products,
        accounts: seed.accounts,
        prices: seed.prices,
        orders: seed.orders,
        seed: seed.seed,
    };
    let report = seed::fill(&database, amounts, clock::now(), &Progress::on_terminal())?;
    print!("{report}");
    if !report.is_good() {
        return Err(Failure::new("The rows were refused; nothing was stored."));
    }
    println!("{} orders", seed.orders);
    Ok(())
}
