//! What was done to an object: read back for those who ask, and many acts written down at once.

use super::reading::{self, Filter, Recorded};
use super::{Actor, Entry};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{AccountId, ActingId, AuditId, ClientId, PersonId};
use crate::row;

row! {
    struct EntryRow<'a> into audit_entries {
        id: AuditId,
        recorded_at: Timestamp,
        actor: &'a str,
        account_id: Option<AccountId>,
        action: &'static str,
        object: &'a str,
        request_id: Option<&'a str>,
        details: String,
        acting_id: Option<ActingId>,
        address: Option<&'a str>,
    }
}

/// Writes many entries down, in their order.
pub fn record_all(tx: &mut Connection, actor: &Actor, entries: &[Entry], now: Timestamp) -> Result<()> {
    let (who, address) = (actor.to_string(), actor.address());
    let row = |entry| {
        let Entry {
            action,
            account_id,
            object,
            details,
        }: &Entry = entry;
        EntryRow {
            id: AuditId::new(),
            recorded_at: now,
            actor: &who,
            account_id: *account_id,
            action,
            object,
            request_id: actor.request_id(),
            details: details.to_string(),
            acting_id: actor.acting.as_ref().map(|acting| acting.id),
            address: address.as_deref(),
        }
    };
    crate::db::insert(tx, &entries.iter().map(row).collect::<Vec<_>>())
}

/// A value that an act changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub name: String,
    pub before: Option<String>,
    /// What it became.
    pub after: Option<String>,
}

/// The row among people of who acted.
pub fn row_of(actor: &str) -> Option<PersonId> {
    let client = |id: ClientId| PersonId(id.0);
    actor.parse().ok().or_else(|| actor.parse().ok().map(client))
}

impl Recorded {
    /// The person who acted, or the row that stands among people for a program that signs in; none for jobs and commands.
    pub fn person(&self) -> Option<PersonId> {
        row_of(&self.actor)
    }

    /// The values in which `before` and `after` of the details differ.
    pub fn changes(&self) -> Vec<Change> {
        let text = |side: &str, name: &str| {
            let value = self.details.get(side)?.get(name)?;
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            Some(text).filter(|text| !text.is_empty() && text != "null")
        };
        let names = ["after", "before"]
            .into_iter()
            .filter_map(|side| self.details.get(side)?.as_object());
        let mut changes: Vec<Change> = Vec::new();
        for name in names.flat_map(|object| object.keys()) {
            let (before, after) = (text("before", name), text("after", name));
            if before != after && changes.iter().all(|known| known.name != *name) {
                let name = name.clone();
                changes.push(Change { name, before, after });
            }
        }
        changes
    }
}

/// What was done to `object`, the newest first, at most so many.
pub fn list_about(connection: &mut Connection, object: &str, rows_max: i64) -> Result<Vec<Recorded>> {
    let filter = Filter {
        object: Some(object.to_owned()),
        ..Filter::default()
    };
    reading::list(connection, &filter, None, rows_max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_a_change() {
        let recorded = Recorded {
            id: AuditId(1),
            recorded_at: Timestamp::default(),
            actor: "import".to_owned(),
            acting_id: None,
            account_id: None,
            action: "price.change".to_owned(),
            object: String::new(),
            request_id: None,
            address: None,
            details: serde_json::json!({
                "before": {"price": "2", "unit": "H87", "valid_to": ""},
                "after": {"price": "3", "unit": "H87", "valid_to": "2027-01-01"},
            }),
        };
        let changes: Vec<_> = recorded
            .changes()
            .into_iter()
            .map(|change| (change.name, change.before, change.after))
            .collect();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            changes,
            [
                ("price".to_owned(), some("2"), some("3")),
                ("valid_to".to_owned(), None, some("2027-01-01")),
            ]
        );
        assert_eq!(recorded.person(), None);
        // A program has a row among people with its number.
        assert_eq!(row_of(&ClientId(7).to_string()), Some(PersonId(7)));
        assert_eq!(row_of(&PersonId(7).to_string()), Some(PersonId(7)));
    }
}
