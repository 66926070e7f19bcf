//! Nodes are restarted one after the other while people order: no request fails that repeating it with its key doesn't heal.

use std::time::Duration;

use portal::db::{Connection, Engine, sql};

use super::load::Load;
use super::{TIMEOUT, assert_whole, set_up};
use crate::fresh::{Fresh, engine};
use crate::program::{Installation, Serving};

/// How often every node is restarted.
const ROUNDS: usize = 2;
/// For a node to say that it ends.
const NOTICE_TIMEOUT: Duration = Duration::from_secs(10);

fn node(installation: &Installation) -> Serving {
    tokio::task::block_in_place(|| installation.serve_with(&["--drain-seconds", "2"]))
}

async fn status(base: &str, path: &str) -> u16 {
    let http = crate::client::http_client().build().unwrap();
    let answer = http.get(format!("{base}{path}")).send().await.unwrap();
    answer.status().as_u16()
}

/// Asks a node to end; it says so before it takes no more requests.
async fn ask_to_end(node: &Serving) {
    assert_eq!(status(&node.base, "/readyz").await, 200);
    tokio::task::block_in_place(|| node.terminate());
    let told = async { while status(&node.base, "/readyz").await != 503 {} };
    tokio::time::timeout(NOTICE_TIMEOUT, told)
        .await
        .expect("it says that it ends");
    assert_eq!(status(&node.base, "/livez").await, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_restarted_one_after_the_other_lose_no_order_and_refuse_none() {
    let run = async {
        let fresh = Fresh::migrated();
        let installation = Installation::on(fresh.db().target());
        set_up(&installation);
        let mut serving = node(&installation);
        let mut load = Load::start(&serving.base).await;
        for _ in 0..2 * ROUNDS {
            load.progress(20).await;
            match engine() {
                // The next node is there before this one goes: nobody finds a closed door.
                Engine::Postgres => {
                    let next = node(&installation);
                    ask_to_end(&serving).await;
                    load.moved_to(&next.base);
                    load.progress(10).await;
                    assert_eq!(tokio::task::block_in_place(|| serving.ended()).code(), Some(0));
                    serving = next;
                }
                // One program at a time has the file: people repeat what they sent.
                Engine::Sqlite => {
                    ask_to_end(&serving).await;
                    load.progress(5).await;
                    assert_eq!(tokio::task::block_in_place(|| serving.ended()).code(), Some(0));
                    serving = node(&installation);
                    load.moved_to(&serving.base);
                }
            }
        }
        load.progress(20).await;
        let acknowledged = load.finish().await;
        serving.terminate();
        assert_eq!(serving.ended().code(), Some(0));
        assert_whole(&installation, &acknowledged);
    };
    tokio::time::timeout(TIMEOUT, run).await.expect("it comes to an end");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_ends_lets_its_connections_go() {
    let fresh = Fresh::migrated();
    let installation = Installation::on(fresh.db().target());
    let serving = node(&installation);
    let http = crate::client::http_client().build().unwrap();
    let ask = async || {
        let answer = http.get(format!("{}/livez", serving.base)).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer
            .headers()
            .get("connection")
            .map(|value| value.to_str().unwrap().to_owned())
    };
    assert_eq!(ask().await, None);
    ask_to_end(&serving).await;
    assert_eq!(ask().await.as_deref(), Some("close"));
    // Nothing is idle, so the end comes as soon as the drain is over.
    assert_eq!(serving.ended().code(), Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_go_on_and_start_where_a_newer_version_has_migrated() {
    let run = async {
        let fresh = Fresh::migrated();
        let installation = Installation::on(fresh.db().target());
        set_up(&installation);
        let serving = node(&installation);
        let mut load = Load::start(&serving.base).await;
        load.progress(10).await;
        // What a migration of the next version may do: add what this one doesn't notice.
        let expand = |tx: &mut Connection| {
            sql("ALTER TABLE orders ADD COLUMN of_the_next_version TEXT").run(tx)?;
            sql("CREATE TABLE next_version (id BIGINT NOT NULL PRIMARY KEY)").run(tx)?;
            sql("INSERT INTO __diesel_schema_migrations (version) VALUES ('9990')").run(tx)
        };
        fresh.db().write(expand).await.unwrap();
        load.progress(20).await;
        assert_eq!(status(&serving.base, "/readyz").await, 200);
        ask_to_end(&serving).await;
        assert_eq!(tokio::task::block_in_place(|| serving.ended()).code(), Some(0));
        let again = node(&installation);
        load.moved_to(&again.base);
        load.progress(20).await;
        let acknowledged = load.finish().await;
        let told = tokio::task::block_in_place(|| installation.run(&["doctor"], ""));
        assert!(
            told.stdout
                .contains("The schema is newer than the program: it has 9990"),
            "{told:?}"
        );
        again.terminate();
        assert_eq!(again.ended().code(), Some(0));
        assert_whole(&installation, &acknowledged);
    };
    tokio::time::timeout(TIMEOUT, run).await.expect("it comes to an end");
}
