//! How an attempt to sign in by password ended.

use super::tokens::Bearer;
use crate::error::Error;
use crate::ids::PersonId;
use crate::measures;

/// Failures are stored too, so they are no errors of the transaction.
pub(super) enum Outcome {
    SignedIn(Bearer),
    /// Whose code is needed too, and the password's hash.
    CodeNeeded(PersonId, String),
    Failed(Error),
}

impl Outcome {
    /// Counts it.
    pub(super) fn count(&self) {
        let told = match self {
            Self::SignedIn(_) => "succeeded",
            Self::CodeNeeded(..) => "code_needed",
            Self::Failed(_) => "failed",
        };
        metrics::counter!(measures::SIGN_INS, "outcome" => told).increment(1);
    }
}
