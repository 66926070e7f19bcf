//! Adding, changing, rotating and revoking programs.

use portal::db::sql;
use reqwest::Method;
use serde_json::json;

use super::{add, ask, refused, token};
use crate::app::TestApp;

#[tokio::test]
async fn a_secret_is_shown_once_and_kept_as_its_hash() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let (id, secret) = add(&admin, "/clients", &["orders:read"]).await;
    assert!(secret.starts_with("kaps_") && secret.len() == 44, "{secret}");
    let one = admin.get(&format!("/clients/{id}")).await;
    assert!(!one.text.contains(&secret), "{}", one.text);
    let one = one.expect(200);
    assert_eq!(one["secrets"][0]["last_four"], secret[secret.len() - 4..]);
    assert_eq!(one["state"], "active");
    let list = admin.get("/clients").await.expect(200);
    assert_eq!(list["data"][0]["id"], id);
    let read = |connection: &mut _| sql("SELECT secret_hash FROM client_secrets").rows::<String>(connection);
    let kept = app.db().read(read).await.unwrap();
    assert_eq!(kept.len(), 1);
    assert!(!kept[0].contains(&secret) && kept[0].len() == 64, "{kept:?}");
    let desk = app.staff("admin").await;
    let told = desk.get(&format!("/supplier/audit?object={id}")).await;
    assert!(!told.text.contains(&secret), "{}", told.text);
    let actions: Vec<_> = told.expect(200)["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["action"].clone())
        .collect();
    assert_eq!(actions, ["client.secret_add", "client.add"]);
}

#[tokio::test]
async fn two_secrets_are_good_at_a_time_and_a_third_is_refused() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let nobody = app.anonymous();
    let (id, first) = add(&admin, "/clients", &["orders:read"]).await;
    let secrets = format!("/clients/{id}/secrets");
    let added = admin.post(&secrets, json!({})).await.expect(201);
    let second = added["secret"]["secret"].as_str().unwrap().to_owned();
    for secret in [&first, &second] {
        ask(&nobody, &id, secret, "").await.expect(200);
    }
    let oldest = added["client"]["secrets"][0]["id"].as_str().unwrap();
    let problem = admin.post(&secrets, json!({})).await.problem(409, "too_many_secrets");
    assert_eq!(problem["params"]["secret"], oldest, "{problem}");
    let client = token(&nobody, &id, &first, "").await;
    let retire = format!("{secrets}/{oldest}");
    assert_eq!(admin.send(Method::DELETE, &retire, &[], None).await.status, 204);
    admin
        .send(Method::DELETE, &retire, &[], None)
        .await
        .problem(404, "not_found");
    refused(ask(&nobody, &id, &first, "").await, 401, "invalid_client");
    ask(&nobody, &id, &second, "").await.expect(200);
    // The token it got before lives its ten minutes.
    client.get("/orders").await.expect(200);
    admin.post(&secrets, json!({})).await.expect(201);
}

#[tokio::test]
async fn a_revoked_program_opens_nothing_on_any_node() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let (id, secret) = add(&admin, "/clients", &["orders:read"]).await;
    let other = app.another_node().await;
    let here = token(&app.anonymous(), &id, &secret, "").await;
    let there = here.at(&other.anonymous());
    here.get("/orders").await.expect(200);
    there.get("/orders").await.expect(200);
    let revoke = format!("/clients/{id}/revoke");
    assert_eq!(admin.post(&revoke, json!({})).await.expect(200)["state"], "revoked");
    here.get("/orders").await.problem(401, "unauthenticated");
    let refused_there = async { while there.get("/orders").await.status != 401 {} };
    tokio::time::timeout(std::time::Duration::from_secs(5), refused_there)
        .await
        .expect("access ends within five seconds");
    refused(ask(&other.anonymous(), &id, &secret, "").await, 401, "invalid_client");
    // For good.
    admin.post(&revoke, json!({})).await.expect(200);
    admin
        .post(&format!("/clients/{id}/secrets"), json!({}))
        .await
        .problem(409, "client_revoked");
    let change = Some(json!({"name": "Again"}));
    admin
        .change(Method::PATCH, &format!("/clients/{id}"), "*", change)
        .await
        .problem(409, "client_revoked");
}

#[tokio::test]
async fn a_program_is_changed_in_the_version_that_was_seen() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let (id, secret) = add(&admin, "/clients", &["orders:read", "invoices:read"]).await;
    let path = format!("/clients/{id}");
    let client = token(&app.anonymous(), &id, &secret, "").await;
    client.get("/invoices").await.expect(200);
    let shown = admin.get(&path).await;
    let etag = shown.header("etag").to_owned();
    let change = json!({"scopes": ["orders:read"], "description": "Reads at night"});
    let changed = admin
        .change(Method::PATCH, &path, &etag, Some(change.clone()))
        .await
        .expect(200);
    assert_eq!(changed["scopes"], json!(["orders:read"]));
    assert_eq!(
        (changed["name"].as_str(), changed["description"].as_str()),
        (Some("Nightly"), Some("Reads at night"))
    );
    // A token from before has no more than its program.
    client.get("/invoices").await.problem(403, "insufficient_scope");
    client.get("/orders").await.expect(200);
    admin
        .change(Method::PATCH, &path, &etag, Some(change.clone()))
        .await
        .problem(412, "precondition_failed");
    admin
        .send(Method::PATCH, &path, &[], Some(change.to_string()))
        .await
        .problem(428, "precondition_required");
}

#[tokio::test]
async fn all_faults_are_told_with_their_places() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let body = json!({
        "name": "", "scopes": ["orders:read", "stock:write"], "networks": ["everywhere"], "requests_per_minute": 0,
        "public_keys": "none",
    });
    let faults = admin.post("/clients", body).await.faults();
    let places: Vec<_> = faults.iter().map(|(pointer, _)| pointer.as_str()).collect();
    assert_eq!(
        places,
        [
            "/name",
            "/scopes/1",
            "/networks/0",
            "/requests_per_minute",
            "/public_keys"
        ]
    );
    let none = json!({"name": "A", "scopes": []});
    assert_eq!(
        admin.post("/clients", none).await.faults(),
        [("/scopes".to_owned(), "required".to_owned())]
    );
}

#[tokio::test]
async fn staff_keep_the_programs_of_an_account_and_admins_the_suppliers_own() {
    let app = TestApp::with_accounts().await;
    let (admin, desk) = (app.person("ACME", "admin").await, app.staff("admin").await);
    let account = admin.get("/account").await.expect(200)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let at_account = format!("/supplier/accounts/{account}/clients");
    let (id, _) = add(&app.staff("customer_service").await, &at_account, &["orders:read"]).await;
    assert_eq!(admin.get(&format!("/clients/{id}")).await.expect(200)["id"], id);
    // The supplier's own are another list.
    let (own, secret) = add(&desk, "/supplier/clients", &["stock:read", "orders:read"]).await;
    assert_eq!(
        desk.get("/supplier/clients").await.expect(200)["data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    desk.get(&format!("/supplier/clients/{id}"))
        .await
        .problem(404, "not_found");
    desk.get(&format!("{at_account}/{own}")).await.problem(404, "not_found");
    let erp = token(&app.anonymous(), &own, &secret, "").await;
    erp.get("/supplier/stock").await.expect(200);
    erp.get("/supplier/orders").await.expect(200);
    erp.get("/orders").await.problem(403, "forbidden");
    // No account has it.
    desk.post("/supplier/clients", json!({"name": "X", "scopes": ["events:read"]}))
        .await
        .faults();
    app.close_account("ACME").await;
    desk.post(&at_account, json!({"name": "X", "scopes": ["orders:read"]}))
        .await
        .problem(409, "account_closed");
}

#[tokio::test]
async fn all_admins_are_told_of_a_program_and_of_what_is_changed_of_it() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let colleague = app.add_person("ACME", "admin").await;
    app.add_person("ACME", "buyer").await;
    app.mails().await;
    let (id, _) = add(&admin, "/clients", &["orders:read"]).await;
    admin
        .post(&format!("/clients/{id}/secrets"), json!({}))
        .await
        .expect(201);
    let change = json!({"scopes": ["orders:read", "orders:write"]});
    let path = format!("/clients/{id}");
    admin.change(Method::PATCH, &path, "*", Some(change)).await.expect(200);
    let me = admin.get("/me").await.expect(200);
    let mails = app.mails().await;
    assert_eq!(mails.len(), 6, "{mails:#?}");
    for (address, is_by) in [(colleague.as_str(), true), (me["email"].as_str().unwrap(), false)] {
        let own: Vec<_> = mails
            .iter()
            .map(|mail| format!("{mail:?}"))
            .filter(|mail| mail.contains(address))
            .collect();
        assert!(
            own.iter().any(|mail| mail.contains("a program was given access")),
            "{own:#?}"
        );
        assert!(
            own.iter().any(|mail| mail.contains("a program has a new secret")),
            "{own:#?}"
        );
        assert!(own.iter().any(|mail| mail.contains("did it on")) || !is_by, "{own:#?}");
    }
}

#[tokio::test]
async fn the_row_that_stands_for_a_program_is_nobody_who_could_sign_in() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let before = admin.get("/account/members").await.expect(200);
    let (id, secret) = add(&admin, "/clients", &["orders:read"]).await;
    assert_eq!(admin.get("/account/members").await.expect(200), before);
    for password in ["", secret.as_str()] {
        let sign_in = json!({"email": id, "password": password});
        app.anonymous()
            .post("/auth/login", sign_in)
            .await
            .problem(401, "invalid_credentials");
    }
    let row = id.replace("cli_", "per_");
    admin
        .get(&format!("/account/members/{row}"))
        .await
        .problem(404, "not_found");
    let wish = json!({"email": id});
    assert_eq!(app.anonymous().post("/auth/forgot-password", wish).await.status, 202);
    assert!(app.mails().await.iter().all(|mail| !format!("{mail:?}").contains(&id)));
    // Nor of the supplier's staff.
    let desk = app.staff("admin").await;
    let staff = desk.get("/supplier/staff").await.expect(200);
    add(&desk, "/supplier/clients", &["stock:read"]).await;
    assert_eq!(desk.get("/supplier/staff").await.expect(200), staff);
    app.finish().await;
}
