//! Roles, people and their passwords; throttling and tokens in files of their own. All are decisions over facts.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

pub mod client_keys;
pub mod clients;
mod devices;
mod passwords;
pub mod rights;
pub mod scopes;
pub mod secrets;
mod throttling;
mod tokens;
pub mod totp;
pub mod webauthn;

pub use crate::names::sets::AccountRole;
use chrono::NaiveDateTime;

pub use self::devices::device;
pub use self::passwords::{
    Context, PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN, PasswordError, check_form, check_password, password_as_hashed,
};
pub use self::throttling::{
    CLIENT_LIMITS, CODE_LIMITS, FAILURE_WINDOW, Failures, Limits, RESET_LIMITS, SIGN_IN_LIMITS, delay, throttled,
};
pub use self::tokens::{
    ACCESS_LIFETIME, CHALLENGE_LIFETIME, KEPT_IDLE, RESET_LIFETIME, RefreshFacts, Rotation, SESSION_LIFETIME,
    SESSIONS_MAX, TokenFacts, TokenState, WORKING_DAY, idle_limit, is_replaced, is_stale, rotation, token_state,
};
use crate::ids::{AccountId, PersonId};
use crate::languages::Language;
use crate::names::names;

names! {
    /// What a person of the supplier may do.
    pub enum StaffRole as StaffRole {
        Admin = "admin",
        KeyAccountManager = "key_account_manager",
        CustomerService = "customer_service",
        Catalogue = "catalogue",
        Pricing = "pricing",
        Warehouse = "warehouse",
        Finance = "finance",
    }
}

/// Somebody who can sign in, or could.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    /// Mail address in its stored form.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// The account they belong to; `None` for staff.
    pub account_id: Option<AccountId>,
    /// The language they chose.
    pub language: Option<Language>,
    /// Grows with every change of them.
    pub version: i64,
    /// Since when they have no access.
    pub ended_at: Option<NaiveDateTime>,
}

/// Characters of a person's name at most.
pub const NAME_CHARS_MAX: usize = 200;

/// True for what can be a name: something readable on one line.
pub fn is_name(name: &str) -> bool {
    let is_plain = name.trim() == name && !name.contains(char::is_control);
    is_plain && (1..=NAME_CHARS_MAX).contains(&name.chars().count())
}

/// The form in which mail addresses are stored and compared: trimmed, in lower case.
pub fn normal_email(email: &str) -> String {
    email.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_addresses_are_compared_in_one_form() {
        assert_eq!(normal_email("  Eva.Ö@Example.COM "), "eva.ö@example.com");
    }

    #[test]
    fn names_are_one_readable_line() {
        for (name, expected) in [
            ("Ada Lovelace", true),
            ("Ö", true),
            ("", false),
            (" Ada", false),
            ("Ada\nBcc: x", false),
        ] {
            assert_eq!(is_name(name), expected, "{name:?}");
        }
        assert!(is_name(&"ü".repeat(200)) && !is_name(&"ü".repeat(201)));
    }
}
