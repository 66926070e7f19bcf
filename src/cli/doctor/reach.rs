//! Settings that are allowed and seldom meant, and the address under which people reach the portal.

use super::certificates::{self, Greeting};
use super::{Finding, fail, ok, warn};
use crate::clock;
use crate::config::Serving;
use crate::outbound::plain_client;

const HTTPS: u16 = 443;

/// Settings that could be read.
pub(super) fn settings(serving: &Serving) -> Vec<Finding> {
    const CHECK: &str = "settings";
    let mut findings = Vec::new();
    if serving.public_url.is_none() {
        findings.push(warn(
            CHECK,
            "Nothing says how people reach the portal, so links in mails lead to this machine",
            "Name the address with --public-url https://…",
        ));
    }
    if serving.proxies.is_none() {
        findings.push(warn(
            CHECK,
            "The proxy before the portal is not named: where requests come from is unknown, and failed sign-ins are not \
             counted by address",
            "Name it with --trusted-proxies",
        ));
    }
    if serving.rate_limit == 0 {
        findings.push(warn(
            CHECK,
            "Nobody's requests are limited",
            "Set --rate-limit, or leave it out for 300 a second",
        ));
    }
    if serving.metrics.is_none() {
        findings.push(warn(
            CHECK,
            "No metrics are served, so no alert can tell that something is wrong",
            "Serve them with --metrics-listen 127.0.0.1:9464; ops/ has rules for Prometheus",
        ));
    }
    if findings.is_empty() {
        findings.push(ok(CHECK, "The settings are good"));
    }
    findings
}

/// What answers at the address that people use.
pub(super) async fn public_address(serving: &Serving) -> Vec<Finding> {
    const CHECK: &str = "public_address";
    const REMEDY: &str = "Look at the proxy before the portal and at the name's address; ops/ has examples";
    let Some(url) = &serving.public_url else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    if let (true, Some(host)) = (url.scheme() == "https", url.host_str()) {
        let port = url.port().unwrap_or(HTTPS);
        findings.push(certificates::look(
            "public_tls",
            host,
            port,
            Greeting::None,
            clock::real(),
        ));
    }
    let (Ok(client), Ok(probe)) = (plain_client(), url.join("livez")) else {
        return findings;
    };
    findings.push(match client.get(probe.clone()).send().await {
        Ok(answer) if answer.status().is_success() => ok(CHECK, format!("{probe} answers")),
        Ok(answer) => fail(CHECK, format!("{probe} answers {}", answer.status()), REMEDY),
        Err(error) => warn(
            CHECK,
            format!("{probe} can't be reached from here: {}", error.without_url()),
            REMEDY,
        ),
    });
    findings
}
