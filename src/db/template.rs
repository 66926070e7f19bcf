//! What the engines write differently, written once: `{…}` in a statement's text stands for the words of each engine.
//!
//! | text | SQLite | PostgreSQL |
//! |---|---|---|
//! | `id {in ids $1}`, `code {in texts $1}` | `id IN (SELECT value FROM json_each($1))` | `id = ANY(ARRAY(…))`, the array made once |
//! | `id {in SELECT …}` | `id IN (SELECT …)` | `id = ANY(ARRAY(SELECT …))`: made once, so that it takes the index of `id` |
//! | `{ids $1} k`, `{texts $1} k` | rows with `k.value` and the place `k.key` from 0 | the same |
//! | `{rows $1: id bigint, name text} r` | rows of a JSON array of objects | the same |
//! | `{tuples $1: id bigint, name text} r` | rows of a JSON array of arrays | the same |
//! | `{json r.role}` | the values of a group as a JSON array | the same, NULL for no values |
//! | `{lock}`, `{lock of s}`, `{lock skip locked}` | nothing: there is one writer | `FOR NO KEY UPDATE …` |
//! | `{cross}` | `CROSS JOIN`: the left side is read first | `JOIN` |
//! | `{indexed NAME}` | `INDEXED BY NAME` | nothing: it goes by its statistics |
//! | `{position}` | `instr` | `strpos` |
//! | `state {in order_states served}` | `state IN ('placed', …)`: a set of `names::sets`, so that partial indexes fit | the same |
//! | `{order_state placed}`, `{claim_state open}` | `'placed'`, `'open'`: a name of a set of `names::states` | the same |
//! | `{words $1}` | the ids whose search words a query finds | the same |
//! | `{sqlite: …}`, `{postgres: …}` | for one engine alone | |
//!
//! A set or a row set is one parameter (see [`super::sets::json`]), so that one text, one plan, serves any number of
//! rows. Expanded texts live as long as the program, each once: both engines cache plans by text.

use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use super::Engine;
use super::topics::{self, Topics};
use crate::names::sets::OrderState;
use crate::names::states::is_state;

/// One statement as each engine reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Texts {
    pub(super) sqlite: &'static str,
    pub(super) postgres: &'static str,
    /// What it writes.
    pub(super) writes: Topics,
}

impl Texts {
    pub(super) fn of(self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }
}

/// The places in memory of the constant pieces that a text is made from: they never move, so they tell it apart.
pub(super) type Key = [(usize, usize); 3];

/// Where a constant piece lies.
pub(super) fn place<T>(piece: &'static [T]) -> (usize, usize) {
    (piece.as_ptr().addr(), piece.len())
}

/// The texts of the statement that `make` writes, made once for each key.
pub(super) fn cached(key: Key, make: impl FnOnce() -> String) -> Texts {
    static BY_PLACE: LazyLock<RwLock<HashMap<Key, Texts>>> = LazyLock::new(RwLock::default);
    let known = BY_PLACE
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .get(&key)
        .copied();
    known.unwrap_or_else(|| {
        let texts = interned(make());
        BY_PLACE
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key, texts);
        texts
    })
}

/// The texts of a statement that was put together, each once for the life of the program: there must be few of them.
pub(super) fn interned(text: String) -> Texts {
    static BY_TEXT: LazyLock<RwLock<HashMap<String, Texts>>> = LazyLock::new(RwLock::default);
    let known = BY_TEXT
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .get(&text)
        .copied();
    known.unwrap_or_else(|| {
        let mut by_text = BY_TEXT.write().unwrap_or_else(PoisonError::into_inner);
        *by_text.entry(text).or_insert_with_key(|text| {
            let kept = |text: String| &*Box::leak(text.into_boxed_str());
            Texts {
                sqlite: kept(with_calm_limits(&expand(text, Engine::Sqlite))),
                postgres: kept(expand(text, Engine::Postgres)),
                writes: topics::written_by(text),
            }
        })
    })
}

/// SQLite plans by the value that a parameter of LIMIT or OFFSET has, and so parses the statement anew each time another
/// one is bound. It doesn't look into an expression.
fn with_calm_limits(text: &str) -> String {
    text.replace("LIMIT $", "LIMIT +$").replace("OFFSET $", "OFFSET +$")
}

/// The text as the engine reads it. What is no template stays as it is, for the engine to refuse.
fn expand(text: &str, engine: Engine) -> String {
    let mut expanded = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        expanded.push_str(before);
        let Some((inside, behind)) = split_at_end(after) else {
            expanded.push('{');
            rest = after;
            continue;
        };
        match template(inside, engine) {
            Some(words) => expanded.push_str(&words),
            None => expanded.extend(["{", inside, "}"]),
        }
        rest = behind;
    }
    expanded.push_str(rest);
    expanded
}

/// What stands before the brace that closes the one before `text`, and what behind it.
fn split_at_end(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_u32;
    let end = text.find(|sign| match sign {
        '{' => {
            depth += 1;
            false
        }
        '}' if depth > 0 => {
            depth -= 1;
            false
        }
        sign => sign == '}',
    })?;
    let (inside, behind) = text.split_at(end);
    Some((inside, behind.strip_prefix('}')?))
}

fn template(inside: &str, engine: Engine) -> Option<String> {
    let is_sqlite = engine == Engine::Sqlite;
    let word = |sqlite: &str, postgres: &str| Some(if is_sqlite { sqlite } else { postgres }.to_owned());
    if let Some(query) = inside.strip_prefix("in ").filter(|list| list.starts_with("SELECT ")) {
        return word(&format!("IN ({query})"), &format!("= ANY(ARRAY({query}))"));
    }
    if let Some(name) = inside.strip_prefix("in order_states ") {
        let names = joined(OrderState::set(name)?, |state| format!("'{state}'"));
        return Some(format!("IN ({names})"));
    }
    if let Some(list) = inside.strip_prefix("in ") {
        let (kind, parameter) = list.split_once(' ').unwrap_or(("texts", list));
        return Some(if is_sqlite {
            format!("IN (SELECT value FROM json_each({parameter}))")
        } else {
            format!(
                "= ANY(ARRAY(SELECT json_array_elements_text({parameter}::json){}))",
                cast(kind)?
            )
        });
    }
    if let Some(list) = inside.strip_prefix("rows ") {
        return rows(list, engine);
    }
    if let Some(list) = inside.strip_prefix("tuples ") {
        return tuples(list, engine);
    }
    if let Some(only) = inside.strip_prefix("sqlite:") {
        return Some(if is_sqlite {
            expand(only.trim_start(), engine)
        } else {
            String::new()
        });
    }
    if let Some(only) = inside.strip_prefix("postgres:") {
        return Some(if is_sqlite {
            String::new()
        } else {
            expand(only.trim_start(), engine)
        });
    }
    match inside.split_once(' ') {
        None if inside == "lock" => word("", "FOR NO KEY UPDATE"),
        None if inside == "cross" => word("CROSS JOIN", "JOIN"),
        None if inside == "position" => word("instr", "strpos"),
        Some((set, name)) if is_state(set, name) => Some(format!("'{name}'")),
        Some(("indexed", name)) => word(&format!("INDEXED BY {name}"), ""),
        Some(("words", query)) => word(
            &format!("(SELECT rowid AS id FROM search_words WHERE words MATCH {query})"),
            &format!("(SELECT id FROM search_words WHERE words @@ {query}::tsquery)"),
        ),
        Some(("lock", of)) => Some(if is_sqlite {
            String::new()
        } else {
            format!("FOR NO KEY UPDATE {of}")
        }),
        Some((kind @ ("ids" | "texts"), parameter)) => Some(if is_sqlite {
            format!("json_each({parameter})")
        } else {
            format!(
                "(SELECT place - 1 AS key, value{} AS value FROM json_array_elements_text({parameter}::json) \
                 WITH ORDINALITY AS list(value, place))",
                cast(kind)?
            )
        }),
        Some(("json", value)) => Some(if is_sqlite {
            format!("json_group_array({value})")
        } else {
            format!("json_agg({value})::text")
        }),
        _ => None,
    }
}

/// How an element of a set, a text at first, becomes what it is.
fn cast(kind: &str) -> Option<&'static str> {
    match kind {
        "ids" => Some("::bigint"),
        "texts" => Some(""),
        _ => None,
    }
}

/// `$1: id bigint, name text` as the parameter and the columns with their types.
fn columns(list: &str) -> Option<(&str, Vec<(&str, &str)>)> {
    let (parameter, columns) = list.split_once(':')?;
    let columns = columns.split(',').map(|column| column.trim().split_once(' '));
    Some((parameter, columns.collect::<Option<_>>()?))
}

fn joined<T>(columns: impl IntoIterator<Item = T>, each: impl FnMut(T) -> String) -> String {
    columns.into_iter().map(each).collect::<Vec<_>>().join(", ")
}

// On SQLite jsonb_each gives each row as JSONB: json_each would give text, parsed again for every column.

fn rows(list: &str, engine: Engine) -> Option<String> {
    let (parameter, columns) = columns(list)?;
    Some(match engine {
        Engine::Sqlite => format!(
            "(SELECT {} FROM jsonb_each({parameter}))",
            joined(columns, |(name, _)| format!("value->>'{name}' AS {name}"))
        ),
        Engine::Postgres => format!(
            "(SELECT {} FROM json_to_recordset({parameter}::json) AS list({}))",
            joined(&columns, |(name, _)| (*name).to_owned()),
            joined(&columns, |(name, kind)| format!("{name} {kind}"))
        ),
    })
}

fn tuples(list: &str, engine: Engine) -> Option<String> {
    let (parameter, columns) = columns(list)?;
    let places = columns.into_iter().enumerate();
    Some(match engine {
        Engine::Sqlite => format!(
            "(SELECT {} FROM jsonb_each({parameter}))",
            joined(places, |(place, (name, _))| format!("value->>{place} AS {name}"))
        ),
        Engine::Postgres => format!(
            "(SELECT {} FROM json_array_elements({parameter}::json))",
            joined(places, |(place, (name, kind))| format!(
                "(value->>{place})::{kind} AS {name}"
            ))
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(text: &str) -> (String, String) {
        (expand(text, Engine::Sqlite), expand(text, Engine::Postgres))
    }

    #[test]
    fn each_template_has_words_of_both_engines() {
        let (sqlite, postgres) = both("SELECT 1 FROM a WHERE b {in ids $1} AND c {in texts $2} {lock of a}");
        assert_eq!(
            sqlite,
            "SELECT 1 FROM a WHERE b IN (SELECT value FROM json_each($1)) AND c IN (SELECT value FROM json_each($2)) "
        );
        assert_eq!(
            postgres,
            "SELECT 1 FROM a WHERE b = ANY(ARRAY(SELECT json_array_elements_text($1::json)::bigint)) \
             AND c = ANY(ARRAY(SELECT json_array_elements_text($2::json))) FOR NO KEY UPDATE of a"
        );
        let (sqlite, postgres) = both("{rows $1: id bigint, day date} r");
        assert_eq!(
            sqlite,
            "(SELECT value->>'id' AS id, value->>'day' AS day FROM jsonb_each($1)) r"
        );
        assert_eq!(
            postgres,
            "(SELECT id, day FROM json_to_recordset($1::json) AS list(id bigint, day date)) r"
        );
        let (sqlite, postgres) = both("{tuples $1: id bigint, day date}");
        assert_eq!(sqlite, "(SELECT value->>0 AS id, value->>1 AS day FROM jsonb_each($1))");
        assert_eq!(
            postgres,
            "(SELECT (value->>0)::bigint AS id, (value->>1)::date AS day FROM json_array_elements($1::json))"
        );
        let (sqlite, postgres) = both("a NOT {in order_states void} OR a = {order_state on_hold}");
        assert_eq!(sqlite, "a NOT IN ('cancelled', 'rejected') OR a = 'on_hold'");
        assert_eq!(sqlite, postgres);
        assert_eq!(
            both("a {in SELECT b FROM c}"),
            (
                "a IN (SELECT b FROM c)".to_owned(),
                "a = ANY(ARRAY(SELECT b FROM c))".to_owned()
            )
        );
        assert_eq!(
            both("a {cross} b{sqlite: INDEXED BY c {cross}}"),
            (
                "a CROSS JOIN bINDEXED BY c CROSS JOIN".to_owned(),
                "a JOIN b".to_owned()
            )
        );
    }

    #[test]
    fn what_is_no_template_stays() {
        for text in [
            "'{}'",
            "{unknown $1}",
            "{in order_states any}",
            "{order_state lost}",
            "{in dates $1}",
            "}{",
            "{lock",
        ] {
            assert_eq!(expand(text, Engine::Postgres), text);
        }
    }

    #[test]
    fn a_text_is_kept_once() {
        let texts = interned("SELECT {cross} 1".to_owned());
        let again = interned("SELECT {cross} 1".to_owned());
        assert!(std::ptr::eq(texts.sqlite, again.sqlite) && std::ptr::eq(texts.postgres, again.postgres));
    }
}
