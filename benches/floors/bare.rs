//! What floors stand on: the engines' own drivers with statements that are prepared once, and a bare actix server that
//! hands a request to a thread with such a connection. Durability and checks are the product's.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use actix_web::{App, HttpResponse, HttpServer, web};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::Connection as _;
use diesel::backend::Backend;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::query_dsl::methods::LoadQuery;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Date, HasSqlType, Text, Timestamp};

/// As much as a request with thousands of lines has.
const BODY_BYTES_MAX: usize = 1 << 24;

/// Where the database is.
#[derive(Clone)]
pub enum Place {
    Sqlite(PathBuf),
    Postgres(String),
}

/// A connection without anything around it.
#[allow(clippy::large_enum_variant, reason = "one for each thread")]
pub enum Connection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// A parameter.
#[derive(Clone)]
pub enum Value {
    Int(i64),
    Text(String),
    At(NaiveDateTime),
    Day(NaiveDate),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl Connection {
    pub fn open(place: &Place) -> Self {
        match place {
            Place::Sqlite(path) => {
                let mut inner = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
                let setup = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                     PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000; \
                     PRAGMA mmap_size = 268435456; PRAGMA wal_autocheckpoint = 10000";
                inner.batch_execute(setup).unwrap();
                Self::Sqlite(inner)
            }
            Place::Postgres(url) => {
                let mut inner = PgConnection::establish(url).unwrap();
                let setup = "SET plan_cache_mode = force_generic_plan; SET jit = off; SET random_page_cost = 1.1; \
                     SET timezone = 'UTC'; SET client_min_messages = warning";
                inner.batch_execute(setup).unwrap();
                Self::Postgres(inner)
            }
        }
    }

    /// `BEGIN`, `COMMIT` and the like.
    pub fn say(&mut self, text: &str) {
        match self {
            Self::Sqlite(inner) => inner.batch_execute(text).unwrap(),
            Self::Postgres(inner) => inner.batch_execute(text).unwrap(),
        }
    }

    pub fn run(&mut self, text: &'static str, values: &[Value]) -> QueryResult<usize> {
        let statement = Prepared::<BigInt>::new(text, values);
        match self {
            Self::Sqlite(inner) => statement.execute(inner),
            Self::Postgres(inner) => statement.execute(inner),
        }
    }

    /// The rows of a statement whose columns have the types `T`.
    pub fn rows<T, R>(&mut self, text: &'static str, values: &[Value]) -> Vec<R>
    where
        for<'q> Prepared<T>: LoadQuery<'q, SqliteConnection, R> + LoadQuery<'q, PgConnection, R>,
    {
        let statement = Prepared::<T>::new(text, values);
        match self {
            Self::Sqlite(inner) => statement.load(inner).unwrap(),
            Self::Postgres(inner) => statement.load(inner).unwrap(),
        }
    }
}

/// A statement of constant text, which both drivers keep prepared. Parameters are written `$1`, `$2`, …
pub struct Prepared<T> {
    text: &'static str,
    values: Vec<Value>,
    types: std::marker::PhantomData<fn() -> T>,
}

impl<T> Prepared<T> {
    fn new(text: &'static str, values: &[Value]) -> Self {
        Self {
            text,
            values: values.to_vec(),
            types: std::marker::PhantomData,
        }
    }
}

impl<T> QueryId for Prepared<T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T> Query for Prepared<T> {
    type SqlType = T;
}

impl<T, C> RunQueryDsl<C> for Prepared<T> {}

impl<T, DB> QueryFragment<DB> for Prepared<T>
where
    DB: Backend + HasSqlType<Text> + HasSqlType<BigInt> + HasSqlType<Timestamp> + HasSqlType<Date>,
    String: ToSql<Text, DB>,
    i64: ToSql<BigInt, DB>,
    NaiveDateTime: ToSql<Timestamp, DB>,
    NaiveDate: ToSql<Date, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let mut parts = self.text.split('$');
        out.push_sql(parts.next().unwrap_or_default());
        for part in parts {
            let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
            let (number, rest) = part.split_at(digits);
            match &self.values[number.parse::<usize>().unwrap() - 1] {
                Value::Int(value) => out.push_bind_param::<BigInt, _>(value)?,
                Value::Text(value) => out.push_bind_param::<Text, _>(value)?,
                Value::At(value) => out.push_bind_param::<Timestamp, _>(value)?,
                Value::Day(value) => out.push_bind_param::<Date, _>(value)?,
            }
            out.push_sql(rest);
        }
        Ok(())
    }
}

/// What a floor is asked: for which connection of the load, what, and with which body.
pub struct Asked {
    pub worker: usize,
    pub what: String,
    pub body: web::Bytes,
}

/// Answers on a thread that has a connection.
pub type Handler = dyn Fn(&mut Connection, &Asked) -> Vec<u8> + Send + Sync;

thread_local! {
    static CONNECTION: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

/// Serves `/WORKER/WHAT`: one hop to a thread with a connection, of which there are as many as the product has.
pub fn serve(place: Place, handler: Arc<Handler>) -> SocketAddr {
    let threads_of_worker = match place {
        Place::Sqlite(_) => 1,
        Place::Postgres(_) => 4,
    };
    let answer = move |path: web::Path<(usize, String)>, body: web::Bytes| {
        let (place, handler) = (place.clone(), handler.clone());
        async move {
            let (worker, what) = path.into_inner();
            let asked = Asked { worker, what, body };
            let work = move || {
                CONNECTION.with_borrow_mut(|kept| handler(kept.get_or_insert_with(|| Connection::open(&place)), &asked))
            };
            let bytes = web::block(work).await.unwrap();
            HttpResponse::Ok().content_type("application/json").body(bytes)
        }
    };
    spawn(threads_of_worker, move |config| {
        config.route("/{worker}/{what}", web::to(answer.clone()));
    })
}

/// Serves the same bytes whatever is asked, from the thread that reads the request.
pub fn serve_static(bytes: Vec<u8>) -> SocketAddr {
    let bytes = web::Bytes::from(bytes);
    let answer = move || {
        let bytes = bytes.clone();
        async move { HttpResponse::Ok().content_type("application/json").body(bytes) }
    };
    spawn(1, move |config| {
        config.default_service(web::to(answer.clone()));
    })
}

fn spawn(threads_of_worker: usize, configure: impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static) -> SocketAddr {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = HttpServer::new(move || {
                let bodies = web::PayloadConfig::new(BODY_BYTES_MAX);
                App::new().app_data(bodies).configure(configure.clone())
            })
            .worker_max_blocking_threads(threads_of_worker)
            .tcp_nodelay(true)
            .disable_signals()
            .bind(("127.0.0.1", 0))
            .unwrap();
            tell.send(server.addrs()[0]).unwrap();
            server.run().await.unwrap();
        });
    });
    told.recv().unwrap()
}
