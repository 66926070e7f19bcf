//! What programs order, and that it is told as theirs.

use serde_json::json;

use super::{add, token};
use crate::orders::shop;

#[tokio::test]
async fn an_order_of_a_program_is_told_from_one_of_a_person() {
    let app = shop().await;
    let admin = app.person("GOLD", "admin").await;
    let (id, secret) = add(&admin, "/clients", &["orders:read", "orders:write", "prices:read"]).await;
    let program = token(&app.anonymous(), &id, &secret, "").await;
    let line = json!([{"sku": "BOLT", "unit": "H87", "quantity": "10"}]);
    program.post("/prices/quote", json!({"lines": line})).await.expect(200);
    let preview = program
        .post("/orders/preview", json!({"po_number": "P-1", "lines": line}))
        .await
        .expect(200);
    assert!(preview["placed_by"].is_null());
    let order = program
        .place_order(json!({"po_number": "P-1", "lines": line}))
        .await
        .expect(201);
    assert_eq!(order["placed_by"], id);
    let of_person = admin
        .place_order(json!({"po_number": "P-2", "lines": line}))
        .await
        .expect(201);
    let me = admin.get("/me").await.expect(200);
    assert_eq!(of_person["placed_by"], me["id"]);
    let listed = admin.get("/orders?po_number=P-1").await.expect(200);
    assert_eq!(listed["data"][0]["placed_by"], id);

    // The record, the pages of both sides, and no mail to nobody.
    let desk = app.staff("admin").await;
    let number = order["id"].as_str().unwrap();
    let record = desk.get(&format!("/supplier/audit?object={number}")).await.expect(200);
    let entry = &record["data"][0];
    assert_eq!(
        (entry["actor"].as_str(), entry["actor_name"].as_str()),
        (Some(id.as_str()), Some("Nightly"))
    );
    let page = app
        .browse_as("GOLD", "viewer")
        .await
        .page(&format!("/orders/{number}"))
        .await;
    assert!(page.contains("Nightly (program)"), "{page}");
    let page = app
        .browse_staff("warehouse")
        .await
        .page(&format!("/desk/orders/{number}"))
        .await;
    assert!(page.contains("Nightly (program)"), "{page}");
    let audit = app
        .browse_staff("admin")
        .await
        .page(&format!("/desk/audit?actor={id}"))
        .await;
    assert!(audit.contains("Nightly"), "{audit}");
    let mails = app.mails().await;
    assert!(!mails.is_empty());
    program
        .post(&format!("/orders/{number}/cancel"), json!({}))
        .await
        .expect(200);
    app.finish().await;
}

#[tokio::test]
async fn keys_of_requests_are_a_programs_own() {
    let app = shop().await;
    let admin = app.person("GOLD", "admin").await;
    let order = |po: &str| json!({"po_number": po, "lines": [{"sku": "BOLT", "unit": "H87", "quantity": "10"}]});
    let (one, secret) = add(&admin, "/clients", &["orders:write"]).await;
    let one = token(&app.anonymous(), &one, &secret, "").await;
    let (other, secret) = add(&admin, "/clients", &["orders:write"]).await;
    let other = token(&app.anonymous(), &other, &secret, "").await;
    let first = one.post_with_key("/orders", "same", order("P-1")).await.expect(201);
    let again = one.post_with_key("/orders", "same", order("P-1")).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.expect(201)["id"], first["id"]);
    one.post_with_key("/orders", "same", order("P-2"))
        .await
        .problem(422, "idempotency_key_reused");
    let others = other.post_with_key("/orders", "same", order("P-2")).await.expect(201);
    assert_ne!(others["id"], first["id"]);
}

#[tokio::test]
async fn a_program_of_the_supplier_works_the_desk() {
    let app = shop().await;
    let (buyer, desk) = (app.person("GOLD", "buyer").await, app.staff("admin").await);
    let scopes = [
        "orders:read",
        "orders:write",
        "shipments:write",
        "invoices:write",
        "imports:read",
        "imports:write",
    ];
    let (id, secret) = add(&desk, "/supplier/clients", &scopes).await;
    let erp = token(&app.anonymous(), &id, &secret, "").await;
    let line = json!([{"sku": "BOLT", "unit": "H87", "quantity": "10"}]);
    let order = buyer.place_order(json!({"lines": line})).await.expect(201);
    let order = order["id"].as_str().unwrap();
    erp.post(&format!("/supplier/orders/{order}/accept"), json!({}))
        .await
        .expect(200);
    let shipment = erp
        .post_with_key("/supplier/shipments", "s", json!({"order_id": order}))
        .await
        .expect(201);
    let invoice = json!({"shipment_id": shipment["id"]});
    erp.post_with_key("/supplier/invoices", "i", invoice).await.expect(201);
    // To the account it is the supplier who did it.
    let page = app
        .browse_as("GOLD", "viewer")
        .await
        .page(&format!("/orders/{order}"))
        .await;
    assert!(!page.contains("Nightly"), "{page}");
    app.finish().await;
}
