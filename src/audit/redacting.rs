//! What stands in an entry may have to go: somebody is forgotten. Its details then become others, and everything else of it stays.
//!
//! An entry that was sealed keeps its place and its hash, on which all later ones stand, so nothing behind it moves. Its own hash
//! says no more what is in it; instead a further entry, `audit.redact`, which is sealed as any other, says what the entry comes to
//! now. [`super::checks`] takes a changed entry only with such a voucher: what was replaced, when and why stays in the record, and
//! whoever changes the entry once more is found.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::sealing::Link;
use super::{Actor, Entry, record};
use crate::clock::Timestamp;
use crate::db::{Connection, insert, select, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{AuditId, RedactionId};
use crate::row;

/// The action of the entries that vouch.
pub(super) const ACTION: &str = "audit.redact";
/// Entries that one voucher names.
const NAMED_MAX: usize = 200;

row! {
    struct RedactionRow<'a> into audit_redactions {
        id: RedactionId,
        entry_id: AuditId,
        details: &'a str,
        redacted_at: Timestamp,
    }
}

/// What a voucher says of an entry.
#[derive(Debug, Serialize, Deserialize)]
struct Vouched {
    entry: String,
    digest: String,
}

/// Gives entries other details and vouches for them; `cause` is the outside id of what asked for it.
pub fn redact(
    tx: &mut Connection,
    actor: &Actor,
    cause: &str,
    entries: &[(AuditId, &str)],
    now: Timestamp,
) -> Result<()> {
    for entries in entries.chunks(NAMED_MAX) {
        let row = |(entry_id, details): &(AuditId, &'_ str)| (RedactionId::new(), *entry_id, *details);
        let rows: Vec<_> = entries
            .iter()
            .map(row)
            .map(|(id, entry_id, details)| RedactionRow {
                id,
                entry_id,
                details,
                redacted_at: now,
            })
            .collect();
        insert(tx, &rows)?;
        let changed: Vec<_> = entries.iter().map(|(id, details)| (id.0, *details)).collect();
        sql(
            "UPDATE audit_entries SET details = s.details FROM {tuples $1: id bigint, details text} s \
             WHERE audit_entries.id = s.id",
        )
        .bind(sets::json(&changed)?)
        .run(tx)?;
        let ids: Vec<_> = entries.iter().map(|(id, _)| id.0).collect();
        let links: Vec<Link> = select::<Link>("WHERE id {in ids $1} ORDER BY id")
            .bind(sets::json(&ids)?)
            .rows(tx)?;
        let vouched = links.iter().map(|link| {
            Ok(Vouched {
                entry: link.id.to_string(),
                digest: link.digest()?,
            })
        });
        let voucher = Entry {
            action: ACTION,
            account_id: None,
            object: cause.to_owned(),
            details: json!({ "entries": vouched.collect::<Result<Vec<_>>>()? }),
        };
        record(tx, actor, &voucher, now)?;
    }
    Ok(())
}

/// What entries come to that vouchers speak of; a later one counts.
#[derive(Debug, Default)]
pub(super) struct Vouchers(HashMap<String, String>);

impl Vouchers {
    /// Takes a sealed entry in, if it vouches for others.
    pub(super) fn take(&mut self, link: &Link) -> Result<()> {
        #[derive(Deserialize)]
        struct Details {
            entries: Vec<Vouched>,
        }
        if link.action != ACTION {
            return Ok(());
        }
        let details: Details = serde_json::from_str(&link.details).map_err(Error::internal)?;
        let named = details
            .entries
            .into_iter()
            .map(|vouched| (vouched.entry, vouched.digest));
        self.0.extend(named);
        Ok(())
    }

    /// True where one vouches for what the entry comes to.
    pub(super) fn vouch(&self, id: AuditId, digest: &str) -> bool {
        self.0.get(&id.to_string()).is_some_and(|known| known == digest)
    }
}
