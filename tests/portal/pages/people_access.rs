//! How people come in: the links of mails, passwords, the own profile and sessions.

use portal::web::cookies;

use crate::app::{PASSWORD, TestApp};
use crate::browser::Browser;
use crate::people::{invited, reset_token, run};

const NEW_PASSWORD: &str = "another horse battery";

/// The path of the link in the mail that comes after `ask`.
async fn mailed_path(app: &TestApp, mark: &str) -> String {
    let mails = app.mails().await;
    let text = mails
        .iter()
        .map(|mail| &mail.texts.text)
        .find(|text| text.contains(mark))
        .unwrap_or_else(|| panic!("no mail with {mark}"));
    let (_, rest) = text.split_once(&format!("https://portal.example{mark}")).unwrap();
    let token: String = rest
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c))
        .collect();
    format!("{mark}{token}")
}

/// Where those forms of a page go whose path ends so.
pub fn form_paths(html: &str, ending: &str) -> Vec<String> {
    let paths = html
        .split("action=\"")
        .skip(1)
        .filter_map(|part| part.split('"').next());
    paths.filter(|path| path.ends_with(ending)).map(str::to_owned).collect()
}

async fn is_in(browser: &Browser) -> bool {
    browser.get("/").await.status == 200
}

#[tokio::test]
async fn an_invited_person_joins_by_the_link_of_the_mail_and_is_signed_in() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    invited(&app, &admin, "ada@acme.example", "buyer").await;
    let path = mailed_path(&app, "/invitations/").await;
    let browser = app.browser();
    let html = browser.page(&path).await;
    for text in ["Join Acme Works", "ada@acme.example", "invites you as buyer"] {
        assert!(html.contains(text), "{text}: {html}");
    }
    let refused = browser
        .post(&path, &[("name", "Ada & Co"), ("password", "short")])
        .await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("value=\"Ada &#38; Co\""), "{}", refused.html);
    assert!(refused.html.contains("12 to 128 characters") && !refused.html.contains("\"short\""));
    assert!(refused.html.contains("<title>Error: Join"));
    let joined = browser.post(&path, &[("name", "Ada"), ("password", PASSWORD)]).await;
    assert_eq!(joined.goes_to(), "/");
    let home = browser.page("/").await;
    assert!(home.contains("Welcome. You are a member of Acme Works now.") && home.contains("Ada"));

    let twice = app
        .browser()
        .post(&path, &[("name", "B"), ("password", PASSWORD)])
        .await;
    assert_eq!(twice.status, 410);
    assert!(twice.html.contains("used already"), "{}", twice.html);
    assert_eq!(app.browser().get(&path).await.status, 410);
    app.finish().await;
}

#[tokio::test]
async fn whoever_used_the_browser_before_is_signed_out_by_an_acceptance() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let token = invited(&app, &admin, "ada@acme.example", "viewer").await;
    let browser = app.browse_as("RIVAL", "admin").await;
    let before = browser.cookie(cookies::SESSION).unwrap();
    let html = browser.page(&format!("/invitations/{token}")).await;
    assert!(!html.contains("Rival Works"), "{html}");
    let form = [("name", "Ada"), ("password", PASSWORD)];
    browser.post(&format!("/invitations/{token}"), &form).await.goes_to();
    assert!(browser.page("/profile").await.contains("Acme Works"));
    let stolen = app.browser();
    let request = stolen
        .request(reqwest::Method::GET, "/")
        .header("cookie", format!("{}={before}", cookies::SESSION));
    assert!(stolen.send(request).await.goes_to().starts_with("/sign-in"));
}

#[tokio::test]
async fn links_that_open_nothing_say_why_and_what_to_do() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let email = app.add_person("ACME", "buyer").await;
    let invitation = format!(
        "/invitations/{}",
        invited(&app, &admin, "ada@acme.example", "buyer").await
    );
    let reset = format!("/reset/{}", reset_token(&app, &email).await);
    let browser = app.browser();
    for path in ["/invitations/made-up", "/reset/made-up"] {
        let shown = browser.get(path).await;
        assert_eq!(shown.status, 404, "{path}");
        assert!(
            shown.html.contains("Open the link of the mail as it is"),
            "{}",
            shown.html
        );
        let fields = [("name", "A"), ("password", PASSWORD), ("new_password", PASSWORD)];
        assert_eq!(browser.post(path, &fields).await.status, 404, "{path}");
    }
    run(&app, "UPDATE invitations SET expires_at = created_at").await;
    run(&app, "UPDATE password_resets SET expires_at = created_at").await;
    for (path, step) in [(invitation, "/sign-in"), (reset, "/forgot-password")] {
        let shown = browser.get(&path).await;
        assert_eq!(shown.status, 410, "{path}");
        assert!(
            shown.html.contains("has expired") && shown.html.contains(&format!("class=\"button\" href=\"{step}\"")),
            "{}",
            shown.html
        );
    }
}

#[tokio::test]
async fn passwords_are_masked_and_left_to_password_managers() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let email = app.add_person("ACME", "buyer").await;
    let invitation = format!(
        "/invitations/{}",
        invited(&app, &admin, "ada@acme.example", "buyer").await
    );
    let reset = format!("/reset/{}", reset_token(&app, &email).await);
    let (guest, signed_in) = (app.browser(), app.browse_as_person(&email).await);
    for (browser, path, kind) in [
        (&guest, "/sign-in", "current-password"),
        (&guest, invitation.as_str(), "new-password"),
        (&guest, reset.as_str(), "new-password"),
        (&signed_in, "/profile/password", "current-password"),
        (&signed_in, "/profile/password", "new-password"),
    ] {
        let html = browser.page(path).await;
        let field = format!("type=\"password\" autocomplete=\"{kind}\"");
        assert!(html.contains(&field), "{path}: {field}: {html}");
    }
}

#[tokio::test]
async fn an_address_with_access_elsewhere_is_told_to_its_owner_only() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let elsewhere = app.add_person("RIVAL", "buyer").await;
    let token = invited(&app, &admin, &elsewhere, "buyer").await;
    let form = [("name", "Ada"), ("password", PASSWORD)];
    let refused = app.browser().post(&format!("/invitations/{token}"), &form).await;
    assert_eq!(refused.status, 409);
    assert!(refused.html.contains("already, elsewhere") && refused.html.contains("value=\"Ada\""));
    assert!(!refused.html.contains("Rival"), "{}", refused.html);
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_by_the_link_of_the_mail_once() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let other_place = app.browse_as_person(&email).await;
    let browser = app.browser();
    assert!(browser.page("/sign-in").await.contains("href=\"/forgot-password\""));
    browser.page("/forgot-password").await;
    let asked = browser.post("/forgot-password", &[("email", &email)]).await;
    assert_eq!(asked.goes_to(), "/forgot-password/sent");
    browser.page("/forgot-password/sent").await;
    let path = mailed_path(&app, "/reset/").await;
    browser.page(&path).await;
    let refused = browser.post(&path, &[("new_password", "short")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("The password needs 12 to 128 characters."));
    let set = browser.post(&path, &[("new_password", NEW_PASSWORD)]).await;
    assert_eq!(set.goes_to(), "/sign-in");
    assert!(browser.page("/sign-in").await.contains("Your new password is set."));
    let twice = browser.post(&path, &[("new_password", PASSWORD)]).await;
    assert_eq!(twice.status, 410);
    let sign_in = |password: &'static str| [("email", email.clone()), ("password", password.to_owned())];
    for (password, status) in [(PASSWORD, 401), (NEW_PASSWORD, 303)] {
        let fields = sign_in(password);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(browser.post("/sign-in", &fields).await.status, status);
    }
    assert!(!is_in(&other_place).await);
    app.finish().await;
}

#[tokio::test]
async fn asking_for_a_new_password_does_not_tell_who_has_access_and_is_throttled() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let browser = app.browser();
    let mut told = Vec::new();
    for address in [email.as_str(), "nobody@acme.example"] {
        let asked = browser.post("/forgot-password", &[("email", address)]).await;
        told.push((asked.status, asked.goes_to(), asked.html));
    }
    assert_eq!(told[0], told[1]);
    let wrong = browser.post("/forgot-password", &[("email", "nobody at all")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.html.contains("value=\"nobody at all\"") && wrong.html.contains("aria-invalid"));
    let mut refused = None;
    for _ in 0..20 {
        let asked = browser
            .post("/forgot-password", &[("email", "nobody@acme.example")])
            .await;
        if asked.status != 303 {
            refused = Some(asked);
            break;
        }
    }
    let refused = refused.expect("asking goes on for ever");
    assert_eq!(refused.status, 429);
    assert!(refused.html.contains("Too many attempts") && refused.html.contains("nobody@acme.example"));
}

#[tokio::test]
async fn name_language_and_theme_are_the_persons_own() {
    let app = TestApp::with_accounts().await;
    let browser = app.browse_as("ACME", "buyer").await;
    let html = browser.page("/profile").await;
    assert!(html.contains("Acme Works") && html.contains("<dd>buyer</dd>"), "{html}");
    let version = super::quick_order::value_behind(&html, "name=\"version\" ", "value");
    let form = |name: &'static str, language: &'static str| {
        [
            ("version", version.clone()),
            ("name", name.to_owned()),
            ("language", language.to_owned()),
            ("theme", "dark".to_owned()),
        ]
    };
    let send = async |fields: [(&str, String); 4]| {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post("/profile", &fields).await
    };
    let refused = send(form("", "de")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("Write a name") && refused.html.contains("<option value=\"de\" selected>"));
    assert_eq!(send(form("Ada Lovelace", "de")).await.goes_to(), "/profile");
    let html = browser.page("/profile").await;
    for text in [
        "lang=\"de\"",
        "data-theme=\"dark\"",
        "Ihr Profil ist gespeichert.",
        "value=\"Ada Lovelace\"",
        "Einkauf",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    let overtaken = send(form("Grace", "en")).await;
    assert_eq!(overtaken.status, 412);
    assert!(overtaken.html.contains("Inzwischen hat jemand") && overtaken.html.contains("value=\"Grace\""));
    assert!(browser.page("/profile").await.contains("value=\"Ada Lovelace\""));
}

#[tokio::test]
async fn a_password_is_changed_with_the_old_one_and_ends_other_sessions() {
    let app = TestApp::with_accounts().await;
    for staff in [false, true] {
        let email = format!("own-{staff}@example.com");
        match staff {
            true => app.add_staff_named(&email, "warehouse").await,
            false => app.add_person_named(&email, "ACME", "viewer").await,
        }
        let browser = app.browse_as_person(&email).await;
        let other_place = app.browse_as_person(&email).await;
        browser.page("/profile/password").await;
        let change = async |current: &str, new: &str| {
            let fields = [("current_password", current), ("new_password", new)];
            browser.post("/profile/password", &fields).await
        };
        let refused = change("not this one", NEW_PASSWORD).await;
        assert_eq!(refused.status, 422);
        assert!(refused.html.contains("This is not your password."), "{}", refused.html);
        let refused = change(PASSWORD, "short").await;
        assert!(refused.status == 422 && refused.html.contains("The password needs 12"));
        assert_eq!(change(PASSWORD, NEW_PASSWORD).await.goes_to(), "/profile/password");
        let html = browser.page("/profile/password").await;
        assert!(html.contains("One other session has ended."), "{html}");
        assert_eq!(other_place.get("/profile").await.status, 303);
    }
}

#[tokio::test]
async fn sessions_are_listed_and_ended_by_their_owner() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let browser = app.browse_as_person(&email).await;
    let others = [app.browse_as_person(&email).await, app.browse_as_person(&email).await];
    let stranger = app.browse_as("ACME", "admin").await;
    let html = browser.page("/profile/sessions").await;
    assert!(html.contains("3 sessions") && html.contains("This browser"), "{html}");
    let ends = form_paths(&html, "/end");
    assert_eq!(ends.len(), 2);
    stranger.post(&ends[0], &[]).await.goes_to();
    assert!(is_in(&others[0]).await && is_in(&others[1]).await);
    // The newest one stands on top.
    assert_eq!(browser.post(&ends[0], &[]).await.goes_to(), "/profile/sessions");
    assert!(is_in(&others[0]).await && !is_in(&others[1]).await);
    browser.post("/profile/sessions/end-others", &[]).await.goes_to();
    let html = browser.page("/profile/sessions").await;
    assert!(
        html.contains("One other session has ended.") && html.contains("One session"),
        "{html}"
    );
    assert!(!is_in(&others[0]).await && !html.contains("end-others"));
}

#[tokio::test]
async fn pages_before_signing_in_speak_german() {
    let app = TestApp::with_accounts().await;
    let browser = app.browser().speaking("de");
    assert!(browser.page("/forgot-password").await.contains("Link senden"));
    assert!(
        browser
            .get("/reset/x")
            .await
            .html
            .contains("Dieser Link öffnet nichts mehr")
    );
    let browser = app.browser();
    assert!(
        browser
            .page("/forgot-password?lang=de")
            .await
            .contains("Passwort vergessen?")
    );
    // The choice is kept.
    assert!(browser.page("/sign-in").await.contains("Anmelden"));
}
