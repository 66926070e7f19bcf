//! Wrong invoices: taken back and issued anew in one step, with the money that was paid for them.

use futures::future::join_all;
use serde_json::{Value, json};

use super::einvoices::{change, taken, within};
use super::{Shop, id, line, reread, texts};
use crate::client::{Answer, unique};

impl Shop {
    pub(super) async fn try_correct(&self, invoice: &Value, body: Value) -> Answer {
        let path = format!("/supplier/invoices/{}/correct", id(invoice));
        self.finance.post_with_key(&path, &unique(), body).await
    }

    async fn correct(&self, invoice: &Value, body: Value) -> Value {
        self.try_correct(invoice, body).await.expect(201)
    }

    async fn of_gold(&self, invoice: &Value) -> Value {
        self.gold.get(&format!("/invoices/{}", id(invoice))).await.expect(200)
    }

    async fn owed(&self) -> Value {
        let statement = self.gold.get("/account/statement").await.expect(200);
        json!([statement["balance"], statement["on_account"]])
    }
}

#[tokio::test]
async fn a_wrong_invoice_is_cancelled_and_another_takes_its_place() {
    let shop = Shop::open().await;
    let lines = [
        line("BOLT", "H87", "7"),
        line("CABLE", "MTR", "1.37"),
        line("FOOD", "H87", "3"),
    ];
    let (order, wrong) = shop.billed(&lines).await;
    let mended = json!({"name": "Gold Works BV", "buyer_reference": "CC-1"});
    change(&shop, "GOLD", mended).await.expect(200);
    let wanted = json!({"reason": "The buyer has another name", "po_number": "PO-RIGHT", "payment_terms_days": 10});
    let path = format!("/supplier/invoices/{}/correct/preview", id(&wrong));
    let preview = shop.finance.post(&path, wanted.clone()).await.expect(200);
    assert_eq!(preview["credited_total"], wrong["gross_total"]);
    assert_eq!(preview["gross_total"], wrong["gross_total"]);
    assert_eq!(
        texts(&preview["differences"], "field"),
        ["buyer_name", "buyer_reference", "po_number", "payment_terms"]
    );
    // Nothing of it is stored.
    assert_eq!(shop.of_gold(&wrong).await["corrected_by_id"], Value::Null);

    let correction = shop.correct(&wrong, wanted).await;
    let (credit, right) = (&correction["credit_note"], &correction["invoice"]);
    for name in ["net_total", "tax_total", "gross_total"] {
        assert_eq!((&credit[name], &right[name]), (&wrong[name], &wrong[name]), "{name}");
    }
    assert_eq!(credit["reason"], "wrong_invoice");
    assert_eq!(credit["note"], "The buyer has another name");
    assert_eq!(right["kind"], "corrected");
    assert_eq!(right["preceding_invoice_number"], wrong["number"]);
    assert_eq!(right["buyer"]["address"]["name"], "Gold Works BV");
    assert_eq!(right["buyer"]["buyer_reference"], "CC-1");
    assert_eq!(
        (&right["po_number"], &right["payment_terms_days"]),
        (&json!("PO-RIGHT"), &json!(10))
    );
    assert_eq!(texts(&right["lines"], "net"), texts(&wrong["lines"], "net"));
    assert_eq!(right["shipment_id"], wrong["shipment_id"]);
    let then = shop.of_gold(&wrong).await;
    assert_eq!(then["corrected_by_number"], right["number"]);
    assert_eq!(then["open_amount"], "0.00");
    // The shipment has the right one now, the order is invoiced once.
    let path = format!("/shipments/{}", wrong["shipment_id"].as_str().unwrap());
    let shipment = shop.gold.get(&path).await.expect(200);
    assert_eq!(shipment["invoice_id"], right["id"], "{shipment}");
    assert_eq!(reread(&shop.gold, &order).await["lines"][0]["invoiced"], "7");
    assert_eq!(shop.owed().await, json!([right["gross_total"], "0.00"]));
    // Once is enough, and the order is told of it.
    let again = shop.try_correct(&wrong, json!({"reason": "Once more"})).await;
    assert_eq!(again.expect(409)["code"], "invoice_not_correctable");
    let path = format!("/orders/{}/timeline", id(&order));
    let timeline = shop.gold.get(&path).await.expect(200);
    let told = texts(&timeline["data"], "type");
    assert!(told.contains(&"invoice.corrected"), "{told:?}");
    // What is right may turn out to be wrong.
    let next = shop
        .correct(right, json!({"reason": "Still another number", "po_number": "PO-LAST"}))
        .await;
    assert_eq!(next["invoice"]["preceding_invoice_number"], right["number"]);
    shop.app.finish().await;
}

#[tokio::test]
async fn payments_for_the_wrong_invoice_settle_the_right_one() {
    let shop = Shop::open().await;
    let (order, wrong) = shop.billed(&[line("RARE", "H87", "2")]).await;
    let gross = wrong["gross_total"].as_str().unwrap();
    let payment = shop.pay("GOLD", gross).await;
    assert_eq!(reread(&shop.gold, &order).await["state"], "closed");
    let correction = shop
        .correct(&wrong, json!({"reason": "A wrong number", "po_number": "PO-2"}))
        .await;
    let right = &correction["invoice"];
    assert_eq!(shop.of_gold(right).await["state"], "paid");
    assert_eq!(reread(&shop.gold, &order).await["state"], "closed");
    assert_eq!(shop.owed().await, json!(["0.00", "0.00"]));
    let path = format!("/supplier/payments/{}", id(&payment));
    let payment = shop.finance.get(&path).await.expect(200);
    assert_eq!(
        texts(&payment["applied"], "invoice_number"),
        [right["number"].as_str().unwrap()]
    );
    assert_eq!(payment["warnings"], json!([]), "{payment}");
    // Taken back, it opens the right one and not the wrong one.
    let path = format!("{path}/reverse");
    shop.finance
        .post(&path, json!({"reason": "No cover"}))
        .await
        .expect(200);
    assert_eq!(shop.of_gold(right).await["open_amount"], right["gross_total"]);
    assert_eq!(shop.of_gold(&wrong).await["open_amount"], "0.00");
    assert_eq!(reread(&shop.gold, &order).await["state"], "delivered");
    shop.app.finish().await;
}

#[tokio::test]
async fn what_was_credited_of_goods_is_not_invoiced_again() {
    let shop = Shop::open().await;
    let (_, wrong) = shop
        .billed(&[line("RARE", "H87", "5"), line("CABLE", "MTR", "2.5")])
        .await;
    shop.pay("GOLD", wrong["gross_total"].as_str().unwrap()).await;
    shop.credit(&wrong, json!([{"position": 1, "quantity": "2"}])).await;
    let correction = shop
        .correct(&wrong, json!({"reason": "A wrong number", "po_number": "PO-2"}))
        .await;
    let right = &correction["invoice"];
    assert_eq!(texts(&right["lines"], "quantity"), ["3", "2.5"]);
    assert_eq!(right["net_total"], correction["credit_note"]["net_total"]);
    assert_eq!(shop.of_gold(right).await["state"], "paid");
    // What was paid for the two stays on account: 20.00 and 21 percent.
    assert_eq!(shop.owed().await, json!(["-24.20", "24.20"]));
    shop.app.finish().await;
}

#[tokio::test]
async fn what_can_t_be_mirrored_is_refused_in_words() {
    let shop = Shop::open().await;
    let (_, invoice) = shop.billed(&[line("RARE", "H87", "5")]).await;
    shop.credit(&invoice, json!([{"position": 1, "net": "1.00"}])).await;
    let refused = shop
        .try_correct(&invoice, json!({"reason": "A wrong number"}))
        .await
        .expect(409);
    assert_eq!(refused["code"], "invoice_not_correctable");
    assert!(refused["detail"].as_str().unwrap().contains("CN-"), "{refused}");
    let (_, invoice) = shop.billed(&[line("RARE", "H87", "5")]).await;
    shop.credit(&invoice, Value::Null).await;
    let refused = shop
        .try_correct(&invoice, json!({"reason": "A wrong number"}))
        .await
        .expect(409);
    assert_eq!(refused["code"], "nothing_to_credit");
    let (_, invoice) = shop.billed(&[line("RARE", "H87", "5")]).await;
    for (body, at) in [
        (json!({"reason": "  "}), "/reason"),
        (json!({"reason": "x".repeat(501)}), "/reason"),
        (json!({"reason": "x", "payment_terms_days": 400}), "/payment_terms_days"),
        (json!({"reason": "x", "po_number": "x".repeat(101)}), "/po_number"),
    ] {
        let refused = shop.try_correct(&invoice, body).await.expect(422);
        assert_eq!(refused["errors"][0]["pointer"], at, "{refused}");
    }
    shop.app.finish().await;
}

#[tokio::test]
async fn eleven_corrections_at_once_leave_one() {
    let shop = Shop::open().await;
    let (_, invoice) = shop.billed(&[line("RARE", "H87", "1")]).await;
    let key = unique();
    let path = format!("/supplier/invoices/{}/correct", id(&invoice));
    let body = json!({"reason": "A wrong number", "po_number": "PO-2"});
    let same = (0..5).map(|_| shop.finance.post_with_key(&path, &key, body.clone()));
    let others = (0..6).map(|_| shop.try_correct(&invoice, body.clone()));
    let (same, others) = tokio::join!(join_all(same), join_all(others));
    let done: Vec<_> = same
        .iter()
        .chain(&others)
        .filter(|answer| answer.status == 201)
        .collect();
    let numbers: std::collections::BTreeSet<_> = done
        .iter()
        .map(|answer| answer.json()["invoice"]["number"].to_string())
        .collect();
    assert_eq!(numbers.len(), 1, "{numbers:?}");
    assert!(!done.is_empty());
    shop.app.finish().await;
}

#[tokio::test]
async fn the_corrected_invoice_says_what_it_replaces() {
    let shop = Shop::open().await;
    let (_, wrong) = shop.billed(&[line("RARE", "H87", "1")]).await;
    let correction = shop
        .correct(&wrong, json!({"reason": "A wrong number", "po_number": "PO-2"}))
        .await;
    let right = &correction["invoice"];
    let path = format!("/invoices/{}/ubl?profile=en16931", id(right));
    let xml = taken(&shop.gold, &path).await;
    assert!(xml.contains("<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>"), "{xml}");
    let number = wrong["number"].as_str().unwrap();
    let (_, preceding) = xml.split_once("<cac:InvoiceDocumentReference>").unwrap();
    assert_eq!(within(preceding, "cbc:ID"), number);
    assert!(xml.contains("<cbc:Note>A wrong number</cbc:Note>"), "{xml}");
    // The reference that the paper and REST show.
    let reference = right["payment_reference"].as_str().unwrap();
    assert!(
        xml.contains(&format!("<cbc:PaymentID>{reference}</cbc:PaymentID>")),
        "{xml}"
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn a_claim_of_a_line_that_is_billed_no_more_is_not_credited_without_it() {
    let shop = Shop::open().await;
    let lines = [line("RARE", "H87", "4"), line("FOOD", "H87", "3")];
    let shipment = shop.shipped(&lines).await;
    let invoice = shop.invoice(&shipment).await;
    let of_claim = json!([{"position": 1, "quantity": "1"}, {"position": 2, "quantity": "3"}]);
    let claim = shop.claim(&shipment, "damaged", "credit", of_claim.clone()).await;
    shop.decide(&claim, of_claim).await.expect(200);
    // All of line 2 is credited by hand, and what takes the place of the invoice bills it no more.
    shop.credit(&invoice, json!([{"position": 2, "quantity": "3"}])).await;
    shop.correct(&invoice, json!({"reason": "It was wrong"})).await;
    let refused = shop.settle(&shop.finance, &claim, json!({})).await;
    let refused = refused.problem(409, "nothing_to_credit");
    assert!(refused["detail"].as_str().unwrap().contains("Line 2"), "{refused}");
    let without = json!([
        {"position": 1, "quantity": "1"}, {"position": 2, "quantity": "0", "reason": "It is credited."},
    ]);
    shop.decide(&claim, without).await.expect(200);
    let settled = shop.settle(&shop.finance, &claim, json!({})).await.expect(200);
    assert_eq!(settled["state"], "settled");
    shop.app.finish().await;
}

#[tokio::test]
async fn what_is_left_of_broken_packs_is_an_e_invoice_when_it_is_billed_anew() {
    let shop = super::einvoices::open().await;
    let packs = "sku,unit,name,base_quantity,numerator,denominator,unit_code,min_quantity,multiple\n\
                 RARE,ODD,Pack of 7/3,,7,3,XPK,3,3\n";
    shop.app.import(&[("units.csv", packs)]).await;
    // 6 packs are 14 pieces for 140.00; of one of them 2 pieces and 23.33 are taken back.
    let (_, invoice) = shop.billed(&[line("RARE", "ODD", "6")]).await;
    assert_eq!(invoice["net_total"], "140.00");
    let credit = shop.credit(&invoice, json!([{"position": 1, "quantity": "1"}])).await;
    assert_eq!(
        [&credit["net_total"], &credit["lines"][0]["base_quantity"]],
        ["23.33", "2"]
    );
    let corrected = shop.correct(&invoice, json!({"reason": "It was wrong"})).await["invoice"].clone();
    assert_eq!(
        [&corrected["net_total"], &corrected["lines"][0]["base_quantity"]],
        ["116.67", "12"]
    );
    for document in [
        format!("/credit-notes/{}", id(&credit)),
        format!("/invoices/{}", id(&corrected)),
    ] {
        let ubl = taken(&shop.gold, &format!("{document}/ubl?profile=en16931")).await;
        assert!(ubl.contains("AllowanceCharge"), "{ubl}");
        taken(&shop.gold, &format!("{document}/cii?profile=en16931")).await;
    }
    shop.app.finish().await;
}
