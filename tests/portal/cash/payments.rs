//! Payments: oldest first, named, part, over, taken back; the statement and the end of an order.

use serde_json::{Value, json};

use super::{Shop, id, line, payment, reread, texts};
use crate::client::unique;

/// Invoices of 121.00 each for GOLD, with their orders delivered.
async fn invoiced(shop: &Shop, count: usize) -> Vec<(Value, Value)> {
    let mut done = Vec::new();
    for _ in 0..count {
        let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "10")]).await;
        let shipment = shop.ship(&order).await;
        shop.deliver(&shipment).await;
        done.push((order, shop.invoice(&shipment).await));
    }
    done
}

async fn state_of(shop: &Shop, invoice: &Value) -> (String, String) {
    let invoice = shop.gold.get(&format!("/invoices/{}", id(invoice))).await.expect(200);
    let text = |name: &str| invoice[name].as_str().unwrap().to_owned();
    (text("state"), text("open_amount"))
}

fn state(state: &str, open: &str) -> (String, String) {
    (state.to_owned(), open.to_owned())
}

#[tokio::test]
async fn a_payment_settles_the_oldest_invoice_first() {
    let shop = Shop::open().await;
    let done = invoiced(&shop, 3).await;
    let paid = shop.pay("GOLD", "200").await;
    assert_eq!(texts(&paid["applied"], "amount"), ["121.00", "79.00"]);
    assert_eq!(paid["on_account"], "0.00");
    assert_eq!(state_of(&shop, &done[0].1).await, state("paid", "0.00"));
    assert_eq!(state_of(&shop, &done[1].1).await, state("part_paid", "42.00"));
    assert_eq!(state_of(&shop, &done[2].1).await, state("open", "121.00"));
    assert_eq!(reread(&shop.gold, &done[0].0).await["state"], "closed");
    assert_eq!(reread(&shop.gold, &done[1].0).await["state"], "delivered");
    let path = format!("/orders/{}/timeline", id(&done[0].0));
    let timeline = shop.gold.get(&path).await.expect(200);
    assert_eq!(
        texts(&timeline["data"], "type"),
        [
            "order.closed",
            "payment.received",
            "invoice.issued",
            "order.delivered",
            "shipment.delivered",
            "shipment.created",
            "order.accepted",
            "order.placed",
        ]
    );
    assert_eq!(shop.gold.get("/account").await.expect(200)["exposure"], "163.00");
    let open = shop.gold.get("/invoices?state=part_paid").await.expect(200);
    assert_eq!(texts(&open["data"], "id"), [id(&done[1].1)]);
    shop.app.finish().await;
}

#[tokio::test]
async fn a_named_invoice_is_settled_and_the_rest_stays_on_account() {
    let shop = Shop::open().await;
    let done = invoiced(&shop, 2).await;
    let mut body = payment("GOLD", "150.00");
    body["invoice_id"] = done[1].1["id"].clone();
    let paid = shop
        .finance
        .post_with_key("/supplier/payments", &unique(), body)
        .await
        .expect(201);
    assert_eq!(paid["on_account"], "29.00");
    assert_eq!(state_of(&shop, &done[0].1).await, state("open", "121.00"));
    assert_eq!(state_of(&shop, &done[1].1).await, state("paid", "0.00"));
    let statement = shop.gold.get("/account/statement").await.expect(200);
    assert_eq!(statement["balance"], "92.00");
    assert_eq!(statement["on_account"], "29.00");
    assert_eq!(statement["ageing"]["not_due"], "121.00");
    assert_eq!(shop.gold.get("/account").await.expect(200)["exposure"], "92.00");
    // What is on account can settle later.
    let path = format!("/supplier/payments/{}/apply", id(&paid));
    let applied = shop.finance.post(&path, json!({})).await.expect(200);
    assert_eq!(applied["on_account"], "0.00");
    assert_eq!(state_of(&shop, &done[0].1).await, state("part_paid", "92.00"));
    assert_eq!(shop.gold.get("/account").await.expect(200)["exposure"], "92.00");
    shop.app.finish().await;
}

#[tokio::test]
async fn a_payment_that_names_a_paid_invoice_says_that_it_goes_on_account() {
    let shop = Shop::open().await;
    let done = invoiced(&shop, 2).await;
    let (invoice, number) = (&done[0].1, done[0].1["number"].as_str().unwrap());
    let named = |amount: &str| {
        let mut body = payment("GOLD", amount);
        body["invoice_id"] = invoice["id"].clone();
        body
    };
    let book = async |key: &str, body| {
        shop.finance
            .post_with_key("/supplier/payments", key, body)
            .await
            .expect(201)
    };
    let first = book("first", named("121.00")).await;
    assert_eq!((&first["on_account"], &first["warnings"]), (&json!("0.00"), &json!([])));
    let second = book("second", named("50.00")).await;
    assert_eq!(second["on_account"], "50.00");
    assert_eq!(second["warnings"][0]["code"], "invoice_paid_already");
    assert!(
        second["warnings"][0]["detail"].as_str().unwrap().contains(number),
        "{second}"
    );
    // The other invoice stays open, and both a repetition and a later look say the same.
    assert_eq!(state_of(&shop, &done[1].1).await, state("open", "121.00"));
    assert_eq!(book("second", named("50.00")).await["warnings"], second["warnings"]);
    let path = format!("/supplier/payments/{}", id(&second));
    assert_eq!(
        shop.finance.get(&path).await.expect(200)["warnings"],
        second["warnings"]
    );
    let page = format!("/desk/payments/{}", id(&second));
    let html = shop.app.browse_staff("finance").await.page(&page).await;
    assert!(html.contains(&format!("Invoice {number} was paid already")), "{html}");
    let events = shop.gold.get("/events?limit=200").await.expect(200);
    let told: Vec<_> = events["data"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|event| event["type"] == "payment.received")
        .map(|event| event["data"]["paid_already"].clone())
        .collect();
    assert_eq!(told, [Value::Null, json!(number)]);
    // Taken back it says nothing of it.
    let taken_back = shop
        .finance
        .post(&format!("{path}/reverse"), json!({"reason": "bounced"}))
        .await
        .expect(200);
    assert_eq!(taken_back["warnings"], json!([]));
    shop.app.finish().await;
}

#[tokio::test]
async fn money_of_another_year_is_a_slip() {
    let shop = Shop::open().await;
    for day in ["1999-11-02", "2019-11-02"] {
        let mut body = payment("GOLD", "1.00");
        body["received_on"] = json!(day);
        let refused = shop.finance.post_with_key("/supplier/payments", &unique(), body).await;
        assert_eq!(
            refused.faults(),
            [("/received_on".to_owned(), "value_invalid".to_owned())]
        );
    }
}

#[tokio::test]
async fn a_payment_that_was_none_is_taken_back_by_new_entries() {
    let shop = Shop::open().await;
    let done = invoiced(&shop, 1).await;
    let paid = shop.pay("GOLD", "121.00").await;
    let path = format!("/supplier/payments/{}/reverse", id(&paid));
    let reversed = shop.finance.post(&path, json!({"reason": "bounced"})).await.expect(200);
    assert_eq!(reversed["reversal_reason"], "bounced");
    assert_eq!(reversed["applied"], json!([]));
    assert_eq!(state_of(&shop, &done[0].1).await, state("open", "121.00"));
    let again = shop.finance.post(&path, json!({"reason": "bounced"})).await;
    again.problem(409, "payment_reversed");
    let statement = shop.gold.get("/account/statement").await.expect(200);
    let entries = &statement["entries"]["data"];
    let mut kinds = texts(entries, "kind");
    kinds.sort_unstable();
    assert_eq!(kinds, ["invoice", "payment", "payment_reversal"]);
    assert_eq!(statement["closing_balance"], "121.00");
    shop.app.finish().await;
}

#[tokio::test]
async fn the_statement_is_read_in_pages_and_adds_up() {
    let shop = Shop::open().await;
    invoiced(&shop, 3).await;
    shop.pay("GOLD", "363.00").await;
    let mut path = "/account/statement?limit=2".to_owned();
    let (mut amounts, mut last) = (Vec::new(), Value::Null);
    loop {
        let page = shop.gold.get(&path).await.expect(200);
        if !last.is_null() {
            assert_eq!(page["opening_balance"], last);
        }
        last = page["closing_balance"].clone();
        amounts.extend(texts(&page["entries"]["data"], "amount").into_iter().map(str::to_owned));
        match page["entries"]["next_cursor"].as_str() {
            Some(cursor) => path = format!("/account/statement?limit=2&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(amounts.len(), 4);
    assert_eq!(last, "0.00");
    let account = shop.gold.get("/account").await.expect(200);
    let path = format!("/supplier/accounts/{}/statement", id(&account));
    let desk = shop.finance.get(&path).await.expect(200);
    assert_eq!(desk["balance"], "0.00");
    let faults = shop
        .gold
        .get("/account/statement?from=2026-02-01&to=2026-01-01")
        .await
        .faults();
    assert_eq!(faults, [("/from".to_owned(), "value_invalid".to_owned())]);
    let strange = shop.silver.get("/account/statement").await.expect(200);
    assert_eq!(strange["entries"]["data"], json!([]));
    shop.app.finish().await;
}

#[tokio::test]
async fn a_statement_is_taken_as_csv_too() {
    let shop = Shop::open().await;
    let done = invoiced(&shop, 1).await;
    shop.pay("GOLD", "40.00").await;
    let own = shop.gold.get("/account/statement/csv").await;
    assert_eq!(
        (
            own.status,
            own.header("content-type"),
            own.header("content-disposition")
        ),
        (200, "text/csv; charset=utf-8", "attachment; filename=\"statement.csv\"")
    );
    let rows: Vec<_> = own.text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(
        rows[0].starts_with("booked_on,kind,invoice_number,") && rows[0].ends_with(",currency,amount,balance"),
        "{rows:?}"
    );
    // The money came before the invoice.
    assert!(rows[1].ends_with(",EUR,-40.00,-40.00"), "{rows:?}");
    let number = done[0].1["number"].as_str().unwrap();
    assert!(
        rows[2].contains(&format!(",invoice,{number},")) && rows[2].ends_with(",EUR,121.00,81.00"),
        "{rows:?}"
    );
    let account = shop.gold.get("/account").await.expect(200);
    let path = format!("/supplier/accounts/{}/statement/csv", id(&account));
    assert_eq!(shop.finance.get(&path).await.text, own.text);
    let before = shop.gold.get("/account/statement/csv?to=2020-01-01").await;
    assert_eq!((before.status, before.text.lines().count()), (200, 1));
    let backwards = shop
        .gold
        .get("/account/statement/csv?from=2026-02-01&to=2026-01-01")
        .await
        .faults();
    assert_eq!(backwards, [("/from".to_owned(), "value_invalid".to_owned())]);
    shop.app.finish().await;
}

#[tokio::test]
async fn bad_payments_are_refused_with_every_fault() {
    let shop = Shop::open().await;
    let done = invoiced(&shop, 1).await;
    let send = async |body: Value| {
        shop.finance
            .post_with_key("/supplier/payments", &unique(), body)
            .await
            .faults()
    };
    let body = json!({"account": "GOLD", "amount": "0", "currency": "USD", "received_on": "2999-01-01",
        "reference": "x".repeat(201)});
    let faults = send(body).await;
    let faults: Vec<_> = faults.iter().map(|(at, code)| (at.as_str(), code.as_str())).collect();
    assert_eq!(
        faults,
        [
            ("/currency", "wrong_currency"),
            ("/amount", "value_invalid"),
            ("/received_on", "value_invalid"),
            ("/reference", "value_too_long"),
        ]
    );
    assert_eq!(
        send(payment("GOLD", "1.001")).await,
        [("/amount".to_owned(), "value_invalid".to_owned())]
    );
    assert_eq!(
        send(payment("NOBODY", "1")).await,
        [("/account".to_owned(), "unknown_account".to_owned())]
    );
    // An invoice of another account is as unknown as one that does not exist.
    for invoice in [done[0].1["id"].clone(), json!("nonsense")] {
        let mut body = payment("SILVER", "1");
        body["invoice_id"] = invoice;
        assert_eq!(
            send(body).await,
            [("/invoice_id".to_owned(), "unknown_invoice".to_owned())]
        );
    }
    shop.app.finish().await;
}
