//! Search: an exact number leads to its object, anything else to what has it somewhere; nothing of others.

use serde_json::json;

use super::drafts::statements;
use super::quick_order::{shop, value_behind};
use crate::app::TestApp;

#[tokio::test]
async fn a_measure_is_found_however_it_is_parted() {
    let (app, _) = shop().await;
    app.import(&[(
        "products.csv",
        "sku,name,base_unit,decimals,tax_category\nHS-840,Hex bolt M8 x40 zinc,H87,0,S\nHS-850,Hex bolt M8 x 50,H87,0,S\n",
    )])
    .await;
    let staff = app.staff("admin").await;
    for (typed, sku) in [
        ("M8x40", "HS-840"),
        ("M8%20x40", "HS-840"),
        ("M8%20x%2040", "HS-840"),
        ("M8x%2040", "HS-840"),
        ("M8%20x50", "HS-850"),
        ("M8%C3%9750", "HS-850"),
    ] {
        let found = staff.get(&format!("/supplier/products?q={typed}")).await.expect(200);
        let found = found["data"].as_array().unwrap();
        assert_eq!(found.len(), 1, "{typed}: {found:?}");
        assert_eq!(found[0]["sku"], sku, "{typed}");
    }
    app.finish().await;
}

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

#[tokio::test]
async fn accounts_are_found_without_their_accents_wherever_staff_look_for_them() {
    let app = TestApp::start().await;
    app.import(&[
        ("supplier.csv", "name,country,currency\nThe Supplier,NL,EUR\n"),
        (
            "accounts.csv",
            "account,name,country,currency,tier,payment_terms_days,credit_limit\n\
             BRUNN,Brunnhöfer & Söhne,NL,EUR,gold,30,\nOTHER,Straße AG,NL,EUR,gold,30,\n",
        ),
        (
            "sites.csv",
            "account,site,name,country\nBRUNN,MAIN,Main,NL\nOTHER,MAIN,Main,NL\n",
        ),
        (
            "products.csv",
            "sku,name,base_unit,decimals,tax_category\nNUT,Nut,H87,0,S\n",
        ),
        (
            "price_lists.csv",
            "price_list,name,currency,kind,account,tier\nBASE,List,EUR,base,,\n",
        ),
        (
            "prices.csv",
            "price_list,sku,unit,min_quantity,price\nBASE,NUT,H87,1,1\n",
        ),
        ("stock.csv", "warehouse,sku,on_hand\nA,NUT,100\n"),
    ])
    .await;
    let order = json!({"po_number": "P", "lines": [{"sku": "NUT", "unit": "H87", "quantity": "1"}]});
    app.person("BRUNN", "buyer").await.place_order(order).await.expect(201);
    let (desk, rest) = (app.browse_staff("admin").await, app.staff("admin").await);
    for text in ["sohne", "S%C3%B6hne", "SO%CC%88HNE", "brunnhofer+%26"] {
        for path in ["/desk/search", "/desk/accounts", "/desk/orders"] {
            let html = desk.page(&format!("{path}?q={text}")).await;
            assert!(
                html.contains("Brunnhöfer") && !html.contains("Straße"),
                "{path} {text}: {html}"
            );
        }
        for path in ["/supplier/accounts", "/supplier/orders"] {
            let found = rest.get(&format!("{path}?q={text}")).await.expect(200);
            let rows = found["data"].as_array().unwrap();
            assert!(
                rows.len() == 1 && rows[0].to_string().contains("BRUNN"),
                "{path} {text}: {found}"
            );
        }
    }
    assert!(desk.page("/desk/accounts?q=strasse").await.contains("Straße AG"));
}
