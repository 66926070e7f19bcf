//! Lists page by page: a statement of the conditions somebody asks for, walked by its sort keys from where the page
//! before ended.
//!
//! A condition is added only where something is asked, so that the planner sees no parameter that may mean nothing; the
//! texts there can be are few, each is kept once and its plan cached on both engines. What the engines write differently
//! stands in the texts as templates.

use std::sync::Arc;

use super::{Bind, Connection, Statement, sets};
use crate::clock::Period;
use crate::error::Result;
use crate::ids::AccountId;
use crate::keys;

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

/// Which part of a list is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Walk<K> {
    /// The first rows.
    First,
    /// Those behind the row with these sort keys.
    Behind(K),
    /// Those with these ids, wherever they stand; read where somebody asks what became of them.
    Among(Arc<[i64]>),
}

impl<K> From<Option<K>> for Walk<K> {
    fn from(after: Option<K>) -> Self {
        after.map_or(Self::First, Self::Behind)
    }
}

/// A list by one text: nothing stands before the first.
impl From<&str> for Walk<String> {
    fn from(after: &str) -> Self {
        Self::Behind(after.to_owned())
    }
}

impl From<&String> for Walk<String> {
    fn from(after: &String) -> Self {
        after.as_str().into()
    }
}

impl<K> Walk<K> {
    /// The same with other keys.
    pub fn map<L>(self, keys: impl FnOnce(K) -> L) -> Walk<L> {
        match self {
            Self::First => Walk::First,
            Self::Behind(after) => Walk::Behind(keys(after)),
            Self::Among(ids) => Walk::Among(ids),
        }
    }

    /// The keys behind which it begins.
    pub fn after(&self) -> Option<&K> {
        match self {
            Self::Behind(after) => Some(after),
            Self::First | Self::Among(_) => None,
        }
    }

    /// The ids it asks for.
    pub fn among(&self) -> Option<&[i64]> {
        match self {
            Self::Among(ids) => Some(ids),
            Self::First | Self::Behind(_) => None,
        }
    }

    /// The ids as a parameter; NULL where it asks for none.
    pub fn ids(&self) -> Result<Option<String>> {
        self.among().map(sets::json).transpose()
    }
}

/// A list that is being put together.
#[derive(Debug)]
pub struct Seek {
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
    pub fn new(_connection: &Connection, select: &str) -> Self {
        Self {
            text: select.to_owned(),
            has_conditions: false,
            binds: Vec::new(),
        }
    }

    /// Only rows of which this is true; its parameters are `$1`, `$2`, … of `binds`.
    pub fn and<const N: usize>(&mut self, condition: &str, binds: [Bind; N]) {
        self.text
            .push_str(if self.has_conditions { " AND " } else { " WHERE " });
        self.text.push_str(&counted(condition, self.binds.len()));
        self.has_conditions = true;
        self.binds.extend(binds);
    }

    /// The same with the one parameter that is asked for, if it is.
    pub fn and_if(&mut self, condition: &str, asked: Option<impl Into<Bind>>) {
        if let Some(value) = asked {
            self.and(condition, [value.into()]);
        }
    }

    /// Only rows whose `column` is a moment of that time.
    pub fn within(&mut self, column: &str, period: Period) {
        self.and_if(&format!("{column} >= $1"), period.from);
        self.and_if(&format!("{column} < $1"), period.before);
    }

    /// Only rows whose `column` is the account with this code, or with one that is the same, if that is asked for.
    pub fn of_account(&mut self, column: &str, code: Option<&str>) {
        if let Some(code) = code {
            let one = "SELECT a.id FROM accounts a WHERE a.code_key";
            let condition = format!("{column} = COALESCE(({one} = $1), ({one} = $2))");
            self.and(&condition, keys::wanted(code).map(Bind::from));
        }
    }

    /// Only rows whose `column` is one of `names`; all rows where none is named.
    pub fn one_of(&mut self, column: &str, names: &[&str]) -> Result<()> {
        match names {
            [] => {}
            [name] => self.and(&format!("{column} = $1"), [(*name).into()]),
            names => self.and(&format!("{column} {{in texts $1}}"), [sets::json(names)?.into()]),
        }
        Ok(())
    }

    /// At most `limit` rows by `keys`, which together are unique, behind the row with the keys `after`.
    pub fn page<const N: usize>(
        mut self,
        keys: [&str; N],
        way: Way,
        after: Option<[Bind; N]>,
        limit: i64,
    ) -> Statement {
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
        Statement::with(text, self.binds)
    }

    /// The part `walk` of the list by `keys`; `id` is the column of the ids.
    pub fn part<const N: usize>(
        mut self,
        keys: [&str; N],
        way: Way,
        id: &str,
        walk: Walk<[Bind; N]>,
        limit: i64,
    ) -> Result<Statement> {
        let after = match walk {
            Walk::First => None,
            Walk::Behind(after) => Some(after),
            Walk::Among(ids) => {
                self.and(&format!("{id} {{in ids $1}}"), [sets::json(&*ids)?.into()]);
                None
            }
        };
        Ok(self.page(keys, way, after, limit))
    }

    /// All rows, in any order.
    pub fn all(self) -> Statement {
        Statement::with(self.text, self.binds)
    }

    /// How many rows there are; beyond `count_max` it counts no further.
    pub fn count(mut self, count_max: i64) -> Statement {
        self.binds.push((count_max + 1).into());
        let text = format!(
            "SELECT count(*) FROM ({} LIMIT ${}) AS found",
            self.text,
            self.binds.len()
        );
        Statement::with(text, self.binds)
    }
}

/// `text` with its parameters counted from behind `bound`.
fn counted(text: &str, bound: usize) -> String {
    let mut counted = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, number)) = rest.split_once('$') {
        let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        let (number, behind) = number.split_at(end);
        counted.push_str(before);
        counted.push_str(&placed(number, bound));
        rest = behind;
    }
    counted.push_str(rest);
    counted
}

fn placed(number: &str, bound: usize) -> String {
    number
        .parse::<usize>()
        .map_or_else(|_| format!("${number}"), |number| format!("${}", number + bound))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_counted_from_those_that_are_bound() {
        assert_eq!(
            counted("{position}(o.po_key, $1) > 0 OR x {in texts $2} OR y = $12", 2),
            "{position}(o.po_key, $3) > 0 OR x {in texts $4} OR y = $14"
        );
        assert_eq!(counted("'$' = x", 2), "'$' = x");
    }
}
