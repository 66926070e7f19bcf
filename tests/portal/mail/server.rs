//! A mail server on a port of its own that does as it is told.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What it does with a mail; it takes those it was told nothing about.
#[derive(Debug, Clone, Copy)]
pub enum Deed {
    Take,
    /// This reply to the recipient.
    RefuseRecipient(&'static str),
    /// This reply to the whole mail.
    RefuseMail(&'static str),
    /// It takes the mail and hangs up without a word.
    HangUpAfterMail,
    /// It takes the mail and says so after this long.
    TakeSlowly(Duration),
}

/// A mail it took.
#[derive(Debug, Clone)]
pub struct Taken {
    pub to: String,
    pub text: String,
}

/// A running server; it ends with the test.
pub struct Server {
    pub url: String,
    inside: Arc<Inside>,
}

#[derive(Default)]
struct Inside {
    taken: Mutex<Vec<Taken>>,
    deeds: Mutex<VecDeque<Deed>>,
    is_down: AtomicBool,
    connections: AtomicUsize,
}

impl Server {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let inside = Arc::<Inside>::default();
        let shared = inside.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                shared.connections.fetch_add(1, Ordering::Relaxed);
                // One that is down closes before it greets.
                if !shared.is_down.load(Ordering::Relaxed) {
                    tokio::spawn(converse(stream, shared.clone()));
                }
            }
        });
        Self { url, inside }
    }

    /// What to do with the next mails.
    pub fn next(&self, deeds: impl IntoIterator<Item = Deed>) {
        self.inside.deeds.lock().unwrap().extend(deeds);
    }

    /// Down, or up again.
    pub fn set_down(&self, is_down: bool) {
        self.inside.is_down.store(is_down, Ordering::Relaxed);
    }

    /// What it took since the last time this was asked.
    pub fn taken(&self) -> Vec<Taken> {
        std::mem::take(&mut *self.inside.taken.lock().unwrap())
    }

    /// How often somebody connected.
    pub fn connections(&self) -> usize {
        self.inside.connections.load(Ordering::Relaxed)
    }
}

/// Talks until somebody hangs up; whoever does, the test sees it elsewhere.
async fn converse(stream: TcpStream, inside: Arc<Inside>) -> Option<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 test ready\r\n").await.ok()?;
    let (mut deed, mut to) = (Deed::Take, String::new());
    while let Some(line) = lines.next_line().await.ok()? {
        let command = line.split(['\u{20}', ':']).next().unwrap_or_default().to_uppercase();
        let reply = match command.as_str() {
            "EHLO" | "HELO" => "250-test\r\n250 8BITMIME",
            "MAIL" => {
                deed = inside.deeds.lock().unwrap().pop_front().unwrap_or(Deed::Take);
                "250 ok"
            }
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                match deed {
                    Deed::RefuseRecipient(reply) => reply,
                    _ => "250 ok",
                }
            }
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await.ok()?;
                let text = body(&mut lines).await?;
                let taken = || {
                    inside.taken.lock().unwrap().push(Taken {
                        to: to.clone(),
                        text: text.clone(),
                    })
                };
                match deed {
                    Deed::RefuseMail(reply) => reply,
                    Deed::HangUpAfterMail => {
                        taken();
                        return None;
                    }
                    Deed::TakeSlowly(time) => {
                        tokio::time::sleep(time).await;
                        taken();
                        "250 taken"
                    }
                    _ => {
                        taken();
                        "250 taken"
                    }
                }
            }
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        writer.write_all(format!("{reply}\r\n").as_bytes()).await.ok()?;
    }
    Some(())
}

async fn body(lines: &mut tokio::io::Lines<BufReader<tokio::net::tcp::OwnedReadHalf>>) -> Option<String> {
    let mut text = String::new();
    loop {
        let line = lines.next_line().await.ok()??;
        if line == "." {
            return Some(text);
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
        text.push_str("\r\n");
    }
}
