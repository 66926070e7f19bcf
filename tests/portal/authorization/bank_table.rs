//! The rows of what banks tell: staff read it, who keeps the books decides.

use serde_json::json;

use super::row::{Foreign, Row, act, post, read, reason};
use super::table::{ALL_STAFF, EVERY_MEMBER, WHO_KEEPS_BOOKS};

pub const ROWS: &[Row] = &[
    // A form with a file, which this body is none of.
    post(
        "POST /api/v1/supplier/bank-statements",
        WHO_KEEPS_BOOKS,
        415,
        |_| json!({}),
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/bank-statements", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/bank-statements/{id}", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/bank-entries", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/bank-entries/{id}", ALL_STAFF, Foreign::Nothing),
    act(
        "POST /api/v1/supplier/bank-entries/{id}/book",
        WHO_KEEPS_BOOKS,
        |_| json!({"account": "ACME"}),
    ),
    act(
        "POST /api/v1/supplier/bank-entries/{id}/ignore",
        WHO_KEEPS_BOOKS,
        reason,
    ),
    act(
        "POST /api/v1/supplier/bank-entries/{id}/reopen",
        WHO_KEEPS_BOOKS,
        reason,
    ),
    read("GET /api/v1/account/statement/csv", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/account/statement/pdf", EVERY_MEMBER, Foreign::List),
    read(
        "GET /api/v1/supplier/accounts/{id}/statement/csv",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    read(
        "GET /api/v1/supplier/accounts/{id}/statement/pdf",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    read(
        "GET /api/v1/supplier/accounts/{id}/balance-confirmation/pdf",
        ALL_STAFF,
        Foreign::Nothing,
    ),
];
