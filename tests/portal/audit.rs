//! The audit record: sign-ins, refused roles, exports and imports stand in it, nothing of it ever changes, and it is whole.

use portal::audit::{Actor, Entry, checks, record, sealing, tallies};
use portal::clock;
use portal::db::{Connection, sql};
use portal::error::Result;
use portal::http::Origins;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::{PASSWORD, TestApp, outside_the_runtime};
use crate::client::Client;
use crate::program::Installation;

/// The entries that the query finds, the oldest first.
pub async fn entries(admin: &Client, query: &str) -> Vec<Value> {
    let found = admin
        .get(&format!("/supplier/audit?limit=200&{query}"))
        .await
        .expect(200);
    let mut entries = found["data"].as_array().unwrap().clone();
    entries.reverse();
    entries
}

async fn log_in(client: &Client, email: &str, password: &str) -> u16 {
    let credentials = json!({"email": email, "password": password});
    client.post("/auth/login", credentials).await.status
}

#[tokio::test]
async fn sign_ins_failures_and_sign_outs_say_for_whom() {
    let app = TestApp::with_accounts().await;
    let admin = app.staff("admin").await;
    let email = app.add_person("ACME", "buyer").await;
    assert_eq!(log_in(&app.anonymous(), &email, "not the password").await, 401);
    let client = app.sign_in(&email).await;
    let me = client.get("/me").await.expect(200)["id"].clone();
    assert_eq!(client.post("/auth/logout", json!({})).await.status, 204);
    // Signing out twice ends nothing more.
    client.post("/auth/logout", json!({})).await;

    let failed = &entries(&admin, "action=session.sign_in_failed").await[0];
    assert_eq!((&failed["object"], &failed["actor"]), (&me, &json!("visitor")));
    assert_eq!(failed["account"], "ACME");
    assert_eq!(failed["address"], "127.0.0.1");
    assert_eq!(failed["details"]["reason"], "invalid_credentials");
    let acts: Vec<_> = entries(&admin, &format!("actor={}", me.as_str().unwrap()))
        .await
        .iter()
        .map(|entry| (entry["action"].as_str().unwrap().to_owned(), entry["account"].clone()))
        .collect();
    let own = |action: &str| (action.to_owned(), json!("ACME"));
    assert_eq!(acts, [own("session.sign_in"), own("session.sign_out")]);
}

#[tokio::test]
async fn what_is_no_mail_address_is_not_kept() {
    let app = TestApp::with_accounts().await;
    let admin = app.staff("admin").await;
    for typed in ["nobody@acme.example", "correct horse battery", "pass@word!!", "a@b c"] {
        assert_eq!(log_in(&app.anonymous(), typed, "x").await, 401, "{typed}");
    }
    let objects: Vec<_> = entries(&admin, "action=session.sign_in_failed")
        .await
        .iter()
        .map(|entry| entry["object"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(objects, ["nobody@acme.example", "unknown", "unknown", "unknown"]);
}

#[tokio::test]
async fn failures_do_not_fill_the_record() {
    let app = TestApp::with_accounts().await;
    let admin = app.staff("admin").await;
    let reach = |times: i64| {
        let text = "UPDATE audit_tallies SET times = $1 WHERE source = 'sign_in'";
        app.db().write(move |tx| sql(text).bind(times).run(tx))
    };
    for (before, told) in [(0, 1), (99, 2), (100, 2), (998, 2), (999, 3), (1_000, 3), (9_999, 4)] {
        reach(before).await.unwrap();
        assert_eq!(log_in(&app.anonymous(), "nobody@acme.example", "x").await, 401);
        let failed = entries(&admin, "action=session.sign_in_failed").await;
        // The first one makes the tally, which begins with it.
        assert_eq!(failed.len(), told, "after {before}");
        if told == failed.len() && before > 0 && [99, 999, 9_999].contains(&before) {
            assert_eq!(failed.last().unwrap()["details"]["times"], before + 1);
        }
    }
    // An hour later it begins anew.
    let later = clock::now() + tallies::WINDOW;
    let count = move |tx: &mut Connection| tallies::count(tx, "sign_in", later);
    assert_eq!(app.db().write(count).await.unwrap(), 1);
    let delete = move |tx: &mut Connection| tallies::delete(tx, later + tallies::WINDOW, 10);
    assert_eq!(app.db().write(delete).await.unwrap(), 1);
}

#[tokio::test]
async fn a_role_that_does_not_suffice_is_told_a_few_times_each() {
    let app = TestApp::with_accounts().await;
    let admin = app.staff("admin").await;
    let viewer = app.person("ACME", "viewer").await;
    for _ in 0..25 {
        viewer
            .post("/orders/preview", json!({}))
            .await
            .problem(403, "forbidden");
    }
    let refused = entries(&admin, "action=access.refuse").await;
    let times: Vec<_> = refused.iter().map(|entry| entry["details"]["times"].clone()).collect();
    assert_eq!(times, (1..=10).map(Value::from).collect::<Vec<_>>());
    let first = &refused[0];
    assert_eq!(first["object"], "/api/v1/orders/preview");
    assert_eq!(first["details"]["method"], "POST");
    assert_eq!(first["account"], "ACME");
    let buyer = app.browse_as("ACME", "buyer").await;
    assert_eq!(buyer.get("/desk/audit").await.status, 403);
    let refused = entries(&admin, "object=/desk/audit").await;
    assert_eq!(refused.len(), 1);
    let html = app
        .browse_staff("finance")
        .await
        .page("/desk/audit?action=access.")
        .await;
    assert!(
        html.contains("Refused for the role") && html.contains("127.0.0.1"),
        "{html}"
    );
    let html = app
        .browse_german_staff("finance")
        .await
        .page("/desk/audit?action=access.")
        .await;
    assert!(html.contains("Rolle reicht nicht"), "{html}");
}

#[tokio::test]
async fn a_list_that_goes_out_as_a_file_is_told() {
    let app = TestApp::with_accounts().await;
    let admin = app.staff("admin").await;
    let buyer = app.browse_as("ACME", "buyer").await;
    assert_eq!(buyer.get("/orders/export.csv?view=all").await.status, 200);
    let staff = app.browse_staff("finance").await;
    assert_eq!(staff.get("/desk/accounts/export.xlsx?q=ac").await.status, 200);
    assert_eq!(staff.get("/desk/accounts").await.status, 200);
    let told: Vec<_> = entries(&admin, "action=list.export")
        .await
        .iter()
        .map(|entry| {
            (
                entry["object"].clone(),
                entry["account"].clone(),
                entry["details"].clone(),
            )
        })
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0].0, "orders.csv");
    assert_eq!(
        (&told[0].1, &told[0].2),
        (&json!("ACME"), &json!({"rows": 0, "filter": "view=all"}))
    );
    assert_eq!(
        (&told[1].1, &told[1].2),
        (&Value::Null, &json!({"rows": 1, "filter": "q=ac"}))
    );
}

#[tokio::test]
async fn the_record_as_a_file_has_what_the_list_finds_and_is_told() {
    let app = TestApp::with_accounts().await;
    let staff = app.browse_staff("finance").await;
    let path = "/desk/audit/export.csv?action=list.export";
    let first = staff.get(path).await;
    assert_eq!(first.status, 200);
    assert!(!first.html.contains("audit.csv"), "{}", first.html);
    let again = staff.get(path).await;
    assert_eq!(again.html.lines().count(), 2, "{}", again.html);
    assert!(again.html.contains("audit.csv"), "{}", again.html);
    let buyer = app.browse_as("ACME", "admin").await;
    assert_eq!(buyer.get(path).await.status, 403);
}

#[tokio::test]
async fn an_import_by_command_is_told() {
    let app = TestApp::with_accounts().await;
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("spring");
    std::fs::create_dir(&files).unwrap();
    std::fs::write(
        files.join("products.csv"),
        "sku,name,base_unit,decimals,tax_category\nP-1,Pump,H87,0,S\n",
    )
    .unwrap();
    let program = Installation::on(app.db().target());
    let files = files.to_str().unwrap();
    outside_the_runtime(|| {
        program.succeed(&["import", files, "--dry-run"], "");
        program.succeed(&["import", files], "");
    });
    let admin = app.staff("admin").await;
    let told = entries(&admin, "actor=import&action=import.").await;
    let acts: Vec<_> = told.iter().map(|entry| entry["action"].clone()).collect();
    assert_eq!(acts, ["import.check", "import.apply"]);
    assert_eq!(told[1]["object"], "spring");
    assert_eq!(told[1]["details"]["rows"], 1);
}

#[tokio::test]
async fn the_address_is_the_callers_behind_a_proxy() {
    let app = TestApp::with_accounts().await;
    let origins = Origins::behind(&["127.0.0.1".parse().unwrap()]);
    let node = app.node_with(|state| state.with_origins(origins)).await;
    let email = app.add_person("ACME", "buyer").await;
    let credentials = json!({"email": email, "password": PASSWORD}).to_string();
    let headers = [("X-Forwarded-For", "198.51.100.7")];
    let client = node.anonymous();
    client
        .send(Method::POST, "/auth/login", &headers, Some(credentials))
        .await
        .expect(200);
    let admin = app.staff("admin").await;
    let told = entries(&admin, "action=session.sign_in").await;
    assert!(told.iter().any(|entry| entry["address"] == "198.51.100.7"), "{told:?}");
}

/// Writes some entries down.
async fn written(app: &TestApp, entries: usize) {
    let write = move |tx: &mut Connection| {
        for number in 0..entries {
            let entry = Entry {
                action: "order.place",
                account_id: None,
                object: format!("ord_{number}"),
                details: json!({ "number": number }),
            };
            record(tx, &Actor::program("test"), &entry, clock::now())?;
        }
        Ok(())
    };
    app.db().write(write).await.unwrap();
}

/// Writes some entries down and seals them.
async fn sealed(app: &TestApp, entries: usize) {
    written(app, entries).await;
    sealing::step(app.db()).await.unwrap();
}

/// What `portal check` says of the record after these statements, which are undone again.
fn said(app: &TestApp, statements: &'static [&'static str]) -> Vec<String> {
    let changed = || {
        app.db().rehearse_now(move |tx| {
            unfreeze(tx)?;
            for statement in statements {
                sql(statement).run(tx)?;
            }
            checks::run(tx)
        })
    };
    let breaches = outside_the_runtime(changed).unwrap();
    breaches.iter().map(ToString::to_string).collect()
}

/// Somebody who owns the database can take its triggers away.
fn unfreeze(tx: &mut Connection) -> Result<()> {
    sql("DROP TRIGGER audit_entries_frozen_update {postgres: ON audit_entries}").run(tx)?;
    sql("DROP TRIGGER audit_entries_frozen_delete {postgres: ON audit_entries}").run(tx)?;
    // Of one engine alone.
    sql("DROP TRIGGER IF EXISTS audit_entries_frozen_details {postgres: ON audit_entries}").run(tx)?;
    Ok(())
}

#[tokio::test]
async fn no_entry_is_changed_or_deleted() {
    let app = TestApp::start().await;
    written(&app, 3).await;
    for is_sealed in [false, true] {
        if is_sealed {
            sealing::step(app.db()).await.unwrap();
        }
        for statement in [
            "UPDATE audit_entries SET details = '{}'",
            "UPDATE audit_entries SET actor = 'nobody', place = 7, hash = 'x'",
            "UPDATE audit_entries SET place = NULL, hash = NULL",
            "DELETE FROM audit_entries",
        ] {
            let refused = app.db().write(move |tx| sql(statement).run(tx)).await;
            let refused = refused.expect_err(statement).to_string();
            assert!(refused.contains("rows of audit_entries never change"), "{refused}");
        }
    }
    app.check().await;
}

#[tokio::test]
async fn every_gap_and_change_of_the_record_is_found() {
    let app = TestApp::start().await;
    sealed(&app, 20).await;
    assert_eq!(said(&app, &[]), Vec::<String>::new());
    for (statements, found) in [
        (
            &["UPDATE audit_entries SET details = '{}' WHERE place = 7"][..],
            "at place 7: it is not what was sealed",
        ),
        (
            &["UPDATE audit_entries SET address = '192.0.2.1' WHERE place = 8"],
            "at place 8: it is not what was sealed",
        ),
        (
            &["UPDATE audit_entries SET hash = 'x' WHERE place = 9"],
            "at place 9: it is not what was sealed",
        ),
        (
            &["DELETE FROM audit_entries WHERE place IN (10, 11)"],
            "at place 12: 2 entries before it are missing",
        ),
        (
            &[
                "DELETE FROM audit_entries WHERE place = 10",
                "UPDATE audit_entries SET place = -place WHERE place > 10",
                "UPDATE audit_entries SET place = -place - 1 WHERE place < 0",
                "UPDATE audit_chain SET place = place - 1",
            ],
            "at place 10: it is not what was sealed",
        ),
        (
            &["DELETE FROM audit_entries WHERE place > 18"],
            "the last 2 entries are missing",
        ),
        (
            &[
                "DELETE FROM audit_entries WHERE place > 18",
                "UPDATE audit_chain SET place = 18",
            ],
            "the chain was left at place 18 with another hash",
        ),
        (&["DELETE FROM audit_entries"], "the last 20 entries are missing"),
    ] {
        let said = said(&app, statements);
        assert!(said.iter().any(|text| text.contains(found)), "{statements:?}: {said:?}");
    }
}

#[tokio::test]
async fn an_end_that_was_cut_off_and_sealed_anew_shows_by_the_head_that_was_kept() {
    let app = TestApp::start().await;
    sealed(&app, 5).await;
    let kept = app.db().read(sealing::head).await.unwrap();
    sealed(&app, 3).await;
    let before = kept.clone();
    let whole = move |connection: &mut Connection| checks::compare(connection, &before);
    assert_eq!(app.db().read(whole).await.unwrap(), []);
    let cut = || {
        app.db().rehearse_now(move |tx| {
            unfreeze(tx)?;
            sql("DELETE FROM audit_entries WHERE place > 4").run(tx)?;
            sql("UPDATE audit_chain SET place = 4, hash = (SELECT hash FROM audit_entries WHERE place = 4)").run(tx)?;
            let nothing = checks::run(tx)?;
            Ok((nothing, checks::compare(tx, &kept)?))
        })
    };
    let (chain, compared) = outside_the_runtime(cut).unwrap();
    assert_eq!(chain, []);
    assert_eq!(compared.len(), 1);
    assert!(
        compared[0].to_string().contains("place 5: it was kept and is missing"),
        "{compared:?}"
    );
}

#[tokio::test]
async fn nodes_that_write_and_seal_at_once_make_one_chain() {
    let app = TestApp::start().await;
    let before = app.db().read(sealing::head).await.unwrap().place;
    let writing = |many: usize| {
        let app = &app;
        async move {
            for _ in 0..many {
                sealed(app, 7).await;
            }
        }
    };
    futures::future::join_all([writing(5), writing(5), writing(5), writing(5)]).await;
    sealing::step(app.db()).await.unwrap();
    let head = app.db().read(sealing::head).await.unwrap();
    assert_eq!(head.place - before, 4 * 5 * 7);
    app.check().await;
}
