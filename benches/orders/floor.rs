//! The floor: the rows of an order written again and again by the bare statements, without HTTP, facts or rules, one
//! transaction and one commit each. SQLite has one writer; PostgreSQL has as many as there are connections.

use std::time::Duration;

use portal::accounts;
use portal::audit::{self, Actor, Entry};
use portal::clock;
use portal::db::seek::Scope;
use portal::db::{Batch, Connection, Engine};
use portal::error::Result;
use portal::events;
use portal::events::payloads::{OrderHead, OrderPlaced};
use portal::identity::idempotency;
use portal::ids::{OrderId, OrderLineId};
use portal::inventory::rules::{Change, Take};
use portal::inventory::store as stock;
use portal::ledger;
use portal::orders::rules::Order;
use portal::orders::{self, Filter, Sort, allocation, store};
use serde_json::json;

use crate::world::World;

/// An order as it was placed, to be written again under new ids.
#[derive(Clone)]
struct Template {
    order: Order,
    /// By position of the line.
    takes: Vec<(i32, Take)>,
}

pub fn measure(world: &World, measured: Duration) -> f64 {
    let threads = match world.db.engine() {
        Engine::Sqlite => 1,
        Engine::Postgres => crate::CONNECTIONS,
    };
    let templates: Vec<_> = (0..threads).map(|thread| template(world, thread)).collect();
    crate::threads(threads, measured, |thread| {
        let template = templates[thread].clone();
        world.db.write_now(move |tx| write(tx, &template)).unwrap();
    })
}

fn template(world: &World, thread: usize) -> Template {
    let code = world.account_of(thread);
    let read = move |connection: &mut Connection| {
        let account = accounts::find_by_code(connection, &code)?.expect("imported");
        let scope = Scope::Account(account.id);
        let newest = orders::list(connection, scope, &Filter::default(), Sort::Newest, None, 1)?.remove(0);
        let order = orders::get(connection, account.id, newest.order.id)?;
        let reserved = allocation::store::list_reservations(connection, order.id)?;
        let position = |id: OrderLineId| {
            order
                .lines
                .iter()
                .find(|line| line.id == id)
                .expect("its line")
                .position
        };
        let takes = reserved
            .into_iter()
            .map(|(line, _, take)| (position(line), take))
            .collect();
        Ok(Template { order, takes })
    };
    world.db.read_now(read).unwrap()
}

fn write(tx: &mut Connection, template: &Template) -> Result<()> {
    let now = clock::now();
    let mut order = template.order.clone();
    order.id = OrderId::new();
    order.po_number = order.id.to_string();
    order.lines.iter_mut().for_each(|line| line.id = OrderLineId::new());
    let key = idempotency::Request {
        person_id: order.placed_by.expect("placed by a buyer").row(),
        route: "POST /api/v1/orders",
        key: order.id.to_string(),
        hash: "0".repeat(64),
    };
    idempotency::begin(tx, &key, order.id.0, now)?;
    order.number = store::next_number(tx)?;
    let line = |position: i32| {
        order
            .lines
            .iter()
            .find(|line| line.position == position)
            .expect("its line")
            .id
    };
    let takes: Vec<_> = template
        .takes
        .iter()
        .map(|(position, take)| (line(*position), *take, Some(order.placed_on)))
        .collect();
    let change = |take: &Take| Change {
        reserved: take.quantity,
        ..Change::default()
    };
    let mut changes: Vec<_> = takes.iter().map(|(_, take, _)| (take.stock_id, change(take))).collect();
    changes.sort_unstable_by_key(|(stock_id, _)| *stock_id);
    let mut batch = Batch::new();
    store::insert(&mut batch, &order)?;
    stock::update_stock(&mut batch, &changes)?;
    allocation::store::add_reservations(&mut batch, &takes)?;
    ledger::commit(&mut batch, order.account_id, order.id, order.commitment_minor(), now);
    let details = json!({ "number": order.number.to_string(), "po_number": order.po_number, "state": "placed" });
    let account_id = Some(order.account_id);
    let placed = OrderPlaced {
        order: OrderHead {
            order_id: order.id,
            number: order.number.to_string(),
            order_number: order.number.to_string(),
            po_number: order.po_number.clone(),
            ship_to: order.ship_to.clone(),
            order_class: order.order_class,
        },
        state: order.state,
        currency: order.currency.code().to_owned(),
        net_total: order.net.to_string(),
        gross_total: None,
        by_staff: None,
    };
    batch.add(events::recording(
        &events::Entry::new(account_id, order.id, placed),
        now,
    ));
    let entry = Entry {
        action: "order.place",
        account_id,
        object: order.id.to_string(),
        details,
    };
    batch.add(audit::recording(&Actor::program("bench"), &entry, now));
    batch.run(tx)
}
