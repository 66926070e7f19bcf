//! The suite, one binary. The same tests run on SQLite and, where `PORTAL_TEST_DATABASE` names a server, on PostgreSQL.
//!
//! About the house itself:
//! - [`tidy`]: the source tree keeps its layers, order, names and sizes.
//! - [`schema`]: both engines have the same tables.
//! - [`database`]: what `read` and `write` promise.
#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

mod database;
mod fresh;
mod imports;
mod schema;
mod tidy;
