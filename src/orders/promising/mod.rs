//! Dates that hold: what of waiting lines is promised of what is expected. Whatever changes what is expected or who waits makes
//! the promises of its products again, in the same transaction; those whose promise became another one learn of it.

pub mod asking;
pub mod checks;
mod delivery;
pub mod rules;
pub mod store;
mod telling;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use chrono_tz::Tz;

pub use self::delivery::Delivery;
use self::rules::{Foreseen, Incoming, Wanting, by_day, foresee, foresee_by_policy, whole_day};
use self::store::PartRow;
use self::telling::{Changes, Moved, shared_days, with_others_along};
use super::allocation::list_waiting;
use super::allocation::rules::Waiting;
use super::allocation::store::{ServedRow, list_served};
use super::rules::order::ExpectedPart;
use crate::accounts;
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::error::Result;
use crate::events;
use crate::ids::{OrderId, OrderLineId, ProductId};
use crate::inventory::rules::StockBook;
use crate::inventory::{self, Purpose};
use crate::supply;

/// What is expected of some products, and what of it is promised to whom.
#[derive(Debug, Default)]
pub struct Outlook {
    /// The products of which something is expected or promised.
    products: Vec<ProductId>,
    coming: HashMap<ProductId, Vec<Incoming>>,
    promised: HashMap<OrderLineId, Vec<ExpectedPart>>,
}

/// Looks at what is expected of these products: one statement where it is nothing.
pub fn look(connection: &mut Connection, product_ids: &[ProductId], today: NaiveDate) -> Result<Outlook> {
    let products = store::list_concerned(connection, product_ids)?;
    if products.is_empty() {
        return Ok(Outlook::default());
    }
    let mut coming = HashMap::<ProductId, Vec<Incoming>>::new();
    for row in supply::list_coming(connection, &products, today)? {
        coming.entry(row.product_id).or_default().push(Incoming {
            id: row.id,
            warehouse: row.warehouse,
            expected_on: row.expected_on,
            rest: row.rest,
        });
    }
    let mut promised = HashMap::<OrderLineId, Vec<ExpectedPart>>::new();
    for part in store::list_of_products(connection, &products)? {
        promised.entry(part.order_line_id).or_default().push(part.into());
    }
    Ok(Outlook {
        products,
        coming,
        promised,
    })
}

impl From<PartRow> for ExpectedPart {
    fn from(row: PartRow) -> Self {
        Self {
            expected_receipt_id: row.expected_receipt_id,
            quantity: row.quantity,
            promised_on: row.promised_on,
        }
    }
}

/// The parts of lines that wait.
pub type Parts = HashMap<OrderLineId, Vec<ExpectedPart>>;

impl Outlook {
    /// The products of which something is expected or promised.
    pub fn products(&self) -> &[ProductId] {
        &self.products
    }

    /// What of these lines is promised, by what they still wait for; `stock` is what is left after they were served.
    pub fn parts(&self, waiting: &[(&Waiting, i64)], stock: &StockBook, delivery: &Delivery) -> Parts {
        let mut queues = BTreeMap::<ProductId, Vec<(&Waiting, i64)>>::new();
        for (line, missing) in waiting {
            queues.entry(line.product_id).or_default().push((line, *missing));
        }
        let mut parts = Parts::new();
        for (product_id, mut queue) in queues {
            let Some(coming) = self.coming.get(&product_id) else {
                continue;
            };
            queue.sort_by_key(|(line, _)| line.rank);
            let policy = stock.policy(product_id);
            let foreseen = match policy.is_plain() {
                true => {
                    let free = stock.of(product_id).iter();
                    let free = free.map(|row| (row.warehouse.clone(), row.free())).collect();
                    let wanting = queue.iter().map(|(line, missing)| Wanting {
                        order_line_id: line.order_line_id,
                        missing: *missing,
                        portion: line.portion,
                    });
                    foresee(&free, coming, &wanting.collect::<Vec<_>>())
                }
                false => foresee_by_policy(product_id, (stock.of(product_id), &policy), coming, &queue),
            };
            let lines: HashMap<_, _> = queue.iter().map(|(line, _)| (line.order_line_id, *line)).collect();
            for part in foreseen {
                let line = lines.get(&part.order_line_id);
                if let Some(promised) = line.and_then(|line| promised_part(line, part, coming, delivery)) {
                    parts.entry(part.order_line_id).or_default().push(promised);
                }
            }
        }
        for own in parts.values_mut() {
            own.sort_by_key(|part| (part.promised_on, part.expected_receipt_id));
        }
        parts
    }

    /// What is to change so that each line has its part of `parts`; lines that wait no more have none.
    pub fn renewed(self, parts: Parts) -> Renewal {
        Renewal {
            before: self.promised,
            after: parts,
        }
    }
}

fn promised_part(line: &Waiting, part: Foreseen, coming: &[Incoming], delivery: &Delivery) -> Option<ExpectedPart> {
    let coming = coming.get(part.incoming)?;
    let promised_on = delivery.expected(coming.expected_on, line.lead_time_days, &coming.warehouse, line.site_id)?;
    Some(ExpectedPart {
        expected_receipt_id: coming.id,
        quantity: part.quantity,
        promised_on,
    })
}

/// The parts of lines before and after.
#[derive(Debug, Default)]
pub struct Renewal {
    before: Parts,
    after: Parts,
}

/// What a line got of stock.
#[derive(Debug, Clone, Copy)]
pub struct Served {
    pub quantity: i64,
    /// The day for which that is promised.
    pub promised_on: Option<NaiveDate>,
}

impl Renewal {
    fn before(&self, id: OrderLineId) -> &[ExpectedPart] {
        self.before.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    fn after(&self, id: OrderLineId) -> &[ExpectedPart] {
        self.after.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The lines whose parts become others.
    fn changed(&self) -> Vec<OrderLineId> {
        let ids: BTreeSet<_> = self.before.keys().chain(self.after.keys()).copied().collect();
        let is_changed = |id: &OrderLineId| self.before(*id) != self.after(*id);
        ids.into_iter().filter(is_changed).collect()
    }

    /// Stores with `batch` what lines got and what of them is promised, and tells the accounts whose promises became others: one
    /// event for each order but for `untold`, which is told of its lines otherwise.
    pub fn store(
        self,
        tx: &mut Connection,
        served: &HashMap<OrderLineId, Served>,
        mut batch: Batch,
        (untold, now): (Option<OrderId>, Timestamp),
    ) -> Result<()> {
        let changed = self.changed();
        let touched: BTreeSet<_> = changed.iter().chain(served.keys()).copied().collect();
        if touched.is_empty() {
            return batch.run(tx);
        }
        let lines = list_served(tx, &Vec::from_iter(touched.iter().copied()))?;
        let lines = with_others_along(tx, lines, untold)?;
        let gone = changed.iter().filter(|id| self.before.contains_key(id)).copied();
        store::delete(tx, &gone.collect::<Vec<_>>())?;
        let (mut standing, mut changes) = (Vec::new(), Changes::default());
        let moved = lines.iter().map(|line| {
            let own = served.get(&line.id).copied();
            Moved {
                line,
                got: own.map_or(0, |served| served.quantity),
                promised_on: match touched.contains(&line.id) {
                    true => day_of(line, own, self.after(line.id)),
                    false => line.promised_on,
                },
            }
        });
        let moved: Vec<_> = moved.collect();
        let shared = shared_days(&moved);
        for one in &moved {
            let (line, got) = (one.line, one.got);
            if got != 0 || one.promised_on != line.promised_on {
                standing.push((line.id, got, one.promised_on));
            }
            let days = shared.get(&line.order_id).copied().filter(|_| line.leaves_along());
            let days = days.unwrap_or_else(|| one.own_days());
            // Of what leaves whole only the day of all of it is known.
            let is_split = !line.leaves_whole && told(self.before(line.id)) != told(self.after(line.id));
            let is_told = got != 0 || line.is_due() && (days.was != days.is || is_split);
            if is_told && untold != Some(line.order_id) {
                changes.add(line, got, days);
            }
        }
        let products: HashMap<_, _> = lines.iter().map(|line| (line.id, line.product_id)).collect();
        let rows = changed.iter().filter_map(|id| {
            let product_id = products.get(id).copied()?;
            Some(rows_of(*id, product_id, self.after(*id)))
        });
        store::update_standing(&mut batch, &standing)?;
        store::insert(&mut batch, &rows.flatten().collect::<Vec<_>>())?;
        events::record_all(&mut batch, &changes.entries(), now)?;
        batch.run(tx)
    }
}

/// The parts of a line as they are stored.
pub fn rows_of(id: OrderLineId, product_id: ProductId, parts: &[ExpectedPart]) -> Vec<PartRow> {
    let row = |part: &ExpectedPart| PartRow {
        order_line_id: id,
        expected_receipt_id: part.expected_receipt_id,
        product_id,
        quantity: part.quantity,
        promised_on: part.promised_on,
    };
    parts.iter().map(row).collect()
}

/// How much on which day: what accounts know of parts.
fn told(parts: &[ExpectedPart]) -> BTreeMap<NaiveDate, i64> {
    by_day(parts.iter().map(|part| (part.promised_on, part.quantity)))
}

/// The day of all of a line from now on.
fn day_of(line: &ServedRow, served: Option<Served>, parts: &[ExpectedPart]) -> Option<NaiveDate> {
    let got = served.map_or(0, |served| served.quantity);
    let waits = line.backordered - got;
    if got == 0 && waits == 0 {
        // Of lines that don't wait nothing changes but by what they get.
        return line.promised_on;
    }
    let own = line.stock_promised_on.filter(|_| line.reserved > 0);
    let stock_on = own.max(served.and_then(|served| served.promised_on));
    whole_day(
        stock_on,
        waits,
        parts.iter().map(|part| (part.promised_on, part.quantity)),
    )
}

/// Makes the promises of these products again, after what is expected of them became something else. Locks the products' stock.
pub fn promise_again(tx: &mut Connection, product_ids: &[ProductId], zone: Tz, now: Timestamp) -> Result<()> {
    let mut stock = inventory::load(tx, product_ids, Purpose::Change)?;
    let outlook = look(tx, product_ids, day_in(zone, now))?;
    if outlook.products.is_empty() {
        return Ok(());
    }
    inventory::quotas::apply(tx, &mut stock, product_ids, day_in(zone, now))?;
    let waiting = list_waiting(tx, &outlook.products)?;
    let delivery = Delivery::load(tx, &waiting, zone, now)?;
    let queue: Vec<_> = waiting.iter().map(|line| (line, line.backordered)).collect();
    let parts = outlook.parts(&queue, &stock, &delivery);
    let renewal = outlook.renewed(parts);
    renewal.store(tx, &HashMap::new(), Batch::new(), (None, now))
}

/// The same in the supplier's zone.
pub fn promise_products(tx: &mut Connection, product_ids: &[ProductId], now: Timestamp) -> Result<()> {
    let zone = accounts::supplier_zone(tx)?;
    promise_again(tx, product_ids, zone, now)
}

/// At most `limit` products whose promises are to be made again: because accounts stand elsewhere in the queue, calendars are
/// others, or what was promised did not come on its day.
pub fn list_due(connection: &mut Connection, now: Timestamp, limit: i64) -> Result<Vec<ProductId>> {
    let zone = accounts::supplier_zone(connection)?;
    store::list_due(connection, day_in(zone, now), limit)
}

/// Makes the promises of products again that are due.
pub fn review(tx: &mut Connection, product_ids: &[ProductId], now: Timestamp) -> Result<()> {
    // Who marks one of them meanwhile waits for the end of this, and marks it then.
    store::unmark(tx, product_ids)?;
    promise_products(tx, product_ids, now)
}

/// Marks everything that is promised of what is expected, once calendars are others.
pub fn mark_all(tx: &mut Connection) -> Result<()> {
    store::mark_all(tx)
}

/// The first day on which more of each of these products comes than is promised already, and how much; by product.
pub fn next_of(
    connection: &mut Connection,
    product_ids: &[ProductId],
    today: NaiveDate,
) -> Result<HashMap<ProductId, Next>> {
    let mut next = HashMap::new();
    for (product_id, expected_on, warehouse, quantity) in store::list_unpromised(connection, product_ids, today)? {
        next.entry(product_id).or_insert(Next {
            expected_on,
            warehouse,
            quantity,
        });
    }
    Ok(next)
}

/// What of a product comes next that nobody has yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    pub expected_on: NaiveDate,
    /// Code of the warehouse it comes into.
    pub warehouse: String,
    /// Base steps.
    pub quantity: i64,
}
