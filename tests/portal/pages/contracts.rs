//! A contract by pages alone: written, offered, accepted and countersigned, and its pace as a picture with its numbers.

use super::desk_orders::Shop;
use super::quick_order::value_behind;
use crate::browser::Browser;

async fn version(browser: &Browser, path: &str) -> String {
    value_behind(&browser.page(path).await, "name=\"version\"", "value")
}

#[tokio::test]
async fn a_contract_is_written_offered_accepted_and_countersigned_by_forms() {
    let shop = Shop::open().await;
    let desk = shop.app.browse_staff("key_account_manager").await;
    let mut fields = [
        ("contract", "K-1"),
        ("account", "GOLD"),
        ("name", "Frame 2026"),
        ("currency", "eur"),
        ("valid_from", "2026-01-01"),
        ("valid_to", "2025-12-31"),
        ("notice_days", "30"),
        ("renewal", "auto"),
        ("renewal_months", "12"),
        ("payment_terms_days", "45"),
        ("free_freight_from", "500"),
    ];
    let refused = desk.post("/desk/contracts/new", &fields).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("id=\"e-valid_to\"") && refused.html.contains("Frame 2026"));
    fields[5] = ("valid_to", "2036-12-31");
    let path = desk.post("/desk/contracts/new", &fields).await.goes_to();
    assert!(path.starts_with("/desk/contracts/ctr_"), "{path}");
    let own = path.trim_start_matches("/desk").to_owned();

    let seen = version(&desk, &path).await;
    let wrong = [
        ("version", seen.as_str()),
        ("commitment", "turnover"),
        ("kind", "value"),
        ("scope", "all"),
        ("key", ""),
        ("period", "term"),
        ("committed", "0"),
        ("shortfall_rate", "2.5"),
    ];
    let refused = desk.post(&format!("{path}/commitments"), &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("id=\"e-committed\""), "{}", refused.html);
    let right = wrong.map(|(name, value)| (name, if name == "committed" { "1000.00" } else { value }));
    assert_eq!(desk.post(&format!("{path}/commitments"), &right).await.goes_to(), path);
    let seen = version(&desk, &path).await;
    assert_eq!(
        desk.post(&format!("{path}/offer"), &[("version", seen.as_str())])
            .await
            .goes_to(),
        path
    );

    let viewer = shop.app.browse_as("GOLD", "viewer").await;
    let read = viewer.page(&own).await;
    assert!(
        read.contains("turnover") && !read.contains("/accept\""),
        "a viewer accepts nothing"
    );
    let admin = shop.app.browse_as("GOLD", "admin").await;
    assert!(admin.page("/contracts").await.contains("K-1"));
    assert!(admin.page("/").await.contains("/contracts?state=offered"));
    assert!(!viewer.page("/").await.contains("/contracts?state=offered"));
    let accept = format!("{own}/accept");
    let seen = version(&admin, &own).await;
    let nameless = admin.post(&accept, &[("version", seen.as_str()), ("name", "")]).await;
    assert_eq!(nameless.status, 422);
    let signed = [("version", seen.as_str()), ("name", "Ann Ames")];
    assert_eq!(admin.post(&accept, &signed).await.goes_to(), own);
    // Twice is told, and changes nothing.
    assert_eq!(admin.post(&accept, &signed).await.goes_to(), own);

    let seen = version(&desk, &path).await;
    let sign = [("version", seen.as_str()), ("name", "Willem"), ("accepted_on", "")];
    assert_eq!(desk.post(&format!("{path}/countersign"), &sign).await.goes_to(), path);
    for (browser, path) in [(&admin, &own), (&desk, &path)] {
        let page = browser.page(path).await;
        assert!(page.contains("Ann Ames") && page.contains("Willem"), "{path}");
        assert!(
            page.contains("<svg role=\"img\"") && page.contains("polyline"),
            "{path}"
        );
        assert!(!page.contains("/accept\""), "{path}");
    }
    let german = shop.app.browse_german_staff("admin").await;
    let page = german.page(&path).await;
    assert!(page.contains("In Kraft") && page.contains("Zusagen"), "{page}");
    shop.app.finish().await;
}
