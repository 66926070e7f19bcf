//! PostgreSQL: collisions are tried again, and a lost connection is not the caller's trouble.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier};

use futures::future::{join, join_all};
use portal::db::{Connection, Database, Engine, sql};
use portal::error::{Error, Result};

use super::{counting, increment, insert, stored, stored_names, value};
use crate::fresh::{Fresh, end_all_sessions, engine};

fn control(tx: &mut Connection, text: &'static str) -> Result<()> {
    sql(text).run(tx)?;
    Ok(())
}

#[tokio::test]
async fn a_write_that_collides_runs_again_and_has_one_effect() {
    if engine() != Engine::Postgres {
        return;
    }
    let fresh = counting(&["hits"]).await;
    let (other, runs) = (fresh.db().clone(), Arc::new(AtomicU32::new(0)));
    let counted = runs.clone();
    fresh
        .db()
        .write(move |tx| {
            control(tx, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")?;
            value(tx, "hits")?;
            if counted.fetch_add(1, Ordering::SeqCst) == 0 {
                // Somebody else changes the row after it was read: SQLSTATE 40001.
                other.write_now(|tx| increment(tx, "hits"))?;
            }
            insert(tx, "once")?;
            increment(tx, "hits")
        })
        .await
        .unwrap();
    assert_eq!(runs.load(Ordering::SeqCst), 2);
    assert_eq!(stored(fresh.db(), "hits"), 2);
    assert_eq!(stored_names(fresh.db(), "once").len(), 1);
}

#[tokio::test]
async fn a_write_that_always_collides_ends_as_unavailable() {
    if engine() != Engine::Postgres {
        return;
    }
    let fresh = Fresh::migrated();
    let runs = Arc::new(AtomicU32::new(0));
    let counted = runs.clone();
    let outcome = fresh
        .db()
        .write(move |tx| {
            counted.fetch_add(1, Ordering::SeqCst);
            insert(tx, "never")?;
            control(tx, "DO 'BEGIN RAISE EXCEPTION USING ERRCODE = ''40001''; END'")
        })
        .await;
    assert!(matches!(outcome, Err(Error::Unavailable(_))), "{outcome:?}");
    let runs = runs.load(Ordering::SeqCst);
    assert!((2..=10).contains(&runs), "{runs} runs");
    assert_eq!(stored_names(fresh.db(), "never").len(), 0);
}

#[tokio::test]
async fn two_writes_in_opposite_order_both_succeed() {
    if engine() != Engine::Postgres {
        return;
    }
    let fresh = counting(&["left", "right"]).await;
    let both_hold_one = Arc::new(Barrier::new(2));
    let write = |first: &'static str, second: &'static str| {
        let (barrier, runs) = (both_hold_one.clone(), AtomicU32::new(0));
        fresh.db().write(move |tx| {
            increment(tx, first)?;
            if runs.fetch_add(1, Ordering::SeqCst) == 0 {
                barrier.wait();
            }
            increment(tx, second)
        })
    };
    let (one, other) = join(write("left", "right"), write("right", "left")).await;
    one.unwrap();
    other.unwrap();
    assert_eq!((stored(fresh.db(), "left"), stored(fresh.db(), "right")), (2, 2));
}

#[tokio::test]
async fn the_pool_survives_the_loss_of_all_its_sessions() {
    if engine() != Engine::Postgres {
        return;
    }
    let fresh = counting(&["hits"]).await;
    for round in 1..=3 {
        open_several(fresh.db()).await;
        assert!(end_all_sessions(fresh.db()) > 1);
        assert_eq!(fresh.db().read(|tx| value(tx, "hits")).await.unwrap(), round - 1);
        end_all_sessions(fresh.db());
        fresh.db().write(|tx| increment(tx, "hits")).await.unwrap();
        assert_eq!(stored(fresh.db(), "hits"), round);
    }
}

#[tokio::test]
async fn a_session_lost_midway_is_unavailable_and_leaves_nothing() {
    if engine() != Engine::Postgres {
        return;
    }
    let fresh = counting(&["hits"]).await;
    let db = fresh.db().clone();
    let outcome = fresh
        .db()
        .write(move |tx| {
            increment(tx, "hits")?;
            end_all_sessions(&db);
            increment(tx, "hits")
        })
        .await;
    // Whether it was done is unknown to a write that lost its connection, so it is not tried again.
    assert!(matches!(outcome, Err(Error::Unavailable(_))), "{outcome:?}");
    assert_eq!(stored(fresh.db(), "hits"), 0);
}

/// Makes the pool open more than one session.
async fn open_several(db: &Database) {
    let together = Arc::new(Barrier::new(3));
    let reads = (0..3).map(|_| {
        let together = together.clone();
        db.read(move |tx| {
            together.wait();
            value(tx, "hits")
        })
    });
    for outcome in join_all(reads).await {
        outcome.unwrap();
    }
}
