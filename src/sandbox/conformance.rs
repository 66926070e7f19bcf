//! The report of what a partner's program has shown: scenarios are begun, then judged by what came.

use super::acting::{self, Stage};
use super::rules::{Act, Delivery, Facts, Failure, Judged, Progress, Request, Run, judge};
use super::store::{self, RequestRow, RunRow};
use super::{probing, sentences, watching};
use crate::accounts::sandboxes::rules::Scenario;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::ids::OrderId;
use crate::orders::rules::State;

/// Requests that are looked at.
const LOOKED_AT: i64 = 2_000;

/// What became of a scenario.
#[derive(Debug, Clone)]
pub struct Reported {
    pub scenario: Scenario,
    /// By the real clock; none where it was not begun since the last reset.
    pub begun_at: Option<Timestamp>,
    pub judged: Judged,
}

fn after(query: &str) -> Option<crate::ids::EventId> {
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs
        .find(|(name, _)| name == "after")
        .and_then(|(_, id)| id.parse().ok())
}

fn request(row: RequestRow) -> Request {
    Request {
        at: row.requested_at,
        after: after(&row.query),
        method: row.method,
        path: row.path,
        status: u16::try_from(row.status).unwrap_or_default(),
        key: row.idempotency_key,
        has_user_agent: row.user_agent.is_some_and(|name| !name.trim().is_empty()),
        failure: row.failure,
        id: row.request_id,
    }
}

fn run(row: RunRow) -> Result<Run> {
    let deliveries: Vec<Delivery> = serde_json::from_str(&row.deliveries).map_err(Error::internal)?;
    Ok(Run {
        begun_at: row.begun_at,
        subject: row.subject,
        deliveries,
    })
}

/// Every scenario; `passed` are those that were passed before, parted by blanks. `now` is by the real clock.
pub fn report(connection: &mut Connection, passed: &str, now: Timestamp) -> Result<Vec<Reported>> {
    let requests: Vec<_> = store::list_requests(connection, LOOKED_AT)?
        .into_iter()
        .map(request)
        .collect();
    let mut runs = Vec::new();
    for row in store::list_runs(connection)? {
        runs.push((row.scenario.clone(), run(row)?));
    }
    let reported = |scenario: Scenario| {
        let run = runs
            .iter()
            .find(|(name, _)| name == scenario.name())
            .map(|(_, run)| run);
        let was_passed = passed.split(' ').any(|name| name == scenario.name());
        let judged = match run {
            Some(run) => {
                let requests = &requests;
                judge(scenario, Facts { run, requests, now })
            }
            None => Judged {
                progress: if was_passed {
                    Progress::Passed
                } else {
                    Progress::NotBegun
                },
                evidence: Vec::new(),
            },
        };
        Reported {
            scenario,
            begun_at: run.map(|run| run.begun_at),
            judged,
        }
    };
    Ok(Scenario::ALL.into_iter().map(reported).collect())
}

/// The names of those that are passed, parted by blanks.
pub fn passed(report: &[Reported]) -> String {
    let names = report
        .iter()
        .filter(|reported| reported.judged.progress == Progress::Passed);
    names
        .map(|reported| reported.scenario.name())
        .collect::<Vec<_>>()
        .join(" ")
}

fn last_order(tx: &mut Connection, stage: Stage, states: &[State]) -> Result<OrderId> {
    let names: Vec<_> = states.iter().map(|state| state.name()).collect();
    let found = store::last_order(tx, stage.account_id, &names)?;
    found.ok_or_else(|| Error::conflict(Code::SandboxStateForbids, sentences::sandbox_order_needed()))
}

/// Begins a scenario. `deliveries` are the answers to its webhooks, where it has some; `real` is by the real clock.
pub fn begin(
    tx: &mut Connection,
    stage: Stage,
    scenario: Scenario,
    deliveries: &[Delivery],
    (now, real): (Timestamp, Timestamp),
) -> Result<()> {
    let mut subject = None;
    match scenario {
        Scenario::UserAgent
        | Scenario::WrongSignature
        | Scenario::UnknownFields
        | Scenario::UnknownEventType
        | Scenario::DuplicateDelivery => {}
        Scenario::RetryAfterError => watching::arm(tx, Failure::ErrorBefore, 1, true)?,
        Scenario::RetryAfterCut => watching::arm(tx, Failure::ConnectionCut, 1, true)?,
        Scenario::WaitWhenTold => watching::arm(tx, Failure::TooManyRequests, 1, false)?,
        Scenario::CatchUp => subject = store::last_event(tx, stage.account_id)?.map(|id| id.to_string()),
        Scenario::PartialShipment => {
            let id = last_order(tx, stage, &[State::Placed, State::Accepted, State::OnHold])?;
            acting::act(tx, stage, id, Act::ShipPart, now)?;
            subject = Some(id.to_string());
        }
        Scenario::Rejection => {
            let states = [State::Placed, State::Accepted, State::OnHold, State::PendingApproval];
            let id = last_order(tx, stage, &states)?;
            acting::act(tx, stage, id, Act::Reject, now)?;
            subject = Some(id.to_string());
        }
    }
    debug_assert!(deliveries.is_empty() || probing::is_probed(scenario));
    let row = RunRow {
        scenario: scenario.name().to_owned(),
        begun_at: real,
        subject,
        deliveries: serde_json::to_string(deliveries).map_err(Error::internal)?,
    };
    store::store_run(tx, &row)
}
