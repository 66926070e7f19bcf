//! The real program sends: a server by itself, a server and workers beside it.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde_json::json;

use super::FILES;
use super::server::Server;
use crate::app::PASSWORD;
use crate::client::Client;
use crate::fresh::Fresh;
use crate::program::Installation;

/// A debug build beside the whole suite.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A database with the shop and a buyer.
fn installation() -> (Fresh, Installation) {
    let fresh = Fresh::migrated();
    let installation = Installation::on(fresh.db().target());
    let folder = tempfile::TempDir::new().unwrap();
    for (name, text) in FILES {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    installation.succeed(&["import", folder.path().to_str().unwrap()], "");
    let buyer = [
        "user",
        "add",
        "--email",
        "bob@acme.example",
        "--account",
        "ACME",
        "--role",
        "buyer",
        "--password-stdin",
    ];
    installation.succeed(&buyer, PASSWORD);
    (fresh, installation)
}

async fn buyer(base: &str) -> Client {
    let client = Client::anonymous(base);
    let credentials = json!({"email": "bob@acme.example", "password": PASSWORD});
    let tokens = client.post("/auth/login", credentials).await.expect(200);
    client.with_token(tokens["access_token"].as_str().unwrap())
}

async fn place(client: &Client, po_number: &str) {
    let lines = json!([{"sku": "BOLT", "unit": "XCT", "quantity": "1"}]);
    client
        .place_order(json!({"po_number": po_number, "lines": lines}))
        .await
        .expect(201);
}

async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < TIMEOUT, "{what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_server_without_any_setting_keeps_mails_as_files() {
    let (_fresh, installation) = installation();
    let serving = installation.serve();
    let client = buyer(&serving.base).await;
    place(&client, "PO-1").await;
    until("the mail is a file", || !installation.mails().is_empty()).await;
    let (name, text) = installation.mails().remove(0);
    assert!(name.starts_with("msg_"), "{name}");
    let link = format!("{}/orders/ord_", serving.base);
    let body = text.replace("=\r\n", "").replace("=3D", "=");
    assert!(text.contains("To: bob@acme.example") && body.contains(&link), "{text}");
    assert!(text.contains("orders@northwind.example"), "{text}");
    serving.terminate();
    assert!(serving.ended().success());
    installation.succeed(&["check"], "");
}

#[tokio::test]
async fn workers_beside_a_server_that_has_none_share_the_mails() {
    const ORDERS: usize = 12;
    let (_fresh, installation) = installation();
    let server = Server::start().await;
    let serving = installation.serve_with(&["--no-worker"]);
    let settings = [
        "--smtp-url",
        &server.url,
        "--public-url",
        "https://portal.example",
        "--mail-from",
        "shop@northwind.example",
    ];
    let workers = [installation.work_with(&settings), installation.work_with(&settings)];
    let client = buyer(&serving.base).await;
    for number in 0..ORDERS {
        place(&client, &format!("PO-{number}")).await;
    }
    let mut taken = Vec::new();
    until("all mails are taken", || {
        taken.extend(server.taken());
        taken.len() >= ORDERS
    })
    .await;
    for worker in workers {
        worker.terminate();
        assert!(worker.ended().success());
    }
    taken.extend(server.taken());
    let subjects: BTreeSet<_> = taken
        .iter()
        .filter_map(|mail| mail.text.lines().find(|line| line.starts_with("Subject: ")))
        .collect();
    assert_eq!((taken.len(), subjects.len()), (ORDERS, ORDERS));
    assert!(taken.iter().all(|mail| mail.text.contains("<shop@northwind.example>")));
    assert!(installation.mails().is_empty());
    installation.succeed(&["check"], "");
}

#[tokio::test]
async fn a_server_that_was_killed_amid_its_mails_sends_the_rest_when_it_is_back() {
    const ORDERS: usize = 15;
    let (_fresh, installation) = installation();
    let serving = installation.serve();
    let client = buyer(&serving.base).await;
    for number in 0..ORDERS {
        place(&client, &format!("PO-{number}")).await;
    }
    until("it has begun", || !installation.mails().is_empty()).await;
    serving.kill();
    let serving = installation.serve();
    // The one in hand when it died is sent again only after its lease; its file has the same name.
    until("every order has its mail", || installation.mails().len() == ORDERS).await;
    serving.terminate();
    assert!(serving.ended().success());
    installation.succeed(&["check"], "");
}

#[test]
fn wrong_settings_of_mails_are_told_at_once_and_without_the_password() {
    let installation = Installation::by_default();
    installation.succeed(&["migrate"], "");
    for command in ["serve", "worker"] {
        let output = installation.run(
            &[
                command,
                "--smtp-url",
                "smtp://u:secret@mail.example?tls=none",
                "--mail-from",
                "nobody",
                "--mail-attempts",
                "0",
            ],
            "",
        );
        assert_eq!(output.code, Some(1), "{output:?}");
        for flag in ["--smtp-url", "--mail-from", "--mail-attempts"] {
            assert!(output.stderr.contains(flag), "{command}: {flag}: {}", output.stderr);
        }
        assert!(!output.stderr.contains("secret"), "{}", output.stderr);
    }
    let nowhere = Installation::by_default().run(&["worker"], "");
    assert_eq!(nowhere.code, Some(1));
    assert!(nowhere.stderr.contains("portal migrate"), "{}", nowhere.stderr);
}
