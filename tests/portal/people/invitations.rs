//! Invitations: bound to mail, account and role, good once, in time, and while the inviter may invite.

use portal::db::sql;
use reqwest::Method;
use serde_json::{Value, json};

use super::{accept, actions, count, events, how_many, invitation_token, invite, invited, log_in, look_up, run, text};
use crate::app::{PASSWORD, TestApp};
use crate::client::Client;

async fn open_emails(admin: &Client) -> Vec<String> {
    let open = admin.get("/invitations").await.expect(200);
    let open = open["data"].as_array().unwrap().iter();
    open.map(|invitation| text(invitation, "email")).collect()
}

#[tokio::test]
async fn an_invited_person_becomes_a_member_and_signs_in() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let invitation = json!({"email": " Ada@Acme.Example ", "role": "buyer"});
    let made = admin.post("/invitations", invitation).await.expect(201);
    assert_eq!(
        (&made["email"], &made["role"]),
        (&json!("ada@acme.example"), &json!("buyer"))
    );
    assert_eq!(open_emails(&admin).await, ["ada@acme.example"]);

    let token = invitation_token(&app, &text(&made, "id")).await.unwrap();
    let seen = look_up(&app, &token).await.expect(200);
    assert_eq!(
        seen,
        json!({"email": "ada@acme.example", "account_name": "Acme Works", "role": "buyer", "expires_at": made["expires_at"]})
    );
    let person = accept(&app, &token, "Ada Lovelace").await.expect(201);
    assert_eq!(
        (&person["email"], &person["name"], &person["account"], &person["roles"]),
        (
            &json!("ada@acme.example"),
            &json!("Ada Lovelace"),
            &json!("ACME"),
            &json!(["buyer"])
        )
    );
    let me = app.sign_in("ada@acme.example").await.get("/me").await.expect(200);
    assert_eq!(me["id"], person["id"]);

    accept(&app, &token, "Ada").await.problem(409, "token_used");
    look_up(&app, &token).await.problem(409, "token_used");
    assert_eq!(open_emails(&admin).await, Vec::<String>::new());
    let added = events(&app, "member.added").await;
    assert_eq!(added.last().unwrap()["email"], "ada@acme.example");
    assert_eq!(
        events(&app, "invitation.created").await,
        [json!({"email": "ada@acme.example", "role": "buyer"})]
    );
    let actions = actions(&app).await;
    for action in ["invitation.create", "invitation.accept", "person.add"] {
        assert!(actions.iter().any(|done| done == action), "{action} in {actions:?}");
    }
}

#[tokio::test]
async fn of_acceptances_at_once_one_wins() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let token = invited(&app, &admin, "ada@acme.example", "buyer").await;
    let accepting = (0..6).map(|_| accept(&app, &token, "Ada"));
    let answers = futures::future::join_all(accepting).await;
    assert_eq!(
        (how_many(&answers, 201), how_many(&answers, 409)),
        (1, 5),
        "{answers:?}"
    );
    assert_eq!(
        count(&app, "SELECT count(*) FROM people WHERE email = 'ada@acme.example'").await,
        1
    );
}

#[tokio::test]
async fn an_invitation_is_good_for_seven_days() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let made = admin
        .post("/invitations", json!({"email": "a@b.example", "role": "viewer"}))
        .await;
    let made = made.expect(201);
    let at = |name| chrono::DateTime::parse_from_rfc3339(made[name].as_str().unwrap()).unwrap();
    assert_eq!((at("expires_at") - at("created_at")).num_hours(), 7 * 24);
    let token = invitation_token(&app, &text(&made, "id")).await.unwrap();
    run(&app, "UPDATE invitations SET expires_at = created_at").await;
    look_up(&app, &token).await.problem(409, "token_expired");
    accept(&app, &token, "A").await.problem(409, "token_expired");
    assert_eq!(open_emails(&admin).await, Vec::<String>::new());
    assert_eq!(invitation_token(&app, &text(&made, "id")).await, None);
}

#[tokio::test]
async fn a_withdrawn_or_replaced_invitation_is_good_for_nothing() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let first = invite(&admin, "ada@acme.example", "buyer").await;
    let token = invitation_token(&app, &first).await.unwrap();
    let path = format!("/invitations/{first}");
    assert_eq!(admin.send(Method::DELETE, &path, &[], None).await.status, 204);
    admin
        .send(Method::DELETE, &path, &[], None)
        .await
        .problem(404, "not_found");
    accept(&app, &token, "Ada").await.problem(409, "token_withdrawn");

    let second = invited(&app, &admin, "ada@acme.example", "buyer").await;
    let third = invited(&app, &admin, "ADA@acme.example", "viewer").await;
    look_up(&app, &second).await.problem(409, "token_withdrawn");
    assert_eq!(open_emails(&admin).await, ["ada@acme.example"]);
    let person = accept(&app, &third, "Ada").await.expect(201);
    assert_eq!(person["roles"], json!(["viewer"]));
}

#[tokio::test]
async fn invitations_of_one_address_at_once_leave_one_open() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let other = app.person("ACME", "admin").await;
    let body = json!({"email": "ada@acme.example", "role": "buyer"});
    let inviting = (0..6).map(|n| if n % 2 == 0 { &admin } else { &other }.post("/invitations", body.clone()));
    let answers = futures::future::join_all(inviting).await;
    assert_eq!(how_many(&answers, 201), 6, "{answers:?}");
    assert_eq!(open_emails(&admin).await.len(), 1);
}

#[tokio::test]
async fn an_invitation_falls_with_the_right_of_who_made_it() {
    let app = TestApp::with_accounts().await;
    let keeper = app.person("ACME", "admin").await;
    for fall in ["demoted", "removed", "ended"] {
        let email = app.add_person("ACME", "admin").await;
        let inviter = app.sign_in(&email).await;
        let token = invited(&app, &inviter, &format!("{fall}@acme.example"), "viewer").await;
        let member = super::member_of(&keeper, &inviter).await;
        let (path, etag) = (
            format!("/account/members/{}", text(&member, "id")),
            text(&member, "etag"),
        );
        match fall {
            "demoted" => {
                let roles = json!({"roles": ["viewer"]});
                keeper
                    .change(Method::PATCH, &path, &etag, Some(roles))
                    .await
                    .expect(200);
            }
            "removed" => assert_eq!(keeper.change(Method::DELETE, &path, &etag, None).await.status, 204),
            _ => app.end_person(&email).await,
        }
        look_up(&app, &token).await.problem(409, "token_withdrawn");
        accept(&app, &token, "A").await.problem(409, "token_withdrawn");
    }
    let token = invited(&app, &keeper, "closed@acme.example", "viewer").await;
    app.close_account("ACME").await;
    accept(&app, &token, "A").await.problem(409, "token_withdrawn");
}

#[tokio::test]
async fn whoever_invites_does_not_learn_who_has_access_elsewhere() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let elsewhere = app.add_person("RIVAL", "buyer").await;
    app.add_staff_named("fleur@supplier.example", "warehouse").await;
    let mut seen = Vec::new();
    for email in [elsewhere.as_str(), "fleur@supplier.example", "nobody@acme.example"] {
        let body = json!({"email": email, "role": "buyer"});
        let answer = admin.post("/invitations", body).await.expect(201);
        let mut names: Vec<_> = answer.as_object().unwrap().keys().cloned().collect();
        names.sort();
        seen.push(names);
        let token = invitation_token(&app, &text(&answer, "id")).await.unwrap();
        look_up(&app, &token).await.expect(200);
        if email != "nobody@acme.example" {
            accept(&app, &token, "A").await.problem(409, "email_taken");
        }
    }
    assert!(seen.iter().all(|names| *names == seen[0]), "{seen:?}");
    assert_eq!(open_emails(&admin).await.len(), 3);
    // Who they were, they still are.
    let me = app.sign_in(&elsewhere).await.get("/me").await.expect(200);
    assert_eq!(me["account"], "RIVAL");
}

#[tokio::test]
async fn a_member_is_not_invited_again_until_removed() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let email = app.add_person("ACME", "finance").await;
    let body = json!({"email": email, "role": "buyer"});
    admin
        .post("/invitations", body.clone())
        .await
        .problem(409, "already_member");
    let old = app.sign_in(&email).await;
    let before = old.get("/me").await.expect(200);
    app.end_person(&email).await;

    let token = invited(&app, &admin, &email, "buyer").await;
    let person = accept(&app, &token, "Back again").await.expect(201);
    assert_eq!((&person["id"], &person["roles"]), (&before["id"], &json!(["buyer"])));
    log_in(&app.anonymous(), &email, PASSWORD).await.expect(200);
    app.is_out_soon(&old).await;
}

#[tokio::test]
async fn everything_wrong_is_told_at_once() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let fault = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    let answer = admin
        .post("/invitations", json!({"email": "nobody", "role": "boss"}))
        .await;
    assert_eq!(
        answer.faults(),
        [fault("/email", "value_invalid"), fault("/role", "value_invalid")]
    );
    let token = invited(&app, &admin, "ada@acme.example", "buyer").await;
    let body = json!({"token": token, "name": " ", "password": "short"});
    let answer = app.anonymous().post("/invitations/accept", body).await;
    assert_eq!(
        answer.faults(),
        [fault("/name", "value_invalid"), fault("/password", "value_invalid")]
    );
    // Nothing of it used the token up.
    accept(&app, &token, "Ada").await.expect(201);
    look_up(&app, "made-up").await.problem(422, "token_unknown");
    accept(&app, "made-up", "Ada").await.problem(422, "token_unknown");
}

#[tokio::test]
async fn nothing_stored_opens_a_door() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let email = app.add_person("ACME", "buyer").await;
    let tokens = [
        invited(&app, &admin, "ada@acme.example", "buyer").await,
        super::reset_token(&app, &email).await,
    ];
    let read = |connection: &mut _| {
        let all = "SELECT data FROM events UNION ALL SELECT details FROM audit_entries \
                   UNION ALL SELECT token_hash || nonce FROM invitations \
                   UNION ALL SELECT token_hash || nonce FROM password_resets";
        sql(all).rows::<String>(connection)
    };
    let stored = app.db().read(read).await.unwrap().concat();
    for token in tokens {
        assert!(token.len() == 43 && !stored.contains(&token), "{token}");
    }
}

#[tokio::test]
async fn an_account_invites_a_hundred_people_a_day() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let inviting = (0..100).map(|n| {
        let body = json!({"email": format!("{n}@acme.example"), "role": "viewer"});
        admin.post("/invitations", body)
    });
    let answers = futures::future::join_all(inviting).await;
    assert_eq!(how_many(&answers, 201), 100);
    let one_more = json!({"email": "one-more@acme.example", "role": "viewer"});
    let refused = admin.post("/invitations", one_more.clone()).await;
    let seconds: u64 = refused.header("retry-after").parse().unwrap();
    assert!((86_000..=86_401).contains(&seconds), "{seconds}");
    refused.problem(429, "throttled");
    let rival = app.person("RIVAL", "admin").await;
    rival.post("/invitations", one_more).await.expect(201);
    let page = admin.get("/invitations?limit=60").await.expect(200);
    let cursor = page["next_cursor"].as_str().unwrap();
    let rest = admin
        .get(&format!("/invitations?limit=60&cursor={cursor}"))
        .await
        .expect(200);
    assert_eq!(
        (rest["data"].as_array().unwrap().len(), &rest["next_cursor"]),
        (40, &Value::Null)
    );
}
