//! What settings are taken, and what is told of those that are not.

use super::*;
use clap::Parser;

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    config: Config,
    #[command(flatten)]
    serve: ServeConfig,
}

fn check(arguments: &[&str]) -> Result<Serving, Problems> {
    let command = Command::parse_from([&["portal"], arguments].concat());
    command.serve.check(&command.config)
}

#[test]
fn serving_needs_no_setting() {
    let serving = check(&[]).expect("the defaults are good");
    assert_eq!(serving.listen, SocketAddr::from(([127, 0, 0, 1], 8080)));
    assert_eq!((serving.rate_limit, serving.worker), (300, true));
    assert_eq!(serving.target.to_string(), "sqlite://./portal-data/portal.db");
}

#[test]
fn every_problem_is_told_at_once() {
    let problems = check(&[
        "--listen=nowhere",
        "--rate-limit=-1",
        "--database-url=mysql://x",
        "--public-url=ftp://x",
        "--database-connections=many",
        "--metrics-listen=x",
        "--smtp-url=mail.example",
        "--trusted-proxies=10.0.0.0/8, proxy.example",
        "--idle-minutes=0",
        "--step-up-minutes=soon",
        "--require-mfa=buyers",
        "--webhook-hosts=a b",
        "--otlp-endpoint=otel",
        "--drain-seconds=601",
    ])
    .expect_err("all wrong");
    assert_eq!(problems.0.len(), 14, "{problems}");
}

#[test]
fn a_second_factor_is_asked_of_those_who_are_named() {
    for (arguments, expected) in [
        (&[][..], None),
        (&["--require-mfa=staff"], Some(RequireMfa::Staff)),
        (&["--require-mfa=all"], Some(RequireMfa::All)),
    ] {
        let sign_in = check(arguments).expect("good").sign_in;
        assert_eq!(sign_in.require_mfa, expected);
        assert_eq!(
            SignIn {
                require_mfa: None,
                ..sign_in
            },
            SignIn::default()
        );
    }
    let never = check(&["--step-up-minutes=0", "--idle-minutes=5"])
        .expect("good")
        .sign_in;
    assert_eq!((never.step_up, never.idle), (None, chrono::TimeDelta::minutes(5)));
}

#[test]
fn only_loopback_is_served_without_https() {
    for (arguments, expected) in [
        (&["--listen=0.0.0.0:80"][..], false),
        (&["--listen=0.0.0.0:80", "--public-url=http://portal.example"], false),
        (&["--listen=0.0.0.0:80", "--public-url=https://portal.example"], true),
        (&["--listen=[::1]:80"], true),
        (&["--listen=127.0.0.9:80", "--public-url=http://127.0.0.9"], true),
    ] {
        assert_eq!(check(arguments).is_ok(), expected, "{arguments:?}");
    }
}

#[test]
fn what_settings_leave_unguarded_is_told_at_the_start() {
    let https = "--public-url=https://portal.example";
    let metrics = ["--metrics-listen=0.0.0.0:9000", "--metrics-token=0123456789abcdef"];
    for (arguments, expected) in [
        (&[][..], 0),
        (&[https], 1),
        (&[https, "--require-mfa=staff"], 0),
        (&[https, "--require-mfa=all", "--metrics-listen=127.0.0.1:9000"], 0),
        (&[https, "--require-mfa=all", metrics[0], metrics[1]], 1),
        (&[https, metrics[0], metrics[1]], 2),
    ] {
        let told = check(arguments).expect("good").warnings();
        assert_eq!(told.len(), expected, "{arguments:?}: {told:?}");
    }
}

#[test]
fn no_proxy_is_everybody() {
    for (named, expected) in [
        ("10.0.0.0/8", true),
        ("::1", true),
        ("0.0.0.0/0", false),
        ("10.0.0.1, ::/0", false),
    ] {
        assert_eq!(
            check(&[format!("--trusted-proxies={named}").as_str()]).is_ok(),
            expected,
            "{named}"
        );
    }
}

#[test]
fn metrics_beyond_this_machine_need_a_token() {
    for (arguments, expected) in [
        (&["--metrics-listen=127.0.0.1:9000"][..], true),
        (&["--metrics-listen=0.0.0.0:9000"], false),
        (&["--metrics-listen=0.0.0.0:9000", "--metrics-token=short"], false),
        (
            &["--metrics-listen=0.0.0.0:9000", "--metrics-token=0123456789abcdef"],
            true,
        ),
    ] {
        assert_eq!(check(arguments).is_ok(), expected, "{arguments:?}");
    }
    let serving = check(&["--metrics-token=0123456789abcdef"]).expect("good");
    assert!(!format!("{serving:?}").contains("0123456789"));
}

#[test]
fn addresses_are_unknown_behind_a_proxy_that_is_not_named() {
    for (arguments, expected) in [
        (&[][..], Some(0)),
        (&["--public-url=http://localhost:8080"], Some(0)),
        (&["--public-url=http://127.0.0.1:8080"], Some(0)),
        (&["--public-url=https://portal.example"], None),
        (
            &[
                "--public-url=https://portal.example",
                "--trusted-proxies=127.0.0.1,fd00::/8",
            ],
            Some(2),
        ),
    ] {
        let serving = check(arguments).expect("good");
        assert_eq!(serving.proxies.map(|proxies| proxies.len()), expected, "{arguments:?}");
    }
}

#[test]
fn what_is_for_this_machine_is_served_on_loopback_only() {
    for (listen, expected) in [("127.0.0.1:80", true), ("[::1]:80", true), ("0.0.0.0:80", false)] {
        let command = Command::parse_from(["portal", "--listen", listen, "--public-url=https://portal.example"]);
        let serving = command.serve.check_on_loopback(&command.config);
        assert_eq!(serving.is_ok(), expected, "{listen}");
    }
}

#[test]
fn secrets_are_not_printed() {
    for url in [
        "postgres://u:secret@localhost/d",
        "postgres://u@h/d?sslmode=require&password=secret",
    ] {
        let command = Command::parse_from(["portal", "--database-url", url]);
        let serving = command.serve.check(&command.config).expect("good");
        assert!(!format!("{:?} {serving:?}", command.config).contains("secret"), "{url}");
    }
}
