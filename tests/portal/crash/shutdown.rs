//! The program is asked to end: it finishes what runs and takes nothing new.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{BUYERS, PASSWORD, email_of, set_up};
use crate::client::Client;
use crate::fresh::Fresh;
use crate::program::Installation;

const TIMEOUT: Duration = Duration::from_secs(20);

/// A request whose head was taken and whose body the server waits for.
struct HalfSent {
    stream: BufReader<TcpStream>,
    body: String,
}

impl HalfSent {
    /// The server says "100 Continue" when a handler has begun to read the body, so the request runs from then on.
    fn begin(address: SocketAddr, token: &str, number: usize) -> Self {
        let body = json!({
            "po_number": format!("PO-{number}"),
            "lines": [{"sku": "BOLT", "unit": "H87", "quantity": "3"}, {"sku": "RARE", "unit": "H87", "quantity": "1"}],
        })
        .to_string();
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        let mut stream = BufReader::new(stream);
        let head = format!(
            "POST /api/v1/orders HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
             Idempotency-Key: key-{number}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
             Expect: 100-continue\r\nConnection: close\r\n\r\n",
            body.len()
        );
        stream.get_mut().write_all(head.as_bytes()).unwrap();
        assert_eq!(read_line(&mut stream), "HTTP/1.1 100 Continue");
        assert_eq!(read_line(&mut stream), "");
        Self { stream, body }
    }

    /// Sends the body; status line and order.
    fn finish(mut self) -> (String, Value) {
        self.stream.get_mut().write_all(self.body.as_bytes()).unwrap();
        let status = read_line(&mut self.stream);
        while !read_line(&mut self.stream).is_empty() {}
        let mut body = String::new();
        self.stream.read_to_string(&mut body).unwrap();
        (status, serde_json::from_str(&body).unwrap_or(Value::String(body)))
    }
}

fn read_line(stream: &mut BufReader<TcpStream>) -> String {
    let mut line = String::new();
    stream.read_line(&mut line).unwrap();
    line.trim_end().to_owned()
}

/// Waits until nobody listens any more.
fn await_refusal(address: SocketAddr) {
    let started = Instant::now();
    while TcpStream::connect(address).is_ok() {
        assert!(started.elapsed() < TIMEOUT, "it still takes connections");
        std::thread::yield_now();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_that_is_asked_to_end_answers_what_it_has_begun() {
    let fresh = Fresh::migrated();
    let installation = Installation::on(fresh.db().target());
    set_up(&installation);
    let serving = installation.serve();
    let address: SocketAddr = serving.base.strip_prefix("http://").unwrap().parse().unwrap();
    let mut requests = Vec::new();
    for number in 0..BUYERS {
        // Dropped with its connection: an idle one would be waited for.
        let client = Client::anonymous(&serving.base);
        let credentials = json!({"email": email_of(number), "password": PASSWORD});
        let tokens = client.post("/auth/login", credentials).await.expect(200);
        let token = tokens["access_token"].as_str().unwrap().to_owned();
        requests.push(HalfSent::begin(address, &token, number));
    }
    serving.terminate();
    await_refusal(address);
    for request in requests {
        let (status, order) = request.finish();
        assert_eq!(status, "HTTP/1.1 201 Created", "{order}");
        assert_eq!(order["net_total"], "11.50");
    }
    assert_eq!(serving.ended().code(), Some(0));
    installation.succeed(&["check"], "");
}
