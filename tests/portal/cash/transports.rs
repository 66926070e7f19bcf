//! Where invoices and credit notes went: mails, webhooks and files, how often they were tried, and when they arrived.

use chrono::TimeDelta;
use portal::clock;
use serde_json::{Value, json};

use super::einvoices::{change, files, open, writer};
use super::{id, line};
use crate::client::Client;
use crate::webhooks::{self, Receiver};

async fn ways(client: &Client, path: &str, way: &str) -> Vec<Value> {
    let all = client.get(&format!("{path}/transports")).await.expect(200);
    let all = all["data"].as_array().unwrap().iter();
    all.filter(|one| one["way"] == way).cloned().collect()
}

#[tokio::test]
async fn it_is_told_where_an_invoice_and_a_credit_note_went_and_when() {
    let shop = open().await;
    let payer = shop.app.add_person("GOLD", "finance").await;
    let wanted = json!({"einvoice": "peppol", "einvoice_by": "access_point", "endpoint": "0088:4012345000009"});
    change(&shop, "GOLD", wanted).await.expect(200);
    let node = shop.app.node_with(|state| state.reaching(webhooks::here())).await;
    let receiver = Receiver::start().await;
    let url = format!("{}?key=secret", receiver.url);
    webhooks::endpoint(&shop.gold.at(&node.anonymous()), &url).await;
    let (_, invoice) = shop.billed(&[line("BOLT", "H87", "1")]).await;
    let credit = shop.credit(&invoice, Value::Null).await;

    for (path, name) in [
        (format!("/invoices/{}", id(&invoice)), id(&invoice)),
        (format!("/credit-notes/{}", id(&credit)), id(&credit)),
    ] {
        let file = &ways(&shop.gold, &path, "access_point").await[0];
        assert_eq!(
            (&file["state"], &file["attempts_made"], &file["format"]),
            (&json!("waiting"), &json!(0), &json!("peppol"))
        );
        assert!(file["to"].as_str().unwrap().contains(name), "{file}");
        assert_eq!(shop.silver.get(&format!("{path}/transports")).await.status, 404);
    }

    // A folder that is not there: staff read why, the account that it waits.
    let folder = tempfile::TempDir::new().unwrap();
    let now = clock::now();
    writer(&shop, &folder.path().join("gone")).step(now).await.unwrap();
    let path = format!("/invoices/{}", id(&invoice));
    let of_staff = &ways(&shop.finance, &format!("/supplier{path}"), "access_point").await[0];
    assert_eq!(
        (&of_staff["state"], &of_staff["attempts_made"]),
        (&json!("waiting"), &json!(1))
    );
    assert!(of_staff["last_error"].as_str().unwrap().contains("gone"), "{of_staff}");
    assert!(of_staff["next_attempt_at"].is_string());
    let own = &ways(&shop.gold, &path, "access_point").await[0];
    assert_eq!((&own["attempts_made"], &own["last_error"]), (&json!(1), &Value::Null));

    writer(&shop, folder.path())
        .step(now + TimeDelta::minutes(5))
        .await
        .unwrap();
    shop.app.mails().await;
    let worker = webhooks::another_worker(&shop.app);
    while worker.step(clock::now()).await.unwrap().did_anything() {}
    // Who manages nobody reads neither people nor paths.
    let viewer = shop.app.person("GOLD", "viewer").await;
    let told: Vec<_> = ways(&viewer, &path, "mail").await;
    assert!(!told.is_empty() && told.iter().all(|one| one["to"].as_str().unwrap().starts_with("…@")));
    let hook = &ways(&viewer, &path, "webhook").await[0];
    assert_eq!(
        hook["to"],
        url::Url::parse(&receiver.url).unwrap().origin().ascii_serialization()
    );
    for path in [path, format!("/credit-notes/{}", id(&credit))] {
        for (client, side) in [(&shop.gold, ""), (&shop.finance, "/supplier")] {
            let path = format!("{side}{path}");
            let file = &ways(client, &path, "access_point").await[0];
            assert!(files(folder.path()).contains(&file["to"].as_str().unwrap().to_owned()));
            let mails = ways(client, &path, "mail").await;
            let mail = mails.iter().find(|mail| mail["to"] == payer).unwrap();
            let hook = &ways(client, &path, "webhook").await[0];
            assert_eq!(hook["to"], receiver.url, "without what may be a secret");
            assert_eq!(hook["last_status"], 204);
            for way in [file, mail, hook] {
                assert_eq!(way["state"], "sent", "{way}");
                assert!(way["sent_at"].is_string() && way["next_attempt_at"].is_null(), "{way}");
                assert!(way["attempts_made"].as_i64() > Some(0), "{way}");
            }
        }
    }
    shop.app.finish().await;
}
