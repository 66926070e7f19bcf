//! What is measured is what is documented; dashboard, alerts and runbook name nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use portal::measures::{ALL, Kind, Measure};
use portal::operations::queues;
use serde_json::{Value, json};

use super::text;
use crate::app::PASSWORD;
use crate::client::Client;
use crate::fresh::Fresh;
use crate::program::Installation;

const TIMEOUT: Duration = Duration::from_secs(60);

fn measure(name: &str) -> Option<&'static Measure> {
    let is_named = |measure: &&Measure| {
        measure.name == name
            || (measure.kind == Kind::Histogram
                && ["_bucket", "_sum", "_count"]
                    .iter()
                    .any(|end| name.strip_suffix(end) == Some(measure.name)))
    };
    ALL.iter().find(is_named)
}

#[test]
fn the_guide_tells_what_is_measured() {
    let guide = text("docs/metrics.md");
    let rows: Vec<_> = guide.lines().filter(|line| line.starts_with("| `")).collect();
    let (of_measures, _) = rows.split_at(ALL.len());
    for (row, measure) in of_measures.iter().zip(ALL) {
        let unit = match measure.unit {
            Some(metrics::Unit::Seconds) => "seconds",
            Some(metrics::Unit::Bytes) => "bytes",
            _ => "",
        };
        let labels: Vec<_> = measure.labels.iter().map(|label| format!("`{label}`")).collect();
        let expected = format!(
            "| `{}` | {} | {unit} | {} | {} |",
            measure.name,
            measure.kind.name(),
            labels.join(", "),
            measure.help
        );
        assert_eq!(*row, expected);
    }
    for queue in queues::NAMES {
        assert!(guide.contains(&format!("`{queue}`")), "{queue}");
        assert!(
            text("docs/runbook.md").contains(&format!("<a id=\"queue-{queue}\">")),
            "{queue}"
        );
    }
}

/// Name, labels and value of each line that Prometheus reads.
fn samples(page: &str) -> Vec<(String, BTreeMap<String, String>, f64)> {
    let lines = page.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (name, value) = line.rsplit_once(' ').unwrap();
            let (name, labels) = match name.split_once('{') {
                Some((name, labels)) => (name, labels.trim_end_matches('}')),
                None => (name, ""),
            };
            let labels = labels.split("\",").filter(|label| !label.is_empty()).map(|label| {
                let (key, value) = label.split_once("=\"").unwrap();
                (key.to_owned(), value.trim_end_matches('"').to_owned())
            });
            (name.to_owned(), labels.collect(), value.parse().unwrap())
        })
        .collect()
}

#[tokio::test]
async fn prometheus_is_told_what_the_guide_names_and_nothing_else() {
    let fresh = Fresh::migrated();
    let installation = Installation::on(fresh.db().target());
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let add = "user add --email olga@supplier.example --staff-role admin --password-stdin";
    installation.succeed(&add.split(' ').collect::<Vec<_>>(), PASSWORD);
    let serving = installation.serve_with(&["--metrics-listen", &free.to_string()]);
    let client = Client::anonymous(&serving.base);
    for (password, status) in [("not the password", 401), (PASSWORD, 200)] {
        let credentials = json!({"email": "olga@supplier.example", "password": password});
        assert_eq!(client.post("/auth/login", credentials).await.status, status);
    }
    client.get("/nowhere").await.problem(404, "not_found");
    let http = crate::client::http_client().build().unwrap();
    let started = Instant::now();
    let page = loop {
        let answer = http.get(format!("http://{free}/metrics")).send().await.unwrap();
        let page = answer.text().await.unwrap();
        if page.contains("queue_waiting{") && page.contains("worker_runs_total{") && page.contains("nodes{") {
            break page;
        }
        assert!(started.elapsed() < TIMEOUT, "{page}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    let mut told = BTreeSet::new();
    for (name, labels, value) in samples(&page) {
        let measure = measure(&name).unwrap_or_else(|| panic!("{name} is not in the guide"));
        told.insert(measure.name);
        let labels: BTreeSet<_> = labels
            .keys()
            .map(String::as_str)
            .filter(|label| *label != "le")
            .collect();
        assert_eq!(labels, measure.labels.iter().copied().collect(), "{name}");
        assert!(value.is_finite(), "{name}");
    }
    for wanted in [
        "http_request_duration_seconds",
        "sign_ins_total",
        "db_pool_wait_seconds",
        "db_connections",
        "worker_last_success_timestamp_seconds",
        "queue_oldest_due_seconds",
        "queue_lease_overdue_seconds",
        "disk_free_bytes",
        "portal_info",
        "process_resident_memory_bytes",
        "backup_last_success_timestamp_seconds",
        "gauges_last_success_timestamp_seconds",
    ] {
        assert!(told.contains(wanted), "{wanted}: {page}");
    }
    for measure in ALL.iter().filter(|measure| told.contains(measure.name)) {
        assert!(
            page.contains(&format!("# HELP {} {}", measure.name, measure.help)),
            "{}",
            measure.name
        );
        assert!(
            page.contains(&format!("# TYPE {} {}", measure.name, measure.kind.name())),
            "{}",
            measure.name
        );
    }
    let failed = samples(&page)
        .into_iter()
        .find(|(name, labels, _)| name == "sign_ins_total" && labels["outcome"] == "failed");
    assert!((failed.unwrap().2 - 1.0).abs() < 1e-9);
    assert!(!page.contains("olga"), "{page}");
    serving.terminate();
    assert!(serving.ended().success());
}

/// Words of an expression that could be names of metrics.
fn words(expression: &str) -> BTreeSet<&str> {
    // What stands in quotes and braces are labels.
    let mut outside = Vec::new();
    for (place, part) in expression.split(['{', '}']).enumerate() {
        if place % 2 == 0 {
            outside.push(part);
        }
    }
    let all = outside
        .iter()
        .flat_map(|part| part.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'));
    all.filter(|word| word.contains('_') || matches!(*word, "nodes" | "up"))
        .collect()
}

/// Functions of PromQL, labels, and what Prometheus says by itself.
const KNOWN: &[&str] = &[
    "histogram_quantile",
    "predict_linear",
    "label_replace",
    "label_values",
    "sum_over_time",
    "max_over_time",
    "__rate_interval",
    "__range",
    "__interval",
    "up",
];

fn unknown(expression: &str) -> Vec<&str> {
    let words = words(expression).into_iter();
    words
        .filter(|word| measure(word).is_none() && !KNOWN.contains(word))
        .collect()
}

#[test]
fn a_word_that_is_no_metric_is_found() {
    assert_eq!(
        unknown("rate(http_requests_seen_total[5m]) > 1"),
        ["http_requests_seen_total"]
    );
    assert_eq!(
        unknown("max by (job) (queue_waiting{queue=\"a_b\"})"),
        Vec::<&str>::new()
    );
}

/// The rules of `ops/alerts.yml`: names with their expressions.
fn alerts() -> Vec<(String, String)> {
    let rules = text("ops/alerts.yml");
    let parts = rules.split("- alert: ").skip(1);
    parts
        .map(|part| {
            let (name, rest) = part.split_once('\n').unwrap();
            let expression = rest.split("expr: ").nth(1).unwrap();
            let expression = expression.split("\n        for: ").next().unwrap();
            (name.trim().to_owned(), expression.trim_start_matches('|').to_owned())
        })
        .collect()
}

#[test]
fn each_alert_names_what_is_measured_is_tried_and_has_its_section() {
    let (rules, tried, runbook) = (
        text("ops/alerts.yml"),
        text("ops/alerts.test.yml"),
        text("docs/runbook.md"),
    );
    let alerts = alerts();
    assert!(alerts.len() > 20, "{}", alerts.len());
    for (name, expression) in &alerts {
        assert_eq!(unknown(expression), Vec::<&str>::new(), "{name}");
        let link = format!("runbook: docs/runbook.md#{}\n", name.to_lowercase());
        assert!(rules.contains(&link), "{name} leads to its section");
        assert!(runbook.contains(&format!("\n## {name}\n")), "{name} has a section");
        for what in ["rings", "keeps quiet"] {
            assert!(
                tried.contains(&format!("- name: {name} {what}")),
                "{name} is tried: {what}"
            );
        }
    }
    let sections = runbook.lines().filter_map(|line| line.strip_prefix("## "));
    let odd: Vec<_> = sections
        .filter(|section| !alerts.iter().any(|(name, _)| name == section))
        .collect();
    assert!(odd.is_empty(), "no alert has these sections: {odd:?}");
}

/// Every member `expr` below a value.
fn expressions(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(text) if key == "expr" => found.push(text.clone()),
                    other => expressions(other, found),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| expressions(value, found)),
        _ => {}
    }
}

#[test]
fn the_dashboard_shows_what_is_measured() {
    let dashboard: Value = serde_json::from_str(&text("ops/grafana-dashboard.json")).unwrap();
    let mut found = Vec::new();
    expressions(&dashboard, &mut found);
    assert!(found.len() > 20, "{}", found.len());
    for expression in &found {
        assert_eq!(unknown(expression), Vec::<&str>::new(), "{expression}");
    }
    // All that grows or waits is on it.
    let all = found.join("\n");
    let missing: Vec<_> = ALL
        .iter()
        .filter(|measure| measure.kind == Kind::Histogram && !all.contains(measure.name))
        .map(|measure| measure.name)
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
