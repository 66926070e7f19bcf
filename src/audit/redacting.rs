//! What stands in an entry may have to go: somebody is forgotten. Its object or details then become others, and
//! everything else of it stays.
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
        object: &'a str,
        details: &'a str,
        redacted_at: Timestamp,
    }
}

row! {
    /// What may become another.
    struct Standing from "audit_entries" {
        id: AuditId = "id",
        object: String = "object",
        details: String = "details",
    }
}

/// What of entries becomes another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Object,
    Details,
}

/// What a voucher says of an entry.
#[derive(Debug, Serialize, Deserialize)]
struct Vouched {
    entry: String,
    digest: String,
}

/// Gives entries another object or other details and vouches for them; `cause` is the outside id of what asked for it.
pub fn redact(
    tx: &mut Connection,
    actor: &Actor,
    cause: &str,
    (part, entries): (Part, &[(AuditId, &str)]),
    now: Timestamp,
) -> Result<()> {
    for entries in entries.chunks(NAMED_MAX) {
        let texts: HashMap<AuditId, &str> = entries.iter().copied().collect();
        let ids: Vec<_> = entries.iter().map(|(id, _)| id.0).collect();
        let standing: Vec<Standing> = select::<Standing>("WHERE id {in ids $1} ORDER BY id {lock}")
            .bind(sets::json(&ids)?)
            .rows(tx)?;
        let changed: Vec<_> = standing
            .iter()
            .filter_map(|entry| {
                let text = *texts.get(&entry.id)?;
                Some(match part {
                    Part::Object => (entry.id.0, text, entry.details.as_str()),
                    Part::Details => (entry.id.0, entry.object.as_str(), text),
                })
            })
            .collect();
        let rows: Vec<_> = changed
            .iter()
            .map(|(id, object, details)| RedactionRow {
                id: RedactionId::new(),
                entry_id: AuditId(*id),
                object,
                details,
                redacted_at: now,
            })
            .collect();
        insert(tx, &rows)?;
        sql("UPDATE audit_entries SET object = s.object, details = s.details \
             FROM {tuples $1: id bigint, object text, details text} s WHERE audit_entries.id = s.id")
        .bind(sets::json(&changed)?)
        .run(tx)?;
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
    /// Takes an entry in, if it vouches for others.
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
