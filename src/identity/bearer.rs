//! Whom a token names.

use crate::clock::Timestamp;
use crate::ids::{PersonId, SessionId};

/// Whom an access token names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bearer {
    /// The person who signed in.
    pub person_id: PersonId,
    /// The session it belongs to.
    pub session_id: SessionId,
    /// When the session had last got another token, as this one was made; none where it had its first.
    pub renewed_at: Option<Timestamp>,
}

impl Bearer {
    /// For a device where nobody has signed in yet.
    pub fn of_device(person_id: PersonId) -> Self {
        Self {
            person_id,
            session_id: SessionId::new(),
            renewed_at: None,
        }
    }
}
