//! The list of orders: whoever asks, any filter, any sort, page by page.
//!
//! Ids are found along an index that goes as the list goes and holds what is filtered by; the rows of a page are read
//! then. Where few orders are in the states that are sought they are found by these and sorted.

use std::collections::HashMap;

use super::rows::{self, OwnedRow};
use crate::accounts::rules::Tier;
use crate::binds;
use crate::db::seek::{Scope, Seek, Way};
use crate::db::{Connection, Engine, patterns, select, sets};
use crate::error::Result;
use crate::ids::OrderId;
use crate::keys;
use crate::orders::board::rules::Board;
use crate::orders::board::store::AT_RISK;
use crate::orders::rules::head::po_key;
use crate::orders::rules::listing::{Filter, Keys, Sort};
use crate::orders::rules::promise::soon;
use crate::orders::rules::{Order, OrderClass, State};

/// Up to so many open orders are found by their states and sorted, more along the sort's index.
const OPEN_MAX: i64 = 2_000;

/// Whose an order is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// Code of the account.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// How much it counts.
    pub tier: Tier,
}

/// An order in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its head.
    pub order: Order,
    /// Whose it is.
    pub account: Owner,
    /// Its place in the queue from 1, where the list goes by priority; else 0.
    pub place: i64,
}

impl Listed {
    /// Its id.
    pub fn id(&self) -> OrderId {
        self.order.id
    }

    /// Where it stands in lists.
    pub fn keys(&self) -> Keys {
        Keys::of(&self.order, self.account.tier)
    }
}

/// At most `limit` orders behind `after`.
pub fn list(
    connection: &mut Connection,
    scope: Scope,
    filter: &Filter,
    sort: Sort,
    after: Option<&Keys>,
    limit: i64,
) -> Result<Vec<Listed>> {
    let ids = list_ids(connection, scope, filter, sort, after, limit)?;
    of_ids(connection, ids)
}

/// Those with these ids of the orders that are sought.
pub fn list_among(connection: &mut Connection, scope: Scope, filter: &Filter, ids: &[i64]) -> Result<Vec<Listed>> {
    let mut seek = Seek::new(connection, "SELECT o.id, CAST(0 AS BIGINT) FROM orders o");
    seek.and("o.id {in ids $1}", binds![sets::json(ids)?]);
    seek.one_of("o.state", &names(&sought_states(filter)))?;
    narrow(&mut seek, scope, filter);
    let found = seek.all().rows(connection)?;
    of_ids(connection, found)
}

/// The states of what is sought; all of them where none is named.
fn sought_states(filter: &Filter) -> Vec<State> {
    match (filter.board, filter.states.as_slice()) {
        (Some((Board::OnHold, _)), _) => vec![State::OnHold],
        (Some(_), _) => State::ALL.into_iter().filter(|state| state.is_served()).collect(),
        (None, states) => states.to_vec(),
    }
}

/// The orders that [`list_ids`] found.
pub fn of_ids(connection: &mut Connection, found: Vec<(OrderId, i64)>) -> Result<Vec<Listed>> {
    let ids: Vec<_> = found.iter().map(|(id, _)| *id).collect();
    let mut heads = heads(connection, &ids)?;
    let placed = |(id, place)| heads.remove(&id).map(|listed| Listed { place, ..listed });
    Ok(found.into_iter().filter_map(placed).collect())
}

/// The ids of [`list`] with their places.
pub fn list_ids(
    connection: &mut Connection,
    scope: Scope,
    filter: &Filter,
    sort: Sort,
    after: Option<&Keys>,
    limit: i64,
) -> Result<Vec<(OrderId, i64)>> {
    if sort == Sort::Priority {
        return list_ranked(connection, scope, filter, after, limit);
    }
    let plan = plan(connection, scope, filter, sort)?;
    let select = format!(
        "SELECT o.id, CAST(0 AS BIGINT) FROM orders o {{indexed {}}}",
        plan.index()
    );
    let mut seek = Seek::new(connection, &select);
    if plan == Plan::OpenStates {
        seek.and(&format!("o.state IN ({})", written(&filter.states)), []);
    } else {
        seek.one_of("o.state", &names(&filter.states))?;
    }
    let mut filter = filter.clone();
    // Where the list goes by the day of placing, no other days than those from the cursor on need be walked.
    match (sort, after) {
        (Sort::Newest, Some(keys)) => filter.to = filter.to.map(|to| to.min(keys.placed_on)),
        (Sort::Oldest, Some(keys)) => filter.from = filter.from.map(|from| from.max(keys.placed_on)),
        _ => {}
    }
    narrow(&mut seek, scope, &filter);
    let day = match (sort.is_by_wish(), connection.engine()) {
        (false, _) => "o.placed_on",
        (true, Engine::Sqlite) => "COALESCE(o.requested_on, '9999-12-31')",
        (true, Engine::Postgres) => "COALESCE(o.requested_on, DATE '9999-12-31')",
    };
    let after = after.map(|keys| {
        let day = if sort.is_by_wish() {
            keys.wanted_on
        } else {
            keys.placed_on
        };
        binds![day, keys.id]
    });
    let way = if sort.is_ascending() { Way::Up } else { Way::Down };
    seek.page([day, "o.id"], way, after, limit).rows(connection)
}

/// How many orders are sought; beyond `count_max` it counts no further.
pub fn count(connection: &mut Connection, scope: Scope, filter: &Filter, count_max: i64) -> Result<i64> {
    let mut seek = Seek::new(connection, "SELECT 1 FROM orders o");
    seek.one_of("o.state", &names(&filter.states))?;
    narrow(&mut seek, scope, filter);
    seek.count(count_max).one(connection)
}

/// How the ids are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plan {
    /// Along the day of placing, or the wanted day: of an account.
    ByDay,
    ByWish,
    /// Along the day of placing, of one state of an account.
    OfState,
    /// By the states of few open orders of an account, sorted then.
    OpenStates,
    /// Along the day of placing: of everybody.
    ByDayOfAll,
    OfStateOfAll,
}

impl Plan {
    /// What SQLite walks; it keeps no statistics that would tell it.
    fn index(self) -> &'static str {
        match self {
            Self::ByDay => "orders_by_day",
            Self::ByWish => "orders_by_wish",
            Self::OfState | Self::OpenStates => "orders_by_state",
            Self::ByDayOfAll => "orders_by_placing",
            Self::OfStateOfAll => "orders_of_state",
        }
    }
}

fn plan(connection: &mut Connection, scope: Scope, filter: &Filter, sort: Sort) -> Result<Plan> {
    let is_of_one = scope != Scope::All || filter.account.is_some();
    let plan = match filter.states.as_slice() {
        [_] if is_of_one && !sort.is_by_wish() => Plan::OfState,
        [_] if !is_of_one => Plan::OfStateOfAll,
        [] if !is_of_one => Plan::ByDayOfAll,
        states if is_of_one && !states.is_empty() && states.iter().all(|state| State::OPEN.contains(state)) => {
            let of_states = Filter {
                account: filter.account.clone(),
                ..Filter::of_states(states)
            };
            let counted = match filter.counted {
                Some(counted) => counted,
                None => count(connection, scope, &of_states, OPEN_MAX)?,
            };
            if counted <= OPEN_MAX {
                Plan::OpenStates
            } else if sort.is_by_wish() {
                Plan::ByWish
            } else {
                Plan::ByDay
            }
        }
        _ if !is_of_one => Plan::ByDayOfAll,
        _ if sort.is_by_wish() => Plan::ByWish,
        _ => Plan::ByDay,
    };
    Ok(plan)
}

fn names(states: &[State]) -> Vec<&'static str> {
    states.iter().map(|state| state.name()).collect()
}

/// States as a statement has them. Written out where few orders are in them: of a parameter the planner doesn't know.
fn written(states: &[State]) -> String {
    let quoted: Vec<_> = states.iter().map(|state| format!("'{}'", state.name())).collect();
    quoted.join(", ")
}

/// All that is asked of orders `o` but their states.
fn narrow(seek: &mut Seek, scope: Scope, filter: &Filter) {
    seek.and_if("o.account_id = $1", scope.account_id());
    seek.of_account("o.account_id", filter.account.as_deref());
    if let Some(code) = &filter.site {
        match scope {
            Scope::Account(id) => seek.and(
                "o.site_id = (SELECT s.id FROM sites s WHERE s.account_id = $1 AND s.code = $2)",
                binds![id, code],
            ),
            Scope::All => seek.and(
                "o.site_id IN (SELECT s.id FROM sites s WHERE s.code = $1)",
                binds![code],
            ),
        }
    }
    seek.and_if("o.po_key = $1", filter.po_number.as_deref().map(po_key));
    seek.and_if("o.placed_on >= $1", filter.from);
    seek.and_if("o.placed_on <= $1", filter.to);
    if let Some(text) = &filter.text {
        let (number, part) = (patterns::number(text), po_key(text));
        match scope {
            Scope::Account(_) => {
                seek.and("(o.number = $1 OR {position}(o.po_key, $2) > 0)", binds![number, part]);
            }
            // Accounts that have the text are looked for once, not for each order.
            Scope::All => seek.and(
                "(o.number = $1 OR {position}(o.po_key, $2) > 0 OR o.account_id IN (SELECT a.id FROM accounts a \
                 WHERE {position}(a.search_text, $3) > 0))",
                binds![number, part, keys::searched(text.trim())],
            ),
        }
    }
    if let Some((board, today)) = filter.board {
        match board {
            Board::Open | Board::OnHold => {}
            Board::ToAccept => seek.and("o.state = $1", binds![State::Placed.name()]),
            Board::AtRisk => seek.and(AT_RISK, binds![today, soon(today)]),
            Board::Short => seek.and(
                "EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.backordered > 0)",
                [],
            ),
            Board::ToShip => seek.and(
                "o.state <> $1 AND EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.reserved > 0)",
                binds![State::Placed.name()],
            ),
        }
    }
}

/// A column's names as the numbers they are sorted by.
fn ranked<const N: usize>(column: &str, ranks: [(&str, i32); N]) -> String {
    let whens: String = ranks.map(|(name, rank)| format!(" WHEN '{name}' THEN {rank}")).concat();
    format!("CASE {column}{whens} END")
}

/// Only what waits for staff is ranked, or the states that are asked for, so the sort stays small however many orders
/// there are. An order's place is the one among all that are ranked, not among those that are sought.
fn list_ranked(
    connection: &mut Connection,
    scope: Scope,
    filter: &Filter,
    after: Option<&Keys>,
    limit: i64,
) -> Result<Vec<(OrderId, i64)>> {
    let states = match (filter.board, filter.states.as_slice()) {
        (Some((Board::OnHold, _)), _) => vec![State::OnHold],
        (None, states) if !states.is_empty() => states.to_vec(),
        _ => State::ALL.into_iter().filter(|state| state.is_served()).collect(),
    };
    let select = format!(
        "SELECT o.id, o.place FROM (SELECT r.*, ROW_NUMBER() OVER (ORDER BY r.tier_rank, r.class_rank, r.wanted_on, \
         r.queued_at, r.id) AS place FROM (SELECT o.id, o.account_id, o.site_id, o.number, o.state, o.po_key, \
         o.placed_on, o.requested_on, o.queued_at, o.delivery, COALESCE(o.requested_on, '9999-12-31') AS wanted_on, {} AS tier_rank, \
         {} AS class_rank FROM orders o JOIN accounts a ON a.id = o.account_id WHERE o.state IN ({})) r) o",
        ranked("a.tier", Tier::ALL.map(|tier| (tier.name(), tier.rank()))),
        ranked(
            "o.order_class",
            OrderClass::ALL.map(|class| (class.name(), class.rank()))
        ),
        written(&states),
    );
    let mut seek = Seek::new(connection, &select);
    narrow(&mut seek, scope, filter);
    let keys = ["o.tier_rank", "o.class_rank", "o.wanted_on", "o.queued_at", "o.id"];
    let after = after.map(|keys| {
        let (tier, class) = keys.importance;
        binds![
            i64::from(tier),
            i64::from(class),
            keys.wanted_on,
            keys.queued_at,
            keys.id
        ]
    });
    seek.page(keys, Way::Up, after, limit).rows(connection)
}

/// The heads of these orders, whosever they are.
pub fn heads(connection: &mut Connection, ids: &[OrderId]) -> Result<HashMap<OrderId, Listed>> {
    let found = select::<OwnedRow>("WHERE o.id {in ids $1}")
        .bind(sets::json(ids)?)
        .rows(connection)?;
    let listed = |row: OwnedRow| {
        let order = rows::order(row.placed)?;
        let account = Owner {
            code: row.code,
            name: row.name,
            tier: row.tier,
        };
        let place = 0;
        Ok((order.id, Listed { order, account, place }))
    };
    found.into_iter().map(listed).collect()
}
