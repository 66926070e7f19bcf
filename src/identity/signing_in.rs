//! Signing in: by password, then by a code where a second factor is set up; a session begins at the end of it.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::json;

use super::caller::Access;
use super::failing::{Tried, fail};
use super::outcome::Outcome;
use super::passwords::renewing;
use super::rules::webauthn::Party;
use super::rules::{self, ACCESS_LIFETIME, SESSION_LIFETIME, SESSIONS_MAX};
use super::store::{self, Credentials, NewSession};
use super::throttling::Source;
use super::tokens::{self, Bearer, Keys, fingerprint};
use super::{acting, end, factors, passkeys, sentences};
use crate::audit::{self, Actor, Entry, Origin, Who};
use crate::clock::{self, Timestamp};
use crate::config::SignIn;
use crate::db::{Connection, Database, insert};
use crate::error::{Code, Error, Result};
use crate::ids::{PersonId, SessionId};

/// Somebody who wants to sign in.
pub struct Attempt {
    /// Mail address as typed.
    pub email: String,
    /// Password as typed.
    pub password: String,
    pub from: From,
}

/// From where somebody signs in.
#[derive(Debug, Clone)]
pub struct From {
    /// In which request, and where it comes from.
    pub origin: Origin,
    /// What the program that signs in calls itself.
    pub user_agent: Option<String>,
    /// What the browser keeps of a sign-in before, see [`PageSession::device`].
    pub device: Option<String>,
    /// The session that the browser is in already; it ends.
    pub replaces: Option<SessionId>,
}

/// What comes of a right password.
#[derive(Debug)]
pub enum Entered<T> {
    SignedIn(T),
    /// A code is needed too: this proves the password for a while, to [`finish`] and [`finish_to_pages`].
    CodeNeeded(String),
}

/// What a browser keeps of a sign-in.
#[derive(Debug)]
pub struct PageSession {
    /// The text of the session's cookie.
    pub cookie: String,
    /// The text of the cookie by which the device is known to the person's next sign-in.
    pub device: String,
}

/// What a signed-in person gets.
#[derive(Debug)]
pub struct Tokens {
    /// Proves who calls for [`ACCESS_LIFETIME`].
    pub access_token: String,
    /// Gets the next pair, once.
    pub refresh_token: String,
    /// Seconds the access token is good for.
    pub expires_in_s: i64,
}

/// Signs a program in. Unknown, ended or wrong: the same `invalid_credentials` after the same time. Too many failures:
/// [`Error::Throttled`], whatever the password.
pub async fn sign_in(db: &Database, access: &Access, attempt: Attempt) -> Result<Entered<Tokens>> {
    let (refresh_token, grant) = Grant::of_program();
    match prove(db, access, attempt, grant).await? {
        Entered::SignedIn(bearer) => {
            let tokens = pair(db, &access.keys, bearer, refresh_token).await?;
            Ok(Entered::SignedIn(tokens))
        }
        Entered::CodeNeeded(challenge) => Ok(Entered::CodeNeeded(challenge)),
    }
}

/// Signs a person in to the pages, as [`sign_in`] does; the cookie is good until the session ends.
/// `keep`: for [`SESSION_LIFETIME`] instead of [`rules::WORKING_DAY`].
pub async fn sign_in_to_pages(
    db: &Database,
    access: &Access,
    attempt: Attempt,
    keep: bool,
) -> Result<Entered<PageSession>> {
    let grant = Grant::of_pages(keep);
    let lifetime = grant.lifetime;
    match prove(db, access, attempt, grant).await? {
        Entered::SignedIn(bearer) => Ok(Entered::SignedIn(page_session(db, access, bearer, lifetime).await?)),
        Entered::CodeNeeded(challenge) => Ok(Entered::CodeNeeded(challenge)),
    }
}

/// The code that follows a right password.
pub struct Second {
    /// What proves the password.
    pub challenge: String,
    pub proof: SecondProof,
    pub from: From,
}

/// What follows a right password.
pub enum SecondProof {
    /// A code of the authenticator, or a recovery code; as typed.
    Code(String),
    /// The answer of a passkey to the challenge, at this host.
    Passkey(passkeys::Answer, Party),
}

/// Signs a program in with the code that [`sign_in`] asked for.
pub async fn finish(db: &Database, access: &Access, second: Second) -> Result<Tokens> {
    let (refresh_token, grant) = Grant::of_program();
    let bearer = prove_second(db, access, second, grant).await?;
    pair(db, &access.keys, bearer, refresh_token).await
}

/// Signs a person in to the pages with the code that [`sign_in_to_pages`] asked for.
pub async fn finish_to_pages(db: &Database, access: &Access, second: Second, keep: bool) -> Result<PageSession> {
    let grant = Grant::of_pages(keep);
    let lifetime = grant.lifetime;
    let bearer = prove_second(db, access, second, grant).await?;
    page_session(db, access, bearer, lifetime).await
}

async fn page_session(db: &Database, access: &Access, bearer: Bearer, lifetime: TimeDelta) -> Result<PageSession> {
    let expires_at = clock::now() + lifetime;
    Ok(PageSession {
        cookie: access.keys.issue_cookie(db, bearer, expires_at).await?,
        device: access.keys.issue_device(db, bearer).await?,
    })
}

/// What a session gets at its beginning.
struct Grant {
    /// The fingerprint of its refresh token, for programs.
    token_hash: Option<String>,
    lifetime: TimeDelta,
}

impl Grant {
    /// A program's, with the refresh token.
    fn of_program() -> (String, Self) {
        let refresh_token = tokens::new_refresh_token();
        let grant = Self {
            token_hash: Some(fingerprint(&refresh_token)),
            lifetime: SESSION_LIFETIME,
        };
        (refresh_token, grant)
    }

    fn of_pages(keep: bool) -> Self {
        Self {
            token_hash: None,
            lifetime: if keep { SESSION_LIFETIME } else { rules::WORKING_DAY },
        }
    }
}

/// What a session begins with.
struct Start {
    /// The mail address as it was typed, in its stored form; empty where a code follows.
    email: String,
    grant: Grant,
    user_agent: Option<String>,
    origin: Origin,
    /// Sessions that it replaces.
    replaces: Vec<SessionId>,
    /// How long it lives unused.
    idle: TimeDelta,
}

impl Start {
    fn new(settings: SignIn, email: String, grant: Grant, from: From, device: Option<Bearer>) -> Self {
        let idle = rules::idle_limit(grant.lifetime, settings.idle);
        let known = device.map(|device| device.session_id);
        Self {
            email,
            grant,
            idle,
            user_agent: from.user_agent,
            origin: from.origin,
            replaces: from.replaces.into_iter().chain(known).collect(),
        }
    }

    fn tried(&self) -> Tried<'_> {
        Tried {
            email: &self.email,
            user_agent: self.user_agent.as_deref(),
            origin: &self.origin,
        }
    }

    fn actor(&self, person_id: PersonId) -> Actor {
        Actor::new(Who::Person(person_id), Some(self.origin.clone()))
    }

    /// Begins the session `id` of somebody who has proven who they are in this way. Those that it replaces end, and the oldest where the person has too many.
    fn begin(
        &self,
        tx: &mut Connection,
        (known, by): (&Credentials, &'static str),
        id: SessionId,
        now: Timestamp,
    ) -> Result<Bearer> {
        let person_id = known.person_id;
        let actor = self.actor(person_id);
        for replaced in &self.replaces {
            end(tx, &actor, *replaced, "session.replace", now)?;
        }
        let address = self.origin.address_text();
        let session = NewSession {
            id,
            person_id,
            created_at: now,
            expires_at: now + self.grant.lifetime,
            user_agent: self.user_agent.as_deref(),
            address: address.as_deref(),
            last_used_at: Some(now),
            idle_at: Some(now + self.idle),
            proven_at: Some(now),
        };
        insert(tx, &[session])?;
        if let Some(token_hash) = &self.grant.token_hash {
            store::insert_refresh_token(tx, token_hash, id, now)?;
        }
        let surplus = store::update_surplus_ended(tx, person_id, SESSIONS_MAX, now)?;
        acting::stop(tx, &actor, &surplus, now)?;
        let entry = Entry {
            action: "session.sign_in",
            account_id: known.account_id,
            object: id.to_string(),
            details: json!({ "by": by, "program": self.user_agent }),
        };
        audit::record(tx, &actor, &entry, now)?;
        Ok(Bearer {
            person_id,
            session_id: id,
            renewed_at: None,
        })
    }
}

/// Compares the password and begins the session, unless a code is needed too.
async fn prove(db: &Database, access: &Access, attempt: Attempt, grant: Grant) -> Result<Entered<Bearer>> {
    let email = rules::normal_email(&attempt.email);
    let address = attempt.from.origin.address;
    let device = match &attempt.from.device {
        Some(cookie) => access.keys.verify_device(db, cookie).await?,
        None => None,
    };
    let anywhere = Source::of_sign_in(&email, address);
    let asked = email.clone();
    // Asked before a hash is computed, so that a flood costs little.
    let (source, known_by, delay, credentials) = db
        .read(move |connection| {
            let credentials = store::find_credentials(connection, &asked)?;
            let person_id = credentials.as_ref().map(|known| known.person_id);
            let known_by = device.filter(|device| Some(device.person_id) == person_id);
            let source = match known_by {
                Some(device) => anywhere.clone().at_device(device.session_id),
                None => anywhere.clone(),
            };
            let delay = source.refuse_if_throttled(connection, clock::now())?;
            let delay = if known_by.is_some() { Duration::ZERO } else { delay };
            Ok((source, known_by, delay, credentials))
        })
        .await?;
    access.passwords.slow_down(&email, delay).await?;

    let known = credentials
        .as_ref()
        .map(|credentials| credentials.password_hash.clone());
    let matches = access.passwords.verify(attempt.password.clone(), known).await?;
    let is_proven = matches && credentials.as_ref().is_some_and(|credentials| credentials.in_force);
    let credentials = match credentials {
        Some(known) if is_proven => Some(renewing::renew(db, &access.passwords, attempt.password, known).await?),
        other => other,
    };
    let start = Start::new(access.settings, email, grant, attempt.from, known_by);
    let outcome = db
        .write(move |tx| settle(tx, &source, (credentials.as_ref(), is_proven), &start, clock::now()))
        .await?;
    outcome.count();
    match outcome {
        Outcome::SignedIn(bearer) => {
            tracing::info!(person = %bearer.person_id, session = %bearer.session_id, "signed in");
            Ok(Entered::SignedIn(bearer))
        }
        Outcome::CodeNeeded(person_id, password_hash) => {
            let challenge = access.keys.issue_challenge(db, person_id, &password_hash).await?;
            Ok(Entered::CodeNeeded(challenge))
        }
        Outcome::Failed(error) => {
            tracing::info!(
                address = address.map(tracing::field::display),
                reason = error.code().name(),
                "a sign-in failed"
            );
            Err(error)
        }
    }
}

/// Starts the session or writes the failure down. Asks again about throttling: guesses made at the same time all
/// passed the first question, so from here on those of one person go one after the other. A failure counts itself.
fn settle(
    tx: &mut Connection,
    source: &Source,
    (known, is_proven): (Option<&Credentials>, bool),
    start: &Start,
    now: Timestamp,
) -> Result<Outcome> {
    source.lock(tx)?;
    // The password may have been changed while it was compared; a session of the old one must not begin after that.
    let proven = match known.filter(|_| is_proven) {
        // The proof of the password that the code comes with names its hash.
        Some(known) if known.has_second_factor => Some(known),
        Some(known) if store::update_last_sign_in(tx, known.person_id, &known.password_hash, now)? => Some(known),
        _ => None,
    };
    if proven.is_none() {
        source.count(tx, now)?;
    }
    match (source.refuse_if_throttled(tx, now), proven) {
        (Err(error @ Error::Throttled { .. }), _) => fail(tx, known, start.tried(), error, now).map(Outcome::Failed),
        (Err(error), _) => Err(error),
        (Ok(_), None) => fail(tx, known, start.tried(), invalid_credentials(), now).map(Outcome::Failed),
        (Ok(_), Some(known)) if known.has_second_factor => {
            Ok(Outcome::CodeNeeded(known.person_id, known.password_hash.clone()))
        }
        (Ok(_), Some(known)) => {
            // A second factor may have been set up while the password was compared.
            let now_known = store::find_credentials_of(tx, known.person_id)?;
            match now_known.is_some_and(|known| known.has_second_factor) {
                true => Ok(Outcome::CodeNeeded(known.person_id, known.password_hash.clone())),
                false => start
                    .begin(tx, (known, "password"), SessionId::new(), now)
                    .map(Outcome::SignedIn),
            }
        }
    }
}

fn invalid_credentials() -> Error {
    Error::unauthenticated(Code::InvalidCredentials, sentences::wrong_credentials())
}

/// Compares the code and begins the session that the proof of the password names: it is good for one.
async fn prove_second(db: &Database, access: &Access, second: Second, grant: Grant) -> Result<Bearer> {
    let Some((bearer, password)) = access.keys.verify_challenge(db, &second.challenge).await? else {
        return Err(challenge_over());
    };
    let device = match &second.from.device {
        Some(cookie) => access.keys.verify_device(db, cookie).await?,
        None => None,
    };
    let device = device.filter(|device| device.person_id == bearer.person_id);
    let start = Start::new(access.settings, String::new(), grant, second.from, device);
    let (proof, challenge) = (second.proof, second.challenge);
    let outcome = db
        .write(move |tx| settle_second(tx, bearer, &password, (&proof, &challenge), &start, clock::now()))
        .await?;
    outcome
        .inspect(
            |bearer| tracing::info!(person = %bearer.person_id, session = %bearer.session_id, "signed in with a code"),
        )
        .inspect_err(|error| {
            tracing::info!(person = %bearer.person_id, reason = error.code().name(), "a code failed");
        })
}

fn settle_second(
    tx: &mut Connection,
    bearer: Bearer,
    password: &str,
    (proof, challenge): (&SecondProof, &str),
    start: &Start,
    now: Timestamp,
) -> Result<Result<Bearer>> {
    let Some(known) = store::find_credentials_of(tx, bearer.person_id)? else {
        return Ok(Err(challenge_over()));
    };
    let is_current = known.in_force && tokens::proof_of(&known.password_hash) == password;
    if !is_current || store::find_session(tx, bearer.session_id)?.is_some() {
        return Ok(Err(challenge_over()));
    }
    let proven = match proof {
        SecondProof::Code(code) => factors::prove(tx, &start.actor(bearer.person_id), bearer.person_id, code, now)?,
        SecondProof::Passkey(answer, party) => passkeys::prove(tx, bearer.person_id, answer, (challenge, party), now)?,
    };
    if let Err(refused) = proven {
        return fail(tx, Some(&known), start.tried(), refused, now).map(Err);
    }
    if !store::update_last_sign_in(tx, bearer.person_id, &known.password_hash, now)? {
        return Ok(Err(challenge_over()));
    }
    // Of two answers at once the second waited for the first to sign in.
    if store::find_session(tx, bearer.session_id)?.is_some() {
        return Ok(Err(challenge_over()));
    }
    let by = match proof {
        SecondProof::Code(_) => "password and code",
        SecondProof::Passkey(..) => "password and passkey",
    };
    start.begin(tx, (&known, by), bearer.session_id, now).map(Ok)
}

fn challenge_over() -> Error {
    Error::unauthenticated(Code::ChallengeOver, sentences::challenge_over())
}

/// The pair of tokens of a session.
pub(super) async fn pair(db: &Database, keys: &Keys, bearer: Bearer, refresh_token: String) -> Result<Tokens> {
    Ok(Tokens {
        access_token: keys.issue(db, bearer, clock::now()).await?,
        refresh_token,
        expires_in_s: ACCESS_LIFETIME.num_seconds(),
    })
}
