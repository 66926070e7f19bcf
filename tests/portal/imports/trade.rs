//! Real trade and cases that hurt: every order costs what it must, every line that can't be ordered is refused.

use std::path::{Path, PathBuf};

use portal::clock;
use portal::db::sql;
use portal::imports::{self, Progress};
use portal::money::{Currency, Money};

use super::{STRICT, all_unchanged, import};
use crate::fresh::Fresh;

/// The folder with trade data; none where `PORTAL_TRADE_DATA` is not set, which `.ci/run` does not let happen.
#[allow(clippy::disallowed_methods, reason = "the suite's own setting")]
fn trade(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("PORTAL_TRADE_DATA").filter(|root| !root.is_empty())?;
    Some(PathBuf::from(root).join(name))
}

#[test]
fn real_trade_is_imported_once_and_then_unchanged() {
    for folder in ["online-retail", "hard-prices"] {
        let Some(dir) = trade(folder) else { return };
        let fresh = Fresh::migrated();
        let run = || imports::run(fresh.db(), &dir, STRICT, clock::now(), &Progress::hidden()).unwrap();
        let first = run();
        assert!(first.is_good() && first.applied, "{folder}: {first}");
        assert!(first.files.iter().all(|file| file.new > 0), "{folder}: {first}");
        let second = run();
        assert!(second.is_good() && all_unchanged(&second), "{folder}: {second}");
        assert!(second.notes.is_empty(), "{folder}: {second}");
        assert_eq!(totals(&fresh), expected_totals(&dir), "{folder}");
    }
}

/// What the orders cost: account, number, lines, net.
fn totals(fresh: &Fresh) -> Vec<String> {
    let rows: Vec<(String, String, i32, i64, String)> = fresh
        .db()
        .read_now(|c| {
            sql("SELECT a.code, o.po_number, o.line_count, o.net_minor, o.currency \
                 FROM orders o JOIN accounts a ON a.id = o.account_id")
            .rows(c)
        })
        .unwrap();
    let mut shown: Vec<_> = rows
        .into_iter()
        .map(|(account, po, lines, net, currency)| {
            let net = Money::new(net, Currency::from_code(&currency).unwrap());
            format!("{account},{po},{lines},{net}")
        })
        .collect();
    shown.sort();
    shown
}

/// The same as `order_totals.csv` has it; its figures may have more decimals than the currency, all zero.
fn expected_totals(dir: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(dir.join("order_totals.csv")).unwrap();
    let mut shown: Vec<_> = text
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<_> = line.split(',').collect();
            format!("{},{},{},{}", cells[1], cells[0], cells[2], cells[3])
        })
        .collect();
    shown.sort();
    shown
}

#[test]
fn a_line_that_can_t_be_ordered_is_refused_with_its_code() {
    let Some(dir) = trade("hard-prices") else { return };
    let fresh = Fresh::migrated();
    imports::run(fresh.db(), &dir, STRICT, clock::now(), &Progress::hidden()).unwrap();
    let text = std::fs::read_to_string(dir.join("refused_lines.csv")).unwrap();
    let lines: Vec<Vec<_>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let mut orders = "po_number,account,line,sku,unit,quantity\n".to_owned();
    for (index, cells) in lines.iter().enumerate() {
        orders.push_str(&format!(
            "R{index},{},1,{},{},{}\n",
            cells[0], cells[1], cells[2], cells[3]
        ));
    }
    let report = import(&fresh, &[("orders.csv", &orders)], STRICT);
    let found: Vec<_> = report
        .faults
        .iter()
        .map(|fault| (fault.row, fault.code.name()))
        .collect();
    let expected: Vec<_> = (2..).zip(lines.iter().map(|cells| cells[4])).collect();
    assert_eq!(found, expected);
}
