//! The portal as a test meets it: the real routes on a port of its own over a fresh database, with verbs for what comes
//! before the thing that is tested.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::LazyLock;

use actix_web::dev::ServerHandle;
use actix_web::web::Data;
use portal::accounts;
use portal::app;
use portal::audit::{Actor, sealing};
use portal::cli::check;
use portal::clock::{self, Timestamp};
use portal::db::{Database, sql};
use portal::documents::Typesetter;
use portal::identity::rules::{AccountRole, StaffRole};
use portal::identity::{self, Employment, NewPerson, passwords};
use portal::imports::{self, Folder, Options, Progress, Report};
use portal::mail::compose::Composed;
use portal::mail::{Mailer, Memory};
use portal::state::AppState;
use portal::worker::{MailSettings, Worker, housekeeping};
use serde_json::json;
use tokio::sync::watch;

use crate::client::{Client, unique};
use crate::fresh::Fresh;

/// The password of everybody.
pub const PASSWORD: &str = "correct horse battery";
/// Hashing is slow on purpose; once is enough for all tests.
static PASSWORD_HASH: LazyLock<String> = LazyLock::new(|| passwords::hash(PASSWORD).unwrap());
const ANY_PORT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 0);

/// As `portal serve` has it.
pub const ATTEMPTS_MAX: i32 = 12;

/// Two accounts and nothing to order.
const ACCOUNTS: &[(&str, &str)] = &[
    ("supplier.csv", "name,country,currency\nThe Supplier,NL,EUR\n"),
    (
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit\n\
         ACME,Acme Works,NL,EUR,gold,30,\nRIVAL,Rival Works,NL,EUR,silver,30,\n",
    ),
];

/// A serving portal.
pub struct TestApp {
    node: Node,
    fresh: Fresh,
    worker: tokio::sync::Mutex<Worker>,
    sent: Memory,
}

/// One process that serves the database; a second one is what another machine would be.
pub struct Node {
    server: ServerHandle,
    pub base: String,
}

impl Node {
    fn start(db: Database) -> Self {
        Self::start_with(db, |state| state)
    }

    fn start_with(db: Database, change: impl FnOnce(AppState) -> AppState) -> Self {
        // Without a limit on requests: the tests of many buyers are not about it.
        let state = AppState::new(db, 0, Typesetter::new(None).unwrap()).unwrap();
        let state = change(state);
        state.readiness.set_ready();
        let (server, address) = app::server(Data::new(state), ANY_PORT, false).unwrap();
        let handle = server.handle();
        tokio::spawn(server);
        Self {
            server: handle,
            base: format!("http://{address}"),
        }
    }

    /// A caller of this node without a token.
    pub fn anonymous(&self) -> Client {
        Client::anonymous(&self.base)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // The command is on its way before anybody awaits its end.
        drop(self.server.stop(false));
    }
}

impl TestApp {
    /// Serves an empty portal.
    pub async fn start() -> Self {
        let fresh = Fresh::migrated();
        let sent = Memory::default();
        Self {
            node: Node::start(fresh.db().clone()),
            worker: tokio::sync::Mutex::new(worker_on(fresh.db(), Mailer::Memory(sent.clone()))),
            sent,
            fresh,
        }
    }

    /// Serves a portal with the accounts `ACME` and `RIVAL`.
    pub async fn with_accounts() -> Self {
        let app = Self::start().await;
        app.import(ACCOUNTS).await;
        app
    }

    /// A second process on the same database, with nothing remembered of the first.
    pub async fn another_node(&self) -> Node {
        let db = self.fresh.opened_again();
        outside_the_runtime(|| db.claim_node()).unwrap();
        Node::start(db)
    }

    /// Another process on the same database with other settings.
    pub async fn node_with(&self, change: impl FnOnce(AppState) -> AppState) -> Node {
        let db = self.fresh.opened_again();
        outside_the_runtime(|| db.claim_node()).unwrap();
        Node::start_with(db, change)
    }

    /// Another process on this database, which was opened in another way.
    pub fn node_on(&self, db: Database) -> Node {
        Node::start(db)
    }

    /// The database behind it.
    pub fn db(&self) -> &Database {
        self.fresh.db()
    }

    /// Where it is served.
    pub fn base(&self) -> String {
        self.node.base.clone()
    }

    /// A caller without a token.
    pub fn anonymous(&self) -> Client {
        self.node.anonymous()
    }

    /// Imports files given as names and texts; every row must be good.
    pub async fn import(&self, files: &[(&str, &str)]) {
        let report = self.try_import(files, Options::default()).await;
        assert!(report.applied && report.faults.is_empty(), "{:#?}", report.faults);
    }

    /// Imports files given as names and texts, whatever comes of it.
    pub async fn try_import(&self, files: &[(&str, &str)], options: Options) -> Report {
        let files = files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        let folder = Folder::from_memory(files);
        outside_the_runtime(|| imports::run_folder(self.db(), &folder, options, clock::now(), &Progress::hidden()))
            .unwrap()
    }

    /// Imports a folder of the disk; every row must be good.
    pub async fn import_folder(&self, folder: &Path) {
        self.import_folder_without(folder, "").await;
    }

    /// The same without the file `left_out`.
    pub async fn import_folder_without(&self, folder: &Path, left_out: &str) {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if name != left_out {
                files.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
        let files: Vec<_> = files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        self.import(&files).await;
    }

    /// Adds a person in `role` of `account`; their mail address.
    pub async fn add_person(&self, account: &str, role: &str) -> String {
        let email = format!("{role}-{}@{}.example", unique(), account.to_lowercase());
        self.add_person_named(&email, account, role).await;
        email
    }

    /// Adds a person with a mail address of the test's choice.
    pub async fn add_person_named(&self, email: &str, account: &str, role: &str) {
        let account = account.to_owned();
        let found = self
            .db()
            .read(move |connection| accounts::find_by_code(connection, &account));
        let account = found.await.unwrap().expect("the account was imported");
        let role = AccountRole::from_name(role).expect("a role of an account");
        self.add(email, Employment::Account(account.id, role)).await;
    }

    async fn add(&self, email: &str, employment: Employment) {
        let person = NewPerson {
            email: email.to_owned(),
            name: email.to_owned(),
            password_hash: PASSWORD_HASH.clone(),
            employment,
        };
        let actor = Actor::program("command");
        self.db()
            .write(move |tx| identity::add_person(tx, &actor, &person, clock::now()))
            .await
            .unwrap();
    }

    /// A new person in `role` of `account`, signed in.
    pub async fn person(&self, account: &str, role: &str) -> Client {
        let email = self.add_person(account, role).await;
        self.sign_in(&email).await
    }

    /// A new person of the supplier's staff in `role`, signed in.
    pub async fn staff(&self, role: &str) -> Client {
        self.staff_named(&format!("{role}-{}@supplier.example", unique()), role)
            .await
    }

    /// The same with a mail address of the test's choice.
    pub async fn staff_named(&self, email: &str, role: &str) -> Client {
        let employment = Employment::Staff(StaffRole::from_name(role).expect("a role of the staff"));
        self.add(email, employment).await;
        self.sign_in(email).await
    }

    /// Adds one of the supplier's staff with a mail address of the test's choice.
    pub async fn add_staff_named(&self, email: &str, role: &str) {
        let employment = Employment::Staff(StaffRole::from_name(role).expect("a role of the staff"));
        self.add(email, employment).await;
    }

    /// Signs a person in.
    pub async fn sign_in(&self, email: &str) -> Client {
        let client = self.anonymous();
        let credentials = json!({"email": email, "password": PASSWORD});
        let tokens = client.post("/auth/login", credentials).await.expect(200);
        client.with_token(tokens["access_token"].as_str().unwrap())
    }

    /// What `portal user end` does.
    pub async fn end_person(&self, email: &str) {
        let (actor, email) = (Actor::program("command"), email.to_owned());
        self.db()
            .write(move |tx| identity::end_person(tx, &actor, &email, clock::now()))
            .await
            .unwrap();
    }

    /// What `portal account close` does.
    pub async fn close_account(&self, code: &str) {
        let (actor, code) = (Actor::program("command"), code.to_owned());
        self.db()
            .write(move |tx| accounts::close(tx, &actor, &code, clock::now()))
            .await
            .unwrap();
    }

    /// Asserts that the client's token opens nothing: at once on a node that remembers nothing, within five seconds on
    /// the one it was used at.
    pub async fn is_out_soon(&self, client: &Client) {
        let elsewhere = self.another_node().await;
        client
            .at(&elsewhere.anonymous())
            .get("/me")
            .await
            .problem(401, "unauthenticated");
        let refused = async { while client.get("/me").await.status != 401 {} };
        tokio::time::timeout(std::time::Duration::from_secs(5), refused)
            .await
            .expect("access ends within five seconds");
    }

    /// Another worker on the same database, whose mails leave by `mailer`.
    pub fn worker(&self, mailer: Mailer) -> Worker {
        worker_on(self.db(), mailer)
    }

    /// Steps the worker until nothing is left for it now; the mails it sent.
    pub async fn mails(&self) -> Vec<Composed> {
        let mut worker = self.worker.lock().await;
        run_until_idle(&mut worker, clock::now()).await;
        self.sent.take()
    }

    /// Steps worker and housekeeping until nothing is left for them, then checks the books. Nothing may have been given
    /// up, and what failed must not wait.
    pub async fn finish(&self) {
        self.mails().await;
        while housekeeping::step(self.db(), clock::now()).await.unwrap() > 0 {}
        sealing::step(self.db()).await.unwrap();
        let unsent = self.db().read(|connection| {
            sql("SELECT kind, email, last_error FROM messages WHERE state <> 'sent'")
                .rows::<(String, String, Option<String>)>(connection)
        });
        let unsent = unsent.await.unwrap();
        assert!(unsent.is_empty(), "{unsent:#?}");
        self.check().await;
    }

    /// How many statements there were by now. The sessions of these people are known from this moment on: what is kept in mind
    /// lives for two seconds, and would else end now and then in the midst of what is counted.
    pub async fn statements_before(&self, people: &[&Client]) -> u64 {
        let touch = |tx: &mut _| sql("UPDATE people SET name = name WHERE id = 0").run(tx);
        self.db().write(touch).await.unwrap();
        for client in people {
            client.get("/me").await.expect(200);
        }
        self.db().statements()
    }

    /// What `portal check` does: nothing may be breached.
    pub async fn check(&self) {
        let breaches = self.db().read(check::everything).await.unwrap();
        assert!(breaches.is_empty(), "{breaches:#?}");
    }
}

/// A worker on `db`, at a portal that people reach at `https://portal.example`.
pub fn worker_on(db: &Database, mailer: Mailer) -> Worker {
    let state = AppState::new(db.clone(), 0, Typesetter::new(None).unwrap()).unwrap();
    state.readiness.set_ready();
    let mails = MailSettings {
        mailer,
        from: None,
        public_url: "https://portal.example/".parse().unwrap(),
        attempts_max: ATTEMPTS_MAX,
    };
    Worker::new(Data::new(state), mails)
}

/// Steps `worker` at the moment `now` until nothing is left for it.
pub async fn run_until_idle(worker: &mut Worker, now: Timestamp) {
    let (_end, ended) = watch::channel(false);
    while worker.step(now, &ended).await.unwrap().did_anything() {}
}

/// Runs what blocks, as a command does; a test's own thread drives a runtime and may not.
pub fn outside_the_runtime<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join().unwrap())
}
