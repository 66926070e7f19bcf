//! Members of an account: managed by its admins, never without one.

use reqwest::Method;
use serde_json::{Value, json};

use super::{actions, count, events, how_many, member_of, text};
use crate::app::TestApp;
use crate::client::{Answer, Client};

const SITES: &[(&str, &str)] = &[(
    "sites.csv",
    "account,site,name,country\nACME,NORTH,North,NL\nACME,SOUTH,South,NL\nRIVAL,WEST,West,NL\n",
)];

async fn patch(admin: &Client, member: &Value, change: Value) -> Answer {
    let path = format!("/account/members/{}", text(member, "id"));
    admin
        .change(Method::PATCH, &path, &text(member, "etag"), Some(change))
        .await
}

async fn remove(admin: &Client, member: &Value) -> Answer {
    let path = format!("/account/members/{}", text(member, "id"));
    admin.change(Method::DELETE, &path, &text(member, "etag"), None).await
}

/// True when the client may do what buyers may.
pub(super) async fn may_buy(client: &Client) -> bool {
    client.post("/prices/quote", json!({"lines": []})).await.status != 403
}

pub(super) async fn soon(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let waiting = async { while !holds().await {} };
    let waited = tokio::time::timeout(std::time::Duration::from_secs(5), waiting);
    waited.await.unwrap_or_else(|_| panic!("{what} within five seconds"));
}

#[tokio::test]
async fn an_admin_sees_and_changes_the_members() {
    let app = TestApp::with_accounts().await;
    app.import(SITES).await;
    let admin = app.person("ACME", "admin").await;
    let never = app.add_person("ACME", "finance").await;
    let client = app.person("ACME", "viewer").await;
    let list = admin.get("/account/members").await.expect(200);
    let emails: Vec<_> = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| text(m, "email"))
        .collect();
    assert_eq!((emails.len(), &emails[1]), (3, &never));
    assert_eq!(list["data"][1]["last_sign_in_at"], Value::Null);

    let member = member_of(&admin, &client).await;
    assert_eq!((&member["roles"], &member["sites"]), (&json!(["viewer"]), &json!([])));
    assert!(
        member["last_sign_in_at"].is_string() && member["locale"] == "en",
        "{member}"
    );
    let change = json!({"name": "Vera", "roles": ["approver", "buyer", "buyer"], "sites": ["SOUTH", "NORTH"]});
    let answer = patch(&admin, &member, change).await;
    let etag = answer.header("etag").to_owned();
    let changed = answer.expect(200);
    assert_eq!(etag, text(&changed, "etag"));
    assert_eq!(
        (&changed["name"], &changed["roles"], &changed["sites"]),
        (
            &json!("Vera"),
            &json!(["buyer", "approver"]),
            &json!(["NORTH", "SOUTH"])
        )
    );
    assert_eq!(member_of(&admin, &client).await, changed);
    // The same again changes nothing, not even the version.
    let same = patch(&admin, &changed, json!({"name": "Vera", "sites": ["NORTH", "SOUTH"]})).await;
    assert_eq!(same.expect(200), changed);
    let changed = events(&app, "member.changed").await;
    assert_eq!(changed.len(), 1);
    assert_eq!(
        (&changed[0]["was"]["roles"], &changed[0]["is"]["roles"]),
        (&json!(["viewer"]), &json!(["buyer", "approver"]))
    );
}

#[tokio::test]
async fn new_roles_hold_within_five_seconds() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let client = app.person("ACME", "viewer").await;
    let elsewhere = client.at(&app.another_node().await.anonymous());
    assert!(!may_buy(&client).await);
    let member = member_of(&admin, &client).await;
    let member = patch(&admin, &member, json!({"roles": ["buyer"]})).await.expect(200);
    // At once where the change was made.
    assert!(may_buy(&client).await);
    let node = app.another_node().await;
    let elsewhere_again = client.at(&node.anonymous());
    assert!(may_buy(&elsewhere_again).await);
    patch(&admin, &member, json!({"roles": ["viewer"]})).await.expect(200);
    soon("the right is gone", async || !may_buy(&elsewhere_again).await).await;
    drop(elsewhere);
}

#[tokio::test]
async fn a_change_needs_the_version_it_is_meant_for() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let client = app.person("ACME", "viewer").await;
    let member = member_of(&admin, &client).await;
    let path = format!("/account/members/{}", text(&member, "id"));
    let body = json!({"name": "Vera"}).to_string();
    for method in [Method::PATCH, Method::DELETE] {
        let missing = admin.send(method.clone(), &path, &[], Some(body.clone())).await;
        missing.problem(428, "precondition_required");
        for etag in ["\"0\"", "W/\"1\"", "nonsense"] {
            let stale = admin
                .change(method.clone(), &path, etag, Some(json!({"name": "Vera"})))
                .await;
            stale.problem(412, "precondition_failed");
        }
    }
    patch(&admin, &member, json!({"name": "Vera"})).await.expect(200);
    patch(&admin, &member, json!({"name": "Wera"}))
        .await
        .problem(412, "precondition_failed");
    remove(&admin, &member).await.problem(412, "precondition_failed");
    let any = admin
        .change(Method::PATCH, &path, "*", Some(json!({"name": "Xera"})))
        .await;
    assert_eq!(any.expect(200)["name"], "Xera");
}

#[tokio::test]
async fn everything_wrong_is_told_at_once() {
    let app = TestApp::with_accounts().await;
    app.import(SITES).await;
    let admin = app.person("ACME", "admin").await;
    let member = member_of(&admin, &admin).await;
    let change = json!({"name": "", "roles": ["buyer", "boss"], "sites": ["NORTH", "WEST"]});
    let faults = patch(&admin, &member, change).await.faults();
    let fault = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    assert_eq!(
        faults,
        [
            fault("/name", "value_invalid"),
            fault("/roles/1", "value_invalid"),
            fault("/sites/1", "unknown_site"),
        ]
    );
    let faults = patch(&admin, &member, json!({"roles": []})).await.faults();
    assert_eq!(faults, [fault("/roles", "required")]);
}

#[tokio::test]
async fn a_removed_member_is_out() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let client = app.person("ACME", "buyer").await;
    let member = member_of(&admin, &client).await;
    assert_eq!(remove(&admin, &member).await.status, 204);
    client.get("/me").await.problem(401, "unauthenticated");
    app.is_out_soon(&client).await;
    remove(&admin, &member).await.problem(404, "not_found");
    let list = admin.get("/account/members").await.expect(200);
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    let removed = events(&app, "member.removed").await;
    assert_eq!(removed, [json!({"email": member["email"], "name": member["name"]})]);
    assert!(actions(&app).await.contains(&"person.end".to_owned()));
}

#[tokio::test]
async fn the_last_admin_stays() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let buyer = app.person("ACME", "buyer").await;
    let member = member_of(&admin, &admin).await;
    patch(&admin, &member, json!({"roles": ["buyer"]}))
        .await
        .problem(409, "last_admin");
    remove(&admin, &member).await.problem(409, "last_admin");
    let promoted = member_of(&admin, &buyer).await;
    patch(&admin, &promoted, json!({"roles": ["admin"]})).await.expect(200);
    patch(&admin, &member, json!({"roles": ["buyer"]})).await.expect(200);
    admin.get("/account/members").await.problem(403, "forbidden");
}

#[tokio::test]
async fn admins_who_remove_each_other_at_once_leave_one() {
    let app = TestApp::with_accounts().await;
    let mut admins = Vec::new();
    for _ in 0..4 {
        admins.push(app.person("ACME", "admin").await);
    }
    let mut members = Vec::new();
    for admin in &admins {
        members.push(member_of(&admins[0], admin).await);
    }
    let changes = admins.iter().enumerate().map(|(index, admin)| {
        let victim = &members[(index + 1) % members.len()];
        async move {
            match index % 2 {
                0 => remove(admin, victim).await,
                _ => patch(admin, victim, json!({"roles": ["viewer"]})).await,
            }
        }
    });
    let answers = futures::future::join_all(changes).await;
    let left = "SELECT count(*) FROM people p JOIN person_roles r ON r.person_id = p.id \
                WHERE p.ended_at IS NULL AND r.role = 'admin'";
    let left = count(&app, left).await;
    assert!(left >= 1, "{answers:?}");
    // Whoever lost their right before their turn came changed nothing.
    let done = how_many(&answers, 200) + how_many(&answers, 204);
    assert_eq!(done + usize::try_from(left).unwrap(), 4, "{answers:?}");
}

#[tokio::test]
async fn a_demoted_admin_cannot_go_on_with_an_old_session() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let other = app.person("ACME", "admin").await;
    // A second node remembers for a moment that the other one is an admin.
    let node = app.another_node().await;
    let elsewhere = other.at(&node.anonymous());
    let own = member_of(&elsewhere, &elsewhere).await;
    patch(&admin, &own, json!({"roles": ["viewer"]})).await.expect(200);
    let path = format!("/account/members/{}", text(&own, "id"));
    let back = elsewhere
        .change(Method::PATCH, &path, "*", Some(json!({"roles": ["admin"]})))
        .await;
    back.problem(403, "forbidden");
    let invitation = json!({"email": "friend@acme.example", "role": "admin"});
    elsewhere
        .post("/invitations", invitation)
        .await
        .problem(403, "forbidden");
}

#[tokio::test]
async fn people_choose_their_name_and_language() {
    let app = TestApp::start().await;
    app.import(&[(
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit,locale\nACME,Acme,DE,EUR,gold,30,,de-AT\n",
    )])
    .await;
    let client = app.person("ACME", "buyer").await;
    let staff = app.staff("warehouse").await;
    for (client, first) in [(&client, "de"), (&staff, "en")] {
        let me = client.get("/me").await;
        let etag = me.header("etag").to_owned();
        assert_eq!(me.expect(200)["locale"], first);
        let change =
            |etag: String, body: Value| async move { client.change(Method::PATCH, "/me", &etag, Some(body)).await };
        let answer = change(etag.clone(), json!({"name": "Ada", "locale": "de"})).await;
        let next = answer.header("etag").to_owned();
        let me = answer.expect(200);
        assert_eq!((&me["name"], &me["locale"]), (&json!("Ada"), &json!("de")));
        change(etag, json!({"name": "Eva"}))
            .await
            .problem(412, "precondition_failed");
        let faults = change(next.clone(), json!({"locale": "fr"})).await.faults();
        assert_eq!(faults, [("/locale".to_owned(), "value_invalid".to_owned())]);
        let me = change(next, json!({"locale": null})).await.expect(200);
        assert_eq!((&me["name"], &me["locale"]), (&json!("Ada"), &json!(first)));
        let missing = client.send(Method::PATCH, "/me", &[], Some("{}".to_owned())).await;
        missing.problem(428, "precondition_required");
    }
}
