//! What either side says about a claim; the other side gets it by mail.

use super::rules::reading;
use super::rules::{Claim, Side};
use super::{head, lock, record, store};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Error, Result};
use crate::events::payloads::ClaimReplied;
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, ClaimId, ClaimMessageId};

/// Says something: for the account if one is named, else for the supplier. The same request has one effect; the flag says
/// whether it is a repetition.
pub fn say(
    tx: &mut Connection,
    key: &idempotency::Request,
    (account_id, id): (Option<AccountId>, ClaimId),
    text: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Claim, bool)> {
    let message_id = ClaimMessageId::new();
    let begun = idempotency::begin(tx, key, message_id.0, now)?;
    let claim = lock(tx, account_id, id)?;
    if let Begun::Replay(_) = begun {
        return Ok((claim, true));
    }
    let text = reading::text("/text", text).map_err(|fault| Error::Invalid(vec![fault]))?;
    let side = match account_id {
        Some(_) => Side::Account,
        None => Side::Supplier,
    };
    let mut batch = Batch::new();
    let message = store::MessageRow {
        id: message_id,
        claim_id: id,
        side,
        author: actor.to_string(),
        body: text.clone(),
        written_at: now,
    };
    store::add_message(&mut batch, message)?;
    match side {
        Side::Account => store::update_state(&mut batch, &claim, claim.state),
        Side::Supplier => store::update_answered(&mut batch, &claim, now),
    }
    let replied = ClaimReplied {
        claim: head(&claim),
        side,
        text,
    };
    record(&mut batch, &claim, "claim.reply", replied, actor, now);
    batch.run(tx)?;
    Ok((super::get(tx, claim.account_id, id)?, false))
}
