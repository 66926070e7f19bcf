//! Which mails people get: by kind, by site, and by the link of a mail.

use portal::accounts::recipients::{self, Recipient};
use portal::identity::one_time::Secrets;
use portal::ids::AccountId;
use portal::mail::rules::Kind;
use reqwest::Method;
use serde_json::{Value, json};

use super::{actions, member_of, text};
use crate::app::TestApp;
use crate::client::{Answer, Client};

const PATH: &str = "/account/notifications";

async fn put(client: &Client, path: &str, etag: &str, body: Value) -> Answer {
    client.change(Method::PUT, path, etag, Some(body)).await
}

/// The kinds that are switched off.
fn off(choices: &Value) -> Vec<String> {
    let kinds = choices["kinds"].as_array().unwrap().iter();
    kinds
        .filter(|kind| kind["on"] == false)
        .map(|kind| text(kind, "kind"))
        .collect()
}

async fn of_account(app: &TestApp, client: &Client) -> Vec<Recipient> {
    let id: AccountId = text(&client.get("/account").await.expect(200), "id").parse().unwrap();
    let read = move |connection: &mut _| recipients::of_account(connection, id);
    app.db().read(read).await.unwrap()
}

async fn token(app: &TestApp, client: &Client, kind: Kind) -> String {
    let id = text(&client.get("/me").await.expect(200), "id").parse().unwrap();
    let read = move |connection: &mut _| {
        let secrets = Secrets::load(connection)?;
        recipients::unsubscribe_token(secrets.current()?, id, kind)
    };
    app.db().read(read).await.unwrap()
}

/// What a mail program sends for one click (RFC 8058).
async fn one_click(app: &TestApp, token: &str) -> Answer {
    let path = format!("/notifications/unsubscribe/{token}");
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    let body = "List-Unsubscribe=One-Click".to_owned();
    app.anonymous().send(Method::POST, &path, &headers, Some(body)).await
}

#[tokio::test]
async fn kinds_are_switched_off_and_sites_chosen() {
    let app = TestApp::with_accounts().await;
    app.import(&[(
        "sites.csv",
        "account,site,name,country\nACME,NORTH,North,NL\nACME,SOUTH,South,NL\n",
    )])
    .await;
    let client = app.person("ACME", "buyer").await;
    let answer = client.get(PATH).await;
    let etag = answer.header("etag").to_owned();
    let mut choices = answer.expect(200);
    assert_eq!((off(&choices), &choices["sites"]), (Vec::new(), &json!([])));
    let names: Vec<_> = choices["kinds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| text(kind, "kind"))
        .collect();
    assert!(
        names.contains(&"order_placed".to_owned()) && !names.contains(&"team_hold".to_owned()),
        "{names:?}"
    );

    // What was read is sent back changed.
    choices["kinds"][0]["on"] = json!(false);
    choices["sites"] = json!(["SOUTH"]);
    let answer = put(&client, PATH, &etag, choices.clone()).await;
    let next = answer.header("etag").to_owned();
    assert_eq!(answer.expect(200), choices);
    assert_eq!(client.get(PATH).await.expect(200), choices);
    put(&client, PATH, &etag, choices.clone())
        .await
        .problem(412, "precondition_failed");
    let missing = client.send(Method::PUT, PATH, &[], Some(choices.to_string())).await;
    missing.problem(428, "precondition_required");

    let recipients = of_account(&app, &client).await;
    assert_eq!(
        (&recipients[0].muted, &recipients[0].sites),
        (&vec![names[0].clone()], &vec!["SOUTH".to_owned()])
    );
    let answer = put(&client, PATH, &next, json!({"kinds": []})).await.expect(200);
    assert_eq!((off(&answer), &answer["sites"]), (Vec::new(), &json!([])));
    let chosen = actions(&app).await;
    assert_eq!(
        chosen.iter().filter(|action| *action == "person.choose_mails").count(),
        2
    );
}

#[tokio::test]
async fn what_cannot_be_chosen_is_told() {
    let app = TestApp::with_accounts().await;
    let client = app.person("ACME", "buyer").await;
    let kind = |name: &str, on: bool| json!({"kind": name, "on": on});
    let body = json!({
        "kinds": [
            kind("invitation", false), kind("newsletter", true), kind("team_hold", false),
            kind("shipped", true), kind("shipped", false), kind("password_reset", true),
        ],
        "sites": ["MAIN", "NOWHERE"],
    });
    let faults = put(&client, PATH, "*", body).await.faults();
    let expected = [
        ("/kinds/0/on", "value_invalid"),
        ("/kinds/1/kind", "value_invalid"),
        ("/kinds/2/kind", "value_invalid"),
        ("/kinds/4/kind", "value_invalid"),
        ("/sites/1", "unknown_site"),
    ];
    assert_eq!(
        faults,
        expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned()))
    );
}

#[tokio::test]
async fn staff_choose_among_their_own_kinds() {
    let app = TestApp::with_accounts().await;
    let staff = app.staff("key_account_manager").await;
    let path = "/supplier/notifications";
    let answer = staff.get(path).await;
    let etag = answer.header("etag").to_owned();
    assert_eq!(off(&answer.expect(200)), Vec::<String>::new());
    let body = json!({"kinds": [{"kind": "team_hold", "on": false}]});
    let answer = put(&staff, path, &etag, body).await.expect(200);
    assert_eq!(off(&answer), ["team_hold"]);
    let body = json!({"kinds": [{"kind": "shipped", "on": false}]});
    put(&staff, path, "*", body).await.problem(422, "validation_failed");
}

#[tokio::test]
async fn one_click_switches_a_kind_off() {
    let app = TestApp::with_accounts().await;
    let client = app.person("ACME", "buyer").await;
    let token = token(&app, &client, Kind::Shipped).await;
    let path = format!("/notifications/unsubscribe/{token}");
    // Mail scanners follow links.
    for path in [path.as_str(), "/notifications/unsubscribe/made-up"] {
        let followed = app.anonymous().get(path).await;
        assert_eq!((followed.status, followed.text.as_str()), (204, ""));
    }
    assert_eq!(off(&client.get(PATH).await.expect(200)), Vec::<String>::new());

    let before = client.get(PATH).await.header("etag").to_owned();
    for _ in 0..2 {
        assert_eq!(one_click(&app, &token).await.status, 204);
    }
    assert_eq!(off(&client.get(PATH).await.expect(200)), ["shipped"]);
    put(&client, PATH, &before, json!({"kinds": []}))
        .await
        .problem(412, "precondition_failed");
    let chosen = actions(&app).await;
    assert_eq!(
        chosen.iter().filter(|action| *action == "person.choose_mails").count(),
        1
    );
    // It was not the last word.
    let answer = put(&client, PATH, "*", json!({"kinds": []})).await.expect(200);
    assert_eq!(off(&answer), Vec::<String>::new());
}

#[tokio::test]
async fn only_the_token_of_a_mail_switches_off() {
    let app = TestApp::with_accounts().await;
    let client = app.person("ACME", "buyer").await;
    let other = app.person("ACME", "admin").await;
    let good = token(&app, &client, Kind::Shipped).await;
    let foreign = token(&app, &other, Kind::Shipped).await;
    let (mine, theirs) = (good.split('.').next().unwrap(), foreign.split('.').next().unwrap());
    for forged in [
        good.replace(mine, theirs),
        good.replace("shipped", "invoiced"),
        token(&app, &client, Kind::PasswordReset).await,
        "made-up".to_owned(),
    ] {
        one_click(&app, &forged).await.problem(404, "not_found");
    }
    let member = member_of(&other, &client).await;
    let path = format!("/account/members/{}", text(&member, "id"));
    assert_eq!(other.change(Method::DELETE, &path, "*", None).await.status, 204);
    one_click(&app, &good).await.problem(404, "not_found");
}

#[tokio::test]
async fn recipients_are_found_by_a_fixed_number_of_statements() {
    let app = TestApp::with_accounts().await;
    let client = app.person("ACME", "admin").await;
    app.person("RIVAL", "buyer").await;
    let ask = async || {
        let id: AccountId = text(&client.get("/account").await.expect(200), "id").parse().unwrap();
        let before = app.db().statements();
        let read = move |connection: &mut _| recipients::of_account(connection, id);
        let found = app.db().read(read).await.unwrap();
        (found, app.db().statements() - before)
    };
    let (one, statements) = ask().await;
    assert_eq!((one.len(), one[0].locale.as_str(), one[0].roles.len()), (1, "en", 1));
    for role in ["buyer", "viewer", "finance"] {
        app.add_person("ACME", role).await;
    }
    let (four, same) = ask().await;
    assert_eq!((four.len(), same), (4, statements));
    app.end_person(&four[3].email).await;
    assert_eq!(ask().await.0.len(), 3);
    let id = four[0].person_id;
    app.close_account("ACME").await;
    let read = move |connection: &mut _| {
        let account = portal::accounts::find_by_code(connection, "ACME")?.unwrap();
        recipients::of_account(connection, account.id)
    };
    let left = app.db().read(read).await.unwrap();
    assert!(left.iter().all(|recipient| recipient.person_id != id) && left.is_empty());
}
