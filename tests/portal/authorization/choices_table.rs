//! The rows of what accounts usually decide, and of what is sent instead of what waits.

use serde_json::json;

use super::catalogue_table::WHO_KEEPS_CATALOGUE;
use super::row::{Foreign, Row, change, create, read};
use super::table::{ADMIN, ALL_STAFF, EVERY_MEMBER};

pub const ROWS: &[Row] = &[
    read("GET /api/v1/account/order-choices", EVERY_MEMBER, Foreign::Nothing),
];
