//! A program of an account, and one of the supplier, from the first token to the invoice, on a client that is generated from the API
//! document.

use std::num::NonZeroU64;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures::TryStreamExt;
use http::{HeaderMap, HeaderName, HeaderValue};
use portal::Client;
use portal::types::{
    CreateShipment, EventType, IssueInvoice, NewWebhookEndpoint, PlaceOrder, PlaceOrderLine, QuoteLine, QuoteRequest,
};
use progenitor_client::Error;
use serde_json::Value;
use standardwebhooks::Webhook;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

#[allow(clippy::all, dead_code, unused_imports)]
mod portal {
    include!(concat!(env!("OUT_DIR"), "/client.rs"));
}

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

fn wanted(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"))
}

/// A client with a token for ten minutes (RFC 6749, section 4.4).
async fn client(base: &str, id: &str, secret: &str) -> Fallible<Client> {
    let basic = STANDARD.encode(format!("{id}:{secret}"));
    let asked = reqwest::Client::new()
        .post(format!("{base}/oauth/token"))
        .header("Authorization", format!("Basic {basic}"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body("grant_type=client_credentials")
        .send()
        .await?
        .error_for_status()?;
    let given: Value = asked.json().await?;
    let token = given["access_token"].as_str().ok_or("no token")?;
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("Authorization", format!("Bearer {token}").parse()?);
    let http = reqwest::Client::builder().default_headers(headers).build()?;
    Ok(Client::new_with_client(base, http))
}

/// What came, and what it is verified with.
#[derive(Default)]
struct Hooks {
    secret: Mutex<Option<String>>,
    got: Mutex<Vec<Value>>,
}

/// Receives webhooks; what isn't signed by the portal is refused.
async fn receive(stream: TcpStream, hooks: Arc<Hooks>) -> Fallible<()> {
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let mut headers = HeaderMap::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).await?;
            let Some((name, value)) = line.trim_end().split_once(':') else {
                break;
            };
            headers.insert(HeaderName::try_from(name)?, HeaderValue::from_str(value.trim())?);
        }
        let length = headers["content-length"].to_str()?.parse()?;
        let mut body = vec![0; length];
        reader.read_exact(&mut body).await?;
        let secret = hooks.secret.lock().unwrap().clone().ok_or("no secret yet")?;
        let status = match Webhook::new(&secret)?.verify(&body, &headers) {
            Ok(()) => {
                hooks.got.lock().unwrap().push(serde_json::from_slice(&body)?);
                "204 No Content"
            }
            Err(error) => {
                eprintln!("{error}");
                "400 Bad Request"
            }
        };
        writer.write_all(format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n").as_bytes()).await?;
    }
}

async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let end = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(Instant::now() < end, "{what} did not happen");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::main]
async fn main() -> Fallible<()> {
    let base = wanted("PORTAL");
    let buyer = client(&base, &wanted("CLIENT_ID"), &wanted("CLIENT_SECRET")).await?;
    let erp = client(&base, &wanted("SUPPLIER_ID"), &wanted("SUPPLIER_SECRET")).await?;
    let ours = format!("RS-{}", std::process::id());

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/hooks", listener.local_addr()?);
    let hooks = Arc::<Hooks>::default();
    let shared = hooks.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let hooks = shared.clone();
            tokio::spawn(async move {
                if let Err(error) = receive(stream, hooks).await {
                    eprintln!("{error}");
                }
            });
        }
    });

    // Where events are sent to.
    let wanted_kinds = vec![EventType::OrderPlaced, EventType::InvoiceIssued];
    let endpoint: NewWebhookEndpoint = NewWebhookEndpoint::builder().url(url).kinds(wanted_kinds).try_into()?;
    let endpoint = buyer.add_webhook_endpoint().body(endpoint).send().await?;
    *hooks.secret.lock().unwrap() = endpoint.secret.as_ref().map(|secret| secret.to_string());

    // The own catalogue, and what it costs.
    let products = buyer.list_products().q("bolt").send().await?;
    let sku = products.data.first().ok_or("no article")?.sku.to_string();
    let line: QuoteLine = QuoteLine::builder()
        .sku(Some(sku.as_str().try_into()?))
        .unit(Some("XCT".try_into()?))
        .quantity("5")
        .try_into()?;
    let asked: QuoteRequest = QuoteRequest::builder().lines(vec![line]).try_into()?;
    let quote = buyer.quote().body(asked).send().await?;
    assert_eq!(quote.lines[0].net.as_str(), "152.50");

    // An order that is tried, then placed, and placed again after its answer was lost: it is one order.
    let order = |sku: &str| -> Fallible<PlaceOrder> {
        let line: PlaceOrderLine = PlaceOrderLine::builder()
            .sku(Some(sku.try_into()?))
            .unit(Some("XCT".try_into()?))
            .quantity("5")
            .try_into()?;
        Ok(PlaceOrder::builder().po_number(ours.as_str()).lines(vec![line]).try_into()?)
    };
    let preview = buyer.preview_order().body(order(&sku)?).send().await?;
    assert_eq!(preview.net_total.to_string(), quote.net_total.to_string());
    let place = async || -> Fallible<String> {
        let placed = buyer.place_order().idempotency_key(ours.as_str()).body(order(&sku)?).send().await?;
        Ok(placed.id.as_ref().ok_or("no id")?.to_string())
    };
    let placed = place().await?;
    assert_eq!(place().await?, placed);

    // What happened, in order.
    until("the event", async || {
        let page = buyer.list_events().limit(NonZeroU64::new(200).expect("it is not zero")).send().await.ok()?;
        page.data.iter().any(|event| event.subject.to_string() == placed).then_some(())
    })
    .await;

    // A program of the supplier accepts, ships and invoices.
    erp.accept_order().id(placed.as_str()).send().await?;
    let leaves: CreateShipment =
        CreateShipment::builder().order_id(placed.as_str()).carrier(Some("DHL".try_into()?)).try_into()?;
    let shipment = erp.create_shipment().idempotency_key(format!("{ours}-ship")).body(leaves).send().await?;
    let issued: IssueInvoice = IssueInvoice::builder().shipment_id(shipment.id.to_string()).try_into()?;
    let invoice = erp.issue_invoice().idempotency_key(format!("{ours}-invoice")).body(issued).send().await?;

    // The account has its invoice as a paper.
    let paper = buyer.get_invoice_pdf().id(invoice.id.to_string()).send().await?;
    let parts: Vec<bytes::Bytes> = paper.into_inner().into_inner().try_collect().await?;
    assert!(parts.concat().starts_with(b"%PDF-"));

    // Both events came, signed.
    for kind in ["order.placed", "invoice.issued"] {
        until(&format!("the webhook {kind}"), async || {
            hooks.got.lock().unwrap().iter().any(|hook| hook["type"] == kind).then_some(())
        })
        .await;
    }

    // What is asked wrongly is refused with its place.
    match buyer.preview_order().body(order("NONE")?).send().await {
        Err(Error::ErrorResponse(refused)) => assert_eq!(refused.errors[0].pointer.to_string(), "/lines/0/sku"),
        other => panic!("{other:?}"),
    }

    println!("rust: {placed} placed, shipped and invoiced as {}", invoice.number.to_string());
    Ok(())
}
