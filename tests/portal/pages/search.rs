//! Search: an exact number leads to its object, anything else to what has it somewhere; nothing of others.

use serde_json::json;

use super::drafts::statements;
use super::quick_order::{shop, value_behind};

#[tokio::test]
async fn an_exact_number_leads_to_its_object() {
    let (app, buyer) = shop().await;
    let client = app.person("NORD", "buyer").await;
    let order = json!({"po_number": "PO-77/a", "lines": [{"sku": "HS-440", "unit": "CT", "quantity": "4"}]});
    let order = client.place_order(order).await.expect(201);
    let (id, number) = (order["id"].as_str().unwrap(), order["number"].to_string());
    let number = number.trim_matches('"');
    let warehouse = app.staff("warehouse").await;
    let sent = json!({"order_id": id, "carrier": "DHL", "tracking_number": "JD0146"});
    app.staff("customer_service")
        .await
        .post(&format!("/supplier/orders/{id}/accept"), json!({}))
        .await
        .expect(200);
    let shipment = warehouse
        .post_with_key("/supplier/shipments", "k1", sent)
        .await
        .expect(201);
    let shipment_id = shipment["id"].as_str().unwrap();
    let invoice = app
        .staff("finance")
        .await
        .post_with_key("/supplier/invoices", "k2", json!({"shipment_id": shipment_id}))
        .await
        .expect(201);
    let order_path = format!("/orders/{id}");
    for (text, path) in [
        (number, order_path.as_str()),
        (&format!("%23{number}"), &order_path),
        ("po-77%2FA", &order_path),
        ("JD0146", &format!("/shipments/{shipment_id}")),
        (
            invoice["number"].as_str().unwrap(),
            &format!("/invoices/{}", invoice["id"].as_str().unwrap()),
        ),
    ] {
        assert_eq!(buyer.get(&format!("/search?q={text}")).await.goes_to(), path, "{text}");
    }
    for number in ["NW-40012", "HS-440", "4006381333931"] {
        let to = buyer.get(&format!("/search?q={number}")).await.goes_to();
        assert!(to.starts_with("/products/prd_"), "{number}: {to}");
    }
    let rival = app.browse_as("RIVAL", "buyer").await;
    for text in [
        number,
        "PO-77%2Fa",
        "JD0146",
        invoice["number"].as_str().unwrap(),
        "NW-40012",
    ] {
        let html = rival.page(&format!("/search?q={text}")).await;
        assert!(
            html.contains("Nothing of yours has") && !html.contains(id),
            "{text}: {html}"
        );
    }
    app.finish().await;
}

#[tokio::test]
async fn parts_of_numbers_and_words_find_groups() {
    let (app, buyer) = shop().await;
    let client = app.person("NORD", "buyer").await;
    for place in 0..7 {
        let order = json!({"po_number": format!("Spring-{place}"), "lines": [{"sku": "HS-440", "unit": "CT", "quantity": "1"}]});
        client.place_order(order).await.expect(201);
    }
    let html = buyer.page("/search?q=spring").await;
    assert_eq!(html.matches("href=\"/orders/ord_").count(), 5, "{html}");
    let all = value_behind(&html, "class=\"actions\"><a ", "href").replace("&#38;", "&");
    assert_eq!(all, "/orders?view=all&q=spring");
    assert_eq!(buyer.page(&all).await.matches("Spring-").count(), 7);
    let staff = app.browse_staff("customer_service").await;
    let html = staff.page("/desk/search?q=spring").await;
    assert!(html.contains(r#"href="/desk/orders?q=spring""#), "{html}");
    let html = buyer.page("/search?q=wood+scr").await;
    assert!(
        html.contains("NW-40012") && html.contains("NW-40020") && !html.contains("Secret"),
        "{html}"
    );
    for (text, nothing) in [("secret", true), ("%25", true), ("_", true), ("'", true), ("", false)] {
        let html = buyer.page(&format!("/search?q={text}")).await;
        assert_eq!(html.contains("Nothing of yours has"), nothing, "{text}: {html}");
    }
    let several = statements(&app, async || drop(buyer.page("/search?q=spring").await)).await;
    let none = statements(&app, async || drop(buyer.page("/search?q=autumn").await)).await;
    assert_eq!(several, none);
    app.finish().await;
}

#[tokio::test]
async fn staff_find_orders_accounts_products_and_invoices_of_everybody() {
    let (app, buyer) = shop().await;
    let client = app.person("NORD", "buyer").await;
    let order = json!({"po_number": "Spring-1", "lines": [{"sku": "HS-440", "unit": "CT", "quantity": "1"}]});
    let order = client.place_order(order).await.expect(201);
    let staff = app.browse_staff("customer_service").await;
    let path = format!("/desk/orders/{}", order["id"].as_str().unwrap());
    let number = order["number"].to_string();
    for text in [number.trim_matches('"'), "spring-1"] {
        assert_eq!(
            staff.get(&format!("/desk/search?q={text}")).await.goes_to(),
            path,
            "{text}"
        );
    }
    let shipment = super::orders::ship(&app, &order).await;
    let to = staff
        .get(&format!("/desk/search?q={}", shipment["number"].as_str().unwrap()))
        .await
        .goes_to();
    assert_eq!(to, format!("/desk/shipments/{}", shipment["id"].as_str().unwrap()));
    let to = staff.get("/desk/search?q=nord").await.goes_to();
    assert!(to.starts_with("/desk/accounts/acc_"), "{to}");
    for (text, expected) in [
        ("spring", "Nordwind"),
        ("0034", "/desk/shipments/"),
        ("ordwin", "NORD"),
        ("secret", "HS-SECRET"),
        ("nothing+of+it", "Nothing has"),
    ] {
        let html = staff.page(&format!("/desk/search?q={text}")).await;
        assert!(html.contains(expected), "{text}: {html}");
    }
    assert_eq!(buyer.get("/desk/search?q=spring").await.status, 403);
    assert_eq!(staff.get("/search?q=spring").await.status, 403);
    app.finish().await;
}
