//! A served portal over an invented year of orders, with a buyer of each account.

use std::net::SocketAddr;
use std::path::Path;

use actix_web::web::Data;
use portal::app;
use portal::audit::Actor;
use portal::clock;
use portal::db::{Database, Engine, Target, migrations};
use portal::documents::Typesetter;
use portal::identity::rules::{AccountRole, StaffRole};
use portal::identity::{self, Employment, NewPerson, passwords};
use portal::imports::Progress;
use portal::seed::{self, Amounts, sheets};
use portal::state::AppState;
use portal::{accounts, ids};

use crate::bare::{self, Place};
use crate::client::Client;

const PASSWORD: &str = "correct horse battery";
/// Every so manieth article hardly lies in stock; it stands at this place.
pub const SCARCE: (u64, u64) = (97, 5);

pub struct World {
    pub db: Database,
    pub amounts: Amounts,
    pub address: SocketAddr,
    /// The mail address of somebody of the supplier's.
    pub staff: String,
    tokens: Vec<String>,
    /// Dropped last: the SQLite file.
    _folder: tempfile::TempDir,
}

impl World {
    pub fn build(amounts: Amounts) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let target = target(folder.path());
        let db = Database::open(target, 0).unwrap();
        migrations::run(&db).unwrap();
        db.claim_node().unwrap();
        let report = seed::fill(&db, amounts, clock::now(), &Progress::hidden()).unwrap();
        assert!(report.is_good(), "{:?}", report.faults.first());
        let hash = passwords::hash(PASSWORD).unwrap();
        let staff = "desk@example.com".to_owned();
        for account in 0..amounts.accounts {
            add_person(&db, &email(account), &hash, Some(account));
        }
        add_person(&db, &staff, &hash, None);
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
        let mut world = Self {
            db,
            amounts,
            address,
            staff,
            tokens: Vec::new(),
            _folder: folder,
        };
        world.tokens = (0..amounts.accounts)
            .map(|account| world.sign_in(&email(account)))
            .collect();
        world.tidy();
        world
    }

    pub fn engine(&self) -> Engine {
        self.db.engine()
    }

    pub fn place(&self) -> Place {
        match self.db.target() {
            Target::Sqlite(path) => Place::Sqlite(path.clone()),
            Target::Postgres(url) => Place::Postgres(url.clone()),
        }
    }

    /// What the server does by itself after a while.
    fn tidy(&self) {
        let mut connection = bare::Connection::open(&self.place());
        match self.engine() {
            Engine::Sqlite => connection.say("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)"),
            Engine::Postgres => connection.say("VACUUM ANALYZE"),
        }
    }

    /// How PostgreSQL treats a commit: the figures of orders are those of its disk only if it waits for it.
    pub fn durability(&self) -> String {
        let mut connection = bare::Connection::open(&self.place());
        match self.engine() {
            Engine::Sqlite => "WAL, synchronous FULL".to_owned(),
            Engine::Postgres => {
                let text = "SELECT 'fsync ' || current_setting('fsync') || ', synchronous_commit ' \
                     || current_setting('synchronous_commit')";
                connection.rows::<diesel::sql_types::Text, String>(text, &[]).remove(0)
            }
        }
    }

    /// The account that a connection of the load is of.
    pub fn account_of(&self, worker: usize) -> u64 {
        u64::try_from(worker).unwrap() % self.amounts.accounts
    }

    /// Articles that differ from request to request, all with stock; `step` articles lie between two of them.
    pub fn skus(&self, worker: usize, count: u64, (lines, step): (u64, u64)) -> impl Iterator<Item = String> {
        let products = self.amounts.products;
        let start = count * 37 + u64::try_from(worker).unwrap() * 101;
        (0..lines).map(move |line| {
            let place = (start + line * step) % products;
            let (every, at) = SCARCE;
            let place = if place % every == at { place + 1 } else { place };
            sheets::sku(place % products)
        })
    }

    pub fn get(&self, worker: usize, path: &str) -> Vec<u8> {
        let token = self.token(worker);
        format!("GET {path} HTTP/1.1\r\nHost: portal\r\nAuthorization: Bearer {token}\r\n\r\n").into_bytes()
    }

    pub fn post(&self, worker: usize, path: &str, headers: &str, body: &str) -> Vec<u8> {
        let (token, length) = (self.token(worker), body.len());
        format!(
            "POST {path} HTTP/1.1\r\nHost: portal\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        )
        .into_bytes()
    }

    /// A token of somebody's.
    pub fn sign_in(&self, email: &str) -> String {
        let body = format!(r#"{{"email":"{email}","password":"{PASSWORD}"}}"#);
        let request = format!(
            "POST /api/v1/auth/login HTTP/1.1\r\nHost: portal\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut client = Client::connect(self.address);
        let answer: serde_json::Value = serde_json::from_slice(client.send(request.as_bytes()).body).unwrap();
        answer["access_token"].as_str().unwrap().to_owned()
    }

    /// The cookie of a browser that is signed in.
    pub fn cookie(&self, email: &str) -> String {
        let email = email.replace('@', "%40");
        let body = format!("email={email}&password={}", PASSWORD.replace(' ', "+"));
        let request = format!(
            "POST /sign-in HTTP/1.1\r\nHost: portal\r\nOrigin: http://portal\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut client = Client::connect(self.address);
        let answer = client.send(request.as_bytes());
        let (_, cookie) = answer.head.split_once("portal_session=").unwrap();
        format!("portal_session={}", cookie.split(';').next().unwrap_or_default())
    }

    fn token(&self, worker: usize) -> &str {
        &self.tokens[usize::try_from(self.account_of(worker)).unwrap()]
    }
}

/// A buyer of the account, or staff.
fn add_person(db: &Database, email: &str, hash: &str, account: Option<u64>) {
    let (email, hash) = (email.to_owned(), hash.to_owned());
    let add = move |tx: &mut portal::db::Connection| {
        let employment = match account {
            Some(account) => {
                let found = accounts::find_by_code(tx, &sheets::code(account))?;
                Employment::Account(found.expect("imported").id, AccountRole::Buyer)
            }
            None => Employment::Staff(StaffRole::Admin),
        };
        let person = NewPerson {
            email: email.clone(),
            name: "Somebody".to_owned(),
            password_hash: hash.clone(),
            employment,
        };
        identity::add_person(tx, &Actor::program("bench"), &person, clock::now())
    };
    db.write_now(add).unwrap();
}

/// The mail address of an account's buyer.
pub fn email(account: u64) -> String {
    format!("buyer{account}@example.com")
}

/// The database named by `PORTAL_BENCH_DATABASE`, made anew, or a file in `folder`.
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
