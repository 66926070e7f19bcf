//! The second factor: set up, asked for, lost, reset, and asked of everybody who must have one.

use chrono::TimeDelta;
use portal::clock;
use portal::config::{RequireMfa, SignIn};
use portal::identity::rules::totp;
use reqwest::Method;
use serde_json::{Value, json};

use super::{actions, log_in, member_of, run, text};
use crate::app::{PASSWORD, TestApp};
use crate::browser::Browser;
use crate::client::{Answer, Client};

pub(super) const PATH: &str = "/me/second-factor";

/// What an authenticator with this secret shows in a number of steps.
pub(super) fn shown(secret: &str, steps: i64) -> String {
    totp::shown_code(secret, clock::now() + TimeDelta::seconds(30 * steps)).expect("a secret")
}

async fn give(client: &Client, path: &str, code: &str) -> Answer {
    client.post(&format!("{PATH}{path}"), json!({ "code": code })).await
}

/// Sets up a second factor; its secret and the recovery codes. All codes of now may be used again.
pub(super) async fn set_up(app: &TestApp, client: &Client) -> (String, Vec<String>) {
    let secret = text(&client.post(PATH, json!({})).await.expect(201), "secret");
    let given = give(client, "/confirm", &shown(&secret, 0)).await.expect(200);
    run(app, "UPDATE second_factors SET last_step = 0").await;
    let codes = given["recovery_codes"].as_array().unwrap().iter();
    (secret, codes.map(|code| code.as_str().unwrap().to_owned()).collect())
}

/// Gives the password; the challenge that asks for a code.
pub(super) async fn challenge(app: &TestApp, email: &str) -> String {
    let problem = log_in(&app.anonymous(), email, PASSWORD)
        .await
        .problem(401, "second_factor_required");
    text(&problem["params"], "challenge")
}

pub(super) async fn finish(app: &TestApp, challenge: &str, code: &str) -> Answer {
    let body = json!({"challenge": challenge, "code": code});
    app.anonymous().post("/auth/second-factor", body).await
}

#[track_caller]
fn is_wrong(answer: Answer) {
    assert_eq!(answer.faults(), [("/code".to_owned(), "wrong_code".to_owned())]);
}

#[tokio::test]
async fn a_code_follows_the_password_and_is_good_once() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let (client, other) = (app.sign_in(&email).await, app.sign_in(&email).await);
    let none = json!({"since": null, "passkeys": 0, "recovery_codes_left": 0, "required": false});
    assert_eq!(client.get(PATH).await.expect(200), none);
    give(&client, "/confirm", "123456")
        .await
        .problem(409, "second_factor_none");

    let begun = client.post(PATH, json!({})).await.expect(201);
    let secret = text(&begun, "secret");
    assert!(
        text(&begun, "uri").starts_with("otpauth://totp/The%20Supplier:"),
        "{begun}"
    );
    // Not in force before its first code.
    log_in(&app.anonymous(), &email, PASSWORD).await.expect(200);
    is_wrong(give(&client, "/confirm", "000000").await);
    let given = give(&client, "/confirm", &shown(&secret, 0)).await.expect(200);
    assert_eq!(given["recovery_codes"].as_array().unwrap().len(), 10);
    client.get("/me").await.expect(200);
    app.is_out_soon(&other).await;
    client.post(PATH, json!({})).await.problem(409, "second_factor_set");

    let first = challenge(&app, &email).await;
    // What proves the password opens nothing by itself.
    app.anonymous()
        .with_token(&first)
        .get("/me")
        .await
        .problem(401, "unauthenticated");
    is_wrong(finish(&app, &first, "000000").await);
    // The code that set it up was of this step.
    is_wrong(finish(&app, &first, &shown(&secret, 0)).await);
    let tokens = finish(&app, &first, &shown(&secret, 1)).await.expect(200);
    let signed_in = app.anonymous().with_token(tokens["access_token"].as_str().unwrap());
    signed_in.get("/me").await.expect(200);
    run(&app, "UPDATE second_factors SET last_step = 0").await;
    finish(&app, &first, &shown(&secret, 0))
        .await
        .problem(401, "challenge_over");
    finish(&app, "made-up", &shown(&secret, 0))
        .await
        .problem(401, "challenge_over");

    // A challenge ends with the password that it was given for.
    let stale = challenge(&app, &email).await;
    let change = json!({"current_password": PASSWORD, "new_password": "four kettles hum at noon"});
    assert_eq!(signed_in.post("/me/password", change).await.status, 204);
    finish(&app, &stale, &shown(&secret, 0))
        .await
        .problem(401, "challenge_over");
    let actions = actions(&app).await;
    assert!(actions.contains(&"second_factor.add".to_owned()), "{actions:?}");
}

#[tokio::test]
async fn of_two_sign_ins_with_one_code_one_wins() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let (secret, _) = set_up(&app, &app.sign_in(&email).await).await;
    let challenges = [challenge(&app, &email).await, challenge(&app, &email).await];
    let code = shown(&secret, 0);
    let answers = futures::future::join_all(challenges.iter().map(|one| finish(&app, one, &code))).await;
    let mut statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422], "{answers:?}");
}

#[tokio::test]
async fn a_recovery_code_opens_once_and_is_told() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let client = app.sign_in(&email).await;
    let (secret, codes) = set_up(&app, &client).await;
    app.mails().await;
    let typed = codes[0].to_uppercase().replace('-', " ");
    finish(&app, &challenge(&app, &email).await, &typed).await.expect(200);
    is_wrong(finish(&app, &challenge(&app, &email).await, &codes[0]).await);
    let mails = app.mails().await;
    assert_eq!(mails.len(), 1, "{mails:#?}");
    assert!(
        mails[0].texts.subject.ends_with("a recovery code was used"),
        "{}",
        mails[0].texts.subject
    );
    assert_eq!(client.get(PATH).await.expect(200)["recovery_codes_left"], 9);

    // New ones, for a code; the old ones are gone.
    let renewed = give(&client, "/recovery-codes", &shown(&secret, 0)).await.expect(200);
    assert_eq!(client.get(PATH).await.expect(200)["recovery_codes_left"], 10);
    is_wrong(finish(&app, &challenge(&app, &email).await, &codes[1]).await);
    let new = renewed["recovery_codes"][0].as_str().unwrap();
    finish(&app, &challenge(&app, &email).await, new).await.expect(200);
    // Whose it was and nobody else's.
    let colleague = app.add_person("ACME", "buyer").await;
    set_up(&app, &app.sign_in(&colleague).await).await;
    let foreign = renewed["recovery_codes"][1].as_str().unwrap();
    is_wrong(finish(&app, &challenge(&app, &colleague).await, foreign).await);
    // What lies in the database opens nothing.
    let hashes = app
        .db()
        .read(|connection| portal::db::sql("SELECT code_hash FROM recovery_codes").rows::<String>(connection));
    for stored in hashes.await.unwrap() {
        assert!(!codes.contains(&stored) && stored.len() == 64, "{stored}");
    }
}

#[tokio::test]
async fn guesses_of_a_code_end_soon() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let client = app.sign_in(&email).await;
    let (secret, _) = set_up(&app, &client).await;
    let challenge = challenge(&app, &email).await;
    for _ in 0..5 {
        is_wrong(finish(&app, &challenge, "000000").await);
    }
    finish(&app, &challenge, "000000").await.problem(429, "throttled");
    finish(&app, &challenge, &shown(&secret, 0))
        .await
        .problem(429, "throttled");
    // By whichever door.
    give(&client, "/remove", &shown(&secret, 0))
        .await
        .problem(429, "throttled");
    let confirm = json!({"code": shown(&secret, 0)});
    client.post("/me/confirm", confirm).await.problem(429, "throttled");
    client.get("/me").await.expect(200);
}

#[tokio::test]
async fn a_second_factor_is_removed_with_a_code() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let client = app.sign_in(&email).await;
    let (secret, _) = set_up(&app, &client).await;
    is_wrong(give(&client, "/remove", "000000").await);
    assert_eq!(give(&client, "/remove", &shown(&secret, 0)).await.status, 204);
    log_in(&app.anonymous(), &email, PASSWORD).await.expect(200);
    let mails = app.mails().await;
    let subjects: Vec<_> = mails.iter().map(|mail| mail.texts.subject.as_str()).collect();
    assert!(
        subjects
            .iter()
            .any(|subject| subject.ends_with("your second factor was removed")),
        "{subjects:?}"
    );
}

#[tokio::test]
async fn another_admin_resets_a_lost_factor() {
    let app = TestApp::with_accounts().await;
    let (admin, rival) = (app.person("ACME", "admin").await, app.person("RIVAL", "admin").await);
    let (service, warehouse) = (app.staff("customer_service").await, app.staff("warehouse").await);
    let email = app.add_person("ACME", "buyer").await;
    let end = |client: &Client, path: String| {
        let client = client.clone();
        async move { client.send(Method::DELETE, &path, &[], None).await }
    };
    for (resetting, path) in [(&admin, "/account/members"), (&service, "/supplier/members")] {
        let member = app.sign_in(&email).await;
        let id = text(&member_of(&admin, &member).await, "id");
        end(resetting, format!("{path}/{id}/second-factor"))
            .await
            .problem(409, "second_factor_none");
        set_up(&app, &member).await;
        assert_eq!(member_of(&admin, &member).await["second_factor"], true);
        end(&rival, format!("/account/members/{id}/second-factor"))
            .await
            .problem(404, "not_found");
        end(&warehouse, format!("/supplier/members/{id}/second-factor"))
            .await
            .problem(403, "forbidden");
        app.mails().await;
        assert_eq!(end(resetting, format!("{path}/{id}/second-factor")).await.status, 204);
        app.is_out_soon(&member).await;
        let mails = app.mails().await;
        assert_eq!((mails.len(), mails[0].email.as_str()), (1, email.as_str()));
        assert!(
            mails[0].texts.subject.ends_with("your second factor was reset"),
            "{}",
            mails[0].texts.subject
        );
        log_in(&app.anonymous(), &email, PASSWORD).await.expect(200);
    }
    // Nobody resets their own: a stolen session would take it away.
    let me = text(&admin.get("/me").await.expect(200), "id");
    set_up(&app, &admin).await;
    let own = format!("/account/members/{me}/second-factor");
    end(&admin, own).await.problem(409, "second_factor_own");

    // Staff by their admins alone.
    let (chief, colleague) = (app.staff("admin").await, app.staff("finance").await);
    let id = text(&colleague.get("/me").await.expect(200), "id");
    set_up(&app, &colleague).await;
    let path = format!("/supplier/staff/{id}/second-factor");
    end(&service, path.clone()).await.problem(403, "forbidden");
    assert_eq!(end(&chief, path).await.status, 204);
    app.is_out_soon(&colleague).await;
    let member = text(&member_of(&admin, &admin).await, "id");
    end(&chief, format!("/supplier/staff/{member}/second-factor"))
        .await
        .problem(404, "not_found");
    let staff = chief.get("/supplier/staff").await.expect(200);
    let listed = staff["data"].as_array().unwrap();
    assert!(
        listed
            .iter()
            .any(|one| one["id"] == id.as_str() && one["second_factor"] == false),
        "{staff}"
    );
    assert!(listed.iter().all(|one| one["id"] != member.as_str()), "{staff}");
}

/// Where a browser is sent.
async fn led_to(browser: &Browser, path: &str) -> String {
    browser.get(path).await.goes_to()
}

#[tokio::test]
async fn who_must_have_a_second_factor_sets_it_up_before_anything_else() {
    let app = TestApp::with_accounts().await;
    let needing = |who| {
        move |state: portal::state::AppState| {
            state.signing_in_by(SignIn {
                require_mfa: Some(who),
                ..SignIn::default()
            })
        }
    };
    let node = app.node_with(needing(RequireMfa::Staff)).await;
    let (staff, buyer) = (app.staff("admin").await, app.person("ACME", "buyer").await);
    let (staff, buyer) = (staff.at(&node.anonymous()), buyer.at(&node.anonymous()));
    buyer.get("/orders").await.expect(200);
    for path in ["/supplier/orders", "/me", "/me/sessions", "/supplier/accounts"] {
        staff.get(path).await.problem(403, "second_factor_missing");
    }
    assert_eq!(staff.get(PATH).await.expect(200)["required"], true);
    set_up(&app, &staff).await;
    staff.get("/supplier/orders").await.expect(200);
    assert_eq!(staff.get(PATH).await.expect(200)["required"], false);

    let node = app.node_with(needing(RequireMfa::All)).await;
    buyer
        .at(&node.anonymous())
        .get("/orders")
        .await
        .problem(403, "second_factor_missing");
    let email = app.add_person("ACME", "buyer").await;
    let browser = app.browse_as_person(&email).await.at(&node.base);
    for path in ["/", "/orders", "/profile", "/account/notifications"] {
        assert_eq!(led_to(&browser, path).await, "/profile/second-factor", "{path}");
    }
    let shown = browser.page("/profile/second-factor").await;
    assert!(shown.contains("Set up a second factor first"), "{shown}");
    browser.post("/sign-out", &[]).await;
    assert!(led_to(&browser, "/orders").await.starts_with("/sign-in"));
}

#[tokio::test]
async fn pages_set_a_second_factor_up_and_ask_for_it() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let browser = app.browse_as_person(&email).await;
    assert!(browser.page("/profile/second-factor").await.contains("Set it up"));
    assert_eq!(
        browser.post("/profile/second-factor", &[]).await.goes_to(),
        "/profile/second-factor"
    );
    let page = browser.page("/profile/second-factor").await;
    assert!(page.contains("<svg class=\"qr\""), "{page}");
    let typed = page.split_once("Or type it there:").unwrap().1;
    let secret = typed
        .split_once("<code>")
        .unwrap()
        .1
        .split_once("</code>")
        .unwrap()
        .0
        .replace(' ', "");
    let wrong = browser
        .post("/profile/second-factor/confirm", &[("code", "000000")])
        .await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.html.contains("This code is wrong"), "{}", wrong.html);
    let done = browser
        .post("/profile/second-factor/confirm", &[("code", &shown(&secret, 0))])
        .await;
    assert_eq!(done.html.matches("<li><code>").count(), 10, "{}", done.html);
    let later = browser.page("/profile/second-factor").await;
    assert!(
        later.contains("10 recovery codes are left.") && !later.contains(&secret),
        "{later}"
    );
    run(&app, "UPDATE second_factors SET last_step = 0").await;

    // A form that was sent after its session had ended goes through both steps.
    let fresh = app.browser();
    let fields = [
        ("email", email.as_str()),
        ("password", PASSWORD),
        ("next", "/orders"),
        ("to", "/drafts/new"),
        ("kept.note", "two words"),
    ];
    let asked = fresh.post("/sign-in", &fields).await;
    assert_eq!(asked.status, 200);
    let hidden = |name: &str| {
        let (_, rest) = asked
            .html
            .split_once(&format!("name=\"{name}\" value=\""))
            .unwrap_or_else(|| panic!("{name}: {}", asked.html));
        rest.split_once('"').unwrap().0.to_owned()
    };
    assert!(fresh.cookie("portal_session").is_none());
    let (challenge, next, to, note) = (hidden("challenge"), hidden("next"), hidden("to"), hidden("kept.note"));
    let with = |code: String| {
        let (challenge, next, to, note) = (challenge.clone(), next.clone(), to.clone(), note.clone());
        vec![
            ("challenge", challenge),
            ("next", next),
            ("to", to),
            ("kept.note", note),
            ("code", code),
        ]
    };
    let send = |fields: Vec<(&'static str, String)>| {
        let fresh = &fresh;
        async move {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            fresh.post("/sign-in/code", &fields).await
        }
    };
    let wrong = send(with("000000".to_owned())).await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.html.contains("name=\"kept.note\" value=\"two words\""),
        "{}",
        wrong.html
    );
    let right = send(with(shown(&secret, 0))).await;
    assert_eq!(right.status, 200);
    assert!(
        right.html.contains("action=\"/drafts/new\"") && right.html.contains("two words"),
        "{}",
        right.html
    );
    fresh.page("/orders").await;
    let spent = send(with(shown(&secret, 1))).await;
    assert!(spent.goes_to().starts_with("/sign-in"), "{spent:?}");

    let removed = browser
        .post("/profile/second-factor/remove", &[("code", &shown(&secret, 1))])
        .await;
    assert_eq!(removed.goes_to(), "/profile/second-factor");
    let none: Value = app.sign_in(&email).await.get(PATH).await.expect(200);
    assert_eq!(none["since"], Value::Null);
}
