//! The table of security requirements (`tests/security.md`) is whole, and the tests it names are there.

use std::collections::BTreeSet;

use super::source::texts;
use super::{none, root};

const TABLE: &str = "tests/security.md";
/// How many requirements of each level OWASP ASVS 5.0.0 has.
const LEVELS: [(&str, usize); 2] = [("1", 70), ("2", 183)];
const VERDICTS: [&str; 3] = ["shown", "does not apply", "open"];

/// A requirement and what is known of it.
struct Row<'a> {
    id: &'a str,
    level: &'a str,
    verdict: &'a str,
    evidence: &'a str,
}

#[test]
fn every_requirement_of_security_has_a_verdict_and_the_tests_it_names_are_there() {
    let table = std::fs::read_to_string(root().join(TABLE)).unwrap();
    let [program, tests] = ["src", "tests"].map(|folder| texts(&root(), folder));
    let sources: Vec<_> = program.into_iter().chain(tests).collect();
    none(faults(&table, |name| is_there(&sources, name)));
}

fn rows(table: &str) -> Vec<Row<'_>> {
    let lines = table.lines().filter_map(|line| line.strip_prefix("| "));
    let lines = lines.filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    lines.map(row).collect()
}

fn row(line: &str) -> Row<'_> {
    let cells: Vec<_> = line.trim_end_matches('|').split('|').map(str::trim).collect();
    match cells[..] {
        [id, level, _, verdict, evidence] => Row {
            id,
            level,
            verdict,
            evidence,
        },
        _ => panic!("{TABLE}: a row has five cells: {line}"),
    }
}

fn faults(table: &str, is_there: impl Fn(&str) -> bool) -> Vec<String> {
    let rows = rows(table);
    let mut faults = Vec::new();
    for (level, expected) in LEVELS {
        let found = rows.iter().filter(|row| row.level == level).count();
        if found != expected {
            faults.push(format!("{TABLE}: {found} rows of level {level}, not {expected}"));
        }
    }
    let mut ids = BTreeSet::new();
    for row in &rows {
        let mut odd = |what: &str| faults.push(format!("{TABLE}: {} {what}", row.id));
        if !ids.insert(row.id) {
            odd("stands twice");
        }
        if !VERDICTS.contains(&row.verdict) {
            odd(&format!("is {}, which is no verdict", row.verdict));
        }
        let named: Vec<_> = named(row.evidence).collect();
        if row.evidence.is_empty() || row.verdict == "shown" && named.is_empty() {
            odd("names nothing that shows it");
        }
        for name in named.into_iter().filter(|name| !is_there(name)) {
            odd(&format!("names {name}, which is not there"));
        }
    }
    faults
}

/// The tests that evidence names: `portal::orders::keys::…`, `src/keys.rs::…`, `tests/run: …`.
fn named(evidence: &str) -> impl Iterator<Item = &str> {
    let quoted = evidence.split('`').skip(1).step_by(2);
    quoted.filter(|text| text.contains("::") || text.contains(": "))
}

fn is_there(sources: &[(String, String)], name: &str) -> bool {
    // What is no Rust: the heading of a step, the title of a test in the browser.
    if let Some((path, title)) = name.split_once(": ") {
        let text = std::fs::read_to_string(root().join(path)).unwrap_or_default();
        return text.contains(&format!("heading \"{title}\"")) || text.contains(&format!("test(\"{title}\""));
    }
    let (place, test) = name.rsplit_once("::").unwrap_or((name, ""));
    let path = place.replace("::", "/").replacen("portal/", "tests/portal/", 1);
    let paths = [path.clone(), format!("{path}.rs"), format!("{path}/mod.rs")];
    let mut texts = sources.iter().filter(|(path, _)| paths.contains(path));
    texts.any(|(_, text)| is_test(text, test))
}

fn is_test(text: &str, name: &str) -> bool {
    let before = text.split(&format!("fn {name}(")).next().unwrap_or_default();
    let before = before.trim_end().trim_end_matches("async").trim_end();
    let attribute = before.lines().last().unwrap_or_default().trim();
    before.len() < text.trim_end().len() && attribute.starts_with("#[") && attribute.contains("test")
}

mod checks_find {
    use super::*;

    #[test]
    fn a_row_that_is_missing_twice_or_shown_by_nothing() {
        // The two counts are faults of every short table.
        let is_there = |name: &str| name == "portal::a::b";
        let odd = |cells: &str| faults(&format!("| 1.1.1 | 2 | x | {cells} |"), is_there).len() - 2;
        assert_eq!(odd("shown | `portal::a::b`"), 0);
        assert_eq!(odd("open | none |\n| 1.1.1 | 2 | x | open | none"), 1);
        assert_eq!(odd("perhaps | none"), 1);
        assert_eq!(odd("shown | `src/a.rs`"), 1);
        assert_eq!(odd("open | `portal::a::c`"), 1);
        assert_eq!(odd("open | "), 1);
        assert!(is_test("#[test]\nfn a() {}", "a") && !is_test("fn a() {}", "a") && !is_test("#[test]", "a"));
    }
}
