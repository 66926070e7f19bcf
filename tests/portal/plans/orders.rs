//! Lists of orders, of an account and of everybody.

use portal::db::Engine;
use portal::db::seek::Scope;
use portal::orders::board::rules::Board;
use portal::orders::rules::State;
use portal::orders::{self, Filter, Keys, Sort};

use super::{Plan, fill, plans};
use crate::app::TestApp;
use crate::fresh::engine;

/// Among so many orders each index pays. Nine of ten are ACME's; one of a hundred is open.
const ORDERS: usize = 20_000;

/// Few orders are in the states of these, or each of its states is one range. SQLite is told which, PostgreSQL chooses.
const BY_STATE: &[&str] = &["orders_by_state", "orders_of_state", "orders_open"];

pub(super) fn insertion() -> String {
    let (day, moment) = match engine() {
        Engine::Sqlite => (
            "date('2020-01-01', '+' || (n / 20) || ' days')",
            "'2026-01-01 00:00:00'",
        ),
        Engine::Postgres => ("DATE '2020-01-01' + n / 20", "TIMESTAMP '2026-01-01 00:00:00'"),
    };
    format!(
        "INSERT INTO orders (id, account_id, number, state, hold_reasons, po_number, po_key, order_class, site_id, \
         currency, net_minor, line_count, placed_at, placed_on, queued_at, version) \
         WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {ORDERS}) \
         SELECT n, a.id, n, CASE n % 300 WHEN 0 THEN 'placed' WHEN 1 THEN 'on_hold' WHEN 2 THEN 'accepted' \
         WHEN 3 THEN 'shipped' WHEN 4 THEN 'cancelled' ELSE 'closed' END, '[]', 'PO-' || n, 'po-' || n, 'standard', \
         s.id, 'EUR', 100, 1, {moment}, {day}, {moment}, 1 \
         FROM series JOIN accounts a ON a.code = CASE WHEN n % 10 = 0 THEN 'RIVAL' ELSE 'ACME' END \
         JOIN sites s ON s.account_id = a.id"
    )
}

/// A portal without orders, and ACME's scope.
pub(super) async fn empty_shop() -> (TestApp, Scope) {
    let app = TestApp::with_accounts().await;
    let read = |connection: &mut _| portal::accounts::find_by_code(connection, "ACME");
    let account = app.db().read_now(read).unwrap().unwrap();
    (app, Scope::Account(account.id))
}

async fn shop() -> (TestApp, Scope) {
    let (app, acme) = empty_shop().await;
    fill(app.db(), &[insertion()]).await;
    (app, acme)
}

/// The plan of the statement that finds the ids.
fn found(app: &TestApp, scope: Scope, filter: &Filter, sort: Sort, is_further: bool) -> Plan {
    let newest = |connection: &mut _| orders::list(connection, scope, &Filter::default(), Sort::Newest, None, 1);
    let first = app.db().read_now(newest).unwrap().remove(0);
    let keys: Option<Keys> = is_further.then(|| first.keys());
    let sent = plans(app.db(), |connection| {
        orders::list(connection, scope, filter, sort, keys.as_ref(), 51)
    });
    let mut sent = sent.into_iter().filter(|plan| plan.text.contains(" ORDER BY "));
    sent.next().expect("a statement that sorts")
}

#[tokio::test]
async fn an_accounts_lists_walk_the_index_of_their_sort() {
    let (app, acme) = shop().await;
    let closed = Filter::of_states(&[State::Delivered, State::Closed]);
    let narrow = Filter {
        text: Some("po-1".to_owned()),
        site: Some("MAIN".to_owned()),
        ..Filter::default()
    };
    let of_days = Filter {
        from: "2020-01-02".parse().ok(),
        to: "2022-01-02".parse().ok(),
        ..narrow.clone()
    };
    for sort in [Sort::Newest, Sort::Oldest] {
        for is_further in [false, true] {
            found(&app, acme, &of_days, sort, is_further).walks("orders_by_day", "orders");
        }
    }
    for filter in [Filter::default(), closed, narrow] {
        for (sort, index) in [
            (Sort::Newest, "orders_by_day"),
            (Sort::Oldest, "orders_by_day"),
            (Sort::Wanted, "orders_by_wish"),
            (Sort::WantedLast, "orders_by_wish"),
        ] {
            for is_further in [false, true] {
                found(&app, acme, &filter, sort, is_further).walks(index, "orders");
            }
        }
    }
}

#[tokio::test]
async fn one_state_is_walked_by_the_day_and_few_open_ones_are_found_by_their_states() {
    let (app, acme) = shop().await;
    for is_further in [false, true] {
        let of_state = Filter::of_states(&[State::Shipped]);
        for sort in [Sort::Newest, Sort::Oldest] {
            found(&app, acme, &of_state, sort, is_further).walks("orders_by_state", "orders");
        }
        let open = Filter::of_states(&State::OPEN);
        for sort in [Sort::Newest, Sort::Oldest, Sort::Wanted, Sort::WantedLast] {
            found(&app, acme, &open, sort, is_further).uses(BY_STATE, "orders");
        }
    }
}

#[tokio::test]
async fn everybodys_lists_walk_an_index_of_everybodys() {
    let (app, _) = shop().await;
    let text = Filter {
        text: Some("acme".to_owned()),
        ..Filter::default()
    };
    let of_account = Filter {
        account: Some("ACME".to_owned()),
        ..Filter::default()
    };
    let shipped_of_account = Filter {
        account: Some("ACME".to_owned()),
        ..Filter::of_states(&[State::Shipped])
    };
    for (filter, index) in [
        (Filter::default(), "orders_by_placing"),
        (text, "orders_by_placing"),
        (Filter::of_states(&[State::Shipped]), "orders_of_state"),
        (of_account, "orders_by_day"),
        (shipped_of_account, "orders_by_state"),
    ] {
        for sort in [Sort::Newest, Sort::Oldest] {
            for is_further in [false, true] {
                found(&app, Scope::All, &filter, sort, is_further).walks(index, "orders");
            }
        }
    }
}

#[tokio::test]
async fn the_queue_ranks_only_what_waits() {
    let (app, _) = shop().await;
    let today = "2026-01-01".parse().unwrap();
    for board in Board::ALL {
        let filter = Filter {
            board: Some((board, today)),
            ..Filter::default()
        };
        for is_further in [false, true] {
            found(&app, Scope::All, &filter, Sort::Priority, is_further).uses(BY_STATE, "orders");
        }
    }
}
