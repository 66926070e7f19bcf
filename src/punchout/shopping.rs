//! A session: begun by the buyer's system, opened once by a link of minutes, scoped to one basket. It holds no cookie: what
//! proves it stands in its addresses, so it lives in a frame of another site, and several live beside each other.

use chrono::TimeDelta;
use data_encoding::BASE64URL_NOPAD;

use super::basket::{self, Basket};
use super::rules::{Ended, Mode, Operation, Protocol, SESSION_HOURS, START_MINUTES};
use super::setup::{Setup, fingerprint};
use super::store::{self, SessionRow};
use super::{sentences, setup};
use crate::clock::{self, Timestamp};
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, PersonId, PunchoutSessionId, PunchoutShopperId};
use crate::languages::Language;

/// Who shops, as the buyer's system says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shopper {
    pub email: Option<String>,
    pub name: Option<String>,
}

/// What a session is begun with.
#[derive(Debug, Clone)]
pub struct Beginning {
    pub account_id: AccountId,
    pub protocol: Protocol,
    pub operation: Operation,
    pub mode: Mode,
    pub shopper: Shopper,
    pub buyer_cookie: String,
    pub return_url: String,
    pub return_target: Option<String>,
    pub payload_id: Option<String>,
    /// The article that is shown first.
    pub selected: Option<String>,
    pub basket: Basket,
}

fn token() -> String {
    BASE64URL_NOPAD.encode(&clock::random_bytes::<32>())
}

/// Begins a session; what the link to it ends with.
pub fn begin(tx: &mut Connection, beginning: Beginning, now: Timestamp) -> Result<String> {
    let (person_id, shopper_id) = who(tx, &beginning, now)?;
    let start = token();
    let row = SessionRow {
        id: PunchoutSessionId::new(),
        account_id: beginning.account_id,
        protocol: beginning.protocol,
        operation: beginning.operation,
        mode: beginning.mode,
        person_id,
        shopper_id,
        start_hash: Some(fingerprint(&start)),
        start_until: now + TimeDelta::minutes(START_MINUTES),
        token_hash: None,
        expires_at: now + TimeDelta::hours(SESSION_HOURS),
        buyer_cookie: beginning.buyer_cookie,
        return_url: beginning.return_url,
        return_target: beginning.return_target,
        payload_id: beginning.payload_id,
        selected: beginning.selected,
        basket: serde_json::to_string(&beginning.basket).map_err(Error::internal)?,
        version: 1,
        created_at: now,
        ended_at: None,
        ended_as: None,
    };
    store::insert_session(tx, row)?;
    Ok(start)
}

/// The member with the mail address, else a shopper of the account, who is made where there is none yet.
fn who(
    tx: &mut Connection,
    beginning: &Beginning,
    now: Timestamp,
) -> Result<(Option<PersonId>, Option<PunchoutShopperId>)> {
    let Some(email) = beginning
        .shopper
        .email
        .as_deref()
        .map(|email| email.trim().to_lowercase())
    else {
        return Ok((None, None));
    };
    let is_fine =
        email.contains('@') && email.chars().count() <= crate::limits::EMAIL && !email.chars().any(char::is_control);
    if !is_fine {
        return Ok((None, None));
    }
    if let Some(person) = store::find_member(tx, beginning.account_id, &email)? {
        return Ok((Some(person), None));
    }
    let name = beginning.shopper.name.as_deref().unwrap_or(&email);
    let name: String = name
        .chars()
        .filter(|sign| !sign.is_control())
        .take(crate::limits::NAME)
        .collect();
    let shopper = store::put_shopper(tx, PunchoutShopperId::new(), (beginning.account_id, &email, &name), now)?;
    Ok((None, Some(shopper)))
}

/// Opens the session that a link leads to, once; what its addresses hold from then on.
pub fn open(tx: &mut Connection, start: &str, now: Timestamp) -> Result<String> {
    let token = token();
    match store::open_session(tx, &fingerprint(start), &fingerprint(&token), now)? {
        Some(_) => Ok(token),
        None => Err(over()),
    }
}

/// Why a session can't go on.
fn over() -> Error {
    Error::conflict(Code::PunchoutSessionOver, sentences::punchout_session_over())
}

/// A session that goes on.
#[derive(Debug)]
pub struct Session {
    pub row: SessionRow,
    pub setup: Setup,
    pub basket: Basket,
    /// Of the account's papers.
    pub language: Language,
}

impl Session {
    fn of(connection: &mut Connection, row: Option<SessionRow>, now: Timestamp) -> Result<Self> {
        let row = row.ok_or(Error::NotFound)?;
        if row.ended_at.is_some() || row.expires_at <= now {
            return Err(over());
        }
        let setup = setup::find(connection, row.account_id)?.ok_or_else(over)?;
        let account = crate::accounts::get_open(connection, row.account_id)?;
        let basket = serde_json::from_str(&row.basket).map_err(Error::internal)?;
        let language = Language::from_locale(&account.locale);
        Ok(Self {
            row,
            setup,
            basket,
            language,
        })
    }

    /// True where nothing may be changed.
    pub fn reads(&self) -> bool {
        self.row.operation == Operation::Inspect
    }
}

/// The session whose addresses hold this.
pub fn get(connection: &mut Connection, token: &str, now: Timestamp) -> Result<Session> {
    let row = store::find_session(connection, &fingerprint(token))?;
    Session::of(connection, row, now)
}

fn lock(tx: &mut Connection, token: &str, now: Timestamp) -> Result<Session> {
    let row = store::lock_session(tx, &fingerprint(token))?;
    Session::of(tx, row, now)
}

/// Which pages may show the session with these addresses in a frame, whether it goes on or not.
pub fn frames(connection: &mut Connection, token: &str) -> Result<Vec<String>> {
    let Some(row) = store::find_session(connection, &fingerprint(token))? else {
        return Ok(Vec::new());
    };
    let setup = setup::find(connection, row.account_id)?;
    let mut frames = setup.map(|setup| setup.setup.frame_ancestors).unwrap_or_default();
    if row.mode == Mode::Test {
        // Where staff try a set-up out.
        frames.push("'self'".to_owned());
    }
    Ok(frames)
}

/// Changes the basket of a session.
pub fn change(
    tx: &mut Connection,
    token: &str,
    now: Timestamp,
    change: impl FnOnce(&mut Connection, AccountId, &mut Basket) -> Result<()>,
) -> Result<()> {
    let mut session = lock(tx, token, now)?;
    if session.reads() {
        return Err(Error::conflict(
            Code::PunchoutSessionOver,
            sentences::punchout_session_reads(),
        ));
    }
    change(tx, session.row.account_id, &mut session.basket)?;
    store::update_basket(tx, session.row.id, &session.basket)
}

/// Ends a session; with what its basket came to.
pub fn end(tx: &mut Connection, token: &str, ended: Ended, now: Timestamp) -> Result<(Session, basket::Shown)> {
    let session = lock(tx, token, now)?;
    let shown = basket::show(tx, session.row.account_id, &session.basket, now)?;
    if ended == Ended::Returned
        && !session.reads()
        && let Some(fault) = shown.fault()
    {
        return Err(fault);
    }
    store::end_session(tx, session.row.id, ended, now)?;
    Ok((session, shown))
}
