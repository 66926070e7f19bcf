//! Staff change accounts by REST: under the rules of the import files, with versions, each change on record.

mod parts;

use portal::db::sql;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::client::{Answer, Client};

fn text(value: &Value, name: &str) -> String {
    value[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} in {value}"))
        .to_owned()
}

/// The id of the account with this code.
async fn account(staff: &Client, code: &str) -> String {
    let list = staff.get(&format!("/supplier/accounts?q={code}")).await.expect(200);
    text(&list["data"][0], "id")
}

/// The details of all entries with this action, the oldest first.
async fn recorded(app: &TestApp, action: &'static str) -> Vec<Value> {
    let read = move |connection: &mut _| {
        sql("SELECT details FROM audit_entries WHERE action = $1 AND account_id IS NOT NULL ORDER BY id")
            .bind(action)
            .rows::<String>(connection)
    };
    let rows = app.db().read(read).await.unwrap();
    rows.iter()
        .map(|details| serde_json::from_str(details).unwrap())
        .collect()
}

async fn patch(staff: &Client, path: &str, change: Value) -> Answer {
    let etag = staff.get(path).await.header("etag").to_owned();
    staff.change(Method::PATCH, path, &etag, Some(change)).await
}

#[tokio::test]
async fn an_account_is_changed_under_the_rules_of_its_file() {
    let app = TestApp::with_accounts().await;
    let admin = app.staff("admin").await;
    let path = format!("/supplier/accounts/{}", account(&admin, "ACME").await);
    let change = json!({"name": "Acme & Sons", "tier": "platinum", "credit_limit": "1000.50", "payment_terms_days": 14,
        "vat_id": "NL123456789B01", "locale": "de-AT", "time_zone": "Europe/Vienna"});
    let answer = patch(&admin, &path, change).await;
    let etag = answer.header("etag").to_owned();
    let changed = answer.expect(200);
    for (name, expected) in [
        ("name", "Acme & Sons"),
        ("tier", "platinum"),
        ("credit_limit", "1000.50"),
        ("vat_id", "NL123456789B01"),
        ("locale", "de-AT"),
        ("time_zone", "Europe/Vienna"),
        ("country", "NL"),
    ] {
        assert_eq!(changed[name], expected, "{name}");
    }
    // What was read has more behind its version.
    let version = etag.trim_end_matches('"');
    assert!(admin.get(&path).await.header("etag").starts_with(version));
    let entries = recorded(&app, "account.change").await;
    assert_eq!(entries.len(), 1);
    assert_eq!(
        (&entries[0]["was"]["tier"], &entries[0]["is"]["tier"]),
        (&json!("gold"), &json!("platinum"))
    );
    assert!(entries[0]["is"].get("country").is_none(), "{}", entries[0]);
    // The same again changes nothing and is not written down.
    let same = admin
        .change(Method::PATCH, &path, &etag, Some(json!({"tier": "platinum"})))
        .await;
    assert_eq!(same.header("etag"), etag);
    assert_eq!(recorded(&app, "account.change").await.len(), 1);
    let without = patch(&admin, &path, json!({"credit_limit": null, "vat_id": null}))
        .await
        .expect(200);
    assert_eq!(
        (&without["credit_limit"], &without["vat_id"]),
        (&Value::Null, &Value::Null)
    );

    let wrong = json!({"name": "", "country": "XX", "currency": "ABC", "tier": "iron", "payment_terms_days": -1,
        "credit_limit": "-1", "locale": "english", "time_zone": "Mars/Olympus", "vat_id": "x".repeat(30)});
    let faults = patch(&admin, &path, wrong).await.faults();
    let mut pointers: Vec<_> = faults.iter().map(|(pointer, _)| pointer.as_str()).collect();
    pointers.sort_unstable();
    let expected = [
        "/country",
        "/currency",
        "/locale",
        "/name",
        "/payment_terms_days",
        "/tier",
        "/time_zone",
        "/vat_id",
    ];
    assert_eq!(pointers, expected);
    let limit = patch(&admin, &path, json!({"credit_limit": "1.001"})).await.faults();
    assert_eq!(limit, [("/credit_limit".to_owned(), "bad_number".to_owned())]);
    patch(&admin, &path, json!({"colour": "red"}))
        .await
        .problem(422, "validation_failed");
    app.check().await;
}

#[tokio::test]
async fn a_change_needs_the_version_that_was_seen() {
    let app = TestApp::with_accounts().await;
    let admin = app.staff("admin").await;
    let id = account(&admin, "ACME").await;
    let path = format!("/supplier/accounts/{id}");
    let seen = admin.get(&path).await.header("etag").to_owned();
    patch(&admin, &path, json!({"name": "Other"})).await.expect(200);
    let late = admin
        .change(Method::PATCH, &path, &seen, Some(json!({"name": "Late"})))
        .await;
    late.problem(412, "precondition_failed");
    let without = admin
        .send(Method::PATCH, &path, &[], Some(json!({"name": "X"}).to_string()))
        .await;
    without.problem(428, "precondition_required");
    // An import changes the version too.
    let seen = admin.get(&path).await.header("etag").to_owned();
    let files = [(
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit\nACME,Imported,NL,EUR,gold,30,\n",
    )];
    app.import(&files).await;
    let late = admin
        .change(Method::PATCH, &path, &seen, Some(json!({"name": "Late"})))
        .await;
    late.problem(412, "precondition_failed");
    let team = format!("{path}/team");
    let late = admin
        .change(Method::PUT, &team, "\"1\"", Some(json!({"members": []})))
        .await;
    late.problem(412, "precondition_failed");
    for unknown in ["acc_0000000000001", "nonsense"] {
        let path = format!("/supplier/accounts/{unknown}");
        admin
            .change(Method::PATCH, &path, "*", Some(json!({"name": "X"})))
            .await
            .problem(404, "not_found");
        for below in ["sites", "members", "invitations", "team"] {
            admin.get(&format!("{path}/{below}")).await.problem(404, "not_found");
        }
        admin
            .post(&format!("{path}/close"), json!({}))
            .await
            .problem(404, "not_found");
    }
}

#[tokio::test]
async fn who_sells_does_not_set_the_limit_and_finance_nothing_else() {
    let app = TestApp::with_accounts().await;
    let (manager, finance) = (app.staff("key_account_manager").await, app.staff("finance").await);
    let path = format!("/supplier/accounts/{}", account(&manager, "ACME").await);
    patch(&manager, &path, json!({"tier": "bronze"})).await.expect(200);
    patch(
        &finance,
        &path,
        json!({"credit_limit": "5.00", "payment_terms_days": 7}),
    )
    .await
    .expect(200);
    patch(&manager, &path, json!({"credit_limit": "9.00"}))
        .await
        .problem(403, "forbidden");
    patch(&manager, &path, json!({"payment_terms_days": 90}))
        .await
        .problem(403, "forbidden");
    patch(&finance, &path, json!({"tier": "gold"}))
        .await
        .problem(403, "forbidden");
    patch(&finance, &path, json!({"tier": "gold", "credit_limit": "1.00"}))
        .await
        .problem(403, "forbidden");
    assert_eq!(manager.get(&path).await.expect(200)["credit_limit"], "5.00");
}

#[tokio::test]
async fn an_account_is_opened_with_a_site_and_a_limit_of_zero_and_closed_for_good() {
    let app = TestApp::with_accounts().await;
    let (manager, admin) = (app.staff("key_account_manager").await, app.staff("admin").await);
    let new = |code: &str| {
        json!({"code": code, "name": "Nordwind", "country": "DE", "currency": "EUR", "tier": "gold",
            "payment_terms_days": 30})
    };
    let opened = manager.post("/supplier/accounts", new("NORD")).await.expect(201);
    assert_eq!(
        (&opened["credit_limit"], &opened["locale"]),
        (&json!("0.00"), &json!("en"))
    );
    assert_eq!(
        (&opened["sites"][0]["code"], &opened["sites"][0]["country"]),
        (&json!("MAIN"), &json!("DE"))
    );
    let again = manager.post("/supplier/accounts", new("NORD")).await.faults();
    assert_eq!(again, [("/code".to_owned(), "duplicate_key".to_owned())]);
    let mut lending = new("SUED");
    lending["credit_limit"] = json!("100.00");
    manager
        .post("/supplier/accounts", lending.clone())
        .await
        .problem(403, "forbidden");
    assert_eq!(
        admin.post("/supplier/accounts", lending).await.expect(201)["credit_limit"],
        "100.00"
    );
    let faults = manager.post("/supplier/accounts", new(" x")).await.faults();
    assert_eq!(faults, [("/code".to_owned(), "value_invalid".to_owned())]);

    let buyer = app.person("NORD", "buyer").await;
    let path = format!("/supplier/accounts/{}", text(&opened, "id"));
    manager.post(&format!("{path}/close"), json!({})).await.expect(200);
    let closed = manager.post(&format!("{path}/close"), json!({})).await.expect(200);
    assert_eq!(closed["closed"], true);
    app.is_out_soon(&buyer).await;
    patch(&admin, &path, json!({"name": "X"}))
        .await
        .problem(409, "account_closed");
    let site = json!({"code": "X", "name": "X", "country": "NL"});
    admin
        .post(&format!("{path}/sites"), site)
        .await
        .problem(409, "account_closed");
    let invitation = json!({"email": "new@nord.example", "role": "buyer"});
    admin
        .post(&format!("{path}/invitations"), invitation)
        .await
        .problem(409, "account_closed");
    assert_eq!(recorded(&app, "account.close").await.len(), 1);
    assert_eq!(recorded(&app, "account.open").await[0]["code"], "NORD");
}

#[tokio::test]
async fn accounts_are_found_by_code_and_name() {
    let app = TestApp::with_accounts().await;
    let staff = app.staff("warehouse").await;
    for (q, expected) in [
        ("", 2),
        ("acme", 1),
        ("WORKS", 2),
        ("rival%20w", 1),
        ("%25", 0),
        ("_", 0),
        ("zzz", 0),
    ] {
        let list = staff.get(&format!("/supplier/accounts?q={q}")).await.expect(200);
        assert_eq!(list["data"].as_array().unwrap().len(), expected, "{q}");
    }
    let first = staff.get("/supplier/accounts?limit=1&q=works").await.expect(200);
    let next = format!(
        "/supplier/accounts?limit=1&q=works&cursor={}",
        text(&first, "next_cursor")
    );
    assert_eq!(staff.get(&next).await.expect(200)["data"][0]["code"], "RIVAL");
}
