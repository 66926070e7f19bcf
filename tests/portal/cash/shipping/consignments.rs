//! Consignments: what of several orders of an account leaves for one of its sites together.

use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::super::claim_files::{png, send_to};
use super::{Shop, id, item, line, progress, reread, texts};
use crate::client::{Answer, unique};

impl Shop {
    /// Ships orders together.
    async fn try_together(&self, body: Value) -> Answer {
        self.warehouse
            .post_with_key("/supplier/consignments", &unique(), body)
            .await
    }

    /// The same with all that is reserved of them.
    async fn together(&self, orders: &[&Value]) -> Value {
        let orders: Vec<_> = orders.iter().map(|order| json!({"order_id": id(order)})).collect();
        self.try_together(json!({ "orders": orders })).await.expect(201)
    }

    /// Two accepted orders of GOLD.
    async fn two_orders(&self) -> (Value, Value) {
        let first = self.accepted(&self.gold, &[line("RARE", "H87", "6")]).await;
        let lines = [line("BOLT", "CT100", "2"), line("RARE", "H87", "4")];
        (first, self.accepted(&self.gold, &lines).await)
    }
}

fn path_of(consignment: &Value) -> String {
    format!("/supplier/consignments/{}", id(consignment))
}

#[tokio::test]
async fn orders_of_an_account_to_one_site_leave_together_and_arrive_together() {
    let shop = Shop::open().await;
    let (first, second) = shop.two_orders().await;
    let orders = json!([
        {"order_id": id(&first)},
        {"order_id": id(&second), "lines": [item(&second, 0, "1"), item(&second, 1, "4")]},
    ]);
    let key = unique();
    let body = json!({"orders": orders, "carrier": "DHL", "tracking_number": "T-1"});
    let sent = shop
        .warehouse
        .post_with_key("/supplier/consignments", &key, body.clone())
        .await
        .expect(201);
    assert_eq!(
        (sent["state"].as_str(), &sent["shipment_count"]),
        (Some("shipped"), &json!(2))
    );
    assert_eq!(texts(&sent["shipments"], "order_id"), [id(&first), id(&second)]);
    // The same request has one effect.
    let again = shop.warehouse.post_with_key("/supplier/consignments", &key, body).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(id(&again.expect(201)), id(&sent));
    assert_eq!(progress(&reread(&shop.gold, &first).await, 0), ["0", "0", "6", "0"]);
    let second = reread(&shop.gold, &second).await;
    assert_eq!(progress(&second, 0), ["100", "0", "100", "0"]);
    assert_eq!(second["state"], "partly_shipped");
    // Each order has a shipment of its own, which knows with what it travels.
    let own = &sent["shipments"][0];
    assert_eq!(
        (own["carrier"].as_str(), own["consignment_id"].as_str()),
        (Some("DHL"), Some(id(&sent)))
    );
    let read = shop.gold.get(&format!("/consignments/{}", id(&sent))).await.expect(200);
    assert_eq!(read, shop.warehouse.get(&path_of(&sent)).await.expect(200));
    shop.silver
        .get(&format!("/consignments/{}", id(&sent)))
        .await
        .problem(404, "not_found");
    let list = shop.gold.get("/consignments").await.expect(200);
    assert_eq!(texts(&list["data"], "id"), [id(&sent)]);
    assert_eq!(shop.silver.get("/consignments").await.expect(200)["data"], json!([]));
    // What is done to one is done to all: not to a part of them.
    let alone = format!("/supplier/shipments/{}", id(own));
    for step in ["deliver", "packages"] {
        let body = if step == "packages" {
            json!({"kind": "CT"})
        } else {
            json!({})
        };
        let answer = shop
            .warehouse
            .post_with_key(&format!("{alone}/{step}"), &unique(), body)
            .await;
        answer.problem(409, "shipment_state");
    }
    let deliver = format!("{}/deliver", path_of(&sent));
    let arrived = shop
        .warehouse
        .post(&deliver, json!({"received_by": "Jan Jansen"}))
        .await
        .expect(200);
    assert_eq!(arrived["state"], "delivered");
    assert_eq!(texts(&arrived["shipments"], "state"), ["delivered", "delivered"]);
    assert_eq!(
        texts(&arrived["shipments"], "received_by"),
        ["Jan Jansen", "Jan Jansen"]
    );
    assert_eq!(reread(&shop.gold, &first).await["state"], "delivered");
    assert_eq!(reread(&shop.gold, &second).await["state"], "partly_shipped");
    shop.warehouse
        .post(&deliver, json!({}))
        .await
        .problem(409, "shipment_state");
    // A shipment is invoiced on its own.
    for shipment in arrived["shipments"].as_array().unwrap() {
        shop.invoice(shipment).await;
    }
    shop.no_breach().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn a_package_holds_lines_of_several_orders_and_is_labelled_once() {
    let shop = Shop::numbering().await;
    let (first, second) = shop.two_orders().await;
    let pallet = json!({"kind": "PX", "weight_grams": 12000, "items": [item(&first, 0, "6"), item(&second, 0, "2")]});
    let orders = json!([{"order_id": id(&first)}, {"order_id": id(&second)}]);
    // Packed in part is not packed.
    let in_part = json!({"orders": orders, "packages": [pallet]});
    shop.try_together(in_part).await.problem(409, "packing_incomplete");
    let rest = json!({"kind": "CT", "items": [item(&second, 1, "4")]});
    let sent = shop
        .try_together(json!({"orders": orders, "packages": [pallet, rest]}))
        .await
        .expect(201);
    let packed = shop
        .gold
        .get(&format!("/consignments/{}/packages", id(&sent)))
        .await
        .expect(200);
    assert_eq!(packed["unpacked"], json!([]));
    assert_eq!(texts(&packed["packages"][0]["items"], "quantity"), ["6", "2"]);
    // Of a shipment those in which something of it lies, and nothing of the others.
    let own = shop
        .gold
        .get(&format!("/shipments/{}/packages", id(&sent["shipments"][0])))
        .await
        .expect(200);
    assert_eq!(texts(&own["packages"], "kind"), ["PX"]);
    assert_eq!(texts(&own["packages"][0]["items"], "quantity"), ["6"]);
    assert_eq!(own["unpacked"], json!([]));
    // Labels say both orders; the delivery note is one.
    let labels = shop
        .warehouse
        .get(&format!("{}/labels?format=zpl", path_of(&sent)))
        .await;
    let labels = &labels.text;
    assert_eq!(labels.matches("^XA").count(), 2, "{labels}");
    for order in [&first, &second] {
        assert!(labels.contains(order["number"].as_str().unwrap()), "{labels}");
    }
    let note = shop.gold.get(&format!("/consignments/{}/pdf", id(&sent))).await;
    assert!(note.bytes.starts_with(b"%PDF"));
    // A package is changed and removed where it belongs, and the versions move.
    let package = format!("/supplier/packages/{}", id(&packed["packages"][1]));
    let smaller = json!({"kind": "BX", "items": [item(&second, 1, "3")]});
    shop.warehouse
        .change(Method::PUT, &package, "*", Some(smaller))
        .await
        .expect(200);
    let added = shop
        .pack(&path_of(&sent), json!({"kind": "CT", "items": [item(&second, 1, "1")]}))
        .await;
    assert_eq!(added.expect(201)["packages"].as_array().unwrap().len(), 3);
    let after = shop.warehouse.get(&path_of(&sent)).await;
    assert!(after.header("etag").starts_with("\"3."), "{}", after.header("etag"));
    shop.no_breach().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn nothing_leaves_where_one_of_them_cannot() {
    let shop = Shop::open().await;
    let (first, second) = shop.two_orders().await;
    let foreign = shop.accepted(&shop.silver, &[line("BOLT", "H87", "5")]).await;
    let placed = shop
        .gold
        .place_order(json!({"lines": [line("BOLT", "H87", "1")]}))
        .await
        .expect(201);
    let faults = async |orders: Value| shop.try_together(json!({ "orders": orders })).await.faults();
    let at = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
    let named = |order: &Value| json!({"order_id": id(order)});
    assert_eq!(faults(json!([named(&first)])).await, at("/orders", "value_invalid"));
    assert_eq!(
        faults(json!([named(&first), named(&first)])).await,
        at("/orders/1/order_id", "duplicate_key")
    );
    assert_eq!(
        faults(json!([named(&first), {"order_id": "ord_0000000000000"}])).await,
        at("/orders/1/order_id", "unknown_order")
    );
    // Another account's, and to another site.
    assert_eq!(
        faults(json!([named(&first), named(&foreign)])).await,
        at("/orders/1/order_id", "value_invalid")
    );
    let much = json!({"order_id": id(&second), "lines": [item(&second, 0, "3")]});
    assert_eq!(
        faults(json!([named(&first), much])).await,
        at("/orders/1/lines/0/quantity", "not_reserved")
    );
    // One that nobody accepted: with it nothing leaves of the others.
    let refused = shop
        .try_together(json!({"orders": [named(&first), named(&placed)]}))
        .await;
    refused.problem(409, "order_state");
    assert_eq!(progress(&reread(&shop.gold, &first).await, 0), ["6", "0", "0", "0"]);
    assert_eq!(
        shop.warehouse.get("/supplier/consignments").await.expect(200)["data"],
        json!([])
    );
    shop.together(&[&first, &second]).await;
    shop.no_breach().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn an_account_hears_of_it_once_and_follows_what_is_corrected() {
    let shop = Shop::open().await;
    let (first, second) = shop.two_orders().await;
    shop.app.mails().await;
    let sent = shop.together(&[&first, &second]).await;
    let mails = shop.app.mails().await;
    let subjects: Vec<_> = mails.iter().map(|mail| mail.texts.subject.as_str()).collect();
    assert_eq!(subjects.len(), 1, "{subjects:?}");
    let text = &mails[0].texts.text;
    for po_number in texts(&sent["shipments"], "po_number") {
        assert!(text.contains(po_number), "{text}");
    }
    let types = async || {
        let events = shop.gold.get("/events?limit=200").await.expect(200);
        let all = texts(&events["data"], "type").into_iter().map(str::to_owned);
        all.filter(|kind| kind.starts_with("consignment.") || kind.starts_with("shipment."))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        types().await,
        ["shipment.created", "shipment.created", "consignment.dispatched"]
    );
    let path = path_of(&sent);
    let stale = shop
        .warehouse
        .change(Method::PATCH, &path, "\"9\"", Some(json!({"carrier": "UPS"})))
        .await;
    stale.problem(412, "precondition_failed");
    let corrected = shop
        .warehouse
        .change(
            Method::PATCH,
            &path,
            "\"1\"",
            Some(json!({"carrier": "UPS", "tracking_number": "1Z"})),
        )
        .await
        .expect(200);
    assert_eq!(texts(&corrected["shipments"], "tracking_number"), ["1Z", "1Z"]);
    assert!(corrected["tracking_url"].as_str().unwrap().contains("ups.com"));
    assert_eq!(types().await.last().map(String::as_str), Some("consignment.changed"));
    let too_early = send_to(&shop.warehouse, &format!("{path}/proof"), &[("a.png", png(4, 3))]).await;
    too_early.problem(409, "shipment_state");
    shop.warehouse
        .post(&format!("{path}/deliver"), json!({}))
        .await
        .expect(200);
    let proven = send_to(&shop.warehouse, &format!("{path}/proof"), &[("a.png", png(4, 3))])
        .await
        .expect(201);
    assert_eq!(texts(&proven["proofs"], "name"), ["a.png"]);
    // It shows that each of its shipments arrived.
    for shipment in proven["shipments"].as_array().unwrap() {
        let read = shop.gold.get(&format!("/shipments/{}", id(shipment))).await.expect(200);
        assert_eq!(read["proofs"], proven["proofs"]);
    }
    shop.no_breach().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn no_piece_leaves_twice_however_many_ship_the_same_orders() {
    let shop = Shop::open().await;
    let (first, second) = shop.two_orders().await;
    let (first, second) = (&first, &second);
    // In either order of their names, and each alone: whoever is first has it.
    let tries = (0..12).map(|turn| {
        let shop = &shop;
        async move {
            let named = |order: &Value| json!({"order_id": id(order)});
            match turn % 3 {
                0 => {
                    shop.try_together(json!({"orders": [named(first), named(second)]}))
                        .await
                }
                1 => {
                    shop.try_together(json!({"orders": [named(second), named(first)]}))
                        .await
                }
                _ => shop.try_ship(named(first)).await,
            }
        }
    });
    let answers = join_all(tries).await;
    let done = answers.iter().filter(|answer| answer.status == 201).count();
    assert!((1..=2).contains(&done), "{done}");
    for answer in answers.into_iter().filter(|answer| answer.status != 201) {
        assert_eq!(answer.status, 409);
    }
    assert_eq!(progress(&reread(&shop.gold, first).await, 0)[2], "6");
    shop.no_breach().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn what_is_changed_of_a_consignment_by_hand_is_found() {
    let shop = Shop::open().await;
    let (first, second) = shop.two_orders().await;
    shop.together(&[&first, &second]).await;
    shop.no_breach().await;
    for statement in [
        "UPDATE consignments SET shipment_count = shipment_count + 1",
        "UPDATE consignments SET carrier = 'Another'",
        "UPDATE shipments SET consignment_id = NULL WHERE id = (SELECT MIN(id) FROM shipments)",
        "UPDATE shipments SET state = 'delivered' WHERE id = (SELECT MIN(id) FROM shipments)",
    ] {
        let changed = || {
            shop.app.db().rehearse_now(move |tx| {
                assert!(portal::db::sql(statement).run(tx)? > 0, "{statement} changed nothing");
                portal::cli::check::everything(tx)
            })
        };
        let breaches = crate::app::outside_the_runtime(changed).unwrap();
        let found = breaches
            .iter()
            .any(|breach| breach.check == "shipments of a consignment travel together");
        assert!(found, "{statement}: {breaches:?}");
    }
    shop.app.finish().await;
}
