//! `portal check` finds what was changed by hand, whichever row it was.

use portal::cli::check;
use portal::db::{Connection, sql};
use portal::error::Result;
use serde_json::json;

use crate::app::{TestApp, outside_the_runtime};
use crate::client::unique;
use crate::program::Installation;

const FILES: &[(&str, &str)] = &[
    ("supplier.csv", "name,country,currency\nThe Supplier,NL,EUR\n"),
    (
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit\nGOLD,Gold Works,NL,EUR,gold,30,1000\n",
    ),
    (
        "products.csv",
        "sku,name,base_unit,decimals,tax_category\nBOLT,Bolt,H87,0,S\nRARE,Rare part,H87,0,S\n",
    ),
    (
        "units.csv",
        "sku,unit,name,base_quantity\nBOLT,CT100,Carton of 100,100\n",
    ),
    (
        "price_lists.csv",
        "price_list,name,currency,kind,account\nBASE,List prices,EUR,base,\n",
    ),
    (
        "prices.csv",
        "price_list,sku,unit,min_quantity,price\nBASE,BOLT,H87,1,0.5\nBASE,RARE,H87,1,10\n",
    ),
    (
        "stock.csv",
        "warehouse,sku,on_hand\nNORTH,BOLT,150\nSOUTH,BOLT,150\nNORTH,RARE,1\n",
    ),
];

/// One order that is placed (its second line waits), one that is on hold, one that was called off.
async fn traded() -> TestApp {
    let app = TestApp::start().await;
    app.import(FILES).await;
    let buyer = app.person("GOLD", "buyer").await;
    let line = |sku: &str, unit: &str, quantity: &str| json!({"sku": sku, "unit": unit, "quantity": quantity});
    let place = async |lines| buyer.place_order(json!({ "lines": lines })).await.expect(201);
    place(vec![
        line("BOLT", "CT100", "2"),
        line("RARE", "H87", "2"),
        line("RARE", "H87", "3"),
    ])
    .await;
    assert_eq!(place(vec![line("RARE", "H87", "500")]).await["state"], "on_hold");
    let third = place(vec![line("BOLT", "H87", "7")]).await;
    let cancel = format!("/orders/{}/cancel", third["id"].as_str().unwrap());
    buyer.post(&cancel, json!({})).await.expect(200);
    app.finish().await;
    app
}

fn change(tx: &mut Connection, statement: &'static str) -> Result<()> {
    let changed = sql(statement).run(tx)?;
    assert!(changed > 0, "{statement} changed nothing");
    Ok(())
}

/// Asserts that after `statement`, which is undone again, each promise of `broken` is found broken, and no other.
fn is_found(app: &TestApp, statement: &'static str, broken: &[&str]) {
    let changed = || {
        app.db().rehearse_now(move |tx| {
            change(tx, statement)?;
            check::everything(tx)
        })
    };
    let breaches = outside_the_runtime(changed).unwrap();
    let mut found: Vec<_> = breaches.iter().map(|breach| breach.check).collect();
    found.sort_unstable();
    found.dedup();
    let mut broken = broken.to_vec();
    broken.sort_unstable();
    assert_eq!(found, broken, "{statement}: {breaches:#?}");
}

const STOCK_RESERVED: &str = "reserved stock is the sum of its reservations";
const LINE_RESERVED: &str = "what a line has reserved is the sum of its reservations";
const ON_HAND: &str = "stock on hand is the sum of its movements";
const NET: &str = "an order's net is the sum of its lines";
const TAX: &str = "an order's tax is rounded once a rate";
const GROSS: &str = "an order's gross is net and tax";
const COMMITTED: &str = "the ledger holds what an order commits";
const BALANCE: &str = "a balance is the sum of its entries";
const PRICE: &str = "a line's price is the one explained";
const LINE_NET: &str = "a line's net follows from its frozen price";
const BASE_QUANTITY: &str = "a line's base quantity follows from its unit";
const LINES: &str = "an order has all its lines";
const LIVE: &str = "only live orders reserve stock";
const TOLD: &str = "each order has one order.placed event";

#[tokio::test]
async fn a_reservation_changed_by_hand_is_found() {
    let app = traded().await;
    let both = [STOCK_RESERVED, LINE_RESERVED];
    is_found(&app, "UPDATE reservations SET quantity = quantity + 1", &both);
    is_found(&app, "DELETE FROM reservations", &both);
    is_found(
        &app,
        "UPDATE stock SET reserved = reserved - 1 WHERE reserved > 0",
        &[STOCK_RESERVED],
    );
    is_found(
        &app,
        "UPDATE order_lines SET reserved = reserved - 1, backordered = backordered + 1 WHERE reserved > 0",
        &[LINE_RESERVED],
    );
}

#[tokio::test]
async fn a_total_changed_by_hand_is_found() {
    let app = traded().await;
    is_found(
        &app,
        "UPDATE orders SET net_minor = net_minor + 1, gross_minor = gross_minor + 1 WHERE state = 'placed'",
        &[NET, COMMITTED],
    );
    is_found(
        &app,
        "UPDATE orders SET tax_minor = tax_minor + 1, gross_minor = gross_minor + 1 WHERE state = 'on_hold'",
        &[TAX],
    );
    is_found(
        &app,
        "UPDATE orders SET gross_minor = gross_minor - 1 WHERE state = 'cancelled'",
        &[GROSS],
    );
}

#[tokio::test]
async fn a_price_changed_by_hand_is_found() {
    let app = traded().await;
    is_found(&app, "UPDATE order_lines SET price_micros = price_micros + 1", &[PRICE]);
    is_found(
        &app,
        "UPDATE order_lines SET price_base = 10 WHERE unit = 'CT100'",
        &[PRICE],
    );
    // A net that fits its order's total, but not its price.
    is_found(
        &app,
        "UPDATE order_lines SET net_minor = net_minor + CASE WHEN backordered = 1 THEN 1 ELSE -1 END \
         WHERE sku = 'RARE' AND backordered < 500",
        &[LINE_NET],
    );
}

#[tokio::test]
async fn an_explanation_changed_by_hand_is_found() {
    let app = traded().await;
    is_found(
        &app,
        r#"UPDATE order_lines SET explanation = replace(explanation, '"unit_price":"10"', '"unit_price":"11"') WHERE sku = 'RARE'"#,
        &[PRICE, LINE_NET],
    );
}

#[tokio::test]
async fn a_quantity_changed_by_hand_is_found() {
    let app = traded().await;
    is_found(
        &app,
        "UPDATE order_lines SET quantity = quantity + 1 WHERE unit = 'CT100'",
        &[BASE_QUANTITY],
    );
    is_found(
        &app,
        "UPDATE order_lines SET base_quantity = base_quantity + 1, backordered = backordered + 1 WHERE unit = 'CT100'",
        &[BASE_QUANTITY, LINE_NET],
    );
    is_found(
        &app,
        "DELETE FROM order_lines WHERE backordered = 3",
        &[LINES, NET, TAX],
    );
}

#[tokio::test]
async fn a_movement_changed_by_hand_is_found() {
    let app = traded().await;
    is_found(&app, "UPDATE stock_movements SET quantity = quantity - 1", &[ON_HAND]);
    is_found(&app, "DELETE FROM stock_movements", &[ON_HAND]);
    is_found(&app, "UPDATE stock SET on_hand = on_hand + 1", &[ON_HAND]);
}

#[tokio::test]
async fn a_balance_changed_by_hand_is_found() {
    let app = traded().await;
    is_found(
        &app,
        "UPDATE ledger_balances SET committed_minor = committed_minor - 1",
        &[BALANCE],
    );
    is_found(
        &app,
        "INSERT INTO ledger_entries (id, account_id, kind, committed_minor, order_id, posted_at) \
         SELECT -id, account_id, kind, 1, order_id, posted_at FROM ledger_entries WHERE kind = 'order_committed'",
        &[BALANCE, COMMITTED],
    );
    is_found(&app, "DELETE FROM ledger_balances", &[BALANCE]);
}

#[tokio::test]
async fn a_compared_key_that_does_not_follow_from_its_key_is_found() {
    const KEY: &str = "a key's compared form follows from it";
    let app = traded().await;
    for statement in [
        "UPDATE products SET sku_key = 'screw' WHERE sku = 'BOLT'",
        "UPDATE accounts SET code_key = 'GOLD' WHERE code = 'GOLD'",
        "UPDATE warehouses SET code_key = 'somewhere' WHERE code = 'NORTH'",
        "UPDATE sale_units SET unit_key = 'CT100' WHERE unit = 'CT100'",
        "UPDATE orders SET po_key = po_key || ' '",
    ] {
        is_found(&app, statement, &[KEY]);
    }
}

#[tokio::test]
async fn what_something_is_found_and_sorted_by_is_derived_again() {
    const FOUND_BY: &str = "what something is found and sorted by follows from it";
    let app = traded().await;
    for statement in [
        "UPDATE products SET sku_order = 'zzz' WHERE sku = 'BOLT'",
        "UPDATE accounts SET search_text = 'silver works' WHERE code = 'GOLD'",
        "UPDATE accounts SET name = 'Silver Works' WHERE code = 'GOLD'",
    ] {
        is_found(&app, statement, &[FOUND_BY]);
    }
}

#[tokio::test]
async fn an_event_that_is_missing_or_told_twice_is_found() {
    let app = traded().await;
    is_found(
        &app,
        "UPDATE events SET type = 'order.lost' WHERE type = 'order.placed'",
        &[TOLD],
    );
    is_found(
        &app,
        "INSERT INTO events (id, type, account_id, subject_id, occurred_at, data) \
         SELECT -id, type, account_id, subject_id, occurred_at, data FROM events WHERE type = 'order.placed'",
        &[TOLD],
    );
}

#[tokio::test]
async fn a_state_changed_by_hand_is_found() {
    let app = traded().await;
    is_found(
        &app,
        "UPDATE orders SET state = 'cancelled' WHERE state = 'placed'",
        &[LIVE, COMMITTED],
    );
    is_found(
        &app,
        "UPDATE orders SET state = 'placed' WHERE state = 'on_hold'",
        &[COMMITTED],
    );
}

#[tokio::test]
async fn the_command_names_each_breach_and_exits_with_1() {
    let app = traded().await;
    let installation = Installation::on(app.db().target());
    let sound = installation.run(&["check"], "");
    assert_eq!((sound.code, sound.stdout.trim()), (Some(0), "Everything adds up."));
    let by_hand = app.db().write(|tx| {
        change(tx, "UPDATE stock SET on_hand = on_hand + 1 WHERE on_hand = 1")?;
        change(tx, "UPDATE events SET type = 'order.lost' WHERE type = 'order.placed'")
    });
    by_hand.await.unwrap();
    let unsound = installation.run(&["check"], "");
    assert_eq!(unsound.code, Some(1));
    let breaches: Vec<_> = unsound.stdout.lines().collect();
    assert_eq!(breaches.len(), 4, "{breaches:?}");
    assert_eq!(breaches[0], format!("{ON_HAND}: RARE in NORTH: stored 2, derived 1"));
    for breach in &breaches[1..] {
        assert!(breach.starts_with(&format!("{TOLD}: order ")), "{breach}");
    }
}

const REMINDER_NUMBERS: &str = "reminder numbers have no gap";
const REMINDER_LEVEL: &str = "an invoice is at the level of its last reminder";
const INVOICE_NUMBERS: &str = "invoice numbers have no gap";
const SHIPPED: &str = "what is shipped of a line is the sum of its shipments";
const LEFT_STOCK: &str = "what a shipment took left the stock";
const AS_FAR: &str = "an order is as far as its shipments";
const OPEN: &str = "what is left of an invoice is its gross less its payments, credits and what is given up";
const UNAPPLIED: &str = "what is left of a payment is its amount less what it settled and what was paid back";
const BOOKED: &str = "the ledger books each invoice and payment";
const INVOICED: &str = "what is invoiced of a line is the sum of its invoices";
const DECISION: &str = "a decision on stock follows from its input";

/// The placed order shipped, invoiced and paid in part; what waited was received.
async fn sold() -> TestApp {
    let app = traded().await;
    let staff = app.staff("admin").await;
    let make = async |what: &str, body: serde_json::Value| {
        let path = format!("/supplier/{what}");
        staff.post_with_key(&path, &unique(), body).await.expect(201)
    };
    let orders = staff.get("/supplier/orders?state=placed").await.expect(200);
    let order = orders["data"][0]["id"].as_str().unwrap();
    staff
        .post(&format!("/supplier/orders/{order}/accept"), json!({}))
        .await
        .expect(200);
    let arrived = json!({"warehouse": "NORTH", "lines": [{"sku": "RARE", "quantity": "2"}]});
    make("receipts", arrived).await;
    let shipment = make("shipments", json!({"order_id": order})).await;
    make("invoices", json!({"shipment_id": shipment["id"]})).await;
    let payment = json!({"account": "GOLD", "amount": "5", "currency": "EUR", "received_on": "2026-11-02"});
    make("payments", payment).await;
    app.finish().await;
    app
}

#[tokio::test]
async fn a_shipment_changed_by_hand_is_found() {
    let app = sold().await;
    is_found(
        &app,
        "UPDATE shipment_lines SET base_quantity = base_quantity + 1",
        &[SHIPPED, LEFT_STOCK],
    );
    is_found(
        &app,
        "UPDATE stock_movements SET cause_id = NULL WHERE kind = 'shipment'",
        &[LEFT_STOCK],
    );
    is_found(
        &app,
        "UPDATE orders SET state = 'delivered' WHERE state = 'partly_shipped'",
        &[AS_FAR],
    );
    is_found(
        &app,
        "UPDATE allocation_decisions SET outcome = replace(outcome, '\"wanted\":3', '\"wanted\":4') \
         WHERE cause = 'goods_received'",
        &[DECISION],
    );
}

#[tokio::test]
async fn money_changed_by_hand_is_found() {
    let app = sold().await;
    is_found(&app, "UPDATE invoice_numbers SET last = last + 1", &[INVOICE_NUMBERS]);
    is_found(&app, "UPDATE open_items SET open_minor = open_minor - 1", &[OPEN]);
    is_found(
        &app,
        "INSERT INTO reminder_numbers (year, last) VALUES (2026, 1)",
        &[REMINDER_NUMBERS],
    );
    is_found(&app, "UPDATE open_items SET reminder_level = 1", &[REMINDER_LEVEL]);
    is_found(
        &app,
        "UPDATE payments SET amount_minor = amount_minor + 1",
        &[BOOKED, UNAPPLIED],
    );
    is_found(
        &app,
        "UPDATE payments SET unapplied_minor = unapplied_minor + 1",
        &[UNAPPLIED],
    );
    is_found(
        &app,
        "UPDATE ledger_balances SET receivable_minor = receivable_minor - 1",
        &[BALANCE],
    );
    is_found(
        &app,
        "UPDATE order_lines SET invoiced = invoiced - 1 WHERE invoiced > 0",
        &[INVOICED],
    );
}
