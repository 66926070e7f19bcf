//! States, which events an endpoint hears, what an answer means, when something is tried again.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::{DateTime, TimeDelta};

use crate::clock::Timestamp;
use crate::names::names;
pub use crate::names::sets::WebhookBecause as Because;
pub use crate::names::states::WebhookDeliveryState as DeliveryState;
pub use crate::names::states::WebhookEndpointState as State;

/// Endpoints of an account, and of the supplier, at most.
pub const ENDPOINTS_MAX: usize = 20;
/// Bytes of a body; what is larger goes out thin.
pub const BODY_BYTES_MAX: usize = 20_000;
/// Bytes of an answer that are kept.
pub const ANSWER_BYTES_KEPT: usize = 2_048;
/// Days that deliveries and attempts are kept.
pub const KEPT_DAYS: i64 = 30;
/// How long an old secret signs beside a new one.
pub const ROTATION: TimeDelta = TimeDelta::hours(24);
/// Failed attempts in a row after which an endpoint gets one delivery at a time.
pub const FAILING: i32 = 3;
/// How long an endpoint may fail before it is switched off.
pub const GIVEN_UP_AFTER: TimeDelta = TimeDelta::days(5);
/// Events of a replay at most.
pub const REPLAY_EVENTS_MAX: i64 = 100_000;
/// The type of a test.
pub const TEST: &str = "webhook.test";

names! {
    /// How much of an event is sent.
    pub enum Content as WebhookContent {
        /// All that the event says.
        Full = "full",
        /// What it is about, to be asked for.
        Thin = "thin",
    }
}

names! {
    /// Whose eyes an endpoint stands for.
    pub enum Audience as WebhookAudience {
        /// Those of an account who manage its people.
        Managers = "managers",
        /// Anybody else of an account.
        Members = "members",
        /// The supplier.
        Supplier = "supplier",
    }
}

/// What concerns one person's way in, for nobody else's eyes.
const OF_ONE_PERSON: [&str; 2] = ["access.changed", "password_reset.requested"];
/// What the portal does for itself; the supplier's alone.
const OF_THE_PORTAL: [&str; 3] = ["mail.parked", "webhook_endpoint.disabled", "webhook_endpoint.failing"];
/// What names the people of an account.
const OF_PEOPLE: [&str; 4] = ["invitation.created", "member.added", "member.changed", "member.removed"];

impl Audience {
    /// True where it may get events of this type.
    pub fn may_hear(self, kind: &str) -> bool {
        let is_among = |kinds: &[&str]| kinds.contains(&kind);
        !is_among(&OF_ONE_PERSON)
            && (self == Self::Supplier || !is_among(&OF_THE_PORTAL))
            && (self != Self::Members || !is_among(&OF_PEOPLE))
    }
}

/// What an endpoint gets of what may be told to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ears {
    pub audience: Audience,
    /// The types it wants; nothing for all.
    pub kinds: Option<Vec<String>>,
}

impl Ears {
    pub fn hears(&self, kind: &str) -> bool {
        let is_wanted = |kinds: &Vec<String>| kinds.iter().any(|wanted| wanted == kind);
        self.audience.may_hear(kind) && self.kinds.as_ref().is_none_or(is_wanted)
    }
}

/// What an answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Delivered,
    Failed,
    /// It wants nothing any more.
    Gone,
}

pub fn verdict(status: u16) -> Verdict {
    match status {
        200..=299 => Verdict::Delivered,
        410 => Verdict::Gone,
        _ => Verdict::Failed,
    }
}

/// The longest an endpoint may ask to be left alone, in seconds.
const RETRY_AFTER_MAX_S: i64 = 86_400;

/// How long an endpoint wants to be left alone, by its status and `Retry-After`: seconds or a date (RFC 9110, 10.2.3).
pub fn asked_pause(status: u16, retry_after: Option<&str>, now: Timestamp) -> Option<TimeDelta> {
    if !matches!(status, 429 | 503) {
        return None;
    }
    let text = retry_after?.trim();
    let seconds = match text.parse::<i64>() {
        Ok(seconds) => seconds,
        Err(_) => (DateTime::parse_from_rfc2822(text).ok()?.naive_utc() - now).num_seconds(),
    };
    Some(TimeDelta::seconds(seconds.clamp(0, RETRY_AFTER_MAX_S)))
}

/// How long to wait after each failed attempt, in seconds: about three days in all.
const WAITS_S: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// How long to wait after `attempts` failed ones; nothing where that was the last. `jitter` spreads deliveries that failed
/// together: up to a tenth more.
pub fn wait(attempts: i32, jitter: u8) -> Option<TimeDelta> {
    let failed = usize::try_from(attempts).unwrap_or(0).saturating_sub(1);
    let base_ms = WAITS_S.get(failed)?.saturating_mul(1_000);
    Some(TimeDelta::milliseconds(
        base_ms + base_ms / 10 * i64::from(jitter) / 255,
    ))
}

/// How long nothing is sent to an endpoint after so many failures in a row; then one delivery is tried.
pub fn pause(failures: i32) -> TimeDelta {
    TimeDelta::seconds(match failures {
        ..FAILING => 0,
        FAILING => 5,
        4 => 15,
        5 => 30,
        6 => 60,
        7 => 120,
        _ => 300,
    })
}

/// How an endpoint does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Health {
    /// Failures since the last success.
    pub failures: i32,
    pub failing_since: Option<Timestamp>,
    pub last_success_at: Option<Timestamp>,
}

impl Health {
    /// The same after one attempt more.
    #[must_use]
    pub fn after(self, is_success: bool, now: Timestamp) -> Self {
        match is_success {
            true => Self {
                failures: 0,
                failing_since: None,
                last_success_at: Some(now),
            },
            false => Self {
                failures: self.failures.saturating_add(1),
                failing_since: self.failing_since.or(Some(now)),
                ..self
            },
        }
    }

    /// It gets one delivery at a time.
    pub fn is_failing(self) -> bool {
        self.failures >= FAILING
    }

    /// Nothing went well for too long.
    pub fn is_hopeless(self, now: Timestamp) -> bool {
        self.failing_since.is_some_and(|since| now - since >= GIVEN_UP_AFTER)
    }
}

/// The beginning of an answer as it is kept: text without control characters, so that it harms no page and no terminal.
pub fn kept_answer(body: &[u8]) -> String {
    let start = body.get(..ANSWER_BYTES_KEPT.min(body.len())).unwrap_or_default();
    let text = String::from_utf8_lossy(start);
    let kept = text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control());
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0)
            .expect("a moment")
            .naive_utc()
    }

    #[test]
    fn each_audience_hears_what_it_may() {
        use Audience::{Managers, Members, Supplier};
        for (kind, expected) in [
            ("order.placed", [true, true, true]),
            ("invoice.issued", [true, true, true]),
            ("contact.added", [true, true, true]),
            ("invitation.created", [true, false, true]),
            ("member.added", [true, false, true]),
            ("member.changed", [true, false, true]),
            ("member.removed", [true, false, true]),
            ("mail.parked", [false, false, true]),
            ("webhook_endpoint.failing", [false, false, true]),
            ("webhook_endpoint.disabled", [false, false, true]),
            ("access.changed", [false, false, false]),
            ("password_reset.requested", [false, false, false]),
        ] {
            assert_eq!(
                [Managers, Members, Supplier].map(|one| one.may_hear(kind)),
                expected,
                "{kind}"
            );
        }
    }

    #[test]
    fn an_endpoint_hears_the_types_it_wants() {
        let ears = |kinds: Option<&[&str]>| Ears {
            audience: Audience::Managers,
            kinds: kinds.map(|kinds| kinds.iter().map(|&kind| kind.to_owned()).collect()),
        };
        assert!(ears(None).hears("order.placed"));
        assert!(ears(Some(&["order.placed"])).hears("order.placed"));
        assert!(!ears(Some(&["order.placed"])).hears("order.closed"));
        assert!(!ears(Some(&["access.changed"])).hears("access.changed"));
    }

    #[test]
    fn only_2xx_is_a_success() {
        use Verdict::{Delivered, Failed, Gone};
        for (status, expected) in [
            (200, Delivered),
            (204, Delivered),
            (299, Delivered),
            (100, Failed),
            (301, Failed),
            (307, Failed),
            (400, Failed),
            (410, Gone),
            (429, Failed),
            (500, Failed),
        ] {
            assert_eq!(verdict(status), expected, "{status}");
        }
    }

    #[test]
    fn attempts_spread_over_three_days_and_end() {
        let waits: Vec<_> = (1..).map_while(|attempts| wait(attempts, 0)).collect();
        assert_eq!(waits.len(), 9);
        let total = waits.iter().fold(TimeDelta::zero(), |sum, wait| sum + *wait);
        assert!(total > TimeDelta::hours(72) && total < TimeDelta::hours(80), "{total}");
        assert_eq!(
            (wait(1, 0), wait(1, 255)),
            (Some(TimeDelta::seconds(5)), Some(TimeDelta::milliseconds(5_500)))
        );
        assert_eq!((wait(10, 0), wait(0, 0)), (None, Some(TimeDelta::seconds(5))));
    }

    #[test]
    fn an_endpoint_that_fails_is_asked_ever_more_rarely() {
        let pauses: Vec<_> = (0..10).map(|failures| pause(failures).num_seconds()).collect();
        assert_eq!(pauses, [0, 0, 0, 5, 15, 30, 60, 120, 300, 300]);
    }

    #[test]
    fn an_endpoint_may_ask_for_a_pause() {
        let now = at(0);
        for (status, text, expected) in [
            (429, Some("120"), Some(120)),
            (503, Some(" 7 "), Some(7)),
            (429, Some("Fri, 15 Jan 2027 08:01:00 GMT"), Some(60)),
            (429, Some("Fri, 15 Jan 2027 07:00:00 GMT"), Some(0)),
            (429, Some("999999999"), Some(86_400)),
            (429, Some("-5"), Some(0)),
            (429, Some("soon"), None),
            (429, None, None),
            (500, Some("120"), None),
            (200, Some("120"), None),
        ] {
            assert_eq!(
                asked_pause(status, text, now).map(|pause| pause.num_seconds()),
                expected,
                "{text:?}"
            );
        }
    }

    #[test]
    fn health_counts_failures_since_the_last_success() {
        let fresh = Health {
            failures: 0,
            failing_since: None,
            last_success_at: None,
        };
        let failing = fresh.after(false, at(0)).after(false, at(10));
        assert_eq!(
            (failing.failures, failing.failing_since, failing.is_failing()),
            (2, Some(at(0)), false)
        );
        assert!(failing.after(false, at(20)).is_failing());
        let day = 86_400;
        assert!(!failing.is_hopeless(at(5 * day - 1)) && failing.is_hopeless(at(5 * day)));
        let well = failing.after(true, at(30));
        assert_eq!(
            (well.failures, well.failing_since, well.last_success_at),
            (0, None, Some(at(30)))
        );
        assert!(!well.is_hopeless(at(100 * day)));
    }

    #[test]
    fn an_answer_is_kept_in_part_and_without_control_characters() {
        assert_eq!(kept_answer(b"ok\x1b[31m\r\n\x00done"), "ok[31m\ndone");
        assert_eq!(kept_answer(&[0xff, b'a']), "\u{fffd}a");
        assert_eq!(kept_answer(&[b'x'; 5_000]).len(), ANSWER_BYTES_KEPT);
        let cut = kept_answer("ä".repeat(2_000).as_bytes());
        assert_eq!(cut.chars().count(), 1_024);
    }
}
