//! Requests as bytes on a connection: whoever stands before the portal and the portal agree on where each ends.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::app::TestApp;

/// What a client would smuggle behind its own request.
const SMUGGLED: &str = "GET /livez HTTP/1.1\r\nHost: portal\r\n\r\n";
/// Longer than any answer takes.
const PATIENCE: Duration = Duration::from_secs(3);

/// The status lines that come back for these bytes, and whether the connection was closed.
pub async fn talk(base: &str, bytes: &str) -> (Vec<String>, bool) {
    let mut stream = TcpStream::connect(base.trim_start_matches("http://")).await.unwrap();
    stream.write_all(bytes.as_bytes()).await.unwrap();
    let (mut heard, mut buffer) = (Vec::new(), [0; 4096]);
    let is_closed = loop {
        match timeout(PATIENCE, stream.read(&mut buffer)).await {
            Ok(Ok(0) | Err(_)) => break true,
            Ok(Ok(count)) => heard.extend_from_slice(&buffer[..count]),
            Err(_) => break false,
        }
    };
    let text = String::from_utf8_lossy(&heard).into_owned();
    // A body needs no end of a line, so an answer may begin within one.
    let answers = text.split("HTTP/1.").skip(1);
    let lines = answers.map(|answer| answer.lines().next().unwrap_or_default().to_owned());
    (lines.collect(), is_closed)
}

#[tokio::test]
async fn a_request_whose_end_is_in_doubt_is_refused_and_the_connection_ends() {
    let app = TestApp::start().await;
    let base = app.base();
    let post = |headers: &str, body: &str| {
        format!("POST /api/v1/auth/login HTTP/1.1\r\nHost: portal\r\n{headers}\r\n\r\n{body}{SMUGGLED}")
    };
    let doubtful = [
        (
            "length and chunks",
            post("Content-Length: 6\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
        ),
        (
            "chunks and length",
            post("Transfer-Encoding: chunked\r\nContent-Length: 6", "0\r\n\r\n"),
        ),
        ("two lengths", post("Content-Length: 2\r\nContent-Length: 40", "{}")),
        ("two lengths in one", post("Content-Length: 2, 40", "{}")),
        ("a length with a sign", post("Content-Length: +2", "{}")),
        ("a negative length", post("Content-Length: -2", "{}")),
        ("a length before a blank", post("Content-Length : 2", "{}")),
        (
            "another coding",
            post("Transfer-Encoding: xchunked\r\nContent-Length: 2", "{}"),
        ),
        (
            "codings apart",
            post("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
        ),
        (
            "chunks in HTTP/1.0",
            post("Transfer-Encoding: chunked", "0\r\n\r\n").replacen("HTTP/1.1", "HTTP/1.0", 1),
        ),
    ];
    for (what, bytes) in doubtful {
        let (lines, is_closed) = talk(&base, &bytes).await;
        assert!(lines.len() == 1 && lines[0].contains(" 400 "), "{what}: {lines:?}");
        assert!(is_closed, "{what}");
    }
}

#[tokio::test]
async fn what_stands_in_a_body_is_no_request() {
    let app = TestApp::start().await;
    let base = app.base();
    let length = SMUGGLED.len();
    let bodies = [
        format!("GET /livez HTTP/1.1\r\nHost: portal\r\nContent-Length: {length}\r\n\r\n{SMUGGLED}"),
        format!(
            "POST /api/v1/auth/login HTTP/1.1\r\nHost: portal\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
             \r\n{SMUGGLED}"
        ),
        format!(
            "POST /api/v1/auth/login HTTP/1.1\r\nHost: portal\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\
             \r\n{length:x}\r\n{SMUGGLED}\r\n0\r\n\r\n"
        ),
    ];
    for bytes in bodies {
        let (lines, _) = talk(&base, &bytes).await;
        assert_eq!(lines.len(), 1, "{bytes}: {lines:?}");
    }
}

#[tokio::test]
async fn requests_one_after_the_other_have_an_answer_each() {
    let app = TestApp::start().await;
    let base = app.base();
    let (lines, _) = talk(&base, &SMUGGLED.repeat(3)).await;
    assert_eq!(lines.len(), 3, "{lines:?}");
}
