//! The sandbox of my account on its pages: where it is, what programs have shown, and the way in to look around.

use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};
use askama::Template;

use super::shapes::awaited;
use super::view::{self, looking_in};
use super::{conformance::Reported, rules::Progress};
use crate::accounts::sandboxes::SandboxRow;
use crate::accounts::sandboxes::rules::{Scenario, open};
use crate::clock;
use crate::error::{Error, Result};
use crate::identity::caller::{Anyone, MayManage, Visitor};
use crate::state::AppState;
use crate::web::{Chip, Fields, Shape, Shell, Tone, cookies, see_other};
use crate::worlds;

const PATH: &str = "/sandbox";

/// A scenario as a row of the report.
pub struct Line {
    pub name: &'static str,
    pub title: String,
    pub state: Chip,
    pub awaited: String,
    pub begun: String,
    pub evidence: Vec<String>,
}

/// What is shown of a sandbox, in the portal and on the desk.
pub struct Shown {
    /// Label and value.
    pub facts: Vec<(String, String)>,
    pub ready: Chip,
    pub lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "sandbox/templates/sandbox.html")]
struct SandboxPage<'a> {
    shell: &'a Shell,
    shown: Option<Shown>,
}

fn progress_chip(shell: &Shell, progress: Progress) -> Chip {
    let (tone, shape) = match progress {
        Progress::NotBegun => (Tone::Neutral, Shape::Ring),
        Progress::Running => (Tone::Info, Shape::Half),
        Progress::Passed => (Tone::Ok, Shape::Dot),
        Progress::Failed => (Tone::Bad, Shape::Diamond),
    };
    Chip::new(tone, shape, shell.name("sandbox-progress", progress.name()))
}

/// Whether an account's programs are ready, by the names of what was passed.
pub fn ready_chip(shell: &Shell, passed: &str) -> Chip {
    match open(passed).len() {
        0 => Chip::new(Tone::Ok, Shape::Dot, shell.t("sandbox-ready")),
        left => {
            let left = i64::try_from(left).unwrap_or(i64::MAX);
            Chip::new(Tone::Warn, Shape::Half, shell.t1("sandbox-open", "count", left))
        }
    }
}

/// What a page shows of a sandbox.
pub fn shown(shell: &Shell, row: &SandboxRow, report: Vec<Reported>) -> Shown {
    let present = clock::real() + chrono::TimeDelta::try_seconds(row.ahead_s).unwrap_or_default();
    let line = |reported: Reported| Line {
        name: reported.scenario.name(),
        title: shell.name("sandbox-scenario", reported.scenario.name()),
        state: progress_chip(shell, reported.judged.progress),
        awaited: shell.t(&awaited(reported.scenario)),
        begun: reported.begun_at.map(|at| shell.moment(at)).unwrap_or_default(),
        evidence: reported.judged.evidence,
    };
    let passed = super::conformance::passed(&report);
    let lines = report.into_iter().map(line).collect();
    Shown {
        facts: vec![
            (shell.t("sandbox-address"), worlds::path(row.id)),
            (shell.t("sandbox-day"), shell.moment(present)),
            (shell.t("sandbox-refreshed"), shell.moment(row.refreshed_at)),
        ],
        ready: ready_chip(shell, &passed),
        lines,
    }
}

/// The sandbox and what programs have shown there
#[get("/sandbox")]
pub async fn show(state: Data<AppState>, visitor: Visitor<MayManage>) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let shell = &visitor.shell;
    let shown = match view::report(&state, account_id).await {
        Err(Error::NotFound) => None,
        report => {
            let report = report?;
            let (_, row) = view::of_account(&state, account_id).await?;
            Some(shown(shell, &row, report))
        }
    };
    shell.page(&SandboxPage { shell, shown })
}

/// Begins a scenario
#[post("/sandbox/begin")]
pub async fn begin(state: Data<AppState>, visitor: Visitor<MayManage>, fields: Fields) -> Result<HttpResponse> {
    let scenario = Scenario::from_name(fields.get("scenario")).ok_or(Error::NotFound)?;
    let shell = &visitor.shell;
    let begun = view::begin(&state, visitor.customer.account_id, scenario).await;
    let answer = match begun {
        Ok(()) => see_other(PATH).flash(Tone::Ok, shell.t("sandbox-begun")),
        Err(Error::NotFound) => return Err(Error::NotFound),
        Err(error @ (Error::Conflict { .. } | Error::Invalid(_))) => {
            see_other(PATH).flash(Tone::Bad, shell.error_text(&error))
        }
        Err(error) => return Err(error),
    };
    Ok(answer.into())
}

/// Sets the clock ahead
#[post("/sandbox/clock")]
pub async fn advance(state: Data<AppState>, visitor: Visitor<MayManage>, fields: Fields) -> Result<HttpResponse> {
    let days = fields.get("days").trim().parse().unwrap_or_default();
    let (account_id, shell) = (visitor.customer.account_id, &visitor.shell);
    let answer = match view::advance(&state, account_id, days, visitor.customer.actor()).await {
        Ok(()) => see_other(PATH).flash(Tone::Ok, shell.t("sandbox-advanced")),
        Err(error @ Error::Invalid(_)) => see_other(PATH).flash(Tone::Bad, shell.error_text(&error)),
        Err(error) => return Err(error),
    };
    Ok(answer.into())
}

/// Leads the reader into the sandbox
#[post("/sandbox/look-in")]
pub async fn look_in(state: Data<AppState>, visitor: Visitor<MayManage>) -> Result<HttpResponse> {
    let customer = &visitor.customer;
    let (sandbox, _) = view::of_account(&state, customer.account_id).await?;
    let roles = customer.roles.iter().map(|role| role.name()).collect();
    let who = (customer.person_id, Some(customer.account_id));
    let cookie = looking_in::begin(&state, &sandbox, who, roles).await?;
    let mut answer: HttpResponse = see_other("/").into();
    answer.add_cookie(&cookie).map_err(Error::internal)?;
    Ok(answer)
}

/// Leads the reader out again
#[post("/sandbox/leave")]
pub async fn leave(anyone: Anyone) -> Result<HttpResponse> {
    let to = match anyone.caller.account_id() {
        Some(_) => PATH,
        None => "/desk",
    };
    let mut answer: HttpResponse = see_other(to).into();
    answer
        .add_cookie(&cookies::removed(cookies::SANDBOX))
        .map_err(Error::internal)?;
    Ok(answer)
}
