//! Rows of a table that are changed in place. Each cell is a field `column-id`; `was-id` holds what the row showed, a
//! line for each column, and `seen-id` its version, so that only what somebody touched is changed, and only if nobody
//! else touched it meanwhile.

use std::collections::HashMap;
use std::fmt::Display;
use std::str::FromStr;

use serde::de::DeserializeOwned;

use super::fields::Fields;
use super::form::Form;
use super::shell::Shell;
use crate::error::{FieldError, Result};
use crate::typed::{self, Typed};
use crate::version::Edit;

/// A row as the page shows it.
#[derive(Debug)]
pub struct Cells<const N: usize> {
    /// The names of its fields.
    pub names: [String; N],
    /// What they hold.
    pub values: [String; N],
    /// What the row shows as it is stored.
    pub was: String,
    /// Something in it was refused.
    pub is_wrong: bool,
}

impl<const N: usize> Cells<N> {
    /// The row with this id: as it is stored, or as it was typed where that was refused.
    pub fn new(form: &Form, id: impl Display, columns: [&str; N], stored: [String; N]) -> Self {
        let names = columns.map(|column| format!("{column}-{id}"));
        let is_wrong = names.iter().any(|name| !form.fault(name).is_empty());
        Self {
            was: stored.join("\n"),
            values: match is_wrong {
                true => names.each_ref().map(|name| form.value(name).to_owned()),
                false => stored,
            },
            names,
            is_wrong,
        }
    }
}

/// The rows of a form in which somebody changed something.
#[derive(Debug)]
pub struct Edits<Id, Changes> {
    /// Those that can be read.
    pub clear: Vec<Edit<Id, Changes>>,
    /// How many others there are.
    pub unclear: usize,
}

impl Form {
    /// Reads the rows that were changed. `numbers` of the columns are read as people type them; what is unclear in one
    /// is noted at its cell.
    pub fn edits<Id: FromStr, Changes: DeserializeOwned>(
        &mut self,
        columns: &[&'static str],
        numbers: &[&str],
    ) -> Result<Edits<Id, Changes>> {
        let was = |(name, was): (&str, &str)| Some((name.strip_prefix("was-")?.to_owned(), was.to_owned()));
        let rows: Vec<_> = self.fields().pairs().filter_map(was).collect();
        let (mut clear, mut unclear) = (Vec::new(), 0);
        for (key, was) in rows {
            let Ok(id) = key.parse() else { continue };
            let (mut changes, mut is_clear) = (Vec::new(), true);
            for (column, was) in columns.iter().zip(was.split('\n')) {
                let name = format!("{column}-{key}");
                let text = self.value(&name).to_owned();
                if text == was.trim() {
                    continue;
                }
                let read = match numbers.contains(column) {
                    true => typed::number(&text),
                    false => Typed::Bad,
                };
                match read {
                    Typed::Value(number) => changes.push((*column, number)),
                    Typed::Ambiguous(one, other) => {
                        self.ask(&name, &text, "form-number", [&one, &other]);
                        is_clear = false;
                    }
                    Typed::Missing | Typed::Bad => changes.push((*column, text)),
                }
            }
            // A version that can't be read was never seen.
            let seen = self.value(&format!("seen-{key}")).parse().unwrap_or(-1);
            match (is_clear, changes.is_empty()) {
                (false, _) => unclear += 1,
                (true, true) => {}
                (true, false) => clear.push(Edit {
                    id,
                    seen,
                    changes: Fields::new(changes).input()?,
                }),
            }
        }
        Ok(Edits { clear, unclear })
    }

    /// Notes what is wrong with rows at their cells; what is about a whole row stands in its column `at`.
    pub fn refuse_rows<Id: Display>(
        &mut self,
        shell: &Shell,
        faults: &HashMap<Id, Vec<FieldError>>,
        columns: &[&'static str],
        at: &str,
    ) {
        for (id, found) in faults {
            for fault in found {
                let column = fault.pointer.trim_start_matches('/');
                let column = columns.iter().find(|known| **known == column).copied();
                self.note(format!("{}-{id}", column.unwrap_or(at)), shell.fault(fault));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::shell::Theme;
    use super::*;
    use crate::languages::Language;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Change {
        name: Option<String>,
        price: Option<String>,
    }

    #[test]
    fn only_what_was_touched_is_changed_and_what_is_unclear_is_asked() {
        let shell = Shell::anonymous(Language::En, Theme::System, "/");
        let columns = ["name", "price"];
        let row = |id: &str, name: &str, price: &str| {
            [
                (format!("was-{id}"), "A\n2.50".to_owned()),
                (format!("seen-{id}"), "7".to_owned()),
                (format!("name-{id}"), name.to_owned()),
                (format!("price-{id}"), price.to_owned()),
            ]
        };
        let rows = [row("1", "A", "2.50"), row("2", "B", "3,5"), row("3", "A", "1.250")];
        let mut form = Form::sent(&shell, Fields::new(rows.concat()));
        let edits = form.edits::<i64, Change>(&columns, &["price"]).expect("a change");
        let changed = Edit {
            id: 2,
            seen: 7,
            changes: Change {
                name: Some("B".to_owned()),
                price: Some("3.5".to_owned()),
            },
        };
        assert_eq!(edits.clear, [changed]);
        assert_eq!(edits.unclear, 1);
        assert!(form.fault("price-3").contains("1250"), "{}", form.fault("price-3"));
        let shown = Cells::new(&form, 3, columns, ["A".to_owned(), "2.50".to_owned()]);
        assert!(shown.is_wrong);
        assert_eq!(shown.values, ["A", "1.250"]);
        let shown = Cells::new(&form, 1, columns, ["A".to_owned(), "2.75".to_owned()]);
        assert_eq!(shown.values, ["A", "2.75"]);
    }
}
