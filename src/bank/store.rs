//! Statements and entries of banks, and whose accounts at banks are.

use chrono::NaiveDate;

use super::EntryFilter;
use super::rules::identity::Other;
use super::rules::matching::Paid;
use super::rules::{Direction, Format, State, Statement};
use crate::binds;
use crate::clock::{Period, Timestamp};
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Batch, Connection, insertion, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, BankEntryId, BankStatementId, PaymentId, RefundId};
use crate::money::Currency;
use crate::row;

row! {
    /// What a file of a bank tells of one account.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct StatementRow in bank_statements {
        pub id: BankStatementId,
        /// SHA-256 of the file, in hexadecimal.
        pub file_hash: String,
        /// Place of the statement in the file.
        pub place: i32,
        /// What the file was called.
        pub file: String,
        pub format: Format,
        pub bank_account: String,
        pub currency: Currency,
        /// The bank's number of it.
        pub number: Option<String>,
        pub opening_minor: Option<i64>,
        pub closing_minor: Option<i64>,
        /// What the account has more by all of its entries, minor units.
        pub moved_minor: i64,
        /// The same by those that came with it first.
        pub own_minor: i64,
        pub first_on: Option<NaiveDate>,
        pub last_on: Option<NaiveDate>,
        pub entry_count: i32,
        /// Of them those that were there already.
        pub known_count: i32,
        /// Movements the bank had not booked yet.
        pub pending_count: i32,
        pub imported_at: Timestamp,
        pub imported_by: String,
    }
}

row! {
    /// A movement of an account at a bank, and what became of it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct EntryRow in bank_entries {
        pub id: BankEntryId,
        pub statement_id: BankStatementId,
        pub sum_key: String,
        pub place: i64,
        pub booked_on: NaiveDate,
        pub value_on: Option<NaiveDate>,
        pub amount_minor: i64,
        pub currency: Currency,
        pub direction: Direction,
        pub is_reversal: bool,
        pub payer_name: Option<String>,
        pub payer_iban: Option<String>,
        pub remittance: String,
        pub reference: Option<String>,
        pub end_to_end_id: Option<String>,
        pub bank_code: Option<String>,
        pub bank_reference: Option<String>,
        pub charges_minor: i64,
        pub state: State,
        /// It was booked without anybody looking.
        pub is_sure: bool,
        /// Sentences, as JSON.
        pub reasons: String,
        /// The invoices it may pay and how much of each, as JSON.
        pub proposal: String,
        /// Whose it is, or may be.
        pub account_id: Option<AccountId>,
        /// The payment it takes back, or may.
        pub takes_back_id: Option<PaymentId>,
        /// The payment it is.
        pub payment_id: Option<PaymentId>,
        /// The refund it is, or may be.
        pub refund_id: Option<RefundId>,
        /// Why it was ignored or looked at again.
        pub note: Option<String>,
        pub decided_at: Option<Timestamp>,
        pub decided_by: Option<String>,
    }
}

row! {
    /// The same with what it belongs to.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct FoundRow from "bank_entries e JOIN bank_statements s ON s.id = e.statement_id LEFT JOIN accounts a ON a.id = e.account_id" {
        pub own: EntryRow = "e.*",
        pub bank_account: String = "s.bank_account",
        /// Code of the account.
        pub account: Option<String> = "a.code",
    }
}

/// The statements of a file that was read before, by its hash.
pub fn list_of_file(connection: &mut Connection, file_hash: &str) -> Result<Vec<StatementRow>> {
    select::<StatementRow>("WHERE file_hash = $1 ORDER BY place")
        .bind(file_hash)
        .rows(connection)
}

pub fn insert_statements(tx: &mut Connection, rows: &[StatementRow]) -> Result<()> {
    crate::db::insert(tx, rows)
}

pub fn insert_entries(tx: &mut Connection, rows: &[EntryRow]) -> Result<()> {
    crate::db::insert(tx, rows)
}

row! {
    struct BookedRow into bank_entry_payments {
        payment_id: PaymentId,
        entry_id: BankEntryId,
    }
}

/// Says which payments were booked from which entries.
pub fn insert_payments(batch: &mut Batch, booked: &[(BankEntryId, PaymentId)]) -> Result<()> {
    if booked.is_empty() {
        return Ok(());
    }
    let row = |&(entry_id, payment_id): &(BankEntryId, PaymentId)| BookedRow { payment_id, entry_id };
    batch.add(insertion(&booked.iter().map(row).collect::<Vec<_>>())?);
    Ok(())
}

/// What is stored of these sums: key, how many entries, one of them, and whether it still waits for somebody.
pub fn list_known(connection: &mut Connection, keys: &[&str]) -> Result<Vec<(String, i64, BankEntryId, i64)>> {
    sql(
        "SELECT sum_key, COUNT(*), MIN(id), CAST(MIN(CASE WHEN state = {bank_entry_state proposed} \
         OR state = {bank_entry_state unknown} THEN 1 ELSE 0 END) AS BIGINT) \
         FROM bank_entries WHERE sum_key {in texts $1} GROUP BY sum_key",
    )
    .bind(sets::json(keys)?)
    .rows(connection)
}

/// Locks what waits of these sums until the transaction ends: whether it still waits is read after it.
pub fn lock_waiting(tx: &mut Connection, keys: &[&str]) -> Result<()> {
    if keys.is_empty() {
        return Ok(());
    }
    let _: Vec<BankEntryId> = sql(
        "SELECT id FROM bank_entries WHERE sum_key {in texts $1} AND (state = {bank_entry_state proposed} \
         OR state = {bank_entry_state unknown}) ORDER BY id {lock}",
    )
    .bind(sets::json(keys)?)
    .rows(tx)?;
    Ok(())
}

row! {
    struct AlikeRow {
        bank_account: String,
        booked_on: NaiveDate,
        minor: i64,
        currency: Currency,
        format: Format,
        reference: Option<String>,
        in_sum: i64,
        payer_iban: Option<String>,
        end_to_end_id: Option<String>,
        remittance: String,
    }
}

/// Money that came in on a statement's account in its currency between two days, told by other files: day, amount and the rest of it.
pub fn list_alike(
    connection: &mut Connection,
    (statement, file_hash): (&Statement, &str),
    (from, to): (NaiveDate, NaiveDate),
    amounts: &[i64],
) -> Result<Vec<(NaiveDate, i64, Other)>> {
    let rows: Vec<AlikeRow> = sql(
        "SELECT s.bank_account, e.booked_on, e.amount_minor, e.currency, s.format, e.bank_reference, \
         (SELECT COUNT(*) FROM bank_entries o WHERE o.sum_key = e.sum_key), e.payer_iban, e.end_to_end_id, e.remittance \
         FROM bank_entries e JOIN bank_statements s ON s.id = e.statement_id \
         WHERE e.booked_on >= $1 AND e.booked_on <= $2 AND e.amount_minor {in ids $3} AND e.direction = 'credit' \
         AND s.file_hash <> $4",
    )
    .bind(from)
    .bind(to)
    .bind(sets::json(amounts)?)
    .bind(file_hash)
    .rows(connection)?;
    let is_of = |row: &AlikeRow| row.bank_account == statement.account && row.currency == statement.currency;
    let other = |row: AlikeRow| {
        let other = Other {
            format: row.format,
            reference: row.reference,
            is_alone: row.in_sum == 1,
            payer_iban: row.payer_iban,
            end_to_end_id: row.end_to_end_id,
            remittance: row.remittance,
        };
        (row.booked_on, row.minor, other)
    };
    Ok(rows.into_iter().filter(is_of).map(other).collect())
}

/// Whose these accounts at banks were.
pub fn list_payers(connection: &mut Connection, ibans: &[&str]) -> Result<Vec<(String, AccountId, String)>> {
    sql("SELECT p.iban, p.account_id, a.code FROM bank_payers p JOIN accounts a ON a.id = p.account_id WHERE p.iban {in texts $1}")
        .bind(sets::json(ibans)?)
        .rows(connection)
}

/// Remembers whose accounts at banks are; what was said before is forgotten.
pub fn put_payers(batch: &mut Batch, payers: &[(&str, AccountId)], now: Timestamp) -> Result<()> {
    if payers.is_empty() {
        return Ok(());
    }
    batch.add(
        sql(
            "INSERT INTO bank_payers (iban, account_id, confirmed_at) SELECT d.iban, d.account, $2 \
             FROM {tuples $1: iban text, account bigint} d WHERE true \
             ON CONFLICT (iban) DO UPDATE SET account_id = excluded.account_id, confirmed_at = excluded.confirmed_at",
        )
        .bind(sets::json(payers)?)
        .bind(now),
    );
    Ok(())
}

/// Forgets that an account at a bank is this account's.
pub fn forget_payer(batch: &mut Batch, iban: &str, account_id: AccountId) {
    batch.add(
        sql("DELETE FROM bank_payers WHERE iban = $1 AND account_id = $2")
            .bind(iban)
            .bind(account_id),
    );
}

row! {
    struct PaidRow {
        id: PaymentId,
        account_id: AccountId,
        account: String,
        end_to_end_id: Option<String>,
        payer_iban: Option<String>,
        bank_account: String,
        minor: i64,
        currency: Currency,
        received_on: NaiveDate,
        is_refunded: bool,
    }
}

/// Payments booked from a bank, not taken back, of these amounts; those that came in on this account of the supplier's are marked.
pub fn list_paid(connection: &mut Connection, bank_account: &str, amounts: &[i64]) -> Result<Vec<Paid>> {
    let rows: Vec<PaidRow> = sql(
        "SELECT p.id, p.account_id, a.code, e.end_to_end_id, e.payer_iban, s.bank_account, p.amount_minor, p.currency, p.received_on, \
         EXISTS (SELECT 1 FROM refund_parts q JOIN refunds r ON r.id = q.refund_id WHERE q.payment_id = p.id AND r.reversed_at IS NULL) \
         FROM bank_entries e JOIN payments p ON p.id = e.payment_id JOIN accounts a ON a.id = p.account_id \
         JOIN bank_statements s ON s.id = e.statement_id \
         WHERE e.amount_minor {in ids $1} AND e.state = {bank_entry_state booked} AND p.reversed_at IS NULL ORDER BY p.id",
    )
    .bind(sets::json(amounts)?)
    .rows(connection)?;
    let paid = |row: PaidRow| Paid {
        id: row.id,
        account_id: row.account_id,
        account: row.account,
        end_to_end_id: row.end_to_end_id,
        payer_iban: row.payer_iban,
        is_same_account: row.bank_account == bank_account,
        minor: row.minor,
        currency: row.currency,
        received_on: row.received_on,
        is_refunded: row.is_refunded,
    };
    Ok(rows.into_iter().map(paid).collect())
}

/// True where the bank took this payment back by an entry of its own.
pub fn is_taken_back(connection: &mut Connection, payment_id: PaymentId) -> Result<bool> {
    let found: Option<BankEntryId> = sql("SELECT id FROM bank_entries WHERE takes_back_id = $1 \
         AND state = {bank_entry_state booked}")
    .bind(payment_id)
    .first(connection)?;
    Ok(found.is_some())
}

/// An entry, locked until the transaction ends.
pub fn lock_entry(tx: &mut Connection, id: BankEntryId) -> Result<Option<FoundRow>> {
    let locked: Option<BankEntryId> = sql("SELECT id FROM bank_entries WHERE id = $1 {lock}")
        .bind(id)
        .first(tx)?;
    match locked {
        Some(id) => find_entry(tx, id),
        None => Ok(None),
    }
}

pub fn find_entry(connection: &mut Connection, id: BankEntryId) -> Result<Option<FoundRow>> {
    select::<FoundRow>("WHERE e.id = $1").bind(id).first(connection)
}

/// Says what became of an entry.
pub fn update_entry(batch: &mut Batch, entry: &EntryRow, now: Timestamp) {
    batch.add(
        sql(
            "UPDATE bank_entries SET state = $2, account_id = $3, takes_back_id = $4, payment_id = $5, note = $6, \
             decided_at = $7, decided_by = $8, is_sure = $9, reasons = $10, refund_id = $11 WHERE id = $1",
        )
        .bind(entry.id)
        .bind(entry.state)
        .bind(entry.account_id.map(|id| id.0))
        .bind(entry.takes_back_id.map(|id| id.0))
        .bind(entry.payment_id.map(|id| id.0))
        .bind(entry.note.clone())
        .bind(now)
        .bind(entry.decided_by.clone())
        .bind(entry.is_sure)
        .bind(&entry.reasons)
        .bind(entry.refund_id.map(|id| id.0)),
    );
}

/// Says that the statements of these entries changed, as what they count did.
pub fn touch_statements(batch: &mut Batch, entries: &[BankEntryId]) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    batch.add(
        sql("UPDATE bank_statements SET known_count = known_count \
             WHERE id IN (SELECT statement_id FROM bank_entries WHERE id {in ids $1})")
        .bind(sets::json(entries)?),
    );
    Ok(())
}

/// Sums that came before their parts are set aside, if they still wait.
pub fn set_aside(batch: &mut Batch, ids: &[BankEntryId], (reasons, by): (&str, &str), now: Timestamp) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    batch.add(
        sql(
            "UPDATE bank_entries SET state = {bank_entry_state ignored}, reasons = $2, decided_at = $3, decided_by = $4 \
             WHERE id {in ids $1} AND (state = {bank_entry_state proposed} OR state = {bank_entry_state unknown})",
        )
        .bind(sets::json(ids)?)
        .bind(reasons)
        .bind(now)
        .bind(by),
    );
    Ok(())
}

/// Statements, the newest first.
pub fn list_statements(
    connection: &mut Connection,
    imported: Period,
    after: impl Into<Walk<BankStatementId>>,
    limit: i64,
) -> Result<Vec<StatementRow>> {
    let walk = after.into().map(|id| binds![id]);
    let mut seek = Seek::new(connection, "SELECT s.id FROM bank_statements s");
    seek.within("s.imported_at", imported);
    let ids: Vec<BankStatementId> = seek.part(["s.id"], Way::Down, "s.id", walk, limit)?.rows(connection)?;
    select::<StatementRow>("WHERE id {in ids $1} ORDER BY id DESC")
        .bind(sets::json(&ids)?)
        .rows(connection)
}

pub fn find_statement(connection: &mut Connection, id: BankStatementId) -> Result<Option<StatementRow>> {
    select::<StatementRow>("WHERE id = $1").bind(id).first(connection)
}

/// How many entries of these statements are in which state.
pub fn count_states(
    connection: &mut Connection,
    ids: &[BankStatementId],
) -> Result<Vec<(BankStatementId, State, i64)>> {
    sql("SELECT statement_id, state, COUNT(*) FROM bank_entries WHERE statement_id {in ids $1} GROUP BY statement_id, state")
        .bind(sets::json(ids)?)
        .rows(connection)
}

/// Entries, the newest first.
pub fn list_entries(
    connection: &mut Connection,
    filter: &EntryFilter,
    after: impl Into<Walk<BankEntryId>>,
    limit: i64,
) -> Result<Vec<FoundRow>> {
    let walk = after.into();
    let mut seek = Seek::new(connection, "SELECT e.id FROM bank_entries e");
    let states: Vec<_> = filter.states.iter().map(|state| state.name()).collect();
    if !states.is_empty() {
        seek.one_of("e.state", &states)?;
    }
    seek.and_if("e.statement_id = $1", filter.statement_id);
    seek.of_account("e.account_id", filter.account.as_deref());
    seek.and_if("e.booked_on >= $1", filter.from);
    seek.and_if("e.booked_on <= $1", filter.to);
    if let Some(text) = filter.text.as_deref().map(str::trim) {
        seek.and(
            "({position}(lower(e.remittance), $1) > 0 OR {position}(lower(e.payer_name), $1) > 0 \
             OR {position}(lower(e.reference), $1) > 0 OR {position}(lower(e.payer_iban), $1) > 0)",
            binds![text.to_lowercase()],
        );
    }
    let walk = walk.map(|id| binds![id]);
    let ids: Vec<BankEntryId> = seek.part(["e.id"], Way::Down, "e.id", walk, limit)?.rows(connection)?;
    select::<FoundRow>("WHERE e.id {in ids $1} ORDER BY e.id DESC")
        .bind(sets::json(&ids)?)
        .rows(connection)
}
