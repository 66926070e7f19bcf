//! The team behind an account, changed as a whole: places move, and no position is held twice in between.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::accounts::editing::{Editor, lock, record};
use crate::accounts::rules::{Place, Team, TeamFunction};
use crate::accounts::team;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::identity::rules::rights::MayManageAccounts;
use crate::ids::AccountId;
use crate::kept::{self, IntegerText};
use crate::version::{self, Expected};

const COLUMNS: [&[&str]; 2] = [team::files::LAYOUT.required, team::files::LAYOUT.optional];

/// A place in the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlaceBody)]
pub struct PlaceInput {
    /// Mail address of one of the staff.
    email: String,
    #[schema(value_type = TeamFunction)]
    function: String,
    /// 1 to 99, each once; 1 is the key account manager.
    #[schema(value_type = i64)]
    pub position: IntegerText,
    phone: Option<String>,
    /// Mail address of who steps in.
    deputy_email: Option<String>,
    /// First day away.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    absent_from: Option<String>,
    /// Last day away; null = until further notice.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    absent_to: Option<String>,
}

pub fn version(team: &Team) -> Result<i64> {
    version::of_content(&facts(team))
}

/// The team as the audit record has it.
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
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    let places = team.places.iter().map(|place| PlaceInput {
        email: place.staff.email.clone(),
        function: place.function.name().to_owned(),
        position: IntegerText(place.position.to_string()),
        phone: place.staff.phone.clone(),
        deputy_email: deputy_email(team, place).map(str::to_owned),
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
    editor.require::<MayManageAccounts>()?;
    let account = lock(tx, account_id)?;
    let before = team::of_account(tx, account_id)?;
    expected.check(version(&before)?)?;
    let rows = places.iter().map(|place| kept::row(place, &COLUMNS));
    let rows: Vec<_> = rows.collect::<Result<_>>()?;
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
