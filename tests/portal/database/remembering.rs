//! What is kept in mind of a database is never older than the last write here.

use std::sync::Arc;

use portal::db::{Connection, Database, Remembered, Topics, sql};
use portal::error::Result;
use tokio::sync::Notify;

use crate::fresh::Fresh;

fn name(connection: &mut Connection) -> Result<String> {
    sql("SELECT name FROM people WHERE id = 1").one(connection)
}

async fn rename(db: &Database, name: &'static str) {
    let write = move |tx: &mut Connection| sql("UPDATE people SET name = $1 WHERE id = 1").bind(name).run(tx);
    assert_eq!(db.write(write).await.unwrap(), 1);
}

/// A database with one person, called `before`.
async fn with_a_person() -> Fresh {
    let fresh = Fresh::migrated();
    let insert = |tx: &mut Connection| {
        sql("INSERT INTO people (id, email, name, password_hash, created_at) VALUES (1, 'a@b.example', 'before', '', $1)")
            .bind(portal::clock::now())
            .run(tx)
    };
    fresh.db().write(insert).await.unwrap();
    fresh
}

#[tokio::test]
async fn what_was_being_read_as_it_was_written_is_not_kept() {
    let fresh = with_a_person().await;
    let db = fresh.db();
    let names = Remembered::<i64, String>::new(db, Topics::ACCESS, 10);
    let (was_read, goes_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let slow = {
        let (names, db) = (names.clone(), db.clone());
        let (was_read, goes_on) = (was_read.clone(), goes_on.clone());
        tokio::spawn(async move {
            let reading = async {
                let read = db.read(name).await?;
                was_read.notify_one();
                goes_on.notified().await;
                Ok(read)
            };
            names.load(1, reading).await
        })
    };
    was_read.notified().await;
    rename(db, "after").await;
    // Whoever asks now waits for nobody who asked before.
    assert_eq!(names.get(db, 1, name).await.unwrap(), "after");
    goes_on.notify_one();
    assert_eq!(slow.await.unwrap().unwrap(), "before");
    assert_eq!(names.known(1).await.as_deref(), Some("after"));
}

#[tokio::test]
async fn only_writes_of_its_topics_make_it_old() {
    let fresh = with_a_person().await;
    let db = fresh.db();
    let names = Remembered::<i64, String>::new(db, Topics::ACCESS, 10);
    names.get(db, 1, name).await.unwrap();
    for text in [
        "UPDATE counters SET value = value",
        "UPDATE people SET name = name WHERE id = 2",
        "INSERT INTO sessions (id, person_id, created_at, expires_at) SELECT 1, id, created_at, created_at FROM people",
    ] {
        db.write(move |tx| sql(text).run(tx)).await.unwrap();
        assert!(names.known(1).await.is_some(), "{text}");
    }
    let undone: Result<()> = db
        .write(|tx| {
            sql("UPDATE people SET name = 'never' WHERE id = 1").run(tx)?;
            Err(portal::error::Error::NotFound)
        })
        .await;
    assert!(undone.is_err());
    assert_eq!(names.get(db, 1, name).await.unwrap(), "before");
    rename(db, "after").await;
    assert_eq!(names.known(1).await, None);
}

#[tokio::test]
async fn a_statement_by_itself_is_one_statement_and_leaves_the_pool_whole() {
    let fresh = with_a_person().await;
    let db = fresh.db();
    let before = db.statements();
    let asked: Vec<String> = db
        .ask(sql("SELECT name FROM people WHERE id = $1").bind(1_i64))
        .await
        .unwrap();
    assert_eq!(
        (asked.as_slice(), db.statements() - before),
        (&["before".to_owned()][..], 1)
    );
    let wrong = db.ask::<i64>(sql("SELECT nothing FROM nowhere")).await;
    assert!(wrong.is_err());
    let asked: Vec<i64> = db.ask(sql("SELECT id FROM people")).await.unwrap();
    assert_eq!(asked, [1]);
}

#[tokio::test]
async fn each_kind_is_kept_once_for_a_database() {
    struct Names;
    impl portal::db::Remembering for Names {
        type Key = i64;
        type Value = String;
        const TOPICS: Topics = Topics::ACCESS;
        const MOST: u64 = 10;
    }
    let fresh = with_a_person().await;
    let db = fresh.db();
    db.remembered::<Names>().get(db, 1, name).await.unwrap();
    let again = db.clone().remembered::<Names>();
    assert_eq!(again.known(1).await.as_deref(), Some("before"));
    // Another process has a mind of its own.
    assert_eq!(fresh.opened_again().remembered::<Names>().known(1).await, None);
}
