//! One payment for many invoices, each with its amount, by REST and on the desk.

use serde_json::{Value, json};

use super::{Shop, days_ago, id, stand, texts, today};
use crate::cash::bank::{act, camt, entries, number, take, told};

fn body(amount: &str, allocations: &Value) -> Value {
    json!({"account": "GOLD", "amount": amount, "currency": "EUR", "received_on": days_ago(1), "allocations": allocations})
}

#[tokio::test]
async fn a_payment_is_for_many_invoices_as_it_says() {
    let shop = Shop::open().await;
    shop.discounts("GOLD", &[(7, "2")]).await;
    shop.tolerance("0.50").await;
    let (one, two, three) = (shop.round(3).await, shop.round(3).await, shop.round(20).await);
    let allocations = json!([
        {"invoice_id": id(&three), "amount": "121.00"},
        {"invoice_id": id(&one), "amount": "118.58", "cash_discount": "2.42"},
        {"invoice_id": id(&two), "amount": "60.00", "small_difference": "0.30", "bank_charges": "0.70"},
    ]);
    let paid = shop.try_receive(body("300.00", &allocations)).await.expect(201);
    assert_eq!((&paid["on_account"], &paid["warnings"]), (&json!("0.42"), &json!([])));
    let mut applied = texts(&paid["applied"], "amount");
    applied.sort_unstable();
    assert_eq!(applied, ["118.58", "121.00", "60.00"]);
    assert_eq!(shop.stands(&three).await, stand("paid", "0.00"));
    assert_eq!(shop.stands(&one).await, stand("paid", "0.00"));
    assert_eq!(shop.stands(&two).await, stand("part_paid", "60.00"));
    let given = shop.write_offs("").await;
    let mut kinds = texts(&json!(given), "kind")
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    kinds.sort();
    assert_eq!(kinds, ["bank_charges", "cash_discount", "small_difference"]);
    assert!(given.iter().all(|one| one["explanation"]["code"] == "by_allocation"));
    // What is on account is for the second one.
    let path = format!("/supplier/payments/{}/apply", id(&paid));
    let rest = json!({"allocations": [{"invoice_id": id(&two), "amount": "0.42"}]});
    let applied = shop.finance.post(&path, rest).await.expect(200);
    assert_eq!(applied["on_account"], "0.00");
    assert_eq!(shop.stands(&two).await, stand("part_paid", "59.58"));
    shop.app.finish().await;
}

#[tokio::test]
async fn what_does_not_go_is_told_at_its_place() {
    let shop = Shop::open().await;
    let (one, two) = (shop.round(3).await, shop.round(3).await);
    let faults = async |amount: &str, allocations: Value| {
        let answer = shop.try_receive(body(amount, &allocations)).await;
        answer.faults().into_iter().map(|(at, _)| at).collect::<Vec<_>>()
    };
    let of = |invoice: &Value, amount: &str| json!({"invoice_id": id(invoice), "amount": amount});
    let all = json!([of(&one, "121.01"), of(&two, "x"), of(&one, "1.00"), {"invoice_id": "nonsense", "amount": "1"}]);
    assert_eq!(
        faults("500.00", all).await,
        [
            "/allocations/0/amount",
            "/allocations/1/amount",
            "/allocations/2/invoice_id",
            "/allocations/3/invoice_id"
        ]
    );
    // More than came in.
    assert_eq!(
        faults("200.00", json!([of(&one, "121.00"), of(&two, "121.00")])).await,
        ["/allocations"]
    );
    // There is no discount, and no tolerance.
    let gives = |field: &str| {
        let mut given = of(&one, "100.00");
        given[field] = json!("1.00");
        json!([given])
    };
    assert_eq!(
        faults("200.00", gives("cash_discount")).await,
        ["/allocations/0/cash_discount"]
    );
    assert_eq!(
        faults("200.00", gives("small_difference")).await,
        ["/allocations/0/small_difference"]
    );
    assert_eq!(
        faults("200.00", json!([{"invoice_id": id(&one)}])).await,
        ["/allocations/0/amount"]
    );
    let mut beside = body("200.00", &json!([of(&one, "1.00")]));
    beside["invoice_id"] = one["id"].clone();
    assert_eq!(shop.try_receive(beside).await.faults()[0].0, "/invoice_id");
    // An invoice of another account is as unknown as none.
    let mut foreign = body("200.00", &json!([of(&one, "1.00")]));
    foreign["account"] = json!("SILVER");
    assert_eq!(
        shop.try_receive(foreign).await.faults()[0].0,
        "/allocations/0/invoice_id"
    );
    assert_eq!(shop.stands(&one).await, stand("open", "121.00"));
    shop.app.finish().await;
}

#[tokio::test]
async fn the_desk_books_one_payment_for_many() {
    let shop = Shop::open().await;
    let (one, two) = (shop.round(3).await, shop.round(3).await);
    let browser = shop.app.browse_staff("finance").await;
    let page = browser.page("/desk/payments/new?account=GOLD").await;
    let (_, rest) = page.split_once("name=\"form_key\" value=\"").expect("a form");
    let key = rest.split_once('"').unwrap().0.to_owned();
    let day = today().to_string();
    let names = [
        format!("amount-{}", id(&one)),
        format!("charges-{}", id(&one)),
        format!("amount-{}", id(&two)),
    ];
    assert!(names.iter().all(|name| page.contains(name.as_str())), "{page}");
    let fields = |last: &'static str| {
        vec![
            ("form_key", key.as_str()),
            ("account", "GOLD"),
            ("amount", "200.00"),
            ("received_on", day.as_str()),
            ("invoice_id", ""),
            (names[0].as_str(), "120.00"),
            (names[1].as_str(), "1.00"),
            (names[2].as_str(), last),
        ]
    };
    let bad = browser.post("/desk/payments", &fields("121.50")).await;
    assert_eq!(bad.status, 422);
    assert!(
        bad.html.contains("121.50") && bad.html.contains("121.00"),
        "{}",
        bad.html
    );
    browser.post("/desk/payments", &fields("80.00")).await.goes_to();
    assert_eq!(shop.stands(&one).await, stand("paid", "0.00"));
    assert_eq!(shop.stands(&two).await, stand("part_paid", "41.00"));
    shop.app.finish().await;
}

#[tokio::test]
async fn an_entry_of_the_bank_is_split_over_invoices() {
    let shop = Shop::open().await;
    let (one, two) = (shop.round(3).await, shop.round(3).await);
    // Two are named: together they are proposed with what is against it.
    let text = format!("{} and {}", number(&one), number(&two));
    take(&shop, &camt(true, "1", &[told(20_000, "R1", &text)])).await;
    let entry = &entries(&shop, "&state=proposed").await[0];
    assert_eq!(entry["proposed"].as_array().map(Vec::len), Some(2), "{entry}");
    let allocations =
        json!([{"invoice_id": id(&one), "amount": "79.00"}, {"invoice_id": id(&two), "amount": "121.00"}]);
    act(&shop, entry, "book", json!({ "allocations": allocations }))
        .await
        .expect(200);
    assert_eq!(shop.stands(&one).await, stand("part_paid", "42.00"));
    assert_eq!(shop.stands(&two).await, stand("paid", "0.00"));
    // And by the form of the desk.
    take(&shop, &camt(true, "2", &[told(4_000, "R2", "?")])).await;
    let entry = &entries(&shop, "&state=proposed").await[0];
    let browser = shop.app.browse_staff("finance").await;
    let path = format!("/desk/bank/{}", id(entry));
    let page = browser.page(&format!("{path}?account=GOLD")).await;
    let amount = format!("amount-{}", id(&one));
    assert!(page.contains(&amount), "{page}");
    let difference = format!("charges-{}", id(&one));
    let fields = [
        ("do", "allocated"),
        ("account", "GOLD"),
        (amount.as_str(), "40.00"),
        (difference.as_str(), "2.00"),
    ];
    browser.post(&format!("{path}/book"), &fields).await.goes_to();
    assert_eq!(shop.stands(&one).await, stand("paid", "0.00"));
    shop.app.finish().await;
}
