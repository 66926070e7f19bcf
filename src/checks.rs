//! What `portal check` finds: each feature re-derives in its `checks.rs` what its rows must add up to.

use std::fmt;

/// Something that does not add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Which promise: `stock on hand`.
    pub check: &'static str,
    /// The object, by the name people know.
    pub object: String,
    /// What is stored and what it should be.
    pub detail: String,
}

impl Breach {
    /// `object` stores `stored` where its parts give `derived`.
    pub fn differs(
        check: &'static str,
        object: impl Into<String>,
        stored: impl fmt::Display,
        derived: impl fmt::Display,
    ) -> Self {
        Self {
            check,
            object: object.into(),
            detail: format!("stored {stored}, derived {derived}"),
        }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.check, self.object, self.detail)
    }
}
