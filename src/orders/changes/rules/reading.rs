//! What somebody wants of an order's lines: read strictly, all faults at once.

use std::collections::{HashMap, HashSet};

use super::{AskedLine, Replacing, Request, Set, least};
use crate::error::{Code, FieldError};
use crate::ids::OrderLineId;
use crate::orders::changes::sentences;
use crate::orders::rules::{Order, OrderLine};
use crate::quantity::Quantity;

/// Lines that are to have another quantity or to be sent as something else, and the places of those that are added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub set: Vec<Set>,
    pub added: Vec<usize>,
    pub replaced: Vec<Replacing>,
}

/// Why a line is not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    Field(FieldError),
    /// More than that of the line in this position has left or was called off, in its unit.
    BelowLeft(i32, Quantity),
    /// No more than that of the line in this position waits, in its unit.
    WaitsForLess(i32, Quantity),
}

fn quantity_of(line: &OrderLine, index: usize, quantity: Option<&str>) -> Result<Option<Set>, Fault> {
    let wanted = match quantity {
        None => least(line),
        Some(text) => line.parse_part(text).map_err(|fault| {
            let at = format!("/lines/{index}/quantity");
            Fault::Field(FieldError::new(at, fault.code, fault.detail))
        })?,
    };
    let least = least(line);
    // What is gone whole is none of it any more.
    if wanted.base_steps < least.base_steps || (quantity.is_none() && line.shipped > 0) {
        return Err(Fault::BelowLeft(line.position, least.ordered));
    }
    let set = Set {
        index,
        line_id: line.id,
        quantity: wanted,
    };
    Ok((wanted.base_steps != line.quantity.base_steps).then_some(set))
}

fn replacing_of(line: &OrderLine, index: usize, quantity: Option<&str>) -> Result<Replacing, Fault> {
    let waits = line.part(line.backordered);
    let wanted = match quantity {
        None => waits,
        Some(text) => line.parse_part(text).map_err(|fault| {
            let at = format!("/lines/{index}/quantity");
            Fault::Field(FieldError::new(at, fault.code, fault.detail))
        })?,
    };
    match wanted.base_steps {
        steps if steps > 0 && steps <= waits.base_steps => Ok(Replacing {
            index,
            line_id: line.id,
            steps,
        }),
        _ => Err(Fault::WaitsForLess(line.position, waits.ordered)),
    }
}

/// What of the lines is wanted otherwise than it is, and all that is wrong with the others.
pub fn lines(order: &Order, request: &Request) -> (Wanted, Vec<Fault>) {
    let by_id: HashMap<OrderLineId, &OrderLine> = order.lines.iter().map(|line| (line.id, line)).collect();
    let (mut wanted, mut faults) = (Wanted::default(), Vec::new());
    let mut seen = HashSet::new();
    for (index, asked) in request.lines.iter().enumerate() {
        let (id, quantity) = match asked {
            AskedLine::Add(_) => {
                wanted.added.push(index);
                continue;
            }
            AskedLine::Set { line, quantity } | AskedLine::Instead { line, quantity, .. } => {
                (line, quantity.as_deref())
            }
        };
        let at = || format!("/lines/{index}/order_line_id");
        let Some(line) = id.and_then(|id| by_id.get(&id)) else {
            let detail = sentences::change_line_unknown(order.number);
            faults.push(Fault::Field(FieldError::new(at(), Code::UnknownLine, detail)));
            continue;
        };
        if !seen.insert(line.id) {
            let detail = sentences::change_line_twice(line.position);
            faults.push(Fault::Field(FieldError::new(at(), Code::DuplicateKey, detail)));
            continue;
        }
        if matches!(asked, AskedLine::Instead { .. }) {
            match replacing_of(line, index, quantity) {
                Ok(replacing) => {
                    wanted.replaced.push(replacing);
                    wanted.added.push(index);
                }
                Err(fault) => faults.push(fault),
            }
            continue;
        }
        match quantity_of(line, index, quantity) {
            Ok(set) => wanted.set.extend(set),
            Err(fault) => faults.push(fault),
        }
    }
    (wanted, faults)
}
