//! Operations that come to an end. Their answers say since when they are deprecated (RFC 9745) and when they go (RFC 8594), and
//! so does the API document.

use std::time::{Duration, SystemTime};

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue, HttpDate, LINK};
use actix_web::middleware::Next;
use chrono::NaiveDate;
use utoipa::openapi::{Deprecated, OpenApi};

use super::callers::{note, operations};

const DEPRECATION: HeaderName = HeaderName::from_static("deprecation");
const SUNSET: HeaderName = HeaderName::from_static("sunset");

/// An operation that ends.
#[derive(Debug)]
pub struct Ending {
    pub method: &'static str,
    /// As the API document writes it.
    pub path: &'static str,
    /// ISO 8601; from the first moment of this day on it should not be used.
    pub deprecated_on: &'static str,
    /// ISO 8601; from the first moment of this day on it may be gone. At least half a year later.
    pub sunset_on: &'static str,
    /// Where it is told what to use instead.
    pub guide: &'static str,
}

/// What ends. None does yet.
pub const ENDING: &[Ending] = &[];

/// Says of answers of an operation that it ends.
pub async fn tell<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let mut response = next.call(request).await?;
    // Nothing is looked for where nothing ends.
    if ENDING.is_empty() {
        return Ok(response);
    }
    let request = response.request();
    if let Some(ending) = find(ENDING, request.method().as_str(), request.match_pattern().as_deref()) {
        let headers = headers(ending);
        for (name, value) in headers.into_iter().flatten() {
            response.headers_mut().append(name, value);
        }
    }
    Ok(response)
}

/// Marks operations that end in the API document.
pub fn describe(api: &mut OpenApi, all: &[Ending]) {
    for (path, item) in &mut api.paths.paths {
        for (method, operation) in operations(item) {
            if let Some(ending) = find(all, method, Some(path)) {
                operation.deprecated = Some(Deprecated::True);
                note(operation, "deprecated_on", ending.deprecated_on);
                note(operation, "sunset_on", ending.sunset_on);
            }
        }
    }
}

fn find<'e>(all: &'e [Ending], method: &str, path: Option<&str>) -> Option<&'e Ending> {
    let path = path?;
    all.iter().find(|ending| ending.method == method && ending.path == path)
}

/// The first second of a day, UTC.
fn second(day: &str) -> Option<u64> {
    let midnight = day.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0)?;
    midnight.and_utc().timestamp().try_into().ok()
}

fn headers(ending: &Ending) -> Option<[(HeaderName, HeaderValue); 3]> {
    let (deprecated, sunset) = (second(ending.deprecated_on)?, second(ending.sunset_on)?);
    let sunset = HttpDate::from(SystemTime::UNIX_EPOCH + Duration::from_secs(sunset));
    let value = |text: String| HeaderValue::try_from(text).ok();
    Some([
        (DEPRECATION, value(format!("@{deprecated}"))?),
        (SUNSET, value(sunset.to_string())?),
        (
            LINK,
            value(format!("<{}>; rel=\"deprecation\"; type=\"text/html\"", ending.guide))?,
        ),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &[Ending] = &[Ending {
        method: "GET",
        path: "/api/v1/orders/{id}",
        deprecated_on: "2027-01-01",
        sunset_on: "2027-07-01",
        guide: "https://portal.example/api/docs/",
    }];

    #[test]
    fn what_ends_says_so_in_headers_and_in_the_document() {
        assert!(find(OLD, "POST", Some("/api/v1/orders/{id}")).is_none());
        assert!(find(OLD, "GET", None).is_none());
        let found = find(OLD, "GET", Some("/api/v1/orders/{id}"))
            .and_then(headers)
            .expect("it ends");
        let told = found.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or_default()));
        assert_eq!(
            told,
            [
                "deprecation: @1798761600",
                "sunset: Thu, 01 Jul 2027 00:00:00 GMT",
                "link: <https://portal.example/api/docs/>; rel=\"deprecation\"; type=\"text/html\"",
            ]
        );
        let mut api = crate::app::document();
        describe(&mut api, OLD);
        let ends = |path: &str| {
            let item = api.paths.paths.get(path).expect("a path");
            item.get.as_ref().expect("an operation").deprecated.is_some()
        };
        assert!(ends("/api/v1/orders/{id}"));
        assert!(!ends("/api/v1/orders"));
    }

    /// What is wrong with rows: a path that isn't there, a day that isn't one, less than half a year to go.
    fn faults(all: &[Ending]) -> Vec<&'static str> {
        let api = crate::app::document();
        let is_wrong = |ending: &&Ending| {
            let (from, until) = (second(ending.deprecated_on), second(ending.sunset_on));
            let left = from.zip(until).and_then(|(from, until)| until.checked_sub(from));
            let is_late = left.is_none_or(|left| left < 180 * 86_400);
            is_late || headers(ending).is_none() || !api.paths.paths.contains_key(ending.path)
        };
        all.iter().filter(is_wrong).map(|ending| ending.path).collect()
    }

    #[test]
    fn whatever_ends_is_an_operation_and_leaves_half_a_year() {
        assert_eq!(faults(ENDING), [""; 0]);
        assert_eq!(faults(OLD), [""; 0]);
        let wrong = |path, deprecated_on, sunset_on| Ending {
            method: "GET",
            path,
            deprecated_on,
            sunset_on,
            guide: "https://portal.example/",
        };
        let all = [
            wrong("/api/v1/nowhere", "2027-01-01", "2027-07-01"),
            wrong("/api/v1/orders", "2027-01-01", "2027-02-01"),
            wrong("/api/v1/products", "2027-13-01", "2028-01-01"),
        ];
        assert_eq!(faults(&all), ["/api/v1/nowhere", "/api/v1/orders", "/api/v1/products"]);
    }
}
