//! Every action that the sources write into the audit record is one of those it is asked for.

use portal::audit::actions;

use super::source::texts;
use super::{none, root};

/// What stands before the name of an action, on its line or the one before.
const BEFORE: [&str; 7] = [
    "action: ",
    "Entry::kept(",
    "record(",
    "record_with_event(",
    "note_change(",
    "audit(",
    "act(",
];

#[test]
fn every_action_that_is_recorded_can_be_asked_for() {
    let mut unknown = Vec::new();
    let mut found = 0;
    for (path, text) in texts(&root(), "src") {
        for action in recorded(&text) {
            found += 1;
            if !actions::is_known(action) {
                unknown.push(format!("{path}: {action} is not in src/audit/actions.rs"));
            }
        }
    }
    assert!(found > 60, "the sources are read: {found}");
    none(unknown);
}

/// The actions that stand where one is recorded.
fn recorded(text: &str) -> impl Iterator<Item = &str> {
    let program = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines: Vec<_> = program.lines().collect();
    let before = [""].into_iter().chain(lines.clone());
    let pairs: Vec<_> = lines.into_iter().zip(before).collect();
    pairs.into_iter().flat_map(|(line, before)| {
        let is_recorded = BEFORE
            .iter()
            .any(|sign| line.contains(sign) || before.trim_end().ends_with(sign.trim_end()));
        let quoted = line.split('"').skip(1).step_by(2);
        quoted.filter(move |literal| is_recorded && is_action(literal))
    })
}

/// `noun.verb`
fn is_action(literal: &str) -> bool {
    let is_word = |word: &str| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    literal
        .split_once('.')
        .is_some_and(|(noun, verb)| is_word(noun) && is_word(verb))
}

mod checks_find {
    use super::*;

    #[test]
    fn an_action_on_its_line_or_behind_the_line_that_begins_the_call() {
        let text =
            "let e = Entry {\n action: \"order.lose\",\n};\nEntry::kept(\n \"unit.lose\",\n);\nlog(\"a.csv\");\n";
        assert_eq!(recorded(text).collect::<Vec<_>>(), ["order.lose", "unit.lose"]);
        assert_eq!(recorded("record(tx, \"x.y\");\nf(\"order.lost\");").count(), 0);
    }
}
