//! Photos and papers of claims: taken for what is in them, and given out so that no browser runs them.

pub mod rules;
mod store;

use serde_json::json;

use self::rules::{FILES_MAX, cleaned};
use super::rules::{Claim, FileHead, Side};
use super::{forbidden, lock, note, sentences};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, ClaimFileId, ClaimId};

/// A file to be given out.
#[derive(Debug)]
pub struct Evidence {
    pub name: String,
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// A file that was looked into.
#[derive(Debug, Clone)]
pub struct Checked {
    name: String,
    media_type: rules::MediaType,
    bytes: Vec<u8>,
}

/// Looks into files as they were sent, name and bytes; all faults at once.
pub fn check(sent: Vec<(String, Vec<u8>)>) -> Result<Vec<Checked>> {
    // A form with a field for files that was left empty sends one without a name.
    let is_sent = |(name, bytes): &(String, Vec<u8>)| !name.is_empty() || !bytes.is_empty();
    let sent: Vec<_> = sent.into_iter().filter(is_sent).collect();
    if sent.is_empty() {
        return Err(Error::invalid("/files", Code::Required, sentences::claim_no_files()));
    }
    let (mut checked, mut faults) = (Vec::new(), Vec::new());
    for (place, (name, bytes)) in sent.into_iter().enumerate() {
        match rules::check(&format!("/files/{place}"), &name, &bytes) {
            Ok(media_type) => checked.push(Checked {
                name: cleaned(&name, media_type),
                media_type,
                bytes,
            }),
            Err(fault) => faults.push(fault),
        }
    }
    match faults.is_empty() {
        true => Ok(checked),
        false => Err(Error::Invalid(faults)),
    }
}

/// Adds files to a claim that is not over: of the account's if one is named, else of whoever's. What the same side sent before
/// is kept once.
pub fn add(
    tx: &mut Connection,
    (account_id, id): (Option<AccountId>, ClaimId),
    files: &[Checked],
    actor: &Actor,
    now: Timestamp,
) -> Result<Claim> {
    let claim = lock(tx, account_id, id)?;
    if claim.state.is_over() {
        return Err(forbidden(&claim));
    }
    let side = match account_id {
        Some(_) => Side::Account,
        None => Side::Supplier,
    };
    let files = new_ones(tx, &claim, files, side)?;
    if files.is_empty() {
        return super::get(tx, claim.account_id, id);
    }
    // What one side sends leaves the other its room.
    let there = claim.files.iter().filter(|file| file.side == side).count();
    if there + files.len() > FILES_MAX {
        let detail = sentences::claim_too_many_files(FILES_MAX);
        return Err(Error::conflict(Code::TooManyFiles, detail));
    }
    for file in &files {
        let new = store::NewFile {
            id: ClaimFileId::new(),
            name: &file.name,
            media_type: file.media_type.name(),
            bytes: &file.bytes,
        };
        store::insert(tx, (claim.account_id, id), &new, side, now)?;
    }
    let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
    let mut batch = Batch::new();
    super::store::update_state(&mut batch, &claim, claim.state);
    note(
        &mut batch,
        &claim,
        "claim.add_files",
        json!({ "files": names }),
        actor,
        now,
    );
    batch.run(tx)?;
    super::get(tx, claim.account_id, id)
}

/// Those of files that the side has not sent before, each once: whoever sends a form again sends its files again.
fn new_ones<'f>(tx: &mut Connection, claim: &Claim, files: &'f [Checked], side: Side) -> Result<Vec<&'f Checked>> {
    let mut new: Vec<&Checked> = Vec::new();
    for file in files {
        if new.iter().any(|known| known.bytes == file.bytes) {
            continue;
        }
        let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
        // Only one of the same size can be the same.
        let may_be = claim
            .files
            .iter()
            .any(|known| known.side == side && known.bytes == size);
        if !(may_be && store::is_there(tx, claim.id, side, &file.bytes)?) {
            new.push(file);
        }
    }
    Ok(new)
}

/// The files of a claim of the account without their bytes.
pub fn list(connection: &mut Connection, account_id: AccountId, id: ClaimId) -> Result<Vec<FileHead>> {
    store::list(connection, account_id, id)
}

/// A file of the account.
pub fn get(connection: &mut Connection, account_id: AccountId, id: ClaimFileId) -> Result<Evidence> {
    let found = store::find(connection, account_id, id)?;
    let (name, media_type, bytes) = found.ok_or(Error::NotFound)?;
    Ok(Evidence {
        name,
        media_type,
        bytes,
    })
}

/// A file of whoever's, for staff.
pub fn get_for_staff(connection: &mut Connection, id: ClaimFileId) -> Result<Evidence> {
    let account_id = store::find_account(connection, id)?.ok_or(Error::NotFound)?;
    get(connection, account_id, id)
}
