//! The tables, and which of them may meet in one query of diesel's. A crate of its own, so that the compiler reads the
//! thousands of implementations when a migration changes them, not at each change of the portal.
//!
//! Every pair of tables is many implementations too, so only what is joined is named. For its own pairs `diesel
//! print-schema` knows all tables, or all that keys connect, which here is the same.

include!("tables.rs");

diesel::allow_tables_to_appear_in_same_query!(assortment, products);
