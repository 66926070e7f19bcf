//! Every statement that stands as one text in the sources is understood by both engines, whether a test sends it or not.
//! Those put together when they are sent (`composed`, `Seek`, `select`) are prepared by the tests that send them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use portal::db::{Connection, Engine, sql};

use crate::fresh::{Fresh, engine};

/// What PostgreSQL may take a parameter for: the types of `Bind`, the `integer` that takes its `bigint`, and what its
/// texts are cast to.
const PARAMETERS: [&str; 8] = [
    "bigint",
    "integer",
    "text",
    "boolean",
    "date",
    "timestamp without time zone",
    "json",
    "tsquery",
];

/// What only one engine has.
const OWN: [(&str, Engine); 3] = [
    ("hashtextextended", Engine::Postgres),
    ("@@", Engine::Postgres),
    ("MATCH", Engine::Sqlite),
];

/// A text of the sources with the file it stands in.
struct Written {
    file: PathBuf,
    text: &'static str,
}

#[derive(QueryableByName)]
struct Types {
    #[diesel(sql_type = Text)]
    types: String,
}

#[test]
fn both_engines_understand_every_statement() {
    let statements = statements();
    assert!(statements.len() > 200, "found {} only", statements.len());
    let fresh = Fresh::migrated();
    let faults = fresh.db().read_now(|connection| {
        Ok(statements
            .iter()
            .filter_map(|written| fault(connection, written))
            .collect())
    });
    let faults: Vec<String> = faults.unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn both_engines_are_given_the_same_parameters() {
    for Written { file, text } in statements() {
        let statement = sql(text);
        let [sqlite, postgres] = [Engine::Sqlite, Engine::Postgres].map(|engine| parameters(statement.text(engine)));
        let gapless: BTreeSet<_> = (1..=sqlite.len()).collect();
        let what = file.display();
        assert!(
            sqlite == postgres && sqlite == gapless,
            "{what}: {sqlite:?}, {postgres:?}: {text}"
        );
    }
}

/// Why the engine of this run doesn't take the statement.
fn fault(connection: &mut Connection, written: &Written) -> Option<String> {
    let text = sql(written.text).text(engine());
    if OWN.iter().any(|(word, of)| *of != engine() && text.contains(word)) {
        return None;
    }
    let refused = match connection {
        Connection::Sqlite(inner) => inner
            .batch_execute(&format!("EXPLAIN {text}"))
            .err()
            .map(|error| error.to_string()),
        Connection::Postgres(inner) => prepared(inner, text),
    };
    refused.map(|error| format!("{}: {error}\n{text}", written.file.display()))
}

fn prepared(connection: &mut diesel::PgConnection, text: &str) -> Option<String> {
    // A refusal must not end the transaction for the statements behind it.
    connection.batch_execute("SAVEPOINT before").unwrap();
    if let Err(error) = connection.batch_execute(&format!("PREPARE tried AS {text}")) {
        connection.batch_execute("ROLLBACK TO before").unwrap();
        return Some(error.to_string());
    }
    let types =
        "SELECT array_to_string(parameter_types, ';') AS types FROM pg_prepared_statements WHERE name = 'tried'";
    let types: Vec<Types> = sql_query(types).load(connection).unwrap();
    connection.batch_execute("DEALLOCATE tried; RELEASE before").unwrap();
    let odd = |types: &Types| {
        let mut each = types.types.split(';').filter(|kind| !kind.is_empty());
        each.find(|kind| !PARAMETERS.contains(kind)).map(str::to_owned)
    };
    types
        .iter()
        .find_map(odd)
        .map(|kind| format!("no parameter is a {kind}"))
}

/// The numbers of the parameters in a statement.
fn parameters(text: &str) -> BTreeSet<usize> {
    let behind = text.split('$').skip(1);
    behind
        .filter_map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok())
        .collect()
}

/// The texts in `sql("…")` of all sources.
fn statements() -> Vec<Written> {
    let mut files = Vec::new();
    collect(Path::new("src"), &mut files);
    let mut found = Vec::new();
    for file in files {
        let source = std::fs::read_to_string(&file).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap();
        for (at, _) in code.match_indices("sql(") {
            let is_call = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let literal = code[at + 4..].trim_start().strip_prefix('"');
            if let Some(literal) = literal.filter(|_| is_call) {
                let text = Box::leak(unescaped(literal).into_boxed_str());
                found.push(Written {
                    file: file.clone(),
                    text,
                });
            }
        }
    }
    found
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// The text of a string literal behind its opening quote.
fn unescaped(literal: &str) -> String {
    let mut text = String::new();
    let mut signs = literal.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => return text,
            '\\' => match signs.next() {
                Some('\n') => while signs.next_if(|sign| sign.is_whitespace()).is_some() {},
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            sign => text.push(sign),
        }
    }
    panic!("a literal ends: {literal}");
}
