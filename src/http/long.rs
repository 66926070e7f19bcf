//! Long bodies. The threads that serve connections read and write short JSON and short forms themselves; what is long would hold up
//! everybody whose connection lives on the same thread, so it is read and written on a thread of its own, in turns.

use std::time::Duration;

use actix_web::body::BoxBody;
use actix_web::http::header::ContentType;
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Serialize;

use crate::cpu::{Fair, Limits, Priority};
use crate::error::{Error, Result};

/// Bytes of a body from which on it is long.
const LONG_BYTES: usize = 32 * 1024;
/// Lines of an answer from which on it is long.
const LONG_LINES: usize = 200;
/// Each is read or written in some hundredths of a second.
const LIMITS: Limits = Limits {
    threads: 1,
    long: 1,
    long_after: Duration::MAX,
    waiting: 500,
    of_one: 100,
    priority: Priority::Patient,
};

/// Reads and writes long JSON. Clones share the thread.
#[derive(Debug, Clone)]
pub struct LongBodies(Fair);

impl LongBodies {
    pub fn new() -> Result<Self> {
        Fair::new("bodies", LIMITS).map(Self)
    }

    /// Does what takes as long as a body has bytes: reads it, or writes a page that holds all of it.
    pub async fn beside<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        if bytes < LONG_BYTES {
            return work();
        }
        self.0.run(work).await
    }

    /// The JSON of what `view` makes, which has so many lines.
    pub async fn write<T: Serialize>(
        &self,
        lines: usize,
        view: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<JsonText> {
        if lines < LONG_LINES {
            return text(view);
        }
        self.0.run(|| text(view)).await
    }

    /// The same of what is stored by now: it is answered however much waits.
    pub async fn write_stored<T: Serialize>(
        &self,
        lines: usize,
        view: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<JsonText> {
        if lines < LONG_LINES {
            return text(view);
        }
        self.0.see_through(|| text(view)).await
    }
}

fn text<T: Serialize>(view: impl FnOnce() -> Result<T>) -> Result<JsonText> {
    serde_json::to_vec(&view()?).map(JsonText).map_err(Error::internal)
}

/// JSON that is written already.
#[derive(Debug)]
pub struct JsonText(pub(super) Vec<u8>);

impl JsonText {
    /// With the version of what it tells of, for `If-Match`.
    pub fn versioned(self, version: i64) -> HttpResponse {
        HttpResponse::Ok()
            .content_type(ContentType::json())
            .insert_header(super::etag(version))
            .body(self.0)
    }
}

impl Responder for JsonText {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok().content_type(ContentType::json()).body(self.0)
    }
}
