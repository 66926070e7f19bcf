//! What is set for an account about paying.

use super::Terms;
use super::rules::{StatementMail, Step};
use crate::db::{Connection, sql};
use crate::error::{Error, Result};
use crate::ids::AccountId;

/// What is set; nothing of an account that has no row.
pub fn find(connection: &mut Connection, account_id: AccountId) -> Result<Terms> {
    let row: Option<(String, StatementMail)> =
        sql("SELECT cash_discount, statement_mail FROM account_payment_terms WHERE account_id = $1")
            .bind(account_id)
            .first(connection)?;
    let Some((steps, statement_mail)) = row else {
        return Ok(Terms::default());
    };
    let steps: Vec<Step> = serde_json::from_str(&steps).map_err(Error::internal)?;
    Ok(Terms { steps, statement_mail })
}

pub fn put(tx: &mut Connection, account_id: AccountId, terms: &Terms) -> Result<()> {
    sql(
        "INSERT INTO account_payment_terms (account_id, cash_discount, statement_mail) VALUES ($1, $2, $3) \
         ON CONFLICT (account_id) DO UPDATE SET cash_discount = excluded.cash_discount, \
         statement_mail = excluded.statement_mail",
    )
    .bind(account_id)
    .bind(serde_json::to_string(&terms.steps).map_err(Error::internal)?)
    .bind(terms.statement_mail)
    .run(tx)?;
    Ok(())
}
