//! The statement of a month goes out by mail on the first day of the next, as the account's zone has it: each account and month once.

use chrono::{Datelike, Days, NaiveDate};
use chrono_tz::Tz;

use super::{Period, documents, files, load};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection, sql};
use crate::documents::Paper;
use crate::error::{Error, Result};
use crate::events;
use crate::events::payloads::StatementMailed;
use crate::ids::{AccountId, StatementMailingId};
use crate::ledger;
use crate::money::Money;

/// The month before that of a day: its first day and its last.
pub fn month_before(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = today.with_day(1).unwrap_or(today);
    let last = first.checked_sub_days(Days::new(1)).unwrap_or(first);
    (last.with_day(1).unwrap_or(last), last)
}

/// Accounts whose statement of the month before is to go out and did not, at most so many.
pub fn due(connection: &mut Connection, now: Timestamp, limit: i64) -> Result<Vec<AccountId>> {
    // The month is the same in every zone but for a day around its end; whose it isn't yet is left out below.
    let (latest, _) = month_before(now.date().checked_add_days(Days::new(1)).unwrap_or(now.date()));
    let rows: Vec<(AccountId, String, Option<NaiveDate>)> = sql(
        "SELECT t.account_id, a.time_zone, (SELECT MAX(m.month) FROM statement_mailings m WHERE m.account_id = t.account_id) \
         FROM account_payment_terms t JOIN accounts a ON a.id = t.account_id \
         WHERE t.statement_mail = 'monthly' AND a.closed_at IS NULL \
         AND NOT EXISTS (SELECT 1 FROM statement_mailings m WHERE m.account_id = t.account_id AND m.month >= $1) \
         ORDER BY t.account_id",
    )
    .bind(latest)
    .rows(connection)?;
    let mut due = Vec::new();
    for (account_id, zone, last) in rows {
        let zone: Tz = zone.parse().map_err(Error::internal)?;
        let (month, _) = month_before(day_in(zone, now));
        if last.is_none_or(|last| last < month) {
            due.push(account_id);
        }
        if i64::try_from(due.len()).map_err(Error::internal)? >= limit {
            break;
        }
    }
    Ok(due)
}

/// Notes that the statement of a month is done with; none where it was noted already.
fn note(
    tx: &mut Connection,
    account_id: AccountId,
    month: NaiveDate,
    now: Timestamp,
) -> Result<Option<StatementMailingId>> {
    let id = StatementMailingId::new();
    let inserted = sql(
        "INSERT INTO statement_mailings (id, account_id, month, queued_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    )
    .bind(id)
    .bind(account_id)
    .bind(month)
    .bind(now)
    .run(tx)?;
    Ok((inserted > 0).then_some(id))
}

/// Statements go out from the month on that runs: the one before it is not sent after all.
pub fn begin(tx: &mut Connection, account_id: AccountId, zone: Tz, now: Timestamp) -> Result<()> {
    let (month, _) = month_before(day_in(zone, now));
    note(tx, account_id, month, now).map(drop)
}

/// Sends an account's statement of the month before, if that was not done: false where it was.
pub fn mail(tx: &mut Connection, account_id: AccountId, actor: &Actor, now: Timestamp) -> Result<bool> {
    // Whoever else does the same waits here.
    ledger::lock_exposure(tx, account_id)?;
    let account = accounts::get(tx, account_id)?;
    let (from, to) = month_before(day_in(account.time_zone, now));
    let Some(id) = note(tx, account_id, from, now)? else {
        return Ok(false);
    };
    let period = Period {
        from: Some(from),
        to: Some(to),
    };
    let statement = load(tx, account_id, period, None, i64::MAX, now)?;
    let moved: i64 = statement.entries.iter().map(|entry| entry.minor).sum();
    if statement.opening_minor == 0 && statement.entries.is_empty() {
        // Nothing was owed and nothing happened: that is no news.
        return Ok(true);
    }
    let money = |minor| Money::new(minor, statement.currency).to_string();
    let told = StatementMailed {
        from,
        to,
        currency: statement.currency.code().to_owned(),
        opening_balance: money(statement.opening_minor),
        closing_balance: money(statement.opening_minor.saturating_add(moved)),
    };
    let event = events::Entry::new(Some(account_id), id, told);
    let mut batch = Batch::new();
    audit::record_with_event(&mut batch, actor, "statement.mail", &event, now);
    batch.run(tx)?;
    Ok(true)
}

/// What goes with the mail: the paper, unless the month has more entries than one holds, and the entries as CSV with the name of their
/// file.
pub fn attached(
    connection: &mut Connection,
    account_id: AccountId,
    mailed: &StatementMailed,
    now: Timestamp,
) -> Result<(Option<Paper>, String, Vec<u8>)> {
    let period = Period {
        from: Some(mailed.from),
        to: Some(mailed.to),
    };
    let paper = match documents::statement(connection, account_id, period, now) {
        Err(Error::Invalid(_)) => None,
        paper => Some(paper?),
    };
    let statement = load(connection, account_id, period, None, i64::MAX, now)?;
    let name = format!("statement-{}.csv", mailed.from.format("%Y-%m"));
    Ok((paper, name, files::FILE.csv(&files::rows(statement))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_its_own_last_day() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        let check = |today, from, to| assert_eq!(month_before(today), (from, to), "{today}");
        check(day(2026, 11, 1), day(2026, 10, 1), day(2026, 10, 31));
        check(day(2026, 11, 30), day(2026, 10, 1), day(2026, 10, 31));
        check(day(2026, 1, 1), day(2025, 12, 1), day(2025, 12, 31));
        check(day(2028, 3, 31), day(2028, 2, 1), day(2028, 2, 29));
        check(day(2027, 3, 1), day(2027, 2, 1), day(2027, 2, 28));
    }
}
