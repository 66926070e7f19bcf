//! What is sent instead of what waits: offered by the supplier's table or proposed by its staff, and never without the account's yes.

use portal::cli::check;
use portal::db::sql;

use serde_json::{Value, json};

use super::{Shop, id, line, progress, reread, texts};
use crate::app::outside_the_runtime;
use crate::client::{Answer, Client, unique};

/// RARE waits beyond 50; BOLT stands for it two for one, FOOD one for one.
const OFFERED: &str = "sku,substitute,kind,ratio\nRARE,FOOD,alternative,\nRARE,BOLT,successor,2.5\n";

pub(super) async fn open() -> Shop {
    let shop = Shop::open().await;
    shop.app.import(&[("substitutes.csv", OFFERED)]).await;
    shop
}

/// An order of which ten of RARE wait.
async fn waiting(shop: &Shop) -> Value {
    let lines = json!([line("RARE", "H87", "60"), line("CABLE", "MTR", "1")]);
    shop.gold.place_order(json!({ "lines": lines })).await.expect(201)
}

fn at(order: &Value, index: usize) -> String {
    let line = order["lines"][index]["id"].as_str().unwrap();
    format!("/orders/{}/lines/{line}/substitute", id(order))
}

async fn take(client: &Client, order: &Value, wish: Value) -> Answer {
    client.post_with_key(&at(order, 0), &unique(), wish).await
}

async fn propose(shop: &Shop, order: &Value, wish: Value) -> Answer {
    let path = format!("/supplier{}", at(order, 0));
    shop.service.post_with_key(&path, &unique(), wish).await
}

async fn kinds(client: &Client, order: &Value) -> Vec<String> {
    let events = client.get("/events?limit=200").await.expect(200);
    let all = events["data"].as_array().unwrap().iter();
    all.filter(|event| event["subject"] == order["id"])
        .map(|event| event["type"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn the_line_keeps_what_was_ordered_and_says_what_is_sent() {
    let shop = open().await;
    let order = waiting(&shop).await;
    assert_eq!(progress(&order, 0), ["50", "10", "0", "0"]);
    let all = shop
        .gold
        .get(&format!("/orders/{}/substitutes", id(&order)))
        .await
        .expect(200);
    assert_eq!(all["lines"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&all["lines"][0]["waits"], &all["lines"][0]["proposal"]),
        (&json!("10"), &Value::Null)
    );
    assert_eq!(texts(&all["lines"][0]["substitutes"], "sku"), ["BOLT", "FOOD"]);

    let preview = shop
        .gold
        .post(&format!("{}/preview", at(&order, 0)), json!({"sku": "bolt"}))
        .await
        .expect(200);
    assert_eq!(
        (&preview["outcome"], &preview["revision"]),
        (&json!("applied"), &json!(2))
    );
    let lines = &preview["difference"]["lines"];
    assert_eq!(texts(lines, "change"), ["replaced", "added"]);
    assert_eq!(
        (&lines[0]["was_quantity"], &lines[0]["quantity"]),
        (&json!("60"), &json!("50"))
    );
    assert_eq!((&lines[1]["net"], &lines[1]["instead_of"]), (&json!("1.83"), &json!(1)));
    assert_eq!(reread(&shop.gold, &order).await["revision"], 1);

    // What costs something else than was seen is not taken; nor is what is not offered.
    let dearer = take(&shop.gold, &order, json!({"sku": "BOLT", "net": "1.00"})).await;
    dearer.problem(412, "precondition_failed");
    let odd = take(&shop.gold, &order, json!({"sku": "CABLE"})).await;
    assert_eq!(odd.faults(), [("/sku".to_owned(), "unknown_sku".to_owned())]);
    let much = take(&shop.gold, &order, json!({"sku": "BOLT", "quantity": "11"})).await;
    much.problem(409, "order_state");

    let key = unique();
    let wish = json!({"sku": "BOLT", "net": "1.83"});
    let done = shop
        .gold
        .post_with_key(&at(&order, 0), &key, wish.clone())
        .await
        .expect(201);
    assert_eq!(done["state"], "applied");
    let again = shop.gold.post_with_key(&at(&order, 0), &key, wish).await;
    assert_eq!(again.header("Idempotency-Replayed"), "true");
    let after = reread(&shop.gold, &order).await;
    assert_eq!(after["revision"], 2);
    assert_eq!(
        (&after["lines"][0]["quantity"], &after["lines"][0]["cancelled"]),
        (&json!("60"), &json!("10"))
    );
    assert_eq!(progress(&after, 0), ["50", "0", "0", "0"]);
    let sent = &after["lines"][2];
    assert_eq!(
        (&sent["sku"], &sent["quantity"], &sent["net"]),
        (&json!("BOLT"), &json!("25"), &json!("1.83"))
    );
    assert_eq!(progress(&after, 2), ["25", "0", "0", "0"]);
    assert_eq!(
        sent["instead_of"],
        json!({"order_line_id": order["lines"][0]["id"], "position": 1, "sku": "RARE", "quantity": "10"})
    );
    assert_eq!(
        after["lines"][0]["sent_instead"],
        json!([{"order_line_id": sent["id"], "position": 3, "sku": "BOLT", "unit": "H87", "quantity": "25", "instead_of_quantity": "10"}])
    );
    let told = kinds(&shop.gold, &order).await;
    assert!(told.contains(&"order.changed".to_owned()), "{told:?}");
    // Nothing of it waits any more.
    let none = take(&shop.gold, &order, json!({"sku": "FOOD"})).await;
    none.problem(409, "order_state");
    shop.accept(&order).await;
    let shipment = shop.ship(&order).await;
    let invoice = shop.invoice(&shipment).await;
    let reread = reread(&shop.gold, &order).await;
    assert_eq!(reread["state"], "shipped");
    assert_eq!(invoice["lines"].as_array().unwrap().len(), 3);
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn what_is_sent_instead_and_was_changed_by_hand_is_found() {
    let shop = open().await;
    let order = waiting(&shop).await;
    take(&shop.gold, &order, json!({"sku": "BOLT"})).await.expect(201);
    shop.app.finish().await;
    let changed = || {
        shop.app.db().rehearse_now(|tx| {
            sql("UPDATE order_lines SET instead_of_quantity = 11 WHERE instead_of_quantity = 10").run(tx)?;
            check::everything(tx)
        })
    };
    let breaches = outside_the_runtime(changed).unwrap();
    let found: Vec<_> = breaches.iter().map(|breach| breach.check).collect();
    assert_eq!(found, ["what is sent instead of a line was called off of it"]);
}

#[tokio::test]
async fn a_part_of_what_waits_is_taken_and_the_rest_waits_on() {
    let shop = open().await;
    let order = waiting(&shop).await;
    take(&shop.gold, &order, json!({"sku": "BOLT", "quantity": "3"}))
        .await
        .expect(201);
    let after = reread(&shop.gold, &order).await;
    assert_eq!(progress(&after, 0), ["50", "7", "0", "0"]);
    // 3 by 2.5 are 7.5: whole ones, and that it is more is said.
    assert_eq!(after["lines"][2]["quantity"], "8");
    take(&shop.gold, &order, json!({"sku": "FOOD"})).await.expect(201);
    let after = reread(&shop.gold, &order).await;
    assert_eq!(progress(&after, 0), ["50", "0", "0", "0"]);
    assert_eq!(after["lines"][0]["cancelled"], "10");
    assert_eq!(texts(&after["lines"][0]["sent_instead"], "quantity"), ["8", "7"]);
    assert_eq!(after["revision"], 3);
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn of_an_order_that_is_taken_on_the_supplier_is_asked_unless_it_proposed() {
    let shop = open().await;
    let order = waiting(&shop).await;
    shop.accept(&order).await;
    let asked = take(&shop.gold, &order, json!({"sku": "FOOD"})).await.expect(201);
    assert_eq!(asked["state"], "requested");
    assert_eq!(progress(&reread(&shop.gold, &order).await, 0), ["50", "10", "0", "0"]);
    let path = format!("/supplier/order-changes/{}/accept", id(&asked));
    let accepted = shop.service.post(&path, json!({})).await.expect(200);
    assert_eq!(accepted["state"], "applied");
    let after = reread(&shop.gold, &order).await;
    assert_eq!(after["lines"][2]["instead_of"]["quantity"], "10");

    let other = shop
        .silver
        .place_order(json!({"lines": [line("RARE", "H87", "4")]}))
        .await
        .expect(201);
    shop.accept(&other).await;
    let proposed = propose(
        &shop,
        &other,
        json!({"sku": "CABLE", "ratio": "0.5", "note": "It does as well."}),
    )
    .await
    .expect(201);
    assert_eq!(
        (&proposed["state"], &proposed["ratio"]),
        (&json!("open"), &json!("0.5"))
    );
    let all = shop
        .silver
        .get(&format!("/orders/{}/substitutes", id(&other)))
        .await
        .expect(200);
    assert_eq!(texts(&all["lines"][0]["substitutes"], "sku"), ["CABLE", "BOLT", "FOOD"]);
    assert_eq!(all["lines"][0]["proposal"]["note"], "It does as well.");
    let done = take(&shop.silver, &other, json!({"sku": "CABLE"})).await.expect(201);
    assert_eq!(done["state"], "applied");
    let after = reread(&shop.silver, &other).await;
    assert_eq!(
        (&after["state"], &after["lines"][1]["quantity"]),
        (&json!("accepted"), &json!("2"))
    );
    let read = |connection: &mut _| sql("SELECT state FROM substitute_proposals").rows::<String>(connection);
    assert_eq!(shop.app.db().read(read).await.unwrap(), ["accepted"]);
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn staff_propose_and_the_account_decides() {
    let shop = open().await;
    let order = waiting(&shop).await;
    let first = propose(&shop, &order, json!({"sku": "BOLT"})).await.expect(201);
    // As it is kept for the two.
    assert_eq!(first["ratio"], "2.5");
    assert_eq!(progress(&reread(&shop.gold, &order).await, 0), ["50", "10", "0", "0"]);
    let mails = shop.app.mails().await;
    let subjects: Vec<_> = mails.iter().map(|mail| mail.texts.subject.as_str()).collect();
    assert!(
        subjects
            .iter()
            .any(|subject| subject.ends_with("something else for line 1?")),
        "{subjects:?}"
    );
    // Another proposal takes the first back.
    let second = propose(&shop, &order, json!({"sku": "FOOD", "note": "Or this."}))
        .await
        .expect(201);
    let path = |proposal: &Value, step: &str| format!("/substitute-proposals/{}/{step}", id(proposal));
    shop.gold
        .post(&path(&first, "decline"), json!({}))
        .await
        .problem(409, "proposal_decided");
    shop.silver
        .post(&path(&second, "decline"), json!({}))
        .await
        .problem(404, "not_found");
    let declined = shop
        .gold
        .post(&path(&second, "decline"), json!({"reason": "We wait."}))
        .await
        .expect(200);
    assert_eq!(
        (&declined["state"], &declined["decision_reason"]),
        (&json!("declined"), &json!("We wait."))
    );
    let third = propose(&shop, &order, json!({"sku": "FOOD"})).await.expect(201);
    let withdrawn = format!("/supplier{}", path(&third, "withdraw"));
    assert_eq!(
        shop.service.post(&withdrawn, json!({})).await.expect(200)["state"],
        "withdrawn"
    );
    shop.service
        .post(&withdrawn, json!({}))
        .await
        .problem(409, "proposal_decided");
    let told = kinds(&shop.gold, &order).await;
    let told: Vec<_> = told.iter().filter(|kind| kind.contains("substitute")).collect();
    assert_eq!(
        told,
        [
            "order.substitute_proposed",
            "order.substitute_proposed",
            "order.substitute_declined",
            "order.substitute_proposed"
        ]
    );
    for (wish, pointer, code) in [
        (json!({"sku": "RARE"}), "/sku", "unknown_sku"),
        (json!({"sku": "NOTHING"}), "/sku", "unknown_sku"),
        (json!({"sku": "BOLT", "ratio": "0"}), "/ratio", "bad_number"),
        (json!({"sku": "BOLT", "ratio": "x"}), "/ratio", "bad_number"),
    ] {
        let faults = propose(&shop, &order, wish.clone()).await.faults();
        assert_eq!(faults, [(pointer.to_owned(), code.to_owned())], "{wish}");
    }
    // A line of which nothing waits needs nothing else, and staff take nothing for the account.
    let cable = format!("/supplier{}", at(&order, 1));
    let answer = shop
        .service
        .post_with_key(&cable, &unique(), json!({"sku": "BOLT"}))
        .await;
    answer.problem(409, "order_state");
    let answer = shop
        .service
        .post_with_key(&at(&order, 0), &unique(), json!({"sku": "BOLT"}))
        .await;
    answer.problem(403, "forbidden");
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn another_account_reaches_nothing_of_it() {
    let shop = open().await;
    let order = waiting(&shop).await;
    let list = format!("/orders/{}/substitutes", id(&order));
    shop.silver.get(&list).await.problem(404, "not_found");
    take(&shop.silver, &order, json!({"sku": "BOLT"}))
        .await
        .problem(404, "not_found");
    // A line of another order is none of this one.
    let other = shop
        .silver
        .place_order(json!({"lines": [line("RARE", "H87", "1")]}))
        .await
        .expect(201);
    let path = format!(
        "/orders/{}/lines/{}/substitute",
        id(&order),
        other["lines"][0]["id"].as_str().unwrap()
    );
    shop.gold
        .post_with_key(&path, &unique(), json!({"sku": "BOLT"}))
        .await
        .problem(404, "not_found");
    shop.app.finish().await;
}

#[tokio::test]
async fn what_is_sent_instead_is_checked_against_the_credit() {
    let shop = open().await;
    let tight = shop.app.person("TIGHT", "buyer").await;
    shop.gold
        .place_order(json!({"lines": [line("RARE", "H87", "50")]}))
        .await
        .expect(201);
    let rows = "sku,substitute,kind,ratio\nRARE,EXEMPT,alternative,0.2\n";
    shop.app.import(&[("substitutes.csv", rows)]).await;
    // 121.00 are all that it may owe; one course costs 99.
    let order = tight
        .place_order(json!({"lines": [line("RARE", "H87", "10")]}))
        .await
        .expect(201);
    assert_eq!(order["state"], "placed");
    let preview = tight
        .post(&format!("{}/preview", at(&order, 0)), json!({"sku": "EXEMPT"}))
        .await
        .expect(200);
    assert_eq!(preview["hold_reasons"], json!(["credit_limit"]));
    let done = take(&tight, &order, json!({"sku": "EXEMPT"})).await.expect(201);
    assert_eq!(done["order"]["state"], "on_hold");
    assert_eq!(done["order"]["hold_reasons"], json!(["credit_limit"]));
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn offers_take_the_same_statements_for_any_number_of_lines() {
    let shop = open().await;
    let count = async |lines: usize| {
        let lines: Vec<_> = (0..lines).map(|_| line("RARE", "H87", "60")).collect();
        let quote = json!({ "lines": lines });
        let preview = json!({"po_number": "P", "lines": quote["lines"]});
        let mut taken = Vec::new();
        for (path, body) in [("/prices/quote", quote), ("/orders/preview", preview)] {
            let before = shop.app.statements_before(&[&shop.gold]).await;
            shop.gold.post(path, body).await.expect(200);
            taken.push(shop.app.db().statements() - before);
        }
        taken
    };
    count(1).await;
    assert_eq!(count(2).await, count(40).await);
    shop.app.finish().await;
}
