//! What is still to leave of an order is called off, and the rest of it goes on to its end.

use portal::cli::check;
use portal::db::sql;
use reqwest::Method;
use serde_json::{Value, json};

use super::changes::{by_staff, placed};
use super::{Shop, id, line, progress, reread};
use crate::app::outside_the_runtime;
use crate::client::{Answer, Client};

async fn end(client: &Client, side: &str, order: &Value, body: Value) -> Answer {
    client
        .post(&format!("{side}/orders/{}/cancel-rest", id(order)), body)
        .await
}

async fn exposure(client: &Client) -> Value {
    client.get("/account").await.expect(200)["exposure"].clone()
}

#[tokio::test]
async fn staff_end_the_rest_of_a_partly_shipped_order_and_it_goes_on_to_its_end() {
    let shop = Shop::open().await;
    // 50 of 60 are there: 600 and 12 biscuits make 612.60 net, 740.64 gross (726.00 at 21 %, 13.73 at 9 %).
    let order = shop
        .accepted(&shop.gold, &[line("RARE", "H87", "60"), line("FOOD", "H87", "12")])
        .await;
    assert_eq!(exposure(&shop.gold).await, "739.73");
    let shipment = shop.ship(&order).await;
    let partly = reread(&shop.gold, &order).await;
    assert_eq!(
        (&partly["state"], progress(&partly, 0)),
        (&json!("partly_shipped"), ["0", "10", "50", "0"])
    );
    // The account can't: something of the line has left.
    let lines = json!({ "lines": [partly["lines"][0]["id"]] });
    end(&shop.gold, "", &order, lines.clone())
        .await
        .problem(409, "order_not_cancellable");
    end(&shop.gold, "", &order, json!({}))
        .await
        .problem(409, "order_not_cancellable");
    let faults = end(&shop.service, "/supplier", &order, lines).await.faults();
    assert_eq!(faults, [("/reason".to_owned(), "required".to_owned())]);
    let of_other = json!({ "reason": "discontinued", "lines": ["oln_0BGK1J3Z00004"] });
    let faults = end(&shop.service, "/supplier", &order, of_other).await.faults();
    assert_eq!(faults, [("/lines/0".to_owned(), "unknown_line".to_owned())]);
    let done = json!({ "reason": "discontinued", "lines": [partly["lines"][1]["id"]] });
    end(&shop.service, "/supplier", &order, done)
        .await
        .problem(409, "order_not_cancellable");

    let ended = end(&shop.service, "/supplier", &order, json!({ "reason": "discontinued" }))
        .await
        .expect(200);
    assert_eq!(ended["state"], "shipped");
    let after = reread(&shop.gold, &order).await;
    assert_eq!(
        (progress(&after, 0), &after["lines"][0]["cancelled"]),
        (["0", "0", "50", "0"], &json!("10"))
    );
    assert_eq!(
        (&after["cancelled_total"], &after["gross_total"]),
        (&json!("121.00"), &json!("739.73"))
    );
    assert_eq!(exposure(&shop.gold).await, "618.73");
    end(&shop.service, "/supplier", &order, json!({ "reason": "again" }))
        .await
        .problem(409, "order_not_cancellable");
    let events = shop.gold.get("/events").await.expect(200);
    let told = events["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|event| event["type"] == "order.rest_cancelled")
        .unwrap();
    assert_eq!(told["data"]["lines"][0]["quantity"], "10");
    assert_eq!(
        (&told["data"]["reason"], &told["data"]["by"]),
        (&json!("discontinued"), &json!("supplier"))
    );

    shop.deliver(&shipment).await;
    let invoice = shop.invoice(&shipment).await;
    assert_eq!(invoice["gross_total"], "618.73");
    assert_eq!(exposure(&shop.gold).await, "618.73");
    shop.pay("GOLD", "618.73").await;
    assert_eq!(reread(&shop.gold, &order).await["state"], "closed");
    assert_eq!(exposure(&shop.gold).await, "0.00");
    shop.app.finish().await;
}

#[tokio::test]
async fn an_order_whose_other_parts_are_paid_closes_with_its_rest() {
    let shop = Shop::open().await;
    let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "60")]).await;
    let shipment = shop.ship(&order).await;
    shop.deliver(&shipment).await;
    shop.invoice(&shipment).await;
    let paid = shop.pay("GOLD", "605.00").await;
    assert_eq!(reread(&shop.gold, &order).await["state"], "partly_shipped");
    assert_eq!(exposure(&shop.gold).await, "121.00");
    let ended = end(&shop.service, "/supplier", &order, json!({ "reason": "discontinued" }))
        .await
        .expect(200);
    assert_eq!(ended["state"], "closed");
    assert_eq!(exposure(&shop.gold).await, "0.00");
    // The money turns out not to have come: the order is open again, and closed by the next payment.
    let path = format!("/supplier/payments/{}/reverse", id(&paid));
    shop.finance
        .post(&path, json!({ "reason": "bounced" }))
        .await
        .expect(200);
    assert_eq!(reread(&shop.gold, &order).await["state"], "delivered");
    shop.pay("GOLD", "605.00").await;
    assert_eq!(reread(&shop.gold, &order).await["state"], "closed");
    let events = shop.gold.get("/events").await.expect(200);
    let kinds: Vec<_> = events["data"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|event| event["type"].as_str())
        .collect();
    let ends: Vec<_> = kinds
        .into_iter()
        .filter(|kind| ["order.closed", "order.reopened"].contains(kind))
        .collect();
    assert_eq!(ends, ["order.closed", "order.reopened", "order.closed"]);
    shop.app.finish().await;
}

#[tokio::test]
async fn an_account_ends_lines_of_which_nothing_left_and_others_get_what_they_held() {
    let shop = Shop::open().await;
    let order = shop
        .accepted(&shop.gold, &[line("RARE", "H87", "50"), line("FOOD", "H87", "10")])
        .await;
    let waits = shop
        .silver
        .place_order(json!({ "lines": [line("RARE", "H87", "5")] }))
        .await
        .expect(201);
    assert_eq!(progress(&waits, 0), ["0", "5", "0", "0"]);
    let whole = json!({ "lines": [order["lines"][0]["id"], order["lines"][1]["id"]] });
    end(&shop.gold, "", &order, whole)
        .await
        .problem(409, "order_not_cancellable");
    end(&shop.silver, "", &order, json!({})).await.problem(404, "not_found");
    let lines = json!({ "lines": [order["lines"][0]["id"]] });
    let ended = end(&shop.gold, "", &order, lines).await.expect(200);
    assert_eq!(
        (&ended["state"], &ended["lines"][0]["cancelled"]),
        (&json!("accepted"), &json!("50"))
    );
    assert_eq!(progress(&reread(&shop.silver, &waits).await, 0), ["5", "0", "0", "0"]);
    assert_eq!(exposure(&shop.gold).await, "11.45");
    // It can still be held, released, and leave as any other.
    shop.hold(&order).await;
    assert_eq!(exposure(&shop.gold).await, "0.00");
    shop.release(&order).await;
    assert_eq!(exposure(&shop.gold).await, "11.45");
    shop.accept(&order).await;
    let shipment = shop.ship(&order).await;
    assert_eq!(shop.invoice(&shipment).await["gross_total"], "11.45");
    assert_eq!(exposure(&shop.gold).await, "11.45");
    shop.app.finish().await;
}

#[tokio::test]
async fn the_same_request_calls_off_once_and_only_what_was_read() {
    let shop = Shop::open().await;
    let order = placed(&shop.gold, &[line("RARE", "H87", "40"), line("FOOD", "H87", "12")]).await;
    let path = format!("/orders/{}/cancel-rest", id(&order));
    let part = |quantity: &str| json!({"lines": [{"order_line_id": order["lines"][0]["id"], "quantity": quantity}]});
    for _ in 0..2 {
        let done = shop.gold.post_with_key(&path, "once", part("10")).await.expect(200);
        assert_eq!(done["lines"][0]["cancelled"], "10");
    }
    shop.gold
        .post_with_key(&path, "once", part("5"))
        .await
        .problem(422, "idempotency_key_reused");
    let read = format!("/orders/{}", id(&order));
    let etag = shop.gold.get(&read).await.header("etag").to_owned();
    let changed = shop.gold.change(Method::POST, &path, &etag, Some(part("5"))).await;
    assert_eq!(changed.expect(200)["lines"][0]["cancelled"], "15");
    shop.gold
        .change(Method::POST, &path, &etag, Some(part("5")))
        .await
        .problem(412, "precondition_failed");
    // For staff too, whose keys are their own.
    let path = format!("/supplier{path}");
    let by_staff =
        json!({"reason": "as agreed", "lines": [{"order_line_id": order["lines"][0]["id"], "quantity": "5"}]});
    for _ in 0..2 {
        let done = shop
            .service
            .post_with_key(&path, "once", by_staff.clone())
            .await
            .expect(200);
        assert_eq!(done["lines"][0]["cancelled"], "20");
    }
    shop.service
        .change(Method::POST, &path, &etag, Some(by_staff))
        .await
        .problem(412, "precondition_failed");
    shop.app.finish().await;
}

#[tokio::test]
async fn what_is_called_off_makes_the_order_another_revision() {
    let shop = Shop::open().await;
    let order = placed(&shop.gold, &[line("RARE", "H87", "40"), line("FOOD", "H87", "12")]).await;
    assert_eq!(order["revision"], 1);
    shop.app.mails().await;
    let part = json!({"lines": [{"order_line_id": order["lines"][0]["id"], "quantity": "10"}]});
    let less = end(&shop.gold, "", &order, part).await.expect(200);
    assert_eq!(
        (&less["revision"], progress(&less, 0)),
        (&json!(2), ["30", "0", "0", "0"])
    );
    let mails = shop.app.mails().await;
    let subject = format!("Order {} is cancelled in part", order["number"].as_str().unwrap());
    let told = mails.iter().find(|mail| mail.texts.subject.contains(&subject)).unwrap();
    for words in [
        "all or a part of one line",
        "what is not cancelled goes on",
        "Revision",
        "10 pieces",
    ] {
        assert!(told.texts.text.contains(words), "{words}: {}", told.texts.text);
    }
    let by_service = json!({"reason": "none left", "lines": [order["lines"][1]["id"]]});
    let less = end(&shop.service, "/supplier", &order, by_service).await.expect(200);
    assert_eq!(less["revision"], 3);
    // A change goes on from there; what is refused is none.
    end(&shop.gold, "", &order, json!({"lines": [order["lines"][1]["id"]]}))
        .await
        .problem(409, "order_not_cancellable");
    let done = by_staff(&shop, &order, json!({"note": "gate 3", "reason": "as they said"}))
        .await
        .expect(201);
    assert_eq!((&done["revision"], &done["order"]["revision"]), (&json!(4), &json!(4)));
    shop.app.finish().await;
    for revision in [1_i64, 2, 3, 5] {
        let changed = || {
            shop.app.db().rehearse_now(move |tx| {
                sql("UPDATE orders SET revision = $1").bind(revision).run(tx)?;
                check::everything(tx)
            })
        };
        let breaches = outside_the_runtime(changed).unwrap();
        let found: Vec<_> = breaches.iter().map(|breach| breach.check).collect();
        assert_eq!(found, ["each change of an order makes it another revision"]);
    }
}
