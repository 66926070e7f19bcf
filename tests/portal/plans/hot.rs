//! What orders, previews, prices and pages of the catalogue send reads no table whole, along an index or not: they cost
//! the same however many articles there are.

use diesel::connection::SimpleConnection;
use portal::accounts::terms;
use portal::audit::Actor;
use portal::catalogue::{self, ArticleKey, rules::search_words};
use portal::db::Connection;
use portal::error::Result;
use portal::ids::AccountId;
use portal::names::sets::OrderClass;
use portal::orders::{self, OrderRequest, Orderer, RequestedLine};
use portal::pricing::{self, LineRequest};
use portal::{accounts, clock};

use super::{Plan, explained};
use crate::app::TestApp;

const LINES: usize = 10;

async fn shop() -> (TestApp, AccountId) {
    let app = crate::orders::shop().await;
    let rows = |head: &str, row: fn(usize) -> String| {
        let rows: Vec<_> = (0..LINES).map(row).collect();
        format!("{head}\n{}\n", rows.join("\n"))
    };
    let products = rows("sku,name,base_unit,decimals,tax_category", |n| {
        format!("A{n},Part {n},H87,0,S")
    });
    let units = rows("sku,unit,name,base_quantity,unit_code", |n| {
        format!("A{n},BOX,Box,10,XBX")
    });
    let prices = rows("price_list,sku,unit,min_quantity,price", |n| {
        format!("BASE,A{n},H87,1,1.5")
    });
    let stock = rows("warehouse,sku,on_hand", |n| format!("NORTH,A{n},100"));
    app.import(&[
        ("products.csv", &products),
        ("units.csv", &units),
        ("prices.csv", &prices),
        ("stock.csv", &stock),
    ])
    .await;
    let read = |connection: &mut _| accounts::find_by_code(connection, "GOLD");
    let account = app.db().read_now(read).unwrap().unwrap();
    (app, account.id)
}

fn requests(key: fn(usize) -> ArticleKey) -> Vec<LineRequest> {
    let line = |n| LineRequest {
        key: key(n),
        unit: Some("BOX".to_owned()),
        quantity: "1".to_owned(),
    };
    (0..LINES).map(line).collect()
}

fn by_sku() -> Vec<LineRequest> {
    requests(|n| ArticleKey::Sku(format!("A{n}")))
}

/// Explains what `work` sends where it may write.
async fn sent(app: &TestApp, work: impl Fn(&mut Connection) -> Result<()> + Copy + Send + Sync + 'static) -> Vec<Plan> {
    let explaining = app.db().write(move |tx| {
        if let Connection::Postgres(inner) = tx {
            // The few rows of a test would be read whole; so they are only where no index leads to them.
            inner.batch_execute("SET LOCAL enable_seqscan = off")?;
        }
        explained(tx, work)
    });
    explaining.await.unwrap()
}

fn reads_no_table_whole(plans: &[Plan]) {
    assert!(!plans.is_empty());
    let whole = |step: &str| {
        let step = step.trim();
        let is_set = ["VIRTUAL TABLE", "CONSTANT ROW", "SUBQUERY", "CO-ROUTINE"]
            .iter()
            .any(|set| step.contains(set));
        step.contains("Seq Scan on") || (step.starts_with("SCAN ") && !is_set)
    };
    let faults: Vec<_> = plans
        .iter()
        .filter(|plan| plan.steps.lines().any(whole))
        .map(ToString::to_string)
        .collect();
    assert!(
        faults.is_empty(),
        "{} of {}:\n{}",
        faults.len(),
        plans.len(),
        faults.join("\n\n")
    );
}

#[tokio::test]
async fn placing_and_previewing_orders() {
    let (app, account_id) = shop().await;
    let ordering = move |connection: &mut Connection, is_preview: bool| {
        let request = OrderRequest {
            po_number: format!("PO-{is_preview}"),
            ship_to: None,
            requested_on: None,
            order_class: OrderClass::Standard,
            if_not_entitled: Default::default(),
            choices: Default::default(),
            texts: Default::default(),
            lines: by_sku()
                .into_iter()
                .map(|line| RequestedLine {
                    line,
                    note: None,
                    typed: None,
                    choices: Default::default(),
                })
                .collect(),
        };
        let orderer = Orderer { account_id, by: None };
        match is_preview {
            true => orders::preview(connection, &orderer, &request, clock::now()).map(drop),
            false => orders::place(
                connection,
                &orderer,
                &Actor::program("test"),
                None,
                &request,
                clock::now(),
            )
            .map(drop),
        }
    };
    reads_no_table_whole(&sent(&app, move |connection| ordering(connection, true)).await);
    reads_no_table_whole(&sent(&app, move |connection| ordering(connection, false)).await);
}

#[tokio::test]
async fn quoting_prices() {
    let (app, account_id) = shop().await;
    let quoting = move |connection: &mut Connection| {
        let terms = terms::load(connection, account_id)?;
        pricing::price_lines(connection, &terms, &by_sku(), clock::now().date()).map(drop)
    };
    reads_no_table_whole(&sent(&app, quoting).await);
}

#[tokio::test]
async fn pages_of_the_catalogue() {
    let (app, account_id) = shop().await;
    for text in ["", "part"] {
        let browsing = move |connection: &mut Connection| {
            let filter = catalogue::Filter {
                words: search_words(&[text]),
                ..catalogue::Filter::default()
            };
            catalogue::list(connection, account_id, &filter, 50).map(drop)
        };
        reads_no_table_whole(&sent(&app, browsing).await);
    }
}
