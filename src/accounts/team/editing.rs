//! The team behind an account, changed as a whole: places move, and no position is held twice in between.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::accounts::editing::{Editor, cell, lock, record};
use crate::accounts::rules::{Part, Place, Team};
use crate::accounts::team;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::AccountId;
use crate::version::{self, Expected};

/// A place as it is to be. Texts as they are typed, empty ones are none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaceInput {
    /// Mail address of one of the staff.
    pub email: String,
    /// The name of the function.
    pub function: String,
    /// Where in the team; 1 is the key account manager.
    pub position: String,
    /// Phone number.
    pub phone: String,
    /// Mail address of who steps in.
    pub deputy_email: String,
    /// First day of the absence.
    pub absent_from: String,
    /// Its last day; empty = until further notice.
    pub absent_to: String,
}

/// What of a team has a version.
pub fn version(team: &Team) -> Result<i64> {
    version::of_content(&facts(team))
}

/// The team as the record tells it.
fn facts(team: &Team) -> Value {
    let places = team.places.iter().map(|place| {
        json!({
            "position": place.position,
            "email": place.staff.email,
            "function": place.function.name(),
            "phone": place.staff.phone,
            "deputy_email": deputy_email(team, place),
            "absent_from": place.absence.map(|absence| absence.from.to_string()),
            "absent_to": place.absence.and_then(|absence| absence.to).map(|day| day.to_string()),
        })
    });
    places.collect()
}

/// Mail address of whom a place names as its deputy.
fn deputy_email<'t>(team: &'t Team, place: &Place) -> Option<&'t str> {
    place
        .deputy
        .and_then(|id| team.find(id))
        .map(|staff| staff.email.as_str())
}

/// The team as it would be sent to stay as it is.
pub fn inputs(team: &Team) -> Vec<PlaceInput> {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let places = team.places.iter().map(|place| PlaceInput {
        email: place.staff.email.clone(),
        function: place.function.name().to_owned(),
        position: place.position.to_string(),
        phone: cell(place.staff.phone.as_deref()),
        deputy_email: cell(deputy_email(team, place)),
        absent_from: day(place.absence.map(|absence| absence.from)),
        absent_to: day(place.absence.and_then(|absence| absence.to)),
    });
    places.collect()
}

/// Makes the team what `places` say; how it is now.
pub fn replace(
    tx: &mut Connection,
    editor: &Editor,
    account_id: AccountId,
    expected: &Expected,
    places: &[PlaceInput],
    now: Timestamp,
) -> Result<Team> {
    editor.require(Part::Account)?;
    let account = lock(tx, account_id)?;
    let before = team::of_account(tx, account_id)?;
    expected.check(version(&before)?)?;
    let row = |place: &PlaceInput| {
        vec![
            ("email", place.email.clone()),
            ("function", place.function.clone()),
            ("position", place.position.clone()),
            ("phone", place.phone.clone()),
            ("deputy_email", place.deputy_email.clone()),
            ("absent_from", place.absent_from.clone()),
            ("absent_to", place.absent_to.clone()),
        ]
    };
    let rows: Vec<_> = places.iter().map(row).collect();
    team::files::store_all(tx, &account, &rows)?;
    let after = team::of_account(tx, account_id)?;
    let (was, is) = (facts(&before), facts(&after));
    if was != is {
        let details = json!({ "was": { "team": was }, "is": { "team": is } });
        record(
            tx,
            editor,
            "team.change",
            account_id,
            account_id.to_string(),
            details,
            now,
        )?;
    }
    Ok(after)
}
