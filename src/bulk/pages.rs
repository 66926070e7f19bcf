//! An account's own bulk jobs on its pages.

use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get, post};

use super::shapes::ListBulkResults;
use super::words::{self, PageParams, Place, RowParams};
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{Params, PathId};
use crate::identity::caller::{MayOrder, MayRead, Visitor};
use crate::ids::BulkJobId;
use crate::state::AppState;
use crate::web::Shell;
use crate::web::list::ListPage;

const PATH: &str = "/bulk-jobs";

fn place<'a>(state: &'a AppState, shell: &'a Shell, scope: Scope) -> Place<'a> {
    Place {
        state,
        shell,
        scope,
        path: PATH,
        above: Some(("/account", "nav-account")),
    }
}

/// Rows that my account's programs and people have sent
#[get("/bulk-jobs")]
pub async fn list(state: Data<AppState>, visitor: Visitor<MayRead>, wanted: Query<PageParams>) -> Result<HttpResponse> {
    let scope = Scope::Account(visitor.customer.account_id);
    let list = words::list(&place(&state, &visitor.shell, scope), &wanted).await?;
    ListPage::new("nav-bulk-jobs", list)
        .among(PATH)
        .lead("bulk-about-own")
        .answer()
}

/// One of these: how far it is, what was rejected
#[get("/bulk-jobs/{id}")]
pub async fn show(
    state: Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<BulkJobId>,
    wanted: Query<RowParams>,
) -> Result<HttpResponse> {
    let scope = Scope::Account(visitor.customer.account_id);
    let may_cancel = visitor.may::<MayOrder>();
    words::show(&place(&state, &visitor.shell, scope), id, &wanted, |_| may_cancel).await
}

/// Cancels one
#[post("/bulk-jobs/{id}/cancel")]
pub async fn cancel(
    state: Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<BulkJobId>,
) -> Result<HttpResponse> {
    let scope = Scope::Account(visitor.customer.account_id);
    words::cancel(&place(&state, &visitor.shell, scope), visitor.customer.actor(), id).await
}

/// What became of each row, as a file
#[get("/bulk-jobs/{id}/results")]
pub async fn results(
    state: Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<BulkJobId>,
    Params(params): Params<ListBulkResults>,
) -> Result<HttpResponse> {
    words::results(state, Scope::Account(visitor.customer.account_id), id, params).await
}
