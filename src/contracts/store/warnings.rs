//! What was told of contracts, each once.

use crate::clock::Timestamp;
use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::{AccountId, ContractId};

/// Notes that something is told; false where it was before.
pub fn note(
    tx: &mut Connection,
    (account_id, id): (AccountId, ContractId),
    what: &str,
    now: Timestamp,
) -> Result<bool> {
    let noted = sql(
        "INSERT INTO contract_warnings (contract_id, account_id, what, told_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (contract_id, what) DO NOTHING",
    )
    .bind(id)
    .bind(account_id)
    .bind(what)
    .bind(now)
    .run(tx)?;
    Ok(noted > 0)
}
