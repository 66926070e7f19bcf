//! Hashes that were made as the program did before: a right password is hashed anew as it does now, for it is known only then.

use super::store;
use super::{Queue, is_outdated};
use crate::db::Database;
use crate::error::Result;
use crate::identity::store::Credentials;

/// The credentials of somebody who has just given this password, with a hash of today's kind.
pub(in crate::identity) async fn renew(
    db: &Database,
    passwords: &Queue,
    password: String,
    known: Credentials,
) -> Result<Credentials> {
    if !is_outdated(&known.password_hash) {
        return Ok(known);
    }
    let renewed = passwords.hash(password).await?;
    let (person_id, old, new) = (known.person_id, known.password_hash.clone(), renewed.clone());
    // Somebody may have changed the password meanwhile; then theirs stays, and this sign-in finds out later.
    let is_stored = db
        .write(move |tx| store::update_hash(tx, person_id, &old, &new))
        .await?;
    tracing::info!(person = %known.person_id, "a password was hashed anew");
    Ok(match is_stored {
        true => Credentials {
            password_hash: renewed,
            ..known
        },
        false => known,
    })
}
