//! A preview says what placing says, of good orders and of bad ones, and leaves no trace.

use portal::db::sql;
use serde_json::{Value, json};

use super::placing::without_identity;
use super::{line, order, shop};
use crate::app::TestApp;
use crate::client::Answer;

/// Rows and sums of what placing an order changes.
async fn fingerprint(app: &TestApp) -> Vec<i64> {
    let text = "SELECT count(*) FROM orders UNION ALL SELECT count(*) FROM order_lines \
                UNION ALL SELECT count(*) FROM reservations UNION ALL SELECT count(*) FROM events \
                UNION ALL SELECT count(*) FROM audit_entries UNION ALL SELECT count(*) FROM ledger_entries \
                UNION ALL SELECT count(*) FROM ledger_balances UNION ALL SELECT count(*) FROM idempotency_keys \
                UNION ALL SELECT CAST(sum(reserved) AS BIGINT) FROM stock";
    app.db().read(move |tx| sql(text).rows(tx)).await.unwrap()
}

fn named(po_number: &str, lines: &[Value]) -> Value {
    let mut wanted = order(lines);
    wanted["po_number"] = json!(po_number);
    wanted
}

/// What a refusal says, without the request's own id.
fn said(answer: &Answer) -> (u16, Value) {
    let mut problem = answer.json();
    problem["request_id"] = Value::Null;
    (answer.status, problem)
}

#[tokio::test]
async fn a_preview_has_every_figure_of_the_order() {
    let app = shop().await;
    let with_all = {
        let mut wanted = named("  PO all  ", &[line("BOLT", "CT100", "1"), line("BOLT", "H87", "7")]);
        wanted["ship_to"] = json!("MAIN");
        wanted["requested_date"] = json!("2999-12-31");
        wanted["order_class"] = json!("critical");
        wanted["note"] = json!("Ring the bell");
        wanted["lines"][1]["note"] = json!("In a bag");
        wanted
    };
    for (account, what, wanted) in [
        ("GOLD", "everything named", with_all),
        (
            "GOLD",
            "more than there is",
            named("PO more", &[line("RARE", "H87", "60")]),
        ),
        ("GOLD", "nothing there", named("PO none", &[line("RARE", "H87", "1")])),
        (
            "GOLD",
            "split over warehouses",
            named("PO split", &[line("BOLT", "CT100", "3")]),
        ),
        (
            "SILVER",
            "fractions",
            named("PO cut", &[line("CABLE", "MTR", "0.07"), line("CABLE", "ROL", "4")]),
        ),
        (
            "TIGHT",
            "above the limit",
            named("PO much", &[line("BOLT", "H87", "201")]),
        ),
    ] {
        let buyer = app.person(account, "buyer").await;
        let before = fingerprint(&app).await;
        let mut preview = buyer.post("/orders/preview", wanted.clone()).await.expect(200);
        assert_eq!(fingerprint(&app).await, before, "{what}");
        // What the goods weigh is told before they are ordered.
        assert!(preview["load"].take().is_object(), "{what}");
        for name in ["id", "number", "placed_at", "placed_by"] {
            assert_eq!(preview[name], Value::Null, "{what}");
        }
        let placed = buyer.place_order(wanted).await.expect(201);
        assert_ne!(fingerprint(&app).await, before, "{what}");
        assert_eq!(without_identity(preview), without_identity(placed), "{what}");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_preview_refuses_in_the_same_words_as_placing() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let used = named("PO used", &[line("BOLT", "H87", "1")]);
    buyer.place_order(used.clone()).await.expect(201);
    let mut many_faults = named(" ", &[line("NOTHING", "H87", "1"), line("BOLT", "PAL", "-1")]);
    many_faults["ship_to"] = json!("NOWHERE");
    many_faults["requested_date"] = json!("2001-01-01");
    let mut unknown_field = named("PO 2", &[line("BOLT", "H87", "1")]);
    unknown_field["discount"] = json!("10");
    let without_number = order(&[line("BOLT", "H87", "1")]);
    let huge = named("PO 3", &[line("RARE", "H87", "999999999999999999")]);
    for (what, wanted, status) in [
        ("a used number", used, 409),
        ("many faults", many_faults, 422),
        ("an unknown field", unknown_field, 422),
        ("no number", without_number, 422),
        ("more than can be counted", huge, 422),
    ] {
        let before = fingerprint(&app).await;
        let preview = said(&buyer.post("/orders/preview", wanted.clone()).await);
        let refused = said(&buyer.post_with_key("/orders", "the-key", wanted).await);
        assert_eq!(preview.0, status, "{what}: {}", preview.1);
        assert_eq!(preview, refused, "{what}");
        assert_eq!(fingerprint(&app).await, before, "{what}");
    }
}
