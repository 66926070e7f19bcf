//! How people prove who they are, and for how long that holds.

use std::path::PathBuf;

use chrono::TimeDelta;

use super::number;
use crate::breached::Breached;
use crate::names::names;

names! {
    /// Who needs a second factor.
    pub enum RequireMfa as RequireMfa {
        Staff = "staff",
        All = "all",
    }
}

/// What `serve` takes about signing in.
#[derive(Debug, Clone, clap::Args)]
pub struct SignInConfig {
    /// Minutes after which a session ends that nobody uses; 14 days where somebody asked to stay signed in, and for programs
    #[arg(long, env = "PORTAL_IDLE_MINUTES", value_name = "N", default_value = "120")]
    idle_minutes: String,

    /// Minutes after which password or second factor are asked for again before credit, prices or roles are changed;
    /// 0 = never
    #[arg(long, env = "PORTAL_STEP_UP_MINUTES", value_name = "N", default_value = "15")]
    step_up_minutes: String,

    /// Who sets up a second factor before anything else: staff, or all
    #[arg(long, env = "PORTAL_REQUIRE_MFA", value_name = "WHO")]
    require_mfa: Option<String>,

    /// Passwords from breaches, of which none is taken: a file of SHA-1 hashes in their order, as Have I Been Pwned gives out
    #[arg(long, env = "PORTAL_BREACHED_PASSWORDS", value_name = "FILE")]
    breached_passwords: Option<PathBuf>,
}

/// The checked settings about signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignIn {
    /// How long a session lives that nobody uses.
    pub idle: TimeDelta,
    /// How long a proof is good for what needs a fresh one; nothing: for ever.
    pub step_up: Option<TimeDelta>,
    /// Who needs a second factor; nobody, unless it is said.
    pub require_mfa: Option<RequireMfa>,
}

impl Default for SignIn {
    fn default() -> Self {
        Self {
            idle: TimeDelta::minutes(120),
            step_up: Some(TimeDelta::minutes(15)),
            require_mfa: None,
        }
    }
}

impl SignInConfig {
    /// The list of passwords from breaches; why it can't be read goes to `keep`.
    pub(super) fn breached(&self, keep: impl FnOnce(String)) -> Option<Breached> {
        let path = self.breached_passwords.as_deref()?;
        let opened = Breached::open(path);
        opened.map_err(|why| keep(format!("--breached-passwords {why}"))).ok()
    }

    /// The settings as values; every problem goes to `keep`.
    pub(super) fn check(&self, mut keep: impl FnMut(String)) -> SignIn {
        let mut minutes = |name: &str, text: &str, least: u32| {
            let read = number::<u32>(text).and_then(|minutes| match minutes < least {
                true => Err(format!("{text} is below {least}")),
                false => Ok(TimeDelta::minutes(i64::from(minutes))),
            });
            read.map_err(|why| keep(format!("--{name} {why}"))).unwrap_or_default()
        };
        let idle = minutes("idle-minutes", &self.idle_minutes, 1);
        let step_up = minutes("step-up-minutes", &self.step_up_minutes, 0);
        let require_mfa = self.require_mfa.as_deref().filter(|text| !text.is_empty());
        if let Some(text) = require_mfa.filter(|text| RequireMfa::from_name(text).is_none()) {
            keep(format!("--require-mfa {text} is neither staff nor all"));
        }
        SignIn {
            idle,
            step_up: Some(step_up).filter(|limit| !limit.is_zero()),
            require_mfa: require_mfa.and_then(RequireMfa::from_name),
        }
    }
}
