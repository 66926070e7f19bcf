//! What mails say of goods, invoices and payments.

use serde_json::{Value, json};

use super::{day_names, id, number, readers, says, steer, the};
use crate::mail::{order, shop};

#[tokio::test]
async fn what_is_shipped_invoiced_and_paid_is_told() {
    let app = shop().await;
    let [acme, rival] = readers(&app).await;
    let finance_of = [
        app.add_person("ACME", "finance").await,
        app.add_person("RIVAL", "finance").await,
    ];
    let (service, warehouse, finance) = (
        app.staff("customer_service").await,
        app.staff("warehouse").await,
        app.staff("finance").await,
    );
    let orders = [order(&acme, "PO-1").await, order(&rival, "PO-2").await];
    let (one, two) = (number(&orders[0]), number(&orders[1]));
    let mut shipments = Vec::new();
    for order in &orders {
        steer(&service, &format!("/orders/{}/accept", id(order)), json!({})).await;
        app.mails().await;
        let goods = json!({"order_id": id(order), "carrier": "Fast Freight", "tracking_number": "FF 123"});
        shipments.push((steer(&warehouse, "/shipments", goods).await, app.mails().await));
    }
    let (first, mails) = &shipments[0];
    says(
        the(mails, "[PO-1]"),
        &format!("[PO-1] Order {one} shipped, delivery {}", number(first)),
        &[
            &format!("Goods of order {one} are on their way."),
            "Fast Freight",
            "FF 123",
            "Bolt for line 3",
            "2 cartons",
            "MAIN",
        ],
    );
    let (second, mails) = &shipments[1];
    says(
        the(mails, "[PO-2]"),
        &format!("[PO-2] Auftrag {two} versandt, Lieferung {}", number(second)),
        &[&format!("Ware aus Auftrag {two} ist unterwegs."), "2 Kartons"],
    );

    let mut invoices = Vec::new();
    for (shipment, _) in &shipments {
        invoices.push(steer(&finance, "/invoices", json!({"shipment_id": id(shipment)})).await);
    }
    let mails = app.mails().await;
    let due = |invoice: &Value| invoice["due_on"].as_str().unwrap().to_owned();
    let invoice_of = |part: &str| the(&mails, part);
    assert_eq!(invoice_of("[PO-1]").email, finance_of[0]);
    assert_eq!(invoice_of("[PO-2]").email, finance_of[1]);
    let (english, german) = day_names(&due(&invoices[0]));
    let gross = |invoice: &Value| invoice["gross_total"].as_str().unwrap().to_owned();
    says(
        invoice_of("[PO-1]"),
        &format!(
            "[PO-1] Invoice {}: EUR\u{a0}{}, due {english}",
            number(&invoices[0]),
            gross(&invoices[0])
        ),
        &[
            &format!("It is for order {one}. Please pay it by {english}."),
            "EUR\u{a0}100.00",
            "Your role at Acme Works brings you this mail.",
            &format!("https://portal.example/invoices/{}", id(&invoices[0])),
        ],
    );
    says(
        invoice_of("[PO-2]"),
        &format!(
            "[PO-2] Rechnung {}: {}\u{a0}EUR, fällig {german}",
            number(&invoices[1]),
            gross(&invoices[1]).replace('.', ",")
        ),
        &[&format!("Sie gehört zu Auftrag {two} und ist bis {german} zu zahlen.")],
    );

    let received_on = (portal::clock::now().date() - chrono::TimeDelta::days(10)).to_string();
    for (account, reference) in [("ACME", "transfer 77"), ("RIVAL", "")] {
        let mut payment =
            json!({"account": account, "amount": "150.00", "currency": "EUR", "received_on": received_on});
        if !reference.is_empty() {
            payment["reference"] = json!(reference);
        }
        steer(&finance, "/payments", payment).await;
    }
    let mails = app.mails().await;
    let (english, german) = day_names(&received_on);
    says(
        the(&mails, "transfer 77"),
        "[transfer 77] Payment of EUR\u{a0}150.00 received",
        &[
            &format!("We received EUR\u{a0}150.00 on {english}. Thank you."),
            number(&invoices[0]),
            "stays on your account until we set it against an invoice.",
        ],
    );
    says(
        the(&mails, "Zahlung"),
        "Zahlung über 150,00\u{a0}EUR eingegangen",
        &[
            &format!("Am {german} sind 150,00\u{a0}EUR bei uns eingegangen."),
            number(&invoices[1]),
            "bleiben auf Ihrem Konto",
        ],
    );
    let named = json!({
        "account": "ACME", "amount": "10.00", "currency": "EUR", "received_on": received_on,
        "invoice_id": id(&invoices[0]), "reference": "again 78",
    });
    steer(&finance, "/payments", named).await;
    let mails = app.mails().await;
    says(
        the(&mails, "again 78"),
        "[again 78] Payment of EUR\u{a0}10.00 received",
        &[
            &format!("It names invoice {}, which was paid already.", number(&invoices[0])),
            "stays on your account",
        ],
    );
    app.finish().await;
}
