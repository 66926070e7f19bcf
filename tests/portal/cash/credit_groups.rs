//! What is insured, and what accounts under one parent may owe together.

use futures::future::join_all;
use portal::db::sql;
use portal::ids::AccountId;
use portal::imports::Options;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Shop, id, line, reread, texts};
use crate::client::{Answer, Client};

impl Shop {
    /// The id of an account.
    pub(super) async fn account_id(&self, code: &str) -> String {
        let found = self
            .finance
            .get(&format!("/supplier/accounts?q={code}"))
            .await
            .expect(200);
        let mut rows = found["data"].as_array().unwrap().iter();
        id(rows.find(|row| row["code"] == code).unwrap()).to_owned()
    }

    pub(super) async fn credit_of(&self, code: &str) -> Value {
        let path = format!("/supplier/accounts/{}/credit", self.account_id(code).await);
        self.finance.get(&path).await.expect(200)
    }

    pub(super) async fn try_set_credit(&self, client: &Client, code: &str, body: Value) -> Answer {
        let path = format!("/supplier/accounts/{}/credit", self.account_id(code).await);
        client.change(Method::PUT, &path, "*", Some(body)).await
    }

    pub(super) async fn set_credit(&self, code: &str, body: Value) -> Value {
        self.try_set_credit(&self.finance, code, body).await.expect(200)
    }

    pub(super) async fn set_limit(&self, code: &str, limit: Value) {
        let path = format!("/supplier/accounts/{}", self.account_id(code).await);
        let body = json!({ "credit_limit": limit });
        self.finance
            .change(Method::PATCH, &path, "*", Some(body))
            .await
            .expect(200);
    }
}

/// 99.00, and no tax.
fn one() -> Value {
    json!({"lines": [line("EXEMPT", "H87", "1")]})
}

#[tokio::test]
async fn a_group_owes_together_and_the_limit_holds_orders_of_all_its_accounts() {
    let shop = Shop::open().await;
    shop.set_credit("GOLD", json!({"group_limit": "198.00"})).await;
    let silver = shop.set_credit("SILVER", json!({"parent": "GOLD"})).await;
    assert_eq!(
        (&silver["parent"], &silver["group"]["group_limit"]),
        (&json!("GOLD"), &json!("198.00"))
    );
    assert_eq!(texts(&silver["group"]["accounts"], "account"), ["GOLD", "SILVER"]);

    let first = shop.gold.place_order(one()).await.expect(201);
    assert_eq!(
        (&first["state"], &first["gross_total"]),
        (&json!("placed"), &json!("99.00"))
    );
    // Exactly the limit is allowed.
    assert_eq!(shop.silver.place_order(one()).await.expect(201)["state"], "placed");
    let credit = shop.credit_of("SILVER").await;
    assert_eq!(
        (&credit["exposure"], &credit["group"]["exposure"], &credit["available"]),
        (&json!("99.00"), &json!("198.00"), &json!("0.00"))
    );
    let held = shop.silver.place_order(one()).await.expect(201);
    assert_eq!(
        (&held["state"], &held["hold_reasons"]),
        (&json!("on_hold"), &json!(["credit_limit"]))
    );
    // What others of the group owe is nothing that the account reads.
    let own = shop.silver.get("/account").await.expect(200);
    assert_eq!(
        (&own["exposure"], &own["credit_limit"], &own["available"]),
        (&json!("99.00"), &json!(null), &json!(null))
    );

    // The order of the other account is called off: then there is room.
    shop.gold
        .post(&format!("/orders/{}/cancel", id(&first)), json!({}))
        .await
        .expect(200);
    assert_eq!(shop.silver.place_order(one()).await.expect(201)["state"], "placed");
    let preview = json!({"po_number": "PREVIEW", "lines": [line("EXEMPT", "H87", "1")]});
    let preview = shop.gold.post("/orders/preview", preview).await.expect(200);
    assert_eq!(preview["hold_reasons"], json!(["credit_limit"]));
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_accounts_of_a_group_never_use_the_same_last_of_it() {
    let shop = Shop::open().await;
    let other_node = shop.app.another_node().await;
    // Room for seven; nobody of them has ordered before.
    shop.set_credit("GOLD", json!({"group_limit": "693.00"})).await;
    shop.set_credit("SILVER", json!({"parent": "GOLD"})).await;
    let silver = shop.silver.at(&other_node.anonymous());
    let orders = (0..20).map(|place| {
        let buyer = if place % 2 == 0 { &shop.gold } else { &silver };
        async move {
            buyer
                .place_order(json!({"lines": [line("EXEMPT", "H87", "1")]}))
                .await
                .expect(201)
        }
    });
    let orders = join_all(orders).await;
    let placed = orders.iter().filter(|order| order["state"] == "placed").count();
    assert_eq!(placed, 7);
    assert_eq!(shop.credit_of("GOLD").await["group"]["exposure"], "693.00");
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn who_stands_under_whom_is_one_level_in_one_currency() {
    let shop = Shop::open().await;
    shop.set_credit("SILVER", json!({"parent": "GOLD"})).await;
    let cases = [
        ("GOLD", json!({"parent": "GOLD"}), "/parent", "value_invalid"),
        ("TIGHT", json!({"parent": "SILVER"}), "/parent", "value_invalid"),
        ("GOLD", json!({"parent": "TIGHT"}), "/parent", "value_invalid"),
        ("OVERSEAS", json!({"parent": "GOLD"}), "/parent", "wrong_currency"),
        ("TIGHT", json!({"parent": "NOBODY"}), "/parent", "unknown_account"),
        ("TIGHT", json!({"insured_limit": "-1"}), "/insured_limit", "bad_number"),
        (
            "TIGHT",
            json!({"insured_limit": "1.234"}),
            "/insured_limit",
            "bad_number",
        ),
        ("TIGHT", json!({"insurer": "The Insurer"}), "/insured_limit", "required"),
        (
            "TIGHT",
            json!({"insured_limit": "1.00", "insured_until": "2026-02-30"}),
            "/insured_until",
            "bad_date",
        ),
        (
            "TIGHT",
            json!({"check_order": "perhaps"}),
            "/check_order",
            "value_invalid",
        ),
    ];
    for (account, body, pointer, code) in cases {
        let refused = shop.try_set_credit(&shop.finance, account, body.clone()).await;
        let problem = refused.problem(422, "validation_failed");
        let faults = problem["errors"].as_array().unwrap();
        assert!(
            faults
                .iter()
                .any(|fault| fault["pointer"] == pointer && fault["code"] == code),
            "{body}: {problem}"
        );
    }
    shop.try_set_credit(&shop.service, "TIGHT", json!({}))
        .await
        .problem(403, "forbidden");
    let seen = shop.account_id("TIGHT").await;
    shop.finance
        .change(
            Method::PUT,
            &format!("/supplier/accounts/{seen}/credit"),
            "\"1\"",
            Some(json!({})),
        )
        .await
        .problem(412, "precondition_failed");
    // With credit of its own an account keeps its currency.
    let manager = shop.app.staff("admin").await;
    let path = format!("/supplier/accounts/{}", shop.account_id("SILVER").await);
    let refused = manager
        .change(Method::PATCH, &path, "*", Some(json!({"currency": "USD"})))
        .await;
    refused.problem(422, "validation_failed");
    shop.app.finish().await;
}

#[tokio::test]
async fn what_is_insured_warns_or_caps_as_set() {
    let shop = Shop::open().await;
    shop.set_limit("GOLD", json!("300.00")).await;
    let insured = json!({
        "insured_limit": "99.00", "insurer": "The Insurer", "insurance_policy": "P-1", "insured_until": "2126-02-28",
    });
    let credit = shop.set_credit("GOLD", insured.clone()).await;
    assert_eq!(
        (&credit["usable_limit"], &credit["warnings"]),
        (&json!("300.00"), &json!(["above_insured"]))
    );
    assert_eq!(shop.gold.place_order(one()).await.expect(201)["state"], "placed");
    assert_eq!(shop.gold.place_order(one()).await.expect(201)["state"], "placed");
    assert_eq!(
        shop.credit_of("GOLD").await["warnings"],
        json!(["above_insured", "exposure_above_insured"])
    );

    let mut capped = insured;
    capped["insurance"] = json!("cap");
    let credit = shop.set_credit("GOLD", capped.clone()).await;
    assert_eq!(
        (&credit["usable_limit"], &credit["available"]),
        (&json!("99.00"), &json!("-99.00"))
    );
    assert_eq!(
        credit["warnings"],
        json!(["above_insured", "exposure_above_insured", "limit_exceeded"])
    );
    assert_eq!(shop.gold.place_order(one()).await.expect(201)["state"], "on_hold");
    // Once it has ended nothing is insured.
    capped["insured_until"] = json!("2020-02-29");
    let credit = shop.set_credit("GOLD", capped).await;
    assert_eq!(
        (&credit["usable_limit"], &credit["credit_limit"]),
        (&json!("0.00"), &json!("300.00"))
    );
    assert!(
        credit["warnings"]
            .as_array()
            .unwrap()
            .contains(&json!("insurance_ended"))
    );
    // The portal shows what it always did.
    let own = shop.gold.get("/account").await.expect(200);
    assert_eq!(
        (&own["credit_limit"], &own["available"]),
        (&json!("300.00"), &json!("102.00"))
    );

    let audit = shop
        .app
        .staff("admin")
        .await
        .get("/supplier/audit?action=account.credit")
        .await
        .expect(200);
    assert_eq!(audit["data"].as_array().unwrap().len(), 3, "{audit}");
    let feed = shop.gold.get("/events?limit=200").await.expect(200);
    assert!(
        !texts(&feed["data"], "type").contains(&"account.credit_changed"),
        "it is the supplier's own"
    );
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn credit_comes_with_a_file_and_comes_twice_without_a_change() {
    let shop = Shop::open().await;
    let file = "account,parent,group_limit,insured_limit,insurer,insured_until,check_order\n\
                GOLD,,500,200.50,The Insurer,2126-12-31,\nSILVER,GOLD,,,,,refuse\n";
    shop.app.import(&[("credit.csv", file)]).await;
    let silver = shop.credit_of("SILVER").await;
    assert_eq!(
        (&silver["check_order"], &silver["effective"]["check_order"]),
        (&json!("refuse"), &json!("refuse"))
    );
    assert_eq!(silver["group"]["group_limit"], "500.00");
    let again = shop.app.try_import(&[("credit.csv", file)], Options::default()).await;
    let counted = again.file("credit.csv").unwrap();
    assert_eq!((counted.new, counted.changed, counted.unchanged), (0, 0, 2));
    // What a file does not name stays.
    shop.app
        .import(&[("credit.csv", "account,insured_limit\nGOLD,300\n")])
        .await;
    let gold = shop.credit_of("GOLD").await;
    assert_eq!(
        (&gold["insured_limit"], &gold["insurer"], &gold["group_limit"]),
        (&json!("300.00"), &json!("The Insurer"), &json!("500.00"))
    );

    let bad = "account,parent\nTIGHT,SILVER\nGOLD,TIGHT\nOVERSEAS,GOLD\nFAR,FAR\n";
    let report = shop.app.try_import(&[("credit.csv", bad)], Options::default()).await;
    assert!(!report.applied);
    let told: Vec<_> = report
        .faults
        .iter()
        .map(|fault| (fault.row, fault.code.name()))
        .collect();
    assert_eq!(
        told,
        [
            (2, "value_invalid"),
            (3, "value_invalid"),
            (4, "wrong_currency"),
            (5, "value_invalid")
        ],
        "{:#?}",
        report.faults
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn the_desk_shows_why_and_only_finance_sets_it() {
    let shop = Shop::open().await;
    shop.set_credit("GOLD", json!({"group_limit": "99.00"})).await;
    let finance = shop.app.browse_staff("finance").await;
    let silver = shop.account_id("SILVER").await;
    let path = format!("/desk/accounts/{silver}/credit");
    let page = finance.page(&path).await;
    assert!(
        page.contains("As for all accounts") && page.contains("No limit"),
        "{page}"
    );
    let (_, rest) = page.split_once("name=\"version\" value=\"").unwrap();
    let version = rest.split_once('"').unwrap().0;
    let bad = [("version", version), ("parent", "nobody"), ("insured_limit", "much")];
    let refused = finance.post(&path, &bad).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.html.contains("value=\"much\"") && refused.html.contains("value=\"nobody\""),
        "{}",
        refused.html
    );
    let good = [("version", version), ("parent", "GOLD"), ("insured_limit", "1.500,50")];
    let ambiguous = finance.post(&path, &good).await;
    assert_eq!(ambiguous.status, 303, "{}", ambiguous.html);
    let shown = finance.page(&path).await;
    assert!(shown.contains("Gold Works") && shown.contains("1,500.50"), "{shown}");
    shop.gold.place_order(one()).await.expect(201);
    let held = shop.silver.place_order(one()).await.expect(201);
    assert_eq!(held["state"], "on_hold");
    let service = shop.app.browse_staff("customer_service").await;
    let read = service.page(&path).await;
    assert!(
        read.contains("Silver Works") && !read.contains("name=\"insured_limit\""),
        "{read}"
    );
    assert_eq!(service.post(&path, &[("parent", "")]).await.status, 403);
    let settings = finance.page("/desk/credit-settings").await;
    assert!(settings.contains("On hold until finance releases it"), "{settings}");
    let sent = [
        ("check_order", "warn"),
        ("check_acceptance", "off"),
        ("check_shipment", "off"),
        ("insurance", "warn"),
    ];
    assert_eq!(finance.post("/desk/credit-settings", &sent).await.status, 303);
    assert_eq!(shop.silver.place_order(one()).await.expect(201)["state"], "placed");
    assert_eq!(reread(&shop.silver, &held).await["state"], "on_hold");
    shop.app.finish().await;
}

#[tokio::test]
async fn the_check_derives_what_groups_owe() {
    let shop = Shop::open().await;
    shop.set_credit("SILVER", json!({"parent": "GOLD"})).await;
    shop.gold.place_order(one()).await.expect(201);
    shop.app.check().await;
    let gold: AccountId = shop.account_id("GOLD").await.parse().unwrap();
    let spoil = move |tx: &mut _| {
        sql("UPDATE ledger_balances SET committed_minor = committed_minor + 1 WHERE account_id = $1")
            .bind(gold)
            .run(tx)?;
        sql("UPDATE accounts SET currency = 'USD' WHERE id = $1")
            .bind(gold)
            .run(tx)
    };
    shop.app.db().write(spoil).await.unwrap();
    let breaches = shop.app.db().read(portal::cli::check::everything).await.unwrap();
    let told: Vec<_> = breaches.iter().map(|breach| breach.check).collect();
    assert!(told.contains(&"a group owes what its accounts do"), "{breaches:#?}");
    assert!(
        told.contains(&"accounts stand under one parent of their currency"),
        "{breaches:#?}"
    );
}
