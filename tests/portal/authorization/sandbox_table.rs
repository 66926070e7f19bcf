//! The rows of sandboxes: an account's admins use theirs, who manages accounts keeps them.

use serde_json::{Value, json};

use super::page_row::{Page, form, read as page};
use super::row::{Callers, Foreign, Row, post, read};
use super::table::{ADMIN, ALL_STAFF, WHO_MANAGES_ACCOUNTS};
use super::world::{World, id};
use crate::client::{Client, unique};
use crate::clients;

fn none(_: &str) -> Value {
    json!({})
}

fn days(_: &str) -> Value {
    json!({"days": 1})
}

fn accept(_: &str) -> Value {
    json!({"act": "accept"})
}

fn nothing_fails(_: &str) -> Value {
    json!({"failure": "slow", "times": 0})
}

fn scenario(_: &str) -> Value {
    json!({"scenario": "user_agent"})
}

fn client(_: &str) -> Value {
    json!({"name": "Acme program", "scopes": ["orders:read"]})
}

const OF_ONES_OWN: Foreign = Foreign::Nothing;

pub const ROWS: &[Row] = &[
    read("GET /api/v1/sandbox", ADMIN, OF_ONES_OWN),
    post("POST /api/v1/sandbox/clock", ADMIN, 200, days, OF_ONES_OWN),
    post("POST /api/v1/sandbox/orders/{id}/act", ADMIN, 200, accept, Foreign::Id),
    read("GET /api/v1/sandbox/failures", ADMIN, OF_ONES_OWN),
    post("POST /api/v1/sandbox/failures", ADMIN, 200, nothing_fails, OF_ONES_OWN),
    read("GET /api/v1/sandbox/conformance", ADMIN, OF_ONES_OWN),
    post("POST /api/v1/sandbox/conformance", ADMIN, 200, scenario, OF_ONES_OWN),
    post("POST /api/v1/sandbox/clients", ADMIN, 201, client, OF_ONES_OWN),
    read("GET /api/v1/supplier/accounts/{id}/sandbox", ALL_STAFF, OF_ONES_OWN),
    post(
        "POST /api/v1/supplier/accounts/{id}/sandbox",
        WHO_MANAGES_ACCOUNTS,
        201,
        none,
        OF_ONES_OWN,
    ),
    post(
        "POST /api/v1/supplier/accounts/{id}/sandbox/refresh",
        WHO_MANAGES_ACCOUNTS,
        200,
        none,
        OF_ONES_OWN,
    ),
    post(
        "POST /api/v1/supplier/accounts/{id}/sandbox/reset",
        WHO_MANAGES_ACCOUNTS,
        200,
        none,
        OF_ONES_OWN,
    ),
    Row {
        success: 204,
        body: None,
        ..read(
            "DELETE /api/v1/supplier/accounts/{id}/sandbox",
            WHO_MANAGES_ACCOUNTS,
            OF_ONES_OWN,
        )
    },
    read(
        "GET /api/v1/supplier/accounts/{id}/sandbox/conformance",
        ALL_STAFF,
        OF_ONES_OWN,
    ),
];

/// Whoever looked in leaves at the end.
pub const PAGES: &[Page] = &[
    page("GET /sandbox", ADMIN),
    form("POST /sandbox/begin", ADMIN, "scenario=user_agent"),
    form("POST /sandbox/clock", ADMIN, "days=1"),
    page("GET /desk/accounts/{id}/sandbox", ALL_STAFF),
    form("POST /desk/accounts/{id}/sandbox", WHO_MANAGES_ACCOUNTS, ""),
    form("POST /desk/accounts/{id}/sandbox/refresh", WHO_MANAGES_ACCOUNTS, ""),
    form("POST /desk/accounts/{id}/sandbox/reset", WHO_MANAGES_ACCOUNTS, ""),
    form("POST /desk/accounts/{id}/sandbox/close", WHO_MANAGES_ACCOUNTS, ""),
    form("POST /sandbox/look-in", ADMIN, ""),
    form("POST /desk/accounts/{id}/sandbox/look-in", WHO_MANAGES_ACCOUNTS, ""),
    form("POST /sandbox/leave", Callers::SignedIn, ""),
];

impl World {
    /// What a path of a sandbox names: where one `is_made` an account without, else ACME, which has one then.
    pub async fn sandbox(&self, path: &str, is_made: bool) -> String {
        let desk = self.staff("admin");
        if path == "/supplier/accounts/{id}/sandbox" && is_made {
            let account = json!({"code": unique(), "name": "Without", "country": "NL", "currency": "EUR", "tier": "gold", "payment_terms_days": 30});
            let fresh = desk.post_with_key("/supplier/accounts", &unique(), account).await;
            return id(&fresh.expect(201));
        }
        let account = self.account().await;
        let at = format!("/supplier/accounts/{account}/sandbox");
        if desk.get(&at).await.status == 404 {
            desk.post(&at, json!({})).await.expect(201);
        }
        match path.contains("/orders/") {
            true => self.sandbox_order().await,
            false => account,
        }
    }

    async fn sandbox_order(&self) -> String {
        let admin = self.member("admin");
        let path = admin.get("/sandbox").await.expect(200)["path"]
            .as_str()
            .unwrap()
            .to_owned();
        let (program, secret) = clients::add(admin, "/sandbox/clients", &["orders:write"]).await;
        let inside = Client::anonymous(&format!("{}{path}", self.app().base()));
        let inside = clients::token(&inside, &program, &secret, "").await;
        let line = json!([{"sku": "SHARED", "unit": "H87", "quantity": "1"}]);
        id(&inside.place_order(json!({"lines": line})).await.expect(201))
    }
}
