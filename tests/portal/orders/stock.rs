//! Reservations: whole units, several warehouses, the last pieces, and who is served first.

use serde_json::Value;

use super::{cancel, line, order, reread, served, shop};

#[tokio::test]
async fn packs_are_reserved_whole_over_the_warehouses() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    // 250 and 150 hold three cartons; the rest of each is no carton.
    let placed = buyer
        .place_order(order(&[line("BOLT", "CT100", "4")]))
        .await
        .expect(201);
    assert_eq!(served(&placed), ("300", "100"));
    assert_eq!(placed["lines"][0]["promised_date"], Value::Null);
    // Single pieces take what is left.
    let pieces = buyer
        .place_order(order(&[line("BOLT", "H87", "120")]))
        .await
        .expect(201);
    assert_eq!(served(&pieces), ("100", "20"));
    app.finish().await;
}

#[tokio::test]
async fn freed_stock_serves_those_who_wait_by_tier_then_time() {
    let app = shop().await;
    let (gold, silver) = (app.person("GOLD", "buyer").await, app.person("SILVER", "buyer").await);
    let all = order(&[line("RARE", "H87", "50")]);
    let first = silver.place_order(all).await.expect(201);
    let some = order(&[line("RARE", "H87", "30")]);
    let early_silver = silver.place_order(some.clone()).await.expect(201);
    let late_silver = silver.place_order(some.clone()).await.expect(201);
    let latest_gold = gold.place_order(some.clone()).await.expect(201);
    for waiting in [&early_silver, &late_silver, &latest_gold] {
        assert_eq!(served(waiting), ("0", "30"));
    }
    cancel(&silver, &first).await;
    assert_eq!(served(&reread(&gold, &latest_gold).await), ("30", "0"));
    assert_eq!(served(&reread(&silver, &early_silver).await), ("20", "10"));
    assert_eq!(served(&reread(&silver, &late_silver).await), ("0", "30"));
    // A new order takes only what is free after all who wait.
    let newest = gold.place_order(order(&[line("RARE", "H87", "1")])).await.expect(201);
    assert_eq!(served(&newest), ("0", "1"));
    app.finish().await;
}

#[tokio::test]
async fn counted_stock_serves_those_who_wait() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let placed = buyer.place_order(order(&[line("RARE", "H87", "80")])).await.expect(201);
    assert_eq!(served(&placed), ("50", "30"));
    app.import(&[("stock.csv", "warehouse,sku,on_hand\nNORTH,RARE,70\n")])
        .await;
    assert_eq!(served(&reread(&buyer, &placed).await), ("70", "10"));
    app.finish().await;
}

#[tokio::test]
async fn the_last_pieces_of_two_articles_in_opposite_order_go_out_exactly() {
    let app = shop().await;
    let (gold, silver) = (app.person("GOLD", "buyer").await, app.person("SILVER", "buyer").await);
    let forth = order(&[line("RARE", "H87", "1"), line("SCARCE", "H87", "1")]);
    let back = order(&[line("SCARCE", "H87", "1"), line("RARE", "H87", "1")]);
    let requests = (0..80).map(|number| match number % 2 {
        0 => gold.place_order(forth.clone()),
        _ => silver.place_order(back.clone()),
    });
    let (mut reserved, mut waiting) = (0, 0);
    for answer in futures::future::join_all(requests).await {
        for line in answer.expect(201)["lines"].as_array().unwrap() {
            reserved += i32::from(line["reserved"] == "1");
            waiting += i32::from(line["backordered"] == "1");
        }
    }
    assert_eq!((reserved, waiting), (100, 60));
    let staff = app.staff("warehouse").await;
    let stock = staff.get("/supplier/stock").await.expect(200);
    for row in stock["data"].as_array().unwrap() {
        if row["sku"] == "RARE" || row["sku"] == "SCARCE" {
            assert_eq!((&row["reserved"], &row["free"]), (&"50".into(), &"0".into()), "{row}");
        }
    }
    app.finish().await;
}

#[tokio::test]
async fn placing_and_cancelling_at_once_keeps_the_books() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let want = || order(&[line("RARE", "H87", "7"), line("BOLT", "CT100", "1")]);
    let rounds = (0..20).map(|number| {
        let buyer = buyer.clone();
        async move {
            let placed = buyer.place_order(want()).await.expect(201);
            if number % 3 != 0 {
                cancel(&buyer, &placed).await;
            }
        }
    });
    futures::future::join_all(rounds).await;
    app.finish().await;
}
