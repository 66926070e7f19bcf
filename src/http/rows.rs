//! Many rows in one body, read as they come, and answered a row a line: never the whole of them in memory.

use std::borrow::Cow;
use std::time::{Duration, Instant};

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName};
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use futures_util::future::{Ready, ready};
use futures_util::{Stream, StreamExt};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};

use crate::error::{Code, Error, Result};
use crate::sentences;

/// A JSON object a line.
pub const NDJSON: &str = "application/x-ndjson";
/// CSV files.
const CSV: &str = "text/csv";
/// The next bytes have this long to come.
const PAUSE_MAX: Duration = Duration::from_secs(30);
/// All of them have this long.
const TIME_MAX: Duration = Duration::from_secs(30 * 60);

/// A body of rows that is not read yet. Its size is for the reader to bound.
pub struct RowsBody {
    headers: HeaderMap,
    payload: Payload,
    began: Instant,
}

/// What a body says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentRows {
    /// CSV; else a JSON object a line.
    pub is_csv: bool,
    /// gzip
    pub is_packed: bool,
}

impl FromRequest for RowsBody {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Ok(Self {
            headers: request.headers().clone(),
            payload: payload.take(),
            began: Instant::now(),
        }))
    }
}

impl RowsBody {
    fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What it says of itself; `unsupported_media_type` where it is neither, or packed in another way.
    pub fn sent(&self) -> Result<SentRows> {
        let unsupported = || Error::malformed(Code::UnsupportedMediaType, sentences::send_rows());
        let media_type = self.header(&CONTENT_TYPE).and_then(|value| value.split(';').next());
        let media_type = media_type.map(|text| text.trim().to_ascii_lowercase());
        let is_csv = match media_type.as_deref() {
            Some(CSV) => true,
            Some(NDJSON) => false,
            _ => return Err(unsupported()),
        };
        let coding = self.header(&CONTENT_ENCODING).map(str::to_ascii_lowercase);
        let is_packed = match coding.as_deref() {
            None | Some("identity") => false,
            Some("gzip" | "x-gzip") => true,
            Some(_) => return Err(unsupported()),
        };
        Ok(SentRows { is_csv, is_packed })
    }

    /// The next bytes as they were sent; nothing at the end.
    pub async fn next(&mut self) -> Result<Option<Bytes>> {
        let late = || Error::malformed(Code::RequestTimeout, sentences::body_too_late());
        if self.began.elapsed() > TIME_MAX {
            return Err(late());
        }
        match tokio::time::timeout(PAUSE_MAX, self.payload.next()).await {
            Err(_) => Err(late()),
            Ok(None) => Ok(None),
            Ok(Some(Ok(bytes))) => Ok(Some(bytes)),
            Ok(Some(Err(broken))) => Err(Error::malformed(Code::BadRequest, sentences::body_broke_off(broken))),
        }
    }
}

/// An answer of rows that are made while it goes out. Where making them fails, it breaks off: who reads it sees that the last
/// line is missing.
pub fn rows_answer(rows: impl Stream<Item = Result<Bytes>> + 'static) -> HttpResponse {
    let rows = rows.inspect(|row| {
        if let Err(error) = row {
            tracing::error!(%error, "an answer of rows broke off");
        }
    });
    HttpResponse::Ok().content_type(NDJSON).streaming(rows)
}

/// As the API document describes a body of rows.
impl utoipa::PartialSchema for RowsBody {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
            .into()
    }
}

impl utoipa::ToSchema for RowsBody {
    fn name() -> Cow<'static, str> {
        "Rows".into()
    }
}
