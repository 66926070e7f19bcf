//! Whole folders of trade: every total and every refusal is as the folder says. The folders below `PORTAL_TRADE_DATA`
//! are read; without it there is nothing to do here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use portal::db::sql;
use portal::money::{Currency, Money};
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::client::Client;

/// Rows of a CSV file by the names of its columns.
type Rows = Vec<BTreeMap<String, String>>;

#[allow(clippy::disallowed_methods, reason = "the suite's own setting")]
pub fn folders() -> Vec<PathBuf> {
    let Ok(root) = std::env::var("PORTAL_TRADE_DATA") else {
        return Vec::new();
    };
    let entries = std::fs::read_dir(&root).unwrap_or_else(|error| panic!("PORTAL_TRADE_DATA is {root}: {error}"));
    let mut folders: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("orders.csv").exists())
        .collect();
    folders.sort();
    assert!(!folders.is_empty(), "{root} holds no folder with orders.csv");
    folders
}

fn rows(path: &Path) -> Rows {
    if !path.exists() {
        return Rows::new();
    }
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// Net totals by account and PO number, as the folder says.
fn totals_wanted(folder: &Path) -> BTreeMap<(String, String), (String, String)> {
    let rows = rows(&folder.join("order_totals.csv"));
    rows.into_iter()
        .map(|mut row| {
            let mut take = |name: &str| row.remove(name).unwrap();
            ((take("account"), take("po_number")), (take("lines"), take("net_total")))
        })
        .collect()
}

/// The same as they are stored.
async fn totals_stored(app: &TestApp) -> BTreeMap<(String, String), (String, String)> {
    let text = "SELECT code, po_number, CAST(line_count AS BIGINT), net_minor, orders.currency \
                FROM orders JOIN accounts ON accounts.id = account_id";
    let rows: Vec<(String, String, i64, i64, String)> = app.db().read(move |tx| sql(text).rows(tx)).await.unwrap();
    rows.into_iter()
        .map(|(account, po_number, lines, net_minor, currency)| {
            let currency = Currency::from_code(&currency).unwrap();
            let net = Money::new(net_minor, currency);
            ((account, po_number), (lines.to_string(), net.to_string()))
        })
        .collect()
}

fn assert_same<T: PartialEq + std::fmt::Debug>(
    found: &BTreeMap<(String, String), T>,
    wanted: &BTreeMap<(String, String), T>,
    folder: &Path,
) {
    let odd: Vec<_> = wanted
        .iter()
        .filter(|(key, total)| found.get(key) != Some(total))
        .map(|(key, total)| (key, total, found.get(key)))
        .collect();
    assert!(odd.is_empty(), "{}: wanted and found: {odd:?}", folder.display());
    assert_eq!(found.len(), wanted.len(), "{}", folder.display());
}

#[tokio::test]
async fn an_imported_folder_costs_what_it_says_and_twice_changes_nothing() {
    for folder in folders() {
        let app = TestApp::start().await;
        app.import_folder(&folder).await;
        assert_same(&totals_stored(&app).await, &totals_wanted(&folder), &folder);
        app.finish().await;
        let before = fingerprint(&app).await;
        app.import_folder(&folder).await;
        assert_eq!(fingerprint(&app).await, before, "{}", folder.display());
    }
}

/// Rows and sums of what an import could change.
async fn fingerprint(app: &TestApp) -> Vec<i64> {
    let text = "SELECT count(*) FROM orders UNION ALL SELECT count(*) FROM order_lines \
                UNION ALL SELECT count(*) FROM reservations UNION ALL SELECT count(*) FROM stock_movements \
                UNION ALL SELECT count(*) FROM prices UNION ALL SELECT count(*) FROM events \
                UNION ALL SELECT count(*) FROM audit_entries UNION ALL SELECT count(*) FROM ledger_entries";
    app.db().read(move |tx| sql(text).rows(tx)).await.unwrap()
}

#[tokio::test]
async fn the_same_orders_by_rest_cost_the_same() {
    for folder in folders() {
        let app = TestApp::start().await;
        app.import_folder_without(&folder, "orders.csv").await;
        let mut buyers = BTreeMap::new();
        let mut part_numbers = BTreeMap::new();
        for row in rows(&folder.join("assortment.csv")) {
            part_numbers.insert(
                (row["account"].clone(), row["sku"].clone()),
                row["customer_part_number"].clone(),
            );
        }
        let mut orders: BTreeMap<(String, String), Rows> = BTreeMap::new();
        for row in rows(&folder.join("orders.csv")) {
            let key = (row["account"].clone(), row["po_number"].clone());
            orders.entry(key).or_default().push(row);
        }
        for (number, ((account, po_number), lines)) in orders.iter().enumerate() {
            if !buyers.contains_key(account) {
                buyers.insert(account.clone(), app.person(account, "buyer").await);
            }
            let lines: Vec<_> = lines
                .iter()
                .enumerate()
                .map(|(index, row)| {
                    let own = part_numbers.get(&(account.clone(), row["sku"].clone()));
                    // Every other line by the account's own number, where there is one.
                    match own.filter(|own| (number + index) % 2 == 0 && !own.is_empty()) {
                        Some(own) => line("customer_part_number", own, row),
                        None => line("sku", &row["sku"], row),
                    }
                })
                .collect();
            let order = json!({"po_number": po_number, "lines": lines});
            buyers[account].place_order(order).await.expect(201);
        }
        assert_same(&totals_stored(&app).await, &totals_wanted(&folder), &folder);
        app.finish().await;
    }
}

fn line(key: &str, article: &str, row: &BTreeMap<String, String>) -> Value {
    json!({key: article, "unit": row["unit"], "quantity": row["quantity"]})
}

#[tokio::test]
async fn lines_that_must_be_refused_are_refused_with_their_code() {
    for folder in folders() {
        let refused = rows(&folder.join("refused_lines.csv"));
        if refused.is_empty() {
            continue;
        }
        let app = TestApp::start().await;
        app.import_folder_without(&folder, "orders.csv").await;
        let mut by_account: BTreeMap<String, Rows> = BTreeMap::new();
        for row in refused {
            by_account.entry(row["account"].clone()).or_default().push(row);
        }
        for (account, rows) in by_account {
            let buyer = app.person(&account, "buyer").await;
            assert_eq!(codes(&buyer, &rows).await, wanted_codes(&rows), "{account}");
        }
    }
}

/// The code of each line's fault, of a quote with all of them.
async fn codes(buyer: &Client, rows: &Rows) -> Vec<(String, String)> {
    let lines: Vec<_> = rows.iter().map(|row| line("sku", &row["sku"], row)).collect();
    let faults = buyer.post("/prices/quote", json!({ "lines": lines })).await.faults();
    faults
        .into_iter()
        .map(|(pointer, code)| {
            let index = pointer.split('/').nth(2).unwrap().to_owned();
            (index, code)
        })
        .collect()
}

fn wanted_codes(rows: &Rows) -> Vec<(String, String)> {
    let rows = rows.iter().enumerate();
    rows.map(|(index, row)| (index.to_string(), row["code"].clone()))
        .collect()
}
