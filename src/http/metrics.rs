//! Counts and times requests by route, for the exporter; wrapped around everything only where metrics are served.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use actix_web::middleware::Next;
use actix_web::web::{self, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use sha2::{Digest, Sha256};

use super::bearer_token;
use crate::config::Metrics;
use crate::error::{Error, Result};
use crate::measures;

/// How often what was measured is summed up.
const UPKEEP: std::time::Duration = std::time::Duration::from_secs(5);

/// What answers at the address of metrics.
struct Exporter {
    measured: PrometheusHandle,
    /// The fingerprint of the bearer token that must be sent.
    token: Option<[u8; 32]>,
}

/// Serves what is measured, to whoever sends the token if there is one; call it inside the runtime, once.
pub fn serve(served: &Metrics) -> Result<()> {
    let address = served.listen;
    let cannot =
        |error: &dyn std::fmt::Display| Error::Unavailable(format!("Metrics can't be served at {address}: {error}"));
    let measured = PrometheusBuilder::new()
        .set_buckets(measures::SECONDS_STEPS)
        .map_err(Error::internal)?
        .set_buckets_for_metric(Matcher::Full(measures::GROUP_WRITES.to_owned()), measures::WRITES_STEPS)
        .map_err(Error::internal)?
        .install_recorder()
        .map_err(|error| cannot(&error))?;
    let exporter = Data::new(Exporter {
        measured: measured.clone(),
        token: served.token.as_ref().map(|token| fingerprint(&token.0)),
    });
    let server = HttpServer::new(move || App::new().app_data(exporter.clone()).default_service(web::to(export)))
        .workers(1)
        .disable_signals()
        .bind(address)
        .map_err(|error| cannot(&error))?;
    actix_web::rt::spawn(server.run());
    actix_web::rt::spawn(async move {
        loop {
            tokio::time::sleep(UPKEEP).await;
            measured.run_upkeep();
        }
    });
    measures::describe();
    Ok(())
}

async fn export(request: HttpRequest, exporter: Data<Exporter>) -> HttpResponse {
    // Fingerprints are compared, so that how long it takes tells nothing of the token.
    let sent = bearer_token(&request).map(fingerprint);
    if exporter.token.is_some() && sent != exporter.token {
        return HttpResponse::Unauthorized()
            .insert_header((WWW_AUTHENTICATE, "Bearer"))
            .finish();
    }
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/plain; version=0.0.4"))
        .body(exporter.measured.render())
}

fn fingerprint(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// Measures an answer.
pub async fn measure<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let (started, method) = (Instant::now(), known_method(request.method()));
    let outcome = next.call(request).await;
    let (route, status) = match &outcome {
        Ok(response) => (response.request().match_pattern(), response.status()),
        Err(error) => (None, error.as_response_error().status_code()),
    };
    // Addresses that are no route share one label, or anybody could fill the memory with labels.
    let route = route.unwrap_or_else(|| "unmatched".to_owned());
    let status = status.as_u16().to_string();
    metrics::histogram!(measures::HTTP_SECONDS, "method" => method, "route" => route, "status" => status)
        .record(started.elapsed().as_secs_f64());
    outcome
}

fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        _ => "OTHER",
    }
}
