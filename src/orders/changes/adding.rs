//! The parts that a change adds to an order: what is asked for of each, and what it is at the price of its day.

use std::collections::{HashMap, HashSet};

use super::rules::reading::Wanted;
use super::rules::{Added, AskedLine, Request, Set, is_more_of, least, part_of};
use super::sentences;
use crate::catalogue::ArticleKey;
use crate::catalogue::rules::LineFault;
use crate::error::{Code, FieldError, Result};
use crate::ids::{OrderLineId, ProductId};
use crate::orders::planning::changing::Today;
use crate::orders::planning::{RequestedLine, too_large};
use crate::orders::rules::head::check_note;
use crate::orders::rules::{Instead, Order, OrderLine};
use crate::pricing::{self, LINES_MAX, LineRequest};
use crate::quantity::Quantity;
use crate::sentences::{Sentence, Value};

/// A part that is added: more of a line, or another one.
pub(super) struct Adding {
    pub(super) line: OrderLine,
    /// Where it stands in the request.
    pub(super) index: usize,
    /// More of this line, at the same price.
    pub(super) of: Option<OrderLineId>,
}

/// What is priced: a line that is to be more or less, or one that is added.
pub(super) enum Asked<'a> {
    Set(Set, &'a OrderLine),
    Add(usize),
}

/// What has to be priced, and how it is asked for; notes what has no key.
pub(super) fn to_price<'a>(
    order: &'a Order,
    request: &Request,
    wanted: &Wanted,
    faults: &mut Vec<FieldError>,
) -> (Vec<Asked<'a>>, Vec<RequestedLine>) {
    let (mut asked, mut requested) = (Vec::new(), Vec::new());
    let by_id: HashMap<_, _> = order.lines.iter().map(|line| (line.id, line)).collect();
    for set in &wanted.set {
        let Some(line) = by_id.get(&set.line_id).copied() else {
            continue;
        };
        // What ends is ordered in no unit.
        if set.quantity == least(line) {
            continue;
        }
        asked.push(Asked::Set(*set, line));
        requested.push(RequestedLine {
            line: LineRequest {
                key: ArticleKey::ProductId(line.product_id),
                unit: Some(line.unit.clone()),
                quantity: set.quantity.ordered.to_string(),
            },
            note: line.note.clone(),
            typed: None,
            choices: line.own,
        });
    }
    for index in &wanted.added {
        let Some(AskedLine::Add(added) | AskedLine::Instead { added, .. }) = request.lines.get(*index) else {
            continue;
        };
        match requested_line(added) {
            Ok(line) => {
                faults.extend(check_note(&format!("/lines/{index}/note"), line.note.as_deref()));
                asked.push(Asked::Add(*index));
                requested.push(line);
            }
            Err(fault) => faults.push(FieldError::new(format!("/lines/{index}"), fault.code, fault.detail)),
        }
    }
    (asked, requested)
}

fn requested_line(added: &Added) -> Result<RequestedLine, LineFault> {
    let key = ArticleKey::only_one_of(
        added.sku.clone(),
        added.customer_part_number.clone(),
        added.gtin.clone(),
        added.product_id.clone(),
    )?;
    Ok(RequestedLine {
        line: LineRequest {
            key,
            unit: added.unit.clone(),
            quantity: added.quantity.clone(),
        },
        note: added.note.clone(),
        typed: added.typed.clone(),
        choices: added.choices,
    })
}

/// How much more of a line it is, in base steps: where a pack holds something else by now, in those of that day.
fn more_of(set: &Set, line: &OrderLine, that_day: &OrderLine) -> Result<i64> {
    if line.content == that_day.content {
        return Ok(set.quantity.base_steps - line.quantity.base_steps);
    }
    let packs = set.quantity.ordered.steps - line.quantity.ordered.steps;
    let steps = that_day.content.base_steps(packs, that_day.base_decimals);
    steps.ok().flatten().ok_or_else(too_large)
}

/// That a line can't be set to a quantity that its unit would round, with what it can be set to.
fn not_rounded(wanted: Quantity, that_day: &OrderLine) -> Sentence {
    let fits = that_day.quantity.ordered;
    let near = if fits.steps > wanted.steps { "upper" } else { "lower" };
    sentences::change_not_rounded(wanted, &that_day.unit, fits).and(near, Value::Number(fits.steps))
}

/// The parts that are added. Of a line that is to be less only what the unit is ordered in counts.
pub(super) fn added(
    order: &Order,
    wanted: &Wanted,
    asked: &[Asked<'_>],
    requested: &[RequestedLine],
    today: Today,
    faults: &mut Vec<FieldError>,
) -> Result<(Vec<Adding>, HashSet<ProductId>)> {
    let (mut adding, mut products) = (Vec::new(), HashSet::new());
    let replaced: HashMap<_, _> = wanted.replaced.iter().map(|one| (one.index, one)).collect();
    for ((asked, requested), priced) in asked.iter().zip(requested).zip(today.lines) {
        match (asked, priced) {
            (Asked::Add(index), Ok(mut line)) => {
                products.insert(line.product_id);
                line.instead = replaced.get(index).map(|one| Instead {
                    line_id: one.line_id,
                    quantity: one.steps,
                });
                adding.push(Adding {
                    line,
                    index: *index,
                    of: None,
                });
            }
            (Asked::Add(index), Err(fault)) => {
                let at = pricing::pointer(*index, &requested.line, fault.code);
                faults.push(FieldError::new(at, fault.code, fault.detail));
            }
            (Asked::Set(set, line), priced) => {
                let more = set.quantity.base_steps - line.quantity.base_steps;
                let is_of_unit = |code| matches!(code, Code::QuantityBelowMinimum | Code::QuantityNotMultiple);
                match priced {
                    Err(fault) if more > 0 || is_of_unit(fault.code) => {
                        let at = format!("/lines/{}/quantity", set.index);
                        faults.push(FieldError::new(at, fault.code, fault.detail));
                    }
                    // A unit that rounds rounds what is ordered anew, not what somebody has agreed to.
                    Ok(that_day) if that_day.quantity.ordered != set.quantity.ordered => {
                        let at = format!("/lines/{}/quantity", set.index);
                        let detail = not_rounded(set.quantity.ordered, &that_day);
                        faults.push(FieldError::new(at, Code::QuantityNotMultiple, detail));
                    }
                    Ok(that_day) if more > 0 => {
                        let is_same = is_more_of(line, &that_day);
                        products.insert(line.product_id);
                        adding.push(Adding {
                            line: part_of(&that_day, more_of(set, line, &that_day)?).ok_or_else(too_large)?,
                            index: set.index,
                            of: is_same.then_some(line.id),
                        });
                    }
                    Ok(_) | Err(_) => {}
                }
            }
        }
    }
    let lines = order.lines.len() + adding.iter().filter(|adding| adding.of.is_none()).count();
    if lines > LINES_MAX {
        let detail = sentences::change_too_many_lines(lines, LINES_MAX);
        faults.push(FieldError::new("/lines", Code::TooManyLines, detail));
    }
    let running_out = today.running_out.into_iter().filter(|id| products.contains(id));
    Ok((adding, running_out.collect()))
}
