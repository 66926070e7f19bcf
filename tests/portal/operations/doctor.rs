//! `portal doctor` finds what is wrong, says what to do about it, and changes nothing.

use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use portal::db::{Engine, Target};
use serde_json::Value;

use crate::fresh::{Fresh, engine};
use crate::program::{Installation, Output};

/// An installation with its tables, and what it takes to keep it.
fn installed() -> (Installation, Option<Fresh>) {
    match engine() {
        Engine::Sqlite => {
            let installation = Installation::by_default();
            installation.succeed(&["migrate"], "");
            (installation, None)
        }
        Engine::Postgres => {
            let fresh = Fresh::migrated();
            (Installation::on(fresh.db().target()), Some(fresh))
        }
    }
}

/// What it says with these settings.
fn examined(installation: &Installation, more: &[&str]) -> (Option<i32>, Value) {
    let Output { code, stdout, stderr } = installation.run(&[&["doctor", "--json"], more].concat(), "");
    let report = serde_json::from_str(&stdout).unwrap_or_else(|error| panic!("{error}: {stdout}{stderr}"));
    (code, report)
}

/// The finding of a check.
fn finding(report: &Value, check: &str) -> Value {
    let findings = report["findings"].as_array().unwrap();
    let found = findings.iter().find(|finding| finding["check"] == check);
    found.unwrap_or_else(|| panic!("{check}: {report:#}")).clone()
}

#[test]
fn an_installation_that_is_well_is_told_to_be() {
    let (installation, _fresh) = installed();
    let (code, report) = examined(&installation, &[]);
    let findings = report["findings"].as_array().unwrap();
    let failed: Vec<_> = findings.iter().filter(|finding| finding["state"] == "fail").collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert_eq!(code, Some(0));
    for finding in findings {
        let is_ok = finding["state"] == "ok";
        assert_eq!(finding["remedy"].is_null(), is_ok, "{finding}");
    }
    for check in [
        "permissions",
        "disk",
        "engine",
        "schema",
        "clock",
        "queue_mails",
        "mail_server",
        "backup",
    ] {
        finding(&report, check);
    }
    let version = finding(&report, "engine")["found"].as_str().unwrap().to_owned();
    let name = match engine() {
        Engine::Sqlite => "SQLite 3.",
        Engine::Postgres => "PostgreSQL 1",
    };
    assert!(version.starts_with(name), "{version}");
    // For people the same, with what to do.
    let told = installation.run(&["doctor"], "");
    assert_eq!(told.code, Some(0), "{told:?}");
    assert!(told.stdout.contains("warn  backup"), "{}", told.stdout);
    assert!(told.stdout.contains("→ Write one with"), "{}", told.stdout);
}

#[test]
fn a_backup_and_a_process_that_lives_are_known() {
    let (installation, _fresh) = installed();
    assert_eq!(finding(&examined(&installation, &[]).1, "nodes")["state"], "warn");
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("portal.zip");
    match engine() {
        Engine::Sqlite => installation.succeed(&["backup", file.to_str().unwrap()], ""),
        Engine::Postgres => installation.succeed(&["backup", "--note", "pg_dump to tape"], ""),
    }
    let serving = installation.serve();
    let started = Instant::now();
    let report = loop {
        let (_, report) = examined(&installation, &[]);
        if finding(&report, "nodes")["state"] == "ok" {
            break report;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "{report:#}");
    };
    let nodes = finding(&report, "nodes")["found"].as_str().unwrap().to_owned();
    assert!(
        nodes.contains(env!("CARGO_PKG_VERSION")) && nodes.contains("with worker"),
        "{nodes}"
    );
    let backup = finding(&report, "backup");
    assert_eq!(backup["state"], "ok", "{backup}");
    serving.terminate();
    assert!(serving.ended().success());
    // Whoever ended well counts no longer.
    assert_eq!(finding(&examined(&installation, &[]).1, "nodes")["state"], "warn");
}

#[test]
fn what_is_missing_or_wrong_fails_with_a_remedy() {
    let empty = match engine() {
        Engine::Sqlite => Installation::by_default(),
        Engine::Postgres => Installation::on(&Target::Postgres(
            "postgres://nobody@127.0.0.1:1/portal?connect_timeout=2".to_owned(),
        )),
    };
    let (code, report) = examined(&empty, &[]);
    assert_eq!((code, &report["state"]), (Some(1), &Value::from("fail")));
    let database = finding(&report, "database");
    assert_eq!(database["state"], "fail");
    assert!(database["remedy"].is_string(), "{database}");

    let (installation, _fresh) = installed();
    let (code, report) = examined(&installation, &["--rate-limit", "many", "--otlp-endpoint", "somewhere"]);
    assert_eq!(code, Some(1));
    let faults = report["findings"].as_array().unwrap().iter();
    let faults = faults.filter(|finding| finding["check"] == "settings" && finding["state"] == "fail");
    assert_eq!(faults.count(), 2, "{report:#}");

    let (code, report) = examined(&installation, &["--smtp-url", "smtp://127.0.0.1:1?tls=none"]);
    assert_eq!(code, Some(1));
    assert_eq!(finding(&report, "mail_server")["state"], "fail");
}

#[test]
fn a_mail_is_sent_only_where_it_is_asked_for() {
    let (installation, _fresh) = installed();
    examined(&installation, &[]);
    assert_eq!(installation.mails().len(), 0);
    let (code, report) = examined(&installation, &["--send-to", "olga@supplier.example"]);
    assert_eq!(code, Some(0), "{report:#}");
    assert_eq!(finding(&report, "mail_sent")["state"], "ok");
    let mails = installation.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].1.contains("olga@supplier.example"), "{}", mails[0].1);
}

#[test]
fn what_others_may_read_is_told() {
    let installation = Installation::by_default();
    installation.succeed(&["migrate"], "");
    let Target::Sqlite(file) = installation.target() else {
        unreachable!("the embedded database")
    };
    let folder = file.parent().unwrap();
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let (code, report) = examined(&installation, &[]);
    assert_eq!(code, Some(1));
    let findings = report["findings"].as_array().unwrap().iter();
    let told: Vec<_> = findings
        .filter(|finding| finding["check"] == "permissions")
        .map(|finding| (finding["state"].as_str().unwrap(), finding["remedy"].as_str().unwrap()))
        .collect();
    let (of_folder, of_file) = (
        format!("chmod 700 {}", folder.display()),
        format!("chmod 600 {}", file.display()),
    );
    assert_eq!(told, [("warn", of_folder.as_str()), ("fail", of_file.as_str())]);
}
