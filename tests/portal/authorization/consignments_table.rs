//! The rows of what travels together: who ships it and says that it arrived, who sees it.

use serde_json::json;

use super::page_row::{Page, file, form, read as page};
use super::row::{Foreign, Row, act, change, create, post, read};
use super::table::{ALL_STAFF, EVERY_MEMBER, WHO_MOVES_GOODS};

pub const ROWS: &[Row] = &[
    read("GET /api/v1/consignments", EVERY_MEMBER, Foreign::List),
    read("GET /api/v1/consignments/{id}", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/consignments/{id}/packages", EVERY_MEMBER, Foreign::Id),
    read("GET /api/v1/consignments/{id}/pdf", EVERY_MEMBER, Foreign::Id),
    // Two orders at least, which this names none of.
    post(
        "POST /api/v1/supplier/consignments",
        WHO_MOVES_GOODS,
        422,
        |_| json!({"orders": []}),
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/consignments", ALL_STAFF, Foreign::Nothing),
    read("GET /api/v1/supplier/consignments/{id}", ALL_STAFF, Foreign::Nothing),
    read(
        "GET /api/v1/supplier/consignments/{id}/pdf",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    change(
        "PATCH /api/v1/supplier/consignments/{id}",
        WHO_MOVES_GOODS,
        200,
        Some(|_| json!({"carrier": "Carrier"})),
        Foreign::Nothing,
    ),
    act(
        "POST /api/v1/supplier/consignments/{id}/deliver",
        WHO_MOVES_GOODS,
        |_| json!({}),
    ),
    // A form with files, which this body is none of.
    post(
        "POST /api/v1/supplier/consignments/{id}/proof",
        WHO_MOVES_GOODS,
        415,
        |_| json!({}),
        Foreign::Nothing,
    ),
    read(
        "GET /api/v1/supplier/consignments/{id}/packages",
        ALL_STAFF,
        Foreign::Nothing,
    ),
    create(
        "POST /api/v1/supplier/consignments/{id}/packages",
        WHO_MOVES_GOODS,
        |_| json!({"kind": "CT"}),
    ),
    read(
        "GET /api/v1/supplier/consignments/{id}/labels",
        ALL_STAFF,
        Foreign::Nothing,
    ),
];

/// Pages and forms of the same, and of a package.
pub const PAGES: &[Page] = &[
    page("GET /consignments/{id}", EVERY_MEMBER),
    page("GET /consignments/{id}/note.pdf", EVERY_MEMBER),
    page("GET /desk/consignments", ALL_STAFF),
    page("GET /desk/consignments/export.{format}", ALL_STAFF),
    // It is for a site, which this names none of.
    page("GET /desk/consignments/new", WHO_MOVES_GOODS).giving(303),
    form("POST /desk/consignments", WHO_MOVES_GOODS, "carrier=Carrier").giving(422),
    page("GET /desk/consignments/{id}", ALL_STAFF),
    page("GET /desk/consignments/{id}/pdf", ALL_STAFF),
    page("GET /desk/consignments/{id}/labels", ALL_STAFF),
    form(
        "POST /desk/consignments/{id}/carriage",
        WHO_MOVES_GOODS,
        "carrier=Carrier",
    ),
    form("POST /desk/consignments/{id}/packages", WHO_MOVES_GOODS, "kind=CT"),
    form("POST /desk/consignments/{id}/deliver", WHO_MOVES_GOODS, ""),
    file(
        "POST /desk/consignments/{id}/proof",
        WHO_MOVES_GOODS,
        "files",
        "no picture",
    ),
    page("GET /desk/packages/{id}", WHO_MOVES_GOODS),
    form("POST /desk/packages/{id}", WHO_MOVES_GOODS, "kind=PX"),
];
