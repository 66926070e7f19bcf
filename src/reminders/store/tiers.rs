//! Which policy the accounts of a tier have.

use crate::accounts::rules::Tier;
use crate::db::{Batch, Connection, sets, sql};
use crate::error::Result;
use crate::ids::ReminderPolicyId;

/// The tiers with a policy of their own, and its code; the best tier is not first.
pub fn list(connection: &mut Connection) -> Result<Vec<(Tier, String)>> {
    sql("SELECT t.tier, p.code FROM reminder_tiers t JOIN reminder_policies p ON p.id = t.policy_id ORDER BY t.tier")
        .rows(connection)
}

/// Says which policy these tiers have, in the place of what they had.
pub fn put(batch: &mut Batch, policies: &[(Tier, ReminderPolicyId)]) -> Result<()> {
    if policies.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = policies.iter().map(|(tier, id)| (tier.name(), id.0)).collect();
    batch.add(
        sql(
            "INSERT INTO reminder_tiers (tier, policy_id) SELECT d.tier, d.policy FROM \
             {tuples $1: tier text, policy bigint} d WHERE true \
             ON CONFLICT (tier) DO UPDATE SET policy_id = excluded.policy_id",
        )
        .bind(sets::json(&rows)?),
    );
    Ok(())
}

/// Takes their policy from these tiers.
pub fn remove(batch: &mut Batch, tiers: &[Tier]) -> Result<()> {
    let names: Vec<_> = tiers.iter().map(|tier| tier.name()).collect();
    batch.add(sql("DELETE FROM reminder_tiers WHERE tier {in texts $1}").bind(sets::json(&names)?));
    Ok(())
}
