//! Order classes that somebody has to be entitled to: how often a month, in whose month, and what becomes of the order above.

use futures::future::join_all;
use portal::clock::Timestamp;
use portal::db::sql;
use portal::ids::{AccountId, OrderId};
use portal::orders::entitlements;
use reqwest::Method;
use serde_json::{Value, json};

use super::{cancel, line, order, shop};
use crate::app::TestApp;
use crate::client::Client;

/// The gold tier has four of priority, of two lines at most, and any number of critical; SILVER has none of either.
const ENTITLEMENTS: &str = "order_class,per_month,tier,account,lines_max\n\
     priority,4,gold,,2\ncritical,,gold,,\ncritical,0,,SILVER,\n";

fn of_class(class: &str) -> Value {
    let mut order = order(&[line("BOLT", "H87", "1")]);
    order["order_class"] = class.into();
    order
}

fn or_standard(class: &str) -> Value {
    let mut order = of_class(class);
    order["if_not_entitled"] = "standard".into();
    order
}

fn refused(code: &str) -> Vec<(String, String)> {
    vec![("/order_class".to_owned(), code.to_owned())]
}

async fn account_id(app: &TestApp, code: &'static str) -> AccountId {
    let found = app.db().read(move |connection| {
        sql("SELECT id FROM accounts WHERE code = $1")
            .bind(code)
            .one(connection)
    });
    found.await.unwrap()
}

async fn placed_at(app: &TestApp, order: &Value, at: &str) {
    let id: OrderId = order["id"].as_str().unwrap().parse().unwrap();
    let at: Timestamp = at.parse().unwrap();
    let moved = app.db().write(move |tx| {
        sql("UPDATE orders SET placed_at = $2 WHERE id = $1")
            .bind(id)
            .bind(at)
            .run(tx)
    });
    assert_eq!(moved.await.unwrap(), 1);
}

/// Used and left of a class, as the account reads it.
async fn left(buyer: &Client, class: &str) -> (Value, Value) {
    let all = buyer.get("/entitlements").await.expect(200);
    let one = all["data"].as_array().unwrap().iter();
    let one = one.clone().find(|one| one["order_class"] == class).unwrap();
    (one["used"].clone(), one["left"].clone())
}

#[tokio::test]
async fn a_class_is_everybodys_until_somebody_is_entitled_to_it() {
    let app = shop().await;
    let silver = app.person("SILVER", "buyer").await;
    let free = silver.get("/entitlements").await.expect(200);
    let classes: Vec<_> = free["data"].as_array().unwrap().iter().collect();
    assert_eq!(classes.len(), 2);
    for class in classes {
        assert_eq!(
            (&class["entitled"], &class["per_month"], &class["left"]),
            (&json!(true), &json!(null), &json!(null))
        );
    }
    let placed = silver.place_order(of_class("critical")).await.expect(201);
    assert_eq!(
        (&placed["order_class"], &placed["entitlement"]),
        (&json!("critical"), &json!(null))
    );
    app.import(&[("entitlements.csv", "order_class,per_month,tier\npriority,4,gold\n")])
        .await;
    // Nobody is entitled to the other one, so that is everybody's still.
    silver.place_order(of_class("critical")).await.expect(201);
    let told = silver.place_order(of_class("priority")).await;
    assert_eq!(told.faults(), refused("not_entitled"));
    silver.place_order(of_class("standard")).await.expect(201);
    app.finish().await;
}

#[tokio::test]
async fn above_the_month_an_order_is_refused_or_placed_as_standard() {
    let app = shop().await;
    app.import(&[("entitlements.csv", ENTITLEMENTS)]).await;
    let gold = app.person("GOLD", "buyer").await;
    let mut orders = Vec::new();
    for _ in 0..4 {
        orders.push(gold.place_order(of_class("priority")).await.expect(201));
    }
    assert_eq!(left(&gold, "priority").await, (json!(4), json!(0)));
    let told = gold.place_order(of_class("priority")).await;
    let error = &told.json()["errors"][0];
    assert_eq!(
        (error["params"]["per_month"].as_i64(), error["params"]["used"].as_i64()),
        (Some(4), Some(4))
    );
    assert!(
        error["params"]["resets_on"].as_str().unwrap().ends_with("-01"),
        "{error}"
    );
    assert_eq!(told.faults(), refused("entitlement_used_up"));
    // The preview says beforehand what becomes of it.
    let mut previewed = or_standard("priority");
    previewed["po_number"] = "P-1".into();
    let preview = gold.post("/orders/preview", previewed).await.expect(200);
    let entitlement = &preview["entitlement"];
    assert_eq!(
        (&preview["order_class"], &entitlement["order_class"]),
        (&json!("standard"), &json!("priority"))
    );
    assert_eq!(
        (&entitlement["left"], &entitlement["shortfall"]),
        (&json!(0), &json!("entitlement_used_up"))
    );
    let standard = gold.place_order(or_standard("priority")).await.expect(201);
    assert_eq!(standard["order_class"], "standard");
    // What is called off is left again.
    cancel(&gold, &orders[0]).await;
    assert_eq!(left(&gold, "priority").await, (json!(3), json!(1)));
    let again = gold.place_order(or_standard("priority")).await.expect(201);
    assert_eq!(again["order_class"], "priority");
    // Of the other class there is any number.
    gold.place_order(of_class("critical")).await.expect(201);
    assert_eq!(left(&gold, "critical").await, (json!(1), json!(null)));
    app.finish().await;
}

#[tokio::test]
async fn the_accounts_own_word_comes_before_its_tiers_and_lines_have_a_limit() {
    let app = shop().await;
    app.import(&[("entitlements.csv", ENTITLEMENTS)]).await;
    let (gold, silver) = (app.person("GOLD", "buyer").await, app.person("SILVER", "buyer").await);
    assert_eq!(
        silver.place_order(of_class("critical")).await.faults(),
        refused("entitlement_used_up")
    );
    assert_eq!(
        silver.place_order(of_class("priority")).await.faults(),
        refused("not_entitled")
    );
    let mut long = order(&["1", "2", "3"].map(|quantity| line("BOLT", "H87", quantity)));
    long["order_class"] = "priority".into();
    assert_eq!(
        gold.place_order(long.clone()).await.faults(),
        refused("entitlement_lines")
    );
    long["if_not_entitled"] = "standard".into();
    assert_eq!(gold.place_order(long).await.expect(201)["order_class"], "standard");
    assert_eq!(left(&gold, "priority").await, (json!(0), json!(4)));
    app.import(&[("entitlements.csv", "order_class,per_month,account\npriority,0,GOLD\n")])
        .await;
    assert_eq!(
        gold.place_order(of_class("priority")).await.faults(),
        refused("entitlement_used_up")
    );
    app.finish().await;
}

#[tokio::test]
async fn of_twenty_orders_at_once_with_three_left_exactly_three_get_the_class() {
    let app = shop().await;
    app.import(&[("entitlements.csv", "order_class,per_month,account\ncritical,3,GOLD\n")])
        .await;
    let buyer = app.person("GOLD", "buyer").await;
    let asked = (0..20).map(|number| {
        let order = if number % 2 == 0 {
            or_standard("critical")
        } else {
            of_class("critical")
        };
        buyer.place_order(order)
    });
    let (mut critical, mut standard, mut refusals) = (0, 0, 0);
    for answer in join_all(asked).await {
        match answer.status {
            201 if answer.json()["order_class"] == "critical" => critical += 1,
            201 => standard += 1,
            _ => {
                assert_eq!(answer.faults(), refused("entitlement_used_up"));
                refusals += 1;
            }
        }
    }
    assert_eq!(critical, 3);
    assert_eq!(standard + refusals, 17);
    assert!((7..=10).contains(&standard), "{standard}");
    assert_eq!(left(&buyer, "critical").await, (json!(3), json!(0)));
    app.finish().await;
}

#[tokio::test]
async fn the_month_is_that_of_the_accounts_own_zone() {
    let app = shop().await;
    app.import(&[
        (
            "accounts.csv",
            "account,name,country,currency,tier,payment_terms_days,credit_limit,time_zone\n\
             GOLD,Gold Works,NL,EUR,gold,30,,America/New_York\n",
        ),
        ("entitlements.csv", ENTITLEMENTS),
    ])
    .await;
    let gold = app.person("GOLD", "buyer").await;
    // In New York November ends five hours after it does in London.
    for at in ["2026-11-01T03:59:59", "2026-11-01T04:00:00", "2026-12-01T04:59:59"] {
        let placed = gold.place_order(of_class("priority")).await.expect(201);
        placed_at(&app, &placed, at).await;
    }
    let account_id = account_id(&app, "GOLD").await;
    for (now, used, resets_on) in [
        ("2026-10-15T12:00:00", 1, "2026-11-01"),
        ("2026-11-15T12:00:00", 2, "2026-12-01"),
        ("2026-12-01T04:59:59", 2, "2026-12-01"),
        ("2026-12-01T05:00:00", 0, "2027-01-01"),
    ] {
        let now: Timestamp = now.parse().unwrap();
        let standings = app
            .db()
            .read(move |connection| entitlements::standings(connection, account_id, now));
        let standing = standings.await.unwrap()[0];
        assert_eq!(
            (standing.used, standing.resets_on.to_string().as_str()),
            (used, resets_on),
            "{now}"
        );
    }
    app.finish().await;
}

#[tokio::test]
async fn staff_add_change_and_take_away() {
    let app = shop().await;
    let staff = app.staff("key_account_manager").await;
    let new = json!({"account": "GOLD", "order_class": "priority", "per_month": 1});
    let added = staff.post("/supplier/entitlements", new.clone()).await.expect(201);
    assert_eq!(
        (&added["account"], &added["tier"], &added["per_month"]),
        (&json!("GOLD"), &json!(null), &json!(1))
    );
    let twice = staff.post("/supplier/entitlements", new).await;
    assert_eq!(twice.faults(), refused("duplicate_key"));
    for (body, pointer, code) in [
        (json!({"order_class": "priority", "per_month": 1}), "/tier", "required"),
        (
            json!({"tier": "gold", "account": "GOLD", "order_class": "priority"}),
            "/tier",
            "value_invalid",
        ),
        (
            json!({"account": "NOBODY", "order_class": "priority"}),
            "/account",
            "unknown_account",
        ),
        (
            json!({"tier": "gold", "order_class": "standard"}),
            "/order_class",
            "value_invalid",
        ),
        (
            json!({"tier": "gold", "order_class": "priority", "per_month": -1}),
            "/per_month",
            "bad_number",
        ),
        (
            json!({"tier": "gold", "order_class": "priority", "lines_max": 0}),
            "/lines_max",
            "bad_number",
        ),
    ] {
        let told = staff.post("/supplier/entitlements", body.clone()).await;
        assert_eq!(told.faults(), [(pointer.to_owned(), code.to_owned())], "{body}");
    }
    let path = format!("/supplier/entitlements/{}", added["id"].as_str().unwrap());
    let etag = staff.get(&path).await.header("etag").to_owned();
    let changed = staff.change(Method::PUT, &path, &etag, Some(json!({"per_month": 2, "lines_max": 9})));
    let changed = changed.await.expect(200);
    assert_eq!((&changed["per_month"], &changed["lines_max"]), (&json!(2), &json!(9)));
    let stale = staff.change(Method::PUT, &path, &etag, Some(json!({"per_month": 3})));
    assert_eq!(stale.await.status, 412);
    let listed = staff.get("/supplier/entitlements?account=GOLD").await.expect(200);
    assert_eq!(listed["data"], json!([changed]));
    assert_eq!(
        staff.get("/supplier/entitlements?account=SILVER").await.expect(200)["data"],
        json!([])
    );
    let silver = app.person("SILVER", "buyer").await;
    assert_eq!(
        silver.place_order(of_class("priority")).await.faults(),
        refused("not_entitled")
    );
    assert_eq!(staff.change(Method::DELETE, &path, "*", None).await.status, 204);
    silver.place_order(of_class("priority")).await.expect(201);
    assert_eq!(staff.get(&path).await.status, 404);
    app.finish().await;
}

#[tokio::test]
async fn only_an_order_above_standard_asks_the_database_once_more() {
    let app = shop().await;
    app.import(&[("entitlements.csv", ENTITLEMENTS)]).await;
    let gold = app.person("GOLD", "buyer").await;
    gold.place_order(of_class("standard")).await.expect(201);
    let taken = async |class: &str| {
        let before = app.statements_before(&[&gold]).await;
        gold.place_order(of_class(class)).await.expect(201);
        app.db().statements() - before
    };
    let standard = taken("standard").await;
    assert_eq!(taken("priority").await, standard + 1);
    app.finish().await;
}
