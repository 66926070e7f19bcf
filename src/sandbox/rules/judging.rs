//! Whether a program came through a scenario, from what it sent and what it answered since that began.

use chrono::{NaiveDateTime, TimeDelta};

use super::{Failure, Progress, RETRY_AFTER_S};
use crate::accounts::sandboxes::rules::Scenario;
use crate::ids::EventId;

/// How long a program has to come back, and an endpoint to answer.
const PATIENCE: TimeDelta = TimeDelta::minutes(15);
/// Clocks of both sides and the way between them.
const TOLERANCE: TimeDelta = TimeDelta::milliseconds(100);

/// A request that a program sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub at: NaiveDateTime,
    pub method: String,
    /// Below `/api/v1`.
    pub path: String,
    /// The `after` of its query.
    pub after: Option<EventId>,
    pub status: u16,
    pub key: Option<String>,
    pub has_user_agent: bool,
    pub failure: Option<Failure>,
    pub id: String,
}

/// What an endpoint answered to something that was sent for a scenario.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Delivery {
    pub at: NaiveDateTime,
    pub webhook_id: String,
    /// What was wrong with it, or nothing: `wrong_signature`, `unknown_fields`, …
    pub what: String,
    /// None: no answer.
    pub status: Option<u16>,
}

/// A scenario that was begun.
#[derive(Debug, Clone)]
pub struct Run {
    pub begun_at: NaiveDateTime,
    /// An order or an event, by its outside id.
    pub subject: Option<String>,
    pub deliveries: Vec<Delivery>,
}

/// All that is known.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub run: &'a Run,
    /// Oldest first.
    pub requests: &'a [Request],
    pub now: NaiveDateTime,
}

/// What became of it, and by what that is seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    pub progress: Progress,
    /// Requests and deliveries that decide, a line each.
    pub evidence: Vec<String>,
}

fn line(request: &Request) -> String {
    let key = request
        .key
        .as_ref()
        .map_or_else(String::new, |key| format!(" key={key}"));
    let failure = request
        .failure
        .map_or_else(String::new, |failure| format!(" ({})", failure.name()));
    format!(
        "{} {} {} → {}{failure}{key} [{}]",
        request.at.format("%Y-%m-%dT%H:%M:%S%.3fZ"),
        request.method,
        request.path,
        request.status,
        request.id
    )
}

fn told(delivery: &Delivery) -> String {
    let status = delivery
        .status
        .map_or_else(|| "-".to_owned(), |status| status.to_string());
    format!(
        "{} {} {} → {status}",
        delivery.at.format("%Y-%m-%dT%H:%M:%S%.3fZ"),
        delivery.what,
        delivery.webhook_id
    )
}

fn judged<T: Into<String>>(progress: Progress, evidence: impl IntoIterator<Item = T>) -> Judged {
    Judged {
        progress,
        evidence: evidence.into_iter().map(Into::into).collect(),
    }
}

fn is_good(status: u16) -> bool {
    (200..300).contains(&status)
}

impl Facts<'_> {
    fn since(&self) -> impl Iterator<Item = &Request> {
        let begun_at = self.run.begun_at;
        self.requests.iter().filter(move |request| request.at >= begun_at)
    }

    /// Running until whoever has to act had their time.
    fn waiting<T: Into<String>>(&self, since: NaiveDateTime, evidence: impl IntoIterator<Item = T>) -> Judged {
        let is_over = self.now.signed_duration_since(since) > PATIENCE;
        judged(if is_over { Progress::Failed } else { Progress::Running }, evidence)
    }

    /// An order met the failure; what comes next must be the same order under the same key.
    fn retried(&self, failures: &[Failure]) -> Judged {
        let places = |request: &&Request| request.method == "POST" && request.path == "/orders";
        let mut orders = self.since().filter(places);
        let Some(failed) = orders.find(|order| order.failure.is_some_and(|failure| failures.contains(&failure))) else {
            return judged(Progress::Running, Vec::<String>::new());
        };
        let Some(next) = orders.find(|order| order.failure.is_none()) else {
            return self.waiting(failed.at, [line(failed)]);
        };
        let is_same = failed.key.is_some() && next.key == failed.key && is_good(next.status);
        let progress = if is_same { Progress::Passed } else { Progress::Failed };
        judged(progress, [line(failed), line(next)])
    }

    fn waited(&self) -> Judged {
        let mut requests = self.since();
        let Some(told) = requests.find(|request| request.failure == Some(Failure::TooManyRequests)) else {
            return judged(Progress::Running, Vec::<String>::new());
        };
        let Some(next) = requests.next() else {
            return self.waiting(told.at, [line(told)]);
        };
        let asked = TimeDelta::try_seconds(i64::try_from(RETRY_AFTER_S).unwrap_or(i64::MAX)).unwrap_or_default();
        let waited = next.at.signed_duration_since(told.at);
        let is_long = waited.checked_add(&TOLERANCE).is_some_and(|waited| waited >= asked);
        let progress = if is_long { Progress::Passed } else { Progress::Failed };
        judged(progress, [line(told), line(next)])
    }

    fn names_itself(&self) -> Judged {
        let requests: Vec<_> = self.since().collect();
        match requests.iter().find(|request| !request.has_user_agent) {
            Some(nameless) => judged(Progress::Failed, [line(nameless)]),
            None if requests.len() < 3 => judged(Progress::Running, requests.into_iter().map(line)),
            None => judged(Progress::Passed, requests.into_iter().take(3).map(line)),
        }
    }

    fn caught_up(&self) -> Judged {
        let last: Option<EventId> = self.run.subject.as_deref().and_then(|id| id.parse().ok());
        let is_there = |request: &&Request| {
            let is_feed = request.method == "GET" && request.path == "/events" && is_good(request.status);
            is_feed && (last.is_none() || request.after >= last)
        };
        match self.since().find(is_there) {
            Some(request) => judged(Progress::Passed, [line(request)]),
            None => self.waiting(self.run.begun_at, self.run.subject.clone()),
        }
    }

    fn read_again(&self) -> Judged {
        let path = format!("/orders/{}", self.run.subject.as_deref().unwrap_or_default());
        let reads = |request: &&Request| request.method == "GET" && request.path == path && is_good(request.status);
        match self.since().find(reads) {
            Some(request) => judged(Progress::Passed, [line(request)]),
            None => self.waiting(self.run.begun_at, self.run.subject.clone()),
        }
    }

    fn deliveries(&self, expected: impl Fn(&Delivery) -> bool) -> Judged {
        let deliveries = &self.run.deliveries;
        let is_passed = !deliveries.is_empty() && deliveries.iter().all(expected);
        let progress = if is_passed { Progress::Passed } else { Progress::Failed };
        judged(progress, deliveries.iter().map(told))
    }
}

/// What became of a scenario that was begun.
pub fn judge(scenario: Scenario, facts: Facts<'_>) -> Judged {
    let is_taken = |delivery: &Delivery| delivery.status.is_some_and(is_good);
    match scenario {
        Scenario::UserAgent => facts.names_itself(),
        Scenario::RetryAfterError => facts.retried(&[Failure::ErrorBefore]),
        Scenario::RetryAfterCut => facts.retried(&[Failure::ConnectionCut, Failure::ErrorAfter]),
        Scenario::WaitWhenTold => facts.waited(),
        Scenario::WrongSignature => facts.deliveries(|delivery| {
            let is_refused = delivery.status.is_some_and(|status| (400..500).contains(&status));
            if delivery.what == "wrong_signature" {
                is_refused
            } else {
                is_taken(delivery)
            }
        }),
        Scenario::UnknownFields | Scenario::UnknownEventType | Scenario::DuplicateDelivery => {
            facts.deliveries(is_taken)
        }
        Scenario::CatchUp => facts.caught_up(),
        Scenario::PartialShipment | Scenario::Rejection => facts.read_again(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> NaiveDateTime {
        chrono::DateTime::UNIX_EPOCH.naive_utc() + TimeDelta::milliseconds(ms)
    }

    fn order(ms: i64, key: &str, status: u16, failure: Option<Failure>) -> Request {
        Request {
            at: at(ms),
            method: "POST".to_owned(),
            path: "/orders".to_owned(),
            after: None,
            status,
            key: Some(key.to_owned()),
            has_user_agent: true,
            failure,
            id: "r".to_owned(),
        }
    }

    fn get(ms: i64, path: &str) -> Request {
        Request {
            method: "GET".to_owned(),
            path: path.to_owned(),
            key: None,
            ..order(ms, "", 200, None)
        }
    }

    fn progress(scenario: Scenario, run: &Run, requests: &[Request], now_ms: i64) -> Progress {
        let now = at(now_ms);
        judge(scenario, Facts { run, requests, now }).progress
    }

    fn run(subject: Option<&str>) -> Run {
        Run {
            begun_at: at(0),
            subject: subject.map(str::to_owned),
            deliveries: Vec::new(),
        }
    }

    #[test]
    fn an_order_is_sent_again_under_its_key() {
        let cut = order(1, "k", 201, Some(Failure::ConnectionCut));
        for (next, expected) in [
            (None, Progress::Running),
            (Some(order(2, "k", 201, None)), Progress::Passed),
            (Some(order(2, "other", 201, None)), Progress::Failed),
            (Some(order(2, "k", 422, None)), Progress::Failed),
        ] {
            let requests: Vec<_> = [Some(cut.clone()), next].into_iter().flatten().collect();
            assert_eq!(progress(Scenario::RetryAfterCut, &run(None), &requests, 3), expected);
        }
        let requests = [cut];
        assert_eq!(
            progress(Scenario::RetryAfterCut, &run(None), &requests, 3_600_000),
            Progress::Failed
        );
        assert_eq!(
            progress(Scenario::RetryAfterError, &run(None), &requests, 3),
            Progress::Running
        );
    }

    #[test]
    fn whoever_is_told_to_wait_waits() {
        let told = order(0, "k", 429, Some(Failure::TooManyRequests));
        for (ms, expected) in [
            (1_500, Progress::Failed),
            (1_950, Progress::Passed),
            (9_000, Progress::Passed),
        ] {
            let requests = [told.clone(), get(ms, "/orders")];
            assert_eq!(
                progress(Scenario::WaitWhenTold, &run(None), &requests, 9_000),
                expected,
                "{ms}"
            );
        }
    }

    #[test]
    fn a_wrong_signature_is_refused_and_a_right_one_taken() {
        let delivery = |what: &str, status| Delivery {
            at: at(1),
            webhook_id: "evt_1".to_owned(),
            what: what.to_owned(),
            status,
        };
        for (wrong, right, expected) in [
            (Some(401), Some(204), Progress::Passed),
            (Some(200), Some(204), Progress::Failed),
            (Some(500), Some(204), Progress::Failed),
            (Some(401), Some(401), Progress::Failed),
            (Some(401), None, Progress::Failed),
        ] {
            let deliveries = vec![delivery("wrong_signature", wrong), delivery("right_signature", right)];
            let run = Run {
                deliveries,
                ..run(None)
            };
            assert_eq!(progress(Scenario::WrongSignature, &run, &[], 2), expected);
        }
        let run = run(None);
        assert_eq!(
            progress(Scenario::UnknownFields, &run, &[], 2),
            Progress::Failed,
            "nothing was sent"
        );
    }

    #[test]
    fn the_feed_is_read_to_its_end() {
        let (early, last) = (EventId(5), EventId(7));
        let run = run(Some(&last.to_string()));
        let feed = |after| Request {
            after: Some(after),
            ..get(1, "/events")
        };
        assert_eq!(progress(Scenario::CatchUp, &run, &[feed(early)], 2), Progress::Running);
        assert_eq!(progress(Scenario::CatchUp, &run, &[feed(last)], 2), Progress::Passed);
    }

    #[test]
    fn an_order_that_changed_is_read_again() {
        let run = run(Some("ord_1"));
        assert_eq!(
            progress(Scenario::Rejection, &run, &[get(1, "/orders/ord_2")], 2),
            Progress::Running
        );
        assert_eq!(
            progress(Scenario::Rejection, &run, &[get(1, "/orders/ord_1")], 2),
            Progress::Passed
        );
        assert_eq!(
            progress(Scenario::Rejection, &run, &[get(-1, "/orders/ord_1")], 2),
            Progress::Running
        );
    }

    #[test]
    fn whoever_names_itself_always_is_named() {
        let nameless = Request {
            has_user_agent: false,
            ..get(4, "/orders")
        };
        let named = [get(1, "/a"), get(2, "/b"), get(3, "/c")];
        assert_eq!(progress(Scenario::UserAgent, &run(None), &named, 5), Progress::Passed);
        assert_eq!(
            progress(Scenario::UserAgent, &run(None), &named[..2], 5),
            Progress::Running
        );
        let all = [named.to_vec(), vec![nameless]].concat();
        assert_eq!(progress(Scenario::UserAgent, &run(None), &all, 5), Progress::Failed);
    }
}
