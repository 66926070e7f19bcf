//! The source tree keeps its layers, order, names and sizes. Each check is a function over sources, so that it is
//! itself tested on small bad inputs.

mod actions;
mod layers;
mod lists;
mod migrations;
mod proofs;
mod security;
pub mod source;
mod texts;
mod told;
mod written;

use std::path::PathBuf;

use self::source::{Source, sources};

/// A file above this has outgrown its room.
const LINES_MAX: usize = 450;
/// Written by a tool: neither its length nor its opening is ours.
const GENERATED: &str = "src/db/schema/tables.rs";
/// Names that say nothing of what is inside.
const EMPTY_NAMES: &[&str] = &[
    "util", "utils", "helper", "helpers", "common", "misc", "type", "types", "manager", "managers", "service",
    "services",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn everywhere(check: impl Fn(&Source) -> Vec<String>) {
    let root = root();
    let all = sources(&root, "src").into_iter().chain(sources(&root, "tests"));
    none(all.flat_map(|source| check(&source)).collect());
}

fn in_the_program(check: impl Fn(&Source) -> Vec<String>) {
    none(sources(&root(), "src").iter().flat_map(check).collect());
}

fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn layers_and_the_order_of_features_are_kept() {
    in_the_program(layers::breaches);
}

#[test]
fn modules_have_names_that_say_what_is_inside() {
    everywhere(empty_names);
}

#[test]
fn globs_are_imported_only_in_tests_and_from_preludes() {
    in_the_program(globs);
}

#[test]
fn what_people_are_told_is_declared_and_written() {
    in_the_program(texts::made_elsewhere);
    let declared = texts::declared(&sources(&root(), "src"));
    assert!(declared.len() > 200, "{}", declared.len());
    for language in ["en", "de"] {
        let written = texts::written(&root().join("src/locales").join(language));
        assert_eq!(written, declared, "{language}");
    }
}

#[test]
fn lines_of_the_log_have_each_key_once() {
    let faults = |text: &str| texts::doubled_in_the_log(&("a.rs".to_owned(), text.to_owned()));
    assert_eq!(faults(r#"tracing::info!(message = %id, kind, "sent");"#).len(), 1);
    assert_eq!(
        faults(r#"tracing::info!(mail = %message.id, "message, twice"); tracing::warn!(%target, "x");"#).len(),
        1
    );
    none(
        source::texts(&root(), "src")
            .iter()
            .flat_map(texts::doubled_in_the_log)
            .collect(),
    );
}

#[test]
fn files_fit_their_rooms() {
    everywhere(too_long);
}

#[test]
fn every_file_says_what_it_is_for() {
    everywhere(no_opening);
}

#[test]
fn nothing_is_ignored_or_left_for_later() {
    everywhere(left_for_later);
}

#[test]
fn statements_name_states_by_their_sets() {
    in_the_program(states_spelled_out);
}

#[test]
fn arithmetic_is_guarded_where_numbers_matter() {
    in_the_program(unguarded);
}

fn empty_names(source: &Source) -> Vec<String> {
    let by_path = source.module();
    let inline = source.inline_modules();
    by_path
        .into_iter()
        .chain(inline)
        .filter(|name| EMPTY_NAMES.contains(&name.as_str()))
        .map(|name| format!("{}: {name} says nothing of what is inside", source.path))
        .collect()
}

fn globs(source: &Source) -> Vec<String> {
    source
        .mentions()
        .into_iter()
        .filter(|path| path.ends_with("::*") && path != "diesel::prelude::*")
        .map(|path| format!("{}: name what is used of {path}", source.path))
        .collect()
}

fn too_long(source: &Source) -> Vec<String> {
    let lines = source.text.lines().count();
    let fault = (lines > LINES_MAX && source.path != GENERATED)
        .then(|| format!("{}: {lines} lines; split it by noun or use case", source.path));
    fault.into_iter().collect()
}

fn no_opening(source: &Source) -> Vec<String> {
    let fault = (!source.text.starts_with("//! ") && source.path != GENERATED)
        .then(|| format!("{}: open with what the file is for (//!)", source.path));
    fault.into_iter().collect()
}

fn left_for_later(source: &Source) -> Vec<String> {
    // Written in two halves, or this file would be its own first fault.
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X "),
        concat!("#[ig", "nore"),
    ];
    marks
        .iter()
        .filter(|mark| source.text.contains(**mark))
        .map(|mark| format!("{}: {mark}", source.path))
        .collect()
}

/// A state that is spelled out in a statement would stay as it is when the set gets another name.
fn states_spelled_out(source: &Source) -> Vec<String> {
    // The one place that writes them out, and what shows it.
    if source.path == "src/db/template.rs" {
        return Vec::new();
    }
    let spelled = ["state = '", "state <> '", "state IN ('", "state NOT IN ('"];
    source
        .text
        .lines()
        .zip(1..)
        .filter(|(line, _)| spelled.iter().any(|words| line.contains(words)))
        .map(|(line, number)| {
            format!(
                "{}:{number}: write {{NAME_state …}} (src/names/states.rs): {}",
                source.path,
                line.trim()
            )
        })
        .collect()
}

fn unguarded(source: &Source) -> Vec<String> {
    let module = source.module();
    let guarded = match module.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["money"] | ["quantity"] => true,
        // The files of a folder inherit the lints of its mod.rs.
        [.., "rules"] => true,
        _ => false,
    };
    let lints = [
        "clippy::float_arithmetic",
        "clippy::as_conversions",
        "clippy::indexing_slicing",
    ];
    lints
        .iter()
        .filter(|lint| guarded && !source.code.contains(**lint))
        .map(|lint| format!("{}: deny {lint}", source.path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails(check: fn(&Source) -> Vec<String>, path: &str, text: &str) {
        assert!(!check(&Source::new(path, text)).is_empty(), "{path}: {text}");
    }

    fn passes(check: fn(&Source) -> Vec<String>, path: &str, text: &str) {
        let faults = check(&Source::new(path, text));
        assert!(faults.is_empty(), "{faults:?}");
    }

    #[test]
    fn an_empty_name_is_found() {
        fails(empty_names, "src/orders/util.rs", "");
        fails(empty_names, "src/helpers/mod.rs", "");
        fails(empty_names, "src/orders/mod.rs", "mod common { }");
        passes(empty_names, "src/orders/mod.rs", "pub mod placing;");
    }

    #[test]
    fn a_glob_is_found() {
        fails(globs, "src/orders/mod.rs", "use crate::db::*;");
        fails(globs, "src/orders/mod.rs", "use super::{rules::*, store};");
        passes(globs, "src/orders/store.rs", "use diesel::prelude::*;");
        passes(globs, "src/orders/mod.rs", "#[cfg(test)]\nmod tests { use super::*; }");
    }

    #[test]
    fn a_long_file_is_found() {
        fails(too_long, "src/orders/mod.rs", &"\n".repeat(LINES_MAX + 1));
        passes(too_long, "src/orders/mod.rs", &"\n".repeat(LINES_MAX));
        passes(too_long, GENERATED, &"\n".repeat(LINES_MAX + 1));
    }

    #[test]
    fn a_file_without_an_opening_is_found() {
        fails(no_opening, "src/orders/mod.rs", "use std::fmt;");
        passes(no_opening, "src/orders/mod.rs", "//! Orders.");
    }

    #[test]
    fn what_is_left_for_later_is_found() {
        fails(left_for_later, "src/orders/mod.rs", concat!("// TO", "DO: later"));
        fails(
            left_for_later,
            "tests/portal/orders.rs",
            concat!("#[ig", "nore = \"slow\"]"),
        );
        passes(left_for_later, "src/orders/mod.rs", "// done");
    }

    #[test]
    fn an_unguarded_rule_is_found() {
        fails(unguarded, "src/tax/rules.rs", "#![deny(clippy::as_conversions)]");
        passes(unguarded, "src/tax/store.rs", "");
        let all = "#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]";
        passes(unguarded, "src/tax/rules/mod.rs", all);
    }
}
