//! What the log tells of attempts to pass by the guards and of faults of ours: at which moment, for whom, and in lines that
//! nothing sent can forge.

use portal::clock;
use portal::db::{Database, sql};
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::{PASSWORD, outside_the_runtime};
use crate::client::{Client, http_client};
use crate::program::{Installation, Serving};
use crate::wire::talk;

struct Logged {
    installation: Installation,
    serving: Serving,
    log: std::path::PathBuf,
    token: String,
}

impl Logged {
    async fn start(filter: &str, more: &[&str]) -> Self {
        let installation = Installation::by_default();
        let (serving, log) = installation.serve_logged_with(filter, more);
        let add = [
            "user",
            "add",
            "--email",
            "a@s.example",
            "--staff-role",
            "admin",
            "--password-stdin",
        ];
        installation.succeed(&add, PASSWORD);
        let credentials = json!({"email": "a@s.example", "password": PASSWORD});
        let client = Client::anonymous(&serving.base);
        let tokens = client.post("/auth/login", credentials).await.expect(200);
        Self {
            installation,
            serving,
            log,
            token: tokens["access_token"].as_str().unwrap().to_owned(),
        }
    }

    fn anonymous(&self) -> Client {
        Client::anonymous(&self.serving.base)
    }

    fn client(&self) -> Client {
        self.anonymous().with_token(&self.token)
    }

    /// All that was logged, once the program is gone.
    fn text(self) -> String {
        drop(self.serving);
        std::fs::read_to_string(self.log).unwrap()
    }

    fn lines(self) -> Vec<Value> {
        read(&self.text())
    }
}

fn read(text: &str) -> Vec<Value> {
    let read = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    text.lines().map(read).collect()
}

/// A moment of these minutes, told in UTC.
#[track_caller]
fn is_now_in_utc(moment: &Value) {
    let text = moment.as_str().unwrap();
    let at = chrono::DateTime::parse_from_rfc3339(text).unwrap().naive_utc();
    let apart = (clock::now() - at).abs();
    assert!(text.ends_with('Z') && apart < chrono::TimeDelta::minutes(10), "{text}");
}

fn saying<'a>(lines: &'a [Value], message: &str) -> Vec<&'a Value> {
    lines.iter().filter(|line| line["message"] == message).collect()
}

#[tokio::test]
async fn requests_beyond_the_rate_and_forged_tokens_are_told() {
    let logged = Logged::start("info", &["--rate-limit", "1"]).await;
    let me = logged.client().get("/me").await.expect(200)["id"].clone();
    let client = logged.client();
    let mut statuses = Vec::new();
    for _ in 0..11 {
        let asked = (0..100).map(|_| client.get("/me"));
        let answers = futures::future::join_all(asked).await;
        statuses.extend(answers.into_iter().map(|answer| answer.status));
    }
    // A thousand at once, then one a second.
    let refused = statuses.iter().filter(|status| **status == 429).count();
    assert!((50..=105).contains(&refused), "{refused} of {}", statuses.len());
    assert_eq!(
        statuses.iter().filter(|status| **status == 200).count(),
        statuses.len() - refused
    );

    let anonymous = logged.anonymous();
    let parts: Vec<_> = logged.token.split('.').collect();
    let forged = format!("{}.{}.{}", parts[0], parts[1], "A".repeat(parts[2].len()));
    for token in [forged.as_str(), "made-up", &logged.token.to_uppercase()] {
        anonymous
            .with_token(token)
            .get("/me")
            .await
            .problem(401, "unauthenticated");
    }
    let elsewhere = http_client()
        .build()
        .unwrap()
        .post(format!("{}/sign-in", logged.serving.base))
        .header("origin", "https://evil.example")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("email=a&password=b");
    assert_eq!(elsewhere.send().await.unwrap().status(), 403);
    let lines = logged.lines();
    assert_eq!(saying(&lines, "a form of another site was refused").len(), 1);
    let beyond = saying(&lines, "a request beyond the rate was refused");
    assert!(beyond.len() >= 4 && beyond.len() < 10, "told a few times: {beyond:#?}");
    assert!(
        beyond
            .iter()
            .all(|line| line["person"] == me && line["level"] == "WARN"),
        "{beyond:#?}"
    );
    let forged = saying(&lines, "a token that none of our keys signed was refused");
    assert_eq!(forged.len(), 3, "{forged:#?}");
    assert_eq!(forged[0]["span"]["from"], "127.0.0.1");
}

#[tokio::test]
async fn a_fault_of_ours_is_told_in_the_log_by_the_id_that_the_caller_sees() {
    let logged = Logged::start("info", &[]).await;
    let target = logged.installation.target();
    outside_the_runtime(|| {
        let db = Database::open(target, 1).unwrap();
        db.write_now(|tx| sql("ALTER TABLE carriers RENAME TO carriers_elsewhere").run(tx))
            .unwrap();
    });
    let answer = logged.client().get("/supplier/carriers").await;
    let id = answer.header("x-request-id").to_owned();
    let problem = answer.problem(500, "internal");
    assert!(!problem.to_string().contains("carriers_elsewhere"), "{problem}");
    let lines = logged.lines();
    let told: Vec<_> = lines
        .iter()
        .filter(|line| line["level"] == "ERROR" && line["span"]["id"] == id.as_str())
        .collect();
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0]["message"], "a request failed");
    assert!(told[0]["error"].as_str().unwrap().contains("carriers"), "{told:#?}");
}

#[tokio::test]
async fn lines_have_the_moment_in_utc_and_nothing_sent_can_forge_one() {
    let logged = Logged::start("trace", &[]).await;
    let forged = "x\"}\n{\"level\":\"ERROR\",\"message\":\"forged\"}\r\n[31mred\u{202e}";
    // Line ends are taken and recorded, what speaks to a terminal is refused before.
    for (forged, status) in [(forged.to_owned(), 401), (forged.replace('[', "\u{1b}["), 422)] {
        let credentials = json!({"email": format!("{forged}@s.example"), "password": forged});
        let answer = logged.anonymous().post("/auth/login", credentials).await;
        assert_eq!(answer.status, status, "{}", answer.text);
    }
    let encoded = "%0A%7B%22level%22%3A%22ERROR%22%2C%22message%22%3A%22forged%22%7D%1B%5B31m";
    logged.client().get(&format!("/supplier/products?q={encoded}")).await;
    for headers in [[("x-request-id", "a b{}\"forged"), ("user-agent", "\"forged\"")]] {
        logged
            .client()
            .send(Method::GET, &format!("/{encoded}"), &headers, None)
            .await;
    }
    let recorded = logged.client().get("/supplier/audit?action=session.").await.expect(200);
    let recorded = recorded["data"].as_array().unwrap();
    assert!(recorded.len() >= 2, "{recorded:#?}");
    recorded.iter().for_each(|entry| is_now_in_utc(&entry["recorded_at"]));
    let text = logged.text();
    assert!(!text.contains('\u{1b}'), "nothing speaks to a terminal");
    // Each line is JSON of its own, or this fails.
    let lines = read(&text);
    for line in &lines {
        assert_ne!(line["message"], "forged", "{line}");
        is_now_in_utc(&line["timestamp"]);
    }
    let signed_in = saying(&lines, "signed in");
    assert!(
        signed_in
            .iter()
            .all(|line| line["person"].is_string() && line["session"].is_string())
    );
    assert!(!signed_in.is_empty());
}

#[tokio::test]
async fn what_is_not_there_for_somebody_is_told_a_few_times() {
    let logged = Logged::start("info", &[]).await;
    let client = logged.client();
    let me = client.get("/me").await.expect(200)["id"].clone();
    // Another's, a typing error or a guess: the answer is the same, and so is the line.
    for number in 1000..1020 {
        let path = format!("/supplier/accounts/acc_0NDE30J2R{number}");
        client.get(&path).await.problem(404, "not_found");
    }
    // What has no route is nobody's, and who isn't known asks for nothing.
    client.get("/nowhere").await.problem(404, "not_found");
    logged
        .anonymous()
        .get("/supplier/accounts/acc_0NDE30J2R1000")
        .await
        .problem(401, "unauthenticated");
    let lines = logged.lines();
    let told = saying(&lines, "what is not there for them was asked for");
    let times: Vec<_> = told.iter().filter_map(|line| line["times"].as_i64()).collect();
    assert_eq!(times, [1, 2, 3, 10], "{told:#?}");
    assert!(told.iter().all(|line| line["person"] == me && line["level"] == "WARN"));
    assert_eq!(told[0]["span"]["path"], "/api/v1/supplier/accounts/acc_0NDE30J2R1000");
}

#[tokio::test]
async fn what_nobody_can_read_is_no_fault_of_ours() {
    let logged = Logged::start("trace", &[]).await;
    for bytes in [
        "NONSENSE\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: portal\r\nContent-Length: many\r\n\r\n",
    ] {
        let (answers, is_closed) = talk(&logged.serving.base, bytes).await;
        assert!(
            is_closed && !answers.is_empty() && answers.iter().all(|line| line.contains(" 400 ")),
            "{answers:?}"
        );
    }
    let lines = logged.lines();
    let faults: Vec<_> = lines.iter().filter(|line| line["level"] == "ERROR").collect();
    assert!(faults.is_empty(), "{faults:#?}");
}
