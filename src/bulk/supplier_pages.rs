//! Bulk jobs on the desk.

use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get, post};

use super::JobRow;
use super::shapes::ListBulkResults;
use super::words::{self, PageParams, Place, RowParams};
use crate::bulk;
use crate::db::seek::Scope;
use crate::error::{Error, Result};
use crate::http::{Params, PathId};
use crate::identity::caller::{Desk, MayReadDesk, MaySetUp};
use crate::ids::BulkJobId;
use crate::state::AppState;
use crate::web::list::ListPage;

type Reader = Desk<MayReadDesk>;

fn place<'a>(state: &'a AppState, desk: &'a Reader) -> Place<'a> {
    Place {
        state,
        shell: &desk.shell,
        scope: Scope::All,
        path: "/desk/bulk-jobs",
        above: None,
    }
}

/// Bulk jobs of programs and people
#[get("/desk/bulk-jobs")]
pub async fn list(state: Data<AppState>, desk: Reader, wanted: Query<PageParams>) -> Result<HttpResponse> {
    let list = words::list(&place(&state, &desk), &wanted).await?;
    ListPage::new("nav-bulk-jobs", list).lead("bulk-about").answer()
}

/// One bulk job: how far it is, what was rejected
#[get("/desk/bulk-jobs/{id}")]
pub async fn show(
    state: Data<AppState>,
    desk: Reader,
    PathId(id): PathId<BulkJobId>,
    wanted: Query<RowParams>,
) -> Result<HttpResponse> {
    words::show(&place(&state, &desk), id, &wanted, |job| may_cancel(&desk, job)).await
}

/// Those who might have sent the same, and those who set everything up.
fn may_cancel(desk: &Reader, job: &JobRow) -> bool {
    job.kind.is_for_staff(&desk.staff.roles) || desk.may::<MaySetUp>()
}

/// Cancels a bulk job
#[post("/desk/bulk-jobs/{id}/cancel")]
pub async fn cancel(state: Data<AppState>, desk: Reader, PathId(id): PathId<BulkJobId>) -> Result<HttpResponse> {
    let job = state
        .db
        .read(move |connection| bulk::get(connection, Scope::All, id))
        .await?;
    if job.state.is_open() && !may_cancel(&desk, &job) {
        return Err(Error::Forbidden);
    }
    words::cancel(&place(&state, &desk), desk.staff.actor(), id).await
}

/// What became of each row, as a file
#[get("/desk/bulk-jobs/{id}/results")]
pub async fn results(
    state: Data<AppState>,
    _desk: Reader,
    PathId(id): PathId<BulkJobId>,
    Params(params): Params<ListBulkResults>,
) -> Result<HttpResponse> {
    words::results(state, Scope::All, id, params).await
}
