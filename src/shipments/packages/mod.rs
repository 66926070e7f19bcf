//! Packages: what of a shipment lies in which carton or on which pallet, each with a number that scanners read.
//!
//! Packages are of a shipment that has not arrived, or of what is being packed ([`super::packing`]). Whoever changes some locks
//! the order, so that two of them never put the same pieces into two packages.

pub mod api;
pub mod checks;
pub mod documents;
pub mod rules;
pub mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use serde_json::json;

use self::rules::{Asked, Checked, Load, Of, Package, lines_of, unpacked};
pub use self::store::{company_prefix, list_gtins};
use super::consignments::rules::Consignment;
use super::rules::{Shipment, State};
use super::{consignments, packing, sentences};
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events::payloads::{ShipmentChanged, ShippedPackage};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, OrderLineId, PackageId, PackingId, ShipmentId};
use crate::orders;
use crate::orders::rules::Order;
use crate::values::is_company_prefix;
use crate::version::Expected;

/// What is packed and what is not, with the orders whose lines it is of.
#[derive(Debug)]
pub struct Contents {
    /// One at least.
    pub orders: Vec<Order>,
    pub load: Load,
    /// By their positions.
    pub packages: Vec<Package>,
}

impl Contents {
    /// What lies in no package, by line in base steps.
    pub fn unpacked(&self) -> Vec<(OrderLineId, i64)> {
        unpacked(&self.load, &self.packages)
    }
}

/// A shipment as something to be packed.
pub fn load_of(shipment: &Shipment) -> Load {
    Load {
        of: Of::Shipment(shipment.id),
        account_id: shipment.account_id,
        order_ids: vec![shipment.order_id],
        lines: shipment
            .lines
            .iter()
            .map(|line| (line.order_line_id, line.quantity))
            .collect(),
    }
}

/// The packages of a shipment of the account.
pub fn of_shipment(connection: &mut Connection, account_id: AccountId, id: ShipmentId) -> Result<Contents> {
    let shipment = super::get(connection, account_id, id)?;
    contents(connection, load_of(&shipment))
}

/// The packages of a shipment, or of what is being packed, of whoever's: for staff.
pub fn of_any(connection: &mut Connection, of: Of) -> Result<Contents> {
    let load = match of {
        Of::Shipment(id) => load_of(&super::get_for_staff(connection, id)?),
        Of::Packing(id) => packing::get_for_staff(connection, id)?.load(),
        Of::Consignment(id) => consignments::get_for_staff(connection, id)?.load(),
    };
    contents(connection, load)
}

pub(in crate::shipments) fn contents(connection: &mut Connection, load: Load) -> Result<Contents> {
    let orders = match load.order_ids.as_slice() {
        [id] => vec![orders::get(connection, load.account_id, *id)?],
        ids => orders::list_of(connection, load.account_id, ids)?,
    };
    let packages = store::list(connection, load.account_id, load.of)?;
    Ok(Contents { orders, load, packages })
}

/// The packages of something of the account, with what lies in them.
pub fn list(connection: &mut Connection, account_id: AccountId, of: Of) -> Result<Vec<Package>> {
    store::list(connection, account_id, of)
}

/// Where a package is: whose, and of what.
pub fn place_of(connection: &mut Connection, id: PackageId) -> Result<(AccountId, Of)> {
    store::find_place(connection, id)?.ok_or(Error::NotFound)
}

/// A package of whoever's and everything it lies among.
pub fn of_package(connection: &mut Connection, id: PackageId) -> Result<(Package, Contents)> {
    let (_, of) = place_of(connection, id)?;
    let contents = of_any(connection, of)?;
    let package = contents.packages.iter().find(|package| package.id == id).cloned();
    Ok((package.ok_or(Error::NotFound)?, contents))
}

/// What left already: its account hears of what is done to its packages.
enum Left {
    Shipment(Shipment),
    Consignment(Consignment),
}

/// Locks the orders of what is to be packed, and reads it all, if its packages may still change.
fn lock(tx: &mut Connection, of: Of) -> Result<(Contents, Option<Left>)> {
    match of {
        Of::Shipment(id) => {
            let head = super::get_for_staff(tx, id)?;
            orders::lock(tx, head.account_id, head.order_id)?;
            let shipment = super::get(tx, head.account_id, id)?;
            super::must_travel_alone(&shipment)?;
            if shipment.state != State::Shipped {
                let detail = sentences::delivered_already(shipment.number);
                return Err(Error::conflict(Code::ShipmentStateForbids, detail));
            }
            Ok((contents(tx, load_of(&shipment))?, Some(Left::Shipment(shipment))))
        }
        Of::Packing(id) => {
            let packing = packing::lock_open(tx, id)?;
            Ok((contents(tx, packing.load())?, None))
        }
        Of::Consignment(id) => {
            let consignment = consignments::lock_on_its_way(tx, id)?;
            Ok((contents(tx, consignment.load())?, Some(Left::Consignment(consignment))))
        }
    }
}

/// Numbers what was checked: each package gets the next SSCC of the supplier's prefix.
pub(in crate::shipments) fn numbered(
    tx: &mut Connection,
    (account_id, of): (AccountId, Of),
    (first, others): (PackageId, &[Package]),
    checked: Vec<Checked>,
    now: Timestamp,
) -> Result<Vec<Package>> {
    let missing = || Error::conflict(Code::SupplierIncomplete, sentences::gs1_prefix_missing());
    let prefix = store::company_prefix(tx)?.ok_or_else(missing)?;
    let count = i64::try_from(checked.len()).map_err(Error::internal)?;
    let last = store::next_serials(tx, &prefix, count)?;
    let serials = last.saturating_sub(count).saturating_add(1)..=last;
    let behind = others.iter().map(|package| package.position).max().unwrap_or_default();
    let ids = std::iter::once(first).chain(std::iter::repeat_with(PackageId::new));
    let mut packages = Vec::with_capacity(checked.len());
    for (((one, serial), id), position) in checked
        .into_iter()
        .zip(serials)
        .zip(ids)
        .zip(behind.saturating_add(1)..)
    {
        let used_up = || Error::conflict(Code::SupplierIncomplete, sentences::gs1_prefix_used_up(&prefix));
        packages.push(Package {
            id,
            account_id,
            of,
            position,
            sscc: rules::sscc::sscc(&prefix, serial).ok_or_else(used_up)?,
            kind: one.kind,
            size: one.size,
            packed_at: now,
            version: 1,
            items: one.items,
        });
    }
    Ok(packages)
}

/// Stores packages that belong to nothing that is stored yet, or to what their caller has locked.
pub(in crate::shipments) fn store_new(batch: &mut Batch, packages: &[Package], actor: &Actor) -> Result<()> {
    match packages.is_empty() {
        true => Ok(()),
        false => store::insert(batch, packages, &actor.to_string()),
    }
}

/// What was being packed left as a shipment.
pub(in crate::shipments) fn hand_over(batch: &mut Batch, from: PackingId, to: ShipmentId) {
    store::update_dispatched(batch, from, to);
}

/// Nothing is packed after all: the numbers are given out all the same.
pub(in crate::shipments) fn remove_all(tx: &mut Connection, packages: &[Package]) -> Result<()> {
    let ids: Vec<_> = packages.iter().map(|package| package.id).collect();
    match ids.is_empty() {
        true => Ok(()),
        false => store::delete(tx, &ids),
    }
}

/// Refuses to let something leave of which a part lies in packages and a part doesn't.
pub(in crate::shipments) fn must_be_whole(contents: &Contents) -> Result<()> {
    let unpacked = contents.unpacked();
    let (false, Some((id, left))) = (contents.packages.is_empty(), unpacked.first()) else {
        return Ok(());
    };
    let lines = lines_of(&contents.orders);
    let line = lines
        .get(id)
        .ok_or_else(|| Error::internal(format!("{id} is no line of its order")))?;
    let detail = sentences::packing_incomplete(line.part(*left).ordered, &line.unit, line.position);
    Err(Error::conflict(Code::PackingIncomplete, detail))
}

/// What events say of packages.
pub(in crate::shipments) fn told(packages: &[Package]) -> Vec<ShippedPackage> {
    let one = |package: &Package| ShippedPackage {
        sscc: package.sscc.clone(),
        kind: package.kind,
        weight_grams: package.size.weight_grams,
    };
    packages.iter().map(one).collect()
}

/// With what a new package is kept: one of a consignment with the first of its shipments.
fn kept_with(of: Of, left: Option<&Left>) -> Of {
    match left {
        Some(Left::Consignment(consignment)) => consignment.home().map_or(of, Of::Shipment),
        Some(Left::Shipment(_)) | None => of,
    }
}

/// Adds packages to a shipment or to what is being packed. The same request has one effect; the flag says whether it is a
/// repetition.
pub fn add(
    tx: &mut Connection,
    key: &idempotency::Request,
    of: Of,
    asked: &Asked,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Contents, bool)> {
    let id = PackageId::new();
    if let Begun::Replay(_) = idempotency::begin(tx, key, id.0, now)? {
        return Ok((of_any(tx, of)?, true));
    }
    let (contents, left) = lock(tx, of)?;
    let Contents { orders, load, packages } = &contents;
    let checked = rules::check(orders, load, packages, &[(String::new(), asked.clone())]).map_err(Error::Invalid)?;
    let new = numbered(
        tx,
        (load.account_id, kept_with(of, left.as_ref())),
        (id, packages),
        checked,
        now,
    )?;
    let mut batch = Batch::new();
    store::insert(&mut batch, &new, &actor.to_string())?;
    let numbers: Vec<_> = new.iter().map(|package| package.sscc.as_str()).collect();
    let details = json!({ "packages": numbers });
    let after = packages.iter().chain(&new).cloned().collect::<Vec<_>>();
    note(
        &mut batch,
        (&contents, left.as_ref()),
        ("package.add", details),
        &after,
        (actor, now),
    );
    batch.run(tx)?;
    Ok((of_any(tx, of)?, false))
}

/// Changes what a package is and what lies in it; its number stays.
pub fn change(
    tx: &mut Connection,
    id: PackageId,
    expected: &Expected,
    asked: &Asked,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Package, Contents)> {
    let (of, contents, left, package) = lock_one(tx, id, expected)?;
    let others: Vec<_> = contents
        .packages
        .iter()
        .filter(|other| other.id != id)
        .cloned()
        .collect();
    let asked = [(
        String::new(),
        Asked {
            count: None,
            ..asked.clone()
        },
    )];
    let checked = rules::check(&contents.orders, &contents.load, &others, &asked).map_err(Error::Invalid)?;
    let Some(one) = checked.into_iter().next() else {
        return Err(Error::internal(format!("{id} came to nothing")));
    };
    let changed = Package {
        kind: one.kind,
        size: one.size,
        items: one.items,
        ..package
    };
    store::update(tx, &changed)?;
    let mut batch = Batch::new();
    let details = json!({ "package": changed.sscc });
    let after: Vec<_> = contents
        .packages
        .iter()
        .map(|other| if other.id == id { changed.clone() } else { other.clone() })
        .collect();
    note(
        &mut batch,
        (&contents, left.as_ref()),
        ("package.change", details),
        &after,
        (actor, now),
    );
    batch.run(tx)?;
    let contents = of_any(tx, of)?;
    let package = contents.packages.iter().find(|package| package.id == id).cloned();
    Ok((package.ok_or(Error::NotFound)?, contents))
}

/// Takes a package away; what lay in it is not packed any more, and nothing else ever gets its number.
pub fn remove(tx: &mut Connection, id: PackageId, expected: &Expected, actor: &Actor, now: Timestamp) -> Result<Of> {
    let (of, contents, left, package) = lock_one(tx, id, expected)?;
    store::delete(tx, &[id])?;
    let mut batch = Batch::new();
    let details = json!({ "package": package.sscc });
    let after: Vec<_> = contents
        .packages
        .iter()
        .filter(|other| other.id != id)
        .cloned()
        .collect();
    note(
        &mut batch,
        (&contents, left.as_ref()),
        ("package.remove", details),
        &after,
        (actor, now),
    );
    batch.run(tx)?;
    Ok(of)
}

type Locked = (Of, Contents, Option<Left>, Package);

fn lock_one(tx: &mut Connection, id: PackageId, expected: &Expected) -> Result<Locked> {
    let (_, of) = place_of(tx, id)?;
    let (contents, left) = lock(tx, of)?;
    // As it is with the order locked.
    let package = contents.packages.iter().find(|package| package.id == id).cloned();
    let package = package.ok_or(Error::NotFound)?;
    expected.check(package.version)?;
    Ok((of, contents, left, package))
}

/// Writes down what was done. Of a shipment the account is told; what is being packed is the supplier's own.
fn note(
    batch: &mut Batch,
    (contents, left): (&Contents, Option<&Left>),
    (action, details): (&'static str, serde_json::Value),
    after: &[Package],
    (actor, now): (&Actor, Timestamp),
) {
    match left {
        Some(Left::Shipment(shipment)) => {
            store::touch_shipment(batch, shipment.account_id, shipment.id);
            let class = contents.orders.first().map(|order| order.order_class);
            let payload = ShipmentChanged {
                shipment: super::head(shipment, class.unwrap_or_default()),
                packages: told(after),
            };
            super::record(batch, shipment, action, payload, actor, now);
        }
        Some(Left::Consignment(consignment)) => {
            consignments::note_packages(batch, consignment, action, after, (actor, now));
        }
        None => {
            let object = match contents.load.of {
                Of::Packing(id) => id.to_string(),
                Of::Shipment(id) => id.to_string(),
                Of::Consignment(id) => id.to_string(),
            };
            let entry = audit::Entry {
                action,
                account_id: Some(contents.load.account_id),
                object,
                details,
            };
            batch.add(audit::recording(actor, &entry, now));
        }
    }
}

/// Says which GS1 company prefix packages are numbered with from now on. Numbers that are given out stay.
pub fn set_company_prefix(tx: &mut Connection, prefix: Option<&str>, actor: &Actor, now: Timestamp) -> Result<()> {
    let prefix = prefix.map(str::trim).filter(|prefix| !prefix.is_empty());
    if let Some(prefix) = prefix.filter(|prefix| !is_company_prefix(prefix)) {
        let detail = sentences::gs1_prefix_invalid(prefix);
        return Err(Error::invalid("/gs1_company_prefix", Code::ValueInvalid, detail));
    }
    if store::update_company_prefix(tx, prefix)? == 0 {
        let detail = crate::orders::sentences::supplier_has_no_address();
        return Err(Error::conflict(Code::SupplierIncomplete, detail));
    }
    let entry = audit::Entry {
        action: "gs1_company_prefix.change",
        account_id: None,
        object: "supplier".to_owned(),
        details: json!({ "gs1_company_prefix": prefix }),
    };
    audit::record(tx, actor, &entry, now)
}
