//! Counts and times requests by route, for the exporter; wrapped around everything only where metrics are served.

use std::net::SocketAddr;
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use metrics_exporter_prometheus::PrometheusBuilder;

use crate::error::{Error, Result};

const SECONDS: &str = "http_request_duration_seconds";
const BUCKETS_S: &[f64] = &[
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];

/// Serves what is measured at `address`; call it inside the runtime, once.
pub fn serve(address: SocketAddr) -> Result<()> {
    PrometheusBuilder::new()
        .set_buckets(BUCKETS_S)
        .map_err(Error::internal)?
        .with_http_listener(address)
        .install()
        .map_err(|error| Error::Unavailable(format!("Metrics can't be served at {address}: {error}")))?;
    metrics::describe_histogram!(
        SECONDS,
        metrics::Unit::Seconds,
        "Time to answer, by method, route and status"
    );
    Ok(())
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
    metrics::histogram!(SECONDS, "method" => method, "route" => route, "status" => status)
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
