//! Saved views: a person's own names for filters, on each list.

use super::desk_orders::Shop;
use super::quick_order::value_behind;
use crate::browser::Browser;

async fn save(browser: &Browser, list: &str, query: &str, name: &str) -> String {
    let fields = [("list", list), ("query", query), ("name", name)];
    browser.post("/views", &fields).await.goes_to()
}

fn deletion(html: &str) -> String {
    value_behind(html, "class=\"saved-views\"", "action")
}

#[tokio::test]
async fn a_person_saves_opens_replaces_and_deletes_views_of_each_list() {
    let shop = Shop::open().await;
    let buyer = shop.app.browse_as("GOLD", "buyer").await;
    for (browser, lists) in [
        (&buyer, ["/orders", "/shipments", "/invoices"]),
        (&shop.service, ["/desk/orders", "/desk/shipments", "/desk/invoices"]),
    ] {
        for list in lists {
            let html = browser.page(list).await;
            assert!(html.contains("Save this view"), "{list}");
            let opened = save(browser, list, "q=bolt&sort=oldest&cursor=x", "Mine <b>").await;
            assert_eq!(opened, format!("{list}?q=bolt&sort=oldest"));
            let html = browser.page(&opened).await;
            assert!(html.contains("value=\"bolt\"") && html.contains("saved."), "{html}");
            assert!(html.contains("Mine &#60;b&#62;</a>"), "{html}");
            // The same name is another filter now.
            save(browser, list, "q=nut", "Mine <b>").await;
            let html = browser.page(list).await;
            assert!(
                html.contains(&format!("href=\"{list}?q=nut\"")) && !html.contains("q=bolt"),
                "{list}"
            );
            assert_eq!(browser.post(&deletion(&html), &[]).await.goes_to(), list);
            assert!(!browser.page(list).await.contains("Mine"), "{list}");
        }
    }
}

#[tokio::test]
async fn views_are_nobody_elses_and_lead_nowhere_else() {
    let shop = Shop::open().await;
    let (buyer, colleague) = (
        shop.app.browse_as("GOLD", "buyer").await,
        shop.app.browse_as("GOLD", "buyer").await,
    );
    save(&buyer, "/orders", "view=all", "Everything").await;
    let path = deletion(&buyer.page("/orders").await);
    assert!(!colleague.page("/orders").await.contains("Everything"));
    assert_eq!(colleague.post(&path, &[]).await.status, 404);
    for (list, name) in [("//evil.example", "x"), ("https://evil.example", "x"), ("/orders", " ")] {
        let opened = save(&buyer, list, "", name).await;
        assert!(["/", "/orders"].contains(&opened.as_str()), "{opened}");
    }
    for number in 1..=30 {
        save(&buyer, "/orders", "view=all", &format!("View {number}")).await;
    }
    let html = buyer.page("/orders").await;
    assert!(
        html.contains("at most 30 views") && !html.contains("View 30<"),
        "{html}"
    );
    assert_eq!(save(&buyer, "/orders", "q=1", "Everything").await, "/orders?q=1");
}
