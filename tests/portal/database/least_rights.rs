//! On PostgreSQL whoever serves needs no rights but to rows: as docs/security-operation.md sets two roles up.

use diesel::connection::SimpleConnection;
use portal::clock;
use portal::db::{Connection, Database, Engine, Target, sql};
use portal::error::Result;
use portal::mail::{Mailer, Memory};
use portal::worker::housekeeping;
use serde_json::json;

use crate::app::{PASSWORD, outside_the_runtime, run_until_idle, worker_on};
use crate::client::Client;
use crate::fresh::{bare_postgres, engine};
use crate::orders::shop;

/// A role that may read and change rows; it goes with this value.
struct Serving {
    name: String,
    admin: String,
}

impl Serving {
    fn on(url: &str) -> Self {
        let name = format!("portal_serving_{}", std::process::id());
        bare_postgres(url)
            .batch_execute(&format!(
                "CREATE ROLE {name} LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO {name}; \
                 GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}; \
                 GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}"
            ))
            .unwrap();
        Self {
            name,
            admin: url.to_owned(),
        }
    }

    fn open(&self) -> Database {
        let mut url = url::Url::parse(&self.admin).unwrap();
        url.set_username(&self.name).unwrap();
        Database::open(Target::Postgres(url.into()), 4).unwrap()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let name = &self.name;
        let removed = bare_postgres(&self.admin).batch_execute(&format!("DROP OWNED BY {name}; DROP ROLE {name}"));
        if let Err(error) = removed {
            eprintln!("{name} stays: {error}");
        }
    }
}

#[tokio::test]
async fn whoever_serves_needs_no_rights_but_to_rows() {
    if engine() != Engine::Postgres {
        return;
    }
    let app = shop().await;
    let email = app.add_person("GOLD", "buyer").await;
    let Target::Postgres(url) = app.db().target().clone() else {
        panic!("this is PostgreSQL");
    };
    let serving = Serving::on(&url);
    let db = outside_the_runtime(|| {
        let db = serving.open();
        db.claim_node().unwrap();
        db
    });
    let node = app.node_on(db.clone());
    let client = Client::anonymous(&node.base);
    let tokens = client
        .post("/auth/login", json!({"email": email, "password": PASSWORD}))
        .await
        .expect(200);
    let buyer = client.with_token(tokens["access_token"].as_str().unwrap());
    let placed = buyer
        .place_order(json!({"lines": [{"sku": "BOLT", "unit": "H87", "quantity": "5"}]}))
        .await;
    assert_eq!(placed.expect(201)["state"], "placed");
    let sent = Memory::default();
    let mut worker = worker_on(&db, Mailer::Memory(sent.clone()));
    run_until_idle(&mut worker, clock::now()).await;
    assert!(!sent.take().is_empty(), "mails leave");
    housekeeping::step(&db, clock::now()).await.unwrap();

    for forbidden in [
        "CREATE TABLE mine (id INTEGER)",
        "DROP TABLE orders",
        "ALTER TABLE audit_entries DISABLE TRIGGER ALL",
        "TRUNCATE ledger_entries",
        "CREATE ROLE another",
    ] {
        let refused: Result<usize> = db.write(move |tx: &mut Connection| sql(forbidden).run(tx)).await;
        assert!(refused.is_err(), "{forbidden}");
    }
    drop((node, worker, db));
    app.finish().await;
}
