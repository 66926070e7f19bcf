//! Tokens: access tokens are signed and say who calls, refresh tokens are random and live in the database.
//!
//! The signing keys are in the database, so tokens survive a restart and hold on every node. The newest key signs; a
//! token names its key by `kid`, and a node that meets a new one reads the keys again.

mod clients;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use jsonwebtoken::crypto::rust_crypto;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use self::clients::{ClientBearer, Presented};
pub use super::bearer::Bearer;
use super::rules::{ACCESS_LIFETIME, CHALLENGE_LIFETIME};
use super::store::keys::{self as stored, SigningKey};
use crate::clock::{self, Timestamp};
use crate::db::Database;
use crate::error::{Error, Result};
use crate::ids::PersonId;

const ISSUER: &str = "portal";
const AUDIENCE: &str = "portal-api";
/// RFC 9068, so that no other kind of token of ours is ever taken for an access token.
const TYPE: &str = "at+jwt";
/// The cookie of the pages: it names a session and opens no operation of the API.
const COOKIE_TYPE: &str = "session+jwt";
/// A device that somebody signed in at before; it opens nothing, and lets nobody in without the password.
const DEVICE_TYPE: &str = "device+jwt";
/// A right password that waits for a code; it opens nothing without one.
const CHALLENGE_TYPE: &str = "challenge+jwt";
/// What a passkey is to sign in a session.
const PASSKEY_TYPE: &str = "passkey+jwt";
/// How long a device is known.
const DEVICE_LIFETIME: TimeDelta = TimeDelta::days(365);
/// Seconds by which the clocks of two nodes may differ.
const LEEWAY_S: u64 = 5;
/// Forged key ids make a node read the keys at most this often.
const RELOAD_INTERVAL: Duration = Duration::from_secs(1);
/// How long a node goes by the keys it has read: so soon all of them sign with a new one, and take a retired one no more.
const KEYS_LIFETIME: Duration = Duration::from_secs(5);

/// Whom a token names, and of a challenge which password was proven.
type Proven = (Bearer, Option<String>);

#[derive(Serialize)]
struct NewClaims {
    iss: &'static str,
    aud: &'static str,
    sub: String,
    sid: String,
    iat: i64,
    exp: i64,
    jti: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pwd: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rnw: Option<i64>,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    /// Of a person's.
    #[serde(default)]
    sid: Option<String>,
    /// Of a program's, and what it may do.
    #[serde(default)]
    client_id: Option<String>,
    #[serde(default)]
    scope: Option<String>,
    /// Which token of the program it is, and until when.
    #[serde(default)]
    jti: Option<String>,
    #[serde(default)]
    exp: i64,
    /// Which password was proven, see [`proof_of`].
    #[serde(default)]
    pwd: Option<String>,
    /// When its session had last got another token, in microseconds.
    #[serde(default)]
    rnw: Option<i64>,
}

struct Key {
    id: String,
    /// It proves nothing any more.
    is_retired: bool,
    signing: EncodingKey,
    verifying: DecodingKey,
}

/// The signing keys this node knows. Clones share them.
#[derive(Clone)]
pub struct Keys {
    /// Newest last.
    keys: Arc<RwLock<Arc<[Arc<Key>]>>>,
    loaded_at: Arc<RwLock<Option<Instant>>>,
    /// When somebody last set out to see whether there are others.
    looked_at: Arc<RwLock<Option<Instant>>>,
    validation: Arc<Validation>,
}

impl Default for Keys {
    fn default() -> Self {
        Self::new()
    }
}

impl Keys {
    /// Knows no key yet; the first use reads them.
    pub fn new() -> Self {
        // Fails only when a provider was chosen before, and there is but one.
        let _ = rust_crypto::DEFAULT_PROVIDER.install_default();
        let mut validation = Validation::new(Algorithm::HS256);
        validation.leeway = LEEWAY_S;
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        Self {
            keys: Arc::default(),
            loaded_at: Arc::default(),
            looked_at: Arc::default(),
            validation: Arc::new(validation),
        }
    }

    fn known(&self) -> Arc<[Arc<Key>]> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// True of a token that one of the keys that prove something signed, whatever it is for and however old it is: what isn't
    /// was made up, or is none.
    pub fn is_ours(&self, token: &str) -> bool {
        let Some(Some(key)) = self.key_of(token) else {
            return false;
        };
        let mut lenient = Validation::new(Algorithm::HS256);
        lenient.required_spec_claims.clear();
        (lenient.validate_exp, lenient.validate_aud) = (false, false);
        jsonwebtoken::decode::<IgnoredAny>(token, &key.verifying, &lenient).is_ok()
    }

    /// Reads the keys, making the first one if there is none.
    async fn load(&self, db: &Database) -> Result<Arc<[Arc<Key>]>> {
        let mut secrets = db.read(stored::list_signing_keys).await?;
        if secrets.is_empty() {
            let secret = clock::random_bytes::<32>();
            // Two nodes that start at once both try; the row of one stays, and both read that.
            db.write(move |tx| stored::insert_first_signing_key(tx, &secret, clock::now()))
                .await?;
            secrets = db.read(stored::list_signing_keys).await?;
        }
        let keys: Arc<[Arc<Key>]> = secrets.into_iter().map(Key::from).map(Arc::new).collect();
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys.clone();
        *self.loaded_at.write().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        Ok(keys)
    }

    /// A new access token, good for [`ACCESS_LIFETIME`].
    pub async fn issue(&self, db: &Database, bearer: Bearer, now: Timestamp) -> Result<String> {
        self.sign(db, bearer, TYPE, now, now + ACCESS_LIFETIME).await
    }

    /// The cookie of a session that ends at `expires_at`.
    pub async fn issue_cookie(&self, db: &Database, bearer: Bearer, expires_at: Timestamp) -> Result<String> {
        self.sign(db, bearer, COOKIE_TYPE, clock::real(), expires_at).await
    }

    /// The cookie of a device that somebody signed in at.
    pub async fn issue_device(&self, db: &Database, bearer: Bearer) -> Result<String> {
        let now = clock::now();
        self.sign(db, bearer, DEVICE_TYPE, now, now + DEVICE_LIFETIME).await
    }

    /// Who signed in at the device before, and in which session.
    pub async fn verify_device(&self, db: &Database, cookie: &str) -> Result<Option<Bearer>> {
        Ok(self
            .verify_kind(db, cookie, DEVICE_TYPE)
            .await?
            .map(|(bearer, _)| bearer))
    }

    /// Proof of a right password that waits for a code. It names a session that may begin, so that it is good for one.
    pub async fn issue_challenge(&self, db: &Database, person_id: PersonId, password_hash: &str) -> Result<String> {
        let now = clock::now();
        let bearer = Bearer::of_device(person_id);
        let key = self.signing(db).await?;
        let proof = proof_of(password_hash);
        key.sign_with(bearer, CHALLENGE_TYPE, (now, now + CHALLENGE_LIFETIME), Some(proof))
    }

    /// Whose password was proven, which session may begin, and which password it was, see [`proof_of`].
    pub async fn verify_challenge(&self, db: &Database, challenge: &str) -> Result<Option<(Bearer, String)>> {
        let claims = self.verify_kind(db, challenge, CHALLENGE_TYPE).await?;
        Ok(claims.and_then(|(bearer, proof)| Some((bearer, proof?))))
    }

    /// What a passkey is to sign in this session, for as long as a code may take; `proven_at` is the session's last proof.
    pub async fn issue_passkey(&self, db: &Database, bearer: Bearer, proven_at: Timestamp) -> Result<String> {
        let now = clock::now();
        let key = self.signing(db).await?;
        let proof = proven_at.and_utc().timestamp_micros().to_string();
        key.sign_with(bearer, PASSKEY_TYPE, (now, now + CHALLENGE_LIFETIME), Some(proof))
    }

    /// Whose it is, and the session's last proof when it was issued; nothing where it is none of ours or too old.
    pub async fn verify_passkey(&self, db: &Database, token: &str) -> Result<Option<(Bearer, Timestamp)>> {
        let claims = self.verify_kind(db, token, PASSKEY_TYPE).await?;
        Ok(claims.and_then(|(bearer, proof)| {
            let proven_at = moment(proof?.parse().ok()?)?;
            Some((bearer, proven_at))
        }))
    }

    async fn signing(&self, db: &Database) -> Result<Arc<Key>> {
        let mut keys = self.known();
        if self.claim_look() || keys.is_empty() {
            keys = self.load(db).await?;
        }
        let key = keys.iter().rfind(|key| !key.is_retired).cloned();
        key.ok_or_else(|| Error::internal("there is no signing key"))
    }

    async fn sign(
        &self,
        db: &Database,
        bearer: Bearer,
        kind: &str,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<String> {
        self.signing(db).await?.sign_with(bearer, kind, (now, expires_at), None)
    }

    /// Whom `token` names; `None` when it is not a valid access token of ours.
    pub async fn verify(&self, db: &Database, token: &str) -> Result<Option<Bearer>> {
        Ok(self.verify_kind(db, token, TYPE).await?.map(|(bearer, _)| bearer))
    }

    /// Whose cookie it is; `None` when it is none of ours. Whether the session still stands is another question.
    pub async fn verify_cookie(&self, db: &Database, cookie: &str) -> Result<Option<Bearer>> {
        Ok(self
            .verify_kind(db, cookie, COOKIE_TYPE)
            .await?
            .map(|(bearer, _)| bearer))
    }

    async fn verify_kind(&self, db: &Database, token: &str, kind: &str) -> Result<Option<Proven>> {
        // One looks, the others go on with what is known.
        let is_looking = self.claim_look();
        if !is_looking && let Some(verdict) = self.verify_kind_now(token, kind) {
            return Ok(verdict);
        }
        if is_looking || self.may_reload() {
            self.load(db).await?;
        }
        Ok(self.verify_kind_now(token, kind).flatten())
    }

    fn verify_kind_now(&self, token: &str, kind: &str) -> Option<Option<Proven>> {
        let key = self.key_of(token)?;
        Some(key.and_then(|key| key.verify(token, kind, &self.validation)))
    }

    /// The key that a token names, if it still proves something; `None` when this node doesn't know it.
    fn key_of(&self, token: &str) -> Option<Option<Arc<Key>>> {
        let Some(key_id) = jsonwebtoken::decode_header(token).ok().and_then(|header| header.kid) else {
            return Some(None);
        };
        let keys = self.known();
        let key = keys.iter().find(|key| key.id == key_id)?;
        Some(Some(key.clone()).filter(|key| !key.is_retired))
    }

    /// True when others may have added or retired keys since somebody looked.
    fn is_old(&self) -> bool {
        let looked_at = *self.looked_at.read().unwrap_or_else(PoisonError::into_inner);
        looked_at.is_none_or(|at| at.elapsed() >= KEYS_LIFETIME)
    }

    /// True for the one who is to look.
    fn claim_look(&self) -> bool {
        let mut looked_at = self.looked_at.write().unwrap_or_else(PoisonError::into_inner);
        let is_old = looked_at.is_none_or(|at| at.elapsed() >= KEYS_LIFETIME);
        if is_old {
            *looked_at = Some(Instant::now());
        }
        is_old
    }

    fn may_reload(&self) -> bool {
        let loaded_at = *self.loaded_at.read().unwrap_or_else(PoisonError::into_inner);
        loaded_at.is_none_or(|at| at.elapsed() >= RELOAD_INTERVAL)
    }
}

/// Without secrets.
impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

impl From<SigningKey> for Key {
    fn from(
        SigningKey {
            id, secret, retired_at, ..
        }: SigningKey,
    ) -> Self {
        Self {
            id: id.to_string(),
            is_retired: retired_at.is_some(),
            signing: EncodingKey::from_secret(&secret),
            verifying: DecodingKey::from_secret(&secret),
        }
    }
}

impl Key {
    fn sign_with(
        &self,
        bearer: Bearer,
        kind: &str,
        (now, expires_at): (Timestamp, Timestamp),
        pwd: Option<String>,
    ) -> Result<String> {
        let header = Header {
            typ: Some(kind.to_owned()),
            kid: Some(self.id.clone()),
            ..Header::new(Algorithm::HS256)
        };
        let claims = NewClaims {
            iss: ISSUER,
            aud: AUDIENCE,
            sub: bearer.person_id.to_string(),
            sid: bearer.session_id.to_string(),
            iat: now.and_utc().timestamp(),
            exp: expires_at.and_utc().timestamp(),
            jti: BASE64URL_NOPAD.encode(&clock::random_bytes::<12>()),
            pwd,
            rnw: bearer.renewed_at.map(|at| at.and_utc().timestamp_micros()),
        };
        jsonwebtoken::encode(&header, &claims, &self.signing).map_err(Error::internal)
    }

    fn claims(&self, token: &str, kind: &str, validation: &Validation) -> Option<Claims> {
        let token = jsonwebtoken::decode::<Claims>(token, &self.verifying, validation).ok()?;
        (token.header.typ.as_deref() == Some(kind)).then_some(token.claims)
    }

    fn verify(&self, token: &str, kind: &str, validation: &Validation) -> Option<Proven> {
        self.claims(token, kind, validation).and_then(proven)
    }
}

fn moment(micros: i64) -> Option<Timestamp> {
    Some(chrono::DateTime::from_timestamp_micros(micros)?.naive_utc())
}

/// The person in a session that claims name.
fn proven(claims: Claims) -> Option<Proven> {
    let bearer = Bearer {
        person_id: claims.sub.parse().ok()?,
        session_id: claims.sid?.parse().ok()?,
        renewed_at: claims.rnw.and_then(moment),
    };
    Some((bearer, claims.pwd))
}

/// Which password a challenge proves: tells it from others and tells nothing of it.
pub fn proof_of(password_hash: &str) -> String {
    fingerprint(password_hash)
}

/// A new refresh token: 256 random bits.
pub fn new_refresh_token() -> String {
    BASE64URL_NOPAD.encode(&clock::random_bytes::<32>())
}

/// The form in which refresh tokens and mail addresses of failed sign-ins are stored: SHA-256 in hex. Enough for
/// values of 256 random bits; for mail addresses it only keeps typing mistakes out of the table.
pub fn fingerprint(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text))
}

#[cfg(test)]
mod tests;
