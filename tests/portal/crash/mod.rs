//! The real program dies in the middle of its work: what it acknowledged is there, once, and as it was asked for.

mod backups;
mod corrections;
mod invoices;
mod load;
mod money;
mod reminders;
mod rolling;
mod server;
mod shutdown;

use std::collections::BTreeMap;
use std::time::Duration;

use portal::db::{Database, Engine, sql};
use portal::ids::OrderId;

use self::load::{Acknowledged, Load, PRICES};
use self::server::Server;
use crate::fresh::{Fresh, engine};
use crate::program::{Installation, Output};

const KILLS: usize = 10;
/// Buyers who order at the same time.
const BUYERS: usize = 8;
/// The password of everybody.
const PASSWORD: &str = "correct horse battery";
/// All of it, so that nothing can hang.
const TIMEOUT: Duration = Duration::from_secs(240);

const FILES: &[(&str, &str)] = &[
    ("supplier.csv", "name,country,currency\nThe Supplier,NL,EUR\n"),
    (
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit\n\
         A0,First Works,NL,EUR,gold,30,\nA1,Second Works,NL,EUR,silver,30,2000\n",
    ),
    (
        "products.csv",
        "sku,name,base_unit,decimals,tax_category\nBOLT,Bolt,H87,0,S\nRARE,Rare part,H87,0,S\nTAPE,Tape,H87,0,S\n",
    ),
    (
        "price_lists.csv",
        "price_list,name,currency,kind,account\nBASE,List prices,EUR,base,\n",
    ),
    (
        "prices.csv",
        "price_list,sku,unit,min_quantity,price\nBASE,BOLT,H87,1,0.5\nBASE,RARE,H87,1,10\nBASE,TAPE,H87,1,2.35\n",
    ),
    (
        "stock.csv",
        "warehouse,sku,on_hand\nNORTH,BOLT,400\nSOUTH,BOLT,300\nNORTH,RARE,100\nSOUTH,TAPE,5000\n",
    ),
];

/// The account of a buyer.
fn account_of(buyer: usize) -> String {
    format!("A{}", buyer % 2)
}

fn email_of(buyer: usize) -> String {
    format!("buyer-{buyer}@works.example")
}

/// Brings an installation from nothing to where people can order, by the commands an operator would use.
fn set_up(installation: &Installation) {
    installation.succeed(&["migrate"], "");
    let folder = tempfile::TempDir::new().unwrap();
    for (name, text) in FILES {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    installation.succeed(&["import", folder.path().to_str().unwrap()], "");
    for buyer in 0..BUYERS {
        let (email, account) = (email_of(buyer), account_of(buyer));
        let add = [
            "user",
            "add",
            "--email",
            &email,
            "--account",
            &account,
            "--role",
            "buyer",
            "--password-stdin",
        ];
        installation.succeed(&add, &format!("{PASSWORD}\n"));
    }
}

/// A line as it is stored: sku, quantity, net in cents.
type Line = (String, i64, i64);

/// An order as it is stored.
#[derive(Debug, PartialEq)]
struct Stored {
    id: String,
    account: String,
    is_cancelled: bool,
    net_cents: i64,
    lines: Vec<Line>,
}

/// Every order by its purchase order number.
fn stored_orders(database: &Database) -> BTreeMap<String, Stored> {
    type Row = ((String, i64, String, String, i64), (i32, String, i64, i64));
    let text = "SELECT o.po_number, o.id, a.code, o.state, o.net_minor, l.position, l.sku, l.quantity, l.net_minor \
                FROM orders o JOIN accounts a ON a.id = o.account_id JOIN order_lines l ON l.order_id = o.id \
                ORDER BY o.id, l.position";
    let rows: Vec<Row> = database.read_now(|tx| sql(text).rows(tx)).unwrap();
    let mut orders = BTreeMap::new();
    for ((po_number, id, account, state, net_cents), (_, sku, quantity, line_net)) in rows {
        let id = OrderId(id).to_string();
        let order = orders.entry(po_number).or_insert_with(|| Stored {
            id: id.clone(),
            account,
            is_cancelled: state == "cancelled",
            net_cents,
            lines: Vec::new(),
        });
        assert_eq!(order.id, id, "two orders have one purchase order number");
        order.lines.push((sku, quantity, line_net));
    }
    orders
}

/// What must be stored of an acknowledged order.
fn wanted(acknowledged: &Acknowledged) -> Stored {
    let price = |sku: &str| PRICES.iter().find(|(known, _)| *known == sku).unwrap().1;
    let lines: Vec<Line> = acknowledged
        .lines
        .iter()
        .map(|(sku, quantity)| ((*sku).to_owned(), *quantity, price(sku) * quantity))
        .collect();
    Stored {
        id: acknowledged.id.clone(),
        account: account_of(acknowledged.buyer),
        is_cancelled: acknowledged.is_cancelled,
        net_cents: lines.iter().map(|(_, _, net)| net).sum(),
        lines,
    }
}

/// Nothing lost, nothing twice, everything as it was asked for, and the books add up.
fn assert_whole(installation: &Installation, acknowledged: &[Acknowledged]) {
    let database = Database::open(installation.target(), 2).unwrap();
    let stored = stored_orders(&database);
    for order in acknowledged {
        assert_eq!(stored.get(&order.po_number), Some(&wanted(order)), "{order:?}");
    }
    // Every buyer went on until each order was acknowledged, so there is no other.
    assert_eq!(stored.len(), acknowledged.len());
    let keys = "SELECT COUNT(*) FROM idempotency_keys";
    let keys: i64 = database.read_now(|tx| sql(keys).one(tx)).unwrap();
    assert_eq!(usize::try_from(keys).unwrap(), acknowledged.len(), "one key an order");
    drop(database);
    let Output { code, stdout, stderr } = installation.run(&["check"], "");
    assert_eq!(code, Some(0), "{stdout}{stderr}");
}

/// Kills the program again and again while people order; `between` happens before some of the kills.
async fn survives(installation: &Installation, between: impl Fn()) {
    set_up(installation);
    let mut serving = installation.serve();
    let mut load = Load::start(&serving.base).await;
    for round in 0..KILLS {
        // A different moment each time, with all buyers in the middle of something.
        load.progress(10 + 5 * (round % 4)).await;
        if round % 4 == 1 {
            tokio::task::block_in_place(&between);
            load.progress(5).await;
        }
        serving.kill();
        serving = tokio::task::block_in_place(|| installation.serve());
        load.moved_to(&serving.base);
    }
    load.progress(20).await;
    let acknowledged = load.finish().await;
    serving.terminate();
    assert_eq!(serving.ended().code(), Some(0));
    assert!(acknowledged.iter().any(|order| order.is_cancelled));
    assert_whole(installation, &acknowledged);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_kills_of_the_program_and_of_its_database() {
    let run = async {
        match engine() {
            Engine::Sqlite => survives(&Installation::by_default(), || {}).await,
            Engine::Postgres => {
                let server = Server::start();
                survives(&Installation::on(&server.target()), || server.crash()).await;
            }
        }
    };
    tokio::time::timeout(TIMEOUT, run).await.expect("it comes to an end");
}

/// What a commit on SQLite means: WAL with `synchronous = FULL` syncs the log before the commit returns
/// (<https://www.sqlite.org/pragma.html#pragma_synchronous>), so once for each group of writes.
#[tokio::test]
async fn a_commit_on_sqlite_waits_for_the_disk() {
    const FULL: i64 = 2;
    let fresh = Fresh::sqlite();
    let settings = fresh.db().write(|tx| {
        let synchronous: i64 = sql("PRAGMA synchronous").one(tx)?;
        let journal: String = sql("PRAGMA journal_mode").one(tx)?;
        Ok((synchronous, journal))
    });
    assert_eq!(settings.await.unwrap(), (FULL, "wal".to_owned()));
}
