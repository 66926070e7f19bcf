//! Sign-ins that failed, as the audit record tells of them: for whom, why, and of many how many.

use serde_json::json;

use super::store::Credentials;
use crate::audit::{self, Actor, Entry, Origin, tallies};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::values;

/// What was tried, from where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tried<'a> {
    /// In the form that is compared; empty once somebody has proven their password.
    pub email: &'a str,
    pub user_agent: Option<&'a str>,
    pub origin: &'a Origin,
}

/// Failures of a person that the record tells each in an hour.
const FAILURES_OF_ONE: i64 = 10;
/// The same of nobody who is known, all together.
const FAILURES_OF_NOBODY: i64 = 100;

/// Writes down for whom a sign-in failed, as far as the record tells of it; why.
pub(super) fn fail(
    tx: &mut Connection,
    person: Option<&Credentials>,
    tried: Tried<'_>,
    error: Error,
    now: Timestamp,
) -> Result<Error> {
    let (source, each) = match person {
        Some(known) => (format!("sign_in {}", known.person_id), FAILURES_OF_ONE),
        None => ("sign_in".to_owned(), FAILURES_OF_NOBODY),
    };
    let times = tallies::count(tx, &source, now)?;
    if tallies::is_told(times, each) {
        let entry = Entry {
            action: "session.sign_in_failed",
            account_id: person.and_then(|known| known.account_id),
            object: person.map_or_else(|| typed(tried.email), |known| known.person_id.to_string()),
            details: json!({ "reason": error.code().name(), "times": times, "program": tried.user_agent }),
        };
        audit::record(tx, &Actor::visitor(tried.origin.clone()), &entry, now)?;
    }
    Ok(error)
}

/// What was typed as the mail address of nobody, where it is one: some people type their password there.
fn typed(email: &str) -> String {
    match values::mail_address(email) {
        Some(_) => email.to_owned(),
        None => "unknown".to_owned(),
    }
}
