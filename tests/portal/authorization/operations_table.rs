//! The rows of what operators ask for: that somebody is forgotten, by admins of the staff alone.

use serde_json::json;

use super::page_row::{Page, form, read as page};
use super::row::{Foreign, Row, post, read};
use super::table::STAFF_ADMIN;

pub const ROWS: &[Row] = &[
    // Nobody is known so.
    post(
        "POST /api/v1/supplier/erasures",
        STAFF_ADMIN,
        422,
        |unique| json!({"email": format!("{unique}@nowhere.example")}),
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/erasures", STAFF_ADMIN, Foreign::Nothing),
    read("GET /api/v1/supplier/erasures/{id}", STAFF_ADMIN, Foreign::Nothing),
];

pub const PAGES: &[Page] = &[
    page("GET /desk/erasures", STAFF_ADMIN),
    page("GET /desk/erasures/new", STAFF_ADMIN),
    form(
        "POST /desk/erasures/new",
        STAFF_ADMIN,
        "email={unique}@nowhere.example&again={unique}@nowhere.example",
    )
    .giving(422),
    page("GET /desk/erasures/{id}", STAFF_ADMIN),
];
