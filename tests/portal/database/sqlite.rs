//! SQLite: one writer thread whose waiting writes share a commit, beside other processes.

use std::path::Path;
use std::sync::{Mutex, mpsc};

use futures::future::join_all;
use portal::db::{Engine, Target};

use super::{counting, increment, stored};
use crate::fresh::engine;

#[tokio::test]
async fn writes_that_wait_share_a_commit() {
    if engine() != Engine::Sqlite {
        return;
    }
    let fresh = counting(&["hits"]).await;
    let Target::Sqlite(path) = fresh.db().target() else {
        panic!("not a file");
    };
    let before = commits(path);
    // The first keeps the writer busy until all the others wait.
    let (release, released) = mpsc::channel();
    let released = Mutex::new(released);
    let mut first = Box::pin(fresh.db().write(move |tx| {
        released.lock().unwrap().recv().unwrap();
        increment(tx, "hits")
    }));
    assert!(futures::poll!(&mut first).is_pending());
    let mut others: Vec<_> = (0..50)
        .map(|_| Box::pin(fresh.db().write(|tx| increment(tx, "hits"))))
        .collect();
    for other in &mut others {
        assert!(futures::poll!(other).is_pending());
    }
    release.send(()).unwrap();
    first.await.unwrap();
    for outcome in join_all(others).await {
        outcome.unwrap();
    }
    assert_eq!(stored(fresh.db(), "hits"), 51);
    let commits = commits(path) - before;
    assert!((1..=2).contains(&commits), "51 writes took {commits} commits");
}

#[tokio::test]
async fn two_processes_may_write_at_once() {
    if engine() != Engine::Sqlite {
        return;
    }
    let fresh = counting(&["hits"]).await;
    let other = fresh.opened_again();
    let writes = [fresh.db(), &other]
        .into_iter()
        .flat_map(|db| (0..40).map(|_| db.write(|tx| increment(tx, "hits"))));
    for outcome in join_all(writes).await {
        outcome.unwrap();
    }
    assert_eq!(stored(&other, "hits"), 80);
}

/// Commits in the write-ahead log: frames that say how many pages the database has after them
/// (<https://www.sqlite.org/fileformat2.html#the_write_ahead_log>).
fn commits(database: &Path) -> usize {
    const HEADER: usize = 32;
    const FRAME_HEADER: usize = 24;
    let log = std::fs::read(database.with_extension("db-wal")).unwrap();
    let number = |bytes: &[u8]| u32::from_be_bytes(bytes.try_into().unwrap());
    let page_size = number(&log[8..12]) as usize;
    let salts = &log[16..24];
    log[HEADER..]
        .chunks_exact(FRAME_HEADER + page_size)
        .take_while(|frame| &frame[8..16] == salts)
        .filter(|frame| number(&frame[4..8]) > 0)
        .count()
}
