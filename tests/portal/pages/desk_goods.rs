//! Stock, receipts, mails and the start page of the desk.

use super::desk_lists::german;
use super::desk_orders::{Shop, first_link, line, order, page_of, send};
use super::quick_order::value_behind;
use crate::app::TestApp;
use crate::browser::Browser;

async fn receipt_form(browser: &Browser, lines: &[(&str, &str)]) -> Vec<(String, String)> {
    let html = browser.page("/desk/receipts/new").await;
    let mut form = vec![
        ("form_key".to_owned(), value_behind(&html, "name=\"form_key\"", "value")),
        ("warehouse".to_owned(), "NORTH".to_owned()),
    ];
    for (sku, quantity) in lines {
        form.push(("sku".to_owned(), (*sku).to_owned()));
        form.push(("quantity".to_owned(), (*quantity).to_owned()));
    }
    form
}

#[tokio::test]
async fn received_goods_serve_who_waits_by_rank_and_say_why() {
    let shop = Shop::open().await;
    let low = order(&shop.silver, &[line("RARE", "H87", "8")]).await;
    let high = order(&shop.gold, &[line("RARE", "H87", "4")]).await;
    let html = shop.warehouse.page("/desk/stock?view=waiting").await;
    assert!(
        html.contains("Rare part") && html.contains("2 lines") && html.contains("Short"),
        "{html}"
    );
    let html = shop.warehouse.page(&first_link(&html, "/desk/stock/prd_")).await;
    assert!(html.contains("2 lines wait for 7") && html.contains("NORTH"), "{html}");
    let (gold, silver) = (html.find("Gold Works").unwrap(), html.find("Silver Works").unwrap());
    assert!(gold < silver, "{html}");
    let all = shop.warehouse.page("/desk/stock?q=rare").await;
    assert!(all.contains("RARE") && !all.contains("BOLT"), "{all}");
    let form = receipt_form(&shop.warehouse, &[("RARE", "x"), ("NONE", "3"), ("BOLT", "")]).await;
    let refused = send(&shop.warehouse, "/desk/receipts", &form).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.html.contains("is not a number.") && refused.html.contains("How much came?"),
        "{}",
        refused.html
    );
    assert!(refused.html.contains("value=\"NONE\""), "{}", refused.html);
    let form = receipt_form(&shop.warehouse, &[("RARE", "6"), ("", ""), ("CABLE", "2,5")]).await;
    let to = send(&shop.warehouse, "/desk/receipts", &form).await.goes_to();
    assert_eq!(send(&shop.warehouse, "/desk/receipts", &form).await.goes_to(), to);
    assert!(shop.service.page("/desk/receipts").await.contains("1 receipt<"));
    let html = shop.warehouse.page(&to).await;
    assert!(
        html.contains("rank 1 of 2: Gold, standard") && html.contains("4 of 4"),
        "{html}"
    );
    assert!(
        html.contains("rank 2 of 2: Silver, standard") && html.contains("2 of 3"),
        "{html}"
    );
    for order in [&low, &high] {
        assert!(
            html.contains(&format!(">{}</a>", order["number"].as_str().unwrap())),
            "{html}"
        );
    }
    let html = shop.service.page(&page_of(&low)).await;
    assert!(
        html.contains("Goods received") && html.contains("rank 1 of 1: Silver"),
        "{html}"
    );
    assert_eq!(shop.service.get("/desk/receipts/new").await.status, 403);
    assert_eq!(shop.service.get("/desk/receipts/rcp_0000000000000").await.status, 404);
    let mut more = form.clone();
    more.push(("do".to_owned(), "more".to_owned()));
    let shown = send(&shop.warehouse, "/desk/receipts", &more).await;
    assert!(
        shown.status == 200 && shown.html.contains("value=\"2,5\""),
        "{}",
        shown.html
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn mails_are_listed_read_and_sent_once_more() {
    let shop = Shop::open().await;
    let order = order(&shop.gold, &[line("BOLT", "H87", "1")]).await;
    shop.accept(&order).await;
    assert!(!shop.app.mails().await.is_empty());
    let html = shop.service.page("/desk/messages?kind=order_accepted").await;
    assert!(html.contains("Order accepted") && html.contains("Sent"), "{html}");
    let path = first_link(&html, "/desk/messages/msg_");
    let html = shop.service.page(&path).await;
    assert!(
        html.contains(order["number"].as_str().unwrap()) && html.contains("mail-text"),
        "{html}"
    );
    let to = shop
        .service
        .post(&format!("{path}/resend"), &[("back", "/desk/messages?state=due")])
        .await
        .goes_to();
    assert_eq!(to, "/desk/messages?state=due");
    assert!(shop.service.page(&to).await.contains("goes out again"));
    let again = shop.service.post(&format!("{path}/resend"), &[]).await;
    assert!(shop.service.page(&again.goes_to()).await.contains("due already"));
    assert_eq!(shop.app.mails().await.len(), 1);
    shop.app.finish().await;
}

#[tokio::test]
async fn a_mail_that_is_shown_leads_to_the_public_address_whatever_the_request_says() {
    let shop = Shop::open().await;
    let order = order(&shop.gold, &[line("BOLT", "H87", "1")]).await;
    shop.accept(&order).await;
    assert!(!shop.app.mails().await.is_empty());
    let public_url = "https://orders.halden.example/".parse().unwrap();
    let node = shop.app.node_with(|state| state.reached_at(Some(public_url))).await;
    let staff = shop.service.at(&node.base);
    let html = staff.page("/desk/messages?kind=order_accepted").await;
    let path = first_link(&html, "/desk/messages/msg_");
    let request = staff.request(reqwest::Method::GET, &path);
    let request = request
        .header("host", "evil.example")
        .header("x-forwarded-host", "evil.example");
    let shown = staff.send(request).await;
    assert_eq!(shown.status, 200, "{}", shown.html);
    assert!(
        shown.html.contains("https://orders.halden.example/orders/") && !shown.html.contains("evil.example"),
        "{}",
        shown.html
    );
}

#[tokio::test]
async fn a_mail_that_lets_its_reader_in_is_shown_to_nobody_else() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let body = serde_json::json!({"email": "new@acme.example", "role": "buyer"});
    admin.post("/invitations", body).await.expect(201);
    app.mails().await;
    let staff = app.browse_staff("finance").await;
    let html = staff.page("/desk/messages?kind=invitation").await;
    let html = staff.page(&first_link(&html, "/desk/messages/msg_")).await;
    assert!(
        html.contains("lets in whoever has it") && !html.contains("/invitations/"),
        "{html}"
    );
}

#[tokio::test]
async fn today_counts_what_needs_somebody_and_leads_there() {
    let shop = Shop::open().await;
    let empty = shop.service.page("/desk").await;
    assert!(
        empty.contains("Nothing waits to be accepted.") && empty.contains("orders to accept"),
        "{empty}"
    );
    let placed = order(&shop.gold, &[line("BOLT", "H87", "1")]).await;
    let short = order(&shop.gold, &[line("RARE", "H87", "9")]).await;
    shop.accept(&short).await;
    let html = shop.service.page("/desk").await;
    let tile = |link: &str| {
        let rest = html
            .split_once(&format!("href=\"{link}\"><strong>"))
            .unwrap_or_else(|| panic!("{link}: {html}"))
            .1;
        rest.split_once('<').unwrap().0.to_owned()
    };
    for (link, number) in [
        ("/desk/queue?view=to_accept", "1"),
        ("/desk/queue?view=short", "1"),
        ("/desk/queue?view=to_ship", "1"),
    ] {
        assert_eq!(tile(link), number, "{link}");
        assert!(shop.service.page(link).await.contains("1 order<"), "{link}");
    }
    assert!(
        html.contains(&format!(">{}</a>", placed["number"].as_str().unwrap())),
        "{html}"
    );
    let german = german(&shop.app).await;
    let html = german.page("/desk").await;
    assert!(
        html.contains("Bestellung anzunehmen") && html.contains("Schreibtisch"),
        "{html}"
    );
}

/// Statements that a page takes, the fewest of three tries: a session may be looked up in between.
async fn statements(app: &TestApp, browser: &Browser, path: &str) -> u64 {
    let mut fewest = u64::MAX;
    for _ in 0..3 {
        let before = app.db().statements();
        browser.page(path).await;
        fewest = fewest.min(app.db().statements() - before);
    }
    fewest
}

#[tokio::test]
async fn pages_of_the_desk_take_the_same_statements_for_any_number_of_rows() {
    let shop = Shop::open().await;
    let first = order(&shop.gold, &[line("RARE", "H87", "9")]).await;
    let paths = [
        "/desk".to_owned(),
        "/desk/queue".to_owned(),
        "/desk/orders".to_owned(),
        "/desk/stock".to_owned(),
        "/desk/stock?view=waiting".to_owned(),
        "/desk/shipments".to_owned(),
        "/desk/invoices".to_owned(),
        "/desk/payments".to_owned(),
        "/desk/messages".to_owned(),
        page_of(&first),
    ];
    let mut few = Vec::new();
    for path in &paths {
        few.push(statements(&shop.app, &shop.service, path).await);
    }
    for _ in 0..20 {
        order(&shop.silver, &[line("RARE", "H87", "9"), line("BOLT", "H87", "1")]).await;
    }
    shop.app.mails().await;
    for (path, few) in paths.iter().zip(few) {
        assert_eq!(statements(&shop.app, &shop.service, path).await, few, "{path}");
    }
}
