//! Where traces go.

use url::Url;

use super::{Secret, number};

/// Where a collector takes traces, below the address it is named by.
const PATH: &str = "v1/traces";

/// What every command that serves takes.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Traces")]
pub struct TracingConfig {
    /// The collector that traces go to by OTLP over HTTP, as http://127.0.0.1:4318 [default: none]
    #[arg(long, env = "PORTAL_OTLP_ENDPOINT", value_name = "URL")]
    otlp_endpoint: Option<String>,

    /// Headers that it wants, by commas: NAME=VALUE
    #[arg(long, env = "PORTAL_OTLP_HEADERS", value_name = "HEADERS", hide_env_values = true)]
    otlp_headers: Option<Secret>,

    /// One in N traces goes there; of those that a caller began, all that the caller keeps
    #[arg(long, env = "PORTAL_OTLP_ONE_IN", value_name = "N", default_value = "1")]
    otlp_one_in: String,
}

/// The checked settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tracing {
    pub endpoint: Url,
    pub headers: Vec<(String, Secret)>,
    pub one_in: u64,
}

impl TracingConfig {
    /// The settings as values, where a collector is named; what is wrong with them goes to `keep`.
    pub(super) fn check(&self, keep: &mut impl FnMut(String)) -> Option<Tracing> {
        let one_in = number::<u64>(&self.otlp_one_in).ok().filter(|number| *number > 0);
        if one_in.is_none() {
            keep(format!("--otlp-one-in {} is not a number from 1", self.otlp_one_in));
        }
        let mut headers = Vec::new();
        let listed = self.otlp_headers.as_ref().map_or("", |listed| listed.0.as_str());
        for text in listed.split(',').map(str::trim).filter(|text| !text.is_empty()) {
            match text.split_once('=').map(|(name, value)| (name.trim(), value.trim())) {
                Some((name, value)) if is_header(name, value) => {
                    headers.push((name.to_owned(), Secret(value.to_owned())));
                }
                // Never the text: it may be a password.
                _ => keep("--otlp-headers must be like authorization=Bearer x,name=value".to_owned()),
            }
        }
        let text = self.otlp_endpoint.as_deref()?;
        let mut endpoint = match Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => url,
            _ => {
                keep(format!("--otlp-endpoint {text} must be like http://127.0.0.1:4318"));
                return None;
            }
        };
        if !endpoint.path().ends_with(PATH) {
            let path = format!("{}/{PATH}", endpoint.path().trim_end_matches('/'));
            endpoint.set_path(&path);
        }
        Some(Tracing {
            endpoint,
            headers,
            one_in: one_in?,
        })
    }
}

fn is_header(name: &str, value: &str) -> bool {
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    is_name && value.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        tracing: TracingConfig,
    }

    fn check(arguments: &[&str]) -> Result<Option<Tracing>, Vec<String>> {
        let command = Command::parse_from([&["portal"], arguments].concat());
        let mut problems = Vec::new();
        let tracing = command.tracing.check(&mut |problem| problems.push(problem));
        if problems.is_empty() {
            Ok(tracing)
        } else {
            Err(problems)
        }
    }

    #[test]
    fn traces_go_nowhere_unless_a_collector_is_named() {
        assert_eq!(check(&[]), Ok(None));
        for (named, expected) in [
            ("http://127.0.0.1:4318", "http://127.0.0.1:4318/v1/traces"),
            ("https://otel.example/otlp/", "https://otel.example/otlp/v1/traces"),
            ("http://otel.example/v1/traces", "http://otel.example/v1/traces"),
        ] {
            let argument = format!("--otlp-endpoint={named}");
            let tracing = check(&[&argument]).expect("good").expect("named");
            assert_eq!(tracing.endpoint.as_str(), expected);
        }
    }

    #[test]
    fn what_is_wrong_is_told_without_secrets() {
        let problems =
            check(&["--otlp-endpoint=otel", "--otlp-headers=s3cret", "--otlp-one-in=0"]).expect_err("all wrong");
        assert_eq!(problems.len(), 3, "{problems:?}");
        assert!(!problems.join("").contains("s3cret"));
        let tracing = check(&["--otlp-endpoint=http://x", "--otlp-headers=authorization=Bearer s3cret"]);
        assert!(!format!("{tracing:?}").contains("s3cret"));
    }
}
