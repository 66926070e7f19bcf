//! Signing in, what stands around every page, errors as pages, forms of other sites.

use portal::web::cookies;

use crate::app::{PASSWORD, TestApp};
use crate::browser::Browser;

#[tokio::test]
async fn whoever_is_not_signed_in_is_sent_to_sign_in_and_back() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let browser = app.browser();
    assert_eq!(browser.get("/").await.goes_to(), "/sign-in");
    let form = browser.get("/desk/components?x=1").await.goes_to();
    assert_eq!(form, "/sign-in?next=%2Fdesk%2Fcomponents%3Fx%3D1");
    assert!(browser.page(&form).await.contains(r#"value="/desk/components?x=1""#));
    let sign_in = |next: &'static str| {
        [
            ("email", email.clone()),
            ("password", PASSWORD.to_owned()),
            ("next", next.to_owned()),
        ]
    };
    for (next, goes_to) in [
        ("/desk/components?x=1", "/desk/components?x=1"),
        ("//evil.example", "/"),
        ("", "/"),
    ] {
        let fields = sign_in(next);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(app.browser().post("/sign-in", &fields).await.goes_to(), goes_to);
    }
}

#[tokio::test]
async fn a_wrong_password_keeps_the_address_and_says_so() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let browser = app.browser();
    let shown = browser
        .post("/sign-in", &[("email", &email), ("password", "not this one")])
        .await;
    assert_eq!(shown.status, 401);
    assert!(
        shown.html.contains(&email) && shown.html.contains("is wrong"),
        "{}",
        shown.html
    );
    assert!(!shown.html.contains("not this one"));
    assert_eq!(browser.cookie(cookies::SESSION), None);
}

#[tokio::test]
async fn signing_out_ends_the_session_everywhere() {
    let app = TestApp::with_accounts().await;
    let browser = app.browse_as("ACME", "viewer").await;
    let token = browser.cookie(cookies::SESSION).unwrap();
    browser.page("/").await;
    assert_eq!(browser.post("/sign-out", &[]).await.goes_to(), "/sign-in");
    assert_eq!(browser.cookie(cookies::SESSION), None);
    assert!(browser.page("/sign-in").await.contains("You are signed out."));
    let stolen = app.browser();
    let request = stolen
        .request(reqwest::Method::GET, "/")
        .header("cookie", format!("{}={token}", cookies::SESSION));
    assert!(stolen.send(request).await.goes_to().starts_with("/sign-in"));
}

#[tokio::test]
async fn what_was_typed_goes_through_a_sign_in_and_is_sent_on() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let browser = app.browse_as_person(&email).await;
    assert_eq!(
        browser.at(&app.base()).post("/sign-out", &[]).await.goes_to(),
        "/sign-in"
    );
    let line = [("key", "<M8>"), ("quantity", "1"), ("unit", "")];
    let sent = browser.post("/quick-order/lines", &line).await;
    assert_eq!(sent.status, 307);
    let again = sent.headers["location"].to_str().unwrap();
    assert_eq!(again, "/sign-in/interrupted?to=%2Fquick-order%2Flines");
    assert_eq!(browser.cookie(cookies::SESSION), None);
    let asked = browser.post(again, &line).await;
    assert_eq!(asked.status, 401);
    let kept = r#"<input type="hidden" name="kept.key" value="&#60;M8&#62;">"#;
    assert!(
        asked.html.contains("What you typed is kept") && asked.html.contains(kept),
        "{}",
        asked.html
    );
    // The first attempt has a typing error; the form waits on.
    let sign_in = |password: &'static str| {
        let fields = [
            ("email", email.as_str()),
            ("password", password),
            ("to", "/quick-order/lines"),
            ("kept.key", "<M8>"),
        ];
        fields
            .into_iter()
            .chain([("kept.quantity", "1"), ("kept.unit", "")])
            .collect::<Vec<_>>()
    };
    let refused = browser.post("/sign-in", &sign_in("mistyped")).await;
    assert_eq!(refused.status, 401);
    assert!(
        refused.html.contains(kept) && refused.html.contains("is wrong"),
        "{}",
        refused.html
    );
    let resumed = browser.post("/sign-in", &sign_in(PASSWORD)).await;
    assert_eq!(resumed.status, 200);
    let form = r#"<form class="form" method="post" action="/quick-order/lines">"#;
    let field = r#"<input type="hidden" name="key" value="&#60;M8&#62;">"#;
    assert!(
        resumed.html.contains(form) && resumed.html.contains(field),
        "{}",
        resumed.html
    );
    browser.post("/quick-order/lines", &line).await.goes_to();
    assert!(browser.page("/quick-order").await.contains("&#60;M8&#62;"));
}

#[tokio::test]
async fn a_query_with_nul_is_refused_by_every_list() {
    let app = TestApp::with_accounts().await;
    let buyer = app.browse_as("ACME", "buyer").await;
    let staff = app.browse_staff("finance").await;
    for path in [
        "/orders",
        "/products",
        "/shipments",
        "/invoices",
        "/search",
        "/desk/orders",
        "/desk/queue",
    ] {
        let browser = if path.starts_with("/desk") { &staff } else { &buyer };
        let refused = browser.get(&format!("{path}?q=a%00b")).await;
        assert_eq!(refused.status, 422, "{path}");
        assert!(refused.html.contains("Something is not right yet"), "{}", refused.html);
        assert!(refused.headers.contains_key("content-security-policy"), "{path}");
    }
    for path in [
        "shipments?q",
        "invoices?q",
        "invoices?account",
        "stock?q",
        "products?q",
        "accounts?q",
        "audit?actor",
    ] {
        assert_eq!(staff.get(&format!("/desk/{path}=%00")).await.status, 422, "{path}");
    }
}

#[tokio::test]
async fn signs_of_sql_are_looked_for_as_text() {
    let app = TestApp::with_accounts().await;
    let buyer = app.browse_as("ACME", "buyer").await;
    let staff = app.browse_staff("finance").await;
    for path in [
        "/orders",
        "/products",
        "/shipments",
        "/invoices",
        "/search",
        "/desk/orders",
        "/desk/queue",
        "/desk/accounts",
        "/desk/search",
    ] {
        let browser = if path.starts_with("/desk") { &staff } else { &buyer };
        // ') OR 1=1 -- and ";\%_*'
        for text in ["%27%29%20OR%201%3D1%20--", "%22%3B%5C%25_%2A%27"] {
            let shown = browser.get(&format!("{path}?q={text}")).await;
            assert!(shown.status < 500, "{path} {text}: {}", shown.html);
        }
    }
}

#[tokio::test]
async fn a_form_with_a_password_or_to_elsewhere_does_not_wait_in_the_sign_in() {
    let app = TestApp::with_accounts().await;
    let browser = app.browser();
    let password = [("current_password", "the old one"), ("new_password", "the new one")];
    for (form, fields) in [
        (
            "/sign-in/interrupted?to=%2Fprofile%2Fpassword&next=%2Fprofile%2Fpassword",
            &password[..],
        ),
        (
            "/sign-in/interrupted?to=https%3A%2F%2Fevil.example&next=%2Fprofile%2Fpassword",
            &[("name", "x")],
        ),
    ] {
        let to = browser.post(form, fields).await.goes_to();
        assert_eq!(to, "/sign-in?next=%2Fprofile%2Fpassword&ended=1");
    }
}

#[tokio::test]
async fn the_cookie_of_the_pages_opens_no_operation_and_a_token_no_page() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let browser = app.browse_as_person(&email).await;
    let cookie = browser.cookie(cookies::SESSION).unwrap();
    app.anonymous()
        .with_token(&cookie)
        .get("/me")
        .await
        .problem(401, "unauthenticated");
    let tokens = app
        .anonymous()
        .post("/auth/login", serde_json::json!({"email": email, "password": PASSWORD}))
        .await
        .expect(200);
    let token = tokens["access_token"].as_str().unwrap();
    let other = app.browser();
    let request = other
        .request(reqwest::Method::GET, "/")
        .header("cookie", format!("{}={token}", cookies::SESSION));
    assert!(other.send(request).await.goes_to().starts_with("/sign-in"));
}

#[tokio::test]
async fn buyers_stay_out_of_the_desk_and_staff_begin_at_theirs() {
    let app = TestApp::with_accounts().await;
    let buyer = app.browse_as("ACME", "buyer").await;
    let refused = buyer.get("/desk").await;
    assert_eq!(refused.status, 403);
    assert!(refused.html.contains("Your role does not allow this"));
    let staff = app.browse_staff("warehouse").await;
    assert_eq!(staff.get("/").await.goes_to(), "/desk");
    assert!(staff.page("/desk/components").await.contains("Components"));
}

#[tokio::test]
async fn a_form_of_another_site_changes_nothing() {
    let app = TestApp::with_accounts().await;
    let browser = app.browse_as("ACME", "buyer").await;
    let request = browser.request(reqwest::Method::POST, "/sign-out");
    let refused = browser.send(request.header("sec-fetch-site", "cross-site")).await;
    assert_eq!(refused.status, 403);
    browser.page("/").await;
}

#[tokio::test]
async fn pages_carry_their_policy_and_errors_are_pages_in_the_readers_language() {
    let app = TestApp::with_accounts().await;
    let browser = app.browser().speaking("de-AT,en;q=0.5");
    let missing = browser.get("/nowhere").await;
    assert_eq!(missing.status, 404);
    assert!(missing.html.contains("Diese Seite gibt es nicht") && missing.html.contains(r#"lang="de""#));
    let policy = missing.headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert!(
        policy.contains("base-uri 'none'") && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert_eq!(missing.headers["content-type"], "text/html; charset=utf-8");
    assert_eq!(missing.headers["cache-control"], "no-store");
    assert_eq!(missing.headers["x-content-type-options"], "nosniff");
    app.anonymous().get("/nowhere").await.problem(404, "not_found");
}

#[tokio::test]
async fn assets_are_kept_for_good_under_names_that_change() {
    let app = TestApp::with_accounts().await;
    let browser = app.browser();
    let html = browser.page("/sign-in").await;
    let sheet = html
        .split("rel=\"stylesheet\" href=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let shown = browser.get(sheet).await;
    assert_eq!(shown.status, 200);
    assert!(shown.headers["cache-control"].to_str().unwrap().contains("immutable"));
    assert_eq!(browser.get("/assets/portal-000000000000.css").await.status, 404);
}

#[tokio::test]
async fn behind_https_cookies_are_this_hosts_alone_and_browsers_stay_with_https() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let node = app.node_with(|state| state.behind_https(true)).await;
    let browser = Browser::new(&node.base);
    let shown = browser
        .post("/sign-in", &[("email", email.as_str()), ("password", PASSWORD)])
        .await;
    assert_eq!(shown.goes_to(), "/");
    let set: Vec<_> = shown
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|cookie| cookie.to_str().unwrap())
        .collect();
    assert_eq!(set.len(), 2, "{set:?}");
    for cookie in set {
        assert!(cookie.starts_with("__Host-portal_"), "{cookie}");
        assert!(
            cookie.contains("; Secure") && cookie.contains("; Path=/") && !cookie.contains("Domain"),
            "{cookie}"
        );
        assert!(
            cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax"),
            "{cookie}"
        );
    }
    let home = browser.get("/").await;
    assert_eq!(home.status, 200, "the session is known by its cookie");
    assert_eq!(home.headers["strict-transport-security"], "max-age=31536000");
    let out = browser.post("/sign-out", &[]).await;
    assert_eq!(out.goes_to(), "/sign-in");
    assert!(
        browser.page("/sign-in").await.contains("signed out"),
        "what was said comes along"
    );
    // A cookie without the mark is anybody's.
    let known = app.browse_as_person(&email).await.at(&node.base);
    assert_eq!(known.get("/").await.status, 303);
    // In the clear nothing is promised.
    assert!(
        !app.browser()
            .get("/sign-in")
            .await
            .headers
            .contains_key("strict-transport-security")
    );
}

#[tokio::test]
async fn what_serves_building_pages_is_not_served_to_the_world() {
    let app = TestApp::with_accounts().await;
    app.add_staff_named("builds@supplier.example", "admin").await;
    let node = app.node_with(|state| state.behind_https(true)).await;
    let browser = Browser::new(&node.base);
    let fields = [("email", "builds@supplier.example"), ("password", PASSWORD)];
    assert_eq!(browser.post("/sign-in", &fields).await.goes_to(), "/");
    assert_eq!(browser.get("/desk").await.status, 200);
    assert_eq!(browser.get("/desk/components").await.status, 404);
}

#[tokio::test]
async fn pages_with_a_token_in_their_address_tell_it_to_nobody() {
    let app = TestApp::with_accounts().await;
    let browser = app.browser();
    for (path, policy) in [
        ("/reset/made-up", "no-referrer"),
        ("/invitations/made-up", "no-referrer"),
        ("/unsubscribe/made-up", "no-referrer"),
        ("/sign-in", "same-origin"),
    ] {
        assert_eq!(browser.get(path).await.headers["referrer-policy"], policy, "{path}");
    }
}
