//! Lists by REST find and sort as the pages do.

use serde_json::json;

use super::{cancel, line, shop};

#[tokio::test]
async fn an_account_finds_its_orders_by_text_day_site_view_and_state() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let mut placed = Vec::new();
    for (po_number, wanted) in [
        ("Weekly-7", None),
        ("Weekly-8", Some("2100-02-01")),
        ("Other", Some("2100-01-01")),
    ] {
        let mut body = json!({"po_number": po_number, "lines": [line("BOLT", "H87", "1")]});
        if let Some(day) = wanted {
            body["requested_date"] = json!(day);
        }
        placed.push(buyer.place_order(body).await.expect(201));
    }
    cancel(&buyer, &placed[0]).await;
    let number = placed[2]["number"].as_str().unwrap().to_owned();
    for (query, expected) in [
        ("".to_owned(), ["Other", "Weekly-8", "Weekly-7"].as_slice()),
        ("sort=oldest".to_owned(), &["Weekly-7", "Weekly-8", "Other"]),
        ("sort=wanted".to_owned(), &["Other", "Weekly-8", "Weekly-7"]),
        ("sort=wanted_last".to_owned(), &["Weekly-7", "Weekly-8", "Other"]),
        ("view=open&sort=priority".to_owned(), &["Other", "Weekly-8"]),
        ("q=WEEKLY".to_owned(), &["Weekly-8", "Weekly-7"]),
        (format!("q={number}"), &["Other"]),
        ("view=open".to_owned(), &["Other", "Weekly-8"]),
        ("view=cancelled&q=weekly".to_owned(), &["Weekly-7"]),
        ("state=cancelled".to_owned(), &["Weekly-7"]),
        ("to=2000-01-01".to_owned(), &[]),
        ("from=2000-01-01&site=MAIN&q=other".to_owned(), &["Other"]),
        ("site=NOWHERE".to_owned(), &[]),
        ("po_number=other".to_owned(), &["Other"]),
    ] {
        let found = buyer.get(&format!("/orders?{query}")).await.expect(200);
        let found: Vec<_> = found["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|order| &order["po_number"])
            .collect();
        assert_eq!(found, expected, "{query}");
    }
    // A page at a time, in any order.
    for sort in ["newest", "oldest", "wanted", "wanted_last", "priority"] {
        let (mut met, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = buyer
                .get(&format!("/orders?limit=1&sort={sort}{cursor}"))
                .await
                .expect(200);
            met.extend(
                page["data"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|order| order["id"].to_string()),
            );
            let Some(next) = page["next_cursor"].as_str() else {
                break;
            };
            cursor = format!("&cursor={next}");
        }
        met.sort();
        met.dedup();
        assert_eq!(met.len(), if sort == "priority" { 2 } else { 3 }, "{sort}");
    }
    for query in [
        "state=placed&view=cancelled",
        "state=gone",
        "view=mine",
        "sort=number",
        "account=GOLD",
    ] {
        let refused = buyer.get(&format!("/orders?{query}")).await;
        refused.problem(422, "validation_failed");
    }
}
