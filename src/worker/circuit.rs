//! While the mail server can't be reached, one message at a time finds out whether it is back: the others keep their
//! attempts.

use crate::clock::Timestamp;
use crate::mail::rules;

/// A circuit breaker before the mail server: closed while mails flow, open for a pause after the server could not be
/// reached, then half open for one try.
#[derive(Debug, Clone, Copy, Default)]
pub struct Circuit {
    failures: u32,
    open_until: Option<Timestamp>,
}

impl Circuit {
    /// How many messages may be tried at `now`, of `usually`.
    pub fn allows(&self, now: Timestamp, usually: i64) -> i64 {
        match self.open_until {
            Some(until) if now < until => 0,
            Some(_) => 1,
            None => usually,
        }
    }

    /// The server answered.
    pub fn close(&mut self) {
        *self = Self::default();
    }

    /// The server could not be reached.
    pub fn open(&mut self, now: Timestamp) {
        self.failures = self.failures.saturating_add(1);
        self.open_until = Some(now + rules::pause(self.failures));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn a_server_that_is_down_gets_one_message_at_a_time() {
        let now = chrono::DateTime::UNIX_EPOCH.naive_utc();
        let at = |seconds| now + TimeDelta::seconds(seconds);
        let mut circuit = Circuit::default();
        assert_eq!(circuit.allows(now, 20), 20);
        circuit.open(now);
        assert_eq!([circuit.allows(now, 20), circuit.allows(at(1), 20)], [0, 1]);
        circuit.open(at(1));
        assert_eq!([circuit.allows(at(2), 20), circuit.allows(at(3), 20)], [0, 1]);
        circuit.close();
        assert_eq!(circuit.allows(at(3), 20), 20);
    }
}
