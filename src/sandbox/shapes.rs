//! Sandboxes as REST takes and answers them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::conformance::{self, Reported};
use super::rules::{Act, Failure, Progress};
use crate::accounts::sandboxes::SandboxRow;
use crate::accounts::sandboxes::rules::{Scenario, open};
use crate::clock::{real, rfc3339};
use crate::languages::Language;
use crate::worlds;

/// A sandbox of an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct SandboxView {
    #[schema(example = "sbx_0BGK1J3Z00002")]
    id: String,
    /// Whose twin it has.
    account_id: String,
    /// Where it is: what stands before `/api/v1` and `/oauth/token` there, below the address of the portal.
    #[schema(example = "/sandbox/sbx_0BGK1J3Z00002")]
    path: String,
    /// The present there.
    #[schema(format = DateTime)]
    now: String,
    /// How many days that is ahead.
    days_ahead: i64,
    #[schema(format = DateTime)]
    created_at: String,
    /// When it was last brought up to the account's prices and catalogue.
    #[schema(format = DateTime)]
    refreshed_at: String,
    /// Every scenario is passed.
    is_ready: bool,
    /// Scenarios that are not passed.
    open_scenarios: Vec<Scenario>,
}

impl From<SandboxRow> for SandboxView {
    fn from(row: SandboxRow) -> Self {
        let open_scenarios = open(&row.passed);
        Self {
            id: row.id.to_string(),
            account_id: row.account_id.to_string(),
            path: worlds::path(row.id),
            now: rfc3339(real() + chrono::TimeDelta::try_seconds(row.ahead_s).unwrap_or_default()),
            days_ahead: row.ahead_s / 86_400,
            created_at: rfc3339(row.created_at),
            refreshed_at: rfc3339(row.refreshed_at),
            is_ready: open_scenarios.is_empty(),
            open_scenarios,
        }
    }
}

/// How far the clock is set ahead.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvanceSandbox {
    /// Days; at most 1,500 in all.
    #[schema(minimum = 1, maximum = 1500, example = 31)]
    pub days: i64,
}

/// What the supplier is to do.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActInSandbox {
    /// An order that isn't accepted is accepted before it is shipped; nothing else that has to come before comes with it.
    #[schema(value_type = Act)]
    pub act: String,
}

/// What became of the order.
#[derive(Debug, Serialize, ToSchema)]
pub struct SandboxActView {
    #[schema(example = "ord_0BGK1J3Z00004")]
    pub order_id: String,
    pub act: Act,
    /// The order's state then.
    pub state: crate::orders::rules::State,
}

/// A failure that the next requests meet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeSandboxFail {
    #[schema(value_type = Failure)]
    pub failure: String,
    /// How many requests meet it; 0: what waits is called off.
    #[schema(minimum = 0, maximum = 100, example = 1)]
    pub times: i64,
    /// Only orders that are placed meet it.
    #[serde(default)]
    pub only_orders: bool,
}

/// Failures that wait for requests.
#[derive(Debug, Serialize, ToSchema)]
pub struct SandboxFailuresView {
    pub failures: Vec<WaitingFailure>,
}

/// A failure that waits for requests.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitingFailure {
    pub failure: Failure,
    pub times: i64,
    pub only_orders: bool,
}

/// A scenario to begin.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginScenario {
    #[schema(value_type = Scenario)]
    pub scenario: String,
}

/// What a program has shown in a sandbox.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConformanceView {
    /// Every scenario is passed.
    is_ready: bool,
    scenarios: Vec<ScenarioView>,
}

/// One scenario.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScenarioView {
    scenario: Scenario,
    state: Progress,
    /// When it was begun since the last reset.
    #[schema(required, format = DateTime)]
    begun_at: Option<String>,
    /// What is awaited, and what to mend where it failed.
    awaited: String,
    /// Requests and deliveries that decide, a line each.
    evidence: Vec<String>,
}

impl ConformanceView {
    pub fn new(report: Vec<Reported>) -> Self {
        let is_ready = open(&conformance::passed(&report)).is_empty();
        let view = |reported: Reported| ScenarioView {
            scenario: reported.scenario,
            state: reported.judged.progress,
            begun_at: reported.begun_at.map(rfc3339),
            awaited: Language::En.text(&awaited(reported.scenario)),
            evidence: reported.judged.evidence,
        };
        Self {
            is_ready,
            scenarios: report.into_iter().map(view).collect(),
        }
    }
}

/// The key of the text that says what a scenario awaits.
pub fn awaited(scenario: Scenario) -> String {
    format!("sandbox-awaited-{}", scenario.name().replace('_', "-"))
}
