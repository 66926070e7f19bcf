//! Carriers as they are stored.

use super::rules::{CARRIERS_MAX, Carrier};
use crate::db::{Connection, insert as insert_rows, select, sql, violations};
use crate::error::{Code, Error, Result};
use crate::ids::CarrierId;
use crate::keys;
use crate::row;
use crate::shipments::sentences;

row! {
    #[derive(Debug)]
    pub(super) struct CarrierRow in carriers {
        pub(super) id: CarrierId,
        pub(super) code: String,
        pub(super) code_key: String,
        pub(super) name: String,
        pub(super) name_key: String,
        pub(super) tracking_url: Option<String>,
    }
}

impl From<CarrierRow> for Carrier {
    fn from(row: CarrierRow) -> Self {
        Self {
            id: row.id,
            code: row.code,
            name: row.name,
            tracking_url: row.tracking_url,
        }
    }
}

impl From<&Carrier> for CarrierRow {
    fn from(carrier: &Carrier) -> Self {
        Self {
            id: carrier.id,
            code: carrier.code.clone(),
            code_key: keys::folded(&carrier.code),
            name: carrier.name.clone(),
            name_key: keys::folded(&carrier.name),
            tracking_url: carrier.tracking_url.clone(),
        }
    }
}

/// All carriers by their codes; there are few.
pub fn list(connection: &mut Connection) -> Result<Vec<Carrier>> {
    let rows: Vec<CarrierRow> = select::<CarrierRow>("ORDER BY code LIMIT $1")
        .bind(i64::try_from(CARRIERS_MAX).map_err(Error::internal)?)
        .rows(connection)?;
    Ok(rows.into_iter().map(Carrier::from).collect())
}

pub fn find(connection: &mut Connection, id: CarrierId) -> Result<Option<Carrier>> {
    let row: Option<CarrierRow> = select::<CarrierRow>("WHERE id = $1").bind(id).first(connection)?;
    Ok(row.map(Carrier::from))
}

/// The same, locked until the transaction ends.
pub fn lock(tx: &mut Connection, id: CarrierId) -> Result<Option<Carrier>> {
    let row: Option<CarrierRow> = select::<CarrierRow>("WHERE id = $1 {lock}").bind(id).first(tx)?;
    Ok(row.map(Carrier::from))
}

pub fn insert(tx: &mut Connection, carrier: &Carrier) -> Result<()> {
    insert_rows(tx, &[CarrierRow::from(carrier)]).map_err(|error| told(error, &carrier.code))
}

pub fn update(tx: &mut Connection, carrier: &Carrier) -> Result<()> {
    sql("UPDATE carriers SET name = $2, name_key = $3, tracking_url = $4 WHERE id = $1")
        .bind(carrier.id)
        .bind(carrier.name.as_str())
        .bind(keys::folded(&carrier.name))
        .bind(carrier.tracking_url.clone())
        .run(tx)
        .map(drop)
}

pub fn delete(tx: &mut Connection, id: CarrierId) -> Result<()> {
    sql("DELETE FROM carriers WHERE id = $1").bind(id).run(tx).map(drop)
}

fn told(error: Error, code: &str) -> Error {
    let is_used = violations::is_unique_violation(&error, "carriers_code_key", &["code_key"])
        || violations::is_unique_violation(&error, "carriers_code", &["code"]);
    match is_used {
        true => Error::invalid("/code", Code::DuplicateKey, sentences::carrier_code_used(code)),
        false => error,
    }
}
