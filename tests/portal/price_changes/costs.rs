//! Costs and floors: who sees them, what they refuse, that no account is told; reasons of concessions, and buyers who are told in advance.

use portal::clock;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Shop, id, order, row, today, work};
use crate::openapi::document;

/// A cost that no price or quantity of the shop is like.
const PLANTED: &str = "0.137913";

#[tokio::test]
async fn costs_and_floors_say_what_is_earned_and_a_floor_that_blocks_refuses() {
    let shop = Shop::open().await;
    let costs = "sku,cost,currency,valid_from\nBOLT-8,0.15,EUR,\nNUT,1,EUR,2026-01-01\n";
    let floors = "category,percent,action\n,5,warn\nBolts,30,block\n";
    shop.app
        .import(&[("costs.csv", costs), ("margin_floors.csv", floors)])
        .await;
    let kept = shop.author.get("/supplier/costs?sku=BOLT-8").await.expect(200);
    assert_eq!(kept["data"][0]["cost"], "0.15");
    shop.app
        .staff("warehouse")
        .await
        .get("/supplier/costs")
        .await
        .problem(403, "forbidden");
    shop.buyer.get("/supplier/costs").await.problem(403, "forbidden");
    shop.buyer.place_order(order("200")).await.expect(201);
    let change = shop.create(&today()).await;
    shop.put(&change, json!([row("C-NORD", "20")])).await.expect(200);
    let preview = shop.preview(&change).await;
    // Of 38.00 and of 40.00 the goods cost 30.00.
    let total = &preview["totals"][0];
    assert_eq!(
        (&total["margin_before"], &total["margin_after"]),
        (&json!("21.0526"), &json!("25"))
    );
    assert_eq!((&preview["under_floor"], &preview["blocked"]), (&json!(1), &json!(1)));
    shop.act(&shop.author, &change, "submit")
        .await
        .problem(422, "below_floor");
    let floors = json!({"floors": [{"category": "Bolts", "percent": "30", "action": "warn"}]});
    let set = shop
        .author
        .send(Method::PUT, "/supplier/margin-floors", &[], Some(floors.to_string()));
    set.await.expect(200);
    shop.apply(&change).await;
    shop.app.finish().await;
}

#[tokio::test]
async fn a_cost_is_in_no_answer_page_or_file_of_an_account() {
    let shop = Shop::open().await;
    let floors = "category,percent,action\n,37.9137,warn\n";
    let costs = format!("sku,cost,currency\nBOLT-8,{PLANTED},EUR\nCABLE,{PLANTED},EUR\n");
    shop.app
        .import(&[("costs.csv", costs.as_str()), ("margin_floors.csv", floors)])
        .await;
    let placed = shop.buyer.place_order(order("200")).await.expect(201);
    let change = shop.create(&today()).await;
    shop.put(&change, json!([row("C-NORD", "19.95")])).await.expect(200);
    let preview = shop.preview(&change).await;
    let margin = preview["totals"][0]["margin_after"].as_str().unwrap().to_owned();
    let admin = shop.app.person("NORD", "admin").await;
    let mut answers = Vec::new();
    for (path, operations) in document()["paths"].as_object().unwrap() {
        let path = path.trim_start_matches("/api/v1");
        if operations.get("get").is_some() && !path.contains('{') && !path.starts_with("/oauth") {
            answers.push((path.to_owned(), admin.get(path).await.text));
        }
    }
    assert!(answers.len() > 40, "{}", answers.len());
    let order = format!("/orders/{}", id(&placed));
    for path in [order.clone(), format!("{order}/timeline"), format!("{order}/pdf")] {
        answers.push((path.clone(), admin.get(&path).await.text));
    }
    answers.push((
        "a quote".to_owned(),
        shop.buyer.post("/prices/quote", self::order("200")).await.text,
    ));
    let browser = shop.app.browse_as("NORD", "admin").await;
    for path in [
        "/",
        "/products",
        "/orders",
        "/quick-order",
        "/drafts",
        "/invoices",
        "/credit-notes",
        "/statement",
        "/account",
        "/products?q=BOLT-8",
        "/orders/export.csv",
        "/products/export.csv",
        "/desk/costs",
        "/desk/price-changes",
    ] {
        answers.push((path.to_owned(), browser.get(path).await.html));
    }
    let page = order.clone();
    answers.push((page.clone(), browser.get(&page).await.html));
    for (path, text) in &answers {
        for secret in [PLANTED, "0,137913", "37.9137", margin.as_str()] {
            assert!(!text.contains(secret), "{path} tells {secret}");
        }
    }
    // The search finds what is there.
    let own = shop.author.get("/supplier/costs").await.text;
    assert!(own.contains(PLANTED));
    shop.app.finish().await;
}

#[tokio::test]
async fn a_price_below_list_or_floor_asks_for_a_reason_once_floors_are_kept() {
    let shop = Shop::open().await;
    let list = shop.author.get("/supplier/prices?price_list=C-NORD").await.expect(200);
    let path = format!("/supplier/prices/{}", id(&list["data"][0]));
    let change = |body: Value| shop.author.change(Method::PATCH, &path, "*", Some(body));
    // Nobody keeps floors.
    change(json!({"price": "18.5"})).await.expect(200);
    let costs = "sku,cost,currency\nBOLT-8,0.15,EUR\n";
    shop.app
        .import(&[
            ("costs.csv", costs),
            ("margin_floors.csv", "category,percent,action\nBolts,10,block\n"),
        ])
        .await;
    let fault = |code: &str| vec![("/reason".to_owned(), code.to_owned())];
    assert_eq!(change(json!({"price": "18.4"})).await.faults(), fault("reason_needed"));
    assert_eq!(
        change(json!({"price": "16", "reason": "Please"})).await.faults(),
        fault("below_floor")
    );
    change(json!({"price": "18.4", "reason": "A larger order was promised"}))
        .await
        .expect(200);
    let history = shop.author.get(&format!("{path}/history")).await.expect(200);
    assert!(
        history[0]["changes"]
            .to_string()
            .contains("A larger order was promised"),
        "{history}"
    );
    // A price above list asks for nothing.
    change(json!({"price": "21"})).await.expect(200);
    let worth = shop
        .approver
        .get("/supplier/program-values?account=NORD")
        .await
        .expect(200);
    assert_eq!((&worth["currency"], &worth["rebates"]), (&json!("EUR"), &json!("0.00")));
    shop.approver
        .get("/supplier/program-values?account=NOBODY")
        .await
        .expect(422);
    shop.app.finish().await;
}

#[tokio::test]
async fn buyers_are_told_once_of_prices_to_come() {
    let shop = Shop::open().await;
    let day = clock::now().date() + chrono::Days::new(10);
    let plan = json!({"title": "Spring", "effective_on": day, "notice_days": 14});
    let change = shop.author.post("/supplier/price-changes", plan).await.expect(201);
    let change = id(&change);
    shop.put(change, json!([row("C-NORD", "19.95"), row("BASE", "22")]))
        .await
        .expect(200);
    shop.app.mails().await;
    shop.apply(change).await;
    let told: Vec<_> = shop
        .app
        .mails()
        .await
        .into_iter()
        .filter(|mail| format!("{mail:?}").contains("C-NORD"))
        .collect();
    assert_eq!(told.len(), 1, "{told:?}");
    let told = format!("{told:?}");
    assert!(told.contains("19.95"), "{told}");
    work(&shop.app).await;
    let again = shop.app.mails().await;
    assert!(
        again.iter().all(|mail| !format!("{mail:?}").contains("C-NORD")),
        "{again:?}"
    );
    let events = shop.buyer.get("/events").await.expect(200).to_string();
    assert!(events.contains("price_list.announced"), "{events}");
    shop.app.finish().await;
}
