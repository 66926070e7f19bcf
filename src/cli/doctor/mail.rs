//! The way that mails leave: whether the server is there, protects the connection and lets the portal in.

use std::time::Duration;

use super::certificates::{self, Greeting};
use super::{Finding, fail, ok, warn};
use crate::clock::{self, Timestamp};
use crate::config::{Serving, Way};
use crate::mail::compose::{Composed, Heads, compose};
use crate::mail::letter::Rendered;
use crate::mail::{Mailer, Protection, SmtpServer};

const CHECK: &str = "mail_server";
/// What a test mail may take.
const TIMEOUT: Duration = Duration::from_secs(30);

pub(super) async fn look(serving: &Serving, send_to: Option<&str>) -> Vec<Finding> {
    let mut findings = match &serving.mailing.way {
        Way::Directory(folder) => vec![warn(
            CHECK,
            format!("Mails become files in {}", folder.display()),
            "Name a mail server with --smtp-url, so that people get them",
        )],
        Way::Smtp(server) => of_server(server).await,
    };
    if let Some(to) = send_to {
        findings.push(match send(serving, to).await {
            Ok(()) => ok(
                "mail_sent",
                format!("A mail to {to} was taken; look whether it arrives"),
            ),
            Err(why) => fail(
                "mail_sent",
                format!("A mail to {to} was not sent: {why}"),
                "Correct --smtp-url and --mail-from; the server's log tells more",
            ),
        });
    }
    findings
}

async fn of_server(server: &SmtpServer) -> Vec<Finding> {
    let greeted = match server.greet().await {
        Ok(()) => ok(CHECK, format!("{server} takes mails from here")),
        Err(error) => fail(
            CHECK,
            format!("{server} takes no mails: {error}"),
            "Look whether it runs and can be reached from here, and correct user, password and ?tls= of --smtp-url",
        ),
    };
    let (host, port) = server.place();
    let greeting = match server.protection() {
        Protection::Wrapped => Greeting::None,
        Protection::Required | Protection::Opportunistic => Greeting::Smtp,
        Protection::None => return vec![greeted],
    };
    let (host, now) = (host.to_owned(), clock::real());
    vec![greeted, certificates::look("mail_tls", &host, port, greeting, now)]
}

async fn send(serving: &Serving, to: &str) -> Result<(), String> {
    let mailer = match &serving.mailing.way {
        Way::Smtp(server) => Mailer::smtp(server.clone(), TIMEOUT),
        Way::Directory(folder) => Mailer::directory(folder.clone()),
    };
    let from = serving.mailing.from.clone().unwrap_or_else(|| to.to_owned());
    let mail = written(&from, to, clock::real()).map_err(|error| error.to_string())?;
    let mailer = mailer.map_err(|error| error.to_string())?;
    mailer.send(mail).await.map_err(|error| error.to_string())
}

fn written(from: &str, to: &str, now: Timestamp) -> crate::error::Result<Composed> {
    let heads = Heads {
        name: format!("doctor-{}", now.and_utc().timestamp_micros()),
        host: "portal.invalid".to_owned(),
        from: ("Portal".to_owned(), from.to_owned()),
        to: (String::new(), to.to_owned()),
        reply_to: None,
        thread: None,
        unsubscribe_url: None,
        date: now,
    };
    let text = "portal doctor sent this mail: the way that mails leave works.\n";
    let texts = Rendered {
        subject: "The portal can send mails".to_owned(),
        text: text.to_owned(),
        html: format!("<p>{}</p>", text.trim()),
    };
    compose(&heads, texts, Vec::new())
}
