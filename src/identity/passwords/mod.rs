//! Password hashes: Argon2id with 19 MiB, two passes, one lane (OWASP's minimum), as PHC strings.
//!
//! A hash takes tens of milliseconds and 19 MiB, so all of them run in [`crate::cpu::Pool`], which bounds both.

pub mod api;
pub mod changing;
pub mod pages;
pub(in crate::identity) mod renewing;
pub mod resetting;
pub(in crate::identity) mod store;

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::{Output, PasswordHash, Salt, SaltString};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use moka::future::Cache;
use tokio::sync::Semaphore;

use crate::breached::Breached;
use crate::clock;
use crate::cpu;
use crate::db::Connection;
use crate::error::{Error, FieldError, Result};
use crate::identity::rules::{Context, PasswordError, check_form, check_password, password_as_hashed};
use crate::identity::tokens::fingerprint;
use crate::ids::AccountId;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// What unknown people are verified against, so that they take as long as known ones. No password has this hash.
pub const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2R5$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

thread_local! {
    /// What a thread hashes in. Kept, because the allocator would not give back what is taken and freed for each hash.
    static MEMORY: RefCell<Vec<Block>> = const { RefCell::new(Vec::new()) };
}

fn unusable(error: impl std::fmt::Display) -> Error {
    Error::internal(error.to_string())
}

fn params() -> Result<Params> {
    Params::new(MEMORY_KIB, PASSES, LANES, Some(Params::DEFAULT_OUTPUT_LEN)).map_err(unusable)
}

fn compute(password: &str, salt: Salt<'_>, params: Params) -> Result<Output> {
    let mut buffer = [0_u8; Salt::MAX_LENGTH];
    let salt = salt.decode_b64(&mut buffer).map_err(unusable)?;
    MEMORY.with_borrow_mut(|memory| {
        memory.resize(params.block_count(), Block::default());
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        Output::init_with(Params::DEFAULT_OUTPUT_LEN, |out| {
            Ok(argon2.hash_password_into_with_memory(password.as_bytes(), salt, out, memory)?)
        })
        .map_err(unusable)
    })
}

/// The hash of `password`, in the form that every keyboard gives, under a new salt. Slow on purpose: only inside `cpu::Pool::run` or a command.
pub fn hash(password: &str) -> Result<String> {
    let salt = SaltString::encode_b64(&clock::random_bytes::<16>()).map_err(unusable)?;
    let params = params()?;
    let output = compute(&password_as_hashed(password), salt.as_salt(), params.clone())?;
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: (&params).try_into().map_err(unusable)?,
        salt: Some(salt.as_salt()),
        hash: Some(output),
    };
    Ok(hash.to_string())
}

/// True when `password` has the hash `known`; for `None` it takes as long and is false. Hashes from before passwords had
/// one form are of what was typed, so that is tried too.
pub fn verify(password: &str, known: Option<&str>) -> Result<bool> {
    let stored = PasswordHash::new(known.unwrap_or(NOBODY)).map_err(unusable)?;
    let params = Params::try_from(&stored).map_err(unusable)?;
    let salt = stored.salt.ok_or_else(|| unusable("a stored hash has no salt"))?;
    let normal = password_as_hashed(password);
    // Output compares in constant time.
    let mut is_right = stored.hash == Some(compute(&normal, salt, params.clone())?);
    if normal != password {
        is_right |= stored.hash == Some(compute(password, salt, params)?);
    }
    Ok(is_right && known.is_some())
}

/// True of a hash that was made with less effort than the program takes today, or in another way.
fn is_outdated(known: &str) -> bool {
    let read = |stored: PasswordHash<'_>| {
        let is_id = stored.algorithm == Algorithm::Argon2id.ident() && stored.version == Some(Version::V0x13.into());
        let params = Params::try_from(&stored).ok()?;
        let is_enough = params.m_cost() >= MEMORY_KIB && params.t_cost() >= PASSES;
        Some(is_id && is_enough)
    };
    !PasswordHash::new(known).ok().and_then(read).unwrap_or(true)
}

/// Passwords that may wait for a thread; about five seconds' worth on two threads.
pub const WAITING_MAX: usize = 500;
/// Sign-ins under one mail address that wait at the same time once too many have failed, and how long the others wait for
/// their turn.
const SLOW_AT_ONCE: usize = 4;
const TURN_TIMEOUT: Duration = Duration::from_secs(15);
/// Mail addresses whose turns are remembered.
const SLOWED_MAX: u64 = 10_000;

/// The queue of passwords to be verified or hashed: bounded, so that a flood of sign-ins is turned away instead of making
/// everybody wait. Clones share it.
#[derive(Debug, Clone)]
pub struct Queue {
    threads: cpu::Pool,
    places: Arc<Semaphore>,
    /// Turns of those of whom many sign-ins failed, by mail address.
    turns: Cache<String, Arc<Semaphore>>,
    /// What nobody may choose, beside what the rules refuse.
    breached: Option<Breached>,
}

impl Queue {
    /// A queue before `threads`.
    pub fn new(threads: cpu::Pool) -> Self {
        Self {
            threads,
            places: Arc::new(Semaphore::new(WAITING_MAX)),
            turns: Cache::builder()
                .max_capacity(SLOWED_MAX)
                .time_to_idle(Duration::from_secs(900))
                .build(),
            breached: None,
        }
    }

    /// The same queue, where nobody chooses a password of this list.
    #[must_use]
    pub fn refusing(mut self, breached: Option<Breached>) -> Self {
        self.breached = breached;
        self
    }

    /// Lets a sign-in under this mail address wait, a few at a time: whoever guesses from many places at once is no
    /// faster. [`Error::Throttled`] where the wait for a turn is too long.
    pub async fn slow_down(&self, email: &str, delay: Duration) -> Result<()> {
        if delay.is_zero() {
            return Ok(());
        }
        let made = async { Arc::new(Semaphore::new(SLOW_AT_ONCE)) };
        let turns = self.turns.get_with(fingerprint(email), made).await;
        let late = |_| Error::Throttled {
            retry_after_s: TURN_TIMEOUT.as_secs(),
        };
        let turn = tokio::time::timeout(TURN_TIMEOUT, turns.acquire())
            .await
            .map_err(late)?;
        let _turn = turn.map_err(Error::internal)?;
        tokio::time::sleep(delay).await;
        Ok(())
    }

    /// [`verify`] on one of the threads; [`Error::Unavailable`] when too many wait.
    pub async fn verify(&self, password: String, known: Option<String>) -> Result<bool> {
        let _place = self.places.try_acquire().map_err(full)?;
        self.threads.run(move || verify(&password, known.as_deref())).await
    }

    /// What is wrong with a password that somebody chooses of whom others know the `context`.
    pub async fn fault(&self, pointer: &str, password: &str, context: Context) -> Result<Option<FieldError>> {
        let _place = self.places.try_acquire().map_err(full)?;
        let (chosen, breached) = (password.to_owned(), self.breached.clone());
        let check = move || check(&chosen, &context, breached.as_ref());
        let checked = self.threads.run(check).await?;
        Ok(checked.err().map(|error| as_fault(pointer, &error)))
    }

    /// [`hash`] on one of the threads; [`Error::Unavailable`] when too many wait.
    pub async fn hash(&self, password: String) -> Result<String> {
        let _place = self.places.try_acquire().map_err(full)?;
        self.threads.run(move || hash(&password)).await
    }
}

/// What is wrong with a password that is chosen, by the rules and by a list of those that are known from breaches: as it was
/// typed, and as it is hashed.
pub fn check(password: &str, context: &Context, breached: Option<&Breached>) -> Result<Result<(), PasswordError>> {
    let checked = check_password(password, context);
    match breached {
        Some(listed) if checked.is_ok() => {
            let is_known = listed.has(password)? || listed.has(&password_as_hashed(password))?;
            Ok(if is_known { Err(PasswordError::Common) } else { Ok(()) })
        }
        _ => Ok(checked),
    }
}

/// What is wrong with a password whoever chooses it.
pub fn form_fault(pointer: &str, password: &str) -> Option<FieldError> {
    check_form(password).err().map(|error| as_fault(pointer, &error))
}

fn as_fault(pointer: &str, error: &PasswordError) -> FieldError {
    FieldError::new(pointer, error.code(), error.sentence())
}

/// What others know of somebody with this mail address and name, of an account or of the staff.
pub fn context(connection: &mut Connection, email: &str, name: &str, account: Option<AccountId>) -> Result<Context> {
    let (supplier, account_name, code) = store::names_about(connection, account)?;
    let texts = [
        Some(email),
        Some(name),
        supplier.as_deref(),
        account_name.as_deref(),
        code.as_deref(),
    ];
    Ok(Context::of(texts.into_iter().flatten()))
}

fn full(_: tokio::sync::TryAcquireError) -> Error {
    Error::Unavailable("too many sign-ins wait for their turn".to_owned())
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

    #[test]
    fn a_hash_that_took_less_effort_is_outdated() {
        let now = hash("correct horse battery").expect("hashed");
        for (known, expected) in [
            (now.clone(), false),
            (now.replace("m=19456", "m=65536"), false),
            (now.replace("m=19456", "m=9216"), true),
            (now.replace("t=2", "t=1"), true),
            (now.replace("argon2id", "argon2i"), true),
            // What can't be read is left to who compares.
            ("nothing".to_owned(), false),
        ] {
            assert_eq!(is_outdated(&known), expected, "{known}");
        }
    }

    #[test]
    fn a_password_is_the_same_from_every_keyboard() {
        let known = hash("gr\u{fc}n wie die Wiese").expect("hashed");
        assert!(verify("gru\u{308}n wie die Wiese", Some(&known)).expect("verified"));
        assert!(!verify("grun wie die Wiese", Some(&known)).expect("verified"));
        // A hash from before is of what was typed.
        let typed = "gru\u{308}n wie die Wiese";
        let salt = SaltString::encode_b64(&[7; 16]).expect("a salt");
        let output = compute(typed, salt.as_salt(), params().expect("params")).expect("computed");
        let params = params().expect("params");
        let old = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: (&params).try_into().expect("params"),
            salt: Some(salt.as_salt()),
            hash: Some(output),
        };
        assert!(verify(typed, Some(&old.to_string())).expect("verified"));
    }
}
