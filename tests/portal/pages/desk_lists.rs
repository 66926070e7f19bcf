//! Who sees which of the desk's pages, and what the lists of orders find.

use reqwest::Method;
use serde_json::json;

use super::desk_orders::{Shop, line, order, page_of};
use super::quick_order::value_behind;
use crate::app::TestApp;
use crate::browser::Browser;

#[tokio::test]
async fn each_role_does_its_own_part_and_accounts_see_no_desk() {
    let shop = Shop::open().await;
    let order = order(&shop.gold, &[line("BOLT", "H87", "1")]).await;
    let path = page_of(&order);
    for (browser, steps) in [
        (&shop.warehouse, ["accept", "hold", "release", "cancel"].as_slice()),
        (&shop.finance, &["accept", "hold", "cancel", "ship"]),
        (&shop.service, &["ship"]),
    ] {
        let html = browser.page(&path).await;
        for step in steps {
            let shown = browser
                .post(&format!("{path}/{step}"), &[("version", "1"), ("reason", "x")])
                .await;
            assert_eq!(shown.status, 403, "{step}");
            assert!(!html.contains(&format!("action=\"{path}/{step}\"")), "{step}");
        }
    }
    let ticked = [("do", "accept"), ("order", "ord_0.1")];
    assert_eq!(shop.warehouse.post("/desk/queue/steer", &ticked).await.status, 403);
    let buyer = shop.app.browse_as("GOLD", "admin").await;
    for page in [
        "/desk/queue",
        "/desk/orders",
        &path,
        "/desk/shipments",
        "/desk/invoices",
    ] {
        assert_eq!(buyer.get(page).await.status, 403, "{page}");
    }
    assert_eq!(shop.service.get("/desk/orders/ord_0000000000000").await.status, 404);
}

/// The browser of an admin who reads German.
pub async fn german(app: &TestApp) -> Browser {
    let email = "deutsch@supplier.example";
    let client = app.staff_named(email, "admin").await;
    let me = client.get("/me").await;
    let etag = me.header("etag").to_owned();
    client
        .change(Method::PATCH, "/me", &etag, Some(json!({"locale": "de"})))
        .await
        .expect(200);
    app.browse_as_person(email).await
}

#[tokio::test]
async fn orders_are_found_by_number_account_and_state_a_page_at_a_time() {
    let shop = Shop::open().await;
    for (buyer, po_number) in [(&shop.gold, "Weekly 100%"), (&shop.silver, "Monthly_1")] {
        let body = json!({"po_number": po_number, "lines": [line("BOLT", "H87", "1")]});
        buyer.place_order(body).await.expect(201);
    }
    for (query, gold, silver) in [
        ("", true, true),
        ("?q=weekly+100%25", true, false),
        ("?q=y_1", false, true),
        ("?q=silver", false, true),
        ("?account=GOLD", true, false),
        ("?state=accepted", false, false),
        ("?state=placed&q=works", true, true),
    ] {
        for path in ["/desk/orders", "/desk/queue"] {
            if query.contains("state") && path == "/desk/queue" {
                continue;
            }
            let html = shop.service.page(&format!("{path}{query}")).await;
            let found = (html.contains("Gold Works"), html.contains("Silver Works"));
            assert_eq!(found, (gold, silver), "{path}{query}");
        }
    }
    let staff = shop.app.staff("finance").await;
    for (query, count) in [
        ("q=weekly", 1),
        ("q=weekly&sort=priority", 1),
        ("q=works&view=to_accept", 2),
        ("view=on_hold", 0),
        ("account=GOLD&sort=wanted", 1),
        ("from=2000-01-01&to=2000-01-31", 0),
        ("site=MAIN&from=2000-01-01", 2),
        ("po_number=MONTHLY_1", 1),
    ] {
        let found = staff.get(&format!("/supplier/orders?{query}")).await.expect(200);
        assert_eq!(found["data"].as_array().unwrap().len(), count, "{query}");
    }
    for query in ["sort=wanted", "view=open&sort=newest", "view=all", "sort=number"] {
        let refused = staff.get(&format!("/supplier/orders?{query}")).await;
        refused.problem(422, "validation_failed");
    }
    for _ in 0..60 {
        order(&shop.gold, &[line("BOLT", "H87", "1")]).await;
    }
    for path in ["/desk/orders", "/desk/queue"] {
        let html = shop.service.page(path).await;
        assert_eq!(html.matches("<tr role=\"row\">").count(), 51, "{path}");
        let next = value_behind(&html, "rel=\"next\"", "href")
            .replace("&amp;", "&")
            .replace("&#38;", "&");
        let html = shop.service.page(&next).await;
        assert_eq!(html.matches("<tr role=\"row\">").count(), 13, "{path}");
    }
    // The oldest first, page by page, found ones too.
    for (query, rows) in [("?sort=oldest", 13), ("?q=works&sort=oldest", 13)] {
        let html = shop.service.page(&format!("/desk/orders{query}")).await;
        assert!(html.contains(r#"aria-sort="ascending""#), "{html}");
        let place = |po_number| {
            html.find(po_number)
                .unwrap_or_else(|| panic!("no {po_number} in {html}"))
        };
        assert!(place("Weekly 100%") < place("Monthly_1"), "{html}");
        let next = value_behind(&html, "rel=\"next\"", "href").replace("&#38;", "&");
        assert!(next.contains("sort=oldest"), "{next}");
        let html = shop.service.page(&next).await;
        assert_eq!(html.matches("<tr role=\"row\">").count(), rows, "{query}");
        assert!(!html.contains("Weekly 100%"), "{html}");
    }
    let german = german(&shop.app).await;
    let html = german.page("/desk/queue").await;
    assert!(
        html.contains("Warteschlange nach Vorrang") && html.contains("Anzunehmen"),
        "{html}"
    );
}
