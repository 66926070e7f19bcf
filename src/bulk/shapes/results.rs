//! What became of each row, a line each, read a piece at a time while the answer goes out.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data};
use futures_util::stream::try_unfold;
use serde::Serialize;
use serde_json::json;

use super::ListBulkResults;
use crate::bulk::outcomes::{self, RowOutcome};
use crate::bulk::rules::Outcome;
use crate::bulk::{self, JobRow};
use crate::cpu;
use crate::db::seek::Scope;
use crate::error::{Error, Result};
use crate::http::rows_answer;
use crate::ids::BulkJobId;
use crate::state::AppState;

/// What became of a row: a line of the results.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct BulkResultView {
    /// The line it stands in.
    row: u64,
    /// What tells it from others, by the names of its columns.
    key: BTreeMap<&'static str, String>,
    outcome: Outcome,
    /// The order it made, or had made before.
    #[serde(skip_serializing_if = "Option::is_none")]
    order_id: Option<String>,
    /// What is wrong with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<BulkFaultView>,
}

/// Something wrong with a row.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct BulkFaultView {
    /// The column or field; empty where the whole row is meant.
    field: String,
    #[schema(example = "bad_number")]
    code: String,
    /// What stands there.
    value: String,
    /// What to do about it.
    detail: String,
    /// The values in `detail` by their names.
    params: crate::sentences::Params,
}

impl From<RowOutcome> for BulkResultView {
    fn from(row: RowOutcome) -> Self {
        let fault = |fault: crate::bulk::outcomes::RowFault| BulkFaultView {
            field: fault.field,
            code: fault.code,
            value: fault.value,
            params: fault.remedy.params(),
            detail: fault.remedy.to_string(),
        };
        Self {
            row: row.row,
            key: row.key.into_iter().collect(),
            outcome: row.outcome,
            order_id: row.made,
            errors: row.faults.into_iter().map(fault).collect(),
        }
    }
}

/// Where the answer is.
struct Place {
    job: JobRow,
    next: Option<i64>,
    rows: u64,
}

/// The results of a job of whom the scope is for. The last line says how many there were, so that whoever reads them knows that
/// they are all.
pub async fn results(
    state: Data<AppState>,
    scope: Scope,
    id: BulkJobId,
    params: ListBulkResults,
) -> Result<HttpResponse> {
    let job = state
        .db
        .read(move |connection| bulk::get(connection, scope, id))
        .await?;
    let first = Place {
        job,
        next: Some(0),
        rows: 0,
    };
    let (only_rejected, owner) = (params.rejected, cpu::owner());
    Ok(rows_answer(try_unfold(first, move |mut place| {
        let state = state.clone();
        async move {
            let Some(from) = place.next else { return Ok(None) };
            let job = place.job.clone();
            let read = move |connection: &mut _| outcomes::next(connection, &job, from, only_rejected);
            let mut text = Vec::new();
            match cpu::for_owner(owner, state.db.read(read)).await? {
                Some((rows, next)) => {
                    place.next = Some(next);
                    for row in rows {
                        place.rows += 1;
                        serde_json::to_writer(&mut text, &BulkResultView::from(row)).map_err(Error::internal)?;
                        text.push(b'\n');
                    }
                }
                None => {
                    place.next = None;
                    // It may have ended since the answer began.
                    let id = place.job.id;
                    let job = state
                        .db
                        .read(move |connection| bulk::get(connection, scope, id))
                        .await?;
                    let end = json!({ "end": true, "rows": place.rows, "state": job.state });
                    text = format!("{end}\n").into_bytes();
                }
            }
            Ok(Some((Bytes::from(text), place)))
        }
    })))
}
