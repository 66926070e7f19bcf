//! Who asks for much waits behind their own, not before others.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::future::{FutureExt, join_all};
use portal::cpu;
use portal::db::Engine;

use crate::fresh::{Fresh, engine};

/// More work than counts as short.
const LONG: Duration = Duration::from_millis(60);

async fn of<T>(owner: i64, work: impl Future<Output = T>) -> T {
    cpu::for_a_request(async {
        cpu::works_for(owner);
        work.await
    })
    .await
}

#[tokio::test]
async fn whoever_reads_long_leaves_threads_to_others() {
    let fresh = Fresh::migrated();
    let db = fresh.db();
    let long = db.read(|_| {
        // Of the thread's own time, however busy the machine is.
        let began = cpu::worked();
        while cpu::worked() - began < LONG {}
        Ok(())
    });
    of(7, long).await.unwrap();
    // More reads than there are threads, none of which ends before others were served.
    let gate = Arc::new(tokio::sync::Mutex::new(()));
    let closed = gate.clone().lock_owned().await;
    let held = (0..64).map(|_| {
        let (db, gate) = (db.clone(), gate.clone());
        tokio::spawn(of(7, async move {
            let read = move |_: &mut _| {
                drop(gate.blocking_lock());
                Ok(())
            };
            db.read(read).await
        }))
    });
    let held: Vec<_> = held.collect();
    tokio::task::yield_now().await;
    for _ in 0..20 {
        let short = of(8, db.read(|_| Ok(())));
        let answered = tokio::time::timeout(Duration::from_secs(30), short).await;
        answered.expect("another's read waits for none of them").unwrap();
    }
    drop(closed);
    for read in join_all(held).await {
        read.unwrap().unwrap();
    }
}

#[tokio::test]
async fn writes_of_one_wait_behind_one_of_another() {
    // On PostgreSQL each write has a connection of its own.
    if engine() != Engine::Sqlite {
        return;
    }
    let fresh = Fresh::migrated();
    let done = Arc::new(Mutex::new(Vec::new()));
    let gate = Arc::new(tokio::sync::Mutex::new(()));
    let closed = gate.clone().lock_owned().await;
    let write = |owner: i64| {
        let (db, done, gate) = (fresh.db().clone(), done.clone(), gate.clone());
        of(owner, async move {
            let write = move |_: &mut _| {
                drop(gate.blocking_lock());
                done.lock().unwrap().push(owner);
                Ok(())
            };
            db.write(write).await.unwrap();
        })
        .boxed()
    };
    // All are in line before the first may end.
    let open = async move { drop(closed) }.boxed();
    join_all([write(7), write(7), write(7), write(8), open]).await;
    let done = done.lock().unwrap().clone();
    assert_eq!(done.len(), 4);
    assert_ne!(
        done.last(),
        Some(&8),
        "who came last has one write and waits for no third one of another"
    );
}
