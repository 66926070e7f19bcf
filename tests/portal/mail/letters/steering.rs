//! What mails say of what staff decide and of stock that comes late.

use serde_json::json;

use super::{days, id, number, readers, says, steer, the};
use crate::mail::{line, order, shop};

#[tokio::test]
async fn an_order_on_hold_says_why_and_what_comes_next() {
    let app = shop().await;
    let [acme, rival] = readers(&app).await;
    let finance = app.staff("finance").await;
    app.staff_named("ada@northwind.example", "admin").await;
    let large = |po_number: &str| json!({"po_number": po_number, "lines": [line("BOLT", "XCT", "500")]});
    let first = acme.place_order(large("PO-1")).await.expect(201);
    let second = rival.place_order(large("PO-2")).await.expect(201);
    let (one, two) = (number(&first), number(&second));
    let mails = app.mails().await;
    says(
        the(&mails, &format!("[PO-1] Order {one} placed")),
        &format!("[PO-1] Order {one} placed, but on hold"),
        &["Nothing is reserved for it meanwhile."],
    );
    says(
        the(&mails, &format!("[PO-1] Order {one} on hold")),
        &format!("[PO-1] Order {one} on hold: credit limit"),
        &[
            &format!("Order {one} is on hold."),
            "With it your account would exceed its credit limit.",
            "It keeps its place in the queue",
        ],
    );
    says(
        the(&mails, &format!("[PO-2] Auftrag {two} angehalten")),
        &format!("[PO-2] Auftrag {two} angehalten: Kreditlimit"),
        &["Mit ihm würde Ihr Konto das Kreditlimit überschreiten."],
    );
    says(
        the(&mails, &format!("[ACME] Order {one}")),
        &format!("[ACME] Order {one} on hold: credit limit"),
        &[
            &format!("Order {one} of Acme Works is on hold."),
            "Finance releases it, or it is cancelled.",
            &format!("https://portal.example/desk/orders/{}", id(&first)),
            "because you administer the portal",
        ],
    );
    steer(
        &finance,
        &format!("/orders/{}/release", id(&first)),
        json!({"reason": "paid today"}),
    )
    .await;
    steer(
        &finance,
        &format!("/orders/{}/release", id(&second)),
        json!({"reason": "bezahlt"}),
    )
    .await;
    let mails = app.mails().await;
    let (english, german) = days(&acme.get(&format!("/orders/{}", id(&first))).await.expect(200));
    says(
        the(&mails, "[PO-1]"),
        &format!("[PO-1] Order {one} released, arrives {english}"),
        &[&format!("Order {one} goes on."), "paid today"],
    );
    says(
        the(&mails, "[PO-2]"),
        &format!("[PO-2] Auftrag {two} freigegeben, kommt {german}"),
        &[&format!("Mit Auftrag {two} geht es weiter."), "bezahlt"],
    );
    app.finish().await;
}

#[tokio::test]
async fn holding_accepting_and_cancelling_by_staff_are_told() {
    let app = shop().await;
    let [acme, rival] = readers(&app).await;
    let service = app.staff("customer_service").await;
    let (first, second) = (order(&acme, "PO-1").await, order(&rival, "PO-2").await);
    let (one, two) = (number(&first), number(&second));
    let (english, german) = days(&first);
    app.mails().await;
    for order in [&first, &second] {
        steer(&service, &format!("/orders/{}/accept", id(order)), json!({})).await;
    }
    let mails = app.mails().await;
    says(
        the(&mails, "[PO-1]"),
        &format!("[PO-1] Order {one} confirmed, arrives {english}"),
        &[
            &format!("Order {one} is confirmed."),
            "To change or cancel it, please talk to us.",
        ],
    );
    says(
        the(&mails, "[PO-2]"),
        &format!("[PO-2] Auftrag {two} bestätigt, kommt {german}"),
        &[&format!("Auftrag {two} ist bestätigt.")],
    );
    for order in [&first, &second] {
        steer(
            &service,
            &format!("/orders/{}/cancel", id(order)),
            json!({"reason": "the mill burnt down"}),
        )
        .await;
    }
    let mails = app.mails().await;
    says(
        the(&mails, "[PO-1]"),
        &format!("[PO-1] Order {one} cancelled, nothing more will come"),
        &[
            &format!("We had to cancel order {one}."),
            "the mill burnt down",
            "The number PO-1 can be used again.",
        ],
    );
    says(
        the(&mails, "[PO-2]"),
        &format!("[PO-2] Auftrag {two} storniert, es kommt nichts mehr"),
        &[&format!("Wir mussten Auftrag {two} stornieren."), "the mill burnt down"],
    );
    let (first, second) = (order(&acme, "PO-3").await, order(&rival, "PO-4").await);
    app.mails().await;
    for order in [&first, &second] {
        steer(
            &service,
            &format!("/orders/{}/hold", id(order)),
            json!({"reason": "wrong address?"}),
        )
        .await;
    }
    let mails = app.mails().await;
    says(
        the(&mails, "[PO-3]"),
        &format!("[PO-3] Order {} on hold", number(&first)),
        &["We have to clear something up before it can go on.", "wrong address?"],
    );
    says(
        the(&mails, "[PO-4]"),
        &format!("[PO-4] Auftrag {} angehalten", number(&second)),
        &["Wir müssen etwas klären, bevor es weitergehen kann.", "wrong address?"],
    );
    for (client, order) in [(&acme, &first), (&rival, &second)] {
        client
            .post(&format!("/orders/{}/cancel", id(order)), json!({}))
            .await
            .expect(200);
    }
    let mails = app.mails().await;
    says(
        the(&mails, "[PO-3]"),
        &format!("[PO-3] Order {} cancelled, nothing more will come", number(&first)),
        &[&format!("Order {} was cancelled by your company.", number(&first))],
    );
    says(
        the(&mails, "[PO-4]"),
        &format!("[PO-4] Auftrag {} storniert, es kommt nichts mehr", number(&second)),
        &[&format!("Auftrag {} wurde von Ihrem Haus storniert.", number(&second))],
    );
    app.finish().await;
}

#[tokio::test]
async fn a_shortage_and_the_day_that_ends_it_are_told() {
    let app = shop().await;
    let [acme, rival] = readers(&app).await;
    let warehouse = app.staff("warehouse").await;
    let short = |po_number: &str, quantity: &str| json!({"po_number": po_number, "lines": [line("WAIT", "H87", quantity), line("BOLT", "XCT", "1")]});
    let first = acme.place_order(short("PO-1", "12")).await.expect(201);
    let second = rival.place_order(short("PO-2", "5")).await.expect(201);
    let (one, two) = (number(&first), number(&second));
    let mails = app.mails().await;
    says(
        the(&mails, &format!("[PO-1] Order {one} placed")),
        &format!("[PO-1] Order {one} placed, 1 line waits for stock"),
        &[
            "One line waits for stock. We write to you as soon as it has a day.",
            "open",
        ],
    );
    says(
        the(&mails, &format!("[PO-1] Order {one}:")),
        &format!("[PO-1] Order {one}: 1 line waits for stock"),
        &[
            &format!("One line of order {one} is short of stock."),
            "12 pieces",
            "8 pieces",
            "4 pieces",
            "4712",
        ],
    );
    says(
        the(&mails, &format!("[PO-2] Auftrag {two}:")),
        &format!("[PO-2] Auftrag {two}: 1 Position wartet auf Ware"),
        &["5 Stück", "0 Stück", "R-2"],
    );
    let receipt = json!({"warehouse": "NORTH", "lines": [{"sku": "WAIT", "quantity": "100"}]});
    steer(&warehouse, "/receipts", receipt).await;
    let mails = app.mails().await;
    let (english, german) = days(&acme.get(&format!("/orders/{}", id(&first))).await.expect(200));
    says(
        the(&mails, "[PO-1]"),
        &format!("[PO-1] Order {one} now arrives {english}"),
        &[
            &format!("One line of order {one} that waited got stock."),
            "12 of 12 pieces",
            "open",
            &english,
        ],
    );
    says(
        the(&mails, "[PO-2]"),
        &format!("[PO-2] Auftrag {two} kommt jetzt {german}"),
        &[
            &format!("Für eine wartende Position von Auftrag {two} ist Ware da."),
            "offen",
        ],
    );
    app.finish().await;
}
