//! The real program sends: workers beside a server that has none, and one of them is killed.

use std::collections::BTreeSet;

use serde_json::json;

use super::Receiver;
use crate::app::PASSWORD;
use crate::client::Client;
use crate::fresh::Fresh;
use crate::program::Installation;

const ACCOUNTS: &[(&str, &str)] = &[
    (
        "supplier.csv",
        "name,country,currency,email\nThe Supplier,NL,EUR,a@supplier.example\n",
    ),
    (
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit\nACME,Acme Works,NL,EUR,gold,30,\n",
    ),
];

#[tokio::test]
async fn what_a_killed_worker_had_in_hand_the_other_sends() {
    const EVENTS: usize = 30;
    let fresh = Fresh::migrated();
    let installation = Installation::on(fresh.db().target());
    let folder = tempfile::TempDir::new().unwrap();
    for (name, text) in ACCOUNTS {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    installation.succeed(&["import", folder.path().to_str().unwrap()], "");
    let admin = "user add --email ada@acme.example --account ACME --role admin --password-stdin";
    installation.succeed(&admin.split(' ').collect::<Vec<_>>(), PASSWORD);
    let named = ["--webhook-hosts", "127.0.0.1"];
    let serving = installation.serve_with(&["--no-worker", "--webhook-hosts", "127.0.0.1"]);
    let [doomed, other] = [installation.work_with(&named), installation.work_with(&named)];
    let receiver = Receiver::start().await;
    let client = Client::anonymous(&serving.base);
    let credentials = json!({"email": "ada@acme.example", "password": PASSWORD});
    let tokens = client.post("/auth/login", credentials).await.expect(200);
    let client = client.with_token(tokens["access_token"].as_str().unwrap());
    client
        .post("/webhook-endpoints", json!({"url": receiver.url}))
        .await
        .expect(201);
    let mut doomed = Some(doomed);
    for number in 0..EVENTS {
        let guest = json!({"email": format!("guest-{number}@acme.example"), "role": "buyer"});
        client.post("/invitations", guest).await.expect(201);
        if number == EVENTS / 2 {
            doomed.take().unwrap().kill();
        }
    }
    receiver.until(EVENTS).await;
    let arrived = || {
        receiver
            .got()
            .iter()
            .map(|got| got.id().to_owned())
            .collect::<BTreeSet<_>>()
    };
    let started = std::time::Instant::now();
    while arrived().len() < EVENTS {
        assert!(
            started.elapsed().as_secs() < 60,
            "{} of {EVENTS} arrived",
            arrived().len()
        );
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    for process in [other, serving] {
        process.terminate();
        assert!(process.ended().success());
    }
    installation.succeed(&["check"], "");
}
