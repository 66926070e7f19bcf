//! A backup that is written while people order holds everything up to one moment, adds up, and serves where it is restored.

use portal::db::{Database, Engine, Target, folder_beside};
use tempfile::TempDir;

use super::load::Load;
use super::{TIMEOUT, set_up, stored_orders, wanted};
use crate::fresh::{Fresh, engine};
use crate::program::{Installation, Output};

fn refused(output: &Output, why: &str) {
    assert_eq!(output.code, Some(1), "{output:?}");
    assert!(output.stderr.contains(why), "{output:?}");
}

fn file_of(installation: &Installation) -> std::path::PathBuf {
    match installation.target() {
        Target::Sqlite(file) => file,
        Target::Postgres(_) => unreachable!("the embedded database"),
    }
}

async fn backed_up_while_people_order() {
    let installation = Installation::by_default();
    set_up(&installation);
    installation.succeed(&["sandbox", "add", "A0"], "");
    let templates = file_of(&installation).with_file_name("templates");
    std::fs::create_dir(&templates).unwrap();
    std::fs::write(templates.join("logo.svg"), "<svg/>").unwrap();
    let serving = installation.serve();
    let mut load = Load::start(&serving.base).await;
    load.progress(40).await;
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("portal.zip");
    let name = file.to_str().unwrap();
    let before = stored_orders(&Database::open(installation.target(), 1).unwrap()).len();
    tokio::task::block_in_place(|| installation.succeed(&["backup", name], ""));
    load.progress(20).await;
    let acknowledged = load.finish().await;
    serving.terminate();
    serving.ended();
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    let beside: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(beside.len(), 1, "{beside:?}");
    refused(&installation.run(&["backup", name], ""), "is there already");
    refused(&installation.run(&["restore", name], ""), "There is a database at");

    let restored = Installation::by_default();
    let output = restored.run(&["restore", name], "");
    assert_eq!(output.code, Some(0), "{output:?}");
    assert!(output.stdout.contains("Everything adds up."), "{output:?}");
    let database = Database::open(restored.target(), 1).unwrap();
    let orders = stored_orders(&database);
    drop(database);
    assert!(
        orders.len() >= before && orders.len() < acknowledged.len(),
        "{before} {}",
        orders.len()
    );
    for order in &acknowledged {
        // It may have been called off since.
        let Some(stored) = orders.get(&order.po_number) else {
            continue;
        };
        let asked = wanted(order);
        assert_eq!(
            (&stored.id, &stored.lines, stored.net_cents),
            (&asked.id, &asked.lines, asked.net_cents)
        );
    }
    let file = file_of(&restored);
    assert_eq!(
        std::fs::read_to_string(file.with_file_name("templates").join("logo.svg")).unwrap(),
        "<svg/>"
    );
    assert_eq!(std::fs::read_dir(folder_beside(&file)).unwrap().count(), 1);
    let serving = restored.serve();
    let mut load = Load::start(&serving.base).await;
    load.progress(5).await;
    load.finish().await;
    serving.terminate();
    serving.ended();
    restored.succeed(&["check"], "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_holds_everything_and_serves_where_it_is_restored() {
    match engine() {
        Engine::Sqlite => {
            let run = backed_up_while_people_order();
            tokio::time::timeout(TIMEOUT, run).await.expect("it comes to an end");
        }
        Engine::Postgres => {
            let fresh = Fresh::migrated();
            let installation = Installation::on(fresh.db().target());
            refused(&installation.run(&["backup", "portal.zip"], ""), "pg_dump");
            refused(&installation.run(&["restore", "portal.zip"], ""), "pg_restore");
        }
    }
}
