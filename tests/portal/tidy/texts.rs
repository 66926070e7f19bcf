//! What people are told stands in the language files; sites give its values.

use std::collections::BTreeSet;
use std::path::Path;

use super::source::Source;

/// A sentence that no table declares has no test that holds its texts and its values.
pub fn made_elsewhere(source: &Source) -> Vec<String> {
    match source.path != "src/sentences.rs" && source.code.contains("Sentence::new(") {
        true => vec![format!(
            "{}: declare the sentence in a table of sentences!",
            source.path
        )],
        false => Vec::new(),
    }
}

/// The keys that the tables of the program declare.
pub fn declared(sources: &[Source]) -> BTreeSet<String> {
    let tables = sources
        .iter()
        .filter_map(|source| source.text.split_once("\nsentences! {\n"));
    let lines = tables.flat_map(|(_, table)| table.lines().take_while(|line| *line != "}"));
    let names = lines.filter_map(|line| line.trim().split_once('('));
    let names = names.filter(|(name, _)| !name.is_empty() && !name.starts_with("//"));
    names
        .map(|(name, _)| format!("say-{}", name.replace('_', "-")))
        .collect()
}

/// The keys of sentences in a language's files.
pub fn written(folder: &Path) -> BTreeSet<String> {
    let files = std::fs::read_dir(folder)
        .expect("the folder of a language")
        .map(|file| file.expect("a file"));
    let texts = files.map(|file| std::fs::read_to_string(file.path()).expect("texts"));
    let keys = texts.flat_map(|text| {
        let keys = text.lines().filter_map(|line| line.split_once(" ="));
        let keys = keys
            .map(|(key, _)| key.to_owned())
            .filter(|key| key.starts_with("say-"));
        keys.collect::<Vec<_>>()
    });
    keys.collect()
}

/// Lines of the log that name a field as the log itself does: the key would stand twice.
pub fn doubled_in_the_log((path, text): &(String, String)) -> Vec<String> {
    const OWN: [&str; 6] = ["timestamp", "level", "message", "target", "span", "spans"];
    let lines = text.split("tracing::").skip(1);
    let lines = lines.filter(|line| {
        ["error!(", "warn!(", "info!(", "debug!(", "trace!("]
            .iter()
            .any(|kind| line.starts_with(kind))
    });
    let fields = |line: &str| {
        let fields = line.split_once('"').map_or(line, |(fields, _)| fields).to_owned();
        let fields = fields
            .split_once('(')
            .map_or(String::new(), |(_, fields)| fields.to_owned());
        fields
            .split(',')
            .map(|field| field.split('=').next().unwrap().trim().to_owned())
            .collect::<Vec<_>>()
    };
    lines
        .flat_map(fields)
        .map(|field| field.trim_start_matches(['%', '?']).to_owned())
        .filter(|field| OWN.contains(&field.as_str()))
        .map(|field| format!("{path}: a line of the log has {field} twice"))
        .collect()
}
