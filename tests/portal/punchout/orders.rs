//! Purchase orders become orders of ours, once, and differ from our prices not unseen.

use chrono::TimeDelta;
use portal::clock;
use serde_json::Value;

use super::{Buyer, code, message};
use crate::client::unique;

pub fn item(number: &str, sku: &str, auxiliary: &str, quantity: &str, unit: &str, price: &str) -> String {
    format!(
        r#"<ItemOut quantity="{quantity}" lineNumber="{number}"><ItemID><SupplierPartID>{sku}</SupplierPartID><SupplierPartAuxiliaryID>{auxiliary}</SupplierPartAuxiliaryID></ItemID><ItemDetail><UnitPrice><Money currency="EUR">{price}</Money></UnitPrice><Description xml:lang="en">x</Description><UnitOfMeasure>{unit}</UnitOfMeasure><Classification domain="UNSPSC">31161500</Classification></ItemDetail></ItemOut>"#
    )
}

pub fn order(id: &str, attributes: &str, address: &str, items: &str) -> String {
    format!(
        r#"<OrderRequest><OrderRequestHeader orderID="{id}" orderDate="2026-11-29T10:00:00+01:00" {attributes}><Total><Money currency="EUR">0.80</Money></Total><ShipTo><Address addressID="{address}"><Name xml:lang="en">Acme</Name></Address></ShipTo><BillTo><Address><Name xml:lang="en">Acme</Name></Address></BillTo><Payment><PCard number="4111111111111111" expiration="2030-01-01"/></Payment><Comments>Gate 2</Comments><Extrinsic name="Odd">kept</Extrinsic></OrderRequestHeader>{items}</OrderRequest>"#
    )
}

pub fn carton() -> String {
    item("10", "BOLT", "1/CT12", "2", "CT", "0.4000")
}

pub async fn whole(buyer: &Buyer, place: usize) -> Value {
    let id = buyer.orders().await[place]["id"].as_str().unwrap().to_owned();
    buyer.staff.get(&format!("/supplier/orders/{id}")).await.expect(200)
}

#[tokio::test]
async fn a_document_that_comes_twice_is_one_order() {
    let buyer = Buyer::start().await;
    let asked = order("PO-1", "", "4711", &carton());
    let first = buyer.send_as("p-1", &asked).await;
    assert_eq!(code(&first), ("200".to_owned(), String::new()));
    let again = buyer.send_as("p-1", &asked).await;
    assert_eq!(again, first);
    // The same order under another number.
    assert_eq!(code(&buyer.send_as("p-2", &asked).await).0, "200");
    let orders = buyer.orders().await;
    assert_eq!(orders.len(), 1);
    let placed = whole(&buyer, 0).await;
    assert_eq!(
        (placed["po_number"].as_str(), placed["state"].as_str()),
        (Some("PO-1"), Some("placed"))
    );
    assert_eq!(
        (placed["ship_to"].as_str(), placed["note"].as_str()),
        (Some("MAIN"), Some("Gate 2"))
    );
    assert_eq!(
        (placed["source"].as_str(), placed["placed_by"].as_str()),
        (Some("punchout"), None)
    );
    let line = &placed["lines"][0];
    assert_eq!(
        (line["unit"].as_str(), line["quantity"].as_str(), line["net"].as_str()),
        (Some("CT12"), Some("2"), Some("0.80"))
    );
    // The number of a card is kept nowhere.
    let listed = buyer.staff.get(&buyer.at("/documents")).await.expect(200);
    for document in listed["data"].as_array().unwrap() {
        let path = buyer.at(&format!("/documents/{}", document["id"].as_str().unwrap()));
        let kept = buyer.staff.get(&path).await.expect(200);
        assert!(!kept["request"].as_str().unwrap().contains("4111"), "{kept}");
    }
    // Another order under a number that is taken.
    let other = order(
        "PO-1",
        "orderVersion=\"2\"",
        "4711",
        &item("1", "CABLE", "1/MTR", "1", "MTR", "1.2"),
    );
    assert_eq!(code(&buyer.send(&other).await).0, "409");
    assert_eq!(buyer.orders().await.len(), 1);
    buyer.app.finish().await;
}

#[tokio::test]
async fn a_basket_that_went_back_comes_as_an_order_without_a_word() {
    let buyer = Buyer::start().await;
    let (browser, shop) = buyer.shop("create", "1", "").await;
    for (sku, quantity, unit) in [
        ("BOLT", "100", "H87"),
        ("BOLT", "2", "CT12"),
        ("BOLT", "1", "PAL"),
        ("CABLE", "2.25", "MTR"),
    ] {
        let fields = [("sku", sku), ("quantity", quantity), ("unit", unit)];
        browser.post(&format!("{shop}/add"), &fields).await.goes_to();
    }
    let message = message(&browser.post(&format!("{shop}/return"), &[]).await);
    let items = message.at(&["Message", "PunchOutOrderMessage"]).unwrap().all("ItemIn");
    let items: String = items
        .map(|item| {
            item.to_xml()
                .replace("<ItemIn ", "<ItemOut ")
                .replace("</ItemIn>", "</ItemOut>")
        })
        .collect();
    assert_eq!(
        code(&buyer.send(&order("PO-2", "", "4711", &items)).await),
        ("200".to_owned(), String::new())
    );
    let placed = whole(&buyer, 0).await;
    assert_eq!(
        (placed["state"].as_str(), placed["net_total"].as_str()),
        (Some("placed"), Some("22.35"))
    );
}

#[tokio::test]
async fn what_is_unknown_is_named_and_nothing_is_ordered() {
    let buyer = Buyer::start().await;
    let blanket = carton().replace("ItemDetail>", "BlanketItemDetail>");
    for (asked, code_of, told) in [
        (
            order("PO-5", "", "4711", &item("7", "NONE", "1/CT12", "1", "CT", "1")),
            "400",
            "Line 7:",
        ),
        (
            order("PO-5", "", "4711", &item("8", "BOLT", "", "1", "DZN", "1")),
            "400",
            "Line 8:",
        ),
        (
            order("PO-5", "", "4711", &item("9", "BOLT", "1/CT12", "-1", "CT", "1")),
            "400",
            "Line 9:",
        ),
        (order("PO-5", "", "9999", &carton()), "400", "9999"),
        // An address that is only written out.
        (order("PO-5", "", "", &carton()), "400", "addressID"),
        (order("PO-5", "", "4711", &blanket), "450", "BlanketItemDetail"),
        (
            order("PO-5", "orderType=\"blanket\"", "4711", &carton()),
            "450",
            "regular",
        ),
        (order(&"X".repeat(70), "", "4711", &carton()), "400", "64"),
        // What spreadsheets make of a number.
        (order("=&quot;00123&quot;", "", "4711", &carton()), "400", "spreadsheet"),
        (order("4711.0", "", "4711", &carton()), "400", "spreadsheet"),
    ] {
        let answer = code(&buyer.send(&asked).await);
        assert_eq!(answer.0, code_of, "{answer:?}");
        assert!(answer.1.contains(told), "{answer:?}");
    }
    assert_eq!(buyer.orders().await.len(), 0);
}

#[tokio::test]
async fn what_can_not_be_ordered_yet_is_not_ordered_by_a_system_either() {
    let buyer = Buyer::start().await;
    for (days, answers) in [(5, "400"), (-1, "200")] {
        let from = clock::now().date() + TimeDelta::days(days);
        let rows = format!("sku,tier,account,from\nBOLT,,,{from}\n");
        buyer.app.import(&[("early_access.csv", &rows)]).await;
        let answer = code(&buyer.send(&order("PO-5", "", "4711", &carton())).await);
        assert_eq!(answer.0, answers, "{answer:?}");
        assert_eq!(buyer.orders().await.len(), usize::from(answers == "200"));
    }
    buyer.app.finish().await;
}

#[tokio::test]
async fn an_order_at_another_price_is_held_with_the_reason() {
    let buyer = Buyer::start().await;
    let other_currency = carton().replace("currency=\"EUR\"", "currency=\"USD\"");
    for (id, items, told) in [
        ("PO-6", item("10", "BOLT", "1/CT12", "2", "CT", "0.39"), "0.39"),
        ("PO-7", item("10", "BOLT", "1/CT12", "2", "EA", "0.40"), "EA"),
        ("PO-8", other_currency, "USD"),
    ] {
        let answer = code(&buyer.send(&order(id, "", "4711", &items)).await);
        assert_eq!(answer.0, "200");
        assert!(answer.1.contains("line 10") && answer.1.contains(told), "{answer:?}");
        let held = buyer
            .orders()
            .await
            .into_iter()
            .find(|order| order["po_number"] == id)
            .unwrap();
        assert_eq!(held["state"], "on_hold", "{id}");
    }
    buyer.app.finish().await;
}

#[tokio::test]
async fn tests_order_nothing() {
    let buyer = Buyer::start().await;
    let mut own = super::setup("acme");
    own["mode"] = "test".into();
    buyer.put(own).await;
    assert_eq!(code(&buyer.send(&order("PO-9", "", "4711", &carton())).await).0, "403");
    let text = super::document("acme", &buyer.secret, &unique(), &order("PO-9", "", "4711", &carton()));
    let test = text.replace("deploymentMode=\"production\"", "deploymentMode=\"test\"");
    let answer = code(&super::send(&buyer.app.anonymous(), test).await);
    assert_eq!(answer.0, "200");
    assert!(answer.1.contains("nothing is ordered"), "{answer:?}");
    assert_eq!(buyer.orders().await.len(), 0);
}

#[tokio::test]
async fn what_is_tried_uses_no_order_up() {
    let buyer = Buyer::start().await;
    let asked = order("PO-10", "", "4711", &carton());
    let test = super::document("acme", &buyer.secret, &unique(), &asked)
        .replace("deploymentMode=\"production\"", "deploymentMode=\"test\"");
    let answer = code(&super::send(&buyer.app.anonymous(), test).await);
    assert!(answer.1.contains("nothing is ordered"), "{answer:?}");
    assert_eq!(code(&buyer.send(&asked).await), ("200".to_owned(), String::new()));
    assert_eq!(buyer.orders().await.len(), 1);
}

/// Quantity of the first line of the only order that stands.
async fn standing(buyer: &Buyer) -> String {
    let orders = buyer.orders().await;
    let live: Vec<_> = orders.iter().filter(|order| order["state"] == "placed").collect();
    assert_eq!(live.len(), 1);
    let path = format!("/supplier/orders/{}", live[0]["id"].as_str().unwrap());
    let whole = buyer.staff.get(&path).await.expect(200);
    whole["lines"][0]["quantity"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_newest_version_of_an_order_stands() {
    let buyer = Buyer::start().await;
    let of = |attributes: &str, quantity: &str| {
        let items = item("10", "BOLT", "1/CT12", quantity, "CT", "0.40");
        order("PO-11", attributes, "4711", &items)
    };
    assert_eq!(code(&buyer.send(&of("", "2")).await).0, "200");
    // Two changes that don't say their version are two changes.
    for quantity in ["5", "6"] {
        assert_eq!(code(&buyer.send(&of("type=\"update\"", quantity)).await).0, "200");
        assert_eq!(standing(&buyer).await, quantity);
    }
    let at = |kind: &str, version: &str| format!("type=\"{kind}\" orderVersion=\"{version}\"");
    assert_eq!(code(&buyer.send(&of(&at("update", "10"), "7")).await).0, "200");
    // What comes late changes nothing.
    for (kind, version) in [("update", "9"), ("delete", "9"), ("delete", "10")] {
        let answer = code(&buyer.send(&of(&at(kind, version), "8")).await);
        assert_eq!(answer.0, "409", "{answer:?}");
        assert_eq!(standing(&buyer).await, "7");
    }
    assert_eq!(code(&buyer.send(&of(&at("delete", "11"), "7")).await).0, "200");
    buyer.app.finish().await;
}

#[tokio::test]
async fn lines_without_a_price_come_to_the_total() {
    let buyer = Buyer::start().await;
    let bare = |quantity: &str| {
        format!(
            "<ItemOut quantity=\"{quantity}\" lineNumber=\"10\"><ItemID><SupplierPartID>BOLT</SupplierPartID><SupplierPartAuxiliaryID>1/CT12</SupplierPartAuxiliaryID></ItemID></ItemOut>"
        )
    };
    let same = code(&buyer.send(&order("PO-12", "", "4711", &bare("2"))).await);
    assert_eq!(same, ("200".to_owned(), String::new()));
    let dollars = order("PO-13", "", "4711", &bare("2")).replace("currency=\"EUR\"", "currency=\"USD\"");
    for (asked, told) in [(order("PO-14", "", "4711", &bare("3")), "1.20"), (dollars, "USD")] {
        let answer = code(&buyer.send(&asked).await);
        assert!(answer.0 == "200" && answer.1.contains(told), "{answer:?}");
    }
    let held = buyer.orders().await;
    assert_eq!(held.iter().filter(|order| order["state"] == "on_hold").count(), 2);
}

#[tokio::test]
async fn a_difference_is_kept_beside_a_credit_hold() {
    let buyer = Buyer::start().await;
    let accounts =
        "account,name,country,currency,tier,payment_terms_days,credit_limit\nACME,Acme Works,NL,EUR,gold,30,1\n";
    buyer.app.import(&[("accounts.csv", accounts)]).await;
    let pallet = item("10", "BOLT", "1/PAL", "1", "XPX", "9.00");
    assert_eq!(code(&buyer.send(&order("PO-15", "", "4711", &pallet)).await).0, "200");
    let held = whole(&buyer, 0).await;
    assert_eq!(held["hold_reasons"], serde_json::json!(["credit_limit", "manual"]));
    assert!(held["hold_note"].as_str().unwrap().contains("9.00"), "{held}");
    // Who may settle the price alone doesn't let it go.
    let path = format!("/supplier/orders/{}/release", held["id"].as_str().unwrap());
    let reason = serde_json::json!({"reason": "agreed"});
    let clerk = buyer.app.staff("customer_service").await;
    assert_eq!(clerk.post(&path, reason.clone()).await.status, 403);
    let released = buyer.staff.post(&path, reason).await.expect(200);
    assert_eq!(released["state"], "placed");
    buyer.app.finish().await;
}
