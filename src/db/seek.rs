//! Lists page by page: a statement of the conditions somebody asks for, walked by its sort keys from where the page
//! before ended.
//!
//! A condition is added only where something is asked, so that the planner sees no parameter that may mean nothing; the
//! texts there can be are few, each is kept once and its plan cached on both engines. Where the engines spell a thing
//! differently a text has a mark:
//!
//! | mark | SQLite | PostgreSQL |
//! |---|---|---|
//! | `{position}` | `instr` | `strpos` |
//! | `{indexed NAME}` | `INDEXED BY NAME` | nothing: it goes by its statistics |
//! | `{cross}` | `CROSS JOIN`: the first table is the outer one | `JOIN` |
//! | `{in $1}` | `IN` the values in the JSON of `$1` | `= ANY` of an array of the texts in it |

use super::{Bind, Connection, Engine, Statement, sets};
use crate::error::Result;
use crate::ids::AccountId;

/// Whose rows a list may show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Only this account's: for its people.
    Account(AccountId),
    /// Everybody's: for staff.
    All,
}

impl Scope {
    /// The account, if it is one's.
    pub fn account_id(self) -> Option<AccountId> {
        match self {
            Self::Account(id) => Some(id),
            Self::All => None,
        }
    }
}

/// Which way a list goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The smallest keys first.
    Up,
    /// The largest first.
    Down,
}

/// A list that is being put together.
#[derive(Debug)]
pub struct Seek {
    engine: Engine,
    text: String,
    has_conditions: bool,
    binds: Vec<Bind>,
}

/// Parameters of a condition.
#[macro_export]
macro_rules! binds {
    ($($value:expr),* $(,)?) => { [$($crate::db::Bind::from($value)),*] };
}

impl Seek {
    /// A list of `select`, which ends with its tables.
    pub fn new(connection: &Connection, select: &str) -> Self {
        let engine = connection.engine();
        Self {
            engine,
            text: spelt(engine, select, 0),
            has_conditions: false,
            binds: Vec::new(),
        }
    }

    /// Only rows of which this is true; its parameters are `$1`, `$2`, … of `binds`.
    pub fn and<const N: usize>(&mut self, condition: &str, binds: [Bind; N]) {
        self.text
            .push_str(if self.has_conditions { " AND " } else { " WHERE " });
        self.text.push_str(&spelt(self.engine, condition, self.binds.len()));
        self.has_conditions = true;
        self.binds.extend(binds);
    }

    /// The same with the one parameter that is asked for, if it is.
    pub fn and_if(&mut self, condition: &str, asked: Option<impl Into<Bind>>) {
        if let Some(value) = asked {
            self.and(condition, [value.into()]);
        }
    }

    /// Only rows whose `column` is one of `names`; all rows where none is named.
    pub fn one_of(&mut self, column: &str, names: &[&str]) -> Result<()> {
        match names {
            [] => {}
            [name] => self.and(&format!("{column} = $1"), [(*name).into()]),
            names => self.and(&format!("{column} {{in $1}}"), [sets::json(names)?.into()]),
        }
        Ok(())
    }

    /// At most `limit` rows by `keys`, which together are unique, behind the row with the keys `after`.
    pub fn page<Row, const N: usize>(
        mut self,
        keys: [&str; N],
        way: Way,
        after: Option<[Bind; N]>,
        limit: i64,
    ) -> Statement<Row> {
        let (behind, order) = match way {
            Way::Up => (">", ""),
            Way::Down => ("<", " DESC"),
        };
        if let Some(after) = after {
            let places: Vec<_> = (1..=N).map(|place| format!("${place}")).collect();
            self.and(
                &format!("({}) {behind} ({})", keys.join(", "), places.join(", ")),
                after,
            );
        }
        let order = keys.map(|key| format!("{key}{order}")).join(", ");
        self.binds.push(limit.into());
        let text = format!("{} ORDER BY {order} LIMIT ${}", self.text, self.binds.len());
        Statement::with(sets::kept(text), self.binds)
    }

    /// How many rows there are; beyond `count_max` it counts no further.
    pub fn count(mut self, count_max: i64) -> Statement<diesel::sql_types::BigInt> {
        self.binds.push((count_max + 1).into());
        let text = format!(
            "SELECT count(*) FROM ({} LIMIT ${}) AS found",
            self.text,
            self.binds.len()
        );
        Statement::with(sets::kept(text), self.binds)
    }
}

/// `text` as the engine spells it, its parameters counted from behind `bound`.
fn spelt(engine: Engine, text: &str, bound: usize) -> String {
    let mut spelt = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['$', '{']) {
        let (before, marked) = rest.split_at(at);
        spelt.push_str(before);
        rest = if let Some(number) = marked.strip_prefix('$') {
            let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
            let (number, behind) = number.split_at(end);
            spelt.push_str(&placed(number, bound));
            behind
        } else {
            let (mark, behind) = marked.split_once('}').unwrap_or((marked, ""));
            spelt.push_str(&meant(engine, mark.trim_start_matches('{'), bound));
            behind
        };
    }
    spelt.push_str(rest);
    spelt
}

fn placed(number: &str, bound: usize) -> String {
    number
        .parse::<usize>()
        .map_or_else(|_| format!("${number}"), |number| format!("${}", number + bound))
}

fn meant(engine: Engine, mark: &str, bound: usize) -> String {
    let (name, what) = mark.split_once(' ').unwrap_or((mark, ""));
    let set = || placed(what.trim_start_matches('$'), bound);
    match (name, engine) {
        ("position", Engine::Sqlite) => "instr".to_owned(),
        ("position", Engine::Postgres) => "strpos".to_owned(),
        ("indexed", Engine::Sqlite) => format!("INDEXED BY {what}"),
        ("indexed", Engine::Postgres) => String::new(),
        ("cross", Engine::Sqlite) => "CROSS JOIN".to_owned(),
        ("cross", Engine::Postgres) => "JOIN".to_owned(),
        ("in", Engine::Sqlite) => format!("IN (SELECT value FROM json_each({}))", set()),
        ("in", Engine::Postgres) => format!("= ANY(ARRAY(SELECT json_array_elements_text({}::json)))", set()),
        // The engine tells what it doesn't know.
        _ => format!("{{{mark}}}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_spelt_for_its_engine_and_its_place() {
        for (engine, expected) in [
            (
                Engine::Sqlite,
                "instr(o.po_key, $3) > 0 OR x IN (SELECT value FROM json_each($4))",
            ),
            (
                Engine::Postgres,
                "strpos(o.po_key, $3) > 0 OR x = ANY(ARRAY(SELECT json_array_elements_text($4::json)))",
            ),
        ] {
            let text = "{position}(o.po_key, $1) > 0 OR x {in $2}";
            assert_eq!(spelt(engine, text, 2), expected);
        }
        assert_eq!(
            spelt(Engine::Sqlite, "FROM o {indexed by_day}", 0),
            "FROM o INDEXED BY by_day"
        );
        assert_eq!(spelt(Engine::Postgres, "FROM o {indexed by_day}", 0), "FROM o ");
    }
}
