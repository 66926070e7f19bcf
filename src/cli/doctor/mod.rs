//! `portal doctor`: looks at everything an installation stands on, and says of each thing whether it is well and what to do where
//! it is not. Nothing is changed, and no mail is sent unless it is asked for.

mod certificates;
mod database;
mod mail;
mod machine;
mod reach;

use serde::Serialize;

use super::{Failure, Outcome};
use crate::config::{Config, ServeConfig, Transport};
use crate::db::Database;

/// What to look at, and how to tell it. Settings are those of `portal serve`.
#[derive(Debug, clap::Args)]
pub struct Doctor {
    /// Tell it as JSON
    #[arg(long)]
    json: bool,

    /// Send a mail to this address, by the way that mails leave
    #[arg(long, value_name = "ADDRESS")]
    send_to: Option<String>,

    #[command(flatten)]
    serve: ServeConfig,
}

/// How a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Ok,
    Warn,
    Fail,
}

/// What was found of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Finding {
    check: &'static str,
    state: State,
    /// What is so.
    found: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<String>,
}

/// All that was found.
#[derive(Debug, Serialize)]
struct Report {
    state: State,
    version: &'static str,
    findings: Vec<Finding>,
}

fn ok(check: &'static str, found: impl Into<String>) -> Finding {
    Finding {
        check,
        state: State::Ok,
        found: found.into(),
        remedy: None,
    }
}

fn warn(check: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Finding {
    Finding {
        check,
        state: State::Warn,
        found: found.into(),
        remedy: Some(remedy.into()),
    }
}

fn fail(check: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Finding {
    Finding {
        state: State::Fail,
        ..warn(check, found, remedy)
    }
}

/// Whether `value` is above what is a warning, or a fault.
fn above(value: i64, warns: i64, fails: i64) -> State {
    match value {
        value if value >= fails => State::Fail,
        value if value >= warns => State::Warn,
        _ => State::Ok,
    }
}

pub(super) fn run(config: &Config, wanted: &Doctor) -> Outcome {
    let report = examine(config, wanted);
    if wanted.json {
        let text = serde_json::to_string_pretty(&report).map_err(|error| Failure::new(error.to_string()))?;
        println!("{text}");
    } else {
        tell(&report);
    }
    let failed = report
        .findings
        .iter()
        .filter(|finding| finding.state == State::Fail)
        .count();
    match failed {
        0 => Ok(()),
        1 => Err(Failure::new("One thing has to be mended.")),
        count => Err(Failure::new(format!("{count} things have to be mended."))),
    }
}

fn examine(config: &Config, wanted: &Doctor) -> Report {
    let mut findings = Vec::new();
    let serving = match wanted.serve.check(config) {
        Ok(serving) => {
            findings.extend(reach::settings(&serving));
            Some(serving)
        }
        Err(problems) => {
            let told = problems.0.into_iter().map(|problem| {
                let remedy = "Change the flag or its PORTAL_… variable; portal serve --help tells all of them";
                fail("settings", problem, remedy)
            });
            findings.extend(told);
            None
        }
    };
    if let Some(warning) = config.transport().ok().and_then(Transport::warning) {
        let remedy =
            "Name ?sslmode=verify-full in --database-url, and the server's authority in ~/.postgresql/root.crt";
        findings.push(warn("transport", warning, remedy));
    }
    findings.extend(machine::data_folder(config));
    findings.extend(machine::disk(config.data_dir()));
    findings.extend(machine::open_files());
    if let Ok(target) = config.target() {
        match target.exists() {
            true => match Database::open(target, 1) {
                Ok(opened) => findings.extend(database::look(&opened)),
                Err(error) => findings.push(fail(
                    "database",
                    error.to_string(),
                    "Start the server, or correct --database-url; the data folder must belong to who runs the portal",
                )),
            },
            false => findings.push(fail(
                "database",
                format!("There is no database at {target}"),
                "Make one with: portal migrate",
            )),
        }
    }
    if let Some(serving) = &serving {
        findings.extend(outside(serving, wanted.send_to.as_deref()));
    }
    let state = findings.iter().map(|finding| finding.state).max().unwrap_or(State::Ok);
    Report {
        state,
        version: env!("CARGO_PKG_VERSION"),
        findings,
    }
}

/// What is looked at over the network.
fn outside(serving: &crate::config::Serving, send_to: Option<&str>) -> Vec<Finding> {
    actix_web::rt::System::new().block_on(async {
        let mut findings = mail::look(serving, send_to).await;
        findings.extend(reach::public_address(serving).await);
        findings
    })
}

fn tell(report: &Report) {
    for finding in &report.findings {
        let mark = match finding.state {
            State::Ok => "ok  ",
            State::Warn => "warn",
            State::Fail => "FAIL",
        };
        println!("{mark}  {:<14} {}", finding.check, finding.found);
        if let Some(remedy) = &finding.remedy {
            println!("      {:<14} → {remedy}", "");
        }
    }
    let count = |state| report.findings.iter().filter(|finding| finding.state == state).count();
    println!(
        "{} things are well, {} could be better, {} have to be mended.",
        count(State::Ok),
        count(State::Warn),
        count(State::Fail)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_finding_is_the_state_of_all() {
        let found = [ok("a", ""), fail("b", "", ""), warn("c", "", "")];
        assert_eq!(found.iter().map(|finding| finding.state).max(), Some(State::Fail));
        assert_eq!(
            [above(1, 2, 3), above(2, 2, 3), above(3, 2, 3)],
            [State::Ok, State::Warn, State::Fail]
        );
    }

    #[test]
    fn a_remedy_is_told_where_there_is_one() {
        let json = serde_json::to_value([ok("a", "x"), warn("b", "y", "z")]).expect("json");
        assert_eq!(
            json,
            serde_json::json!([
                {"check": "a", "state": "ok", "found": "x"},
                {"check": "b", "state": "warn", "found": "y", "remedy": "z"},
            ])
        );
    }
}
