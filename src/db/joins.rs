//! Which tables may meet in one query of diesel's. Every pair of tables is many implementations for the compiler; all
//! pairs of all tables took a tenth of each check, so only what is joined is named. For its own pairs `diesel
//! print-schema` knows all tables, or all that keys connect, which here is the same.

use diesel::allow_tables_to_appear_in_same_query;

use super::schema::{assortment, products};

allow_tables_to_appear_in_same_query!(assortment, products);
