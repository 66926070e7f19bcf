//! Small differences, charges of banks, and what is set for both.

use serde_json::{Value, json};

use super::{Shop, days_ago, entries, id, stand, texts, today};
use crate::client::unique;

#[tokio::test]
async fn a_small_difference_closes_the_invoice_and_can_be_taken_back() {
    let shop = Shop::open().await;
    let (one, two) = (shop.round(5).await, shop.round(5).await);
    // Nothing is given up before somebody sets it.
    shop.received(&one, "120.60", days_ago(1)).await;
    assert_eq!(shop.stands(&one).await, stand("part_paid", "0.40"));
    shop.try_grant(&one, "small_difference", None)
        .await
        .faults()
        .iter()
        .for_each(|(at, _)| assert_eq!(at, "/kind"));
    shop.tolerance("0.50").await;
    let paid = shop.received(&two, "120.50", days_ago(1)).await;
    assert_eq!(shop.stands(&two).await, stand("paid", "0.00"));
    let given = &shop.write_offs("&kind=small_difference").await[0];
    assert_eq!(
        (&given["amount"], &given["tax_amount"], &given["payment_id"]),
        (&json!("0.50"), &json!("0.00"), &paid["id"])
    );
    assert_eq!(given["explanation"]["code"], "by_tolerance");
    // Staff may give up what is within, and no more.
    shop.try_grant(&one, "small_difference", None).await.expect(201);
    assert_eq!(shop.stands(&one).await, stand("paid", "0.00"));
    let balance = async || shop.gold.get("/account/statement").await.expect(200)["balance"].clone();
    assert_eq!(balance().await, "0.00");
    shop.take_back("write-offs", given).await.expect(200);
    assert_eq!(shop.stands(&two).await, stand("part_paid", "0.50"));
    assert_eq!(balance().await, "0.50");
    let kinds = entries(&shop.gold).await;
    assert_eq!(kinds.iter().filter(|(kind, _)| kind == "small_difference").count(), 2);
    let third = shop.round(5).await;
    shop.received(&third, "120.49", days_ago(1)).await;
    assert_eq!(shop.stands(&third).await, stand("part_paid", "0.51"));
    let much = shop.try_grant(&third, "small_difference", None).await;
    assert_eq!(much.faults(), [("/amount".to_owned(), "value_invalid".to_owned())]);
    shop.app.finish().await;
}

#[tokio::test]
async fn a_share_bounds_the_tolerance_too() {
    let shop = Shop::open().await;
    let change = json!({"tolerances": [{"currency": "EUR", "amount": "5.00"}], "tolerance_percent": "0.1"});
    let set = shop.try_settings(change).await.expect(200);
    assert_eq!(
        (&set["tolerance_percent"], &set["tolerances"][0]["amount"]),
        (&json!("0.1"), &json!("5.00"))
    );
    let (one, two) = (shop.round(5).await, shop.round(5).await);
    shop.received(&one, "120.88", days_ago(1)).await;
    assert_eq!(shop.stands(&one).await, stand("paid", "0.00"));
    shop.received(&two, "120.87", days_ago(1)).await;
    assert_eq!(shop.stands(&two).await, stand("part_paid", "0.13"));
    shop.app.finish().await;
}

#[tokio::test]
async fn settings_that_make_no_sense_are_refused_with_every_fault() {
    let shop = Shop::open().await;
    let faults = async |change: Value| {
        let answer = shop.try_settings(change).await;
        answer.faults().into_iter().map(|(at, _)| at).collect::<Vec<_>>()
    };
    let many = json!({"tolerances": [{"currency": "EUR", "amount": "0"}, {"currency": "XYZ", "amount": "1"},
        {"currency": "JPY", "amount": "0.5"}], "tolerance_percent": "51", "cash_discount_grace_days": 15});
    let mut all = faults(many).await;
    all.sort();
    assert_eq!(
        all,
        [
            "/cash_discount_grace_days",
            "/tolerance_percent",
            "/tolerances/0/amount",
            "/tolerances/1/currency",
            "/tolerances/2/amount"
        ]
    );
    let twice = json!({"tolerances": [{"currency": "EUR", "amount": "1"}, {"currency": "EUR", "amount": "2"}]});
    assert_eq!(faults(twice).await, ["/tolerances/1/currency"]);
    let read = shop.finance.get("/supplier/settlement-settings").await.expect(200);
    assert_eq!(read["tolerances"], json!([]));
    shop.app.finish().await;
}

#[tokio::test]
async fn charges_are_an_entry_of_their_own() {
    let shop = Shop::open().await;
    let invoice = shop.round(5).await;
    shop.received(&invoice, "113.50", days_ago(1)).await;
    let booked = shop.try_grant(&invoice, "bank_charges", Some("7.50")).await.expect(201);
    assert_eq!(
        (&booked["kind"], &booked["reason"], &booked["booked_on"]),
        (&json!("bank_charges"), &json!("As agreed."), &json!(today()))
    );
    assert_eq!(shop.stands(&invoice).await, stand("paid", "0.00"));
    let kinds = entries(&shop.gold).await;
    assert!(
        kinds.contains(&("bank_charges".to_owned(), "-7.50".to_owned())),
        "{kinds:?}"
    );
    let other = shop.try_grant(&invoice, "bank_charges", Some("1.00")).await;
    other.problem(409, "nothing_open");
    let nobody = json!({"invoice_id": "inv_0000000000000", "kind": "bank_charges", "reason": "kept"});
    let unknown = shop
        .finance
        .post_with_key("/supplier/write-offs", &unique(), nobody)
        .await;
    assert_eq!(
        unknown.faults(),
        [("/invoice_id".to_owned(), "unknown_invoice".to_owned())]
    );
    let silent = json!({"invoice_id": id(&shop.round(1).await), "kind": "bank_charges", "reason": " "});
    let silent = shop
        .finance
        .post_with_key("/supplier/write-offs", &unique(), silent)
        .await;
    assert_eq!(silent.faults(), [("/reason".to_owned(), "required".to_owned())]);
    shop.app.finish().await;
}

#[tokio::test]
async fn the_same_request_gives_up_once() {
    let shop = Shop::open().await;
    let invoice = shop.round(5).await;
    let body = json!({"invoice_id": id(&invoice), "kind": "bank_charges", "amount": "1.00", "reason": "kept"});
    let mut ids = Vec::new();
    for _ in 0..2 {
        let made = shop
            .finance
            .post_with_key("/supplier/write-offs", "once", body.clone())
            .await
            .expect(201);
        ids.push(id(&made).to_owned());
    }
    assert_eq!(ids[0], ids[1]);
    assert_eq!(shop.stands(&invoice).await, stand("part_paid", "120.00"));
    shop.app.finish().await;
}

#[tokio::test]
async fn the_desk_gives_up_and_takes_back() {
    let shop = Shop::open().await;
    let invoice = shop.round(5).await;
    let browser = shop.app.browse_staff("finance").await;
    let path = format!("/desk/invoices/{}", id(&invoice));
    let page = browser.page(&path).await;
    let (_, rest) = page.split_once("name=\"form_key\" value=\"").expect("a form");
    let key = rest.split_once('"').unwrap().0;
    let fields = [
        ("form_key", key),
        ("kind", "bank_charges"),
        ("currency", "EUR"),
        ("amount", "2.50"),
        ("reason", "The bank of the payer."),
    ];
    browser.post(&format!("{path}/write-off"), &fields).await.goes_to();
    assert_eq!(shop.stands(&invoice).await, stand("part_paid", "118.50"));
    assert!(browser.page("/desk/write-offs").await.contains("2.50"));
    let given = &shop.write_offs("").await[0];
    let page = browser.page(&format!("/desk/write-offs/{}", id(given))).await;
    assert!(page.contains("The bank of the payer."), "{page}");
    let posted = browser
        .post(
            &format!("/desk/write-offs/{}/reverse", id(given)),
            &[("reason", "It was none.")],
        )
        .await;
    posted.goes_to();
    assert_eq!(shop.stands(&invoice).await, stand("open", "121.00"));
    let list = shop.finance.get("/supplier/write-offs?account=GOLD").await.expect(200);
    assert_eq!(texts(&list["data"], "reversal_reason"), ["It was none."]);
    let counts = shop
        .finance
        .get("/supplier/write-offs?account=SILVER")
        .await
        .expect(200);
    assert_eq!(counts["data"], json!([]));
    shop.app.finish().await;
}
