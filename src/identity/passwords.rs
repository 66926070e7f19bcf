//! Password hashes: Argon2id with 19 MiB, two passes, one lane (OWASP's minimum), as PHC strings.
//!
//! A hash takes tens of milliseconds and 19 MiB, so all of them run in [`crate::cpu::Pool`], which bounds both.

use std::sync::Arc;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

use tokio::sync::Semaphore;

use crate::clock;
use crate::cpu;
use crate::error::{Error, Result};

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// What unknown people are verified against, so that they take as long as known ones. No password has this hash.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2R5$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|e| Error::internal(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The hash of `password` under a new salt. Slow on purpose: only inside `cpu::Pool::run` or a command.
pub fn hash(password: &str) -> Result<String> {
    let salt = SaltString::encode_b64(&clock::random_bytes::<16>()).map_err(|e| Error::internal(e.to_string()))?;
    let hash = argon2()?
        .hash_password(password.as_bytes(), &salt)
        .map_err(|e| Error::internal(e.to_string()))?;
    Ok(hash.to_string())
}

/// True when `password` has the hash `known`; for `None` it takes as long and is false.
pub fn verify(password: &str, known: Option<&str>) -> Result<bool> {
    let hash = PasswordHash::new(known.unwrap_or(NOBODY)).map_err(|e| Error::internal(e.to_string()))?;
    let matches = argon2()?.verify_password(password.as_bytes(), &hash).is_ok();
    Ok(matches && known.is_some())
}

/// Passwords that may wait for a thread; about five seconds' worth on two threads.
const WAITING_MAX: usize = 500;

/// The queue of passwords to be verified: bounded, so that a flood of sign-ins is turned away instead of making
/// everybody wait. Clones share it.
#[derive(Debug, Clone)]
pub struct Queue {
    threads: cpu::Pool,
    places: Arc<Semaphore>,
}

impl Queue {
    /// A queue before `threads`.
    pub fn new(threads: cpu::Pool) -> Self {
        Self {
            threads,
            places: Arc::new(Semaphore::new(WAITING_MAX)),
        }
    }

    /// [`verify`] on one of the threads; [`Error::Unavailable`] when too many wait.
    pub async fn verify(&self, password: String, known: Option<String>) -> Result<bool> {
        let full = |_| Error::Unavailable("too many sign-ins wait for their turn".to_owned());
        let _place = self.places.try_acquire().map_err(full)?;
        self.threads.run(move || verify(&password, known.as_deref())).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_matches() {
        let known = hash("correct horse battery").expect("hashed");
        assert!(known.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{known}");
        assert!(verify("correct horse battery", Some(&known)).expect("verified"));
        assert!(!verify("Correct horse battery", Some(&known)).expect("verified"));
        assert!(!verify("correct horse battery", None).expect("verified"));
    }
}
