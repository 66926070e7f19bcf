//! REST for supplier staff: somebody is forgotten.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Erasure;
use super::rules::{Kept, Place, State};
use crate::clock::{now, rfc3339};
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::error::Result;
use crate::http::{Body, FollowedPage, IdempotencyKey, List, Params, PathId, created};
use crate::identity::caller::{Confirmed, MayManageStaff, Staff};
use crate::identity::idempotency;
use crate::ids::ErasureId;
use crate::state::AppState;

/// Who is to be forgotten.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ErasePerson {
    /// The mail address of a person, a contact, or somebody who was invited or written to.
    email: String,
}

/// Rows in which somebody was replaced.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErasureReplacedView {
    place: Place,
    rows: u64,
}

/// The erasure of a person.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErasureView {
    #[schema(example = "era_0BGK1J3Z00002")]
    id: String,
    /// The person, if they signed in; acts stay under this number.
    #[schema(required)]
    person_id: Option<String>,
    /// Who stands there instead.
    pseudonym: String,
    state: State,
    #[schema(format = DateTime)]
    asked_at: String,
    /// Null while it runs.
    #[schema(required, format = DateTime)]
    ended_at: Option<String>,
    /// Where they were replaced, and in how many rows.
    replaced: Vec<ErasureReplacedView>,
    /// What is kept of them; the guide says why.
    kept: Vec<Kept>,
}

impl From<Erasure> for ErasureView {
    fn from(erasure: Erasure) -> Self {
        let Erasure { row, replaced } = erasure;
        Self {
            id: row.id.to_string(),
            person_id: row.person_id.map(|id| id.to_string()),
            pseudonym: row.pseudonym,
            state: row.state,
            asked_at: rfc3339(row.asked_at),
            ended_at: row.ended_at.map(rfc3339),
            replaced: replaced
                .into_iter()
                .map(|(place, rows)| ErasureReplacedView { place, rows })
                .collect(),
            kept: Kept::ALL.to_vec(),
        }
    }
}

/// Forget a person
///
/// They have no access from here on. Name and addresses are replaced by a pseudonym everywhere but on what the law has kept, beside
/// the requests: ask for the erasure until it is `done`. It can't be undone. An erasure of the same person that runs is answered
/// with.
#[utoipa::path(tag = "supplier", operation_id = "erasePerson", security(("bearer" = ["staff.manage"])), request_body = ErasePerson,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new erasure")),
    responses((status = 201, body = ErasureView, headers(("Location" = String, description = "Path of the erasure")))))]
#[post("/supplier/erasures")]
pub async fn erase(
    state: Data<AppState>,
    admin: Confirmed<Staff<MayManageStaff>>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<ErasePerson>,
) -> Result<HttpResponse> {
    let key = idempotency::Request::new(admin.person_id, "POST /api/v1/supplier/erasures", key, &body)?;
    let (actor, by) = (admin.actor(), admin.person_id);
    let begin = move |tx: &mut _| super::begin_once(tx, &actor, (by, &key), &body.email, now());
    let (erasure, replayed) = state.db.write(begin).await?;
    let path = format!("/api/v1/supplier/erasures/{}", erasure.row.id);
    Ok(created(Some(path), replayed, ErasureView::from(erasure)))
}

/// People who were forgotten
///
/// The latest first.
#[utoipa::path(tag = "supplier", operation_id = "listErasures", security(("bearer" = ["staff.manage"])), params(FollowedPage), responses(
    (status = 200, body = List<ErasureView>, description = "A page of erasures"),
))]
#[get("/supplier/erasures")]
pub async fn list_erasures(
    _admin: Staff<MayManageStaff>,
    state: Data<AppState>,
    params: Params<FollowedPage>,
) -> Result<Json<List<ErasureView>>> {
    let page = params.0.page();
    let read = |connection: &mut Connection, walk, rows_max| super::list(connection, walk, rows_max);
    let id = |erasure: &Erasure| erasure.row.id;
    let list = (Followed::of("erasures", None), "erasures");
    Ok(Json(
        page.list(&state.db, list, read, (id, id, ErasureView::from)).await?,
    ))
}

/// One erasure
#[utoipa::path(tag = "supplier", operation_id = "getErasure", security(("bearer" = ["staff.manage"])), responses((status = 200, body = ErasureView)))]
#[get("/supplier/erasures/{id}")]
pub async fn show(
    state: Data<AppState>,
    _admin: Staff<MayManageStaff>,
    PathId(id): PathId<ErasureId>,
) -> Result<Json<ErasureView>> {
    let erasure = state.db.read(move |connection| super::get(connection, id)).await?;
    Ok(Json(erasure.into()))
}
