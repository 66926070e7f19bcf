//! The suite, one binary. The same tests run on SQLite and, where `PORTAL_TEST_DATABASE` names a server, on PostgreSQL.
//!
//! About the house itself:
//! - [`tidy`]: the source tree keeps its layers, order, names and sizes.
//! - [`schema`]: both engines have the same tables.
//! - [`database`]: what `read` and `write` promise.
//! - [`openapi`]: the committed API document.
//!
//! What callers meet:
//! - [`requests`]: what all requests and answers have in common.
//! - [`sign_in`]: signing in, staying signed in, being out.
//! - [`wire`]: requests as bytes, and where each ends.
//! - [`strangers`]: where requests come from, and what strangers who guess do to others.
//! - [`audit`], [`audit_actions`]: what stands in the audit record, and that it is whole.
//! - [`hostile`]: files and forms made to hurt.
//! - [`people`]: invitations, members, passwords, sessions, teams, choices of mails.
//! - [`account_editing`]: staff change accounts, their people, sites and teams.
//! - [`authorization`]: every operation and every kind of caller.
//! - [`clients`]: programs that sign in by themselves.
//! - [`orders`]: placing, keys, stock, credit.
//! - [`cash`]: from the queue to the money: allocation, shipments, invoices, payments.
//! - [`catalogue`]: search, pages, labels, units, prices and stock as accounts see them.
//! - [`price_changes`]: costs, margin floors, and prices that are to hold from a day on.
//! - [`price_editing`]: staff keep price lists and prices.
//! - [`catalogue_editing`]: staff keep products, units and assortments.
//! - [`look_alikes`]: keys that look alike are one key.
//! - [`strict_values`]: mail addresses, VAT ids and the like have one check.
//! - [`events`]: the feed of events.
//! - [`mail`]: who gets which mail when, what it says, and how it leaves.
//! - [`webhooks`]: who is sent which event, signed and in order, and where nothing is sent to.
//! - [`punchout`]: people shop from inside their procurement system, and orders come by it.
//! - [`sandbox`]: nothing of a sandbox is in the portal; its clock, its failures, what programs show there.
//! - [`supply`]: dates that hold: what is expected, and what of it is promised to whom.
//! - [`pages`]: the pages as the server gives them.
//! - [`bulk`]: rows sent in bulk, and what became of each.
//! - [`imports_by_rest`]: imports that staff begin by REST and on the desk.
//! - [`imports`]: import files.
//! - [`trade`]: whole folders of trade cost what they should.
//! - [`demo`]: the invented supplier of `portal demo`.
//!
//! What the operator relies on:
//! - [`breaches`]: what was changed by hand is found.
//! - [`logging`], [`logged_attempts`]: lines of the log, and what of attempts and faults they tell.
//! - [`certificates`]: whom nothing is sent to.
//! - [`operations`]: doctor, export, erasure, metrics, traces, backups.
//! - [`crash`]: nothing acknowledged is lost, whatever dies.
//!
//! Tools: [`app`] serves the real routes, [`client`] calls them, [`browser`] shows pages, [`fresh`] makes databases, [`program`] runs the binary.
#![allow(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::map_err_ignore,
    clippy::string_slice,
    clippy::too_many_lines,
    reason = "a test that can't go on fails"
)]

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod account_editing;
mod app;
mod audit;
mod audit_actions;
mod authorization;
mod breaches;
mod browser;
mod bulk;
mod cash;
mod catalogue;
mod catalogue_editing;
mod certificates;
mod client;
mod clients;
mod conditional;
mod crash;
mod database;
mod demo;
mod events;
mod following;
mod fresh;
mod hostile;
mod imports;
mod imports_by_rest;
mod logged_attempts;
mod logging;
mod look_alikes;
mod made_up;
mod mail;
mod openapi;
mod openapi_changes;
mod operations;
mod orders;
mod packs;
mod pages;
mod people;
mod plans;
mod price_changes;
mod price_editing;
mod program;
mod promises;
mod punchout;
mod requests;
mod sandbox;
mod schema;
mod sign_in;
mod statements;
mod strangers;
mod strict_values;
mod supply;
mod tidy;
mod trade;
mod webhooks;
mod wire;
