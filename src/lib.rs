//! The key account portal: priority ordering for the few customers that carry a business.
//!
//! # Where is what
//! A folder for each business noun, with the same file names in each: `mod.rs` (what can be done), `rules.rs` (decisions,
//! pure), `store.rs` (rows and queries), `api.rs` (REST), `routes.rs` (its handlers by name), `files.rs` (its import file),
//! `checks.rs` (what `portal check` derives again), `sentences.rs` (what people read, in no language yet). [`app`]
//! puts them together, [`state`] is what handlers share, [`cli`]
//! has a file for each command, [`db`] both engines.
//!
//! An order's life: [`app::build`] → `orders::api::place_order` → [`db::Database::write`] → [`orders::place`] →
//! [`orders::planning::plan`] (catalogue, prices, tax, credit, stock) → one batch of changes.
//!
//! # What never happens
//! - A rule reads the clock, the database or the network. Time and randomness come from [`clock`] alone.
//! - A float comes near money, a price, a quantity or a rate; something is rounded or cut without a word.
//! - A row of an account is read without the account in the query.
//! - A statement runs once for each line or row of a request.
//! - Blocking work runs outside [`db`] and [`cpu`], whose threads are counted.
//! - A feature uses one that stands below it in this list; `tests/portal/tidy` holds this and the layers.
#![cfg_attr(
    test,
    allow(
        clippy::as_conversions,
        clippy::indexing_slicing,
        clippy::map_err_ignore,
        clippy::string_slice,
        clippy::too_many_lines,
        reason = "a test that can't go on fails"
    )
)]

// The floor
pub mod error;
pub mod clock;
pub mod ids;
pub mod money;
pub mod quantity;
pub mod parties;
pub mod languages;
pub mod names;
pub mod sentences;
pub mod typed;
pub mod keys;
pub mod values;
pub mod version;
pub mod breached;
pub mod kept;
pub mod checks;
pub mod measures;
pub mod traces;
pub mod cpu;
pub mod documents;
pub mod db;
pub mod limits;
pub mod sheets;
pub mod workbooks;
pub mod config;

// Below all features
pub mod events;
pub mod audit;
pub mod mail;
pub mod outbound;
pub mod problem;
pub mod http;
pub mod web;
pub mod worlds;
pub mod state;

// Features; one may use only those above it
pub mod ledger;
pub mod identity;
pub mod views;
pub mod accounts;
pub mod tax;
pub mod catalogue;
pub mod contracts;
pub mod pricing;
pub mod inventory;
pub mod calendars;
pub mod supply;
pub mod substitutes;
pub mod rebate_agreements;
pub mod orders;
pub mod drafts;
pub mod browsing;
pub mod shipments;
pub mod invoices;
pub mod bank;
pub mod claims;
pub mod reminders;
pub mod imports;
pub mod bulk;
pub mod webhooks;
pub mod punchout;
pub mod sandbox;
pub mod operations;
pub mod worker;
pub mod history;
pub mod tracking;
pub mod home;

// The whole
pub mod health;
pub mod app;
pub mod demo;
pub mod seed;
pub mod cli;
