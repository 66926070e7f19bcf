//! Kinds of mails, states of a message, when it is tried again.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

pub use crate::names::sets::MailKind as Kind;
use chrono::TimeDelta;

use crate::ids::MessageId;
use crate::names::names;
pub use crate::names::states::MailState as State;

impl Kind {
    /// What members of an account may get.
    pub const OF_MEMBERS: &[Self] = &[
        Self::OrderPlaced,
        Self::OrderOnHold,
        Self::OrderReleased,
        Self::OrderAccepted,
        Self::OrderCancelled,
        Self::OrderChanged,
        Self::PromiseChanged,
        Self::ShortOfStock,
        Self::Shipped,
        Self::Invoiced,
        Self::Credited,
        Self::Reminder,
        Self::PaymentReceived,
        Self::Refunded,
        Self::Statement,
        Self::Rebate,
        Self::ClaimAnswered,
        Self::Contract,
        Self::PricesAnnounced,
        Self::WebhookFailing,
        Self::Invitation,
        Self::PasswordReset,
        Self::AccessChanged,
    ];
    /// The names of what contacts of accounts may get, people who do not sign in: all that members may switch off.
    pub const NAMES_OF_CONTACTS: &[&str] = &[
        Self::OrderPlaced.name(),
        Self::OrderOnHold.name(),
        Self::OrderReleased.name(),
        Self::OrderAccepted.name(),
        Self::OrderCancelled.name(),
        Self::OrderChanged.name(),
        Self::PromiseChanged.name(),
        Self::ShortOfStock.name(),
        Self::Shipped.name(),
        Self::Invoiced.name(),
        Self::Credited.name(),
        Self::Reminder.name(),
        Self::PaymentReceived.name(),
        Self::Refunded.name(),
        Self::Statement.name(),
        Self::Rebate.name(),
        Self::ClaimAnswered.name(),
        Self::Contract.name(),
        Self::PricesAnnounced.name(),
        Self::WebhookFailing.name(),
    ];
    /// What the supplier's staff may get.
    pub const OF_STAFF: &[Self] = &[
        Self::CriticalOrder,
        Self::TeamHold,
        Self::TeamClaim,
        Self::TeamChange,
        Self::Contract,
        Self::HoldAnnounced,
        Self::DeadLetter,
        Self::WebhookFailing,
        Self::PasswordReset,
        Self::AccessChanged,
    ];

    /// The kinds that members of accounts, or the staff, may get.
    pub fn of(is_member: bool) -> &'static [Self] {
        if is_member { Self::OF_MEMBERS } else { Self::OF_STAFF }
    }

    /// True for what people may switch off. Nobody can miss the way to their own access.
    pub fn can_be_switched_off(self) -> bool {
        !matches!(self, Self::Invitation | Self::PasswordReset | Self::AccessChanged)
    }
}

names! {
    /// Why somebody gets a mail; the mail says so.
    pub enum Reason as MailReason {
        Placed = "placed",
        Role = "role",
        Fallback = "fallback",
        Team = "team",
        Staff = "staff",
        Invited = "invited",
        Asked = "asked",
        /// It is about their own access.
        Own = "own",
        /// They invited whom the mail was for.
        Inviter = "inviter",
        /// They are a contact of the account that gets this kind.
        Contact = "contact",
        /// Invoices of the account are sent to this address.
        Invoices = "invoices",
    }
}

/// How long to wait after each failed attempt, in seconds; the last one holds for all that follow.
const WAITS_S: [i64; 7] = [1, 5, 30, 120, 600, 1_800, 3_600];

/// How long to wait after `attempts` failed ones. `jitter` spreads messages that failed together: up to a quarter more.
pub fn wait(attempts: i32, jitter: u8) -> TimeDelta {
    let failed = usize::try_from(attempts).unwrap_or(0).saturating_sub(1);
    let last = WAITS_S.last().copied().unwrap_or_default();
    let base_ms = WAITS_S.get(failed).copied().unwrap_or(last).saturating_mul(1_000);
    TimeDelta::milliseconds(base_ms + base_ms / 4 * i64::from(jitter) / 255)
}

/// What to do with a message that failed `attempts` times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Try it again later.
    Retry,
    /// Leave it to people.
    Park,
}

/// Retries until there were `attempts_max` attempts.
pub fn next(attempts: i32, attempts_max: i32) -> Next {
    if attempts < attempts_max {
        Next::Retry
    } else {
        Next::Park
    }
}

/// How long nothing is sent after the server couldn't be reached `failures` times in a row; then one message is tried.
pub fn pause(failures: u32) -> TimeDelta {
    let seconds = match failures {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 5,
        4 => 15,
        _ => 30,
    };
    TimeDelta::seconds(seconds)
}

/// The name of a message outside; it stays the same from attempt to attempt, so that a reader's program shows a mail
/// once that reached it twice. Whoever has a mail sent once more (`issue` 1, 2, …) wants to see it again.
pub fn name(id: MessageId, issue: i32) -> String {
    match issue {
        0 => id.to_string(),
        issue => format!("{id}.{issue}"),
    }
}

/// A text that fits on one line of a header: no control characters, single blanks.
pub fn one_line(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let plain: String = plain.collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end_at_an_hour() {
        for (attempts, seconds) in [
            (0, 1),
            (1, 1),
            (2, 5),
            (3, 30),
            (4, 120),
            (5, 600),
            (6, 1_800),
            (7, 3_600),
            (8, 3_600),
            (100, 3_600),
            (-1, 1),
        ] {
            assert_eq!(wait(attempts, 0), TimeDelta::seconds(seconds), "{attempts}");
        }
    }

    #[test]
    fn jitter_adds_up_to_a_quarter() {
        for (attempts, jitter, expected_ms) in [(1, 255, 1_250), (1, 0, 1_000), (2, 128, 5_627), (7, 255, 4_500_000)] {
            assert_eq!(wait(attempts, jitter), TimeDelta::milliseconds(expected_ms));
        }
    }

    #[test]
    fn the_last_attempt_parks() {
        for (attempts, attempts_max, expected) in [
            (1, 12, Next::Retry),
            (11, 12, Next::Retry),
            (12, 12, Next::Park),
            (13, 12, Next::Park),
            (1, 1, Next::Park),
        ] {
            assert_eq!(next(attempts, attempts_max), expected, "{attempts} of {attempts_max}");
        }
    }

    #[test]
    fn a_server_that_is_down_is_asked_ever_more_rarely() {
        let pauses: Vec<_> = (0..7).map(|failures| pause(failures).num_seconds()).collect();
        assert_eq!(pauses, [0, 1, 2, 5, 15, 30, 30]);
    }

    #[test]
    fn a_mail_sent_once_more_has_another_name() {
        let id = MessageId(7);
        assert_eq!(name(id, 0), id.to_string());
        assert_eq!(name(id, 2), format!("{id}.2"));
    }

    #[test]
    fn a_line_has_no_breaks() {
        for (text, expected) in [
            ("Order 1", "Order 1"),
            ("a\r\nBcc: x@y.example", "a Bcc: x@y.example"),
            (" a \t b\u{0}c ", "a b c"),
            ("", ""),
        ] {
            assert_eq!(one_line(text), expected);
        }
    }

    #[test]
    fn contacts_get_what_members_may_switch_off() {
        let kinds = Kind::OF_MEMBERS.iter().filter(|kind| kind.can_be_switched_off());
        let names: Vec<_> = kinds.map(|kind| kind.name()).collect();
        assert_eq!(names, Kind::NAMES_OF_CONTACTS);
    }

    #[test]
    fn the_way_to_ones_access_cant_be_switched_off() {
        let fixed: Vec<_> = Kind::ALL
            .into_iter()
            .filter(|kind| !kind.can_be_switched_off())
            .collect();
        assert_eq!(fixed, [Kind::Invitation, Kind::PasswordReset, Kind::AccessChanged]);
    }
}
