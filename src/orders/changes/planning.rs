//! What a change of an order comes to, before anything is stored: preview, change and request share it.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::adding::{Adding, added, to_price};
use super::reserving::{free, promise_elsewhere};
use super::rules::reading::{self, Fault, Wanted};
use super::rules::{AskedLine, Credit, Next, Request, Set, committed, resized, taxed};
use super::{rules, sentences, store};
use crate::accounts;
use crate::accounts::credit::rules::Room;
use crate::accounts::credit::{find_room, lock_room};
use crate::accounts::sites::Site;
use crate::accounts::terms::{self, Terms};
use crate::catalogue::rules::LineFault;
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{OrderLineId, ProductId};
use crate::inventory::rules::{StockBook, Take};
use crate::inventory::{self, Purpose};
use crate::ledger;
use crate::orders::entitlements::{self, rules::IfNotEntitled};
use crate::orders::planning::changing;
use crate::orders::planning::{decided, too_large, totals};
use crate::orders::rules::head::check_note;
use crate::orders::rules::{Order, OrderLine, OrderTexts, Wishes};
use crate::orders::{self, sentences as said};
use crate::tax::rules::Treatment;

/// An order and what a change makes of it.
#[derive(Debug)]
pub struct Planned {
    pub before: Order,
    /// Its lines are those that are left; nothing of what is added is reserved yet.
    pub after: Order,
    /// Lines that go: nothing of them is ordered any more.
    pub gone: Vec<OrderLine>,
    /// With what lines have no more.
    pub stock: StockBook,
    /// What that is, by line and stock.
    pub freed: Vec<(OrderLineId, Take)>,
    /// The other days on which what is reserved arrives, by line.
    pub moved: Vec<(OrderLineId, Option<NaiveDate>)>,
    /// Products of which the order takes more or less.
    pub product_ids: Vec<ProductId>,
    pub terms: Terms,
    /// The day of the supplier.
    pub today: NaiveDate,
    pub now: Timestamp,
    pub credit: Credit,
    pub next: Next,
}

/// The lines of a change as they are drawn up, before it is known what is reserved.
struct Drawn {
    wanted: Wanted,
    adding: Vec<Adding>,
    treatments: HashMap<ProductId, Treatment>,
    running_out: HashSet<ProductId>,
    site: Site,
}

/// Plans a change of an order that is locked, or only looked at; what is added has the price of the day `priced_at`. With
/// [`Purpose::Change`] the account's credit and the products' stock stay locked.
pub fn plan(
    connection: &mut Connection,
    order: Order,
    request: &Request,
    purpose: Purpose,
    (priced_at, now): (Timestamp, Timestamp),
) -> Result<Planned> {
    let terms = terms::load(connection, order.account_id)?;
    let (priced_on, today) = (day_in(terms.supplier_zone, priced_at), day_in(terms.supplier_zone, now));
    let drawn = draw(connection, &order, request, &terms, priced_on)?;
    let room = match purpose {
        Purpose::Change => lock_room(connection, &terms, today)?,
        Purpose::Preview => find_room(connection, &terms, today)?,
    };
    let mut product_ids: Vec<_> = order.lines.iter().map(|line| line.product_id).collect();
    product_ids.extend(drawn.adding.iter().map(|adding| adding.line.product_id));
    product_ids.sort_unstable();
    product_ids.dedup();
    let mut stock = inventory::load_seen_by(connection, &product_ids, (&terms).into(), purpose, today)?;
    // With the stock locked nobody serves its lines any more.
    let before = match purpose {
        Purpose::Change => orders::get(connection, order.account_id, order.id)?,
        Purpose::Preview => order,
    };
    let last = store::find_last_position(connection, before.id)?;
    let (mut after, gone) = assemble(&before, request, &drawn, &terms, (today, last))?;
    // The account is locked, so that no other order of it comes between.
    must_be_entitled(connection, (&before, &after), &drawn, &terms, now)?;
    let freed = free(connection, &before, (&after, &gone), &mut stock)?;
    let moved = match after.site_id == before.site_id {
        true => Vec::new(),
        false => promise_elsewhere(connection, &mut after, &stock, (&terms, now))?,
    };
    let added = drawn.adding.iter().map(|adding| &adding.line);
    let beyond = changing::beyond_stock(&drawn.running_out, &stock, added);
    let fault = |(place, fault): (usize, LineFault)| {
        let index = drawn.adding.get(place).map_or(0, |adding| adding.index);
        FieldError::new(format!("/lines/{index}/quantity"), fault.code, fault.detail)
    };
    let faults: Vec<_> = beyond.into_iter().map(fault).collect();
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let credit = credit(connection, &before, &after, &terms, room)?;
    let next = credit.next(before.state, &before.hold_reasons);
    if next == Next::Refuse {
        let detail = sentences::change_beyond_credit(before.number);
        return Err(Error::conflict(Code::OrderStateForbids, detail));
    }
    Ok(Planned {
        product_ids: touched(&before, &after, &gone),
        before,
        after,
        gone,
        stock,
        freed,
        moved,
        terms,
        today,
        now,
        credit,
        next,
    })
}

fn credit(connection: &mut Connection, before: &Order, after: &Order, terms: &Terms, room: Room) -> Result<Credit> {
    let committed_minor = ledger::find_committed(connection, before.id)?;
    let billed = ledger::find_billed(connection, before.id)?;
    Ok(Credit {
        room: room.without(committed_minor),
        check: terms.credit.at_order,
        was: match before.state.is_committed() {
            true => committed_minor,
            false => before.commitment_minor(),
        },
        is: committed(after, billed),
        orders_held: terms.orders_held,
    })
}

/// Reads and prices what is wanted; all faults of the request at once.
fn draw(
    connection: &mut Connection,
    order: &Order,
    request: &Request,
    terms: &Terms,
    today: NaiveDate,
) -> Result<Drawn> {
    let mut faults = Vec::new();
    let was = accounts::ship_to(connection, order.account_id, Some(&order.ship_to))?;
    let site = match &request.ship_to {
        Some(code) => accounts::ship_to(connection, order.account_id, Some(code))?,
        None => was.clone(),
    };
    if site.is_none() {
        let code = request.ship_to.as_deref().unwrap_or(&order.ship_to);
        faults.push(FieldError::new(
            "/ship_to",
            Code::UnknownShipTo,
            said::no_own_site(code),
        ));
    }
    if let Some(Some(day)) = request.requested_on
        && day < today
        && order.requested_on != Some(day)
    {
        let detail = said::day_has_passed(day, today);
        faults.push(FieldError::new("/requested_date", Code::DateInPast, detail));
    }
    faults.extend(check_note("/note", request.note.as_ref().and_then(Option::as_deref)));
    let (wanted, of_lines) = reading::lines(order, request);
    let mut below = None;
    for fault in of_lines {
        match fault {
            Fault::Field(fault) => faults.push(fault),
            Fault::BelowLeft(position, left) => below = below.or(Some(sentences::change_below_left(position, left))),
            Fault::WaitsForLess(position, waits) => {
                below = below.or(Some(sentences::change_waits_for_less(position, waits)));
            }
        }
    }
    let Some(site) = site else {
        return Err(Error::Invalid(faults));
    };
    let (asked, requested) = to_price(order, request, &wanted, &mut faults);
    let order_class = request.order_class.unwrap_or(order.order_class);
    let today_of = changing::price(connection, terms, &site, &requested, (order_class, today))?;
    let (mut adding, running_out) = added(order, &wanted, &asked, &requested, today_of, &mut faults)?;
    decide(
        order,
        &mut adding,
        &requested_choices(request, order),
        today,
        &mut faults,
    );
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    if let Some(detail) = below {
        return Err(Error::conflict(Code::OrderStateForbids, detail));
    }
    if site.id != order.site_id && order.lines.iter().any(|line| line.shipped > 0) {
        let detail = sentences::change_goods_have_left(order.number);
        return Err(Error::conflict(Code::OrderStateForbids, detail));
    }
    let is_retaxed = was.map(|was| was.country).as_ref() != Some(&site.country) || order.tax.is_none();
    let products: Vec<_> = match is_retaxed {
        true => order
            .lines
            .iter()
            .map(|line| (line.product_id, line.sku.clone()))
            .collect(),
        false => Vec::new(),
    };
    let treatments = changing::treatments(connection, terms, &site.country, &products, today)?;
    Ok(Drawn {
        treatments: treatments.map_err(|fault| Error::conflict(fault.code, fault.detail))?,
        wanted,
        adding,
        running_out,
        site,
    })
}

/// The order as it is after the change, and the lines that go.
fn assemble(
    before: &Order,
    request: &Request,
    drawn: &Drawn,
    terms: &Terms,
    (today, last): (NaiveDate, i32),
) -> Result<(Order, Vec<OrderLine>)> {
    let set: HashMap<_, _> = drawn.wanted.set.iter().map(|set| (set.line_id, set)).collect();
    let replaced: HashMap<_, _> = drawn
        .wanted
        .replaced
        .iter()
        .map(|one| (one.line_id, one.steps))
        .collect();
    let merged: HashSet<_> = drawn.adding.iter().filter_map(|adding| adding.of).collect();
    let (mut lines, mut gone) = (Vec::with_capacity(before.lines.len()), Vec::new());
    for line in &before.lines {
        let is_resized = |set: &&&Set| set.quantity.base_steps < line.quantity.base_steps || merged.contains(&line.id);
        let after = match set.get(&line.id).filter(is_resized) {
            Some(set) => resized(line, set.quantity, today).ok_or_else(too_large)?,
            None => match replaced.get(&line.id) {
                Some(steps) => rules::replaced(line, *steps, today).ok_or_else(|| waits_for_less(line))?,
                None => line.clone(),
            },
        };
        let after = taxed(&after, &drawn.treatments);
        match after.quantity.base_steps {
            0 => gone.push(after),
            _ => lines.push(after),
        }
    }
    let more = drawn.adding.iter().filter(|adding| adding.of.is_none());
    for (position, adding) in (last + 1..).zip(more) {
        lines.push(OrderLine {
            position,
            ..adding.line.clone()
        });
    }
    let (net, tax) = totals(&lines, terms)?;
    let gross = match tax {
        Some(tax) => Some(net.checked_add(tax).ok_or_else(too_large)?),
        None => None,
    };
    let mut after = Order {
        order_class: request.order_class.unwrap_or(before.order_class),
        site_id: drawn.site.id,
        ship_to: drawn.site.code.clone(),
        requested_on: request.requested_on.unwrap_or(before.requested_on),
        texts: OrderTexts {
            note: request.note.clone().unwrap_or_else(|| before.texts.note.clone()),
        },
        net,
        tax,
        gross,
        line_count: i32::try_from(lines.len()).map_err(Error::internal)?,
        revision: before.revision + 1,
        lines,
        ..before.clone()
    };
    after.texts.note = after.texts.note.filter(|note| !note.trim().is_empty());
    after.cancelled = after.cancelled_of_lines().ok_or_else(too_large)?;
    if drawn.wanted.set.is_empty() && drawn.adding.is_empty() && is_same_head(before, &after) {
        return Err(Error::refused(
            Code::NothingToChange,
            sentences::change_nothing(before.number),
        ));
    }
    if after.lines.iter().all(|line| line.to_leave() == 0) {
        let detail = sentences::change_leaves_nothing(before.number);
        return Err(Error::refused(Code::NothingWouldBeLeft, detail));
    }
    Ok((after, gone))
}

/// Since it was asked for, something of the line was served.
fn waits_for_less(line: &OrderLine) -> Error {
    let waits = line.part(line.backordered).ordered;
    let detail = sentences::change_waits_for_less(line.position, waits);
    Error::conflict(Code::OrderStateForbids, detail)
}

/// What is said of each line of the request: of more of a line what was said of that.
fn requested_choices(request: &Request, order: &Order) -> Vec<Wishes> {
    let own: HashMap<_, _> = order.lines.iter().map(|line| (line.id, line.own)).collect();
    let of_line = |line: Option<OrderLineId>| line.and_then(|id| own.get(&id).copied()).unwrap_or_default();
    let said = |line: &AskedLine| match line {
        AskedLine::Set { line, .. } => of_line(*line),
        AskedLine::Add(added) => added.choices,
        // What is sent instead waits as long as what was ordered would.
        AskedLine::Instead { line, .. } => of_line(*line),
    };
    request.lines.iter().map(said).collect()
}

/// Puts into the lines that are added what is decided of what of them is not there.
fn decide(order: &Order, adding: &mut [Adding], said: &[Wishes], today: NaiveDate, faults: &mut Vec<FieldError>) {
    for adding in adding {
        let said = said.get(adding.index).copied().unwrap_or_default();
        // A day that is over by now is that of the order's own, and was allowed then.
        let is_old =
            said.cancel_after.is_some_and(|day| day < today) && order.lines.iter().any(|line| line.own == said);
        let day = if is_old {
            said.cancel_after.unwrap_or(today)
        } else {
            today
        };
        match decided(adding.line.clone(), said, order.choices, day) {
            Ok(line) => adding.line = line,
            Err(fault) => {
                let at = format!("/lines/{}{}", adding.index, fault.pointer);
                faults.push(FieldError::new(at, fault.code, fault.detail));
            }
        }
    }
}

/// Refuses a change of which the account's entitlement does not allow so many lines, or the class.
fn must_be_entitled(
    connection: &mut Connection,
    (order, after): (&Order, &Order),
    drawn: &Drawn,
    terms: &Terms,
    now: Timestamp,
) -> Result<()> {
    let lines = after.lines.len();
    // What is sent instead of something else is no line more.
    let instead = after.lines.iter().filter(|line| line.instead.is_some()).count();
    let counted = lines.saturating_sub(instead);
    if after.order_class != order.order_class {
        let asked = (after.order_class, IfNotEntitled::Refuse);
        return entitlements::settle(connection, terms, asked, counted, now).map(drop);
    }
    let is_longer = drawn
        .adding
        .iter()
        .any(|adding| adding.of.is_none() && adding.line.instead.is_none());
    match is_longer && lines > order.lines.len() {
        true => entitlements::must_fit(connection, terms, after.order_class, counted, now),
        false => Ok(()),
    }
}

fn is_same_head(before: &Order, after: &Order) -> bool {
    (before.site_id, before.requested_on, before.order_class) == (after.site_id, after.requested_on, after.order_class)
        && before.texts == after.texts
}

/// The products of which there is more or less, or for which the order waits elsewhere in the queue or at another place.
fn touched(before: &Order, after: &Order, gone: &[OrderLine]) -> Vec<ProductId> {
    let place = |order: &Order| (order.order_class, order.requested_on, order.site_id);
    let is_elsewhere = place(before) != place(after);
    let was: HashMap<_, _> = before.lines.iter().map(|line| (line.id, line.to_leave())).collect();
    let lines = after.lines.iter().chain(gone);
    let is_other = |line: &&OrderLine| was.get(&line.id).copied() != Some(line.to_leave());
    let other = lines.filter(|line| is_other(line) || (is_elsewhere && line.backordered > 0));
    let mut ids: Vec<_> = other.map(|line| line.product_id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
