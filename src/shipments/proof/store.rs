//! Pictures and papers of arrivals: their bytes are in the database, which is all that several nodes share.

use diesel::prelude::*;

use super::FileHead;
use crate::clock::Timestamp;
use crate::db::schema::delivery_proofs;
use crate::db::{Connection, select, sql};
use crate::error::Result;
use crate::ids::{AccountId, DeliveryProofId, ShipmentId};
use crate::row;

row! {
    #[derive(Debug)]
    struct HeadRow from "delivery_proofs f" {
        id: DeliveryProofId = "f.id",
        name: String = "f.name",
        media_type: String = "f.media_type",
        byte_count: i64 = "f.byte_count",
        added_at: Timestamp = "f.added_at",
    }
}

/// A file as it is stored.
#[derive(Debug)]
pub struct NewFile<'a> {
    pub id: DeliveryProofId,
    pub name: &'a str,
    pub media_type: &'static str,
    pub bytes: &'a [u8],
}

/// The files of a shipment of the account and of those that travel with it, the first first.
pub fn list(connection: &mut Connection, account_id: AccountId, id: ShipmentId) -> Result<Vec<FileHead>> {
    let rows: Vec<HeadRow> = select::<HeadRow>(
        "WHERE f.account_id = $2 AND f.shipment_id IN (SELECT s.id FROM shipments s WHERE s.id = $1 OR s.consignment_id = \
         (SELECT t.consignment_id FROM shipments t WHERE t.id = $1)) ORDER BY f.id",
    )
        .bind(id)
        .bind(account_id)
        .rows(connection)?;
    let head = |row: HeadRow| FileHead {
        id: row.id,
        name: row.name,
        media_type: row.media_type,
        byte_count: row.byte_count,
        added_at: row.added_at,
    };
    Ok(rows.into_iter().map(head).collect())
}

pub fn insert(
    tx: &mut Connection,
    (account_id, shipment_id): (AccountId, ShipmentId),
    file: &NewFile<'_>,
    now: Timestamp,
) -> Result<()> {
    diesel::insert_into(delivery_proofs::table)
        .values((
            delivery_proofs::id.eq(file.id),
            delivery_proofs::shipment_id.eq(shipment_id),
            delivery_proofs::account_id.eq(account_id),
            delivery_proofs::name.eq(file.name),
            delivery_proofs::media_type.eq(file.media_type),
            delivery_proofs::byte_count.eq(i64::try_from(file.bytes.len()).unwrap_or(i64::MAX)),
            delivery_proofs::added_at.eq(now),
            delivery_proofs::content.eq(file.bytes),
        ))
        .execute(tx)?;
    Ok(())
}

/// A file of the account: name, type and bytes.
pub fn find(
    connection: &mut Connection,
    account_id: AccountId,
    id: DeliveryProofId,
) -> Result<Option<(String, String, Vec<u8>)>> {
    Ok(delivery_proofs::table
        .filter(delivery_proofs::account_id.eq(account_id))
        .filter(delivery_proofs::id.eq(id))
        .select((
            delivery_proofs::name,
            delivery_proofs::media_type,
            delivery_proofs::content,
        ))
        .first(connection)
        .optional()?)
}

/// Whose file it is: for staff, who name no account.
pub fn find_account(connection: &mut Connection, id: DeliveryProofId) -> Result<Option<AccountId>> {
    sql("SELECT account_id FROM delivery_proofs WHERE id = $1")
        .bind(id)
        .first(connection)
}
