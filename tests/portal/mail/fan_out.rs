//! Which event makes which mails, for whom, and each once.

use std::collections::BTreeSet;

use portal::clock;
use portal::db::{Connection, sql};
use portal::events::Event;
use portal::events::payloads::PaymentReceived;
use portal::mail::{Mailer, Memory};
use serde_json::json;

use super::{about, line, order, pay, receivers, shop, stored};
use crate::app::run_until_idle;
use crate::made_up::received;

#[tokio::test]
async fn an_order_reaches_who_placed_it_and_the_accounts_buyers_and_admins() {
    let app = shop().await;
    let emails: Vec<_> = [
        app.add_person("ACME", "buyer").await,
        app.add_person("ACME", "admin").await,
        app.add_person("ACME", "finance").await,
        app.add_person("ACME", "viewer").await,
        app.add_person("RIVAL", "admin").await,
    ]
    .into();
    app.mails().await;
    let buyer = app.sign_in(&emails[0]).await;
    order(&buyer, "PO-1").await;
    let mails = app.mails().await;
    let mut expected = emails[..2].to_vec();
    expected.sort();
    assert_eq!(receivers(&mails), expected);
    let why = |email: &str| {
        let mail = mails.iter().find(|mail| mail.email == email).unwrap();
        mail.texts.text.clone()
    };
    assert!(why(&emails[0]).contains("because you placed the order"));
    assert!(why(&emails[1]).contains("Your role at Acme Works brings you this mail."));
    app.finish().await;
}

#[tokio::test]
async fn money_reaches_finance_or_whoever_is_there() {
    let app = shop().await;
    let payment = PaymentReceived {
        on_account: "1.00".to_owned(),
        ..received("1.00")
    };
    let viewer = app.add_person("RIVAL", "viewer").await;
    let (finance, _buyer) = (
        app.add_person("ACME", "finance").await,
        app.add_person("ACME", "buyer").await,
    );
    app.mails().await;
    pay(&app, "ACME", payment.clone()).await;
    pay(&app, "RIVAL", payment).await;
    let mails = app.mails().await;
    let mut expected = vec![finance, viewer.clone()];
    expected.sort();
    assert_eq!(receivers(&mails), expected);
    let fallback = mails.iter().find(|mail| mail.email == viewer).unwrap();
    assert!(
        fallback
            .texts
            .text
            .contains("Sonst bekommt bei Rival Werke niemand Mails dieser Art")
    );
}

#[tokio::test]
async fn what_somebody_switched_off_or_is_elsewhere_does_not_reach_them() {
    let app = shop().await;
    let (placer, muted, south) = (
        app.person("ACME", "buyer").await,
        app.add_person("ACME", "buyer").await,
        app.add_person("ACME", "buyer").await,
    );
    let (of_muted, of_south) = (muted.clone(), south.clone());
    let choose = move |tx: &mut Connection| {
        sql("INSERT INTO muted_mails (person_id, kind) SELECT id, 'order_placed' FROM people WHERE email = $1")
            .bind(&of_muted)
            .run(tx)?;
        sql(
            "INSERT INTO person_sites (person_id, site_id) SELECT p.id, s.id FROM people p \
             JOIN sites s ON s.account_id = p.account_id AND s.code = 'SOUTH' WHERE p.email = $1",
        )
        .bind(&of_south)
        .run(tx)
    };
    app.db().write(choose).await.unwrap();
    app.mails().await;
    order(&placer, "PO-1").await;
    let to_main = receivers(&app.mails().await);
    assert!(
        to_main.len() == 1 && !to_main.contains(&muted) && !to_main.contains(&south),
        "{to_main:?}"
    );
    let south_order = json!({"po_number": "PO-2", "ship_to": "SOUTH", "lines": [line("BOLT", "XCT", "1")]});
    let placed = placer.place_order(south_order).await.expect(201);
    assert!(receivers(&app.mails().await).contains(&south));
    let cancel = format!("/orders/{}/cancel", placed["id"].as_str().unwrap());
    placer.post(&cancel, json!({})).await.expect(200);
    assert!(
        receivers(&app.mails().await).contains(&muted),
        "only the one kind is off"
    );
    app.finish().await;
}

#[tokio::test]
async fn the_team_hears_of_what_is_urgent_and_the_admins_where_there_is_none() {
    let app = shop().await;
    let (manager, admin) = (
        app.staff_named("kim@northwind.example", "key_account_manager").await,
        "ada@northwind.example",
    );
    app.staff_named(admin, "admin").await;
    app.import(&[(
        "team.csv",
        "email,account,function,position,phone\nkim@northwind.example,ACME,key_account_manager,1,+31 20 7654321\n",
    )])
    .await;
    let (acme, rival) = (app.person("ACME", "buyer").await, app.person("RIVAL", "buyer").await);
    app.mails().await;
    for (client, po_number) in [(&acme, "PO-1"), (&rival, "PO-2")] {
        let critical = json!({"po_number": po_number, "order_class": "critical", "lines": [line("BOLT", "XCT", "1")]});
        client.place_order(critical).await.expect(201);
    }
    let mails = app.mails().await;
    let to_team = about(&mails, "Critical order");
    let receivers: BTreeSet<_> = to_team.iter().map(|mail| mail.email.as_str()).collect();
    assert_eq!(receivers, BTreeSet::from(["kim@northwind.example", admin]));
    assert!(
        to_team
            .iter()
            .any(|mail| mail.texts.text.contains("You look after Acme Works"))
    );
    // The account's people are told whom to ask.
    let to_buyer = about(&mails, "[PO-1]");
    assert!(
        to_buyer[0].texts.text.contains("Questions? Ask"),
        "{}",
        to_buyer[0].texts.text
    );
    assert!(
        to_buyer[0].texts.text.contains("+31 20 7654321"),
        "{}",
        to_buyer[0].texts.text
    );
    drop(manager);
}

#[tokio::test]
async fn workers_beside_each_other_mail_each_event_once() {
    const ORDERS: usize = 20;
    let app = shop().await;
    let emails = [
        app.add_person("ACME", "buyer").await,
        app.add_person("ACME", "admin").await,
    ];
    app.mails().await;
    let buyer = app.sign_in(&emails[0]).await;
    let sent = Memory::default();
    let workers: Vec<_> = (0..4).map(|_| app.worker(Mailer::Memory(sent.clone()))).collect();
    let running: Vec<_> = workers
        .into_iter()
        .map(|mut worker| {
            tokio::spawn(async move {
                // Longer than the orders take.
                for _ in 0..40 {
                    run_until_idle(&mut worker, clock::now()).await;
                    tokio::time::sleep(std::time::Duration::from_millis(10)).await;
                }
            })
        })
        .collect();
    for number in 0..ORDERS {
        order(&buyer, &format!("PO-{number}")).await;
    }
    for worker in running {
        worker.await.unwrap();
    }
    let mut last = app.worker(Mailer::Memory(sent.clone()));
    run_until_idle(&mut last, clock::now()).await;
    let mails = sent.take();
    let named: BTreeSet<_> = mails.iter().map(|mail| mail.name.clone()).collect();
    assert_eq!((mails.len(), named.len()), (ORDERS * 2, ORDERS * 2));
    for number in 0..ORDERS {
        assert_eq!(about(&mails, &format!("[PO-{number}]")).len(), 2);
    }
    app.finish().await;
}

#[tokio::test]
async fn a_person_who_lost_access_gets_nothing_more() {
    let app = shop().await;
    let (staying, leaving) = (
        app.add_person("ACME", "buyer").await,
        app.add_person("ACME", "admin").await,
    );
    app.mails().await;
    let buyer = app.sign_in(&staying).await;
    order(&buyer, "PO-1").await;
    // Queued by now, and not sent.
    let fanned = app.db().write(|tx| {
        let now = clock::now();
        let events = portal::mail::begin_fan_out(tx, 100)?;
        let mut audiences = portal::accounts::audiences::Audiences::begin(tx, now)?;
        let of_orders = events.iter().filter_map(|event| match &event.event {
            Event::Order(about) => Some((event, about)),
            _ => None,
        });
        let all: Vec<_> = of_orders.collect();
        let drafts = portal::orders::mails::drafts(tx, &mut audiences, &all)?;
        portal::mail::end_fan_out(tx, &events, &drafts, now)
    });
    assert_eq!(fanned.await.unwrap(), 2);
    app.end_person(&leaving).await;
    let mails = app.mails().await;
    assert_eq!(receivers(&mails), [staying]);
    let messages = stored(&app).await;
    let parked = messages.iter().find(|message| message.email == leaving).unwrap();
    assert_eq!(parked.state, "parked");
    // Nobody needs to do anything about it.
    assert!(
        messages.iter().all(|message| message.kind != "dead_letter"),
        "{messages:?}"
    );
    app.check().await;
}
