//! Rows of erasures, and the rows that name a person.

use super::rules::{Place, State};
use crate::clock::Timestamp;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Connection, composed, select, selection, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, ErasureId, PersonId};
use crate::{binds, row};

/// Rows that one piece looks at.
const WINDOW: i64 = 5_000;

row! {
    /// An erasure as it is stored.
    #[derive(Debug, Clone)]
    pub struct ErasureRow in erasures {
        pub id: ErasureId,
        pub person_id: Option<PersonId>,
        /// Whose rows may have the name; all, where there is none.
        pub account_id: Option<AccountId>,
        pub pseudonym: String,
        /// JSON; forgotten in the end.
        pub sought: Option<String>,
        pub state: State,
        pub step: i32,
        /// The last row that was looked at in this step.
        pub walked: i64,
        /// How many rows of each place, as JSON.
        pub replaced: String,
        pub asked_by: String,
        pub asked_at: Timestamp,
        pub ended_at: Option<Timestamp>,
    }
}

pub fn insert(tx: &mut Connection, row: &ErasureRow) -> Result<()> {
    crate::db::insert(tx, std::slice::from_ref(row))
}

pub fn find(connection: &mut Connection, id: ErasureId) -> Result<Option<ErasureRow>> {
    select::<ErasureRow>("WHERE id = $1").bind(id).first(connection)
}

/// Locked until the transaction ends.
pub fn lock(tx: &mut Connection, id: ErasureId) -> Result<Option<ErasureRow>> {
    select::<ErasureRow>("WHERE id = $1 {lock}").bind(id).first(tx)
}

/// The one that runs longest.
pub fn running(connection: &mut Connection) -> Result<Option<ErasureId>> {
    sql("SELECT id FROM erasures WHERE state = {erasure_state running} ORDER BY id LIMIT 1").first(connection)
}

/// The erasure of a person that goes on.
pub fn running_of(connection: &mut Connection, id: PersonId) -> Result<Option<ErasureId>> {
    sql("SELECT id FROM erasures WHERE person_id = $1 AND state = {erasure_state running}")
        .bind(id)
        .first(connection)
}

pub fn list(connection: &mut Connection, walk: impl Into<Walk<ErasureId>>, rows_max: i64) -> Result<Vec<ErasureRow>> {
    let seek = Seek::new(connection, &selection::<ErasureRow>());
    let walk = walk.into().map(|id| binds![id]);
    seek.part(["id"], Way::Down, "id", walk, rows_max)?.rows(connection)
}

/// How far it is.
pub fn update(tx: &mut Connection, row: &ErasureRow) -> Result<()> {
    sql("UPDATE erasures SET step = $2, walked = $3, replaced = $4 WHERE id = $1")
        .bind(row.id)
        .bind(i64::from(row.step))
        .bind(row.walked)
        .bind(row.replaced.as_str())
        .run(tx)
        .map(drop)
}

/// Nothing is left to do; what was looked for is forgotten.
pub fn update_done(tx: &mut Connection, id: ErasureId, replaced: &str, now: Timestamp) -> Result<()> {
    sql("UPDATE erasures SET state = {erasure_state done}, sought = NULL, replaced = $2, ended_at = $3 WHERE id = $1")
        .bind(id)
        .bind(replaced)
        .bind(now)
        .run(tx)
        .map(drop)
}

/// A column in which a person may be named.
#[derive(Debug, Clone, Copy)]
pub struct Named {
    pub place: Place,
    pub table: &'static str,
    pub column: &'static str,
    /// The number that its rows are walked by.
    pub key: &'static str,
    /// Its rows say whose they are.
    pub is_of_account: bool,
    /// The column holds JSON.
    pub is_json: bool,
}

const fn text(table: &'static str, column: &'static str) -> Named {
    Named {
        place: Place::Texts,
        table,
        column,
        key: "id",
        is_of_account: true,
        is_json: false,
    }
}

const fn of_nobody(named: Named) -> Named {
    Named {
        is_of_account: false,
        ..named
    }
}

const fn by(key: &'static str, named: Named) -> Named {
    Named { key, ..named }
}

/// All of them, in the order they are walked through. The record comes last: it gets entries meanwhile.
pub const NAMED: &[Named] = &[
    Named {
        place: Place::Events,
        is_json: true,
        ..text("events", "data")
    },
    text("orders", "note"),
    text("orders", "cancel_reason"),
    text("orders", "hold_note"),
    of_nobody(text("order_lines", "note")),
    text("order_changes", "reason"),
    text("order_changes", "decision_reason"),
    text("drafts", "title"),
    text("drafts", "note"),
    of_nobody(text("draft_lines", "note")),
    text("substitute_proposals", "note"),
    text("substitute_proposals", "decision_reason"),
    text("shipments", "received_by"),
    text("consignments", "received_by"),
    text("claims", "note"),
    text("claims", "action_owner"),
    text("claims", "corrective_action"),
    of_nobody(text("claim_messages", "body")),
    text("returns", "note"),
    text("contracts", "accepted_by"),
    text("contracts", "signed_by"),
    text("contracts", "end_reason"),
    text("payments", "reversal_reason"),
    text("refunds", "reversal_reason"),
    text("write_offs", "reason"),
    text("write_offs", "reversal_reason"),
    text("bank_entries", "note"),
    by("invoice_id", text("invoice_disputes", "reason")),
    of_nobody(text("price_changes", "title")),
    of_nobody(text("price_changes", "note")),
    of_nobody(text("price_changes", "decision_note")),
    of_nobody(text("price_corrections", "note")),
    text("rebates", "note"),
    by("account_id", text("account_reminders", "excluded")),
    by("account_id", text("account_reminders", "hold_stop_reason")),
    text("write_offs", "reason"),
    text("write_offs", "reversal_reason"),
    text("refunds", "reversal_reason"),
    text("payment_promises", "note"),
    text("actings", "reason"),
    text("clients", "description"),
    text("webhook_endpoints", "description"),
    Named {
        place: Place::Audit,
        is_json: true,
        ..text("audit_entries", "details")
    },
    Named {
        place: Place::Audit,
        ..text("audit_entries", "object")
    },
];

/// The last row of the next piece behind `after`; nothing where what is left is one piece.
pub fn window(connection: &mut Connection, named: Named, after: i64) -> Result<Option<i64>> {
    composed(format!(
        "SELECT {key} FROM {table} WHERE {key} > $1 ORDER BY {key} LIMIT 1 OFFSET {WINDOW}",
        key = named.key,
        table = named.table
    ))
    .bind(after)
    .first(connection)
}

/// Rows of a piece in which one of `needles` stands, whole texts with their ids.
pub fn candidates(
    connection: &mut Connection,
    named: Named,
    (after, until): (i64, i64),
    account_id: Option<AccountId>,
    needles: &[&str],
) -> Result<Vec<(i64, String)>> {
    let Named { table, column, key, .. } = named;
    let whose = match named.is_of_account {
        true => " AND ($4 = 0 OR t.account_id IS NULL OR t.account_id = $4)",
        false => " AND $4 = $4",
    };
    composed(format!(
        "SELECT t.{key}, t.{column} FROM {table} t WHERE t.{key} > $1 AND t.{key} <= $2 AND t.{column} IS NOT NULL{whose} \
         AND EXISTS (SELECT 1 FROM {{texts $3}} n WHERE {{position}}(LOWER(t.{column}), LOWER(n.value)) > 0) ORDER BY t.{key}"
    ))
    .bind(after)
    .bind(until)
    .bind(sets::json(needles)?)
    .bind(account_id.map_or(0, |id| id.0))
    .rows(connection)
}

/// Writes texts into a column.
pub fn replace(tx: &mut Connection, named: Named, texts: &[(i64, String)]) -> Result<()> {
    let Named { table, column, key, .. } = named;
    composed(format!(
        "UPDATE {table} SET {column} = s.content FROM {{tuples $1: id bigint, content text}} s WHERE {table}.{key} = s.id"
    ))
    .bind(sets::json(texts)?)
    .run(tx)
    .map(drop)
}

/// Names under which the address is known, each with whose: contacts and shoppers.
pub fn other_names(connection: &mut Connection, mail: &str) -> Result<Vec<(String, AccountId)>> {
    sql("SELECT name, account_id FROM contacts WHERE LOWER(email) = $1 UNION \
         SELECT name, account_id FROM punchout_shoppers WHERE LOWER(email) = $1")
    .bind(mail)
    .rows(connection)
}

/// True where an invitation went to the address, or a mail, or e-invoices do.
pub fn is_known(connection: &mut Connection, mail: &str) -> Result<bool> {
    sql("SELECT EXISTS (SELECT 1 FROM invitations WHERE LOWER(email) = $1) OR \
         EXISTS (SELECT 1 FROM messages WHERE LOWER(email) = $1) OR \
         EXISTS (SELECT 1 FROM accounts WHERE LOWER(einvoice_email) = $1)")
    .bind(mail)
    .one(connection)
}

/// The code of an account whose e-invoices go to the address.
pub fn receiving(connection: &mut Connection, mail: &str) -> Result<Option<String>> {
    sql("SELECT code FROM accounts WHERE LOWER(einvoice_email) = $1 ORDER BY id LIMIT 1")
        .bind(mail)
        .first(connection)
}

/// True where somebody else is called so, of the account or, without one, of the staff.
pub fn is_name_of_others(
    connection: &mut Connection,
    name: &str,
    account_id: Option<AccountId>,
    mail: &str,
) -> Result<bool> {
    sql(
        "SELECT EXISTS (SELECT 1 FROM people WHERE name = $1 AND COALESCE(account_id, 0) = $2 AND email <> $3) OR \
         EXISTS (SELECT 1 FROM contacts WHERE name = $1 AND account_id = $2 AND COALESCE(LOWER(email), '') <> $3)",
    )
    .bind(name)
    .bind(account_id.map_or(0, |id| id.0))
    .bind(mail)
    .one(connection)
}

/// Names and addresses of contacts, shoppers, invitations and mails become the pseudonym's; how many rows of each.
pub fn replace_others(
    tx: &mut Connection,
    person: Option<PersonId>,
    (mail, name, by): (&str, &str, &str),
    now: Timestamp,
) -> Result<Vec<(Place, usize)>> {
    let contacts = sql(
        "UPDATE contacts SET name = $2, email = NULL, job_title = NULL, phone = NULL, mails = NULL WHERE LOWER(email) = $1",
    )
    .bind(mail)
    .bind(name)
    .run(tx)?;
    let shoppers = sql("UPDATE punchout_shoppers SET name = $2, email = $3 WHERE LOWER(email) = $1")
        .bind(mail)
        .bind(name)
        .bind(by)
        .run(tx)?;
    let invitations = sql(
        "UPDATE invitations SET email = $2, withdrawn_at = CASE WHEN accepted_at IS NULL THEN COALESCE(withdrawn_at, $3) \
         ELSE withdrawn_at END WHERE LOWER(email) = $1",
    )
    .bind(mail)
    .bind(by)
    .bind(now)
    .run(tx)?;
    // What was not sent has nobody to go to; events know how many mails they have.
    sql(
        "UPDATE events SET mails = events.mails - gone.unsent FROM (SELECT event_id, COUNT(*) AS unsent FROM messages \
         WHERE state IN ({mail_state due}, {mail_state parked}) AND (LOWER(email) = $1 OR person_id = $2) GROUP BY event_id) gone \
         WHERE events.id = gone.event_id",
    )
    .bind(mail)
    .bind(person.map_or(0, |id| id.0))
    .run(tx)?;
    let unsent = sql(
        "DELETE FROM messages WHERE state IN ({mail_state due}, {mail_state parked}) AND (LOWER(email) = $1 OR person_id = $2)",
    )
    .bind(mail)
    .bind(person.map_or(0, |id| id.0))
    .run(tx)?;
    let sent = sql(
        "UPDATE messages SET email = $2, name = $3, subject = CASE WHEN subject IS NULL THEN NULL ELSE '…' END, last_error = NULL WHERE LOWER(email) = $1 OR person_id = $4",
    )
    .bind(mail)
    .bind(by)
    .bind(name)
    .bind(person.map_or(0, |id| id.0))
    .run(tx)?;
    Ok(vec![
        (Place::Contacts, contacts),
        (Place::Shoppers, shoppers),
        (Place::Invitations, invitations),
        (Place::Messages, unsent + sent),
    ])
}

/// What a person has of their own goes.
const REMOVED: [&str; 9] = [
    "DELETE FROM person_roles WHERE person_id = $1",
    "DELETE FROM person_sites WHERE person_id = $1",
    "DELETE FROM muted_mails WHERE person_id = $1",
    "DELETE FROM saved_views WHERE person_id = $1",
    "DELETE FROM passkeys WHERE person_id = $1",
    "DELETE FROM recovery_codes WHERE person_id = $1",
    "DELETE FROM second_factors WHERE person_id = $1",
    "UPDATE sessions SET user_agent = NULL, address = NULL WHERE person_id = $1",
    "UPDATE team_members SET phone = NULL WHERE person_id = $1",
];

/// The person's row names nobody any more, and no password opens it.
pub fn replace_person(
    tx: &mut Connection,
    id: PersonId,
    (name, mail, password_hash): (&str, &str, &str),
    now: Timestamp,
) -> Result<usize> {
    for statement in REMOVED {
        sql(statement).bind(id).run(tx)?;
    }
    sql(
        "UPDATE people SET name = $2, email = $3, password_hash = $5, locale = NULL, last_sign_in_at = NULL, \
         ended_at = COALESCE(ended_at, $4), version = version + 1 WHERE id = $1",
    )
    .bind(id)
    .bind(name)
    .bind(mail)
    .bind(now)
    .bind(password_hash)
    .run(tx)
}
