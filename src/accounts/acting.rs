//! Staff act for an account, see [`crate::identity::acting`].

use super::editing::{Editor, closed};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::identity::acting;
use crate::identity::rules::rights::MayManagePeople;
use crate::ids::{AccountId, PersonId, SessionId};

/// Begins to act for an account that is open.
pub fn start(
    tx: &mut Connection,
    editor: &Editor,
    session: (SessionId, PersonId),
    account_id: AccountId,
    reason: &str,
    now: Timestamp,
) -> Result<()> {
    editor.require::<MayManagePeople>()?;
    if super::get(tx, account_id)?.closed_at.is_some() {
        return Err(closed());
    }
    acting::start(tx, &editor.actor, session, account_id, reason, now).map(drop)
}
