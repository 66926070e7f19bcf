//! What lists know of promises from the database is what the rules say of the orders themselves.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use portal::db::sql;
use portal::ids::OrderId;
use portal::orders::board;
use portal::orders::board::rules::Board;
use portal::orders::rules::Order;
use portal::orders::rules::choices::days_together;
use portal::orders::rules::listing::Filter;
use portal::orders::rules::promise::Outstanding;
use portal::orders::store;
use serde_json::json;

use super::{shop, today};
use crate::app::TestApp;

/// Orders with every wish, of which some wait, some have a day, and some left.
async fn orders(app: &TestApp, today: NaiveDate) -> Vec<Order> {
    let buyer = app.person("GOLD", "buyer").await;
    let day = |days| today.checked_add_days(Days::new(days)).unwrap();
    let mut orders = Vec::new();
    for wanted in [None, Some(0), Some(3), Some(4), Some(30)] {
        // BOLT lies there, RARE is gone after the first order, CABLE may go.
        for skus in [&["BOLT"][..], &["RARE"], &["BOLT", "CABLE"], &["BOLT", "RARE", "CABLE"]] {
            for shift in [-1_i64, 0, 1, 20] {
                let lines: Vec<_> = skus.iter().map(|sku| line(sku)).collect();
                let mut order = json!({ "lines": lines });
                if let Some(days) = wanted {
                    order["requested_date"] = json!(day(days));
                }
                // Some leave as a whole, so that a line that is there has no day of its own.
                if shift == 0 {
                    order["delivery"] = json!("complete");
                }
                let placed = buyer.place_order(order).await.expect(201);
                let id: OrderId = placed["id"].as_str().unwrap().parse().unwrap();
                let on = today.checked_add_signed(chrono::TimeDelta::days(shift)).unwrap();
                orders.push((id, on));
            }
        }
    }
    let change = move |tx: &mut _| {
        for (id, on) in &orders {
            sql("UPDATE order_lines SET promised_on = $2 WHERE order_id = $1 AND promised_on IS NOT NULL")
                .bind(*id)
                .bind(*on)
                .run(tx)?;
            // What left keeps the day it was promised for.
            sql(
                "UPDATE order_lines SET shipped = reserved, reserved = 0, promised_on = '2020-01-01' \
                 WHERE order_id = $1 AND sku = 'CABLE'",
            )
            .bind(*id)
            .run(tx)?;
        }
        let ids: Vec<_> = orders.iter().map(|(id, _)| *id).collect();
        let all = store::list_whole(tx, OrderId(0), 1_000)?;
        Ok(all.into_iter().filter(|order| ids.contains(&order.id)).collect())
    };
    app.db().write(change).await.unwrap()
}

fn line(sku: &str) -> serde_json::Value {
    let (unit, quantity) = match sku {
        "CABLE" => ("MTR", "1"),
        "RARE" => ("H87", "50"),
        _ => ("H87", "1"),
    };
    json!({"sku": sku, "unit": unit, "quantity": quantity})
}

#[tokio::test]
async fn lists_know_of_promises_what_the_rules_say() {
    let app = shop().await;
    let today = today();
    let orders = orders(&app, today).await;
    let ids: Vec<_> = orders.iter().map(|order| order.id).collect();
    let read = move |connection: &mut _| {
        let covers = board::store::list_cover(connection, &ids)?;
        let filter = Filter {
            board: Some((Board::AtRisk, today)),
            ..Filter::default()
        };
        let at_risk = board::list(connection, &filter, None, 1_000)?;
        Ok((covers, at_risk, board::counts(connection, today)?))
    };
    let (covers, at_risk, counts) = app.db().read(read).await.unwrap();
    let mut expected = BTreeSet::new();
    for order in &orders {
        let outstanding = Outstanding::of(&days_together(order.clone()));
        assert_eq!(covers[&order.id].outstanding, outstanding, "{order:?}");
        if outstanding.is_at_risk(today, order.requested_on) {
            expected.insert(order.id);
        }
    }
    let at_risk: BTreeSet<_> = at_risk.iter().map(|ranked| ranked.listed.order.id).collect();
    assert_eq!(at_risk, expected);
    assert_eq!(usize::try_from(counts.at_risk).unwrap(), expected.len());
    assert!((10..orders.len() - 10).contains(&expected.len()), "{}", expected.len());
}
