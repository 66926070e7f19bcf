//! Two hundred people after the same last pieces.

use std::fmt::Write;

use futures::future::join_all;
use futures::stream::{self, StreamExt};
use serde_json::Value;

use super::{line, order, shop};
use crate::app::TestApp;
use crate::client::Client;

const ACCOUNTS: usize = 17;
const BUYERS: usize = 200;
/// Of RARE and of SCARCE.
const PIECES: i64 = 50;
/// Each sign-in verifies a password; more at once only wait for each other.
const SIGN_INS: usize = 8;

/// A shop with 17 more accounts, of every tier.
async fn crowded_shop() -> TestApp {
    let app = shop().await;
    let mut accounts = "account,name,country,currency,tier,payment_terms_days,credit_limit\n".to_owned();
    for number in 0..ACCOUNTS {
        let tier = ["platinum", "gold", "silver", "bronze"][number % 4];
        writeln!(accounts, "CROWD{number:02},Crowd {number},NL,EUR,{tier},30,").unwrap();
    }
    app.import(&[("accounts.csv", &accounts)]).await;
    app
}

async fn buyers(app: &TestApp) -> Vec<Client> {
    let signing_in = (0..BUYERS).map(|number| async move {
        let account = format!("CROWD{:02}", number % ACCOUNTS);
        app.person(&account, "buyer").await
    });
    stream::iter(signing_in).buffered(SIGN_INS).collect().await
}

fn pieces(orders: &[Value], sku: &str, part: &str) -> i64 {
    let lines = orders.iter().flat_map(|order| order["lines"].as_array().unwrap());
    lines
        .filter(|line| line["sku"] == sku)
        .map(|line| line[part].as_str().unwrap().parse::<i64>().unwrap())
        .sum()
}

#[tokio::test]
async fn two_hundred_buyers_of_seventeen_accounts_get_exactly_the_last_pieces() {
    let app = crowded_shop().await;
    let buyers = buyers(&app).await;
    let requests = buyers.iter().enumerate().map(|(number, buyer)| {
        let mut lines = [line("RARE", "H87", "1"), line("SCARCE", "H87", "1")];
        if number % 2 == 1 {
            lines.reverse();
        }
        buyer.place_order(order(&lines))
    });
    let mut orders = Vec::new();
    for answer in join_all(requests).await {
        orders.push(answer.expect(201));
    }
    let everybody = i64::try_from(BUYERS).unwrap();
    for sku in ["RARE", "SCARCE"] {
        assert_eq!(pieces(&orders, sku, "reserved"), PIECES, "{sku}");
        assert_eq!(pieces(&orders, sku, "backordered"), everybody - PIECES, "{sku}");
    }
    assert!(orders.iter().all(|order| order["state"] == "placed"));
    app.finish().await;
}
