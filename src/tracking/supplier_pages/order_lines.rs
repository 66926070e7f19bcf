//! The lines of an order for staff: how far each has come, where it stands in the queue, what was decided about it.

use std::collections::HashMap;

use chrono_tz::Tz;

use crate::clock::day_in;
use crate::ids::OrderLineId;
use crate::orders::Recorded;
use crate::orders::allocation::Queue;
use crate::orders::allocation::rules::{Share, Waiting, reason_for_staff};
use crate::orders::rules::{Order, OrderLine};
use crate::orders::words;
use crate::quantity::Quantity;
use crate::web::{Chip, Shell};

/// A line of the table.
pub(super) struct Line {
    pub number: i32,
    pub article: String,
    pub name: String,
    pub under: String,
    pub quantity: String,
    pub base: Option<String>,
    pub price: String,
    pub net: String,
    /// What is reserved, waits, left and is invoiced: label and quantity, those above zero.
    pub progress: Vec<String>,
    pub promise: String,
    pub rank: Option<String>,
    pub note: Option<String>,
    /// What was typed for the article.
    pub typed: Option<String>,
    pub chip: Chip,
    /// What is decided of it other than of the order, and what is sent instead of what.
    pub decided: Vec<String>,
}

/// A share of a line in a decision.
pub(super) struct Decided {
    pub at: String,
    pub line: i32,
    pub sku: String,
    pub cause: String,
    pub got: String,
    pub reason: String,
}

/// Where waiting lines stand among all that wait for the same product: `rank 3 of 7: …`.
pub(super) fn ranks(shell: &Shell, order: &Order, queue: &Queue, zone: Tz) -> HashMap<OrderLineId, String> {
    let places = queue.places_of(order.id).into_iter();
    let said = places.map(|(place, line)| {
        let since = day_in(zone, line.rank.queued_at);
        let reason = reason_for_staff(place, &line.rank, since, shell.today());
        (line.order_line_id, shell.say(&reason))
    });
    said.collect()
}

/// A line as the table prints it.
pub(super) fn line(shell: &Shell, order: &Order, line: &OrderLine, ranks: &HashMap<OrderLineId, String>) -> Line {
    let left = line.reserved + line.backordered;
    let promise = match (words::expected(shell, line), line.promised_on, order.state.is_served()) {
        (Some(parts), _, true) => parts,
        (_, Some(on), _) if left > 0 => shell.day(on),
        (_, None, true) if line.backordered > 0 => shell.t("desk-promise-waits"),
        (_, None, true) if left > 0 => shell.t("desk-promise-open"),
        _ => String::new(),
    };
    let article = line.customer_part_number.clone();
    Line {
        number: line.position,
        article: line.sku.clone(),
        name: line.name.clone(),
        under: article
            .map(|number| shell.t1("desk-their-number", "number", number))
            .unwrap_or_default(),
        quantity: shell.quantity(line.quantity.ordered, &line.unit_code),
        base: (line.unit != line.base_unit)
            .then(|| shell.quantity(line.base_quantity(line.quantity.base_steps), &line.base_unit)),
        price: words::price(shell.language, line, order.currency),
        net: shell.language.amount(line.net),
        progress: words::progress(shell, line),
        promise,
        rank: ranks.get(&line.id).cloned(),
        note: line.note.clone(),
        typed: line
            .typed
            .as_ref()
            .map(|typed| shell.t1("line-typed", "typed", typed.as_str())),
        chip: words::line_chip(shell, order, line),
        decided: words::wishes(shell, line.own)
            .into_iter()
            .chain(words::instead(shell, order, line))
            .collect(),
    }
}

/// What decisions on stock gave the lines of the order, and why: the newest first.
pub(super) fn decided(shell: &Shell, order: &Order, recorded: &[Recorded], zone: Tz) -> Vec<Decided> {
    let lines: HashMap<_, _> = order.lines.iter().map(|line| (line.id, line)).collect();
    let mut rows = Vec::new();
    for one in recorded {
        let pairs = one.decision.input.waiting.iter().zip(&one.decision.shares);
        let own = pairs.filter_map(|(waiting, share)| Some((waiting, share, *lines.get(&waiting.order_line_id)?)));
        rows.extend(own.map(|(waiting, share, line)| decided_line(shell, one, waiting, share, line, zone)));
    }
    rows
}

fn decided_line(
    shell: &Shell,
    recorded: &Recorded,
    waiting: &Waiting,
    share: &Share,
    line: &OrderLine,
    zone: Tz,
) -> Decided {
    let amount = |steps| shell.language.quantity(Quantity::new(steps, recorded.decimals));
    let wanted = shell.quantity(Quantity::new(share.wanted, recorded.decimals), &line.base_unit);
    Decided {
        at: shell.moment(recorded.decided_at),
        line: line.position,
        sku: recorded.sku.clone(),
        cause: shell.name("desk-cause", recorded.cause.name()),
        got: shell.t2("desk-got-of", "got", amount(share.quantity), "wanted", wanted),
        reason: {
            let since = day_in(zone, waiting.rank.queued_at);
            let place = recorded.decision.place_of(share);
            shell.say(&reason_for_staff(place, &waiting.rank, since, shell.today()))
        },
    }
}
