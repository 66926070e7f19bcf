//! The access tokens of programs. They are of the same kind as those of people and signed by the same keys; they name the
//! program and its scopes where those name a session.

use super::{AUDIENCE, Claims, ISSUER, Key, Keys, TYPE, fingerprint, proven};
use crate::clock::{self, Timestamp};
use crate::db::Database;
use crate::error::{Error, Result};
use crate::identity::bearer::Bearer;
use crate::identity::rules::clients::TOKEN_LIFETIME;
use crate::identity::rules::scopes::{self, Scope};
use crate::ids::ClientId;
use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::Serialize;

/// Whom an access token names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presented {
    Person(Bearer),
    Client(ClientBearer),
}

/// A program, and what its token is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientBearer {
    pub client_id: ClientId,
    pub scopes: Vec<Scope>,
    /// Fingerprint of which token it is.
    pub jti_hash: String,
    /// When it ends, in seconds of Unix.
    pub ends_at_s: i64,
}

#[derive(Serialize)]
struct NewClaims {
    iss: &'static str,
    aud: &'static str,
    sub: String,
    client_id: String,
    scope: String,
    iat: i64,
    exp: i64,
    jti: String,
}

impl Keys {
    /// A new access token of a program, good for [`TOKEN_LIFETIME`].
    pub async fn issue_client(&self, db: &Database, id: ClientId, scopes: &[Scope], now: Timestamp) -> Result<String> {
        self.signing(db).await?.sign_client(id, scopes, now)
    }

    /// Whom `token` names; `None` when it is not a valid access token of ours.
    pub async fn present(&self, db: &Database, token: &str) -> Result<Option<Presented>> {
        let is_looking = self.claim_look();
        if !is_looking && let Some(verdict) = self.present_known(token) {
            return Ok(verdict);
        }
        if is_looking || self.may_reload() {
            self.load(db).await?;
        }
        Ok(self.present_known(token).flatten())
    }

    /// [`Self::present`] without asking the database; `None` when the token names a key that this node doesn't know, and
    /// when it is time to look whether keys were added or retired.
    pub fn present_now(&self, token: &str) -> Option<Option<Presented>> {
        match self.is_old() {
            true => None,
            false => self.present_known(token),
        }
    }

    fn present_known(&self, token: &str) -> Option<Option<Presented>> {
        let key = match self.key_of(token)? {
            Some(key) => key,
            None => return Some(None),
        };
        Some(key.present(token, &self.validation))
    }
}

impl Key {
    fn sign_client(&self, id: ClientId, scopes: &[Scope], now: Timestamp) -> Result<String> {
        let header = Header {
            typ: Some(TYPE.to_owned()),
            kid: Some(self.id.clone()),
            ..Header::new(Algorithm::HS256)
        };
        let claims = NewClaims {
            iss: ISSUER,
            aud: AUDIENCE,
            sub: id.to_string(),
            client_id: id.to_string(),
            scope: scopes::written(scopes),
            iat: now.and_utc().timestamp(),
            exp: (now + TOKEN_LIFETIME).and_utc().timestamp(),
            jti: BASE64URL_NOPAD.encode(&clock::random_bytes::<12>()),
        };
        jsonwebtoken::encode(&header, &claims, &self.signing).map_err(Error::internal)
    }

    fn present(&self, token: &str, validation: &Validation) -> Option<Presented> {
        let claims = self.claims(token, TYPE, validation)?;
        match &claims.client_id {
            Some(client_id) => client(&claims, client_id).map(Presented::Client),
            None => proven(claims).map(|(bearer, _)| Presented::Person(bearer)),
        }
    }
}

/// The program that claims name: as whom they are about and as who asked for them.
fn client(claims: &Claims, client_id: &str) -> Option<ClientBearer> {
    let is_plain = claims.sid.is_none() && claims.pwd.is_none() && claims.sub == client_id;
    let scopes = scopes::read(claims.scope.as_deref()?).ok()?;
    let client_id = client_id.parse().ok().filter(|_| is_plain)?;
    Some(ClientBearer {
        client_id,
        scopes,
        jti_hash: fingerprint(claims.jti.as_deref()?),
        ends_at_s: claims.exp,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{bearer, key};
    use super::*;
    use crate::identity::tokens::COOKIE_TYPE;

    const ID: ClientId = ClientId(7);
    const SCOPES: [Scope; 2] = [Scope::OrdersRead, Scope::OrdersWrite];

    #[test]
    fn a_token_of_a_program_names_it_and_no_person() {
        let validation = Keys::new().validation;
        let token = key(1).sign_client(ID, &SCOPES, clock::now()).expect("signed");
        let Some(Presented::Client(bearer)) = key(1).present(&token, &validation) else {
            panic!("it names no program")
        };
        assert_eq!((bearer.client_id, bearer.scopes), (ID, SCOPES.to_vec()));
        // Nothing that takes a person's token or a cookie takes it.
        assert_eq!(key(1).verify(&token, TYPE, &validation), None);
        assert_eq!(key(1).verify(&token, COOKIE_TYPE, &validation), None);
    }

    #[test]
    fn a_token_of_a_person_names_no_program_and_both_end() {
        let validation = Keys::new().validation;
        let now = clock::now();
        let of_person = |at| {
            key(1)
                .sign_with(bearer(), TYPE, (at, at + TOKEN_LIFETIME), None)
                .expect("signed")
        };
        assert_eq!(
            key(1).present(&of_person(now), &validation),
            Some(Presented::Person(bearer()))
        );
        let long_ago = now - TOKEN_LIFETIME - chrono::TimeDelta::seconds(10);
        assert_eq!(key(1).present(&of_person(long_ago), &validation), None);
        let expired = key(1).sign_client(ID, &SCOPES, long_ago).expect("signed");
        assert_eq!(key(1).present(&expired, &validation), None);
        let of_session = key(1)
            .sign_with(bearer(), COOKIE_TYPE, (now, now + TOKEN_LIFETIME), None)
            .expect("signed");
        assert_eq!(key(1).present(&of_session, &validation), None);
    }
}
