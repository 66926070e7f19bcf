//! Roles, passwords, throttling and token rotation as decisions over facts.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::{NaiveDateTime, TimeDelta};

macro_rules! roles {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs)]
        pub enum $name { $($variant),* }

        impl $name {
            /// Every role.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name on the wire and in the database.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// The role with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|role| role.name() == name)
            }
        }
    };
}

roles! {
    /// What a person may do for the account they belong to.
    AccountRole {
        Admin "admin",
        Buyer "buyer",
        Approver "approver",
        Finance "finance",
        Viewer "viewer",
    }
}

roles! {
    /// What a person of the supplier may do.
    StaffRole {
        Admin "admin",
        KeyAccountManager "key_account_manager",
        CustomerService "customer_service",
        Catalogue "catalogue",
        Pricing "pricing",
        Warehouse "warehouse",
        Finance "finance",
    }
}

/// Characters a password has at least.
pub const PASSWORD_CHARS_MIN: usize = 12;
/// Characters a password has at most.
pub const PASSWORD_CHARS_MAX: usize = 128;

/// Why a text can't be a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Too short or too long.
    #[error("a password has 12 to 128 characters")]
    Length,
    /// A character that no request can carry.
    #[error("a password can't hold the character NUL")]
    Nul,
}

/// Length alone decides; any characters will do, and nothing is cut, trimmed or changed.
pub fn check_password(password: &str) -> Result<(), PasswordError> {
    if password.contains('\0') {
        return Err(PasswordError::Nul);
    }
    let range = PASSWORD_CHARS_MIN..=PASSWORD_CHARS_MAX;
    if range.contains(&password.chars().count()) {
        Ok(())
    } else {
        Err(PasswordError::Length)
    }
}

/// The form in which mail addresses are stored and compared: trimmed, in lower case.
pub fn normal_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// True for what can be a mail address: one `@` with something on both sides, no blanks, at most 254 bytes (RFC 5321).
/// Whether it exists, only a mail can tell.
pub fn is_email(email: &str) -> bool {
    let Some((local, domain)) = email.split_once('@') else {
        return false;
    };
    let plain = !email.chars().any(|c| c.is_whitespace() || c.is_control());
    plain && email.len() <= 254 && !local.is_empty() && !domain.is_empty() && !domain.contains('@')
}

/// How long a failed sign-in counts.
pub const FAILURE_WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Failures in the window that a person may have; one more and nobody signs in as them.
pub const PERSON_FAILURES_MAX: i64 = 10;
/// Failures in the window that an address may have.
pub const ADDRESS_FAILURES_MAX: i64 = 100;

/// The failures that matter: in each row of failures within the window, newest first, the one just beyond the limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Failures {
    /// When the person's failure number [`PERSON_FAILURES_MAX`] + 1 happened, if there are so many.
    pub person_beyond: Option<NaiveDateTime>,
    /// When the address's failure number [`ADDRESS_FAILURES_MAX`] + 1 happened, if there are so many.
    pub address_beyond: Option<NaiveDateTime>,
}

/// Seconds until a sign-in is looked at again; `None` when it is at once. Right or wrong password makes no difference.
pub fn throttled(failures: Failures, now: NaiveDateTime) -> Option<u64> {
    let latest = failures.person_beyond.max(failures.address_beyond)?;
    let wait = latest.checked_add_signed(FAILURE_WINDOW)?.signed_duration_since(now);
    // Whole seconds, rounded up: coming back in time must succeed.
    u64::try_from(wait.num_milliseconds())
        .ok()
        .filter(|ms| *ms > 0)
        .map(|ms| ms.div_ceil(1_000))
}

/// How long a session lives, however often it is refreshed.
pub const SESSION_LIFETIME: TimeDelta = TimeDelta::days(30);
/// How long an access token is good for.
pub const ACCESS_LIFETIME: TimeDelta = TimeDelta::minutes(15);

/// What is known of a refresh token and its session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefreshFacts {
    /// It was exchanged before.
    pub used: bool,
    /// When its session ends by age.
    pub expires_at: NaiveDateTime,
    /// Session, person and account are all in force.
    pub in_force: bool,
}

/// What to do with a refresh token that somebody sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// Mark it used and give out the next one.
    Rotate,
    /// Somebody else has a copy: end the session.
    EndSession,
    /// Refuse it.
    Refuse,
}

/// Decides it.
pub fn rotation(facts: RefreshFacts, now: NaiveDateTime) -> Rotation {
    match facts {
        RefreshFacts { in_force: false, .. } => Rotation::Refuse,
        RefreshFacts { expires_at, .. } if expires_at <= now => Rotation::Refuse,
        RefreshFacts { used: true, .. } => Rotation::EndSession,
        RefreshFacts { .. } => Rotation::Rotate,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        format!("2026-11-02T{text}").parse().expect("a time")
    }

    #[test]
    fn roles_are_found_by_name() {
        for role in AccountRole::ALL {
            assert_eq!(AccountRole::from_name(role.name()), Some(*role));
        }
        for role in StaffRole::ALL {
            assert_eq!(StaffRole::from_name(role.name()), Some(*role));
        }
        assert_eq!(AccountRole::from_name("warehouse"), None);
        assert_eq!(AccountRole::from_name("Buyer"), None);
    }

    #[test]
    fn passwords_are_counted_in_characters() {
        for (password, expected) in [
            ("x".repeat(11), Err(PasswordError::Length)),
            ("x".repeat(12), Ok(())),
            ("ü".repeat(12), Ok(())),
            ("ü".repeat(128), Ok(())),
            ("x".repeat(129), Err(PasswordError::Length)),
            ("twelve chars\0".to_owned(), Err(PasswordError::Nul)),
            (" ".repeat(12), Ok(())),
        ] {
            assert_eq!(check_password(&password), expected, "{password}");
        }
    }

    #[test]
    fn mail_addresses_are_compared_in_one_form() {
        assert_eq!(normal_email("  Eva.Ö@Example.COM "), "eva.ö@example.com");
        for (email, expected) in [
            ("a@b", true),
            ("a b@c.de", false),
            ("@b", false),
            ("a@", false),
            ("a@b@c", false),
            ("ab", false),
            ("a\n@b", false),
        ] {
            assert_eq!(is_email(email), expected, "{email}");
        }
        assert!(!is_email(&format!("{}@b.de", "a".repeat(250))));
    }

    #[test]
    fn too_many_failures_throttle_until_they_are_old_enough() {
        let check = |person: Option<&str>, address: Option<&str>, now, expected| {
            let failures = Failures {
                person_beyond: person.map(at),
                address_beyond: address.map(at),
            };
            assert_eq!(throttled(failures, at(now)), expected);
        };
        check(None, None, "10:00:00", None);
        check(Some("10:00:00"), None, "10:00:00", Some(900));
        check(Some("10:00:00"), None, "10:14:59.500", Some(1));
        check(Some("10:00:00"), None, "10:15:00", None);
        check(None, Some("10:00:00"), "10:05:00", Some(600));
        check(Some("10:01:00"), Some("10:00:00"), "10:05:00", Some(660));
    }

    #[test]
    fn a_refresh_token_is_good_once() {
        let fresh = RefreshFacts {
            used: false,
            expires_at: at("12:00:00"),
            in_force: true,
        };
        let used = RefreshFacts { used: true, ..fresh };
        let ended = RefreshFacts {
            in_force: false,
            ..used
        };
        for (facts, now, expected) in [
            (fresh, "11:00:00", Rotation::Rotate),
            (fresh, "12:00:00", Rotation::Refuse),
            (used, "11:00:00", Rotation::EndSession),
            (used, "12:00:00", Rotation::Refuse),
            (ended, "11:00:00", Rotation::Refuse),
        ] {
            assert_eq!(rotation(facts, at(now)), expected, "{facts:?} at {now}");
        }
    }
}
