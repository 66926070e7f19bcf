//! REST for supplier staff: the team behind an account.

use actix_web::web::Data;
use actix_web::{HttpResponse, Responder, get, put};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts;
use crate::accounts::rules::Team;
use crate::accounts::shapes::{self, TeamMemberView};
use crate::accounts::team;
use crate::accounts::team::editing::{self, PlaceInput};
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
        members: shapes::team(team, today),
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

/// The team as it is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplaceTeamBody {
    /// At most 99.
    #[schema(max_items = 99)]
    members: Vec<PlaceInput>,
}

/// Set the team behind an account
///
/// As a whole: whoever isn't named leaves it. The rules are those of `team.csv`.
#[utoipa::path(tag = "supplier", operation_id = "replaceTeam", security(("bearer" = ["accounts.manage"])), request_body = ReplaceTeamBody,
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
    let (team, today) = state
        .db
        .write(move |tx| {
            let now = clock::now();
            let team = editing::replace(tx, &editor, id, &expected, &body.0.members, now)?;
            Ok((team, team::today(tx, now)?))
        })
        .await?;
    answer(&team, today)
}
