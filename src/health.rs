//! Whether the process lives and whether it should get requests.

use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::ConnectionType;
use actix_web::middleware::Next;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, Responder, get};
use serde_json::json;

use crate::db::migrations;
use crate::state::AppState;

/// The database has this long to answer a probe.
const PROBE_TIMEOUT: Duration = Duration::from_secs(2);

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
    let is_draining = state.readiness.is_draining();
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

/// A process that is about to end lets each connection go with its next answer, so that it waits for no idle one, and whoever
/// leads requests here leads the next ones elsewhere.
pub async fn let_go<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let mut response = next.call(request).await?;
    let state = response.request().app_data::<Data<AppState>>();
    if state.is_some_and(|state| state.readiness.is_draining()) {
        let head = response.response_mut().head_mut();
        head.set_connection_type(ConnectionType::Close);
    }
    Ok(response)
}
