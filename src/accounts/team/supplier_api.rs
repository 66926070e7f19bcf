//! REST for supplier staff: the team behind an account.

use actix_web::web::Data;
use actix_web::{HttpResponse, Responder, get, put};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts;
use crate::accounts::rules::Team;
use crate::accounts::team;
use crate::accounts::team::editing::{self, PlaceInput};
use crate::accounts::view::{self, TeamMemberView};
use crate::clock;
use crate::error::Result;
use crate::http::{Body, IfMatch, PathId, etag};
use crate::identity::caller::{MayManageAccounts, MayReadDesk, Staff};
use crate::ids::AccountId;
use crate::state::AppState;

/// Everybody behind an account.
#[derive(Serialize, ToSchema)]
pub struct TeamView {
    /// By position.
    members: Vec<TeamMemberView>,
}

fn answer(team: &Team, today: NaiveDate) -> Result<HttpResponse> {
    let version = editing::version(team)?;
    let view = TeamView {
        members: view::team(team, today),
    };
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(view))
}

/// The team behind an account
///
/// Whoever is away today is shown with who steps in.
#[utoipa::path(tag = "supplier", operation_id = "getTeamAsStaff", responses(
    (status = 200, body = TeamView, description = "The whole team", headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/accounts/{id}/team")]
pub async fn show_team(
    _staff: Staff<MayReadDesk>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
) -> Result<impl Responder> {
    let (team, today) = state
        .db
        .read(move |connection| {
            accounts::get(connection, id)?;
            let today = team::today(connection, clock::now())?;
            Ok((team::of_account(connection, id)?, today))
        })
        .await?;
    answer(&team, today)
}

/// A place in the team.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceBody {
    /// Mail address of one of the staff.
    email: String,
    /// `key_account_manager`, `deputy`, `customer_service`, `shipping`, `scheduling`, `inventory`, `finance` or
    /// `quality`.
    function: String,
    /// 1 to 99, each once; 1 is the key account manager.
    position: i64,
    phone: Option<String>,
    /// Mail address of who steps in.
    deputy_email: Option<String>,
    /// First day away.
    absent_from: Option<NaiveDate>,
    /// Last day away; null = until further notice.
    absent_to: Option<NaiveDate>,
}

/// The team as it is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplaceTeamBody {
    /// At most 99.
    #[schema(max_items = 99)]
    members: Vec<PlaceBody>,
}

impl From<PlaceBody> for PlaceInput {
    fn from(body: PlaceBody) -> Self {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            email: body.email,
            function: body.function,
            position: body.position.to_string(),
            phone: body.phone.unwrap_or_default(),
            deputy_email: body.deputy_email.unwrap_or_default(),
            absent_from: day(body.absent_from),
            absent_to: day(body.absent_to),
        }
    }
}

/// Set the team behind an account
///
/// As a whole: whoever isn't named leaves it. The rules are those of `team.csv`.
#[utoipa::path(tag = "supplier", operation_id = "replaceTeam", request_body = ReplaceTeamBody,
    params(("If-Match" = String, Header, description = "The team's ETag")),
    responses(
        (status = 200, body = TeamView, description = "The team", headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "`account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[put("/supplier/accounts/{id}/team")]
pub async fn replace_team(
    staff: Staff<MayManageAccounts>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
    IfMatch(expected): IfMatch,
    body: Body<ReplaceTeamBody>,
) -> Result<impl Responder> {
    let editor = staff.editor();
    let inputs: Vec<_> = body.0.members.into_iter().map(PlaceInput::from).collect();
    let (team, today) = state
        .db
        .write(move |tx| {
            let now = clock::now();
            let team = editing::replace(tx, &editor, id, &expected, &inputs, now)?;
            Ok((team, team::today(tx, now)?))
        })
        .await?;
    answer(&team, today)
}
