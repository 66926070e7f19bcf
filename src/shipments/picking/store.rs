//! The pick list as one statement over what is reserved.

use chrono::NaiveDate;

use super::rules::{Filter, Keys, Pick, Sort, part};
use crate::accounts::rules::Tier;
use crate::binds;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::db::seek::{Seek, Way};
use crate::error::Result;
use crate::ids::{OrderId, OrderLineId, SiteId, StockId};
use crate::keys;
use crate::orders::rules::{DeliveryChoice, OrderClass};
use crate::quantity::Quantity;
use crate::row;

row! {
    struct PickRow {
        tier_rank: i64,
        class_rank: i64,
        wanted_on: NaiveDate,
        queued_at: Timestamp,
        order_id: OrderId,
        is_unplaced: i64,
        place: String,
        position: i32,
        order_line_id: OrderLineId,
        stock_id: StockId,
        warehouse: String,
        location: Option<String>,
        sku: String,
        name: String,
        customer_part_number: Option<String>,
        unit: String,
        unit_code: String,
        unit_decimals: u8,
        base_unit: String,
        base_decimals: u8,
        ordered: i64,
        ordered_base: i64,
        picks: i64,
        order_number: i64,
        po_number: String,
        account: String,
        account_name: String,
        site_id: SiteId,
        ship_to: String,
        requested_on: Option<NaiveDate>,
    }
}

fn ranked<const N: usize>(column: &str, ranks: [(&str, i32); N]) -> String {
    let whens: String = ranks.map(|(name, rank)| format!(" WHEN '{name}' THEN {rank}")).concat();
    format!("CAST(CASE {column}{whens} END AS BIGINT)")
}

/// Columns of [`PickRow`], in its order.
const COLUMNS: &str = "q.tier_rank, q.class_rank, q.wanted_on, q.queued_at, q.order_id, q.is_unplaced, q.place, q.position, \
    q.order_line_id, q.stock_id, q.warehouse, q.location, q.sku, q.name, q.customer_part_number, q.unit, q.unit_code, \
    q.unit_decimals, q.base_unit, q.base_decimals, q.ordered, q.ordered_base, q.picks, q.order_number, q.po_number, \
    q.account, q.account_name, q.site_id, q.ship_to, q.requested_on";

/// At most `limit` lines behind `after`. Of a line of which a part is being packed the rest is told.
pub fn list(connection: &mut Connection, filter: &Filter, after: Option<Keys>, limit: i64) -> Result<Vec<Pick>> {
    let select = format!(
        "SELECT {COLUMNS} FROM (SELECT {} AS tier_rank, {} AS class_rank, COALESCE(o.requested_on, '9999-12-31') AS wanted_on, \
         o.queued_at, o.id AS order_id, CAST(CASE WHEN k.location IS NULL THEN 1 ELSE 0 END AS BIGINT) AS is_unplaced, \
         COALESCE(k.location, '') AS place, l.position, l.id AS order_line_id, k.id AS stock_id, w.code AS warehouse, \
         w.code_key AS warehouse_key, k.location, l.sku, l.name, l.customer_part_number, l.unit, l.unit_code, \
         l.unit_decimals, l.base_unit, l.base_decimals, l.quantity AS ordered, l.base_quantity AS ordered_base, \
         CASE WHEN l.reserved - COALESCE(x.picked, 0) < r.quantity THEN CAST(l.reserved - COALESCE(x.picked, 0) AS BIGINT) \
         ELSE r.quantity END AS picks, o.number AS order_number, o.po_number, o.account_id, a.code AS account, \
         a.name AS account_name, o.site_id, t.code AS ship_to, o.requested_on, \
         COALESCE(l.delivery, o.delivery) AS delivery, CASE WHEN l.delivery IS NOT NULL THEN l.backordered > 0 \
         ELSE EXISTS (SELECT 1 FROM order_lines b WHERE b.order_id = o.id AND b.delivery IS NULL AND b.backordered > 0) END \
         AS waits FROM orders o JOIN order_lines l ON l.order_id = o.id JOIN reservations r ON r.order_line_id = l.id \
         JOIN stock k ON k.id = r.stock_id JOIN warehouses w ON w.id = k.warehouse_id JOIN accounts a ON a.id = o.account_id \
         JOIN sites t ON t.id = o.site_id LEFT JOIN (SELECT p.order_line_id, SUM(p.base_quantity) AS picked FROM packings g \
         JOIN packing_lines p ON p.packing_id = g.id WHERE g.state = {{packing_state open}} GROUP BY p.order_line_id) x \
         ON x.order_line_id = l.id WHERE o.state {{in order_states to_ship}} AND l.reserved > COALESCE(x.picked, 0)) q",
        ranked("a.tier", Tier::ALL.map(|tier| (tier.name(), tier.rank()))),
        ranked(
            "o.order_class",
            OrderClass::ALL.map(|class| (class.name(), class.rank()))
        ),
    );
    let mut seek = Seek::new(connection, &select);
    seek.and_if("q.warehouse_key = $1", filter.warehouse.as_deref().map(keys::folded));
    seek.of_account("q.account_id", filter.account.as_deref());
    // What leaves only as a whole is not picked before all of it is there.
    seek.and("(q.delivery <> $1 OR NOT q.waits)", binds![DeliveryChoice::Complete]);
    let statement = match filter.sort {
        Sort::Order => {
            let by = [
                "q.tier_rank",
                "q.class_rank",
                "q.wanted_on",
                "q.queued_at",
                "q.order_id",
                "q.is_unplaced",
                "q.place",
                "q.position",
                "q.stock_id",
            ];
            let after = after.map(|keys| {
                let (tier, class) = keys.importance;
                binds![
                    tier,
                    class,
                    keys.wanted_on,
                    keys.queued_at,
                    keys.order_id,
                    keys.is_unplaced,
                    keys.place,
                    i64::from(keys.position),
                    keys.stock_id
                ]
            });
            seek.page(by, Way::Up, after, limit)
        }
        Sort::Location => {
            let by = ["q.is_unplaced", "q.place", "q.stock_id", "q.order_line_id"];
            let after = after.map(|keys| binds![keys.is_unplaced, keys.place, keys.stock_id, keys.order_line_id]);
            seek.page(by, Way::Up, after, limit)
        }
    };
    let rows: Vec<PickRow> = statement.rows(connection)?;
    Ok(rows.into_iter().map(pick).collect())
}

fn pick(row: PickRow) -> Pick {
    Pick {
        keys: Keys {
            importance: (row.tier_rank, row.class_rank),
            wanted_on: row.wanted_on,
            queued_at: row.queued_at,
            order_id: row.order_id,
            is_unplaced: row.is_unplaced,
            place: row.place,
            position: row.position,
            order_line_id: row.order_line_id,
            stock_id: row.stock_id,
        },
        warehouse: row.warehouse,
        location: row.location,
        sku: row.sku,
        name: row.name,
        customer_part_number: row.customer_part_number,
        unit: row.unit,
        unit_code: row.unit_code,
        base_unit: row.base_unit,
        base_decimals: row.base_decimals,
        quantity: part(
            (Quantity::new(row.ordered, row.unit_decimals), row.ordered_base),
            row.picks,
        ),
        order_number: row.order_number,
        po_number: row.po_number,
        account: (row.account, row.account_name),
        site_id: row.site_id,
        ship_to: row.ship_to,
        requested_on: row.requested_on,
    }
}
