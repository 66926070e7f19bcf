//! Packages, what lies in them, and their numbers. Every query of an account's takes the account.

use std::collections::HashMap;

use super::rules::{Item, Kind, Of, Package, Size};
use crate::catalogue::rules::OrderQuantity;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection, insertion, select, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, ConsignmentId, OrderLineId, PackageId, PackingId, ShipmentId};
use crate::quantity::Quantity;
use crate::row;

row! {
    #[derive(Debug)]
    struct PackageRow in packages {
        id: PackageId,
        account_id: AccountId,
        shipment_id: Option<ShipmentId>,
        packing_id: Option<PackingId>,
        position: i32,
        sscc: String,
        kind: Kind,
        weight_grams: Option<i64>,
        length_mm: Option<i32>,
        width_mm: Option<i32>,
        height_mm: Option<i32>,
        packed_by: String,
        packed_at: Timestamp,
        version: i64,
    }
}

row! {
    struct NewItem into package_items {
        package_id: PackageId,
        order_line_id: OrderLineId,
        quantity: i64,
        base_quantity: i64,
    }
}

row! {
    struct ItemRow from "package_items i JOIN order_lines l ON l.id = i.order_line_id" {
        package_id: PackageId = "i.package_id",
        order_line_id: OrderLineId = "i.order_line_id",
        quantity: i64 = "i.quantity",
        unit_decimals: u8 = "l.unit_decimals",
        base_quantity: i64 = "i.base_quantity",
    }
}

/// The company prefix that packages are numbered with.
pub fn company_prefix(connection: &mut Connection) -> Result<Option<String>> {
    let found: Option<Option<String>> = sql("SELECT gs1_company_prefix FROM supplier").first(connection)?;
    Ok(found.flatten())
}

/// Says which company prefix packages are numbered with from now on; how many rows there are to say it in.
pub fn update_company_prefix(tx: &mut Connection, prefix: Option<&str>) -> Result<usize> {
    sql("UPDATE supplier SET gs1_company_prefix = $1 WHERE id = 1")
        .bind(prefix.map(str::to_owned))
        .run(tx)
}

/// The last of the next `count` serial numbers of a prefix. They are given out for good.
pub fn next_serials(tx: &mut Connection, prefix: &str, count: i64) -> Result<i64> {
    sql("INSERT INTO sscc_serials (prefix, last) VALUES ($1, $2) \
         ON CONFLICT (prefix) DO UPDATE SET last = sscc_serials.last + excluded.last RETURNING last")
    .bind(prefix)
    .bind(count)
    .one(tx)
}

/// Where a package is kept: one of a consignment with the first of its shipments, which its caller names.
fn ids(of: Of) -> Result<(Option<ShipmentId>, Option<PackingId>)> {
    match of {
        Of::Shipment(id) => Ok((Some(id), None)),
        Of::Packing(id) => Ok((None, Some(id))),
        Of::Consignment(id) => Err(Error::internal(format!("{id} keeps its packages with a shipment"))),
    }
}

fn new_item(package_id: PackageId) -> impl Fn(&Item) -> NewItem {
    move |item| NewItem {
        package_id,
        order_line_id: item.order_line_id,
        quantity: item.quantity.ordered.steps,
        base_quantity: item.quantity.base_steps,
    }
}

pub fn insert(batch: &mut Batch, packages: &[Package], by: &str) -> Result<()> {
    let row = |package: &Package| {
        let (shipment_id, packing_id) = ids(package.of)?;
        Ok(PackageRow {
            id: package.id,
            account_id: package.account_id,
            shipment_id,
            packing_id,
            position: package.position,
            sscc: package.sscc.clone(),
            kind: package.kind,
            weight_grams: package.size.weight_grams,
            length_mm: package.size.length_mm,
            width_mm: package.size.width_mm,
            height_mm: package.size.height_mm,
            packed_by: by.to_owned(),
            packed_at: package.packed_at,
            version: package.version,
        })
    };
    let rows = packages.iter().map(row).collect::<Result<Vec<_>>>()?;
    batch.add(insertion(&rows)?);
    let items = packages
        .iter()
        .flat_map(|package| package.items.iter().map(new_item(package.id)));
    let items: Vec<_> = items.collect();
    if !items.is_empty() {
        batch.add(insertion(&items)?);
    }
    Ok(())
}

/// What a package is and what lies in it, anew. The old items go with a statement of their own, before the new ones come.
pub fn update(tx: &mut Connection, package: &Package) -> Result<()> {
    sql("DELETE FROM package_items WHERE package_id = $1")
        .bind(package.id)
        .run(tx)?;
    let mut batch = Batch::new();
    batch.add(
        sql(
            "UPDATE packages SET kind = $3, weight_grams = $4, length_mm = $5, width_mm = $6, height_mm = $7, \
             version = version + 1 WHERE account_id = $1 AND id = $2",
        )
        .bind(package.account_id)
        .bind(package.id)
        .bind(package.kind)
        .bind(package.size.weight_grams)
        .bind(package.size.length_mm.map(i64::from))
        .bind(package.size.width_mm.map(i64::from))
        .bind(package.size.height_mm.map(i64::from)),
    );
    let items: Vec<_> = package.items.iter().map(new_item(package.id)).collect();
    if !items.is_empty() {
        batch.add(insertion(&items)?);
    }
    batch.run(tx)
}

pub fn delete(tx: &mut Connection, ids: &[PackageId]) -> Result<()> {
    let ids = sets::json(ids)?;
    sql("DELETE FROM package_items WHERE package_id {in ids $1}")
        .bind(ids.as_str())
        .run(tx)?;
    sql("DELETE FROM packages WHERE id {in ids $1}").bind(ids).run(tx)?;
    Ok(())
}

/// What was being packed left as a shipment: its packages are that one's.
pub fn update_dispatched(batch: &mut Batch, packing_id: PackingId, shipment_id: ShipmentId) {
    batch.add(
        sql("UPDATE packages SET shipment_id = $2, packing_id = NULL, version = version + 1 WHERE packing_id = $1")
            .bind(packing_id)
            .bind(shipment_id),
    );
}

/// Packages of a shipment changed: so did the shipment.
pub fn touch_shipment(batch: &mut Batch, account_id: AccountId, id: ShipmentId) {
    batch.add(
        sql("UPDATE shipments SET version = version + 1 WHERE account_id = $1 AND id = $2")
            .bind(account_id)
            .bind(id),
    );
}

/// Packages by their position, with what lies in them. Of a shipment that travels with others those in which something of its own
/// lies: what else is in them is of the others.
pub fn list(connection: &mut Connection, account_id: AccountId, of: Of) -> Result<Vec<Package>> {
    let found = match of {
        Of::Packing(_) => select::<PackageRow>("WHERE account_id = $1 AND packing_id = $2 ORDER BY position"),
        Of::Consignment(_) => select::<PackageRow>(
            "WHERE account_id = $1 AND shipment_id IN (SELECT s.id FROM shipments s WHERE s.consignment_id = $2) \
             ORDER BY position",
        ),
        Of::Shipment(_) => select::<PackageRow>(
            "WHERE account_id = $1 AND (shipment_id = (SELECT s.id FROM shipments s WHERE s.id = $2 \
             AND s.consignment_id IS NULL) OR id IN (SELECT i.package_id FROM shipments s \
             JOIN shipment_lines l ON l.shipment_id = s.id JOIN package_items i ON i.order_line_id = l.order_line_id \
             JOIN packages p ON p.id = i.package_id JOIN shipments b ON b.id = p.shipment_id \
             WHERE s.id = $2 AND b.consignment_id = s.consignment_id)) ORDER BY position",
        ),
    };
    let id = match of {
        Of::Shipment(id) => id.0,
        Of::Packing(id) => id.0,
        Of::Consignment(id) => id.0,
    };
    let rows: Vec<PackageRow> = found.bind(account_id).bind(id).rows(connection)?;
    with_items(connection, rows)
}

fn with_items(connection: &mut Connection, rows: Vec<PackageRow>) -> Result<Vec<Package>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let found: Vec<ItemRow> = select::<ItemRow>("WHERE i.package_id {in ids $1} ORDER BY i.package_id, l.position")
        .bind(sets::json(&ids)?)
        .rows(connection)?;
    let mut items: HashMap<PackageId, Vec<Item>> = HashMap::new();
    for row in found {
        items.entry(row.package_id).or_default().push(Item {
            order_line_id: row.order_line_id,
            quantity: OrderQuantity {
                ordered: Quantity::new(row.quantity, row.unit_decimals),
                base_steps: row.base_quantity,
            },
        });
    }
    let package = |row: PackageRow| {
        let of = match (row.shipment_id, row.packing_id) {
            (Some(id), None) => Of::Shipment(id),
            (None, Some(id)) => Of::Packing(id),
            _ => return Err(Error::internal(format!("{} belongs to nothing", row.id))),
        };
        Ok(Package {
            items: items.remove(&row.id).unwrap_or_default(),
            id: row.id,
            account_id: row.account_id,
            of,
            position: row.position,
            sscc: row.sscc,
            kind: row.kind,
            size: Size {
                weight_grams: row.weight_grams,
                length_mm: row.length_mm,
                width_mm: row.width_mm,
                height_mm: row.height_mm,
            },
            packed_at: row.packed_at,
            version: row.version,
        })
    };
    rows.into_iter().map(package).collect()
}

/// Whose package it is and what it belongs to: for staff, who name no account.
pub fn find_place(connection: &mut Connection, id: PackageId) -> Result<Option<(AccountId, Of)>> {
    type Place = (AccountId, Option<ShipmentId>, Option<PackingId>, Option<ConsignmentId>);
    let found: Option<Place> = sql(
        "SELECT p.account_id, p.shipment_id, p.packing_id, s.consignment_id FROM packages p \
         LEFT JOIN shipments s ON s.id = p.shipment_id WHERE p.id = $1",
    )
    .bind(id)
    .first(connection)?;
    let place = |(account_id, shipment_id, packing_id, consignment_id): Place| {
        let of = consignment_id.map(Of::Consignment).or(shipment_id.map(Of::Shipment));
        Some((account_id, of.or(packing_id.map(Of::Packing))?))
    };
    Ok(found.and_then(place))
}

/// GTINs of the units in which these lines of the account are ordered; the account's own first.
pub fn list_gtins(
    connection: &mut Connection,
    account_id: AccountId,
    lines: &[OrderLineId],
) -> Result<HashMap<OrderLineId, String>> {
    let rows: Vec<(OrderLineId, Option<String>)> = sql(
        "SELECT l.id, CASE WHEN l.unit = l.base_unit THEN p.gtin ELSE COALESCE(\
         (SELECT u.gtin FROM sale_units u WHERE u.product_id = l.product_id AND u.unit = l.unit AND u.account_id = $1), \
         (SELECT u.gtin FROM sale_units u WHERE u.product_id = l.product_id AND u.unit = l.unit AND u.account_id IS NULL)) END \
         FROM order_lines l JOIN products p ON p.id = l.product_id WHERE l.id {in ids $2}",
    )
    .bind(account_id)
    .bind(sets::json(lines)?)
    .rows(connection)?;
    Ok(rows.into_iter().filter_map(|(id, gtin)| Some((id, gtin?))).collect())
}
