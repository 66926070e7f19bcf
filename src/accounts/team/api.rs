//! REST: the team behind my account.

use actix_web::web::{Data, Json};
use actix_web::{Responder, get};

use crate::accounts::shapes::{self, TeamMemberView};
use crate::accounts::team;
use crate::clock;
use crate::error::Result;
use crate::http::List;
use crate::identity::caller::{Customer, MayRead};
use crate::state::AppState;

/// The team behind my account
///
/// The key account manager first. Whoever is away today is shown with who steps in; days are those of the supplier's
/// time zone.
#[utoipa::path(tag = "account", operation_id = "getTeam", responses(
    (status = 200, body = List<TeamMemberView>, description = "The whole team; there is no further page"),
))]
#[get("/account/team")]
pub async fn show_team(customer: Customer<MayRead>, state: Data<AppState>) -> Result<impl Responder> {
    let account_id = customer.account_id;
    let (team, today) = state
        .db
        .read(move |connection| {
            let today = team::today(connection, clock::now())?;
            Ok((team::of_account(connection, account_id)?, today))
        })
        .await?;
    Ok(Json(List::new(shapes::team(&team, today), None)))
}
