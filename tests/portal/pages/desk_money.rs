//! Payments by pages: booked once, matched, settled later, taken back; the statement follows.

use chrono::TimeDelta;
use portal::clock;
use portal::db::sql;
use portal::ids::InvoiceId;
use serde_json::{Value, json};

use super::desk_orders::{Shop, actions, line, order, page_of, send, ship_form};
use super::quick_order::value_behind;
use crate::browser::{Browser, Shown};

/// Accepts, ships all of it and invoices; gives where the invoice's page is.
async fn invoiced(shop: &Shop, order: &Value) -> String {
    shop.accept(order).await;
    let form = ship_form(&shop.warehouse, order, &[]).await;
    send(&shop.warehouse, &format!("{}/ship", page_of(order)), &form)
        .await
        .goes_to();
    let html = shop.finance.page(&page_of(order)).await;
    let action = actions(&html, "/invoice").remove(0);
    let key = value_behind(&html, &format!("action=\"{action}\""), "value");
    shop.finance.post(&action, &[("form_key", &key)]).await.goes_to()
}

/// Sends the form for new money of an account.
async fn pay(browser: &Browser, account: &str, fields: &[(&str, &str)]) -> (Shown, Vec<(String, String)>) {
    let html = browser.page(&format!("/desk/payments/new?account={account}")).await;
    let mut form = vec![
        ("form_key".to_owned(), value_behind(&html, "name=\"form_key\"", "value")),
        ("account".to_owned(), account.to_owned()),
        (
            "received_on".to_owned(),
            value_behind(&html, "name=\"received_on\"", "value"),
        ),
    ];
    for (name, value) in fields {
        form.retain(|(known, _)| known != name);
        form.push(((*name).to_owned(), (*value).to_owned()));
    }
    (send(browser, "/desk/payments", &form).await, form)
}

#[tokio::test]
async fn payments_are_booked_once_and_bring_the_statement_to_zero() {
    let shop = Shop::open().await;
    let first = invoiced(&shop, &order(&shop.gold, &[line("BOLT", "H87", "100")]).await).await;
    let second = invoiced(&shop, &order(&shop.gold, &[line("BOLT", "H87", "200")]).await).await;
    let html = shop.finance.page(&second).await;
    assert!(html.contains("24.20") && html.contains("Book payment"), "{html}");
    let (refused, _) = pay(&shop.finance, "GOLD", &[("amount", "abc"), ("reference", "REF 7")]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.html.contains("value=\"abc\"") && refused.html.contains("value=\"REF 7\""),
        "{}",
        refused.html
    );
    let (asked, _) = pay(&shop.finance, "GOLD", &[("amount", "1.250")]).await;
    assert!(
        asked.status == 422 && asked.html.contains("Write 1250 or 1.25."),
        "{}",
        asked.html
    );
    for (name, value) in [
        ("amount", ""),
        ("amount", "0"),
        ("received_on", "2999-01-01"),
        ("received_on", "x"),
    ] {
        let (refused, _) = pay(&shop.finance, "GOLD", &[("amount", "5"), (name, value)]).await;
        assert_eq!(refused.status, 422, "{name} {value}");
    }
    // The second invoice is paid first because it is named; the rest of the money stays on account until it is used.
    let id = second.rsplit('/').next().unwrap();
    let (booked, form) = pay(&shop.finance, "GOLD", &[("amount", "30"), ("invoice_id", id)]).await;
    let payment = booked.goes_to();
    assert_eq!(send(&shop.finance, "/desk/payments", &form).await.goes_to(), payment);
    let html = shop.finance.page(&payment).await;
    assert!(
        html.contains("EUR\u{a0}5.80") && html.contains("Part matched"),
        "{html}"
    );
    assert!(shop.finance.page("/desk/payments").await.contains("1 payment<"));
    assert!(
        shop.finance
            .page("/desk/payments?view=unmatched&account=GOLD")
            .await
            .contains("1 payment<")
    );
    let html = shop
        .finance
        .page(&shop.finance.post(&format!("{payment}/apply"), &[]).await.goes_to())
        .await;
    assert!(html.contains("EUR\u{a0}0.00 stay on account"), "{html}");
    let (booked, _) = pay(&shop.finance, "GOLD", &[("amount", "6.30")]).await;
    booked.goes_to();
    let statement = shop.gold.get("/account/statement").await.expect(200);
    assert_eq!(statement["balance"], "0.00");
    assert!(shop.finance.page(&first).await.contains("Paid"));
    let page = shop.finance.page("/desk/payments/new").await;
    assert!(page.contains("No invoice is open."), "{page}");
    // Taken back, both invoices are open again by what it settled.
    let refused = shop
        .finance
        .post(&format!("{payment}/reverse"), &[("reason", "")])
        .await;
    assert!(
        refused.status == 422 && refused.html.contains("Say why."),
        "{}",
        refused.html
    );
    assert!(
        shop.finance
            .page(&format!("{payment}/reverse"))
            .await
            .contains("2 invoices")
    );
    let to = shop
        .finance
        .post(&format!("{payment}/reverse"), &[("reason", "Bounced.")])
        .await
        .goes_to();
    let html = shop.finance.page(&to).await;
    assert!(html.contains("Taken back") && html.contains("Bounced."), "{html}");
    let statement = shop.gold.get("/account/statement").await.expect(200);
    assert_eq!(statement["balance"], "30.00");
    shop.app.finish().await;
}

#[tokio::test]
async fn only_finance_books_and_an_unknown_account_is_asked_again() {
    let shop = Shop::open().await;
    for path in ["/desk/payments/new", "/desk/payments/new?account=GOLD"] {
        assert_eq!(shop.service.get(path).await.status, 403);
    }
    assert_eq!(
        shop.warehouse
            .post("/desk/payments", &[("account", "GOLD")])
            .await
            .status,
        403
    );
    let asked = shop.finance.get("/desk/payments/new?account=NOBODY").await;
    assert!(
        asked.status == 422 && asked.html.contains("There is no account “NOBODY”."),
        "{}",
        asked.html
    );
    let without_key = [("account", "GOLD"), ("amount", "5"), ("received_on", "2026-01-02")];
    assert_eq!(shop.finance.post("/desk/payments", &without_key).await.status, 400);
    assert!(!shop.service.page("/desk/payments").await.contains("/desk/payments/new"));
    assert_eq!(shop.service.get("/desk/payments/pay_0000000000000").await.status, 404);
}

#[tokio::test]
async fn many_shipments_are_invoiced_at_once_and_each_only_once() {
    let shop = Shop::open().await;
    for _ in 0..3 {
        let order = order(&shop.gold, &[line("BOLT", "H87", "10")]).await;
        shop.accept(&order).await;
        let form = ship_form(&shop.warehouse, &order, &[]).await;
        send(&shop.warehouse, &format!("{}/ship", page_of(&order)), &form)
            .await
            .goes_to();
    }
    let html = shop.finance.page("/desk/shipments?view=to_invoice").await;
    let mut form = vec![("form_key".to_owned(), value_behind(&html, "id=\"many\"", "value"))];
    for rest in html.split("name=\"shipment\" value=\"").skip(1) {
        form.push(("shipment".to_owned(), rest.split_once('"').unwrap().0.to_owned()));
    }
    // Meanwhile one of them is invoiced on its own.
    let action = actions(&html, "/invoice").remove(0);
    let key = value_behind(&html, &format!("action=\"{action}\""), "value");
    shop.finance.post(&action, &[("form_key", &key)]).await.goes_to();
    let path = "/desk/shipments/invoices";
    let shown = send(&shop.finance, path, &form).await;
    assert!(
        shown.html.contains("2 of 3 invoices issued") && shown.html.contains("is invoiced already"),
        "{}",
        shown.html
    );
    let again = send(&shop.finance, path, &form).await;
    assert!(again.html.contains("2 of 3 invoices issued"), "{}", again.html);
    assert!(shop.finance.page("/desk/invoices").await.contains("3 invoices<"));
    assert_eq!(
        shop.finance.post(path, &[("form_key", "none")]).await.goes_to(),
        "/desk/shipments?view=to_invoice"
    );
    assert_eq!(send(&shop.warehouse, path, &form).await.status, 403);
    shop.app.finish().await;
}

#[tokio::test]
async fn invoices_and_shipments_are_found_by_numbers_and_accounts() {
    let shop = Shop::open().await;
    let gold = order(&shop.gold, &[line("BOLT", "H87", "100")]).await;
    let silver = order(&shop.silver, &[line("BOLT", "H87", "10")]).await;
    let paid = invoiced(&shop, &gold).await;
    invoiced(&shop, &silver).await;
    let number = |order: &Value| order["number"].as_str().unwrap().to_owned();
    let po_number = gold["po_number"].as_str().unwrap();
    let invoice = shop.finance.page(&paid).await;
    let invoice = invoice.split_once("<title>").unwrap().1.split_once(' ').unwrap().1;
    let invoice = invoice.split_once(' ').unwrap().0.to_owned();
    for list in ["/desk/invoices", "/desk/shipments"] {
        for (query, of_gold, of_silver) in [
            (String::new(), true, true),
            (format!("?q={}", number(&gold)), true, false),
            (format!("?q={}", po_number.to_lowercase()), true, false),
            ("?q=silv".to_owned(), false, true),
            ("?q=100%25".to_owned(), false, false),
            (format!("?view=open&q={}", number(&silver)), false, true),
            (
                format!("?view=paid&q={}", number(&silver)),
                false,
                list == "/desk/shipments",
            ),
            (
                format!("?view=to_invoice&q={}", number(&silver)),
                false,
                list == "/desk/invoices",
            ),
        ] {
            let html = shop.finance.page(&format!("{list}{query}")).await;
            let has = |order| html.contains(&format!(">{}</a>", number(order)));
            assert_eq!(
                (has(&gold), has(&silver)),
                (of_gold, of_silver),
                "{list}{query}: {html}"
            );
        }
        let html = shop.finance.page(&format!("{list}?q=nothing+like+it")).await;
        assert!(html.contains("matches the filter"), "{html}");
    }
    let html = shop.finance.page(&format!("/desk/invoices?q={invoice}")).await;
    assert!(html.contains("1 invoice<"), "{invoice}: {html}");
}

#[tokio::test]
async fn a_run_of_reminders_is_proposed_looked_through_and_released_by_page() {
    let shop = Shop::open().await;
    let invoice = invoiced(&shop, &order(&shop.gold, &[line("BOLT", "H87", "100")]).await).await;
    let id: InvoiceId = invoice.rsplit('/').next().unwrap().parse().unwrap();
    let late = move |tx: &mut _| {
        sql("UPDATE open_items SET due_on = $2 WHERE invoice_id = $1")
            .bind(id)
            .bind(clock::now().date() - TimeDelta::days(20))
            .run(tx)
    };
    shop.app.db().write(late).await.unwrap();
    let finance = shop.app.staff("finance").await;
    let policy = json!({"code": "HOUSE", "name": "House rule", "currency": "EUR", "levels": [{"days_overdue": 3, "fee": "5.00"}]});
    finance.post("/supplier/reminder-policies", policy).await.expect(201);
    let account = shop.gold.get("/account").await.expect(200)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let tab = format!("/desk/accounts/{account}/reminders");
    let html = shop.finance.page(&tab).await;
    assert!(html.contains("House rule"), "{html}");
    shop.finance
        .post(&tab, &[("policy", "HOUSE"), ("excluded", "")])
        .await
        .goes_to();

    let html = shop.finance.page("/desk/reminders").await;
    let key = value_behind(&html, "name=\"form_key\"", "value");
    let run = shop
        .finance
        .post("/desk/reminders", &[("form_key", &key)])
        .await
        .goes_to();
    let html = shop.finance.page(&run).await;
    assert!(
        html.contains("Friendly reminder") && html.contains("Send 1 reminder"),
        "{html}"
    );
    let refused = shop
        .finance
        .post(&format!("{run}/take-out"), &[("account", "GOLD"), ("reason", "")])
        .await;
    assert!(
        refused.status == 422 && refused.html.contains("Say why."),
        "{}",
        refused.html
    );
    let html = shop
        .finance
        .page(&shop.finance.post(&format!("{run}/release"), &[]).await.goes_to())
        .await;
    assert!(
        html.contains("The reminders are sent.") && !html.contains("Send 1 reminder"),
        "{html}"
    );
    assert!(shop.finance.page("/desk/reminders/sent").await.contains("1 reminder<"));
    let sent = finance.get("/supplier/reminders").await.expect(200);
    let page = format!("/desk/reminders/sent/{}", sent["data"][0]["id"].as_str().unwrap());
    assert!(shop.finance.page(&page).await.contains("Give up fee and interest"));
    shop.finance
        .post(&format!("{page}/waive"), &[("reason", "the first time")])
        .await
        .goes_to();
    assert!(shop.finance.page(&page).await.contains("the first time"));
    let dispute = [
        ("invoice", id.to_string()),
        ("why", "damaged".to_owned()),
        ("do", "begin".to_owned()),
    ];
    let dispute: Vec<_> = dispute.iter().map(|(name, value)| (*name, value.as_str())).collect();
    shop.finance.post(&format!("{tab}/dispute"), &dispute).await.goes_to();
    assert!(shop.finance.page(&tab).await.contains("damaged"));
}
