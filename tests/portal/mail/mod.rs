//! Mails: who gets which, once; what they say; how they leave and what happens when they can't.

mod breaches;
mod contacts;
mod desk;
mod fan_out;
mod letters;
mod processes;
mod sending;
mod server;
mod smtp;

use portal::accounts;
use portal::clock;
use portal::db::{Connection, sql};
use portal::events::payloads::PaymentReceived;
use portal::events::{self, Entry};
use portal::ids::{AccountId, MessageId, PaymentId};
use portal::mail::compose::Composed;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::client::Client;

/// ACME reads English, RIVAL German; ACME has a limit and two sites; WAIT has little on stock.
const FILES: &[(&str, &str)] = &[
    (
        "supplier.csv",
        "name,country,currency,email,phone,time_zone\n\
         Northwind Fasteners,NL,EUR,orders@northwind.example,+31 20 1234567,Europe/Amsterdam\n",
    ),
    (
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit,locale\n\
         ACME,Acme Works,NL,EUR,gold,30,10000,en\nRIVAL,Rival Werke,NL,EUR,silver,30,10000,de-DE\n",
    ),
    (
        "sites.csv",
        "account,site,name,country\nACME,MAIN,Main,NL\nACME,SOUTH,South,NL\nRIVAL,MAIN,Werk,NL\n",
    ),
    (
        "products.csv",
        "sku,name,base_unit,decimals,tax_category,lead_time_days\nBOLT,Hexagon bolt,H87,0,S,3\nWAIT,Rare part,H87,0,S,5\n",
    ),
    ("units.csv", "sku,unit,name,base_quantity\nBOLT,XCT,Carton of 100,100\n"),
    (
        "assortment.csv",
        "account,sku,customer_part_number,label_name\nACME,BOLT,4711,Bolt for line 3\nACME,WAIT,4712,\n\
         RIVAL,BOLT,R-1,\nRIVAL,WAIT,R-2,\n",
    ),
    (
        "price_lists.csv",
        "price_list,name,currency,kind,account\nBASE,List prices,EUR,base,\n",
    ),
    (
        "prices.csv",
        "price_list,sku,unit,min_quantity,price\nBASE,BOLT,H87,1,0.5\nBASE,WAIT,H87,1,10\n",
    ),
    ("stock.csv", "warehouse,sku,on_hand\nNORTH,BOLT,100000\nNORTH,WAIT,8\n"),
];

async fn shop() -> TestApp {
    let app = TestApp::start().await;
    app.import(FILES).await;
    app
}

fn line(sku: &str, unit: &str, quantity: &str) -> Value {
    json!({"sku": sku, "unit": unit, "quantity": quantity})
}

/// An order of one line that is on stock.
async fn order(client: &Client, po_number: &str) -> Value {
    let order = json!({"po_number": po_number, "lines": [line("BOLT", "XCT", "2")]});
    client.place_order(order).await.expect(201)
}

async fn account_id(app: &TestApp, code: &'static str) -> AccountId {
    let found = app
        .db()
        .read(move |connection| accounts::find_by_code(connection, code));
    found.await.unwrap().unwrap().id
}

/// Writes down that the account paid; the payment is made up.
async fn pay(app: &TestApp, account: &'static str, payment: PaymentReceived) {
    let entry = Entry::new(Some(account_id(app, account).await), PaymentId::new(), payment);
    let write = move |tx: &mut Connection| events::recording(&entry, clock::now()).run(tx);
    app.db().write(write).await.unwrap();
}

/// What a message is stored as.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stored {
    id: MessageId,
    kind: String,
    email: String,
    state: String,
    attempts: i32,
    last_error: Option<String>,
}

/// All messages, the oldest first.
async fn stored(app: &TestApp) -> Vec<Stored> {
    type Row = (i64, String, String, String, i32, Option<String>);
    let rows = app.db().read(|connection| {
        sql("SELECT id, kind, email, state, attempts, last_error FROM messages ORDER BY id").rows::<Row>(connection)
    });
    let stored = |(id, kind, email, state, attempts, last_error)| Stored {
        id: MessageId(id),
        kind,
        email,
        state,
        attempts,
        last_error,
    };
    rows.await.unwrap().into_iter().map(stored).collect()
}

/// A header of a mail, unfolded; empty where it has none.
fn header(mail: &Composed, name: &str) -> String {
    let text = String::from_utf8(mail.bytes.clone()).unwrap();
    let (head, _) = text.split_once("\r\n\r\n").unwrap();
    let head = head.replace("\r\n ", " ");
    let found = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
    found.unwrap_or_default().to_owned()
}

/// Receivers of mails, sorted.
fn receivers(mails: &[Composed]) -> Vec<String> {
    let mut emails: Vec<_> = mails.iter().map(|mail| mail.email.clone()).collect();
    emails.sort();
    emails
}

/// The mails whose subjects hold `part`.
fn about<'m>(mails: &'m [Composed], part: &str) -> Vec<&'m Composed> {
    mails.iter().filter(|mail| mail.texts.subject.contains(part)).collect()
}
