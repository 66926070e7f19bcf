//! What an account usually decides: columns of its row.

use super::rules::UsualChoices;
use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::AccountId;
use crate::names::sets::{BackorderChoice, DeliveryChoice};

/// The choices of the account.
pub fn find(connection: &mut Connection, account_id: AccountId) -> Result<Option<UsualChoices>> {
    let found: Option<(DeliveryChoice, BackorderChoice, Option<i32>)> =
        sql("SELECT delivery, backorder, cancel_after_days FROM accounts WHERE id = $1")
            .bind(account_id)
            .first(connection)?;
    let choices = |(delivery, backorder, cancel_after_days)| UsualChoices {
        delivery,
        backorder,
        cancel_after_days,
    };
    Ok(found.map(choices))
}

pub fn update(tx: &mut Connection, account_id: AccountId, choices: UsualChoices) -> Result<()> {
    sql("UPDATE accounts SET delivery = $2, backorder = $3, cancel_after_days = $4 WHERE id = $1")
        .bind(account_id)
        .bind(choices.delivery)
        .bind(choices.backorder)
        .bind(choices.cancel_after_days.map(i64::from))
        .run(tx)
        .map(drop)
}
