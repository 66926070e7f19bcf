//! What a list shows of its orders beside their heads: how many there are, their lines.

use std::collections::HashMap;

use super::load_expected;
use super::rows::{self, LineRow};
use crate::db::{Connection, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, OrderId, ProductId};
use crate::orders::rules::{Order, State};

/// How many orders of the account are in each state; beyond `count_max` of one it counts no further.
pub fn count_states(connection: &mut Connection, account_id: AccountId, count_max: i64) -> Result<Vec<(State, i64)>> {
    let names = State::ALL.map(State::name);
    let found: Vec<(String, i64)> = sql(
        "SELECT s.value, (SELECT count(*) FROM (SELECT 1 FROM orders WHERE account_id = $1 AND state = s.value LIMIT $3) f) \
         FROM {texts $2} s",
    )
    .bind(account_id)
    .bind(sets::json(&names)?)
    .bind(count_max + 1)
    .rows(connection)?;
    let counted = found.into_iter();
    Ok(counted
        .filter_map(|(name, count)| Some((State::from_name(&name)?, count)))
        .collect())
}

/// Puts the lines of these orders of the account into them.
pub fn load_lines(connection: &mut Connection, account_id: AccountId, orders: &mut [Order]) -> Result<()> {
    let ids: Vec<_> = orders.iter().map(|order| order.id).collect();
    let found: Vec<LineRow> = select::<LineRow>(
        "WHERE order_id IN (SELECT id FROM orders WHERE id {in ids $1} AND account_id = $2) ORDER BY order_id, position",
    )
    .bind(sets::json(&ids)?)
    .bind(account_id)
    .rows(connection)?;
    let mut of_order: HashMap<OrderId, Vec<LineRow>> = HashMap::new();
    for row in found {
        of_order.entry(row.order_id).or_default().push(row);
    }
    for order in orders.iter_mut() {
        let rows = of_order.remove(&order.id).unwrap_or_default();
        order.lines = rows::lines(rows, order.currency, order.choices)?;
    }
    load_expected(connection, orders)
}

/// How many orders of these accounts wait for something or are under way.
pub fn count_open(connection: &mut Connection, account_ids: &[AccountId]) -> Result<Vec<(AccountId, i64)>> {
    sql(
        "SELECT account_id, COUNT(*) FROM orders WHERE state {in order_states open} AND account_id {in ids $1} GROUP BY account_id",
    )
    .bind(sets::json(account_ids)?)
    .rows(connection)
}

/// Articles of an order of which there is only what is in stock.
pub fn list_running_out(connection: &mut Connection, order_id: OrderId) -> Result<Vec<ProductId>> {
    sql(
        "SELECT DISTINCT l.product_id FROM order_lines l JOIN products p ON p.id = l.product_id \
         WHERE l.order_id = $1 AND p.state = {article_state phase_out} ORDER BY 1",
    )
    .bind(order_id)
    .rows(connection)
}

/// The tax category of each of these products.
pub fn list_tax_categories(connection: &mut Connection, product_ids: &[ProductId]) -> Result<Vec<(ProductId, String)>> {
    sql("SELECT id, tax_category FROM products WHERE id {in ids $1}")
        .bind(sets::json(product_ids)?)
        .rows(connection)
}
