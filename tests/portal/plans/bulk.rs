//! Whoever looks for a bulk job to work on, or for what became of one, reads neither jobs that are over nor others' rows.

use diesel::connection::SimpleConnection;
use portal::bulk::rules::Kind;
use portal::bulk::{self, Filter, outcomes, working};
use portal::clock;
use portal::db::Connection;
use portal::db::seek::Scope;
use portal::ids::BulkJobId;

use super::explained;
use crate::bulk::{CSV, send, shop};

#[tokio::test]
async fn jobs_and_their_pieces_are_found_along_indexes() {
    let app = shop().await;
    let desk = app.staff("warehouse").await;
    let sent = send(
        &desk,
        "/supplier/bulk/stock",
        CSV,
        "warehouse,sku,on_hand\nNORTH,A-1,5\n",
    )
    .await;
    let id: BulkJobId = sent.expect(202)["id"].as_str().unwrap().parse().unwrap();
    let work = move |tx: &mut Connection| {
        if let Connection::Postgres(inner) = tx {
            // The few rows of a test would be read whole; so they are only where no index leads to them.
            inner.batch_execute("SET LOCAL enable_seqscan = off")?;
        }
        explained(tx, |tx: &mut Connection| {
            let now = clock::now();
            bulk::is_waiting(tx, now)?;
            let leased = working::lease(tx, now)?.expect("it waits");
            working::keep(tx, &leased, now)?;
            let filter = Filter {
                kind: Some(Kind::Stock),
                state: None,
            };
            bulk::list(tx, Scope::All, filter, None, 10)?;
            let job = bulk::get(tx, Scope::All, id)?;
            outcomes::next(tx, &job, 0, true)?;
            outcomes::next(tx, &job, 0, false)?;
            bulk::take_back(tx, id)?;
            Ok(())
        })
    };
    let plans = app.db().write(work).await.unwrap();
    assert!(plans.len() > 5);
    let whole = |step: &str| {
        let step = step.trim();
        // A list of all walks the ids from the newest on: `SCAN j`.
        step.contains("Seq Scan on bulk_") || step.starts_with("SCAN bulk_") || step.starts_with("SCAN o")
    };
    let faults: Vec<_> = plans
        .iter()
        .filter(|plan| plan.steps.lines().any(whole))
        .map(ToString::to_string)
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
