//! One table for each kind of thing that is kept: what it is called and which fields it has. The columns of its import
//! file, the check of a row, the columns of its table and the fields of its form are made of it.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Row, members};
use crate::db::sets::{Kind, Table, Upsert};
use crate::error::Result;
use crate::sentences::Sentence;
use crate::sheets::{Cells, Layout};

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub enum Holds {
    /// A text of at most so many characters.
    Text(usize),
    /// ISO 3166-1 alpha-2.
    Country,
    MailAddress,
    Phone,
    /// One of these names; texts call them `{family}-{name}`.
    OneOf(&'static [&'static str], &'static str),
    /// Any of these names, parted by blanks; texts call them so too.
    SomeOf(&'static [&'static str], &'static str),
}

/// A field: a column of the file and of the table, a member of requests, a field of forms, all of the same name.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// What it is called everywhere.
    pub name: &'static str,
    pub holds: Holds,
    /// It may be empty, and its column may be missing in a file.
    pub is_optional: bool,
}

impl Field {
    /// A text of at most `chars_max` characters.
    pub const fn text(name: &'static str, chars_max: usize) -> Self {
        Self::new(name, Holds::Text(chars_max))
    }

    pub const fn country(name: &'static str) -> Self {
        Self::new(name, Holds::Country)
    }

    pub const fn mail_address(name: &'static str) -> Self {
        Self::new(name, Holds::MailAddress)
    }

    pub const fn phone(name: &'static str) -> Self {
        Self::new(name, Holds::Phone)
    }

    /// One of `names`.
    pub const fn one_of(name: &'static str, names: &'static [&'static str], family: &'static str) -> Self {
        Self::new(name, Holds::OneOf(names, family))
    }

    /// Any of `names`.
    pub const fn some_of(name: &'static str, names: &'static [&'static str], family: &'static str) -> Self {
        Self::new(name, Holds::SomeOf(names, family))
    }

    const fn new(name: &'static str, holds: Holds) -> Self {
        Self {
            name,
            holds,
            is_optional: false,
        }
    }

    /// The same, which may be empty.
    #[must_use]
    pub const fn or_none(self) -> Self {
        Self {
            is_optional: true,
            ..self
        }
    }

    /// What the row's cell says, as it is stored; `None` after noting what is wrong with it.
    fn read(&self, cells: &mut Cells<'_>) -> Option<Value> {
        if self.is_optional && cells.given(self.name).is_none() {
            return Some(Value::Null);
        }
        let text = match self.holds {
            Holds::Text(chars_max) => cells.text(self.name, chars_max).map(str::to_owned),
            Holds::Country => cells.country(self.name).map(str::to_owned),
            Holds::MailAddress => cells.mail_address(self.name)?.map(str::to_owned),
            Holds::Phone => cells.phone(self.name)?.map(str::to_owned),
            Holds::OneOf(names, _) => cells.one_of(self.name, names).map(str::to_owned),
            Holds::SomeOf(names, _) => cells.some_of(self.name, names).map(|some| some.join(" ")),
        };
        text.map(Value::from)
    }
}

/// Values by column.
pub type Values = Vec<(&'static str, Value)>;

/// A kind of thing that accounts keep under a code. Its table has `id`, `account_id`, `code` and the fields, and a unique
/// index `<table>_code` over account and code; its file `<table>.csv` calls the code what the thing is called.
#[derive(Debug)]
pub struct Noun {
    /// What one is called: `site`.
    pub name: &'static str,
    /// What many are called, and their table: `sites`.
    pub table: &'static str,
    /// Everything it has beside account and code.
    pub fields: &'static [Field],
    /// The file.
    pub layout: Layout,
    /// The unique index over account and code.
    pub index: String,
    /// What is told where a code is taken.
    pub taken: fn() -> Sentence,
    store: Table,
    acts: [&'static str; 3],
}

/// What became of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Act {
    Add,
    Change,
    Remove,
}

/// Nouns are made once and stay for the life of the program.
fn for_good<T>(items: Vec<T>) -> &'static [T] {
    Box::leak(items.into_boxed_slice())
}

impl Noun {
    /// The columns that every such thing has.
    pub const KEY: [&'static str; 2] = ["account_id", "code"];

    /// The noun of a file; for a static.
    pub fn new(name: &'static str, file: &'static str, fields: &'static [Field], taken: fn() -> Sentence) -> Self {
        let table = file.trim_end_matches(".csv");
        let named = |optional: bool| fields.iter().filter(move |field| field.is_optional == optional);
        let own = [("id", Kind::BigInt), ("account_id", Kind::BigInt), ("code", Kind::Text)];
        let columns = own
            .into_iter()
            .chain(fields.iter().map(|field| (field.name, Kind::Text)));
        let act = |act: &str| -> &'static str { String::leak(format!("{name}.{act}")) };
        Self {
            name,
            table,
            fields,
            layout: Layout {
                file,
                required: for_good(
                    ["account", name]
                        .into_iter()
                        .chain(named(false).map(|field| field.name))
                        .collect(),
                ),
                optional: for_good(named(true).map(|field| field.name).collect()),
                decimals: &[],
            },
            index: format!("{table}_code"),
            taken,
            store: Table::new(table, for_good(columns.collect())),
            acts: ["add", "change", "remove"].map(act),
        }
    }

    /// What the audit record calls it.
    pub fn act(&self, act: Act) -> &'static str {
        let [add, change, remove] = self.acts;
        match act {
            Act::Add => add,
            Act::Change => change,
            Act::Remove => remove,
        }
    }

    /// The names of the fields.
    pub fn names(&self) -> Vec<&'static str> {
        self.fields.iter().map(|field| field.name).collect()
    }

    /// The cells of what somebody gives of one.
    pub fn cells(&self, input: &impl Serialize) -> Result<Row> {
        super::row(input, &[&self.names()])
    }

    /// What of a thing has a version, and what the record tells of it: its fields.
    pub fn facts(&self, thing: &impl Serialize) -> Result<Map<String, Value>> {
        let mut members = members(thing)?;
        members.retain(|name, _| self.fields.iter().any(|field| field.name == name));
        Ok(members)
    }

    /// What a form shows of a thing, by field; one with several values stands there as often.
    pub fn shown(&self, thing: &impl Serialize) -> Result<Vec<(&'static str, String)>> {
        let facts = self.facts(thing)?;
        let values = self.fields.iter().flat_map(|field| {
            let text = facts.get(field.name).and_then(Value::as_str).unwrap_or_default();
            let parts: Vec<_> = match field.holds {
                Holds::SomeOf(..) => text.split_whitespace().collect(),
                _ => vec![text],
            };
            parts.into_iter().map(|part| (field.name, part.to_owned()))
        });
        Ok(values.collect())
    }

    /// All fields of a row; `None` after noting everything that is wrong with them.
    pub fn read(&self, cells: &mut Cells<'_>) -> Option<Values> {
        let values: Vec<_> = self
            .fields
            .iter()
            .map(|field| (field.name, field.read(cells)))
            .collect();
        values.into_iter().map(|(name, value)| Some((name, value?))).collect()
    }

    /// The table with its columns.
    pub fn store(&self) -> &Table {
        &self.store
    }

    /// How rows meet stored ones; `update` are the columns that change.
    pub fn upsert(&self, update: &[&'static str]) -> Upsert {
        self.store.upsert(&Self::KEY, None, update)
    }
}
