//! How long tokens are good, and what to do with one that somebody sends.

use chrono::{NaiveDateTime, TimeDelta};

/// How long a session lives, however often it is refreshed.
pub const SESSION_LIFETIME: TimeDelta = TimeDelta::days(30);
/// How long somebody stays signed in to the pages who doesn't ask for more.
pub const WORKING_DAY: TimeDelta = TimeDelta::hours(12);
/// How long an access token is good for.
pub const ACCESS_LIFETIME: TimeDelta = TimeDelta::minutes(15);

/// How long a session that nobody uses lives whose person asked to stay signed in, and that of a program.
pub const KEPT_IDLE: TimeDelta = TimeDelta::days(14);
/// Sessions of a person at a time; the oldest ends for the next.
pub const SESSIONS_MAX: i64 = 20;
/// How long somebody has for their code after their password.
pub const CHALLENGE_LIFETIME: TimeDelta = TimeDelta::minutes(5);

/// How long a session of this lifetime lives unused; `working` is the setting for those of a working day.
pub fn idle_limit(lifetime: TimeDelta, working: TimeDelta) -> TimeDelta {
    if lifetime > WORKING_DAY { KEPT_IDLE } else { working }
}

/// True where a proof of that moment is too old for what needs a fresh one.
pub fn is_stale(proven_at: NaiveDateTime, limit: Option<TimeDelta>, now: NaiveDateTime) -> bool {
    limit.is_some_and(|limit| now - proven_at > limit)
}

/// How long a token of a session goes on that got another one: what was sent with it by then, such as the pages of other tabs.
pub const TOKEN_OVERLAP: TimeDelta = TimeDelta::minutes(1);

/// True of a token that was made as the session had last got another one at `token`, by what the session says of that now.
pub fn is_replaced(token: Option<NaiveDateTime>, session: Option<NaiveDateTime>, now: NaiveDateTime) -> bool {
    session.is_some_and(|renewed_at| token.is_none_or(|token| token < renewed_at) && now - renewed_at > TOKEN_OVERLAP)
}

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

/// How long the link to a new password is good.
pub const RESET_LIFETIME: TimeDelta = TimeDelta::hours(1);

/// What is known of a token of a mail, which is good once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenFacts {
    /// Somebody came with it before.
    pub used: bool,
    /// What it was given for still stands.
    pub in_force: bool,
    /// When it ends by age.
    pub expires_at: NaiveDateTime,
}

/// What to do with such a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenState {
    /// It may be used.
    Good,
    Used,
    /// Its reason is gone.
    Withdrawn,
    /// It came too late.
    Expired,
}

/// Decides it.
pub fn token_state(facts: TokenFacts, now: NaiveDateTime) -> TokenState {
    match facts {
        TokenFacts { used: true, .. } => TokenState::Used,
        TokenFacts { in_force: false, .. } => TokenState::Withdrawn,
        TokenFacts { expires_at, .. } if expires_at <= now => TokenState::Expired,
        TokenFacts { .. } => TokenState::Good,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        format!("2026-11-02T{text}").parse().expect("a time")
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

    #[test]
    fn sessions_of_a_working_day_end_soonest_unused() {
        let hour = TimeDelta::hours(1);
        for (lifetime, expected) in [(hour, hour), (WORKING_DAY, hour), (SESSION_LIFETIME, KEPT_IDLE)] {
            assert_eq!(idle_limit(lifetime, hour), expected, "{lifetime}");
        }
    }

    #[test]
    fn a_token_ends_a_minute_after_there_is_another() {
        let (first, second) = (Some(at("10:00:00")), Some(at("10:30:00")));
        for (token, session, now, replaced) in [
            (None, None, "23:00:00", false),
            (None, first, "10:01:00", false),
            (None, first, "10:01:01", true),
            (first, first, "23:00:00", false),
            (first, second, "10:31:00", false),
            (first, second, "10:31:01", true),
            // A node that has not heard of the newest yet.
            (second, first, "23:00:00", false),
        ] {
            assert_eq!(
                is_replaced(token, session, at(now)),
                replaced,
                "{token:?} {session:?} {now}"
            );
        }
    }

    #[test]
    fn a_proof_is_fresh_for_so_long() {
        let quarter = Some(TimeDelta::minutes(15));
        for (limit, now, stale) in [
            (quarter, "10:15:00", false),
            (quarter, "10:15:01", true),
            (None, "23:00:00", false),
        ] {
            assert_eq!(is_stale(at("10:00:00"), limit, at(now)), stale, "{now}");
        }
    }

    #[test]
    fn the_token_of_a_mail_is_good_once_and_in_time() {
        let fresh = TokenFacts {
            used: false,
            in_force: true,
            expires_at: at("12:00:00"),
        };
        let used = TokenFacts { used: true, ..fresh };
        let withdrawn = TokenFacts {
            in_force: false,
            ..fresh
        };
        for (facts, now, expected) in [
            (fresh, "11:59:59", TokenState::Good),
            (fresh, "12:00:00", TokenState::Expired),
            (used, "11:00:00", TokenState::Used),
            (used, "13:00:00", TokenState::Used),
            (withdrawn, "11:00:00", TokenState::Withdrawn),
        ] {
            assert_eq!(token_state(facts, at(now)), expected, "{facts:?} at {now}");
        }
    }
}
