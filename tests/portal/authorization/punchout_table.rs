//! The rows of punchout: who manages accounts keeps how they punch out; the shop proves itself by its addresses.

use serde_json::{Value, json};

use super::page_row::{Page, form, read as page};
use super::row::{Callers, Foreign, Row, change, post, read};
use super::table::WHO_MANAGES_ACCOUNTS;
use super::world::World;
use crate::punchout::{ask_profile, setup};

fn none(_: &str) -> Value {
    json!({})
}

fn secret(unique: &str) -> Value {
    json!({"secret": unique})
}

const OF_STAFF: Foreign = Foreign::Nothing;

pub const ROWS: &[Row] = &[
    read(
        "GET /api/v1/supplier/accounts/{id}/punchout",
        WHO_MANAGES_ACCOUNTS,
        OF_STAFF,
    ),
    change(
        "PUT /api/v1/supplier/accounts/{id}/punchout",
        WHO_MANAGES_ACCOUNTS,
        200,
        Some(setup),
        OF_STAFF,
    ),
    change(
        "DELETE /api/v1/supplier/accounts/{id}/punchout",
        WHO_MANAGES_ACCOUNTS,
        204,
        None,
        OF_STAFF,
    ),
    post(
        "POST /api/v1/supplier/accounts/{id}/punchout/rotate-secret",
        WHO_MANAGES_ACCOUNTS,
        200,
        none,
        OF_STAFF,
    ),
    post(
        "POST /api/v1/supplier/accounts/{id}/punchout/rotate-oci-secret",
        WHO_MANAGES_ACCOUNTS,
        200,
        none,
        OF_STAFF,
    ),
    post(
        "POST /api/v1/supplier/accounts/{id}/punchout/rotate-mac-secret",
        WHO_MANAGES_ACCOUNTS,
        200,
        none,
        OF_STAFF,
    ),
    post(
        "POST /api/v1/supplier/accounts/{id}/punchout/out-secret",
        WHO_MANAGES_ACCOUNTS,
        200,
        secret,
        OF_STAFF,
    ),
    read(
        "GET /api/v1/supplier/accounts/{id}/punchout/documents",
        WHO_MANAGES_ACCOUNTS,
        OF_STAFF,
    ),
    read(
        "GET /api/v1/supplier/accounts/{id}/punchout/documents/{which}",
        WHO_MANAGES_ACCOUNTS,
        OF_STAFF,
    ),
    // What came in is not sent.
    post(
        "POST /api/v1/supplier/accounts/{id}/punchout/documents/{which}/resend",
        WHO_MANAGES_ACCOUNTS,
        409,
        none,
        OF_STAFF,
    ),
];

const ANYBODY: Callers = Callers::Anybody;

pub const PAGES: &[Page] = &[
    form("POST /punchout/cxml", ANYBODY, "").giving(200),
    page("GET /punchout/oci", ANYBODY).giving(401),
    form("POST /punchout/oci", ANYBODY, "").giving(401),
    page("GET /punchout/start/{token}", ANYBODY).giving(409),
    page("GET /punchout/s/{token}", ANYBODY).giving(404),
    page("GET /punchout/s/{token}/basket", ANYBODY).giving(404),
    form("POST /punchout/s/{token}/basket", ANYBODY, "").giving(404),
    form("POST /punchout/s/{token}/add", ANYBODY, "").giving(404),
    form("POST /punchout/s/{token}/quick", ANYBODY, "").giving(404),
    form("POST /punchout/s/{token}/return", ANYBODY, "").giving(404),
    form("POST /punchout/s/{token}/cancel", ANYBODY, "").giving(404),
    page("GET /desk/accounts/{id}/punchout", WHO_MANAGES_ACCOUNTS),
    form(
        "POST /desk/accounts/{id}/punchout",
        WHO_MANAGES_ACCOUNTS,
        "buyer_domain=DUNS&buyer_identity={unique}&supplier_domain=DUNS&supplier_identity=2&mode=test",
    ),
    form("POST /desk/accounts/{id}/punchout/rotate", WHO_MANAGES_ACCOUNTS, "").giving(200),
    form("POST /desk/accounts/{id}/punchout/rotate-oci", WHO_MANAGES_ACCOUNTS, "").giving(200),
    form("POST /desk/accounts/{id}/punchout/rotate-mac", WHO_MANAGES_ACCOUNTS, "").giving(200),
    form(
        "POST /desk/accounts/{id}/punchout/out-secret",
        WHO_MANAGES_ACCOUNTS,
        "secret={unique}",
    ),
    page("GET /desk/accounts/{id}/punchout/documents", WHO_MANAGES_ACCOUNTS),
    page(
        "GET /desk/accounts/{id}/punchout/documents/{which}",
        WHO_MANAGES_ACCOUNTS,
    ),
    form(
        "POST /desk/accounts/{id}/punchout/documents/{which}/resend",
        WHO_MANAGES_ACCOUNTS,
        "",
    ),
    page("GET /desk/accounts/{id}/punchout/try", WHO_MANAGES_ACCOUNTS),
    form("POST /desk/accounts/{id}/punchout/try", WHO_MANAGES_ACCOUNTS, "").giving(200),
    form("POST /desk/accounts/{id}/punchout/try/return", WHO_MANAGES_ACCOUNTS, "").giving(200),
    form("POST /desk/accounts/{id}/punchout/try/order", WHO_MANAGES_ACCOUNTS, "").giving(200),
];

impl World {
    /// ACME with a set-up.
    pub async fn punchout(&self) -> String {
        let id = self.account().await;
        let path = format!("/supplier/accounts/{id}/punchout");
        let body = setup("acme").to_string();
        let put = self
            .staff("admin")
            .send(reqwest::Method::PUT, &path, &[("If-Match", "*")], Some(body));
        put.await.expect(200);
        id
    }

    /// The path with a document that came for ACME in it, where it names one.
    pub async fn with_document(&self, path: String) -> String {
        if !path.contains("/punchout/documents/{which}") {
            return path;
        }
        let at = format!("/supplier/accounts/{}/punchout", self.punchout().await);
        let admin = self.staff("admin");
        let rotated = admin.post(&format!("{at}/rotate-secret"), json!({})).await.expect(200);
        ask_profile(&self.anonymous(), "acme", rotated["secret"].as_str().unwrap()).await;
        let documents = admin.get(&format!("{at}/documents")).await.expect(200);
        path.replace("{which}", documents["data"][0]["id"].as_str().unwrap())
    }
}
