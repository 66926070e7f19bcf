//! Photos and papers: their bytes are in the database, which is all that several nodes share.

use diesel::prelude::*;

use crate::claims::rules::{FileHead, Side};
use crate::clock::Timestamp;
use crate::db::schema::claim_files;
use crate::db::{Connection, select, sql};
use crate::error::Result;
use crate::ids::{AccountId, ClaimFileId, ClaimId};
use crate::row;

row! {
    #[derive(Debug)]
    struct HeadRow from "claim_files f" {
        id: ClaimFileId = "f.id",
        name: String = "f.name",
        media_type: String = "f.media_type",
        byte_count: i64 = "f.byte_count",
        side: Side = "f.side",
        added_at: Timestamp = "f.added_at",
    }
}

/// A file with its bytes, as it is stored.
#[derive(Debug)]
pub struct NewFile<'a> {
    pub id: ClaimFileId,
    pub name: &'a str,
    pub media_type: &'static str,
    pub bytes: &'a [u8],
}

/// The files of a claim of the account, the first first.
pub fn list(connection: &mut Connection, account_id: AccountId, claim_id: ClaimId) -> Result<Vec<FileHead>> {
    let rows: Vec<HeadRow> = select::<HeadRow>("WHERE f.claim_id = $1 AND f.account_id = $2 ORDER BY f.id")
        .bind(claim_id)
        .bind(account_id)
        .rows(connection)?;
    let head = |row: HeadRow| FileHead {
        id: row.id,
        name: row.name,
        media_type: row.media_type,
        bytes: row.byte_count,
        side: row.side,
        added_at: row.added_at,
    };
    Ok(rows.into_iter().map(head).collect())
}

pub fn insert(
    tx: &mut Connection,
    (account_id, claim_id): (AccountId, ClaimId),
    file: &NewFile<'_>,
    side: Side,
    now: Timestamp,
) -> Result<()> {
    diesel::insert_into(claim_files::table)
        .values((
            claim_files::id.eq(file.id),
            claim_files::claim_id.eq(claim_id),
            claim_files::account_id.eq(account_id),
            claim_files::name.eq(file.name),
            claim_files::media_type.eq(file.media_type),
            claim_files::byte_count.eq(i64::try_from(file.bytes.len()).unwrap_or(i64::MAX)),
            claim_files::side.eq(side.name()),
            claim_files::added_at.eq(now),
            claim_files::content.eq(file.bytes),
        ))
        .execute(tx)?;
    Ok(())
}

/// True if the side sent a file with these bytes before.
pub fn is_there(connection: &mut Connection, claim_id: ClaimId, side: Side, bytes: &[u8]) -> Result<bool> {
    let same = claim_files::table
        .filter(claim_files::claim_id.eq(claim_id))
        .filter(claim_files::side.eq(side.name()))
        .filter(claim_files::byte_count.eq(i64::try_from(bytes.len()).unwrap_or(i64::MAX)))
        .filter(claim_files::content.eq(bytes))
        .select(claim_files::id)
        .first::<ClaimFileId>(connection)
        .optional()?;
    Ok(same.is_some())
}

/// Whose file it is: for staff, who name no account.
pub fn find_account(connection: &mut Connection, id: ClaimFileId) -> Result<Option<AccountId>> {
    sql("SELECT account_id FROM claim_files WHERE id = $1")
        .bind(id)
        .first(connection)
}

/// Name, what it is, and bytes of a file of the account.
pub fn find(
    connection: &mut Connection,
    account_id: AccountId,
    id: ClaimFileId,
) -> Result<Option<(String, String, Vec<u8>)>> {
    Ok(claim_files::table
        .filter(claim_files::account_id.eq(account_id))
        .filter(claim_files::id.eq(id))
        .select((claim_files::name, claim_files::media_type, claim_files::content))
        .first(connection)
        .optional()?)
}
