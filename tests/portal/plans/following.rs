//! Whoever asks what changed reads a page of what is noted, and the rows with these ids, however large the list is.

use diesel::connection::SimpleConnection;
use portal::catalogue;
use portal::db::changes::Followed;
use portal::db::seek::{Scope, Walk};
use portal::db::{Connection, changes};
use portal::ids::AccountId;
use portal::inventory;
use portal::invoices;
use portal::orders;
use portal::pricing::exporting;

use super::explained;
use crate::bulk::shop;

#[tokio::test]
async fn what_changed_is_found_along_indexes() {
    let app = shop().await;
    let work = |tx: &mut Connection| {
        if let Connection::Postgres(inner) = tx {
            // The few rows of a test would be read whole; so they are only where no index leads to them.
            inner.batch_execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")?;
        }
        explained(tx, |tx: &mut Connection| {
            let account = AccountId(7);
            let place = (0, 0);
            for followed in [
                Followed::all("orders"),
                Followed::of("orders", Some(account)),
                Followed::seen_by("catalogue", account, catalogue::known_among),
                Followed::seen_by("catalogue", account, catalogue::known_among).and("availability"),
            ] {
                followed.told_from(tx)?;
                followed.list(tx, place, 10)?;
            }
            changes::delete(tx, portal::clock::now(), 10)?;
            fn ids<K>() -> Walk<K> {
                Walk::Among(vec![1, 2].into())
            }
            let scope = Scope::Account(account);
            orders::list_among(tx, scope, &orders::Filter::default(), &[1, 2])?;
            orders::list_whole(tx, scope, ids(), 2)?;
            invoices::list(
                tx,
                scope,
                &invoices::Filter::default(),
                invoices::Sort::default(),
                ids(),
                2,
            )?;
            invoices::list_whole(tx, scope, ids(), 2)?;
            inventory::list_stock(tx, None, &ids(), 2)?;
            exporting::list_all_prices(tx, None, ids(), 2)?;
            catalogue::products::list(
                tx,
                &catalogue::products::Wanted::default(),
                Walk::Among(vec![1, 2].into()),
                2,
            )?;
            Ok(())
        })
    };
    let plans = app.db().write(work).await.unwrap();
    assert!(plans.len() > 10);
    let whole = |step: &str| {
        let step = step.trim();
        ["changes", "orders", "order_lines", "invoices", "prices", "products", "stock"]
            .iter()
            .any(|table| step.contains(&format!("Seq Scan on {table} ")))
            || ["c", "o", "i", "r", "p", "s"].iter().any(|alias| {
                step == format!("SCAN {alias}") || step.starts_with(&format!("SCAN {alias} USING"))
            })
            // What is noted is walked in its order, never sorted.
            || step == "USE TEMP B-TREE FOR ORDER BY c.changed_us"
    };
    let faults: Vec<_> = plans
        .iter()
        .filter(|plan| plan.steps.lines().any(whole))
        .map(ToString::to_string)
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
