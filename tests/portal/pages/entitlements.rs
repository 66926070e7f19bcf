//! What is left of an order class stands where the class is chosen; articles that are to come say so.

use portal::clock;

use super::quick_order::{draft_id, paste, shop, value_behind};
use crate::browser::{Browser, Shown};

async fn place(buyer: &Browser, draft: &str, po_number: &str, (class, otherwise): (&str, &str)) -> Shown {
    let html = buyer.page(&format!("/drafts/{draft}/preview")).await;
    let key = value_behind(&html, "name=\"form_key\"", "value");
    let sign = value_behind(&html, "name=\"sign\"", "value");
    let form = [
        ("form_key", key.as_str()),
        ("sign", &sign),
        ("po_number", po_number),
        ("ship_to", "MAIN"),
        ("order_class", class),
        ("if_not_entitled", otherwise),
    ];
    buyer.post(&format!("/drafts/{draft}/place"), &form).await
}

#[tokio::test]
async fn the_class_shows_what_is_left_and_the_buyer_chooses_what_becomes_of_the_order_above() {
    let (app, buyer) = shop().await;
    let draft = draft_id(&paste(&buyer, "NW-40012;1;CT").await);
    let path = format!("/drafts/{draft}/preview");
    assert!(
        !buyer.page(&path).await.contains("if_not_entitled"),
        "every class is everybody's"
    );
    app.import(&[("entitlements.csv", "order_class,per_month,account\npriority,1,NORD\n")])
        .await;
    let html = buyer.page(&path).await;
    assert!(html.contains("Priority (1 of 1 left this month)"), "{html}");
    assert!(html.contains("Place it as standard"), "{html}");
    let placed = place(&buyer, &draft, "PO-1", ("priority", "refuse")).await.goes_to();
    assert!(placed.ends_with("/confirmation"), "{placed}");

    let draft = draft_id(&paste(&buyer, "NW-40012;1;CT").await);
    let path = format!("/drafts/{draft}/preview");
    assert!(buyer.page(&path).await.contains("Priority (0 of 1 left this month)"));
    let refused = place(&buyer, &draft, "PO-2", ("priority", "refuse")).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .html
            .contains("The one order of the class priority that a month has is used."),
        "{}",
        refused.html
    );
    // What was chosen is kept with the draft, and the preview says what it comes to.
    let kept = [
        ("po_number", "PO-2"),
        ("order_class", "priority"),
        ("if_not_entitled", "standard"),
    ];
    assert_eq!(buyer.post(&path, &kept).await.goes_to(), path);
    let html = buyer.page(&path).await;
    assert!(html.contains("the order will be placed as standard"), "{html}");
    let placed = place(&buyer, &draft, "PO-2", ("priority", "standard")).await.goes_to();
    assert!(placed.ends_with("/confirmation"), "{placed}");
    let orders = app.person("NORD", "viewer").await.get("/orders").await.expect(200);
    let mut classes: Vec<_> = orders["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|order| order["order_class"].clone())
        .collect();
    classes.sort_by_key(ToString::to_string);
    assert_eq!(classes, ["priority", "standard"]);
    app.finish().await;
}

#[tokio::test]
async fn an_article_that_is_to_come_is_shown_and_stays_in_the_draft() {
    let (app, buyer) = shop().await;
    let day = clock::now().date() + chrono::TimeDelta::days(20);
    let rows = format!("sku,account,from\nHS-440,NORD,{day}\n");
    app.import(&[("early_access.csv", &rows)]).await;
    let html = buyer.page("/products?q=40012").await;
    assert!(html.contains("Coming "), "{html}");
    assert!(!html.contains("name=\"sku\" value=\"HS-440\""), "{html}");
    let html = paste(&buyer, "NW-40012;1;CT").await;
    assert!(html.contains("HS-440 can be ordered from"), "{html}");
    let rival = app.browse_as("RIVAL", "buyer").await;
    let html = rival.page("/products").await;
    assert!(
        html.contains("Secret of others") && !html.contains("Wood screw"),
        "{html}"
    );
    app.finish().await;
}

#[tokio::test]
async fn staff_add_change_and_take_away_on_the_desk() {
    let (app, _) = shop().await;
    let staff = app.browse_staff("admin").await;
    let wrong = staff
        .post(
            "/desk/entitlements",
            &[("order_class", "priority"), ("per_month", "some")],
        )
        .await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.html.contains("Name either a tier or an account."),
        "{}",
        wrong.html
    );
    let new = [
        ("tier", "gold"),
        ("account", ""),
        ("order_class", "priority"),
        ("per_month", "4"),
        ("lines_max", ""),
    ];
    assert_eq!(
        staff.post("/desk/entitlements", &new).await.goes_to(),
        "/desk/entitlements"
    );
    let html = staff.page("/desk/entitlements").await;
    assert!(html.contains("All of tier Gold"), "{html}");
    let path = format!(
        "/desk/entitlements/{}",
        value_behind(&html, "<td role=\"cell\" class=\"id\"><a ", "href")
            .rsplit_once('/')
            .unwrap()
            .1
    );
    let html = staff.page(&path).await;
    let version = value_behind(&html, "name=\"version\"", "value");
    let changed = staff
        .post(&path, &[("version", &version), ("per_month", "7"), ("lines_max", "")])
        .await;
    assert_eq!(changed.goes_to(), "/desk/entitlements");
    let stale = staff
        .post(&path, &[("version", &version), ("per_month", "8"), ("lines_max", "")])
        .await;
    assert_eq!(stale.status, 412);
    let version = value_behind(&staff.page(&path).await, "name=\"version\"", "value");
    let removed = staff.post(&format!("{path}/remove"), &[("version", &version)]).await;
    assert_eq!(removed.goes_to(), "/desk/entitlements");
    let early = [
        ("sku", "HS-440"),
        ("category", ""),
        ("tier", ""),
        ("account", "NORD"),
        ("from", "2026-12-12"),
    ];
    assert_eq!(
        staff.post("/desk/early-access", &early).await.goes_to(),
        "/desk/early-access"
    );
    let html = staff.page("/desk/early-access").await;
    assert!(html.contains("HS-440") && html.contains("NORD"), "{html}");
    app.finish().await;
}
