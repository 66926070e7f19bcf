//! What may lie in which package.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

pub mod code128;
pub mod label;
pub mod sscc;
pub mod zpl;

use std::collections::HashMap;

use chrono::NaiveDateTime;

use crate::catalogue::rules::OrderQuantity;
use crate::error::{Code, FieldError};
use crate::ids::{AccountId, ConsignmentId, OrderId, OrderLineId, PackageId, PackingId, ShipmentId};
pub use crate::names::sets::PackageKind as Kind;
use crate::orders::rules::{Order, OrderLine};
use crate::shipments::sentences;

/// Most packages of a shipment.
pub const PACKAGES_MAX: usize = 999;
/// Most that are added with one request.
pub const AT_ONCE_MAX: i64 = 100;
/// A ton of ten thousand kilograms is no package.
pub const WEIGHT_GRAMS_MAX: i64 = 10_000_000;
/// Longest side, in millimetres.
pub const SIDE_MM_MAX: i32 = 20_000;

/// What packages belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Shipment(ShipmentId),
    Packing(PackingId),
    /// Shipments of several orders that leave together.
    Consignment(ConsignmentId),
}

/// What is to be packed: a shipment that left, or one that is being packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    pub of: Of,
    pub account_id: AccountId,
    /// Whose lines: one order, of a consignment several.
    pub order_ids: Vec<OrderId>,
    /// How much of each line, order by order, in the order's order.
    pub lines: Vec<(OrderLineId, OrderQuantity)>,
}

/// A package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    pub id: PackageId,
    pub account_id: AccountId,
    pub of: Of,
    /// From 1; numbers of removed ones stay free.
    pub position: i32,
    pub sscc: String,
    pub kind: Kind,
    pub size: Size,
    pub packed_at: NaiveDateTime,
    pub version: i64,
    pub items: Vec<Item>,
}

/// How heavy and how large.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    pub weight_grams: Option<i64>,
    pub length_mm: Option<i32>,
    pub width_mm: Option<i32>,
    pub height_mm: Option<i32>,
}

/// What of a line of the order lies in a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    pub order_line_id: OrderLineId,
    pub quantity: OrderQuantity,
}

/// A package as somebody asks for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// A code of the closed set, as written.
    pub kind: String,
    pub size: Size,
    /// Line (none where its id is ill-formed) and quantity in its unit, as written.
    pub items: Vec<(Option<OrderLineId>, String)>,
    /// So many of the same; one if nothing is said.
    pub count: Option<i64>,
}

/// A package that was asked for, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    pub kind: Kind,
    pub size: Size,
    pub items: Vec<Item>,
}

/// What of the lines lies in no package yet, where something does: in the order of the lines, in base steps.
pub fn unpacked(load: &Load, packages: &[Package]) -> Vec<(OrderLineId, i64)> {
    let packed = packed(packages);
    let left = |(id, quantity): &(OrderLineId, OrderQuantity)| {
        let in_packages = packed.get(id).copied().unwrap_or_default();
        (*id, quantity.base_steps.saturating_sub(in_packages))
    };
    load.lines.iter().map(left).filter(|(_, left)| *left > 0).collect()
}

/// Base steps of each line that lie in packages.
pub fn packed(packages: &[Package]) -> HashMap<OrderLineId, i64> {
    let mut packed = HashMap::new();
    for item in packages.iter().flat_map(|package| &package.items) {
        let sum: &mut i64 = packed.entry(item.order_line_id).or_default();
        *sum = sum.saturating_add(item.quantity.base_steps);
    }
    packed
}

/// What was asked for as packages: never more of a line than lies in none of `others`. All faults at once, each at `at` and
/// its field.
pub fn check(
    orders: &[Order],
    load: &Load,
    others: &[Package],
    asked: &[(String, Asked)],
) -> Result<Vec<Checked>, Vec<FieldError>> {
    let (mut checked, mut faults) = (Vec::new(), Vec::new());
    let mut left: HashMap<_, _> = load.lines.iter().map(|(id, of)| (*id, of.base_steps)).collect();
    for (id, packed) in packed(others) {
        let rest = left.entry(id).or_default();
        *rest = rest.saturating_sub(packed);
    }
    let lines = lines_of(orders);
    let mut count_all = others.len();
    for (at, one) in asked {
        let place = |field: &str| format!("{at}/{field}");
        let kind = Kind::from_name(one.kind.trim());
        if kind.is_none() {
            let detail = sentences::package_kind(one.kind.trim(), Kind::NAMES.join(", ").as_str());
            faults.push(FieldError::new(place("kind"), Code::ValueInvalid, detail));
        }
        faults.extend(size_faults(at, &one.size));
        let count = one.count.unwrap_or(1);
        if !(1..=AT_ONCE_MAX).contains(&count) {
            let detail = sentences::package_count(count, AT_ONCE_MAX);
            faults.push(FieldError::new(place("count"), Code::ValueInvalid, detail));
            continue;
        }
        let items = items(at, one, count, &lines, &mut left, &mut faults);
        let copies = usize::try_from(count).unwrap_or(usize::MAX);
        count_all = count_all.saturating_add(copies);
        if count_all > PACKAGES_MAX {
            let detail = sentences::package_too_many(PACKAGES_MAX);
            faults.push(FieldError::new(place("count"), Code::ValueInvalid, detail));
            break;
        }
        if let Some(kind) = kind {
            let size = one.size;
            checked.extend(std::iter::repeat_n(Checked { kind, size, items }, copies));
        }
    }
    match faults.is_empty() {
        true => Ok(checked),
        false => Err(faults),
    }
}

/// The lines of these orders by their ids.
pub fn lines_of(orders: &[Order]) -> HashMap<OrderLineId, &OrderLine> {
    let lines = orders.iter().flat_map(|order| &order.lines);
    lines.map(|line| (line.id, line)).collect()
}

/// The items of a package, each line once; what they take is taken from `left`, `count` times.
fn items(
    at: &str,
    one: &Asked,
    count: i64,
    lines: &HashMap<OrderLineId, &OrderLine>,
    left: &mut HashMap<OrderLineId, i64>,
    faults: &mut Vec<FieldError>,
) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (place, (id, text)) in one.items.iter().enumerate() {
        let pointer = |field: &str| format!("{at}/items/{place}/{field}");
        let known = id.and_then(|id| Some((lines.get(&id).copied()?, left.get_mut(&id)?)));
        let Some((line, rest)) = known else {
            let detail = sentences::package_line_unknown();
            faults.push(FieldError::new(pointer("order_line_id"), Code::UnknownLine, detail));
            continue;
        };
        if items.iter().any(|item| item.order_line_id == line.id) {
            let detail = sentences::line_twice(line.position);
            faults.push(FieldError::new(pointer("order_line_id"), Code::DuplicateKey, detail));
            continue;
        }
        let quantity = match line.parse_part(text) {
            Ok(quantity) => quantity,
            Err(fault) => {
                faults.push(FieldError::new(pointer("quantity"), fault.code, fault.detail));
                continue;
            }
        };
        let wanted = quantity.base_steps.checked_mul(count).unwrap_or(i64::MAX);
        if wanted > *rest {
            let there = line.part((*rest).max(0)).ordered;
            let detail = sentences::package_more_than_left(quantity.ordered, &line.unit, line.position, count, there);
            faults.push(FieldError::new(pointer("quantity"), Code::NotInShipment, detail));
            continue;
        }
        *rest = rest.saturating_sub(wanted);
        items.push(Item {
            order_line_id: line.id,
            quantity,
        });
    }
    items
}

fn size_faults(at: &str, size: &Size) -> Vec<FieldError> {
    let mut faults = Vec::new();
    if let Some(grams) = size
        .weight_grams
        .filter(|grams| !(1..=WEIGHT_GRAMS_MAX).contains(grams))
    {
        let detail = sentences::package_weight(grams, WEIGHT_GRAMS_MAX);
        faults.push(FieldError::new(
            format!("{at}/weight_grams"),
            Code::ValueInvalid,
            detail,
        ));
    }
    let sides = [
        ("length_mm", size.length_mm),
        ("width_mm", size.width_mm),
        ("height_mm", size.height_mm),
    ];
    for (field, side) in sides {
        if let Some(side) = side.filter(|side| !(1..=SIDE_MM_MAX).contains(side)) {
            let detail = sentences::package_side(side, SIDE_MM_MAX);
            faults.push(FieldError::new(format!("{at}/{field}"), Code::ValueInvalid, detail));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;
    use crate::quantity::Quantity;

    fn steps(steps: i64) -> OrderQuantity {
        OrderQuantity {
            ordered: Quantity::new(steps, 0),
            base_steps: steps,
        }
    }

    fn load(lines: &[(i64, i64)]) -> Load {
        Load {
            of: Of::Shipment(ShipmentId::of(1)),
            account_id: AccountId::of(1),
            order_ids: vec![OrderId::of(1)],
            lines: lines
                .iter()
                .map(|(id, base)| (OrderLineId::of(*id), steps(*base)))
                .collect(),
        }
    }

    fn package(items: &[(i64, i64)]) -> Package {
        let item = |(id, base): &(i64, i64)| Item {
            order_line_id: OrderLineId::of(*id),
            quantity: steps(*base),
        };
        Package {
            id: PackageId::of(1),
            account_id: AccountId::of(1),
            of: Of::Shipment(ShipmentId::of(1)),
            position: 1,
            sscc: String::new(),
            kind: Kind::Carton,
            size: Size::default(),
            packed_at: NaiveDateTime::default(),
            version: 1,
            items: items.iter().map(item).collect(),
        }
    }

    #[test]
    fn what_lies_in_no_package_is_left() {
        let left = |packages: &[Package]| {
            let left = unpacked(&load(&[(1, 10), (2, 5)]), packages);
            left.into_iter()
                .map(|(id, left)| (id.number(), left))
                .collect::<Vec<_>>()
        };
        assert_eq!(left(&[]), [(1, 10), (2, 5)]);
        assert_eq!(left(&[package(&[(1, 4), (2, 5)])]), [(1, 6)]);
        assert_eq!(left(&[package(&[(1, 4), (2, 5)]), package(&[(1, 6)])]), []);
    }

    #[test]
    fn sizes_have_bounds() {
        let faulty = |size: Size| {
            size_faults("", &size)
                .into_iter()
                .map(|fault| fault.pointer)
                .collect::<Vec<_>>()
        };
        assert!(faulty(Size::default()).is_empty());
        let whole = Size {
            weight_grams: Some(1),
            length_mm: Some(SIDE_MM_MAX),
            width_mm: Some(1),
            height_mm: None,
        };
        assert!(faulty(whole).is_empty());
        let bad = Size {
            weight_grams: Some(0),
            length_mm: Some(0),
            width_mm: Some(SIDE_MM_MAX + 1),
            height_mm: Some(-1),
        };
        assert_eq!(faulty(bad), ["/weight_grams", "/length_mm", "/width_mm", "/height_mm"]);
    }
}
