//! Mails to contacts, people of an account who do not sign in.

use portal::clock;
use portal::events::Event;
use portal::events::payloads::PaymentReceived;
use reqwest::Method;
use serde_json::json;

use super::{header, order, pay, receivers, shop, stored};
use crate::app::TestApp;
use crate::made_up::received;

const CONTACTS: &str = "account,contact,name,email,site,language,mails\n\
     ACME,AP,Payables,ap@acme.example,,de,payment_received order_placed\n\
     ACME,AP2,Payables too,AP@acme.example,,,payment_received\n\
     ACME,SOUTH,South,south@acme.example,SOUTH,,order_placed\n\
     ACME,QUIET,Quiet,quiet@acme.example,,,\nRIVAL,AP,Rival payables,ap@rival.example,,,payment_received\n";

fn payment() -> PaymentReceived {
    PaymentReceived {
        on_account: "1.00".to_owned(),
        ..received("1.00")
    }
}

async fn with_contacts() -> TestApp {
    let app = shop().await;
    app.import(&[("contacts.csv", CONTACTS)]).await;
    app
}

#[tokio::test]
async fn contacts_get_the_kinds_they_chose_once_at_each_address_in_their_language() {
    let app = with_contacts().await;
    app.add_person_named("buyer@acme.example", "ACME", "buyer").await;
    app.mails().await;
    let buyer = app.sign_in("buyer@acme.example").await;
    order(&buyer, "PO-1").await;
    let mails = app.mails().await;
    assert_eq!(receivers(&mails), ["ap@acme.example", "buyer@acme.example"]);
    let mail = mails.iter().find(|mail| mail.email == "ap@acme.example").unwrap();
    assert!(
        mail.texts.text.contains("als Kontakt von Acme Works"),
        "{}",
        mail.texts.text
    );
    // Nothing in it leads to a page that they can't see.
    assert!(!mail.texts.text.contains("/orders/"), "{}", mail.texts.text);
    pay(&app, "ACME", payment()).await;
    assert_eq!(receivers(&app.mails().await), ["ap@acme.example", "buyer@acme.example"]);
    // Somebody who signs in with the address of a contact gets one mail, their own.
    app.add_person_named("ap@acme.example", "ACME", "finance").await;
    app.mails().await;
    pay(&app, "ACME", payment()).await;
    let mails = app.mails().await;
    assert_eq!(receivers(&mails), ["ap@acme.example"]);
    assert!(
        mails[0].texts.text.contains("Your role at Acme Works"),
        "{}",
        mails[0].texts.text
    );
    app.finish().await;
}

#[tokio::test]
async fn a_contact_switches_mails_off_by_their_link() {
    let app = with_contacts().await;
    let admin = app.person("ACME", "admin").await;
    app.mails().await;
    pay(&app, "ACME", payment()).await;
    let mails = app.mails().await;
    let mail = mails.iter().find(|mail| mail.email == "ap@acme.example").unwrap();
    let link = header(mail, "List-Unsubscribe");
    let path = link
        .trim_matches(['<', '>'])
        .split_once("/unsubscribe/")
        .expect("a link")
        .1;
    assert!(mail.texts.text.contains(path), "{}", mail.texts.text);
    let guest = app.browser();
    let path = format!("/unsubscribe/{path}");
    assert!(guest.page(&path).await.contains("Payment received"));
    for _ in 0..2 {
        assert_eq!(
            guest.post(&path, &[("List-Unsubscribe", "One-Click")]).await.status,
            200
        );
    }
    pay(&app, "ACME", payment()).await;
    let sent = receivers(&app.mails().await);
    assert!(!sent.contains(&"ap@acme.example".to_owned()), "{sent:?}");
    // The other contact of the same address is rid of them too; other kinds stay.
    let list = admin.get("/account/contacts").await.expect(200);
    assert_eq!(list["data"][0]["mails"], json!(["order_placed"]));
    assert_eq!(list["data"][1]["mails"], json!([]));
    app.finish().await;
}

#[tokio::test]
async fn a_contact_who_was_removed_gets_nothing_more() {
    let app = with_contacts().await;
    let admin = app.person("ACME", "admin").await;
    app.mails().await;
    order(&admin, "PO-1").await;
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
    let list = admin.get("/account/contacts").await.expect(200);
    let one = format!("/account/contacts/{}", list["data"][0]["id"].as_str().unwrap());
    assert_eq!(admin.change(Method::DELETE, &one, "*", None).await.status, 204);
    let sent = receivers(&app.mails().await);
    assert!(!sent.contains(&"ap@acme.example".to_owned()), "{sent:?}");
    let messages = stored(&app).await;
    let parked = messages
        .iter()
        .find(|message| message.email == "ap@acme.example")
        .unwrap();
    assert_eq!(parked.state, "parked");
    // Nobody needs to do anything about it.
    assert!(
        messages.iter().all(|message| message.kind != "dead_letter"),
        "{messages:?}"
    );
}
