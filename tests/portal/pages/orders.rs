//! Orders on pages: found, followed, called off once, ordered again; never those of others.

use serde_json::{Value, json};

use super::quick_order::{shop, value_behind};
use crate::app::TestApp;
use crate::browser::Browser;
use crate::client::{Client, unique};

pub async fn place(client: &Client, po_number: &str, lines: Value) -> Value {
    let order = json!({ "po_number": po_number, "lines": lines });
    client.post_with_key("/orders", &unique(), order).await.expect(201)
}

pub fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

pub fn screws(cartons: &str) -> Value {
    json!([{ "customer_part_number": "NW-40012", "unit": "CT", "quantity": cartons }])
}

/// Accepts an order and ships all that is reserved; the shipment.
pub async fn ship(app: &TestApp, order: &Value) -> Value {
    let staff = app.staff("admin").await;
    let path = format!("/supplier/orders/{}", id(order));
    staff.post(&format!("{path}/accept"), json!({})).await.expect(200);
    let shipment = json!({ "order_id": id(order), "carrier": "DHL Freight", "tracking_number": "00340434" });
    staff
        .post_with_key("/supplier/shipments", &unique(), shipment)
        .await
        .expect(201)
}

async fn shop_with_client() -> (TestApp, Browser, Client) {
    let (app, buyer) = shop().await;
    let client = app.person("NORD", "buyer").await;
    (app, buyer, client)
}

#[tokio::test]
async fn the_list_begins_with_open_orders_and_counts_every_view() {
    let (app, buyer, client) = shop_with_client().await;
    assert!(buyer.page("/orders").await.contains("No orders here yet."));
    let first = place(&client, "PO-1", screws("1")).await;
    let second = place(&client, "PO-2", screws("2")).await;
    let third = place(&client, "Other-3", screws("3")).await;
    client
        .post(&format!("/orders/{}/cancel", id(&third)), json!({}))
        .await
        .expect(200);
    ship(&app, &first).await;
    let html = buyer.page("/orders").await;
    assert!(html.contains("Open (1)") && html.contains("On the way (1)"), "{html}");
    assert!(html.contains("Cancelled (1)") && html.contains("All (3)"), "{html}");
    assert!(html.contains(&format!("/orders/{}\">", id(&second))), "{html}");
    assert!(!html.contains(&format!("/orders/{}\">", id(&first))));
    let all = buyer.page("/orders?view=all").await;
    assert_eq!(all.matches("class=\"id\"").count(), 3, "{all}");
    let found = buyer.page("/orders?view=all&q=po-").await;
    assert!(found.contains("2 of 3 orders"), "{found}");
    let number = second["number"].as_str().unwrap();
    let found = buyer.page(&format!("/orders?view=all&q={number}")).await;
    assert!(found.contains("1 of 3 orders") && found.contains("PO-2"), "{found}");
    let none = buyer.page("/orders?q=nothing").await;
    assert!(none.contains("No order matches your filter."), "{none}");
    let state = buyer.page("/orders?view=all&state=cancelled").await;
    assert!(
        state.contains("1 of 3 orders") && state.contains("Other-3") && !state.contains("PO-1"),
        "{state}"
    );
    let later = buyer.page("/orders?view=all&from=2100-01-01").await;
    assert!(later.contains("0 of 3 orders"), "{later}");
    let wrong = buyer.page("/orders?from=yesterday").await;
    assert!(wrong.contains("is no day"), "{wrong}");
}

#[tokio::test]
async fn a_walk_through_the_pages_meets_every_order_once_in_any_sort() {
    let (_app, buyer, client) = shop_with_client().await;
    for number in 0..53 {
        let mut order = json!({ "po_number": format!("PO-{number}"), "lines": screws("1") });
        if number % 3 > 0 {
            order["requested_date"] = json!(format!("2100-01-{:02}", number % 9 + 1));
        }
        client.post_with_key("/orders", &unique(), order).await.expect(201);
    }
    for sort in ["newest", "oldest", "wanted", "wanted_last"] {
        let mut path = format!("/orders?view=all&sort={sort}");
        let mut met = Vec::new();
        let mut pages = 0;
        loop {
            let html = buyer.page(&path).await;
            pages += 1;
            let rows = html.split("<td role=\"cell\" class=\"id\"><a href=\"/orders/").skip(1);
            met.extend(rows.map(|row| row.split_once('"').unwrap().0.to_owned()));
            match html.split_once("rel=\"next\" href=\"") {
                Some((_, rest)) => {
                    path = rest
                        .split_once('"')
                        .unwrap()
                        .0
                        .replace("&#38;", "&")
                        .replace("&amp;", "&")
                }
                None => break,
            }
        }
        assert_eq!((met.len(), pages), (53, 2), "{sort}");
        met.sort();
        met.dedup();
        assert_eq!(met.len(), 53, "{sort}");
    }
    let html = buyer.page("/orders?view=all&sort=wanted").await;
    assert!(html.contains("aria-sort=\"ascending\""), "{html}");
}

#[tokio::test]
async fn an_order_tells_how_far_it_is() {
    let (app, buyer, client) = shop_with_client().await;
    let lines = json!([
        { "customer_part_number": "NW-40012", "unit": "CT", "quantity": "2" },
        { "customer_part_number": "NW-40020", "unit": "CT", "quantity": "10" },
        { "customer_part_number": "NW-71100", "unit": "H87", "quantity": "100" },
    ]);
    let order = place(&client, "PO-11873", lines).await;
    let path = format!("/orders/{}", id(&order));
    let html = buyer.page(&path).await;
    assert!(html.contains("2 lines are not fully in stock"), "{html}");
    assert!(
        html.contains("Line 2: you get 6 of 10\u{a0}cartons now, the other 4 when stock arrives."),
        "{html}"
    );
    assert!(html.contains("Line 3: 100\u{a0}pieces backordered."), "{html}");
    assert!(!html.contains("higher rank"));
    assert!(html.contains("Why this price") && html.contains("6 reserved") && html.contains("4 waiting"));
    assert!(html.contains("/reorder") && html.contains(&format!("{path}/cancel")));
    let shipment = ship(&app, &order).await;
    let finance = app.staff("finance").await;
    let invoice = json!({ "shipment_id": id(&shipment) });
    let invoice = finance
        .post_with_key("/supplier/invoices", &unique(), invoice)
        .await
        .expect(201);
    let html = buyer.page(&path).await;
    assert!(
        html.contains("1 of 3 lines sent") && html.contains("1 invoice"),
        "{html}"
    );
    assert!(html.contains("Partly shipped") && html.contains("6 shipped"), "{html}");
    assert!(html.contains(shipment["number"].as_str().unwrap()), "{html}");
    assert!(html.contains(invoice["number"].as_str().unwrap()), "{html}");
    assert!(html.contains("tracking-id=00340434"), "{html}");
    assert!(html.contains("Accepted") && html.contains("Halden Supply"), "{html}");
    assert!(!html.contains(&format!("{path}/cancel\"")), "{html}");
    for paper in [
        format!("{path}/confirmation.pdf"),
        format!("/shipments/{}/note.pdf", id(&shipment)),
        format!("/invoices/{}/invoice.pdf", id(&invoice)),
    ] {
        let shown = buyer.get(&paper).await;
        assert_eq!(shown.status, 200, "{paper}");
        assert_eq!(shown.headers["content-type"], "application/pdf");
    }
}

#[tokio::test]
async fn lines_are_cancelled_by_buyers_and_their_rest_by_staff() {
    let (app, buyer, client) = shop_with_client().await;
    let lines = json!([
        { "customer_part_number": "NW-40020", "unit": "CT", "quantity": "10" },
        { "customer_part_number": "NW-71100", "unit": "H87", "quantity": "100" },
    ]);
    let order = place(&client, "PO-1", lines).await;
    ship(&app, &order).await;
    let path = format!("/orders/{}/cancel-rest", id(&order));
    let html = buyer.page(&path).await;
    // Of the first line six cartons have left: only what waits of it can be called off.
    assert!(html.contains("NW-71100") && html.contains("NW-40020"), "{html}");
    let untouched = buyer.post(&path, &[("reason", "too late")]).await;
    assert_eq!(untouched.status, 422);
    assert!(untouched.html.contains("Tick the lines to cancel.") && untouched.html.contains("too late"));
    let line = |order: &Value, place: usize| order["lines"][place]["id"].as_str().unwrap().to_owned();
    let there = buyer
        .post(&path, &[("line", &line(&order, 1)), ("reason", "too late")])
        .await
        .goes_to();
    let html = buyer.page(&there).await;
    assert!(
        html.contains("Rest of line 2 cancelled") && html.contains("too late"),
        "{html}"
    );
    assert!(html.contains("/cancel-rest"), "{html}");
    let whole = buyer
        .post(&path, &[("line", &line(&order, 0)), ("reason", "too late")])
        .await
        .goes_to();
    assert!(buyer.page(&whole).await.contains("ask your contact to cancel its rest"));

    let desk = app.browse_staff("customer_service").await;
    let path = format!("/desk{path}");
    let html = desk.page(&path).await;
    assert!(html.contains("HS-450") && !html.contains("HS-008"), "{html}");
    let unsaid = desk.post(&path, &[("line", &line(&order, 0))]).await;
    assert_eq!(unsaid.status, 422);
    assert!(unsaid.html.contains("checked"), "{}", unsaid.html);
    desk.post(&path, &[("line", &line(&order, 0)), ("reason", "discontinued")])
        .await
        .goes_to();
    let html = desk.page(&format!("/desk/orders/{}", id(&order))).await;
    assert!(
        html.contains("Rest of lines cancelled") && html.contains("discontinued"),
        "{html}"
    );
    assert_eq!(
        client.get(&format!("/orders/{}", id(&order))).await.expect(200)["state"],
        "shipped"
    );
    app.finish().await;
}

#[tokio::test]
async fn an_order_is_called_off_once_and_only_in_time() {
    let (app, buyer, client) = shop_with_client().await;
    let order = place(&client, "PO-1", screws("1")).await;
    let path = format!("/orders/{}/cancel", id(&order));
    assert!(buyer.page(&path).await.contains("Cancel order"));
    let long = "x".repeat(1_001);
    let refused = buyer.post(&path, &[("reason", &long)]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("The order is not cancelled yet.") && refused.html.contains(&long));
    let shown = buyer.post(&path, &[("reason", "Ordered twice")]).await.goes_to();
    assert_eq!(shown, format!("/orders/{}", id(&order)));
    let html = buyer.page(&shown).await;
    assert!(html.contains("is cancelled. Its PO number is free again."), "{html}");
    assert!(html.contains("Ordered twice"), "{html}");
    buyer.post(&path, &[]).await.goes_to();
    let html = buyer.page(&shown).await;
    assert!(html.contains("be cancelled here any more"), "{html}");
    let accepted = place(&client, "PO-2", screws("1")).await;
    ship(&app, &accepted).await;
    let path = format!("/orders/{}/cancel", id(&accepted));
    assert_eq!(buyer.get(&path).await.status, 303);
    buyer.post(&path, &[]).await.goes_to();
    let stands = client.get(&format!("/orders/{}", id(&accepted))).await.expect(200);
    assert_eq!(stands["state"], "shipped");
}

#[tokio::test]
async fn an_order_is_ordered_again_at_todays_prices_once_for_each_form() {
    let (app, buyer, client) = shop_with_client().await;
    let lines = json!([
        { "customer_part_number": "NW-40012", "unit": "CT", "quantity": "2" },
        { "customer_part_number": "NW-5000", "unit": "MTR", "quantity": "2.5", "note": "On one drum" },
    ]);
    let order = place(&client, "PO-1", lines).await;
    app.import(&[(
        "prices.csv",
        "price_list,sku,unit,min_quantity,price,price_base\nBASE,HS-440,H87,1,2.71,100\n",
    )])
    .await;
    let path = format!("/orders/{}", id(&order));
    let key = value_behind(&buyer.page(&path).await, "name=\"form_key\"", "value");
    let again = format!("{path}/reorder");
    let draft = buyer.post(&again, &[("form_key", &key)]).await.goes_to();
    let twin = buyer.post(&again, &[("form_key", &key)]).await.goes_to();
    assert_eq!(draft, twin);
    let html = buyer.page(&draft).await;
    assert!(html.contains("2 lines are in this draft at today"), "{html}");
    assert!(html.contains("1 costs more than last time."), "{html}");
    assert!(
        html.contains("2.71 / 100 pieces") && html.contains("On one drum"),
        "{html}"
    );
    let other = buyer.post(&again, &[]).await.goes_to();
    assert_ne!(draft, other);
}

#[tokio::test]
async fn orders_of_others_are_not_found_and_readers_change_nothing() {
    let (app, _buyer, client) = shop_with_client().await;
    let order = place(&client, "PO-1", screws("1")).await;
    let shipment = ship(&app, &order).await;
    let path = format!("/orders/{}", id(&order));
    let rival = app.browse_as("RIVAL", "admin").await;
    for paper in [
        path.clone(),
        format!("{path}/cancel"),
        format!("{path}/confirmation.pdf"),
        format!("/shipments/{}/note.pdf", id(&shipment)),
        "/orders/ord_nonsense".to_owned(),
    ] {
        assert_eq!(rival.get(&paper).await.status, 404, "{paper}");
    }
    for action in ["cancel", "reorder"] {
        assert_eq!(
            rival.post(&format!("{path}/{action}"), &[]).await.status,
            404,
            "{action}"
        );
    }
    assert!(!rival.page("/orders?view=all").await.contains("PO-1"));
    let finance = app.browse_as("NORD", "finance").await;
    let html = finance.page(&path).await;
    assert!(!html.contains("/reorder") && !html.contains("/cancel"), "{html}");
    for action in ["cancel", "reorder"] {
        assert_eq!(
            finance.post(&format!("{path}/{action}"), &[]).await.status,
            403,
            "{action}"
        );
    }
    let staff = app.browse_staff("admin").await;
    assert_eq!(staff.get("/orders").await.status, 403);
    assert_eq!(app.browser().get(&path).await.status, 303);
}

#[tokio::test]
async fn orders_speak_german() {
    let (app, _, client) = shop_with_client().await;
    let order = place(
        &client,
        "PO-1",
        json!([{ "customer_part_number": "NW-40020", "unit": "CT", "quantity": "10" }]),
    )
    .await;
    let email = app.add_person("NORD", "buyer").await;
    let reader = app.sign_in(&email).await;
    let me = reader.get("/me").await;
    let etag = me.header("etag").to_owned();
    let german = json!({ "locale": "de" });
    reader
        .change(reqwest::Method::PATCH, "/me", &etag, Some(german))
        .await
        .expect(200);
    let reader = app.browse_as_person(&email).await;
    let html = reader.page(&format!("/orders/{}", id(&order))).await;
    assert!(html.contains("Position 1: Sie erhalten jetzt 6 von 10"), "{html}");
    assert!(html.contains("Was geschah") && html.contains("Nachbestellen"));
    let list = reader.page("/orders").await;
    assert!(
        list.contains("Offen (1)") && list.contains("1 Position wartet auf Ware"),
        "{list}"
    );
}
