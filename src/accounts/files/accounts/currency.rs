//! The currency of an account, which stays once it trades.

use std::collections::HashSet;

use super::{AccountRow, Accounts};
use crate::accounts::sentences;
use crate::db::{Connection, Database, sets, sql};
use crate::error::{Code, Result};
use crate::ids::AccountId;
use crate::sheets::{Keys, Sheet};

/// An account with orders or price lists keeps its currency.
pub(super) fn refuse_used(
    db: &Database,
    sheet: &mut Sheet,
    rows: &mut Vec<AccountRow>,
    known: &Accounts,
    keys: &Keys<String>,
) -> Result<()> {
    let stored = |row: &AccountRow| known.get(&row.code).map(|account| account.currency);
    let is_moving = |row: &AccountRow| stored(row).is_some_and(|currency| currency != row.currency);
    let moving: Vec<_> = rows.iter().filter(|row| is_moving(row)).map(|row| row.id).collect();
    if moving.is_empty() {
        return Ok(());
    }
    let ids = sets::json(&moving)?;
    let used = db.read_now(|connection| used_among(connection, &ids))?;
    rows.retain(|row| {
        let refused = used.contains(&row.id);
        if refused {
            sheet.add_fault(
                keys.line(row.code_key.as_ref().unwrap_or(&row.code)),
                "currency",
                Code::StillInUse,
                row.currency.code(),
                sentences::currency_in_use(),
            );
        }
        !refused
    });
    Ok(())
}

/// Those accounts of a JSON array of ids that have orders or price lists.
pub(super) fn used_among(connection: &mut Connection, ids: &str) -> Result<HashSet<AccountId>> {
    let used: Vec<AccountId> = sql(
        "SELECT given.value FROM {ids $1} given WHERE EXISTS (SELECT 1 FROM orders WHERE account_id = given.value) \
         OR EXISTS (SELECT 1 FROM price_lists WHERE account_id = given.value) \
         OR EXISTS (SELECT 1 FROM account_credits WHERE account_id = given.value OR parent_id = given.value)",
    )
    .bind(ids)
    .rows(connection)?;
    Ok(used.into_iter().collect())
}
