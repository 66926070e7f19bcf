//! People who order without pause: each request is repeated with its key until it is acknowledged.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::{BUYERS, PASSWORD, email_of};

/// What is ordered and what one piece costs, in cents.
pub const PRICES: [(&str, i64); 3] = [("BOLT", 50), ("RARE", 1_000), ("TAPE", 235)];
/// Between two tries at a service that says it is busy.
const PAUSE: Duration = Duration::from_millis(20);
/// For so many orders to be acknowledged, whatever crashes meanwhile.
const PROGRESS_TIMEOUT: Duration = Duration::from_secs(60);
/// Every so many-th order is called off.
const CANCELLED: i64 = 4;

/// An order that was answered with 201.
#[derive(Debug)]
pub struct Acknowledged {
    pub buyer: usize,
    pub id: String,
    pub po_number: String,
    /// Sku and pieces.
    pub lines: Vec<(&'static str, i64)>,
    /// Calling it off was acknowledged too.
    pub is_cancelled: bool,
}

/// All buyers at work.
pub struct Load {
    address: watch::Sender<String>,
    count: watch::Receiver<usize>,
    is_ending: Arc<AtomicBool>,
    buyers: JoinSet<Vec<Acknowledged>>,
}

impl Load {
    /// Signs the buyers in and lets them order.
    pub async fn start(base: &str) -> Self {
        let (address, _) = watch::channel(base.to_owned());
        let (counter, count) = watch::channel(0);
        let counter = Arc::new(counter);
        let is_ending = Arc::new(AtomicBool::new(false));
        let mut buyers = JoinSet::new();
        for number in 0..BUYERS {
            let mut buyer = Buyer {
                number,
                http: crate::client::http_client().build().unwrap(),
                token: String::new(),
                address: address.subscribe(),
            };
            buyer.sign_in().await;
            buyers.spawn(buyer.order_until(is_ending.clone(), counter.clone()));
        }
        Self {
            address,
            count,
            is_ending,
            buyers,
        }
    }

    /// The program listens elsewhere now.
    pub fn moved_to(&self, base: &str) {
        self.address.send_replace(base.to_owned());
    }

    /// Waits until `more` further orders are acknowledged.
    pub async fn progress(&mut self, more: usize) {
        let goal = *self.count.borrow() + more;
        let reached = self.count.wait_for(|count| *count >= goal);
        let reached = tokio::time::timeout(PROGRESS_TIMEOUT, reached).await;
        let stuck = !matches!(reached, Ok(Ok(_)));
        if stuck {
            // Somebody's own words, if there are any, before the general ones.
            while let Some(ended) = self.buyers.try_join_next() {
                ended.unwrap();
            }
            panic!("no order is acknowledged any more");
        }
    }

    /// Lets everybody finish what they began; all that was acknowledged.
    pub async fn finish(mut self) -> Vec<Acknowledged> {
        self.is_ending.store(true, Ordering::Release);
        let mut all = Vec::new();
        while let Some(of_one) = self.buyers.join_next().await {
            all.extend(of_one.unwrap());
        }
        all
    }
}

struct Buyer {
    number: usize,
    http: reqwest::Client,
    token: String,
    address: watch::Receiver<String>,
}

impl Buyer {
    async fn sign_in(&mut self) {
        let credentials = json!({"email": email_of(self.number), "password": PASSWORD});
        let (status, tokens) = self.post("/auth/login", None, &credentials).await;
        assert_eq!(status, 200, "{tokens}");
        self.token = tokens["access_token"].as_str().unwrap().to_owned();
    }

    async fn order_until(mut self, is_ending: Arc<AtomicBool>, count: Arc<watch::Sender<usize>>) -> Vec<Acknowledged> {
        let mut all = Vec::new();
        for number in 0_i64.. {
            if is_ending.load(Ordering::Acquire) {
                break;
            }
            let mut acknowledged = self.order(number).await;
            if number % CANCELLED == CANCELLED - 1 {
                self.cancel(&acknowledged.id).await;
                acknowledged.is_cancelled = true;
            }
            all.push(acknowledged);
            count.send_modify(|count| *count += 1);
        }
        all
    }

    async fn order(&mut self, number: i64) -> Acknowledged {
        let seed = i64::try_from(self.number).unwrap() + number;
        let lines: Vec<_> = (0..=seed % 3)
            .map(|line| {
                let (sku, _) = PRICES[usize::try_from((seed + line) % 3).unwrap()];
                (sku, 1 + (7 * seed + line) % 5)
            })
            .collect();
        let po_number = format!("PO-{}-{number}", self.number);
        let body = json!({
            "po_number": po_number,
            "lines": lines
                .iter()
                .map(|(sku, quantity)| json!({"sku": sku, "unit": "H87", "quantity": quantity}))
                .collect::<Vec<_>>(),
        });
        let (status, order) = self.post("/orders", Some(&format!("key-{number}")), &body).await;
        assert_eq!(status, 201, "{order}");
        Acknowledged {
            buyer: self.number,
            id: order["id"].as_str().unwrap().to_owned(),
            po_number,
            lines,
            is_cancelled: false,
        }
    }

    /// Calls an order off; that it is off already may be from a try whose answer was lost.
    async fn cancel(&mut self, id: &str) {
        let (status, order) = self.post(&format!("/orders/{id}/cancel"), None, &json!({})).await;
        let is_off = status == 200 || order["code"] == "order_not_cancellable";
        assert!(is_off, "{status} {order}");
    }

    /// Repeats a request until it is answered by more than "not now".
    async fn post(&mut self, path: &str, key: Option<&str>, body: &Value) -> (u16, Value) {
        loop {
            let base = self.address.borrow_and_update().clone();
            match self.try_post(&base, path, key, body).await {
                Ok((503, _)) => tokio::time::sleep(PAUSE).await,
                Ok((409, problem)) if problem["code"] == "request_in_progress" => tokio::time::sleep(PAUSE).await,
                Ok(answer) => return answer,
                // Killed; somebody tells when and where it serves again.
                Err(_) => self.address.changed().await.unwrap(),
            }
        }
    }

    async fn try_post(
        &self,
        base: &str,
        path: &str,
        key: Option<&str>,
        body: &Value,
    ) -> Result<(u16, Value), reqwest::Error> {
        let mut request = self.http.post(format!("{base}/api/v1{path}")).json(body);
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        let response = request.send().await?;
        Ok((response.status().as_u16(), response.json().await?))
    }
}
