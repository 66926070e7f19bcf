//! How the history of an object is shown: who did what, from what to what.

use std::collections::HashMap;

use crate::audit::Recorded;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::PersonId;
use crate::web::Shell;

/// An act as a history shows it.
#[derive(Debug)]
pub struct Act {
    pub at: String,
    pub who: String,
    /// What was done.
    pub action: String,
    /// Field, before, after.
    pub changes: Vec<(String, String, String)>,
}

/// The acts of a history. What was done is the text `history-{action}`, a field is `{fields}-{name}`.
pub fn acts(shell: &Shell, recorded: Vec<Recorded>, names: &HashMap<PersonId, String>, fields: &str) -> Vec<Act> {
    let act = |recorded: Recorded| Act {
        at: shell.moment(recorded.recorded_at),
        who: recorded
            .person()
            .and_then(|id| names.get(&id).cloned())
            .unwrap_or_else(|| recorded.actor.clone()),
        action: shell.name("history", &recorded.action.replace('.', "-")),
        changes: recorded
            .changes()
            .into_iter()
            .map(|change| {
                let shown = |value: Option<String>| value.unwrap_or_else(|| shell.t("history-nothing"));
                let name = shell.name(fields, &change.name);
                (name, shown(change.before), shown(change.after))
            })
            .collect(),
    };
    recorded.into_iter().map(act).collect()
}

/// What those who acted are called.
pub fn names_of(connection: &mut Connection, recorded: &[Recorded]) -> Result<HashMap<PersonId, String>> {
    let mut ids: Vec<_> = recorded.iter().filter_map(Recorded::person).collect();
    ids.sort_unstable();
    ids.dedup();
    super::people::names(connection, &ids)
}
