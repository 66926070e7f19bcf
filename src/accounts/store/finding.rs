//! Lists of accounts for staff.

use serde::Serialize;

use super::AccountRow;
use crate::accounts::finding::Filter;
use crate::accounts::rules::Account;
use crate::db::seek::Walk;
use crate::db::{Connection, composed, patterns, selection, sets, sql};
use crate::error::Result;
use crate::ids::AccountId;
use crate::keys;
use crate::row;

/// Open, closed or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[allow(missing_docs)]
pub enum Standing {
    #[default]
    Any,
    Open,
    Closed,
}

row! {
    struct Listed from "accounts a LEFT JOIN team_members t ON t.account_id = a.id AND t.position = 1 \
         LEFT JOIN people p ON p.id = t.person_id AND p.ended_at IS NULL" {
        account: AccountRow = "a.*",
        manager: Option<String> = "p.name",
    }
}

/// Up to `rows_max` accounts by code behind `after`, each with the name of its key account manager.
pub fn list(
    connection: &mut Connection,
    filter: &Filter,
    walk: &Walk<String>,
    rows_max: i64,
) -> Result<Vec<(Account, Option<String>)>> {
    let among = walk.ids()?;
    let (named, list) = (
        among.as_ref().map_or("", |_| "AND a.id {in ids $6}"),
        selection::<Listed>(),
    );
    let statement = composed(format!(
        "{list} WHERE a.code > $1 AND ($2 = '%%' OR a.search_text LIKE $2 ESCAPE '\\') \
           AND ($3 = 0 OR EXISTS (SELECT 1 FROM team_members m WHERE m.account_id = a.id AND m.person_id = $3)) \
           AND ($4 = '' OR ($4 = 'open' AND a.closed_at IS NULL) OR ($4 = 'closed' AND a.closed_at IS NOT NULL)) \
         {named} ORDER BY a.code LIMIT $5",
    ))
    .bind(walk.after().map_or("", String::as_str))
    .bind(patterns::holding(&keys::searched(&filter.q)))
    .bind(filter.served_by.map_or(0, |id| id.0))
    .bind(match filter.standing {
        Standing::Any => "",
        Standing::Open => "open",
        Standing::Closed => "closed",
    })
    .bind(rows_max);
    let statement = match among {
        Some(ids) => statement.bind(ids),
        None => statement,
    };
    let rows: Vec<Listed> = statement.rows(connection)?;
    rows.into_iter()
        .map(|row| Ok((row.account.try_into()?, row.manager)))
        .collect()
}

/// Ids, codes and names of these accounts.
pub fn list_names(connection: &mut Connection, ids: &[AccountId]) -> Result<Vec<(AccountId, String, String)>> {
    sql("SELECT id, code, name FROM accounts WHERE id {in ids $1}")
        .bind(sets::json(ids)?)
        .rows(connection)
}
