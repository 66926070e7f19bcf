//! People of the portal look into a sandbox: they get a session there, and a cookie that leads pages into it until they leave.

use actix_web::cookie::Cookie;
use actix_web::web::Data;

use crate::clock;
use crate::error::{Error, Result};
use crate::identity::people;
use crate::identity::tokens::{Bearer, Keys};
use crate::ids::{AccountId, PersonId, SessionId};
use crate::sandbox::insert_looker;
use crate::sandbox::rules::DAYS_MAX;
use crate::state::AppState;
use crate::web::cookies;

/// How long somebody looks in.
const LOOK_IN: chrono::TimeDelta = chrono::TimeDelta::hours(8);

/// Lets somebody in; the cookie that leads there.
pub async fn begin(
    state: &AppState,
    sandbox: &Data<AppState>,
    (person, account_id): (PersonId, Option<AccountId>),
    roles: Vec<&'static str>,
) -> Result<Cookie<'static>> {
    let world = sandbox.sandbox.as_ref();
    let id = world
        .map(|world| world.id)
        .ok_or_else(|| Error::internal("a sandbox knows that it is one"))?;
    let known = state
        .db
        .read(move |connection| people::find_person(connection, person))
        .await?;
    let known = known.ok_or(Error::NotFound)?;
    let session = SessionId::new();
    let now = clock::real();
    // Its clock may be far ahead, and what it sees of the session is by that.
    let until = now + LOOK_IN + chrono::TimeDelta::days(DAYS_MAX);
    let write = move |tx: &mut _| {
        let who = (known.email.as_str(), known.name.as_str(), account_id);
        insert_looker(tx, (person, session), who, &roles, (now, until))
    };
    sandbox.db.write(write).await?;
    let bearer = Bearer {
        person_id: person,
        session_id: session,
        renewed_at: None,
    };
    let token = Keys::new().issue_cookie(&sandbox.db, bearer, now + LOOK_IN).await?;
    Ok(cookies::sandbox(id, &token, state.is_https))
}
