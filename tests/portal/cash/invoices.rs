//! Invoices: parts of a line, tax by category and rate, numbers, due days, and that they never change.

use portal::db::sql;
use serde_json::json;

use super::{Shop, id, line, progress, reread, texts};
use crate::app::outside_the_runtime;
use crate::client::unique;

#[tokio::test]
async fn parts_of_a_line_sum_to_the_line() {
    let shop = Shop::open().await;
    // 7.333 for 100: 31 pieces are 2.27323, 10 are 0.7333.
    let order = shop.accepted(&shop.gold, &[line("BOLT", "H87", "31")]).await;
    assert_eq!(order["net_total"], "2.27");
    let mut nets = Vec::new();
    for quantity in ["10", "10", "11"] {
        let shipment = shop.ship_part(&order, 0, quantity).await;
        let invoice = shop.invoice(&shipment).await;
        assert_eq!(invoice["net_total"], invoice["lines"][0]["net"]);
        nets.push(invoice["net_total"].as_str().unwrap().to_owned());
    }
    assert_eq!(nets, ["0.73", "0.74", "0.80"]);
    let after = reread(&shop.gold, &order).await;
    assert_eq!(progress(&after, 0), ["0", "0", "31", "31"]);
    // 0.88 + 0.90 + 0.97 are owed; nothing of the order's 2.75 stays committed.
    let owed = shop.gold.get("/account").await.expect(200);
    assert_eq!(owed["exposure"], "2.75");
    shop.app.finish().await;
}

#[tokio::test]
async fn each_category_and_rate_is_taxed_once() {
    let shop = Shop::open().await;
    let lines = [
        line("BOLT", "H87", "31"),
        line("CABLE", "MTR", "3.35"),
        line("FOOD", "H87", "3"),
        line("EXEMPT", "H87", "1"),
    ];
    let order = shop.accepted(&shop.gold, &lines).await;
    let shipment = shop.ship(&order).await;
    let invoice = shop.invoice(&shipment).await;
    assert_eq!(
        invoice["taxes"],
        json!([
            {"category": "AA", "rate": "9", "base": "3.15", "amount": "0.28", "reason_code": null, "reason": null},
            {"category": "E", "rate": "0", "base": "99.00", "amount": "0.00", "reason_code": null, "reason": "Exempt from VAT"},
            {"category": "S", "rate": "21", "base": "3.39", "amount": "0.71", "reason_code": null, "reason": null},
        ])
    );
    assert_eq!(
        (&invoice["net_total"], &invoice["tax_total"]),
        (&order["net_total"], &order["tax_total"])
    );
    assert_eq!(invoice["gross_total"], "106.53");
    assert_eq!(invoice["open_amount"], "106.53");
    assert_eq!(invoice["lines"][0]["gtin"], "04006381333931");
    assert_eq!(invoice["seller"]["iban"], "NL91ABNA0417164300");
    assert_eq!(invoice["buyer"]["address"]["name"], "Gold Works");
    shop.app.finish().await;
}

#[tokio::test]
async fn goods_to_other_countries_carry_no_tax_and_say_why() {
    let shop = Shop::open().await;
    for (account, category, code) in [("FAR", "K", "VATEX-EU-IC"), ("OVERSEAS", "G", "VATEX-EU-G")] {
        let buyer = shop.app.person(account, "buyer").await;
        let order = shop.accepted(&buyer, &[line("BOLT", "H87", "100")]).await;
        let shipment = shop.ship(&order).await;
        let invoice = shop.invoice(&shipment).await;
        assert_eq!(invoice["taxes"][0]["category"], category);
        assert_eq!(invoice["taxes"][0]["reason_code"], code);
        assert!(invoice["taxes"][0]["reason"].is_string());
        assert_eq!(invoice["gross_total"], invoice["net_total"]);
        assert_eq!(invoice["lines"][0]["tax_category"], category);
    }
    shop.app.finish().await;
}

#[tokio::test]
async fn numbers_count_up_and_due_days_follow_the_terms() {
    let shop = Shop::open().await;
    let mut numbers = Vec::new();
    for (buyer, terms) in [(&shop.gold, 30), (&shop.silver, 14), (&shop.gold, 30)] {
        let order = shop.accepted(buyer, &[line("BOLT", "H87", "1")]).await;
        let shipment = shop.ship(&order).await;
        let invoice = shop.invoice(&shipment).await;
        let day = |name: &str| invoice[name].as_str().unwrap().parse::<chrono::NaiveDate>().unwrap();
        assert_eq!((day("due_on") - day("issued_on")).num_days(), terms);
        numbers.push(invoice["number"].as_str().unwrap().to_owned());
    }
    let endings: Vec<_> = numbers.iter().map(|number| number.split_once('-').unwrap().1).collect();
    assert_eq!(endings, ["000001", "000002", "000003"]);
    let listed = shop.gold.get("/invoices").await.expect(200);
    assert_eq!(texts(&listed["data"], "number"), [&numbers[2], &numbers[0]]);
    shop.app.finish().await;
}

#[tokio::test]
async fn a_shipment_is_invoiced_once() {
    let shop = Shop::open().await;
    let order = shop.accepted(&shop.gold, &[line("BOLT", "H87", "1")]).await;
    let shipment = shop.ship(&order).await;
    let (key, body) = (unique(), json!({"shipment_id": id(&shipment)}));
    let first = shop
        .finance
        .post_with_key("/supplier/invoices", &key, body.clone())
        .await
        .expect(201);
    let again = shop
        .finance
        .post_with_key("/supplier/invoices", &key, body.clone())
        .await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.expect(201), first);
    let other = shop.finance.post_with_key("/supplier/invoices", &unique(), body).await;
    let problem = other.problem(409, "already_invoiced");
    let number = first["number"].as_str().unwrap();
    assert!(problem["detail"].as_str().unwrap().contains(number), "{problem}");
    let unknown = json!({"shipment_id": "shp_nothing"});
    let faults = shop
        .finance
        .post_with_key("/supplier/invoices", &unique(), unknown)
        .await
        .faults();
    assert_eq!(faults, [("/shipment_id".to_owned(), "unknown_shipment".to_owned())]);
    let seen = shop
        .gold
        .get(&format!("/shipments/{}", id(&shipment)))
        .await
        .expect(200);
    assert_eq!(seen["invoice_id"], first["id"]);
    shop.app.finish().await;
}

#[tokio::test]
async fn an_issued_invoice_never_changes() {
    let shop = Shop::open().await;
    let order = shop.accepted(&shop.gold, &[line("BOLT", "H87", "1")]).await;
    let shipment = shop.ship(&order).await;
    shop.invoice(&shipment).await;
    for statement in [
        "UPDATE invoices SET net_minor = 0",
        "DELETE FROM invoice_lines",
        "UPDATE invoice_taxes SET amount_minor = 0",
        "UPDATE ledger_entries SET receivable_minor = 0",
    ] {
        let changed = || shop.app.db().write_now(move |tx| sql(statement).run(tx));
        let refused = outside_the_runtime(changed).unwrap_err().to_string();
        assert!(refused.contains("never change"), "{statement}: {refused}");
    }
    // What the account is called later changes no invoice.
    let accounts =
        "account,name,country,currency,tier,payment_terms_days,credit_limit\nGOLD,Golden Works,NL,EUR,gold,10,\n";
    shop.app.import(&[("accounts.csv", accounts)]).await;
    let invoices = shop.gold.get("/invoices").await.expect(200);
    let invoice = shop
        .gold
        .get(&format!("/invoices/{}", id(&invoices["data"][0])))
        .await
        .expect(200);
    assert_eq!(invoice["buyer"]["address"]["name"], "Gold Works");
    assert_eq!(invoice["payment_terms_days"], 30);
    shop.app.finish().await;
}

#[tokio::test]
async fn without_a_supplier_nothing_is_invoiced() {
    let app = crate::app::TestApp::start().await;
    let without: Vec<_> = super::FILES
        .iter()
        .copied()
        .filter(|(name, _)| !matches!(*name, "supplier.csv" | "tax_rates.csv"))
        .collect();
    app.import(&without).await;
    let (buyer, staff) = (app.person("GOLD", "buyer").await, app.staff("admin").await);
    let order = json!({"lines": [line("BOLT", "H87", "100")]});
    let order = buyer.place_order(order).await.expect(201);
    staff
        .post(&format!("/supplier/orders/{}/accept", id(&order)), json!({}))
        .await
        .expect(200);
    let ship = json!({"order_id": id(&order)});
    let shipment = staff
        .post_with_key("/supplier/shipments", &unique(), ship)
        .await
        .expect(201);
    let body = json!({"shipment_id": id(&shipment)});
    let early = staff.post_with_key("/supplier/invoices", &unique(), body.clone()).await;
    early.problem(409, "supplier_incomplete");
    app.import(&super::FILES[..2]).await;
    let invoice = staff
        .post_with_key("/supplier/invoices", &unique(), body)
        .await
        .expect(201);
    assert_eq!(
        (&invoice["net_total"], &invoice["gross_total"]),
        (&json!("7.33"), &json!("8.87"))
    );
    // The order was committed without tax; with its last invoice nothing of that stays.
    assert_eq!(buyer.get("/account").await.expect(200)["exposure"], "8.87");
    app.finish().await;
}

#[tokio::test]
async fn letters_that_no_font_has_are_told_before_an_invoice_is_issued() {
    let shop = Shop::open().await;
    // Private use: no font of any machine has it.
    let strange = "sku,name,base_unit,decimals,tax_category\nRARE,Rare \u{f8ff} part,H87,0,S\n";
    shop.app.import(&[("products.csv", strange)]).await;
    let browser = shop.app.browse_staff("finance").await;
    for (sku, is_told) in [("BOLT", false), ("RARE", true)] {
        let order = shop.accepted(&shop.gold, &[line(sku, "H87", "1")]).await;
        let shipment = shop.ship(&order).await;
        let codes = |answer: &serde_json::Value| texts(&answer["warnings"], "code").len();
        let path = format!("/supplier/shipments/{}", id(&shipment));
        let before = shop.finance.get(&path).await.expect(200);
        assert_eq!(codes(&before), usize::from(is_told), "{before}");
        let page = format!("/desk/shipments/{}", id(&shipment));
        let html = browser.page(&page).await;
        assert_eq!(html.contains("No font has these letters: \u{f8ff}."), is_told, "{html}");
        let invoice = shop.invoice(&shipment).await;
        assert_eq!(codes(&invoice), usize::from(is_told), "{invoice}");
        if is_told {
            assert_eq!(invoice["warnings"][0]["code"], "no_font");
            assert_eq!(invoice["warnings"][0]["params"]["letters"], "\u{f8ff}");
        }
        // It is issued all the same, and then the page says no more of it.
        assert!(!browser.page(&page).await.contains("No font has"));
    }
    shop.app.finish().await;
}
