//! The desk of accounts: everybody of the staff reads, those who may change.

use crate::app::TestApp;
use crate::browser::Browser;

/// A number or id behind `marker`, up to the next quote.
fn behind(html: &str, marker: &str) -> String {
    let rest = html
        .split(marker)
        .nth(1)
        .unwrap_or_else(|| panic!("{marker} in {html}"));
    rest.split('"').next().unwrap().to_owned()
}

/// The page of the account ACME.
async fn acme(browser: &Browser) -> String {
    let html = browser.page("/desk/accounts?q=acme").await;
    format!(
        "/desk/accounts/{}",
        behind(&html, "href=\"/desk/accounts/acc").replacen('_', "acc_", 1)
    )
}

async fn version(browser: &Browser, path: &str) -> String {
    behind(&browser.page(path).await, "name=\"version\" value=\"")
}

#[tokio::test]
async fn accounts_are_listed_filtered_and_shown() {
    let app = TestApp::with_accounts().await;
    let staff = app.browse_staff("warehouse").await;
    let html = staff.page("/desk/accounts").await;
    for text in ["Acme Works", "Rival Works", "Gold", "Silver", "No limit", "2 accounts"] {
        assert!(html.contains(text), "{text}: {html}");
    }
    assert!(!html.contains("New account"), "{html}");
    let html = staff.page("/desk/accounts?q=rival").await;
    assert!(html.contains("Rival Works") && !html.contains("Acme Works"), "{html}");
    let html = staff.page("/desk/accounts?q=<b>&standing=closed&mine=1").await;
    assert!(
        html.contains("No account matches") && html.contains("&#60;b&#62;"),
        "{html}"
    );
    let path = acme(&staff).await;
    let html = staff.page(&path).await;
    for text in ["Acme Works", "30 days", "EUR", "Netherlands", "Invite an admin"] {
        assert!(html.contains(text), "{text}: {html}");
    }
    for tab in ["/people", "/sites", "/team", "/terms"] {
        let html = staff.page(&format!("{path}{tab}")).await;
        assert!(
            !html.contains("<form method=\"post\" action=\"/desk/accounts"),
            "{tab}: {html}"
        );
        assert!(html.contains("aria-current=\"page\""), "{tab}");
    }
    let html = staff.page(&format!("{path}/statement")).await;
    assert!(
        html.contains("Acme Works") && html.contains("action=\"/desk/accounts/acc_"),
        "{html}"
    );
    assert_eq!(staff.get(&format!("{path}/statement/export.csv")).await.status, 200);
    assert_eq!(staff.get("/desk/accounts/nonsense/statement").await.status, 404);
    let manager = app.browse_staff("key_account_manager").await;
    assert!(manager.page("/desk/accounts").await.contains("New account"));
    let buyer = app.browse_as("ACME", "buyer").await;
    assert_eq!(buyer.get("/desk/accounts").await.status, 403);
    assert_eq!(buyer.get(&path).await.status, 403);
    assert_eq!(staff.get("/desk/accounts/acc_0000000000001").await.status, 404);
    assert_eq!(staff.get("/desk/accounts/nonsense/people").await.status, 404);
}

#[tokio::test]
async fn terms_are_changed_by_those_who_may() {
    let app = TestApp::with_accounts().await;
    let manager = app.browse_staff("key_account_manager").await;
    let path = format!("{}/terms", acme(&manager).await);
    let html = manager.page(&path).await;
    assert!(
        html.contains("name=\"tier\"") && !html.contains("name=\"credit_limit\""),
        "{html}"
    );
    let seen = version(&manager, &path).await;
    let form = [
        ("version", seen.as_str()),
        ("name", "Acme & Sons"),
        ("country", "de"),
        ("tier", "platinum"),
    ];
    assert_eq!(manager.post(&path, &form).await.goes_to(), path);
    let html = manager.page(&path).await;
    assert!(
        html.contains("Saved.") && html.contains("Acme &#38; Sons") && html.contains("value=\"DE\""),
        "{html}"
    );
    // Somebody else was faster: what was typed stays, and is told.
    let late = manager
        .post(&path, &[("version", seen.as_str()), ("name", "Typed")])
        .await;
    assert!(
        late.status == 412 && late.html.contains("value=\"Typed\""),
        "{}",
        late.html
    );
    let now = version(&manager, &path).await;
    let wrong = manager
        .post(&path, &[("version", now.as_str()), ("name", ""), ("country", "X")])
        .await;
    assert!(
        wrong.status == 422 && wrong.html.contains("Fill it in."),
        "{}",
        wrong.html
    );
    assert!(wrong.html.contains("id=\"e-country\""), "{}", wrong.html);
    assert_eq!(
        manager
            .post(&path, &[("version", now.as_str()), ("credit_limit", "5")])
            .await
            .status,
        403
    );

    let finance = app.browse_staff("finance").await;
    let german = app.browse_german_staff("finance").await;
    let form = [
        ("version", now.as_str()),
        ("payment_terms_days", "14"),
        ("credit_limit", "250,000.50"),
    ];
    assert_eq!(finance.post(&path, &form).await.goes_to(), path);
    let html = finance.page(&path).await;
    assert!(
        html.contains("value=\"250000.50\"") && html.contains("value=\"14\""),
        "{html}"
    );
    assert_eq!(
        finance
            .post(&path, &[("version", &version(&finance, &path).await), ("tier", "gold")])
            .await
            .status,
        403
    );
    let html = german.page(&path).await;
    assert!(
        html.contains("value=\"250000,50\"") && html.contains("Zahlungsziel"),
        "{html}"
    );
}

#[tokio::test]
async fn an_account_is_opened_and_closed_on_the_desk() {
    let app = TestApp::with_accounts().await;
    let manager = app.browse_staff("key_account_manager").await;
    let html = manager.page("/desk/accounts/new").await;
    assert!(html.contains("credit limit of zero"), "{html}");
    let wrong = manager
        .post(
            "/desk/accounts/new",
            &[("code", "NORD"), ("name", "Nord"), ("tier", "gold")],
        )
        .await;
    assert!(
        wrong.status == 422 && wrong.html.contains("value=\"NORD\""),
        "{}",
        wrong.html
    );
    let form = [
        ("code", "NORD"),
        ("name", "Nordwind"),
        ("country", "de"),
        ("currency", "eur"),
        ("tier", "gold"),
        ("payment_terms_days", "30"),
        ("vat_id", ""),
        ("locale", "de"),
        ("time_zone", "Europe/Berlin"),
    ];
    let people = manager.post("/desk/accounts/new", &form).await.goes_to();
    assert!(manager.page(&people).await.contains("Nordwind is open"));
    let again = manager.post("/desk/accounts/new", &form).await;
    assert!(
        again.status == 422 && again.html.contains("this code already"),
        "{}",
        again.html
    );
    let path = people.replace("/people", "");
    assert!(manager.page(&format!("{path}/close")).await.contains("Close Nordwind?"));
    let warehouse = app.browse_staff("warehouse").await;
    assert_eq!(warehouse.post(&format!("{path}/close"), &[]).await.status, 403);
    assert_eq!(manager.post(&format!("{path}/close"), &[]).await.goes_to(), path);
    let html = manager.page(&path).await;
    assert!(html.contains("The account is closed"), "{html}");
    assert!(!manager.page(&format!("{path}/terms")).await.contains("name=\"tier\""));
}

#[tokio::test]
async fn the_answer_about_a_vat_id_is_kept_on_the_desk() {
    let app = TestApp::with_accounts().await;
    let manager = app.browse_staff("key_account_manager").await;
    let path = format!("{}/terms", acme(&manager).await);
    // There is nothing to ask about yet.
    assert!(!manager.page(&path).await.contains("name=\"vat_check\""));
    let now = version(&manager, &path).await;
    let bad = manager.post(&path, &[("version", &now), ("vat_id", "n/a")]).await;
    assert!(
        bad.status == 422 && bad.html.contains("in the form of its country"),
        "{}",
        bad.html
    );
    let good = [("version", now.as_str()), ("vat_id", "NL123456789B01")];
    assert_eq!(manager.post(&path, &good).await.goes_to(), path);
    let now = version(&manager, &path).await;
    let undated = manager.post(&path, &[("version", &now), ("vat_check", "valid")]).await;
    assert!(
        undated.status == 422 && undated.html.contains("id=\"e-vat_checked_on\""),
        "{}",
        undated.html
    );
    let answer = [
        ("version", now.as_str()),
        ("vat_check", "valid"),
        ("vat_checked_on", "2026-01-02"),
        ("vat_evidence", "VIES 4711"),
    ];
    assert_eq!(manager.post(&path, &answer).await.goes_to(), path);
    let html = manager.page(&path).await;
    for part in [
        "value=\"valid\" selected",
        "value=\"2026-01-02\"",
        "value=\"VIES 4711\"",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[tokio::test]
async fn people_are_invited_changed_and_ended() {
    let app = TestApp::with_accounts().await;
    app.add_person_named("bea@acme.example", "ACME", "buyer").await;
    let bea = app.browse_as_person("bea@acme.example").await;
    let service = app.browse_staff("customer_service").await;
    let account = acme(&service).await;
    let path = format!("{account}/people");
    let html = service.page(&path).await;
    assert!(
        html.contains("bea@acme.example") && html.contains("data-l=\"Roles\">buyer</td>"),
        "{html}"
    );
    let invite = format!("{account}/invitations");
    assert_eq!(
        service
            .post(&invite, &[("email", "carl@acme.example"), ("role", "admin")])
            .await
            .goes_to(),
        path
    );
    let html = service.page(&path).await;
    assert!(html.contains("carl@acme.example gets a link"), "{html}");
    let wrong = service
        .post(&invite, &[("email", "no address"), ("role", "admin")])
        .await;
    assert!(
        wrong.status == 422 && wrong.html.contains("value=\"no address\""),
        "{}",
        wrong.html
    );
    let twice = service
        .post(&invite, &[("email", "bea@acme.example"), ("role", "admin")])
        .await;
    assert_eq!(twice.status, 409, "{}", twice.html);
    let withdraw = format!("{invite}/{}", behind(&html, "/invitations/"));
    assert_eq!(service.post(&withdraw, &[]).await.goes_to(), path);
    assert!(!service.page(&path).await.contains("carl@acme.example"));

    let one = format!("{path}/{}", behind(&html, "/people/"));
    let seen = version(&service, &one).await;
    let none = service.post(&one, &[("version", seen.as_str()), ("name", "Bea")]).await;
    assert_eq!(none.status, 422, "{}", none.html);
    let form = [
        ("version", seen.as_str()),
        ("name", "Bea"),
        ("roles", "viewer"),
        ("roles", "finance"),
    ];
    assert_eq!(service.post(&one, &form).await.goes_to(), path);
    assert!(service.page(&path).await.contains("finance, viewer"));
    assert_eq!(
        service.post(&format!("{one}/end"), &[("version", &seen)]).await.status,
        412
    );
    let seen = version(&service, &one).await;
    assert_eq!(
        service
            .post(&format!("{one}/end"), &[("version", &seen)])
            .await
            .goes_to(),
        path
    );
    assert_eq!(service.get(&one).await.status, 404);
    assert!(bea.get("/").await.goes_to().starts_with("/sign-in"));
    // Under another account they don't exist.
    let other = service.page("/desk/accounts?q=rival").await;
    let rival = format!("/desk/accounts/acc{}", behind(&other, "href=\"/desk/accounts/acc"));
    let stray = one.replace(&account, &rival);
    assert_eq!(service.get(&stray).await.status, 404);
}

#[tokio::test]
async fn sites_and_the_team_are_changed_on_the_desk() {
    let app = TestApp::with_accounts().await;
    for name in ["ann", "bob"] {
        app.add_staff_named(&format!("{name}@supplier.example"), "key_account_manager")
            .await;
    }
    let manager = app.browse_staff("key_account_manager").await;
    let account = acme(&manager).await;
    let sites = format!("{account}/sites");
    let form = [
        ("code", "NORTH"),
        ("name", "North gate"),
        ("country", "DE"),
        ("city", "Hamburg"),
        ("street", ""),
        ("postal_code", ""),
    ];
    assert_eq!(manager.post(&sites, &form).await.goes_to(), sites);
    let twice = manager.post(&sites, &form).await;
    assert!(
        twice.status == 422 && twice.html.contains("<details open>"),
        "{}",
        twice.html
    );
    let html = manager.page(&sites).await;
    let one = format!(
        "{sites}/{}",
        html.split("/sites/").nth(3).unwrap().split('"').next().unwrap()
    );
    let seen = version(&manager, &one).await;
    let form = [
        ("version", seen.as_str()),
        ("name", "South gate"),
        ("country", "DE"),
        ("city", "Bremen"),
        ("street", ""),
        ("postal_code", "28195"),
    ];
    assert_eq!(manager.post(&one, &form).await.goes_to(), sites);
    assert!(manager.page(&sites).await.contains("28195 Bremen"));

    let team = format!("{account}/team");
    let seen = version(&manager, &team).await;
    let place = |email: &'static str, function: &'static str, position: &'static str| {
        vec![
            ("email", email),
            ("function", function),
            ("position", position),
            ("phone", ""),
            ("deputy_email", ""),
            ("absent_from", ""),
            ("absent_to", ""),
        ]
    };
    let with = |mut form: Vec<(&'static str, &'static str)>, version: &str| {
        form.push(("version", Box::leak(version.to_owned().into_boxed_str())));
        form
    };
    let ann = with(place("ann@supplier.example", "key_account_manager", "1"), &seen);
    assert_eq!(manager.post(&team, &ann).await.goes_to(), team);
    assert_eq!(manager.post(&team, &ann).await.status, 412);
    let seen = version(&manager, &team).await;
    let bob = with(place("bob@supplier.example", "key_account_manager", "2"), &seen);
    assert_eq!(manager.post(&team, &bob).await.goes_to(), team);
    // Bob takes position 1, Ann gets his.
    let seen = version(&manager, &team).await;
    let first = with(place("bob@supplier.example", "key_account_manager", "1"), &seen);
    assert_eq!(manager.post(&format!("{team}/2"), &first).await.goes_to(), team);
    let html = manager.page(&team).await;
    assert!(
        html.find("bob@supplier.example").unwrap() < html.find("ann@supplier.example").unwrap(),
        "{html}"
    );
    let seen = version(&manager, &team).await;
    let wrong = with(place("bob@supplier.example", "shipping", "1"), &seen);
    let refused = manager.post(&format!("{team}/1"), &wrong).await;
    assert!(
        refused.status == 422 && refused.html.contains("account manager&#39;s"),
        "{}",
        refused.html
    );
    let gone = manager
        .post(&format!("{team}/2"), &[("version", seen.as_str()), ("do", "remove")])
        .await;
    assert_eq!(gone.goes_to(), team);
    assert_eq!(manager.get(&format!("{team}/2")).await.status, 404);
    let warehouse = app.browse_staff("warehouse").await;
    assert_eq!(warehouse.get(&format!("{team}/1")).await.status, 403);
}
