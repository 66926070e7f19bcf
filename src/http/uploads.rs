//! Forms with files. What is read is bounded before anything takes it apart: the whole body, what comes before or between
//! the parts, their number, and the time it takes.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use actix_multipart::{Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue};
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;
use futures_util::future::{Ready, ready};

use crate::error::{Code, Error, Result};
use crate::sentences;

/// No upload is larger.
pub const UPLOAD_BYTES_MAX: usize = 32 * 1024 * 1024;
/// An upload has this long to arrive.
pub const UPLOAD_TIMEOUT: Duration = Duration::from_secs(120);
/// So much beyond the limit is still read and thrown away, so that the answer reaches a browser.
const DRAINED_MAX: usize = 8 * 1024 * 1024;
/// Most that may stand before or between the parts, or in the head of one.
const BETWEEN_MAX: usize = 2 * 1024 * 1024;
/// Most parts of a form.
const PARTS_MAX: usize = 100;
/// Longest text of a field that holds no file, in bytes.
const TEXT_BYTES_MAX: usize = 10_000;

/// A form with files that is not read yet.
pub struct Upload {
    headers: HeaderMap,
    payload: Payload,
}

/// A file as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFile {
    /// The field it was sent in.
    pub field: String,
    /// What it is called.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A form with files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    /// Names and values of its other fields.
    pub fields: Vec<(String, String)>,
    pub files: Vec<SentFile>,
    /// It was larger than allowed: what is here is its beginning.
    pub is_too_large: bool,
}

impl Received {
    /// The value of a field; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.trim())
    }
}

impl FromRequest for Upload {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Ok(Self {
            headers: request.headers().clone(),
            payload: payload.take(),
        }))
    }
}

impl Upload {
    /// Reads the form, at most `bytes_max` bytes of it.
    pub async fn receive(self, bytes_max: usize) -> Result<Received> {
        let announced = self
            .headers
            .get(CONTENT_LENGTH)
            .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        if announced.is_some_and(|length| length > bytes_max.saturating_add(DRAINED_MAX)) {
            return Ok(Received {
                is_too_large: true,
                ..Received::default()
            });
        }
        let kind = self
            .headers
            .get(CONTENT_TYPE)
            .map(HeaderValue::as_bytes)
            .unwrap_or_default();
        if !kind.to_ascii_lowercase().starts_with(b"multipart/form-data") {
            let detail = sentences::send_form_with_files();
            return Err(Error::malformed(Code::UnsupportedMediaType, detail));
        }
        let counts = Rc::new(Counts::default());
        let counted = counts.clone();
        let limited = self.payload.filter_map(move |chunk| {
            let kept = match chunk {
                Ok(chunk) => counted
                    .take(chunk.len(), bytes_max)
                    .map(|is_kept| is_kept.then_some(chunk)),
                Err(error) => Err(error),
            };
            ready(kept.transpose())
        });
        let form = Multipart::new(&self.headers, limited);
        let mut received = Received::default();
        let read = tokio::time::timeout(UPLOAD_TIMEOUT, read(form, &counts, &mut received)).await;
        match read {
            Err(_) => Err(Error::malformed(Code::RequestTimeout, sentences::body_too_late())),
            Ok(_) if counts.is_beyond.get() => {
                received.is_too_large = true;
                Ok(received)
            }
            Ok(Err(error)) => Err(error),
            Ok(Ok(())) => Ok(received),
        }
    }
}

/// How much has come.
#[derive(Default)]
struct Counts {
    all: Cell<usize>,
    /// Since a part was last read from.
    between: Cell<usize>,
    is_beyond: Cell<bool>,
}

impl Counts {
    /// Counts a chunk; whether it is kept. An error ends the reading.
    fn take(&self, bytes: usize, bytes_max: usize) -> Result<bool, actix_web::error::PayloadError> {
        let all = self.all.get().saturating_add(bytes);
        let between = self.between.get().saturating_add(bytes);
        self.all.set(all);
        self.between.set(between);
        if all > bytes_max {
            self.is_beyond.set(true);
        }
        if all > bytes_max.saturating_add(DRAINED_MAX) || between > BETWEEN_MAX && !self.is_beyond.get() {
            return Err(actix_web::error::PayloadError::Overflow);
        }
        Ok(!self.is_beyond.get())
    }
}

async fn read(mut form: Multipart, counts: &Counts, received: &mut Received) -> Result<()> {
    let unreadable = |error: MultipartError| Error::malformed(Code::BadRequest, sentences::unreadable_upload(error));
    let too_large = || Error::malformed(Code::PayloadTooLarge, sentences::form_too_large());
    let mut parts = 0_usize;
    while let Some(field) = form.next().await {
        let mut field = field.map_err(unreadable)?;
        parts += 1;
        if parts > PARTS_MAX {
            return Err(too_large());
        }
        let name = field.name().unwrap_or_default().to_owned();
        let file = field
            .content_disposition()
            .and_then(|about| about.get_filename())
            .map(str::to_owned);
        let mut bytes = Vec::new();
        while let Some(chunk) = Pin::new(&mut field).next().await {
            counts.between.set(0);
            bytes.extend_from_slice(&chunk.map_err(unreadable)?);
            if file.is_none() && bytes.len() > TEXT_BYTES_MAX {
                return Err(too_large());
            }
        }
        match file {
            Some(file) => received.files.push(SentFile {
                field: name,
                name: file,
                bytes,
            }),
            None => received
                .fields
                .push((name, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    Ok(())
}
