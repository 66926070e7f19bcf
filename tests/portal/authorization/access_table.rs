//! The rows of access: second factors, proofs, sessions of others, programs that sign in by themselves.

use serde_json::{Value, json};

use super::row::{Callers, Foreign, Row, change, post, read};
use super::table::{ADMIN, ALL_STAFF, STAFF_ADMIN, WHO_STEERS};
use crate::app::PASSWORD;

fn code(_: &str) -> Value {
    json!({"code": "123456"})
}

fn program(_: &str) -> Value {
    json!({"name": "Acme program", "scopes": ["orders:read"]})
}

fn program_of_supplier(_: &str) -> Value {
    json!({"name": "ERP", "scopes": ["stock:read"]})
}

fn new_program_name(_: &str) -> Value {
    json!({"name": "Acme program, renamed"})
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
    read("GET /api/v1/clients", ADMIN, Foreign::List),
    post("POST /api/v1/clients", ADMIN, 201, program, Foreign::Nothing),
    read("GET /api/v1/clients/{id}", ADMIN, Foreign::Id),
    change(
        "PATCH /api/v1/clients/{id}",
        ADMIN,
        200,
        Some(new_program_name),
        Foreign::Id,
    ),
    Row {
        success: 201,
        ..read("POST /api/v1/clients/{id}/secrets", ADMIN, Foreign::Id)
    },
    Row {
        success: 204,
        ..read("DELETE /api/v1/clients/{id}/secrets/{which}", ADMIN, Foreign::Nothing)
    },
    read("POST /api/v1/clients/{id}/revoke", ADMIN, Foreign::Id),
    read("GET /api/v1/supplier/clients", STAFF_ADMIN, Foreign::Nothing),
    post(
        "POST /api/v1/supplier/clients",
        STAFF_ADMIN,
        201,
        program_of_supplier,
        Foreign::Nothing,
    ),
    read("GET /api/v1/supplier/clients/{id}", STAFF_ADMIN, Foreign::Nothing),
    change(
        "PATCH /api/v1/supplier/clients/{id}",
        STAFF_ADMIN,
        200,
        Some(new_program_name),
        Foreign::Nothing,
    ),
    Row {
        success: 201,
        ..read(
            "POST /api/v1/supplier/clients/{id}/secrets",
            STAFF_ADMIN,
            Foreign::Nothing,
        )
    },
    Row {
        success: 204,
        ..read(
            "DELETE /api/v1/supplier/clients/{id}/secrets/{which}",
            STAFF_ADMIN,
            Foreign::Nothing,
        )
    },
    read(
        "POST /api/v1/supplier/clients/{id}/revoke",
        STAFF_ADMIN,
        Foreign::Nothing,
    ),
    read(
        "GET /api/v1/supplier/accounts/{id}/clients",
        WHO_STEERS,
        Foreign::Nothing,
    ),
    post(
        "POST /api/v1/supplier/accounts/{id}/clients",
        WHO_STEERS,
        201,
        program,
        Foreign::Nothing,
    ),
    read(
        "GET /api/v1/supplier/accounts/{id}/clients/{client}",
        WHO_STEERS,
        Foreign::Nothing,
    ),
    change(
        "PATCH /api/v1/supplier/accounts/{id}/clients/{client}",
        WHO_STEERS,
        200,
        Some(new_program_name),
        Foreign::Nothing,
    ),
    Row {
        success: 201,
        ..read(
            "POST /api/v1/supplier/accounts/{id}/clients/{client}/secrets",
            WHO_STEERS,
            Foreign::Nothing,
        )
    },
    Row {
        success: 204,
        ..read(
            "DELETE /api/v1/supplier/accounts/{id}/clients/{client}/secrets/{which}",
            WHO_STEERS,
            Foreign::Nothing,
        )
    },
    read(
        "POST /api/v1/supplier/accounts/{id}/clients/{client}/revoke",
        WHO_STEERS,
        Foreign::Nothing,
    ),
];
