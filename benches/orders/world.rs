//! A served portal with accounts, prices and stock to order from.

use std::net::SocketAddr;
use std::path::Path;

use actix_web::web::Data;
use portal::app;
use portal::audit::Actor;
use portal::clock;
use portal::db::{Database, Target, migrations};
use portal::documents::Typesetter;
use portal::identity::rules::AccountRole;
use portal::identity::{self, Employment, NewPerson, passwords};
use portal::imports::{self, Folder, Options, Progress};
use portal::state::AppState;
use portal::{accounts, ids};

use crate::client::Client;

/// Lines of an order.
pub const LINES: usize = 10;
const ACCOUNTS: usize = 40;
const PRODUCTS: usize = 2_000;
const PASSWORD: &str = "correct horse battery";

pub struct World {
    pub db: Database,
    address: SocketAddr,
    tokens: Vec<String>,
    /// Dropped last: the SQLite file.
    _folder: tempfile::TempDir,
}

impl World {
    pub fn build() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let target = target(folder.path());
        let db = Database::open(target, 0).unwrap();
        migrations::run(&db).unwrap();
        db.claim_node().unwrap();
        let files = Folder::from_memory(files().map(|(name, text)| (name.to_owned(), text.into_bytes())));
        let report = imports::run_folder(&db, &files, Options::default(), clock::now(), &Progress::hidden()).unwrap();
        assert!(report.faults.is_empty(), "{:?}", report.faults.first());
        let hash = passwords::hash(PASSWORD).unwrap();
        for account in 0..ACCOUNTS {
            let hash = hash.clone();
            let add = move |tx: &mut portal::db::Connection| {
                let account_id = accounts::find_by_code(tx, &format!("A{account}"))?
                    .expect("imported")
                    .id;
                let person = NewPerson {
                    email: format!("buyer{account}@example.com"),
                    name: "Buyer".to_owned(),
                    password_hash: hash.clone(),
                    employment: Employment::Account(account_id, AccountRole::Buyer),
                };
                identity::add_person(tx, &Actor::program("bench"), &person, clock::now())
            };
            db.write_now(add).unwrap();
        }
        let state = AppState::new(db.clone(), 0, Typesetter::new(None).unwrap()).unwrap();
        state.readiness.set_ready();
        let (tell, told) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let (server, address) = app::server(Data::new(state), ([127, 0, 0, 1], 0).into(), false).unwrap();
                tell.send(address).unwrap();
                server.await.unwrap();
            });
        });
        let address = told.recv().unwrap();
        let tokens = (0..ACCOUNTS).map(|account| sign_in(address, account)).collect();
        Self {
            db,
            address,
            tokens,
            _folder: folder,
        }
    }

    pub fn engine(&self) -> String {
        format!("{:?}", self.db.engine())
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn order_request(&self, worker: usize, count: u64) -> Vec<u8> {
        let lines: Vec<_> = skus(worker, count)
            .map(|sku| format!(r#"{{"sku":"{sku}","unit":"H87","quantity":"7"}}"#))
            .collect();
        let body = format!(r#"{{"po_number":"B-{count}","lines":[{}]}}"#, lines.join(","));
        self.post(
            worker,
            "/api/v1/orders",
            &format!("Idempotency-Key: k-{count}\r\n"),
            &body,
        )
    }

    pub fn quote_request(&self, worker: usize, count: u64) -> Vec<u8> {
        let lines: Vec<_> = skus(worker, count)
            .map(|sku| format!(r#"{{"sku":"{sku}","unit":"CT","quantity":"2"}}"#))
            .collect();
        self.post(
            worker,
            "/api/v1/prices/quote",
            "",
            &format!(r#"{{"lines":[{}]}}"#, lines.join(",")),
        )
    }

    pub fn page_request(&self, worker: usize, count: u64) -> Vec<u8> {
        let filter = format!("?limit=50&category=C{}", count % 20);
        self.get(worker, &format!("/api/v1/products{filter}"))
    }

    pub fn get(&self, worker: usize, path: &str) -> Vec<u8> {
        let token = self.token(worker);
        format!("GET {path} HTTP/1.1\r\nHost: portal\r\nAuthorization: Bearer {token}\r\n\r\n").into_bytes()
    }

    fn post(&self, worker: usize, path: &str, headers: &str, body: &str) -> Vec<u8> {
        let (token, length) = (self.token(worker), body.len());
        format!(
            "POST {path} HTTP/1.1\r\nHost: portal\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        )
        .into_bytes()
    }

    fn token(&self, worker: usize) -> &str {
        &self.tokens[account_of(worker)]
    }

    /// Code of the account a connection orders for.
    pub fn account_of(&self, worker: usize) -> String {
        format!("A{}", account_of(worker))
    }
}

/// Connections are spread over the accounts.
fn account_of(worker: usize) -> usize {
    worker * ACCOUNTS / crate::CONNECTIONS % ACCOUNTS
}

/// Ten products that differ from order to order.
fn skus(worker: usize, count: u64) -> impl Iterator<Item = String> {
    let start = usize::try_from(count).unwrap() * 37 + worker * 101;
    (0..LINES).map(move |line| format!("P{:05}", (start + line * 191) % PRODUCTS))
}

fn sign_in(address: SocketAddr, account: usize) -> String {
    let body = format!(r#"{{"email":"buyer{account}@example.com","password":"{PASSWORD}"}}"#);
    let request = format!(
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: portal\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer: serde_json::Value = serde_json::from_str(&Client::connect(address).send(request.as_bytes())).unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

/// The database named by `PORTAL_BENCH_DATABASE`, made anew, or a file in `folder`.
#[allow(clippy::disallowed_methods)]
fn target(folder: &Path) -> Target {
    use diesel::connection::SimpleConnection;
    let Ok(server) = std::env::var("PORTAL_BENCH_DATABASE") else {
        return Target::parse("sqlite://bench.db", folder).unwrap();
    };
    let name = format!("portal_bench_{}", ids::encode(ids::next()).to_lowercase());
    let mut admin = <diesel::PgConnection as diesel::Connection>::establish(&server).unwrap();
    admin.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
    println!("database {name}; drop it when you are done");
    let mut url = url::Url::parse(&server).unwrap();
    url.set_path(&name);
    Target::parse(url.as_str(), folder).unwrap()
}

fn files() -> impl Iterator<Item = (&'static str, String)> {
    let mut accounts = "account,name,country,currency,tier,payment_terms_days,credit_limit\n".to_owned();
    let mut lists = "price_list,name,currency,kind,account\nBASE,List,EUR,base,\n".to_owned();
    let mut products = "sku,name,base_unit,decimals,tax_category,category\n".to_owned();
    let mut units = "sku,unit,name,base_quantity\n".to_owned();
    let mut prices = "price_list,sku,unit,min_quantity,price\n".to_owned();
    let mut stock = "warehouse,sku,on_hand\n".to_owned();
    for product in 0..PRODUCTS {
        let sku = format!("P{product:05}");
        products += &format!("{sku},Article {product},H87,0,S,C{}\n", product % 20);
        units += &format!("{sku},CT,carton of 12,12\n");
        prices += &format!(
            "BASE,{sku},H87,1,{}.25\nBASE,{sku},H87,100,{}.10\n",
            1 + product % 40,
            1 + product % 40
        );
        stock += &format!("MAIN,{sku},1000000000\n");
    }
    for account in 0..ACCOUNTS {
        accounts += &format!("A{account},Account {account},NL,EUR,gold,30,\n");
        lists += &format!("C{account},Contract,EUR,contract,A{account}\n");
        for product in (account..PRODUCTS).step_by(4) {
            prices += &format!("C{account},P{product:05},H87,1,{}.05\n", 1 + product % 40);
        }
    }
    let supplier = "name,country,currency\nBench,NL,EUR\n".to_owned();
    [
        ("supplier.csv", supplier),
        ("accounts.csv", accounts),
        ("products.csv", products),
        ("units.csv", units),
        ("price_lists.csv", lists),
        ("prices.csv", prices),
        ("stock.csv", stock),
    ]
    .into_iter()
}
