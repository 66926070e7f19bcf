//! What `read` and `write` promise, on both engines; counters (a name and a number) stand for any row.

mod least_rights;
mod postgres;
mod remembering;
mod sqlite;
mod turns;

use futures::future::join_all;
use portal::db::sets::{Kind, Table};
use portal::db::violations::is_unique_violation;
use portal::db::{Connection, Database, sql};
use portal::error::{Error, Result};

use crate::fresh::Fresh;

static COUNTERS: Table = Table::new("counters", &[("name", Kind::Text), ("value", Kind::BigInt)]);

#[derive(serde::Serialize)]
struct Counter {
    name: String,
    value: i64,
}

fn insert(tx: &mut Connection, name: &str) -> Result<()> {
    sql("INSERT INTO counters (name, value) VALUES ($1, 0)")
        .bind(name)
        .run(tx)?;
    Ok(())
}

fn increment(tx: &mut Connection, name: &str) -> Result<()> {
    sql("UPDATE counters SET value = value + 1 WHERE name = $1")
        .bind(name)
        .run(tx)?;
    Ok(())
}

fn value(tx: &mut Connection, name: &str) -> Result<i64> {
    sql("SELECT value FROM counters WHERE name = $1").bind(name).one(tx)
}

/// A database with the counters `names`, all 0.
async fn counting(names: &'static [&'static str]) -> Fresh {
    let fresh = Fresh::migrated();
    fresh
        .db()
        .write(move |tx| names.iter().try_for_each(|name| insert(tx, name)))
        .await
        .unwrap();
    fresh
}

fn stored(db: &Database, name: &'static str) -> i64 {
    db.read_now(move |tx| value(tx, name)).unwrap()
}

fn stored_names(db: &Database, like: &'static str) -> Vec<String> {
    let mut names: Vec<String> = db
        .read_now(move |tx| sql("SELECT name FROM counters WHERE name LIKE $1").bind(like).rows(tx))
        .unwrap();
    names.sort();
    names
}

/// 20 writes at once, each inserting its own row; every second one then does `mischief`.
async fn every_second(db: &Database, mischief: fn() -> Result<()>) -> Vec<Result<()>> {
    let writes = (0..20).map(|number| {
        db.write(move |tx| {
            insert(tx, &format!("write-{number:02}"))?;
            if number % 2 == 1 { mischief() } else { Ok(()) }
        })
    });
    join_all(writes).await
}

fn the_even_ones() -> Vec<String> {
    (0..20).step_by(2).map(|number| format!("write-{number:02}")).collect()
}

#[test]
fn a_fresh_database_lets_nobody_in() {
    let fresh = Fresh::migrated();
    let people = fresh
        .db()
        .read_now(|tx| sql("SELECT count(*) FROM people").one::<i64>(tx));
    assert_eq!(people.unwrap(), 0);
}

#[tokio::test]
async fn a_write_that_fails_undoes_only_itself() {
    let fresh = Fresh::migrated();
    let outcomes = every_second(fresh.db(), || Err(Error::NotFound)).await;
    for (number, outcome) in outcomes.iter().enumerate() {
        match number % 2 {
            0 => assert!(outcome.is_ok(), "{number}: {outcome:?}"),
            _ => assert!(matches!(outcome, Err(Error::NotFound)), "{number}: {outcome:?}"),
        }
    }
    assert_eq!(stored_names(fresh.db(), "write-%"), the_even_ones());
}

#[tokio::test]
async fn a_write_that_panics_undoes_only_itself() {
    let fresh = Fresh::migrated();
    let outcomes = every_second(fresh.db(), || panic!("on purpose")).await;
    for (number, outcome) in outcomes.iter().enumerate() {
        match number % 2 {
            0 => assert!(outcome.is_ok(), "{number}: {outcome:?}"),
            _ => assert!(matches!(outcome, Err(Error::Internal(_))), "{number}: {outcome:?}"),
        }
    }
    assert_eq!(stored_names(fresh.db(), "write-%"), the_even_ones());
}

#[tokio::test]
async fn a_statement_that_fails_undoes_the_whole_write() {
    let fresh = counting(&["taken"]).await;
    let twice = fresh.db().write(|tx| {
        insert(tx, "free")?;
        insert(tx, "taken")
    });
    assert!(matches!(twice.await, Err(Error::Internal(_))));
    assert_eq!(stored_names(fresh.db(), "free"), Vec::<String>::new());
}

#[tokio::test]
async fn parallel_increments_all_count() {
    let fresh = counting(&["hits"]).await;
    let writes = (0..50).map(|_| fresh.db().write(|tx| increment(tx, "hits")));
    for outcome in join_all(writes).await {
        outcome.unwrap();
    }
    assert_eq!(stored(fresh.db(), "hits"), 50);
}

#[tokio::test]
async fn a_read_sees_one_snapshot() {
    let fresh = counting(&["seen"]).await;
    let other = fresh.db().clone();
    let (before, after) = fresh
        .db()
        .read(move |tx| {
            let before = value(tx, "seen")?;
            other.write_now(|tx| increment(tx, "seen"))?;
            Ok((before, value(tx, "seen")?))
        })
        .await
        .unwrap();
    assert_eq!((before, after), (0, 0), "what is committed meanwhile is not seen");
    assert_eq!(stored(fresh.db(), "seen"), 1);
}

#[tokio::test]
async fn a_read_cannot_write() {
    let fresh = Fresh::migrated();
    let outcome = fresh.db().read(|tx| insert(tx, "smuggled")).await;
    assert!(outcome.is_err());
    assert_eq!(stored_names(fresh.db(), "smuggled"), Vec::<String>::new());
    fresh.db().write(|tx| insert(tx, "declared")).await.unwrap();
}

#[tokio::test]
async fn a_panic_in_a_read_leaves_the_pool_whole() {
    let fresh = counting(&["hits"]).await;
    let reads = (0..20).map(|_| fresh.db().read::<()>(|_| panic!("on purpose")));
    for outcome in join_all(reads).await {
        assert!(matches!(outcome, Err(Error::Internal(_))));
    }
    assert_eq!(stored(fresh.db(), "hits"), 0);
}

#[tokio::test]
async fn a_set_of_any_size_is_one_statement() {
    let fresh = Fresh::migrated();
    let before = fresh.db().statements();
    fresh
        .db()
        .write(|tx| {
            let rows: Vec<_> = (0..40_000)
                .map(|value| Counter {
                    name: format!("set-{value}"),
                    value,
                })
                .collect();
            COUNTERS.insert(tx, &rows)
        })
        .await
        .unwrap();
    assert_eq!(fresh.db().statements() - before, 1);
    let sum: i64 = fresh
        .db()
        .read_now(|tx| sql("SELECT CAST(sum(value) AS BIGINT) FROM counters WHERE name LIKE 'set-%'").one(tx))
        .unwrap();
    assert_eq!(sum, 40_000 * 39_999 / 2);
}

#[tokio::test]
async fn a_unique_index_is_told_by_the_same_name_on_both_engines() {
    let fresh = Fresh::migrated();
    let insert = fresh.db().write(|tx| {
        sql("INSERT INTO warehouses (id, code) VALUES (1, 'NORTH'), (2, 'NORTH')").run(tx)?;
        Ok(())
    });
    let error = insert.await.unwrap_err();
    assert!(is_unique_violation(&error, "warehouses_code", &["code"]));
    assert!(!is_unique_violation(&error, "accounts_code", &["name"]));
    assert!(!is_unique_violation(&Error::NotFound, "warehouses_code", &["code"]));
}
