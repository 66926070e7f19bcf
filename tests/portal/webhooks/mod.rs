//! Webhooks: who is sent what, signed and in order, what becomes of failures, where nothing is ever sent to.

mod keeping;
mod lanes;
mod load;
mod pages;
mod processes;
mod receiver;
mod refusals;
mod sending;

use std::sync::Arc;

use actix_web::web::Data;
use portal::accounts;
use portal::clock::{self, Timestamp};
use portal::db::{Connection, sql};
use portal::documents::Typesetter;
use portal::events::payloads::OrderAccepted;
use portal::events::{self, Entry};
use portal::ids::{AccountId, OrderId};
use portal::outbound::{Courier, Hosts, Names};
use portal::state::AppState;
use portal::worker::webhooks::Webhooks;
use serde_json::{Value, json};

pub use self::receiver::{Deed, Got, Receiver};
use crate::app::{Node, TestApp};
use crate::client::Client;
use crate::made_up::head;

/// A portal whose webhooks may reach this machine.
pub struct Hooked {
    pub app: TestApp,
    node: Node,
    worker: Webhooks,
}

pub fn here() -> Hosts {
    Hosts::parse("127.0.0.1").unwrap()
}

impl Hooked {
    /// With the accounts `ACME` and `RIVAL`.
    pub async fn start() -> Self {
        let app = TestApp::with_accounts().await;
        Self {
            node: app.node_with(|state| state.reaching(here())).await,
            worker: another_worker(&app),
            app,
        }
    }

    /// A new admin of an account.
    pub async fn admin(&self, account: &str) -> Client {
        self.app.person(account, "admin").await.at(&self.node.anonymous())
    }

    /// A new admin of the staff.
    pub async fn staff(&self) -> Client {
        self.app.staff("admin").await.at(&self.node.anonymous())
    }

    pub async fn account_id(&self, code: &'static str) -> AccountId {
        let found = self
            .app
            .db()
            .read(move |connection| accounts::find_by_code(connection, code));
        found.await.unwrap().unwrap().id
    }

    /// An order of an account is accepted: the event of it.
    pub async fn accept(&self, account: &'static str, order: OrderId) {
        let entry = Entry::new(
            Some(self.account_id(account).await),
            order,
            OrderAccepted { order: head(order) },
        );
        self.happen(entry).await;
    }

    pub async fn happen(&self, entry: Entry) {
        self.happen_all(vec![entry]).await;
    }

    /// All at once, in this order.
    pub async fn happen_all(&self, entries: Vec<Entry>) {
        self.happen_at(entries, clock::now()).await;
    }

    /// The same in a transaction that began at `now` and ends at present.
    pub async fn happen_at(&self, entries: Vec<Entry>, now: Timestamp) {
        let entries = Arc::new(entries);
        let write = move |tx: &mut Connection| {
            for entry in entries.iter() {
                events::recording(entry, now).run(tx)?;
            }
            Ok(())
        };
        self.app.db().write(write).await.unwrap();
    }

    /// Queues and sends what is due at this moment, until nothing is.
    pub async fn send_at(&self, now: Timestamp) {
        while self.worker.step(now).await.unwrap().did_anything() {}
    }

    pub async fn send(&self) {
        self.send_at(clock::now()).await;
    }

    /// The states of all deliveries, the oldest first.
    pub async fn states(&self) -> Vec<(String, i32)> {
        let read = self
            .app
            .db()
            .read(|connection| sql("SELECT state, attempts FROM webhook_deliveries ORDER BY id").rows(connection));
        read.await.unwrap()
    }
}

/// One more process that sends webhooks.
pub fn another_worker(app: &TestApp) -> Webhooks {
    let state = AppState::new(app.db().clone(), 0, Typesetter::new(None).unwrap()).unwrap();
    state.readiness.set_ready();
    let courier = Courier::new(here(), Names::System).unwrap();
    Webhooks::new(Data::new(state), courier, "https://portal.example/".parse().unwrap())
}

/// An endpoint at `url` that gets everything; with its secret.
pub async fn endpoint(client: &Client, url: &str) -> Value {
    client
        .post("/webhook-endpoints", json!({"url": url, "description": "ERP"}))
        .await
        .expect(201)
}

pub fn id(thing: &Value) -> &str {
    thing["id"].as_str().unwrap()
}
