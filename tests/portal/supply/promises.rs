//! What is promised of what is expected, and how it changes.

use portal::clock;
use serde_json::{Value, json};

use super::{Shop, day, parts, place, reread};

#[tokio::test]
async fn a_line_is_promised_in_parts_of_stock_and_of_what_is_expected() {
    let shop = Shop::open().await;
    shop.expect("PO-1", "PART", "30", 10).await;
    shop.expect("PO-2", "PART", "100", 20).await;
    let preview = json!({"po_number": "P-1", "lines": [{"sku": "PART", "unit": "H87", "quantity": "120"}]});
    let preview = shop.silver.post("/orders/preview", preview).await.expect(200);
    let order = place(&shop.silver, "PART", "H87", "120").await;
    for order in [&preview, &order, &reread(&shop.silver, &order).await] {
        let line = &order["lines"][0];
        let expected = [
            format!("60 on {}", day(2)),
            format!("+30 on {}", day(12)),
            format!("+30 on {}", day(22)),
        ];
        assert_eq!(parts(line), expected);
        assert_eq!(line["promised_date"], json!(day(22)));
        assert_eq!((&line["reserved"], &line["backordered"]), (&json!("60"), &json!("60")));
    }
    let text = reread(&shop.silver, &order).await["lines"][0]["allocation"].to_string();
    assert!(text.starts_with("\"60 of 120 now; the rest by "), "{text}");
    // A line that nobody can promise anything of.
    let late = place(&shop.silver, "SPARE", "H87", "5").await;
    assert_eq!(parts(&late["lines"][0]), Vec::<String>::new());
    assert_eq!(late["lines"][0]["promised_date"], Value::Null);
    assert_eq!(shop.told(&shop.silver).await, Vec::<Value>::new());
    shop.app.finish().await;
}

#[tokio::test]
async fn whole_packs_are_promised_and_the_next_takes_the_rest() {
    let shop = Shop::open().await;
    place(&shop.gold, "PART", "H87", "60").await;
    shop.expect("PO-1", "PART", "25", 10).await;
    let boxes = place(&shop.gold, "PART", "BX10", "4").await;
    let pieces = place(&shop.silver, "PART", "H87", "9").await;
    assert_eq!(parts(&boxes["lines"][0]), [format!("+20 on {}", day(12))]);
    assert_eq!(boxes["lines"][0]["promised_date"], Value::Null);
    assert_eq!(parts(&pieces["lines"][0]), [format!("+5 on {}", day(12))]);
    shop.app.finish().await;
}

#[tokio::test]
async fn whoever_stands_before_takes_a_promise_and_the_other_is_told_once() {
    let shop = Shop::open().await;
    shop.expect("PO-1", "SPARE", "50", 10).await;
    shop.expect("PO-2", "SPARE", "50", 20).await;
    let silver = place(&shop.silver, "SPARE", "H87", "40").await;
    assert_eq!(silver["lines"][0]["promised_date"], json!(day(10)));
    let gold = place(&shop.gold, "SPARE", "H87", "30").await;
    assert_eq!(gold["lines"][0]["promised_date"], json!(day(10)));
    let after = reread(&shop.silver, &silver).await;
    let expected = [format!("+20 on {}", day(10)), format!("+20 on {}", day(20))];
    assert_eq!(parts(&after["lines"][0]), expected);
    let told = shop.told(&shop.silver).await;
    assert_eq!(told.len(), 1, "{told:#?}");
    let line = &told[0]["data"]["lines"][0];
    assert_eq!(
        (&line["was"], &line["promised_date"]),
        (&json!(day(10)), &json!(day(20)))
    );
    assert_eq!(shop.told(&shop.gold).await, Vec::<Value>::new());
    // It is given back once the other is called off.
    let path = format!("/orders/{}/cancel", gold["id"].as_str().unwrap());
    shop.gold.post(&path, json!({})).await.expect(200);
    let after = reread(&shop.silver, &silver).await;
    assert_eq!(after["lines"][0]["promised_date"], json!(day(10)));
    assert_eq!(shop.told(&shop.silver).await.len(), 2);
    shop.app.finish().await;
}

#[tokio::test]
async fn a_receipt_that_slips_shrinks_or_is_closed_makes_promises_again() {
    let shop = Shop::open().await;
    let first = shop.expect("PO-1", "SPARE", "50", 10).await;
    let order = place(&shop.silver, "SPARE", "H87", "50").await;
    let promised = async || reread(&shop.silver, &order).await["lines"][0]["promised_date"].clone();
    assert_eq!(promised().await, json!(day(10)));
    shop.change(&first, json!({"expected_on": day(15)})).await.expect(200);
    assert_eq!(promised().await, json!(day(15)));
    // What changes nothing for anybody is told to nobody.
    shop.change(&first, json!({"supplier": "Works"})).await.expect(200);
    shop.change(&first, json!({"quantity": "60"})).await.expect(200);
    shop.change(&first, json!({"quantity": "30"})).await.expect(200);
    let after = reread(&shop.silver, &order).await;
    assert_eq!(parts(&after["lines"][0]), [format!("+30 on {}", day(15))]);
    assert_eq!(after["lines"][0]["promised_date"], Value::Null);
    shop.expect("PO-2", "SPARE", "20", 12).await;
    assert_eq!(promised().await, json!(day(15)));
    // Only what is confirmed is promised.
    shop.change(&first, json!({"confirmed": false})).await.expect(200);
    let after = reread(&shop.silver, &order).await;
    assert_eq!(parts(&after["lines"][0]), [format!("+20 on {}", day(12))]);
    shop.close(&first).await;
    shop.warehouse
        .get(&super::path_of(&first))
        .await
        .problem(404, "not_found");
    let told = shop.told(&shop.silver).await;
    let days: Vec<_> = told
        .iter()
        .map(|event| event["data"]["lines"][0]["promised_date"].clone())
        .collect();
    assert_eq!(days, [json!(day(15)), Value::Null, json!(day(15)), Value::Null]);
    shop.app.finish().await;
}

#[tokio::test]
async fn what_is_late_is_promised_to_nobody_and_seen() {
    let shop = Shop::open().await;
    let expected = shop.expect("PO-1", "SPARE", "50", 0).await;
    let order = place(&shop.silver, "SPARE", "H87", "50").await;
    assert_eq!(order["lines"][0]["promised_date"], json!(day(0)));
    assert_eq!(shop.review().await, 0);
    let tomorrow = clock::now() + chrono::TimeDelta::days(1);
    assert_eq!(
        portal::worker::promises::review(shop.app.db(), tomorrow).await.unwrap(),
        1
    );
    assert_eq!(
        portal::worker::promises::review(shop.app.db(), tomorrow).await.unwrap(),
        0
    );
    let after = reread(&shop.silver, &order).await;
    assert_eq!(after["lines"][0]["promised_date"], Value::Null);
    assert_eq!(shop.told(&shop.silver).await.len(), 1);
    let late =
        json!({"reference": "OLD", "warehouse": "NORTH", "sku": "SPARE", "quantity": "5", "expected_on": "2026-01-02"});
    shop.warehouse
        .post("/supplier/expected-receipts", late)
        .await
        .expect(201);
    let list = async |query: &str| {
        let found = shop
            .warehouse
            .get(&format!("/supplier/expected-receipts{query}"))
            .await
            .expect(200);
        let rows = found["data"].as_array().unwrap().iter();
        rows.map(|row| row["reference"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(list("?late=true").await, ["OLD"]);
    assert_eq!(list("?late=false").await, ["PO-1"]);
    assert_eq!(list("?sku=SPARE&state=open&warehouse=NORTH").await, ["OLD", "PO-1"]);
    assert_eq!(list("?reference=po-1").await, ["PO-1"]);
    assert_eq!(list("?sku=NONE").await, Vec::<String>::new());
    // It gets another day: promised again.
    shop.change(&expected, json!({"expected_on": day(3)})).await.expect(200);
    let after = reread(&shop.silver, &order).await;
    assert_eq!(after["lines"][0]["promised_date"], json!(day(3)));
    shop.app.finish().await;
}

#[tokio::test]
async fn another_tier_makes_promises_again() {
    let shop = Shop::open().await;
    shop.expect("PO-1", "SPARE", "50", 10).await;
    let gold = place(&shop.gold, "SPARE", "H87", "40").await;
    let silver = place(&shop.silver, "SPARE", "H87", "40").await;
    assert_eq!(silver["lines"][0]["promised_date"], Value::Null);
    shop.app
        .import(&[(
            "accounts.csv",
            "account,name,country,currency,tier,payment_terms_days,credit_limit\nSILVER,Silver Works,NL,EUR,platinum,14,\n",
        )])
        .await;
    assert_eq!(shop.review().await, 1);
    assert_eq!(shop.review().await, 0);
    let after = reread(&shop.silver, &silver).await;
    assert_eq!(after["lines"][0]["promised_date"], json!(day(10)));
    let after = reread(&shop.gold, &gold).await;
    assert_eq!(parts(&after["lines"][0]), [format!("+10 on {}", day(10))]);
    assert_eq!(shop.told(&shop.gold).await.len(), 1);
    shop.app.finish().await;
}

#[tokio::test]
async fn a_held_order_is_promised_nothing_until_it_is_released() {
    let shop = Shop::open().await;
    shop.expect("PO-1", "SPARE", "50", 10).await;
    let gold = place(&shop.gold, "SPARE", "H87", "40").await;
    let silver = place(&shop.silver, "SPARE", "H87", "40").await;
    assert_eq!(parts(&silver["lines"][0]), [format!("+10 on {}", day(10))]);
    let step = async |step: &str| {
        let path = format!("/supplier/orders/{}/{step}", gold["id"].as_str().unwrap());
        shop.service
            .post(&path, json!({"reason": "The address."}))
            .await
            .expect(200)
    };
    let held = step("hold").await;
    assert_eq!(parts(&held["lines"][0]), Vec::<String>::new());
    let after = reread(&shop.silver, &silver).await;
    assert_eq!(after["lines"][0]["promised_date"], json!(day(10)));
    let released = step("release").await;
    assert_eq!(released["lines"][0]["promised_date"], json!(day(10)));
    let after = reread(&shop.silver, &silver).await;
    assert_eq!(after["lines"][0]["promised_date"], Value::Null);
    assert_eq!(shop.told(&shop.silver).await.len(), 2);
    assert_eq!(shop.told(&shop.gold).await.len(), 0);
    shop.app.finish().await;
}

#[tokio::test]
async fn an_article_says_when_more_of_it_comes() {
    let shop = Shop::open().await;
    shop.expect("PO-1", "PART", "100", 10).await;
    let products = shop.silver.get("/products?q=PART").await.expect(200);
    let product = products["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["sku"] == "PART")
        .unwrap();
    let shown = &product["availability"];
    assert_eq!(
        (&shown["quantity"], &shown["next_date"]),
        (&json!("60"), &json!(day(12)))
    );
    assert_eq!(shown["next_quantity"], "100");
    let ask = async |query: &str| {
        let path = format!("/products/{}/availability{query}", product["id"].as_str().unwrap());
        shop.silver.get(&path).await
    };
    let answer = ask("?quantity=120").await.expect(200);
    assert_eq!(
        parts(&answer),
        [format!("60 on {}", day(2)), format!("+60 on {}", day(12))]
    );
    assert_eq!(answer["promised_date"], json!(day(12)));
    let answer = ask("?quantity=17&unit=BX10").await.expect(200);
    assert_eq!(
        parts(&answer),
        [format!("60 on {}", day(2)), format!("+100 on {}", day(12))]
    );
    assert_eq!(
        (&answer["promised_date"], &answer["open_quantity"]),
        (&Value::Null, &json!("10"))
    );
    assert_eq!(ask("").await.expect(200)["promised_date"], json!(day(2)));
    assert_eq!(ask("?quantity=0&site=NONE").await.faults().len(), 2);
    // What is promised to others is not offered again.
    place(&shop.gold, "PART", "H87", "160").await;
    let answer = ask("?quantity=1").await.expect(200);
    assert_eq!((parts(&answer), &answer["open_quantity"]), (Vec::new(), &json!("1")));
    let product = shop
        .silver
        .get(&format!("/products/{}", product["id"].as_str().unwrap()))
        .await
        .expect(200);
    assert_eq!(product["availability"]["next_date"], Value::Null);
    shop.app.finish().await;
}

#[tokio::test]
async fn whoever_takes_what_was_to_become_a_pack_takes_its_promise() {
    let shop = Shop::open().await;
    place(&shop.gold, "PART", "H87", "56").await;
    shop.expect("PO-1", "PART", "6", 10).await;
    let boxes = place(&shop.silver, "PART", "BX10", "1").await;
    assert_eq!(boxes["lines"][0]["promised_date"], json!(day(12)));
    // Four pieces lie there, which with the six that come are a box.
    let pieces = place(&shop.silver, "PART", "H87", "4").await;
    assert_eq!(parts(&pieces["lines"][0]), [format!("4 on {}", day(2))]);
    let after = reread(&shop.silver, &boxes).await;
    assert_eq!(after["lines"][0]["promised_date"], Value::Null);
    assert_eq!(shop.told(&shop.silver).await.len(), 1);
    shop.app
        .import(&[("stock.csv", "warehouse,sku,on_hand\nNORTH,PART,64\n")])
        .await;
    let after = reread(&shop.silver, &boxes).await;
    assert_eq!(after["lines"][0]["promised_date"], json!(day(12)));
    shop.app
        .import(&[("stock.csv", "warehouse,sku,on_hand\nNORTH,PART,61\n")])
        .await;
    let after = reread(&shop.silver, &boxes).await;
    assert_eq!(after["lines"][0]["promised_date"], Value::Null);
    shop.app.finish().await;
}

#[tokio::test]
async fn a_part_that_comes_on_another_day_is_told_though_the_last_day_stays() {
    let shop = Shop::open().await;
    let first = shop.expect("PO-1", "SPARE", "30", 10).await;
    let second = shop.expect("PO-2", "SPARE", "30", 15).await;
    shop.expect("PO-3", "SPARE", "60", 20).await;
    let order = place(&shop.silver, "SPARE", "H87", "40").await;
    // What leaves at once in whole has one day: that of its first part is nothing to it.
    let lines = json!([{"sku": "SPARE", "unit": "H87", "quantity": "40"}]);
    let whole = json!({"delivery": "complete", "lines": lines});
    let whole = shop.silver.place_order(whole).await.expect(201);
    assert_eq!(whole["lines"][0]["promised_date"], json!(day(20)));
    shop.app.mails().await;
    shop.change(&first, json!({"expected_on": day(12)})).await.expect(200);
    let after = reread(&shop.silver, &order).await;
    let expected = [format!("+30 on {}", day(12)), format!("+10 on {}", day(15))];
    assert_eq!(parts(&after["lines"][0]), expected);
    let mails = shop.app.mails().await;
    let subjects: Vec<_> = mails.iter().map(|mail| &mail.texts.subject).collect();
    assert_eq!(subjects.len(), 1, "{subjects:#?}");
    let text = &mails[0].texts.text;
    assert!(text.contains("30 on ") && text.contains(", 10 on "), "{text}");
    shop.change(&second, json!({"expected_on": day(14)})).await.expect(200);
    let told = shop.told(&shop.silver).await;
    let subjects: Vec<_> = told.iter().map(|event| &event["subject"]).collect();
    assert_eq!(subjects, [&order["id"], &order["id"]]);
    shop.app.finish().await;
}

#[tokio::test]
async fn what_leaves_together_is_told_by_its_one_day() {
    let shop = Shop::open().await;
    let spare = shop.expect("PO-1", "SPARE", "40", 10).await;
    let part = shop.expect("PO-2", "PART", "30", 5).await;
    let lines = json!([
        {"sku": "PART", "unit": "H87", "quantity": "80"},
        {"sku": "SPARE", "unit": "H87", "quantity": "40"},
        {"sku": "PART", "unit": "BX10", "quantity": "1", "delivery": "partial"},
    ]);
    let order = json!({"delivery": "complete", "lines": lines});
    let order = shop.silver.place_order(order).await.expect(201);
    let days = |order: &Value| [0_usize, 1].map(|line| order["lines"][line]["promised_date"].clone());
    assert_eq!(days(&order), [json!(day(10)), json!(day(10))]);
    // A day that is not the last one of the order is nothing to it; a line that goes by itself has its own.
    shop.change(&part, json!({"expected_on": day(6)})).await.expect(200);
    let told = shop.told(&shop.silver).await;
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0]["data"]["lines"].as_array().unwrap().len(), 1, "{told:#?}");
    assert_eq!(told[0]["data"]["lines"][0]["position"], 3);
    // The last one moves both.
    shop.change(&spare, json!({"expected_on": day(15)})).await.expect(200);
    let told = shop.told(&shop.silver).await;
    assert_eq!(told.len(), 2, "{told:#?}");
    let lines = told[1]["data"]["lines"].as_array().unwrap();
    let moved: Vec<_> = lines
        .iter()
        .map(|line| {
            (
                line["position"].clone(),
                line["was"].clone(),
                line["promised_date"].clone(),
            )
        })
        .collect();
    let expected = [1, 2].map(|position| (json!(position), json!(day(10)), json!(day(15))));
    assert_eq!(moved, expected);
    assert_eq!(
        days(&reread(&shop.silver, &order).await),
        [json!(day(15)), json!(day(15))]
    );
    // Without a day of the one the other has none.
    shop.change(&spare, json!({"confirmed": false})).await.expect(200);
    let told = shop.told(&shop.silver).await;
    let lines = told[2]["data"]["lines"].as_array().unwrap();
    let days: Vec<_> = lines.iter().map(|line| line["promised_date"].clone()).collect();
    assert_eq!(days, [Value::Null, Value::Null]);
    // Who got stock is told apart from who only has a day again.
    shop.receive("SPARE", "40", None).await.expect(201);
    let mails = shop.app.mails().await;
    let texts: Vec<_> = mails.iter().map(|mail| &mail.texts.text).collect();
    assert!(
        texts.len() == 1 && texts[0].contains("One line of order "),
        "{texts:#?}"
    );
    let told = shop.told(&shop.silver).await;
    let lines = told[3]["data"]["lines"].as_array().unwrap();
    let served: Vec<_> = lines.iter().map(|line| line["served"].clone()).collect();
    assert_eq!(served, [json!("0"), json!("40")]);
    assert!(
        lines.iter().all(|line| line["promised_date"] == json!(day(8))),
        "{lines:#?}"
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn what_else_moves_as_a_line_is_called_off_is_told() {
    let shop = Shop::open().await;
    shop.expect("PO-1", "SPARE", "40", 10).await;
    shop.expect("PO-2", "SPARE", "40", 20).await;
    let call_off = async |order: &Value, line: usize| {
        let path = format!("/orders/{}/cancel-rest", order["id"].as_str().unwrap());
        let lines = json!({"lines": [{"order_line_id": order["lines"][line]["id"]}]});
        shop.silver.post(&path, lines).await.expect(200);
        shop.told(&shop.silver).await.pop().unwrap()["data"]["lines"].clone()
    };
    let lines = json!([
        {"sku": "SPARE", "unit": "H87", "quantity": "40"},
        {"sku": "SPARE", "unit": "H87", "quantity": "30"},
    ]);
    let order = shop.silver.place_order(json!({"lines": lines})).await.expect(201);
    assert_eq!(order["lines"][1]["promised_date"], json!(day(20)));
    let told = call_off(&order, 0).await;
    assert_eq!(told.as_array().unwrap().len(), 1, "{told:#}");
    assert_eq!((&told[0]["position"], &told[0]["was"]), (&json!(2), &json!(day(20))));
    assert_eq!(
        (&told[0]["promised_date"], &told[0]["served"]),
        (&json!(day(10)), &json!("0"))
    );
    // Of lines that leave together the others need wait no longer.
    let lines = json!([
        {"sku": "PART", "unit": "H87", "quantity": "5"},
        {"sku": "SPARE", "unit": "H87", "quantity": "30"},
    ]);
    let whole = json!({"delivery": "complete", "lines": lines});
    let whole = shop.silver.place_order(whole).await.expect(201);
    assert_eq!(whole["lines"][0]["promised_date"], json!(day(20)));
    let told = call_off(&whole, 1).await;
    assert_eq!(told.as_array().unwrap().len(), 1, "{told:#}");
    assert_eq!((&told[0]["position"], &told[0]["was"]), (&json!(1), &json!(day(20))));
    assert_eq!(told[0]["promised_date"], json!(day(2)));
    shop.app.finish().await;
}

#[tokio::test]
async fn the_page_of_an_order_says_by_when_what_waits_is_there() {
    let shop = Shop::open().await;
    shop.expect("PO-1", "PART", "30", 10).await;
    let order = place(&shop.silver, "PART", "H87", "80").await;
    // What is called off is none of what waits.
    let part = json!({"lines": [{"order_line_id": order["lines"][0]["id"], "quantity": "5"}]});
    let path = format!("/orders/{}", order["id"].as_str().unwrap());
    shop.silver.post(&format!("{path}/cancel-rest"), part).await.expect(200);
    let expected = place(&shop.silver, "PART", "H87", "7").await;
    let open = place(&shop.silver, "SPARE", "H87", "3").await;
    let buyer = shop.app.browse_as("SILVER", "buyer").await;
    for (order, words) in [
        (&order, "Line 1: you get 60 of 75\u{a0}pieces now, the other 15 by "),
        (&expected, "Line 1: 7\u{a0}pieces backordered, with you by "),
        (
            &open,
            "Line 1: 3\u{a0}pieces backordered. You get a mail as soon as there is a date.",
        ),
    ] {
        let page = buyer.page(&format!("/orders/{}", order["id"].as_str().unwrap())).await;
        assert!(page.contains(words), "{words}: {page}");
    }
    // What becomes of an order by what is called off of it is told with that.
    assert_eq!(shop.told(&shop.silver).await, Vec::<Value>::new());
    shop.app.finish().await;
}
