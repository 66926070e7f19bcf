//! Backups that only the owner of a key opens, and backups of PostgreSQL by its own tools, as the guide tells them.

use std::path::Path;
use std::process::Command;

use portal::db::{Engine, Target};
use serde_json::json;
use tempfile::TempDir;

use crate::app::{PASSWORD, TestApp};
use crate::client::Client;
use crate::fresh::{Fresh, engine};
use crate::orders::shop;
use crate::program::{Installation, Output};

/// A key pair of `age`: its file, and what others encrypt for.
fn key_pair(folder: &Path) -> (String, String) {
    let file = folder.join("key.txt");
    let made = Command::new("age-keygen").arg("-o").arg(&file).output().unwrap();
    assert!(made.status.success(), "{made:?}");
    let text = std::fs::read_to_string(&file).unwrap();
    let public = text
        .lines()
        .find_map(|line| line.strip_prefix("# public key: "))
        .unwrap();
    (file.to_str().unwrap().to_owned(), public.to_owned())
}

#[test]
fn an_encrypted_backup_opens_by_its_key_alone() {
    let installation = Installation::by_default();
    installation.succeed(&["migrate"], "");
    let add = "user add --email olga@supplier.example --staff-role admin --password-stdin";
    installation.succeed(&add.split(' ').collect::<Vec<_>>(), PASSWORD);
    let folder = TempDir::new().unwrap();
    let (key, public) = key_pair(folder.path());
    let file = folder.path().join("portal.age");
    let name = file.to_str().unwrap();
    installation.succeed(&["backup", name, "--recipient", &public], "");
    let content = std::fs::read(&file).unwrap();
    assert!(content.starts_with(b"age-encryption.org/v1"));
    let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);

    let refused = |output: Output, why: &str| {
        assert_eq!(output.code, Some(1), "{output:?}");
        assert!(output.stderr.contains(why), "{output:?}");
    };
    let other = TempDir::new().unwrap();
    let (wrong, _) = key_pair(other.path());
    let restored = Installation::by_default();
    refused(
        restored.run(&["restore", name, "--identity", &wrong], ""),
        "The backup is encrypted and can't be opened",
    );
    let output = restored.run(&["restore", name, "--identity", &key], "");
    assert_eq!(output.code, Some(0), "{output:?}");
    assert!(output.stdout.contains("Everything adds up."), "{output:?}");
    // Nobody who is no key is encrypted for, and nothing is left of the attempt.
    let second = folder.path().join("second.age");
    refused(
        installation.run(&["backup", second.to_str().unwrap(), "--recipient", "age1nonsense"], ""),
        "The backup can't be encrypted",
    );
    assert!(!second.exists());
}

/// Runs a tool of PostgreSQL's.
fn tool(name: &str, arguments: &[&str]) {
    let output = Command::new(name).args(arguments).output().unwrap();
    assert!(output.status.success(), "{name} {arguments:?}: {output:?}");
}

/// What was traded, dumped while the portal serves, restored into an empty database, checked and served.
async fn dumped_and_restored(app: &TestApp) {
    let Target::Postgres(url) = app.db().target().clone() else {
        unreachable!("a server's database")
    };
    let folder = TempDir::new().unwrap();
    let dump = folder.path().join("portal.dump");
    let dump = dump.to_str().unwrap();
    tool("pg_dump", &["--format=custom", "--file", dump, "--dbname", &url]);
    // An empty database on the same server.
    let empty = Fresh::empty_on_server();
    let Target::Postgres(to) = empty.db().target().clone() else {
        unreachable!("a server's database")
    };
    tool(
        "pg_restore",
        &[
            "--exit-on-error",
            "--no-owner",
            "--single-transaction",
            "--dbname",
            &to,
            dump,
        ],
    );
    let restored = Installation::on(empty.db().target());
    let output = restored.run(&["check"], "");
    assert_eq!(output.code, Some(0), "{output:?}");
    let serving = restored.serve();
    let client = Client::anonymous(&serving.base);
    let credentials = json!({"email": "olga@supplier.example", "password": PASSWORD});
    let tokens = client.post("/auth/login", credentials).await.expect(200);
    let staff = client.with_token(tokens["access_token"].as_str().unwrap());
    let orders = staff.get("/supplier/orders").await.expect(200);
    assert_eq!(orders["data"].as_array().unwrap().len(), 1);
    serving.terminate();
    assert!(serving.ended().success());
}

#[tokio::test]
async fn a_backup_by_the_tools_of_postgresql_comes_back_whole() {
    let app = shop().await;
    app.add_staff_named("olga@supplier.example", "admin").await;
    let buyer = app.person("GOLD", "buyer").await;
    let lines = json!([{"sku": "BOLT", "unit": "H87", "quantity": "3"}]);
    buyer.place_order(json!({ "lines": lines })).await.expect(201);
    let installation = Installation::on(app.db().target());
    match engine() {
        Engine::Postgres => {
            let file = TempDir::new().unwrap();
            let file = file.path().join("portal.zip");
            let refused = installation.run(&["backup", file.to_str().unwrap()], "");
            assert_eq!(refused.code, Some(1), "{refused:?}");
            assert!(refused.stderr.contains("pg_dump --format=custom"), "{refused:?}");
            dumped_and_restored(&app).await;
        }
        Engine::Sqlite => installation.succeed(&["check"], ""),
    }
}
