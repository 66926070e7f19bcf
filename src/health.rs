//! Whether the process lives and whether it should get requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, Responder, get};
use serde_json::json;

use crate::app::AppState;
use crate::db::migrations;

/// The database has this long to answer a probe.
const PROBE_TIMEOUT: Duration = Duration::from_secs(2);

/// What a probe must know beside the database. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Readiness {
    is_ready: Arc<AtomicBool>,
    is_draining: Arc<AtomicBool>,
}

impl Readiness {
    /// The schema is current and this process has its number.
    pub fn set_ready(&self) {
        self.is_ready.store(true, Ordering::Release);
    }

    /// True when requests can be answered.
    pub fn is_ready(&self) -> bool {
        self.is_ready.load(Ordering::Acquire)
    }

    /// The process is about to end: what runs is finished, nothing new should come.
    pub fn set_draining(&self) {
        self.is_draining.store(true, Ordering::Release);
    }
}

/// The process answers.
#[get("/livez")]
pub async fn livez() -> impl Responder {
    Json(json!({ "status": "pass" }))
}

/// The database answers and its schema is current.
#[get("/readyz")]
pub async fn readyz(state: Data<AppState>) -> impl Responder {
    let probe = tokio::time::timeout(PROBE_TIMEOUT, state.db.read(migrations::is_current)).await;
    let schema_is_current = matches!(probe, Ok(Ok(true)));
    let mark = |passes: bool| if passes { "pass" } else { "fail" };
    let is_draining = state.readiness.is_draining.load(Ordering::Acquire);
    let passes = schema_is_current && state.readiness.is_ready() && !is_draining;
    let body = json!({
        "status": mark(passes),
        "checks": {
            "database": mark(matches!(probe, Ok(Ok(_)))),
            "schema": mark(schema_is_current),
            "serving": mark(!is_draining),
        },
    });
    if passes {
        HttpResponse::Ok().json(body)
    } else {
        HttpResponse::ServiceUnavailable().json(body)
    }
}
