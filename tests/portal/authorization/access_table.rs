//! The rows of people's access: second factors, proofs, sessions of others.

use serde_json::{Value, json};

use super::row::{Callers, Foreign, Row, post, read};
use super::table::{ADMIN, ALL_STAFF, STAFF_ADMIN, WHO_STEERS};
use crate::app::PASSWORD;

fn code(_: &str) -> Value {
    json!({"code": "123456"})
}

pub const ROWS: &[Row] = &[
    post(
        "POST /api/v1/auth/second-factor",
        Callers::Anybody,
        // Nobody was given this challenge.
        401,
        |unique| json!({"challenge": unique, "code": "123456"}),
        Foreign::Nothing,
    ),
    post(
        "POST /api/v1/me/confirm",
        Callers::SignedIn,
        204,
        |_| json!({"password": PASSWORD}),
        Foreign::Nothing,
    ),
    read("GET /api/v1/me/second-factor", Callers::SignedIn, Foreign::Nothing),
    // None is set up yet.
    post(
        "POST /api/v1/me/second-factor/confirm",
        Callers::SignedIn,
        409,
        code,
        Foreign::Nothing,
    ),
    post(
        "POST /api/v1/me/second-factor/recovery-codes",
        Callers::SignedIn,
        409,
        code,
        Foreign::Nothing,
    ),
    post(
        "POST /api/v1/me/second-factor/remove",
        Callers::SignedIn,
        409,
        code,
        Foreign::Nothing,
    ),
    Row {
        success: 201,
        ..read("POST /api/v1/me/second-factor", Callers::SignedIn, Foreign::Nothing)
    },
    Row {
        success: 204,
        ..read("DELETE /api/v1/account/members/{id}/sessions", ADMIN, Foreign::Id)
    },
    Row {
        success: 204,
        ..read("DELETE /api/v1/account/members/{id}/second-factor", ADMIN, Foreign::Id)
    },
    Row {
        success: 204,
        ..read(
            "DELETE /api/v1/supplier/members/{id}/sessions",
            WHO_STEERS,
            Foreign::Nothing,
        )
    },
    Row {
        success: 204,
        ..read(
            "DELETE /api/v1/supplier/members/{id}/second-factor",
            WHO_STEERS,
            Foreign::Nothing,
        )
    },
    read("GET /api/v1/supplier/staff", ALL_STAFF, Foreign::Nothing),
    Row {
        success: 204,
        ..read(
            "DELETE /api/v1/supplier/staff/{id}/sessions",
            STAFF_ADMIN,
            Foreign::Nothing,
        )
    },
    Row {
        success: 204,
        ..read(
            "DELETE /api/v1/supplier/staff/{id}/second-factor",
            STAFF_ADMIN,
            Foreign::Nothing,
        )
    },
];
