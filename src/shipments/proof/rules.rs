//! What shows that a shipment arrived, and when it may have.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::{NaiveDateTime, TimeDelta};

use crate::error::{Code, FieldError};
use crate::sentences::Sentence;
use crate::shipments::sentences;
use crate::values::attachments::{FILE_BYTES_MAX, Fault, MediaType, PIXELS_MAX, media_type};

/// Most pictures and papers of a shipment.
pub const FILES_MAX: usize = 10;
/// Longest name of who took it in, in characters.
pub const NAME_CHARS_MAX: usize = 100;

/// Clocks of drivers are a little wrong, and many tell no seconds.
const GRACE: TimeDelta = TimeDelta::minutes(1);

/// How a shipment arrived, as somebody says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrival {
    /// Who took it in.
    pub received_by: Option<String>,
    /// When; now if nothing is said.
    pub delivered_at: Option<NaiveDateTime>,
}

/// What is wrong with an arrival of what left at `shipped_at`; all faults at once.
pub fn faults(arrival: &Arrival, shipped_at: NaiveDateTime, now: NaiveDateTime) -> Vec<FieldError> {
    let mut faults = Vec::new();
    let chars = arrival.received_by.as_deref().map_or(0, |name| name.chars().count());
    if chars > NAME_CHARS_MAX {
        let detail = sentences::received_by_too_long(chars, NAME_CHARS_MAX);
        faults.push(FieldError::new("/received_by", Code::ValueTooLong, detail));
    }
    if let Some(at) = arrival.delivered_at {
        if shipped_at - at > GRACE {
            let detail = sentences::delivered_before_shipped();
            faults.push(FieldError::new("/delivered_at", Code::ValueInvalid, detail));
        } else if at - now > GRACE {
            let detail = sentences::delivered_in_future();
            faults.push(FieldError::new("/delivered_at", Code::ValueInvalid, detail));
        }
    }
    faults
}

/// What a sent file is, or what is wrong with it.
pub fn check(pointer: &str, name: &str, bytes: &[u8]) -> Result<MediaType, FieldError> {
    let refused = |detail: Sentence| Err(FieldError::new(pointer, Code::FileRefused, detail));
    if bytes.is_empty() {
        return refused(sentences::proof_empty(name));
    }
    if bytes.len() > FILE_BYTES_MAX {
        return refused(sentences::proof_too_large(name, FILE_BYTES_MAX / 1024 / 1024));
    }
    match media_type(bytes) {
        Ok(found) => Ok(found),
        Err(Fault::Unknown) => refused(sentences::proof_unknown(name)),
        Err(Fault::Broken) => refused(sentences::proof_broken(name)),
        Err(Fault::TooManyPixels(width, height)) => {
            let most = i64::try_from(PIXELS_MAX / 1_000_000).unwrap_or(i64::MAX);
            refused(sentences::proof_too_many_pixels(
                name,
                i64::from(width),
                i64::from(height),
                most,
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn a_shipment_arrives_behind_its_leaving_and_not_in_the_future() {
        let left = NaiveDate::from_ymd_opt(2026, 11, 30)
            .and_then(|day| day.and_hms_opt(8, 0, 0))
            .expect("a moment");
        let now = left + TimeDelta::hours(5);
        let pointers = |received_by: Option<&str>, at: Option<NaiveDateTime>| {
            let arrival = Arrival {
                received_by: received_by.map(str::to_owned),
                delivered_at: at,
            };
            let faults = faults(&arrival, left, now);
            faults.into_iter().map(|fault| fault.pointer).collect::<Vec<_>>()
        };
        assert!(pointers(None, None).is_empty());
        assert!(pointers(Some("Jan"), Some(left)).is_empty());
        assert!(pointers(Some("Jan"), Some(now)).is_empty());
        assert_eq!(pointers(None, Some(now + TimeDelta::seconds(61))), ["/delivered_at"]);
        let long = "x".repeat(NAME_CHARS_MAX + 1);
        assert_eq!(
            pointers(Some(&long), Some(left - TimeDelta::seconds(61))),
            ["/received_by", "/delivered_at"]
        );
    }

    #[test]
    fn what_is_no_picture_or_paper_is_refused() {
        for bytes in [&b""[..], b"<html>", b"\x89PNG\r\n\x1a\n<html>"] {
            let fault = check("/files/0", "a.png", bytes).expect_err("no picture");
            assert_eq!((fault.pointer.as_str(), fault.code), ("/files/0", Code::FileRefused));
        }
        assert_eq!(
            check("", "a", b"%PDF-1.7\nstartxref\n0\n%%EOF").ok(),
            Some(MediaType::Pdf)
        );
    }
}
