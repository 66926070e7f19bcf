//! The demonstration: its files import without a fault, and what is made of them adds up.

use chrono::{NaiveTime, TimeDelta};
use portal::cli::check;
use portal::db::sql;
use portal::imports::Progress;
use portal::{checks, clock, demo};

use crate::fresh::Fresh;

fn states(fresh: &Fresh) -> Vec<(String, i64)> {
    let query = "SELECT state, count(*) FROM orders GROUP BY state ORDER BY state";
    fresh.db().read_now(|tx| sql(query).rows(tx)).unwrap()
}

fn count(fresh: &Fresh, query: &'static str) -> i64 {
    fresh.db().read_now(|tx| sql(query).one(tx)).unwrap()
}

fn breaches(fresh: &Fresh) -> Vec<checks::Breach> {
    fresh.db().read_now(check::everything).unwrap()
}

/// Lines that wait for goods and for the desk.
const WAITING: &str = "SELECT count(*) FROM order_lines l JOIN orders o ON o.id = l.order_id \
                       WHERE o.state = 'placed' AND l.backordered > 0";

#[test]
fn the_demonstration_is_made_without_a_fault() {
    let fresh = Fresh::migrated();
    assert!(!fresh.db().read_now(demo::is_set_up).unwrap());
    let report = demo::set_up(fresh.db(), clock::now(), &Progress::hidden()).unwrap();
    assert!(report.is_good() && report.applied, "{report}");
    assert_eq!(report.files.len(), 14, "{report}");
    assert!(report.files.iter().all(|file| file.bad == 0), "{report}");
    assert!(report.left_alone.is_empty() && report.notes.is_empty(), "{report}");
    assert!(fresh.db().read_now(demo::is_set_up).unwrap());

    let states = states(&fresh);
    let names: Vec<_> = states.iter().map(|(state, _)| state.as_str()).collect();
    let reached = [
        "accepted",
        "cancelled",
        "closed",
        "delivered",
        "on_hold",
        "partly_shipped",
        "placed",
        "shipped",
    ];
    assert_eq!(names, reached);
    assert_eq!(states.iter().map(|(_, orders)| orders).sum::<i64>(), 216, "{states:?}");
    assert!(count(&fresh, WAITING) > 0);
    assert!(count(&fresh, "SELECT count(*) FROM payments") > 80);
    assert_eq!(count(&fresh, "SELECT count(*) FROM drafts WHERE order_id IS NULL"), 3);
    assert_eq!(count(&fresh, "SELECT count(*) FROM people"), 34);
    assert_eq!(breaches(&fresh), []);
}

#[test]
fn an_interrupted_demonstration_is_completed() {
    let fresh = Fresh::migrated();
    // Late in the evening the day's orders have been looked at.
    let now = (clock::now().date() - TimeDelta::days(1)).and_time(NaiveTime::MIN) + TimeDelta::minutes(23 * 60 + 30);
    let files = demo::files(now.date());
    let folder =
        portal::imports::Folder::from_memory(files.into_iter().filter(|(name, _)| name.as_str() != "team.csv"));
    let begun = portal::imports::run_folder(fresh.db(), &folder, Default::default(), now, &Progress::hidden()).unwrap();
    assert!(begun.applied, "{begun}");
    assert!(!fresh.db().read_now(demo::is_set_up).unwrap());
    let report = demo::set_up(fresh.db(), now, &Progress::hidden()).unwrap();
    assert!(report.is_good(), "{report}");
    assert!(fresh.db().read_now(demo::is_set_up).unwrap());
    assert!(count(&fresh, WAITING) > 0);
    assert_eq!(breaches(&fresh), []);
}
