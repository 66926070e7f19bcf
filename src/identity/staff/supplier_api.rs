//! REST for supplier staff: their colleagues.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, Responder, delete, get};
use serde::Serialize;
use utoipa::ToSchema;

use super::StaffMember;
use crate::clock::{self, rfc3339};
use crate::db::changes::Followed;
use crate::error::Result;
use crate::http::{FollowedPage, List, Params, PathId};
use crate::identity::caller::{Access, Confirmed, MayManageStaff, MayReadDesk, Staff};
use crate::identity::rules::StaffRole;
use crate::identity::staff;
use crate::ids::PersonId;
use crate::state::AppState;

/// One of the supplier's staff.
#[derive(Serialize, ToSchema)]
pub struct StaffView {
    #[schema(example = "per_0BGK1J3Z00002")]
    id: String,
    email: String,
    name: String,
    roles: Vec<StaffRole>,
    /// Null = never.
    #[schema(required, format = DateTime)]
    last_sign_in_at: Option<String>,
    /// They are asked for a code beside their password.
    second_factor: bool,
}

impl From<StaffMember> for StaffView {
    fn from(member: StaffMember) -> Self {
        Self {
            id: member.id.to_string(),
            roles: member.all_roles(),
            email: member.email,
            name: member.name,
            last_sign_in_at: member.last_sign_in_at.map(rfc3339),
            second_factor: member.has_second_factor,
        }
    }
}

/// The supplier's staff
///
/// Those who have access; whoever was added first comes first.
#[utoipa::path(tag = "supplier", operation_id = "listStaff", params(FollowedPage), responses(
    (status = 200, body = List<StaffView>, description = "A page of staff"),
))]
#[get("/supplier/staff")]
pub async fn list_staff(
    _staff: Staff<MayReadDesk>,
    state: Data<AppState>,
    params: Params<FollowedPage>,
) -> Result<impl Responder> {
    let page = params.0.page();
    let read = move |connection: &mut _, walk, rows_max| staff::list(connection, walk, rows_max);
    let id = |member: &StaffMember| member.id;
    let list = (Followed::of("people", None), "staff");
    Ok(Json(page.list(&state.db, list, read, (id, id, StaffView::from)).await?))
}

/// End all sessions of one of the staff
///
/// Their tokens open nothing within five seconds, on every node; they are told by mail and may sign in again.
#[utoipa::path(tag = "supplier", operation_id = "endStaffSessions", security(("bearer" = ["staff.manage"])), responses((status = 204, description = "Ended")))]
#[delete("/supplier/staff/{id}/sessions")]
pub async fn end_sessions(
    admin: Staff<MayManageStaff>,
    state: Data<AppState>,
    access: Data<Access>,
    PathId(id): PathId<PersonId>,
) -> Result<impl Responder> {
    let (actor, by) = (admin.actor(), admin.person_id);
    let write = move |tx: &mut _| staff::end_sessions(tx, &actor, by, id, clock::now());
    let sessions = state.db.write(write).await?;
    access.sessions.forget_all(&sessions).await;
    Ok(HttpResponse::NoContent())
}

/// Reset the second factor of one of the staff
///
/// For somebody whose authenticator is gone. Ends their sessions; they are told by mail, and sign in with their password.
#[utoipa::path(tag = "supplier", operation_id = "resetStaffSecondFactor", security(("bearer" = ["staff.manage"])), responses(
    (status = 204, description = "Reset"),
    (status = 409, description = "`second_factor_none`, `second_factor_own`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[delete("/supplier/staff/{id}/second-factor")]
pub async fn reset_factor(
    admin: Confirmed<Staff<MayManageStaff>>,
    state: Data<AppState>,
    access: Data<Access>,
    PathId(id): PathId<PersonId>,
) -> Result<impl Responder> {
    let (actor, by) = (admin.actor(), admin.person_id);
    let write = move |tx: &mut _| staff::reset_factor(tx, &actor, by, id, clock::now());
    let sessions = state.db.write(write).await?;
    access.sessions.forget_all(&sessions).await;
    Ok(HttpResponse::NoContent())
}
