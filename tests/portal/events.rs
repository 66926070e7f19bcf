//! The feed of events: everything once, in an order that never changes, to the right account.

use std::collections::BTreeSet;
use std::time::Duration;

use portal::clock::{self, Timestamp};
use portal::db::{Connection, Engine, sql};
use portal::error::Result;
use portal::events::payloads::{AccessChanged, OrderAccepted, OrderShort, PasswordResetRequested, ReceiptBooked};
use portal::events::{self, Entry};
use portal::ids::{
    AccountId, InvoiceId, MessageId, OrderId, PasswordResetId, PaymentId, PersonId, ReceiptId, ShipmentId,
};
use portal::names::sets::AccessChange;
use portal::{accounts, ids};
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::client::Client;
use crate::fresh::engine;
use crate::made_up::{head, issued, parked, placed as made_up_placed, received, shipped};

async fn account_id(app: &TestApp, code: &'static str) -> AccountId {
    let found = app
        .db()
        .read(move |connection| accounts::find_by_code(connection, code));
    found.await.unwrap().unwrap().id
}

/// An event of this type about something made up.
fn entry(kind: &str, account_id: Option<AccountId>) -> Entry {
    let order = || head(OrderId::new());
    match kind {
        "order.placed" => Entry::new(account_id, OrderId::new(), made_up_placed()),
        "order.accepted" => Entry::new(account_id, OrderId::new(), OrderAccepted { order: order() }),
        "order.short" => {
            let short = OrderShort {
                order: order(),
                lines: Vec::new(),
            };
            Entry::new(account_id, OrderId::new(), short)
        }
        "receipt.booked" => {
            let booked = ReceiptBooked {
                warehouse: "NORTH".to_owned(),
                lines: Vec::new(),
            };
            Entry::new(account_id, ReceiptId::new(), booked)
        }
        "access.changed" => {
            let changed = AccessChanged {
                what: AccessChange::Password,
                by: None,
                roles: Vec::new(),
            };
            Entry::new(account_id, PersonId::new(), changed)
        }
        "password_reset.requested" => Entry::new(account_id, PasswordResetId::new(), PasswordResetRequested {}),
        "mail.parked" => Entry::new(account_id, MessageId::new(), parked()),
        "shipment.created" => Entry::new(account_id, ShipmentId::new(), shipped()),
        "invoice.issued" => Entry::new(account_id, InvoiceId::new(), issued()),
        "payment.received" => Entry::new(account_id, PaymentId::new(), received("100.00")),
        other => panic!("{other} is not made up here"),
    }
}

fn record(tx: &mut Connection, kind: &'static str, account_id: Option<AccountId>, now: Timestamp) -> Result<()> {
    events::recording(&entry(kind, account_id), now).run(tx).map(drop)
}

async fn happen(app: &TestApp, kind: &'static str, account_id: Option<AccountId>) {
    let write = move |tx: &mut Connection| record(tx, kind, account_id, clock::now());
    app.db().write(write).await.unwrap();
}

/// Everything behind `after`, page by page.
async fn walk(client: &Client, after: Option<&str>, limit: usize) -> Vec<Value> {
    let (mut all, mut after) = (Vec::new(), after.map(str::to_owned));
    loop {
        let behind = after.map(|id| format!("&after={id}")).unwrap_or_default();
        let page = client.get(&format!("/events?limit={limit}{behind}")).await.expect(200);
        all.extend(page["data"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => {
                assert_eq!(all.last().unwrap()["id"], next);
                after = Some(next.to_owned());
            }
            None => return all,
        }
    }
}

fn kinds(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["type"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn what_was_written_is_told_at_once_and_page_by_page() {
    let app = TestApp::with_accounts().await;
    let viewer = app.person("ACME", "viewer").await;
    let acme = account_id(&app, "ACME").await;
    let before = walk(&viewer, None, 200).await;
    for kind in ["order.placed", "shipment.created", "invoice.issued", "payment.received"] {
        happen(&app, kind, Some(acme)).await;
    }
    let after = before.last().map(|event| event["id"].as_str().unwrap());
    for limit in [1, 2, 3, 200] {
        let events = walk(&viewer, after, limit).await;
        assert_eq!(
            kinds(&events),
            ["order.placed", "shipment.created", "invoice.issued", "payment.received"]
        );
        let subjects: Vec<_> = events
            .iter()
            .map(|event| event["subject"].as_str().unwrap().split('_').next().unwrap())
            .collect();
        assert_eq!(subjects, ["ord", "shp", "inv", "pay"]);
    }
    let one = &walk(&viewer, after, 1).await[0];
    assert!(one["id"].as_str().unwrap().starts_with("evt_"), "{one}");
    assert!(one["occurred_at"].as_str().unwrap().ends_with('Z'), "{one}");
    assert!(one["data"].is_object(), "{one}");
}

#[tokio::test]
async fn nobody_reads_what_is_not_theirs() {
    let app = TestApp::with_accounts().await;
    let (acme, rival) = (app.person("ACME", "buyer").await, app.person("RIVAL", "buyer").await);
    let (acme_id, rival_id) = (account_id(&app, "ACME").await, account_id(&app, "RIVAL").await);
    happen(&app, "order.placed", Some(acme_id)).await;
    happen(&app, "order.accepted", Some(rival_id)).await;
    // Neither what is nobody's nor what opens a door or tells of our own trouble.
    happen(&app, "receipt.booked", None).await;
    happen(&app, "password_reset.requested", Some(acme_id)).await;
    happen(&app, "access.changed", Some(acme_id)).await;
    happen(&app, "mail.parked", Some(acme_id)).await;
    let (own, foreign) = (walk(&acme, None, 200).await, walk(&rival, None, 200).await);
    assert!(kinds(&own).contains(&"order.placed") && !kinds(&own).contains(&"order.accepted"));
    assert!(kinds(&foreign).contains(&"order.accepted") && !kinds(&foreign).contains(&"order.placed"));
    for hidden in [
        "receipt.booked",
        "password_reset.requested",
        "access.changed",
        "mail.parked",
    ] {
        assert!(!kinds(&own).contains(&hidden), "{hidden}");
    }
    let ids = |events: &[Value]| {
        events
            .iter()
            .map(|event| event["id"].to_string())
            .collect::<BTreeSet<_>>()
    };
    assert!(ids(&own).is_disjoint(&ids(&foreign)));
}

#[tokio::test]
async fn who_manages_nobody_reads_nothing_of_members_and_invitations() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let viewer = app.person("ACME", "viewer").await;
    let buyer = app.person("ACME", "buyer").await;
    let acme_id = account_id(&app, "ACME").await;
    let invitation = json!({"email": "new@acme.example", "role": "viewer"});
    admin.post("/invitations", invitation).await.expect(201);
    app.end_person(&app.add_person("ACME", "buyer").await).await;
    happen(&app, "order.placed", Some(acme_id)).await;
    let all = walk(&admin, None, 200).await;
    for kind in ["member.added", "member.removed", "invitation.created", "order.placed"] {
        assert!(kinds(&all).contains(&kind), "{kind}: {all:?}");
    }
    for reader in [&viewer, &buyer] {
        for limit in [1, 200] {
            assert_eq!(kinds(&walk(reader, None, limit).await), ["order.placed"]);
        }
    }
    // Whoever was an admin once goes on from where they were.
    let hidden = all.iter().find(|event| event["type"] == "member.added").unwrap();
    let rest = walk(&viewer, hidden["id"].as_str(), 200).await;
    assert_eq!(kinds(&rest), ["order.placed"]);
}

#[tokio::test]
async fn only_an_event_of_the_account_can_be_gone_on_from() {
    let app = TestApp::with_accounts().await;
    let buyer = app.person("ACME", "buyer").await;
    let (acme_id, rival_id) = (account_id(&app, "ACME").await, account_id(&app, "RIVAL").await);
    for (kind, account_id) in [("order.placed", rival_id), ("mail.parked", acme_id)] {
        happen(&app, kind, Some(account_id)).await;
    }
    let others = app.db().read(move |connection| {
        sql("SELECT id FROM events WHERE type = 'mail.parked' OR account_id = $1")
            .bind(rival_id)
            .rows::<i64>(connection)
    });
    let others = others.await.unwrap().into_iter().map(|id| ids::EventId(id).to_string());
    let made_up = [
        ids::EventId::new().to_string(),
        "evt_1".to_owned(),
        String::new(),
        "9".to_owned(),
    ];
    let expected = ("/after".to_owned(), "cursor_invalid".to_owned());
    for after in others.chain(made_up) {
        let faults = buyer.get(&format!("/events?after={after}")).await.faults();
        assert_eq!(faults, std::slice::from_ref(&expected), "{after}");
    }
    assert_eq!(buyer.get("/events?limit=201").await.faults()[0].0, "/limit");
    assert_eq!(buyer.get("/events?cursor=x").await.faults()[0].1, "unknown_field");
}

#[tokio::test]
async fn a_transaction_that_commits_late_is_not_passed_over() {
    let app = TestApp::with_accounts().await;
    let viewer = app.person("ACME", "viewer").await;
    let acme = account_id(&app, "ACME").await;
    // On SQLite nobody else can commit meanwhile; there the two simply follow each other.
    let slow = match engine() {
        Engine::Postgres => Duration::from_millis(800),
        Engine::Sqlite => Duration::from_millis(50),
    };
    let db = app.db().clone();
    let late = tokio::spawn(async move {
        let write = move |tx: &mut Connection| {
            record(tx, "order.placed", Some(acme), clock::now())?;
            std::thread::sleep(slow);
            Ok(())
        };
        db.write(write).await.unwrap();
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    happen(&app, "order.accepted", Some(acme)).await;
    let seen = walk(&viewer, None, 200).await;
    assert!(kinds(&seen).contains(&"order.accepted"));
    late.await.unwrap();
    let after = seen.last().unwrap()["id"].as_str().unwrap();
    let mut all = seen.clone();
    all.extend(walk(&viewer, Some(after), 200).await);
    let of_kind = |kind: &str| kinds(&all).iter().filter(|one| **one == kind).count();
    assert_eq!((of_kind("order.placed"), of_kind("order.accepted")), (1, 1));
}

#[tokio::test]
async fn a_reader_beside_many_writers_gets_everything_once_in_one_order() {
    const WRITERS: usize = 8;
    const EVENTS: usize = 25;
    let app = TestApp::with_accounts().await;
    let viewer = app.person("ACME", "viewer").await;
    let acme = account_id(&app, "ACME").await;
    let begun = walk(&viewer, None, 200).await;
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| {
            let db = app.db().clone();
            tokio::spawn(async move {
                for turn in 0..EVENTS {
                    let write = move |tx: &mut Connection| {
                        record(tx, "order.placed", Some(acme), clock::now())?;
                        // Commits come in another order than ids.
                        std::thread::sleep(Duration::from_millis((turn as u64 * 7) % 5));
                        record(tx, "order.short", Some(acme), clock::now())
                    };
                    db.write(write).await.unwrap();
                }
            })
        })
        .collect();
    let (mut seen, mut after) = (
        Vec::new(),
        begun.last().map(|event| event["id"].as_str().unwrap().to_owned()),
    );
    while seen.len() < WRITERS * EVENTS * 2 {
        let page = walk(&viewer, after.as_deref(), 17).await;
        if let Some(last) = page.last() {
            after = Some(last["id"].as_str().unwrap().to_owned());
        }
        seen.extend(page.iter().map(|event| event["id"].to_string()));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    let once: BTreeSet<_> = seen.iter().collect();
    assert_eq!((once.len(), seen.len()), (WRITERS * EVENTS * 2, WRITERS * EVENTS * 2));
    let again = walk(&viewer, begun.last().map(|event| event["id"].as_str().unwrap()), 200).await;
    let again: Vec<_> = again.iter().map(|event| event["id"].to_string()).collect();
    assert_eq!(again, seen, "the order never changes");
}

#[tokio::test]
async fn a_page_takes_the_same_statements_for_any_number_of_events() {
    let app = TestApp::with_accounts().await;
    let viewer = app.person("ACME", "viewer").await;
    let acme = account_id(&app, "ACME").await;
    let fill =
        move |tx: &mut Connection| (0..250).try_for_each(|_| record(tx, "order.placed", Some(acme), clock::now()));
    app.db().write(fill).await.unwrap();
    let first = walk(&viewer, None, 200).await[0]["id"].as_str().unwrap().to_owned();
    let statements = async |limit: usize| {
        let mut fewest = u64::MAX;
        for _ in 0..3 {
            let before = app.db().statements();
            viewer
                .get(&format!("/events?after={first}&limit={limit}"))
                .await
                .expect(200);
            fewest = fewest.min(app.db().statements() - before);
        }
        fewest
    };
    assert_eq!(statements(2).await, statements(200).await);
}

#[tokio::test]
async fn more_events_than_a_pass_takes_are_numbered_in_the_order_of_their_ids() {
    let app = TestApp::with_accounts().await;
    let acme = account_id(&app, "ACME").await;
    let fill =
        move |tx: &mut Connection| (0..2_300).try_for_each(|_| record(tx, "order.placed", Some(acme), clock::now()));
    app.db().write(fill).await.unwrap();
    events::catch_up(app.db()).await.unwrap();
    let odd = app.db().read(|connection| {
        sql("SELECT count(*) FROM events a WHERE a.sequence IS NULL OR \
             a.sequence <> (SELECT count(*) FROM events b WHERE b.sequence <= a.sequence) OR EXISTS (\
               SELECT 1 FROM events b WHERE b.sequence = a.sequence + 1 AND b.id < a.id)")
        .one::<i64>(connection)
    });
    assert_eq!(odd.await.unwrap(), 0);
    app.check().await;
}
