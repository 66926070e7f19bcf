//! Versions of things that several people may change at once: whoever changes one says which version they have seen.

use crate::error::{Code, Error, Result};

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
        let detail = "It has changed since you read it: read it again and repeat the change with its new ETag.";
        Err(Error::conflict(Code::PreconditionFailed, detail))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
