//! A program that takes webhooks on a port of its own, and does with each what it is told.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A debug build beside the whole suite.
const TIMEOUT: Duration = Duration::from_secs(60);

/// What it does with a request.
#[derive(Debug, Clone)]
pub enum Deed {
    /// This status with these headers, each with its line's end, and this body.
    Answer(u16, &'static str, Vec<u8>),
    /// Nothing, for ever.
    Hang,
    /// It hangs up without a word.
    HangUp,
}

impl Deed {
    pub fn status(status: u16) -> Self {
        Self::Answer(status, "", b"so it is".to_vec())
    }
}

/// A request it got.
#[derive(Debug, Clone)]
pub struct Got {
    pub headers: HeaderMap,
    pub text: String,
}

impl Got {
    pub fn body(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn id(&self) -> &str {
        self.header("webhook-id")
    }
}

type Script = dyn Fn(&Got) -> Deed + Send + Sync;

/// A running program; it ends with the test.
#[derive(Clone)]
pub struct Receiver {
    pub url: String,
    inside: Arc<Inside>,
}

struct Inside {
    script: Box<Script>,
    got: Mutex<Vec<Got>>,
    connections: AtomicUsize,
    /// What it got is kept.
    keeps: bool,
}

impl Receiver {
    /// One that takes everything.
    pub async fn start() -> Self {
        Self::doing(|_| Deed::status(204)).await
    }

    /// One that does what `script` says.
    pub async fn doing(script: impl Fn(&Got) -> Deed + Send + Sync + 'static) -> Self {
        Self::with(script, true).await
    }

    /// The same that keeps nothing of what it gets: for very much of it.
    pub async fn forgetting(script: impl Fn(&Got) -> Deed + Send + Sync + 'static) -> Self {
        Self::with(script, false).await
    }

    async fn with(script: impl Fn(&Got) -> Deed + Send + Sync + 'static, keeps: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hooks", listener.local_addr().unwrap());
        let inside = Arc::new(Inside {
            script: Box::new(script),
            got: Mutex::default(),
            connections: AtomicUsize::new(0),
            keeps,
        });
        let shared = inside.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                shared.connections.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(converse(stream, shared.clone()));
            }
        });
        Self { url, inside }
    }

    /// What it got so far.
    pub fn got(&self) -> Vec<Got> {
        self.inside.got.lock().unwrap().clone()
    }

    /// The subjects of what it got so far.
    pub fn subjects(&self) -> Vec<String> {
        self.of_all("subject")
    }

    /// A member of each body it got so far.
    pub fn of_all(&self, member: &str) -> Vec<String> {
        let text = |got: &Got| got.body()[member].as_str().unwrap_or_default().to_owned();
        self.got().iter().map(text).collect()
    }

    /// Waits until it got so many.
    pub async fn until(&self, count: usize) {
        let started = Instant::now();
        while self.got().len() < count {
            assert!(started.elapsed() < TIMEOUT, "{} of {count} arrived", self.got().len());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// How often somebody connected.
    pub fn connections(&self) -> usize {
        self.inside.connections.load(Ordering::Relaxed)
    }
}

/// Answers until somebody hangs up; whoever does, the test sees it elsewhere.
async fn converse(stream: TcpStream, inside: Arc<Inside>) -> Option<()> {
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        assert!(line.starts_with("POST /"), "{line}");
        let mut headers = HeaderMap::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).await.ok()?;
            let Some((name, value)) = line.trim_end().split_once(':') else {
                break;
            };
            let name = HeaderName::try_from(name).unwrap();
            headers.insert(name, HeaderValue::from_str(value.trim()).unwrap());
        }
        let length = headers["content-length"].to_str().unwrap().parse().unwrap();
        let mut bytes = vec![0; length];
        reader.read_exact(&mut bytes).await.ok()?;
        let got = Got {
            headers,
            text: String::from_utf8(bytes).unwrap(),
        };
        let deed = (inside.script)(&got);
        if inside.keeps {
            inside.got.lock().unwrap().push(got);
        }
        match deed {
            Deed::Answer(status, head, body) => {
                let head = format!("HTTP/1.1 {status} So\r\ncontent-length: {}\r\n{head}\r\n", body.len());
                writer.write_all(head.as_bytes()).await.ok()?;
                writer.write_all(&body).await.ok()?;
            }
            Deed::Hang => std::future::pending().await,
            Deed::HangUp => return None,
        }
    }
}
