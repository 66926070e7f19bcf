//! Reads the record.

use crate::binds;
use crate::clock::{Period, Timestamp};
use crate::db::seek::{Seek, Way};
use crate::db::{Connection, selection};
use crate::error::Result;
use crate::ids::{AccountId, ActingId, AuditId};
use crate::row;

/// Which entries.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// About the object with this outside id.
    pub object: Option<String>,
    /// That concern this account.
    pub account_id: Option<AccountId>,
    /// Of this person or program, as it is recorded.
    pub actor: Option<String>,
    /// This action; with a dot at its end all of a kind.
    pub action: Option<String>,
    /// Recorded in this time.
    pub recorded: Period,
}

row! {
    /// An entry as it stands in the record.
    #[derive(Debug, Clone)]
    pub struct Recorded from "audit_entries" {
        pub id: AuditId = "id",
        pub recorded_at: Timestamp = "recorded_at",
        /// `per_…` or the program's name.
        pub actor: String = "actor",
        /// Set where one of the staff acted for the account.
        pub acting_id: Option<ActingId> = "acting_id",
        /// The account it concerns.
        pub account_id: Option<AccountId> = "account_id",
        /// What was done.
        pub action: String = "action",
        /// The object's outside id.
        pub object: String = "object",
        pub request_id: Option<String> = "request_id",
        /// Where somebody called from.
        pub address: Option<String> = "address",
        /// Before, after, reason.
        pub details: serde_json::Value = "details",
    }
}

/// Up to `rows_max` entries, the newest first, older than the one with the id `before`.
pub fn list(connection: &mut Connection, filter: &Filter, before: Option<i64>, rows_max: i64) -> Result<Vec<Recorded>> {
    let mut seek = Seek::new(connection, &selection::<Recorded>());
    seek.and_if("object = $1", filter.object.as_deref());
    seek.and_if("account_id = $1", filter.account_id);
    seek.and_if("actor = $1", filter.actor.as_deref());
    seek.within("recorded_at", filter.recorded);
    if let Some(action) = &filter.action {
        match action.strip_suffix('.') {
            // The sign behind the dot is the slash.
            Some(kind) => seek.and("action > $1 AND action < $2", binds![action, format!("{kind}/")]),
            None => seek.and("action = $1", binds![action]),
        }
    }
    seek.page(["id"], Way::Down, before.map(|id| binds![id]), rows_max)
        .rows(connection)
}
