//! Which policy an account has: its own, else that of the account above it, else its tier's, else the house's.

use serde_json::json;

use super::policies::by_code;
use super::store::tiers;
use crate::accounts::rules::Tier;
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::Result;

/// Each tier with the code of its policy, the best first.
pub fn list(connection: &mut Connection) -> Result<Vec<(Tier, Option<String>)>> {
    let mut known = tiers::list(connection)?;
    let one = |tier: Tier| {
        let place = known.iter().position(|(of, _)| *of == tier);
        (tier, place.map(|place| known.swap_remove(place).1))
    };
    Ok(Tier::ALL.into_iter().map(one).collect())
}

/// Says which policy tiers have; those that are not named keep theirs.
pub fn set(tx: &mut Connection, asked: &[(Tier, Option<String>)], actor: &Actor, now: Timestamp) -> Result<()> {
    let before = list(tx)?;
    let (mut put, mut removed) = (Vec::new(), Vec::new());
    for (tier, code) in asked {
        match by_code(tx, &format!("/tiers/{tier}"), code.as_deref())? {
            Some(id) => put.push((*tier, id)),
            None => removed.push(*tier),
        }
    }
    let mut batch = Batch::new();
    tiers::remove(&mut batch, &removed)?;
    tiers::put(&mut batch, &put)?;
    batch.run(tx)?;
    let after = list(tx)?;
    if before == after {
        return Ok(());
    }
    let told = |of: &[(Tier, Option<String>)]| {
        let members = of.iter().map(|(tier, code)| (tier.name().to_owned(), json!(code)));
        serde_json::Value::Object(members.collect())
    };
    let (was, is) = (told(&before), told(&after));
    let entry = audit::Entry::kept("reminders.set", None, "reminders".to_owned(), Some(&was), Some(&is));
    audit::record(tx, actor, &entry, now)
}
