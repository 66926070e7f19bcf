//! What REST takes and answers about bulk jobs, the same for accounts and for the supplier.

mod orders;
mod receiving;
mod results;

use actix_web::HttpResponse;
use actix_web::web::Json;
use serde::{Deserialize, Serialize};

pub use self::orders::read_order;
pub use self::receiving::receive;
pub use self::results::{BulkFaultView, BulkResultView, results};
use super::rules::{Format, Kind, Mode, State};
use super::{Filter, JobRow};
use crate::audit::Actor;
use crate::bulk;
use crate::clock::{now, rfc3339};
use crate::db::changes::Followed;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{Limit, List, Page, Since, versioned};
use crate::ids::BulkJobId;
use crate::state::AppState;

/// How rows are to be done.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SendRows {
    /// `valid_rows` if left out: good rows are written, bad ones are rejected, in pieces, each in a transaction of its own.
    /// `all_or_nothing`: all rows are written in one transaction, or none is; at most 20,000 rows, or 200 orders.
    #[param(inline)]
    pub(super) mode: Option<Mode>,
}

/// Which jobs to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListBulkJobs {
    /// Only jobs with such rows.
    #[param(inline)]
    kind: Option<Kind>,
    /// Only jobs in this state.
    #[param(inline)]
    state: Option<State>,
    /// Only what was added, changed or removed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    #[param(required = false)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Which results.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListBulkResults {
    /// True: only rows that were rejected.
    #[serde(default)]
    #[param(required = false)]
    pub(super) rejected: bool,
}

/// A bulk job.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct BulkJobView {
    #[schema(example = "job_0BGK1J3Z00004")]
    id: String,
    /// The account that sent it; null for the supplier's.
    #[schema(required)]
    account: Option<String>,
    kind: Kind,
    mode: Mode,
    format: Format,
    state: State,
    /// Who sent it.
    started_by: String,
    #[schema(format = DateTime)]
    created_at: String,
    /// When somebody began to work on it.
    #[schema(required, format = DateTime)]
    begun_at: Option<String>,
    #[schema(required, format = DateTime)]
    ended_at: Option<String>,
    /// Rows that were sent.
    rows: i64,
    /// Rows that were looked at.
    done: i64,
    /// Rows that are written, or were there already.
    accepted: i64,
    /// Rows that can't be.
    rejected: i64,
    /// Of the accepted those that changed nothing.
    unchanged: i64,
    /// Done of a hundred rows.
    percent: i64,
    /// Why it could not go on.
    #[schema(required)]
    failure: Option<String>,
}

impl From<JobRow> for BulkJobView {
    fn from(job: JobRow) -> Self {
        Self {
            id: job.id.to_string(),
            account: job.account,
            kind: job.kind,
            mode: job.mode,
            format: job.format,
            state: job.state,
            started_by: job.started_by,
            created_at: rfc3339(job.created_at),
            begun_at: job.begun_at.map(rfc3339),
            ended_at: job.ended_at.map(rfc3339),
            rows: job.rows,
            done: job.done,
            accepted: job.accepted,
            rejected: job.rejected,
            unchanged: job.unchanged,
            percent: percent(job.done, job.rows),
            failure: job.failure.map(|failure| failure.to_string()),
        }
    }
}

/// How many of a hundred.
pub fn percent(done: i64, rows: i64) -> i64 {
    done.saturating_mul(100).checked_div(rows).unwrap_or(0)
}

pub(super) async fn list(state: &AppState, scope: Scope, params: ListBulkJobs) -> Result<Json<List<BulkJobView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let filter = Filter {
        kind: params.kind,
        state: params.state,
    };
    let read = move |connection: &mut _, walk, fetch| bulk::list(connection, scope, filter, walk, fetch);
    let id = |job: &JobRow| job.id;
    let list = page.list(
        &state.db,
        (Followed::in_scope("bulk_jobs", scope), &filter),
        read,
        (id, id, BulkJobView::from),
    );
    Ok(Json(list.await?))
}

pub(super) async fn get(state: &AppState, scope: Scope, id: BulkJobId) -> Result<HttpResponse> {
    let job = state
        .db
        .read(move |connection| bulk::get(connection, scope, id))
        .await?;
    let version = job.version;
    Ok(versioned(HttpResponse::Ok(), version, &BulkJobView::from(job)))
}

pub(super) async fn cancel(state: &AppState, scope: Scope, actor: Actor, id: BulkJobId) -> Result<Json<BulkJobView>> {
    let write = move |tx: &mut _| bulk::cancel(tx, &actor, scope, id, now());
    Ok(Json(state.db.write(write).await?.into()))
}
