//! Versions of things that several people may change at once: whoever changes one says which version they have seen.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::{Code, Error, Result};
use crate::sentences;

/// The versions a change is meant for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// Whichever it is now.
    Any,
    /// One of these; none fits nothing.
    OneOf(Vec<i64>),
}

impl Expected {
    /// `precondition_failed` unless `version` is one of those that are meant.
    pub fn check(&self, version: i64) -> Result<()> {
        let fits = match self {
            Self::Any => true,
            Self::OneOf(versions) => versions.contains(&version),
        };
        if fits {
            return Ok(());
        }
        Err(Error::conflict(
            Code::PreconditionFailed,
            sentences::changed_since_read(),
        ))
    }
}

/// One of many things as somebody changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit<Id, Changes> {
    pub id: Id,
    /// The version they saw.
    pub seen: i64,
    /// What they gave.
    pub changes: Changes,
}

/// The version of something whose rows have no number for it: it differs where the content does, whoever changed it.
pub fn of_content<Content: Serialize + ?Sized>(content: &Content) -> Result<i64> {
    let json = serde_json::to_vec(content).map_err(Error::internal)?;
    let digest = Sha256::digest(json);
    let first = digest.first_chunk::<8>().copied().unwrap_or_default();
    // Not negative, so that it reads like any other version.
    Ok(i64::from_be_bytes(first) & i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_has_one_version_and_other_content_another() {
        let version = |content: &(&str, i32)| of_content(content).expect("plain data");
        assert_eq!(version(&("a", 1)), version(&("a", 1)));
        assert_ne!(version(&("a", 1)), version(&("a", 2)));
        assert!(version(&("a", 1)) >= 0);
    }

    #[test]
    fn only_a_version_that_was_seen_is_changed() {
        for (expected, version, fits) in [
            (Expected::Any, 7, true),
            (Expected::OneOf(vec![7]), 7, true),
            (Expected::OneOf(vec![6, 7]), 7, true),
            (Expected::OneOf(vec![6]), 7, false),
            (Expected::OneOf(Vec::new()), 7, false),
        ] {
            assert_eq!(expected.check(version).is_ok(), fits, "{expected:?} {version}");
        }
    }
}
