//! What a browser is told as somebody leaves, and about hosts below the portal's.

use crate::app::TestApp;
use crate::browser::Browser;

const HSTS: &str = "strict-transport-security";
const CLEAR: &str = "clear-site-data";

#[tokio::test]
async fn who_signs_out_leaves_nothing_in_the_browser() {
    let app = TestApp::with_accounts().await;
    let browser = app.browse_as("ACME", "buyer").await;
    let page = browser.get("/orders").await;
    assert_eq!(page.headers["cache-control"], "no-store");
    assert!(!page.headers.contains_key(CLEAR), "only at the end");
    let out = browser.post("/sign-out", &[]).await;
    out.goes_to();
    // Not cookies: those of hosts below the portal's would go, too; ours are taken away by name.
    assert_eq!(out.headers[CLEAR], r#""cache", "storage""#);
    assert_eq!(browser.cookie("portal_session"), None);
}

#[tokio::test]
async fn who_finds_their_session_ended_leaves_nothing_either() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let browser = app.browse_as_person(&email).await;
    app.end_person(&email).await;
    let node = app.another_node().await;
    let sent = browser.at(&node.base).get("/orders").await;
    assert!(sent.goes_to().starts_with("/sign-in"));
    assert_eq!(sent.headers[CLEAR], r#""cache", "storage""#);
    let stranger = Browser::new(&node.base).get("/orders").await;
    assert!(!stranger.headers.contains_key(CLEAR), "nobody was signed in");
}

#[tokio::test]
async fn browsers_stay_with_https_for_hosts_below_too_where_that_is_said() {
    let app = TestApp::with_accounts().await;
    let node = app
        .node_with(|state| state.behind_https(true).with_subdomains(true))
        .await;
    let page = Browser::new(&node.base).get("/sign-in").await;
    assert_eq!(page.headers[HSTS], "max-age=31536000; includeSubDomains");
    let answer = node.anonymous().get("/me").await;
    assert_eq!(answer.header(HSTS), "max-age=31536000; includeSubDomains");
    let in_the_clear = app.node_with(|state| state.with_subdomains(true)).await;
    assert!(
        !Browser::new(&in_the_clear.base)
            .get("/sign-in")
            .await
            .headers
            .contains_key(HSTS)
    );
}
