//! What the audit record calls what is done: proofs with what somebody came by, words for all of it, no filter by anything else.

use portal::audit::actions;
use portal::clock;
use portal::identity::rules::totp;
use serde_json::json;

use crate::app::{PASSWORD, TestApp};
use crate::audit::entries;

#[tokio::test]
async fn wrong_codes_and_proofs_stand_in_it_with_what_somebody_came_by() {
    let app = TestApp::with_accounts().await;
    let admin = app.staff("admin").await;
    let email = app.add_person("ACME", "buyer").await;
    let client = app.sign_in(&email).await;
    assert_eq!(
        client.post("/me/confirm", json!({"password": "wrong"})).await.status,
        422
    );
    assert_eq!(
        client.post("/me/confirm", json!({"password": PASSWORD})).await.status,
        204
    );
    let begun = client.post("/me/second-factor", json!({})).await.expect(201);
    let secret = begun["secret"].as_str().unwrap().to_owned();
    let code = |steps: i64| totp::shown_code(&secret, clock::now() + chrono::TimeDelta::seconds(30 * steps)).unwrap();
    client
        .post("/me/second-factor/confirm", json!({"code": code(0)}))
        .await
        .expect(200);
    let credentials = json!({"email": email, "password": PASSWORD});
    let problem = app.anonymous().post("/auth/login", credentials).await;
    let challenge = problem.problem(401, "second_factor_required")["params"]["challenge"].clone();
    let second = |code: String| json!({"challenge": challenge, "code": code});
    let wrong = app
        .anonymous()
        .post("/auth/second-factor", second("000000".to_owned()))
        .await;
    assert_eq!(wrong.status, 422);
    app.anonymous()
        .post("/auth/second-factor", second(code(1)))
        .await
        .expect(200);

    let of = |action: &'static str| {
        let admin = &admin;
        async move { entries(admin, &format!("action={action}&account=ACME")).await }
    };
    let failed = of("session.sign_in_failed").await;
    assert_eq!(failed.len(), 1, "{failed:#?}");
    assert_eq!(failed[0]["details"]["reason"], "validation_failed");
    let came: Vec<_> = of("session.sign_in").await;
    let by: Vec<_> = came
        .iter()
        .map(|entry| entry["details"]["by"].as_str().unwrap())
        .collect();
    assert_eq!(by, ["password", "password and code"]);
    assert_eq!(of("person.confirm_failed").await.len(), 1);
    let proven = of("session.confirm").await;
    assert_eq!(proven.len(), 1, "{proven:#?}");
    assert_eq!(proven[0]["details"]["by"], "password");
}

#[tokio::test]
async fn what_nobody_can_have_done_is_no_filter() {
    let app = TestApp::with_accounts().await;
    let admin = app.staff("admin").await;
    for (action, named) in [
        ("order.canceled", "cancel_rest"),
        ("orders.", "payment"),
        ("order", "hold"),
        ("x", "order"),
    ] {
        let answer = admin.get(&format!("/supplier/audit?action={action}")).await;
        let detail = answer.json()["errors"][0]["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(action) && detail.contains(named), "{detail}");
        assert_eq!(answer.faults(), [("/action".to_owned(), "value_invalid".to_owned())]);
    }
    for action in ["order.cancel", "order.", "session.sign_in"] {
        admin.get(&format!("/supplier/audit?action={action}")).await.expect(200);
    }
    let html = app
        .browse_staff("finance")
        .await
        .page("/desk/audit?action=order.canceled")
        .await;
    assert!(
        html.contains("Nothing in the record is called order.canceled."),
        "{html}"
    );
}

#[test]
fn each_action_has_words_in_both_languages() {
    for language in ["en", "de"] {
        let folder = std::fs::read_dir(format!("src/locales/{language}")).unwrap();
        let texts: String = folder
            .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
            .collect();
        let missing: Vec<_> = actions::all()
            .map(|action| format!("audit-{} = ", action.replace(['.', '_'], "-")))
            .filter(|key| !texts.contains(&format!("\n{key}")))
            .collect();
        assert_eq!(missing, Vec::<String>::new(), "{language}");
    }
}
