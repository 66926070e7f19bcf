//! What is offered instead of articles: kept by staff and by a file, shown where something would wait, runs out or has ended.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use super::substitutes::open;
use super::{Shop, id, line, texts, today};

async fn set_state(shop: &Shop, sku: &str, state: &str) {
    let staff = shop.app.staff("catalogue").await;
    let page = staff.get(&format!("/supplier/products?q={sku}")).await.expect(200);
    let path = format!("/supplier/products/{}", id(&page["data"][0]));
    staff
        .change(Method::PATCH, &path, "*", Some(json!({ "state": state })))
        .await
        .expect(200);
}

#[tokio::test]
async fn staff_keep_what_is_offered_by_rest_and_by_a_file() {
    let shop = open().await;
    let staff = shop.app.staff("catalogue").await;
    let list = staff.get("/supplier/substitutes?sku=rare").await.expect(200);
    assert_eq!(texts(&list["data"], "substitute"), ["FOOD", "BOLT"]);
    assert_eq!(texts(&list["data"], "ratio"), ["1", "2.5"]);
    let other = staff.get("/supplier/substitutes?sku=CABLE").await.expect(200);
    assert_eq!(other["data"], json!([]));
    let path = "/supplier/substitutes";
    let new = json!({"sku": "CABLE", "substitute": "BOLT", "kind": "alternative", "ratio": "0.01"});
    let made = staff.post(path, new.clone()).await.expect(201);
    for (change, pointer, code) in [
        (json!({}), "/substitute", "duplicate_key"),
        (json!({"substitute": "CABLE"}), "/substitute", "value_invalid"),
        (json!({"substitute": "NOTHING"}), "/substitute", "unknown_sku"),
        (json!({"sku": "NOTHING"}), "/sku", "unknown_sku"),
        (json!({"kind": "twin"}), "/kind", "value_invalid"),
        (json!({"ratio": "0"}), "/ratio", "bad_number"),
        (json!({"ratio": "-1"}), "/ratio", "bad_number"),
        (json!({"ratio": "1.0000001"}), "/ratio", "bad_number"),
    ] {
        let mut faulty = new.clone();
        for (name, value) in change.as_object().unwrap() {
            faulty[name.as_str()] = value.clone();
        }
        let faults = staff.post(path, faulty).await.faults();
        assert_eq!(faults, [(pointer.to_owned(), code.to_owned())], "{change}");
    }
    let one = format!("{path}/{}", id(&made));
    let tag = staff.get(&one).await.header("ETag").to_owned();
    let change = json!({"kind": "successor", "ratio": 3});
    let changed = staff
        .change(Method::PUT, &one, &tag, Some(change.clone()))
        .await
        .expect(200);
    assert_eq!(
        (&changed["kind"], &changed["ratio"]),
        (&json!("successor"), &json!("3"))
    );
    let stale = staff.change(Method::PUT, &one, &tag, Some(change)).await;
    stale.problem(412, "precondition_failed");
    assert_eq!(staff.change(Method::DELETE, &one, "*", None).await.status, 204);
    staff.get(&one).await.problem(404, "not_found");

    // The file goes by article and substitute; what it doesn't name stays.
    let rows = "sku,substitute,kind,ratio\nRARE,BOLT,successor,2\n";
    shop.app.import(&[("substitutes.csv", rows)]).await;
    let list = staff.get(path).await.expect(200);
    assert_eq!(texts(&list["data"], "ratio"), ["1", "2"]);
    let rows = "sku,substitute,kind,ratio\nRARE,RARE,successor,1\nRARE,NONE,alternative,1\nRARE,BOLT,other,0\n";
    let report = shop
        .app
        .try_import(&[("substitutes.csv", rows)], Default::default())
        .await;
    let faults: Vec<_> = report
        .faults
        .iter()
        .map(|fault| (fault.row, fault.column.as_str(), fault.code.name()))
        .collect();
    assert_eq!(
        faults,
        [
            (2, "substitute", "value_invalid"),
            (3, "substitute", "unknown_sku"),
            (4, "kind", "value_invalid"),
            (4, "ratio", "bad_number")
        ]
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn what_would_wait_is_offered_something_else_in_previews_and_quotes() {
    let shop = open().await;
    let lines = json!([
        line("RARE", "H87", "60"),
        line("RARE", "BX12", "1"),
        line("CABLE", "MTR", "1")
    ]);
    let preview = json!({"po_number": "P-1", "lines": lines});
    let preview = shop.gold.post("/orders/preview", preview).await.expect(200);
    let offered = &preview["lines"][0]["substitutes"];
    assert_eq!(texts(offered, "sku"), ["BOLT", "FOOD"]);
    // Ten wait: 25 bolts for them, or ten of the other.
    assert_eq!(texts(offered, "quantity"), ["25", "10"]);
    assert_eq!(texts(offered, "unit"), ["H87", "H87"]);
    assert_eq!(texts(offered, "net"), ["1.83", "10.50"]);
    assert_eq!(texts(offered, "kind"), ["successor", "alternative"]);
    assert_eq!(offered[0]["rounded_up"], false);
    assert_eq!(
        offered[0]["available"],
        json!({"status": "in_stock", "quantity": "1500"})
    );
    assert_eq!(texts(&preview["lines"][1]["substitutes"], "quantity"), ["30", "12"]);
    assert_eq!(preview["lines"][2]["substitutes"], Value::Null);
    let quote = json!({"lines": [line("RARE", "H87", "60"), line("RARE", "H87", "1")]});
    let quote = shop.gold.post("/prices/quote", quote).await.expect(200);
    assert_eq!(texts(&quote["lines"][0]["substitutes"], "quantity"), ["150", "60"]);
    assert_eq!(quote["lines"][1]["substitutes"], Value::Null);
    // Whole sale units, and more than the ratio asks for is said.
    let rows = "sku,substitute,kind,ratio\nCABLE,BOLT,alternative,0.333\n";
    shop.app.import(&[("substitutes.csv", rows)]).await;
    let quote = json!({"lines": [line("CABLE", "MTR", "600.01")]});
    let quote = shop.gold.post("/prices/quote", quote).await.expect(200);
    let offered = &quote["lines"][0]["substitutes"][0];
    assert_eq!(
        (&offered["quantity"], &offered["rounded_up"]),
        (&json!("200"), &json!(true))
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn only_what_the_account_sees_and_may_order_is_offered() {
    let shop = open().await;
    shop.app
        .import(&[(
            "assortment.csv",
            "account,sku,customer_part_number\nSILVER,RARE,S-1\nSILVER,FOOD,S-2\n",
        )])
        .await;
    let quote = json!({"lines": [line("RARE", "H87", "60")]});
    let theirs = shop.silver.post("/prices/quote", quote.clone()).await.expect(200);
    assert_eq!(texts(&theirs["lines"][0]["substitutes"], "sku"), ["FOOD"]);
    set_state(&shop, "FOOD", "ended").await;
    let theirs = shop.silver.post("/prices/quote", quote.clone()).await.expect(200);
    assert_eq!(theirs["lines"][0]["substitutes"], json!([]));
    let ours = shop.gold.post("/prices/quote", quote.clone()).await.expect(200);
    assert_eq!(texts(&ours["lines"][0]["substitutes"], "sku"), ["BOLT"]);
    // The successor of what has ended itself, by both ratios.
    shop.app
        .import(&[(
            "substitutes.csv",
            "sku,substitute,kind,ratio\nFOOD,CABLE,successor,0.5\n",
        )])
        .await;
    let ours = shop.gold.post("/prices/quote", quote.clone()).await.expect(200);
    let offered = &ours["lines"][0]["substitutes"];
    assert_eq!(texts(offered, "sku"), ["BOLT", "CABLE"]);
    assert_eq!(
        (&offered[1]["ratio"], &offered[1]["quantity"]),
        (&json!("0.5"), &json!("30"))
    );
    // What is seen and can't be ordered yet is not.
    let later = today() + TimeDelta::days(5);
    let rows = format!("sku,tier,account,from\nBOLT,,,{later}\n");
    shop.app.import(&[("early_access.csv", &rows)]).await;
    let ours = shop.gold.post("/prices/quote", quote).await.expect(200);
    assert_eq!(texts(&ours["lines"][0]["substitutes"], "sku"), ["CABLE"]);
    shop.app.finish().await;
}

#[tokio::test]
async fn the_refusal_of_what_has_ended_or_runs_out_names_what_there_is_instead() {
    let shop = open().await;
    set_state(&shop, "RARE", "phase_out").await;
    let preview = json!({"po_number": "P", "lines": [line("BOLT", "H87", "1"), line("RARE", "H87", "60")]});
    let told = shop.gold.post("/orders/preview", preview).await;
    let fault = &told.json()["errors"][0];
    assert_eq!(
        (&fault["pointer"], &fault["code"], &fault["params"]["substitutes"]),
        (
            &json!("/lines/1/quantity"),
            &json!("exceeds_stock"),
            &json!("BOLT, FOOD")
        )
    );
    set_state(&shop, "RARE", "ended").await;
    for (path, mut body) in [
        ("/prices/quote", json!({})),
        ("/orders/preview", json!({"po_number": "P"})),
    ] {
        body["lines"] = json!([line("RARE", "H87", "1")]);
        let told = shop.gold.post(path, body).await;
        let fault = told.json()["errors"][0].clone();
        assert_eq!(told.status, 422);
        assert_eq!(
            (&fault["code"], &fault["params"]["substitutes"]),
            (&json!("article_ended"), &json!("BOLT, FOOD")),
            "{path}"
        );
        assert!(fault["detail"].as_str().unwrap().contains("BOLT"), "{fault}");
    }
    shop.app.finish().await;
}
