//! The tokens that stand in mails. They are derived: HMAC-SHA256 by the stored signing secret over purpose, id and nonce
//! of a row. The row keeps the token's fingerprint only, and whoever writes the mail derives the token again, so no
//! event, no queue of mails and no backup of a table holds anything that opens a door.
//!
//! A token is found by its fingerprint, so how long the look-up takes tells nothing about the token.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, crypto};

use super::rules::TokenState;
use super::sentences;
use super::store::keys as stored;
pub use super::tokens::fingerprint;
use crate::clock::{self, Timestamp};
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::names::names;

names! {
    /// What a token is for; one of another purpose is never taken for it.
    pub enum Purpose as TokenPurpose {
        /// Becoming a member.
        Invitation = "invitation",
        /// Setting a new password.
        PasswordReset = "password_reset",
        /// Switching a kind of mail off.
        Unsubscribe = "unsubscribe",
    }
}

/// A signing secret.
pub struct Secret {
    signing: EncodingKey,
    verifying: DecodingKey,
    /// It may be known to others by now.
    is_retired: bool,
}

/// Without the secret.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl From<&[u8]> for Secret {
    fn from(secret: &[u8]) -> Self {
        Self {
            signing: EncodingKey::from_secret(secret),
            verifying: DecodingKey::from_secret(secret),
            is_retired: false,
        }
    }
}

/// All stored secrets.
#[derive(Debug)]
pub struct Secrets {
    /// Newest last.
    all: Vec<Secret>,
}

impl Secrets {
    /// Those that are there.
    pub fn load(connection: &mut Connection) -> Result<Self> {
        let stored = stored::list_signing_keys(connection)?;
        Ok(Self {
            all: stored.iter().map(secret_of).collect(),
        })
    }

    /// The same; makes the first one where nobody has signed in yet.
    pub fn load_or_make(tx: &mut Connection, now: Timestamp) -> Result<Self> {
        let secrets = Self::load(tx)?;
        if !secrets.all.is_empty() {
            return Ok(secrets);
        }
        stored::insert_first_signing_key(tx, &clock::random_bytes::<32>(), now)?;
        Self::load(tx)
    }

    /// The one that new tokens are derived with.
    pub fn current(&self) -> Result<&Secret> {
        self.all
            .last()
            .ok_or_else(|| Error::internal("there is no signing key"))
    }

    /// The token of a row again, by whichever secret it was derived; `None` when its secret is gone.
    pub fn token(&self, purpose: Purpose, id: i64, nonce: &str, token_hash: &str) -> Result<Option<String>> {
        for secret in self.all.iter().rev() {
            let token = token(secret, purpose, id, nonce)?;
            if fingerprint(&token) == token_hash {
                return Ok(Some(token));
            }
        }
        Ok(None)
    }

    /// The text of [`seal`], if one of the secrets that aren't retired sealed it for this purpose: nothing random is in a
    /// seal, so whoever knows the secret makes one for anybody.
    pub fn unseal<'t>(&self, purpose: Purpose, sealed: &'t str) -> Option<&'t str> {
        let (text, mac) = sealed.rsplit_once('.')?;
        let message = message(purpose, text);
        // Compares in constant time.
        let is_ours = |secret: &Secret| {
            crypto::verify(mac, message.as_bytes(), &secret.verifying, Algorithm::HS256).unwrap_or(false)
        };
        let mut good = self.all.iter().filter(|secret| !secret.is_retired);
        good.any(is_ours).then_some(text)
    }
}

fn secret_of(key: &stored::SigningKey) -> Secret {
    Secret {
        is_retired: key.retired_at.is_some(),
        ..Secret::from(key.secret.as_slice())
    }
}

/// What makes a token a new one even for the same row.
pub fn nonce() -> String {
    BASE64URL_NOPAD.encode(&clock::random_bytes::<16>())
}

/// The token of the row `id` with `nonce`: 43 characters fit for a URL.
pub fn token(secret: &Secret, purpose: Purpose, id: i64, nonce: &str) -> Result<String> {
    mac(secret, &message(purpose, &format!("{id}\0{nonce}")))
}

/// `text` and the proof that it is ours, fit for a URL if the text is; good until the secret is retired.
pub fn seal(secret: &Secret, purpose: Purpose, text: &str) -> Result<String> {
    Ok(format!("{text}.{}", mac(secret, &message(purpose, text))?))
}

/// Access tokens are signed by the same secret, but what is signed there never holds a NUL.
fn message(purpose: Purpose, text: &str) -> String {
    format!("one-time\0{}\0{text}", purpose.name())
}

fn mac(secret: &Secret, message: &str) -> Result<String> {
    crypto::sign(message.as_bytes(), &secret.signing, Algorithm::HS256).map_err(Error::internal)
}

/// Refuses a token unless it is good.
pub fn refuse_unless_good(state: TokenState) -> Result<()> {
    let (code, detail) = match state {
        TokenState::Good => return Ok(()),
        TokenState::Used => (Code::TokenUsed, sentences::link_used()),
        TokenState::Withdrawn => (Code::TokenWithdrawn, sentences::link_withdrawn()),
        TokenState::Expired => (Code::TokenExpired, sentences::link_expired()),
    };
    Err(Error::conflict(code, detail))
}

/// The refusal of a token that nobody gave out.
pub fn unknown() -> Error {
    Error::refused(Code::TokenUnknown, sentences::link_unknown())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(byte: u8) -> Secret {
        Secret::from([byte; 32].as_slice())
    }

    #[test]
    fn a_token_depends_on_all_it_is_derived_from() {
        let given = token(&secret(1), Purpose::Invitation, 7, "n").expect("derived");
        assert_eq!(given.len(), 43);
        assert_eq!(token(&secret(1), Purpose::Invitation, 7, "n").expect("derived"), given);
        for other in [
            token(&secret(2), Purpose::Invitation, 7, "n"),
            token(&secret(1), Purpose::PasswordReset, 7, "n"),
            token(&secret(1), Purpose::Invitation, 8, "n"),
            token(&secret(1), Purpose::Invitation, 7, "m"),
        ] {
            assert_ne!(other.expect("derived"), given);
        }
    }

    #[test]
    fn the_tag_is_hmac_sha_256() {
        // RFC 4231, test case 2.
        let secret = Secret::from(b"Jefe".as_slice());
        let tag = mac(&secret, "what do ya want for nothing?").expect("derived");
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let tag = BASE64URL_NOPAD.decode(tag.as_bytes()).expect("base64url");
        assert_eq!(data_encoding::HEXLOWER.encode(&tag), expected);
    }

    #[test]
    fn a_token_is_derived_again_by_the_secret_it_came_of() {
        let all = Secrets {
            all: vec![secret(1), secret(2)],
        };
        let old = token(&secret(1), Purpose::Invitation, 7, "n").expect("derived");
        let again = all.token(Purpose::Invitation, 7, "n", &fingerprint(&old));
        assert_eq!(again.expect("derived"), Some(old));
        assert_eq!(all.token(Purpose::Invitation, 7, "n", "").expect("derived"), None);
    }

    #[test]
    fn a_seal_holds_for_its_text_and_purpose_alone() {
        let all = Secrets {
            all: vec![secret(1), secret(2)],
        };
        let sealed = seal(&secret(1), Purpose::Unsubscribe, "per_1.invoiced").expect("sealed");
        assert_eq!(all.unseal(Purpose::Unsubscribe, &sealed), Some("per_1.invoiced"));
        assert_eq!(all.unseal(Purpose::Invitation, &sealed), None);
        let retired = Secret {
            is_retired: true,
            ..secret(1)
        };
        let all_now = Secrets {
            all: vec![retired, secret(2)],
        };
        assert_eq!(all_now.unseal(Purpose::Unsubscribe, &sealed), None);
        let foreign = seal(&secret(3), Purpose::Unsubscribe, "per_1.invoiced").expect("sealed");
        for forged in [
            &sealed.replace("per_1", "per_2"),
            &foreign,
            &format!("{sealed}A"),
            "per_1.invoiced",
            "per_1.invoiced.",
            "",
        ] {
            assert_eq!(all.unseal(Purpose::Unsubscribe, forged), None, "{forged}");
        }
    }
}
