//! Which photos and papers are taken: by what is in them, never by what they are called.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use crate::claims::sentences;
use crate::error::{Code, FieldError};
use crate::sentences::Sentence;
pub use crate::values::attachments::{FILE_BYTES_MAX, MediaType, cleaned};
use crate::values::attachments::{Fault, PIXELS_MAX, media_type};

/// Most files of a claim that one side sends.
pub const FILES_MAX: usize = 10;

/// What a sent file is, or what is wrong with it.
pub fn check(pointer: &str, name: &str, bytes: &[u8]) -> Result<MediaType, FieldError> {
    let refused = |detail: Sentence| Err(FieldError::new(pointer, Code::FileRefused, detail));
    if bytes.is_empty() {
        return refused(sentences::claim_file_empty(name));
    }
    if bytes.len() > FILE_BYTES_MAX {
        return refused(sentences::claim_file_too_large(name, FILE_BYTES_MAX / 1024 / 1024));
    }
    match media_type(bytes) {
        Ok(found) => Ok(found),
        Err(Fault::Unknown) => refused(sentences::claim_file_unknown(name)),
        Err(Fault::Broken) => refused(sentences::claim_file_broken(name)),
        Err(Fault::TooManyPixels(width, height)) => {
            let most = PIXELS_MAX / 1_000_000;
            refused(sentences::claim_file_too_many_pixels(
                name,
                i64::from(width),
                i64::from(height),
                i64::try_from(most).unwrap_or(i64::MAX),
            ))
        }
    }
}
