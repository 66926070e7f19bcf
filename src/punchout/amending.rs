//! A newer version of a purchase order becomes a change of our order, by the one way that all changes take: at once until the
//! supplier has taken the order on, after that as a wish that the supplier decides about. Which line is which, the buyer's
//! numbers say; they go on to lines that a change brought once it is made.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::cxml::Element;
use super::ordering::{self, Came};
use super::purchases::{self, PurchaseRow, UpdateRow};
use super::receiving::Said;
use super::restoring::Named;
use super::rules::lines::{self, Item};
use super::rules::{self, Mode};
use super::{PROGRAM, sentences};
use crate::audit::Actor;
use crate::catalogue::{ArticleKey, Articles};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, FieldError, Result};
use crate::ids::{AccountId, OrderId, OrderLineId, ProductId};
use crate::languages::Language;
use crate::names::sets::{OrderChangeState, Side};
use crate::orders::changes::rules::{AskedLine, Request, Way, way};
use crate::orders::changes::{self, Sent, deciding};
use crate::orders::rules::{Order, OrderLine, State};
use crate::orders::{self, OrderRequest};

/// An item as it is kept until its line has the buyer's number.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    number: String,
    product_id: Option<i64>,
    unit: Option<String>,
    quantity: String,
}

impl Kept {
    fn of(item: &Item) -> Self {
        Self {
            number: item.number.clone(),
            product_id: item.product_id.map(|id| id.0),
            unit: item.unit.clone(),
            quantity: item.quantity.clone(),
        }
    }

    fn item(self) -> Item {
        Item {
            number: self.number,
            product_id: self.product_id.map(ProductId),
            sku: String::new(),
            unit: self.unit,
            unit_named: None,
            quantity: self.quantity,
            note: None,
        }
    }
}

/// The buyer's numbers of lines by their positions.
pub fn numbers(purchase: &PurchaseRow) -> Result<Vec<String>> {
    serde_json::from_str(&purchase.line_numbers).map_err(Error::internal)
}

/// The buyer's numbers of an order's lines, read once for a document.
pub struct Numbering<'a> {
    numbers: Vec<String>,
    order: &'a Order,
    by_id: HashMap<OrderLineId, &'a OrderLine>,
}

impl<'a> Numbering<'a> {
    pub fn of(purchase: &PurchaseRow, order: &'a Order) -> Result<Self> {
        Ok(Self {
            numbers: numbers(purchase)?,
            order,
            by_id: order.lines.iter().map(|line| (line.id, line)).collect(),
        })
    }

    /// The line of the order.
    pub fn line(&self, id: OrderLineId) -> Option<&'a OrderLine> {
        self.by_id.get(&id).copied()
    }

    /// The buyer's number of the line with this id and in this position of the order.
    pub fn number(&self, id: OrderLineId, position: i32) -> String {
        self.line(id).map_or_else(
            || lines::number_at(&self.numbers, position),
            |line| lines::number_of(&self.numbers, &self.order.lines, line),
        )
    }
}

/// What the account's order is called in the buyer's system, with what came of its newer versions.
pub fn purchase_of(
    tx: &mut Connection,
    account_id: AccountId,
    order_id: OrderId,
    now: Timestamp,
) -> Result<Option<PurchaseRow>> {
    match purchases::find_purchase_of(tx, account_id, order_id)? {
        Some(purchase) => settled(tx, purchase, now).map(Some),
        None => Ok(None),
    }
}

/// The purchase order after those of its newer versions that were decided about: the last that was taken on stands.
pub fn settled(tx: &mut Connection, mut purchase: PurchaseRow, now: Timestamp) -> Result<PurchaseRow> {
    let waiting = purchases::list_unsettled(tx, purchase.account_id, purchase.order_id)?;
    for update in waiting {
        let change = changes::get(tx, purchase.account_id, update.change_id)?;
        match change.state {
            OrderChangeState::Requested => continue,
            OrderChangeState::Applied => {
                let order = orders::get(tx, purchase.account_id, purchase.order_id)?;
                let kept: Vec<Kept> = serde_json::from_str(&update.items).map_err(Error::internal)?;
                let items: Vec<_> = kept.into_iter().map(Kept::item).collect();
                let version = (
                    update.po_version.as_str(),
                    update.po_date.as_str(),
                    update.payload_id.as_str(),
                );
                purchase = stands(tx, purchase, &order, &items, version)?;
            }
            OrderChangeState::Refused | OrderChangeState::Withdrawn => {}
        }
        purchases::settle_update(tx, update.change_id, now)?;
    }
    Ok(purchase)
}

/// A newer version stands: its numbers go on to the lines that came with it.
fn stands(
    tx: &mut Connection,
    purchase: PurchaseRow,
    order: &Order,
    items: &[Item],
    (version, date, payload_id): (&str, &str, &str),
) -> Result<PurchaseRow> {
    let extended = lines::extended(&numbers(&purchase)?, &order.lines, items);
    let purchase = PurchaseRow {
        po_version: version.to_owned(),
        po_date: date.to_owned(),
        payload_id: payload_id.to_owned(),
        line_numbers: serde_json::to_string(&extended).map_err(Error::internal)?,
        ..purchase
    };
    purchases::update_purchase(tx, &purchase)?;
    Ok(purchase)
}

/// The version that a newer one has to be newer than: the one that stands, or the newest that waits to be decided about.
pub(super) fn newest(tx: &mut Connection, purchase: &PurchaseRow) -> Result<String> {
    let waiting = purchases::list_unsettled(tx, purchase.account_id, purchase.order_id)?;
    let newest = waiting.last().map(|update| update.po_version.clone());
    Ok(newest.unwrap_or_else(|| purchase.po_version.clone()))
}

/// Items as they are understood.
pub(super) fn items(setup: &super::Setup, elements: &[&Element], named: &[Named], articles: &Articles) -> Vec<Item> {
    let all = (1_usize..).zip(elements.iter().zip(named));
    all.map(|(place, (element, named))| {
        let article = articles.get(&ArticleKey::Sku(named.sku.clone()));
        let unit = article.and_then(|article| named.meant(article, &setup.setup));
        Item {
            number: ordering::number(element).map_or_else(|| place.to_string(), str::to_owned),
            product_id: article.map(|article| article.product_id),
            sku: named.sku.clone(),
            unit: unit.map(str::to_owned),
            unit_named: named.unit_code.clone().or_else(|| named.unit.clone()),
            quantity: named.quantity.clone(),
            note: ordering::comments(element),
        }
    })
    .collect()
}

/// What the order is to be after the purchase order, and the places of the items that its lines are about.
fn wanted(
    order: &Order,
    numbers: &[String],
    items: &[Item],
    request: &OrderRequest,
    days: bool,
) -> (Request, Vec<Option<usize>>) {
    let (asked, places): (Vec<AskedLine>, Vec<_>) = lines::asked(&order.lines, numbers, items).into_iter().unzip();
    let is_other_site = request.ship_to.as_ref().is_some_and(|code| *code != order.ship_to);
    let request = Request {
        lines: asked,
        ship_to: request.ship_to.clone().filter(|_| is_other_site),
        // A day that is not said any more stays: people may have agreed to it here.
        requested_on: (days && request.requested_on != order.requested_on).then_some(request.requested_on),
        order_class: None,
        note: (request.texts.note.is_some() && request.texts.note != order.texts.note)
            .then(|| request.texts.note.clone()),
    };
    (request, places)
}

fn is_nothing(request: &Request) -> bool {
    request.lines.is_empty() && request.ship_to.is_none() && request.requested_on.is_none() && request.note.is_none()
}

/// Faults are told of the items, not of the lines of the change that they became.
fn told_of_items(error: Error, places: &[Option<usize>]) -> Error {
    let Error::Invalid(faults) = error else { return error };
    let of = |fault: FieldError| {
        let rest = fault.pointer.strip_prefix("/lines/").map(str::to_owned);
        let Some((index, rest)) = rest.as_deref().map(|rest| rest.split_once('/').unwrap_or((rest, ""))) else {
            return fault;
        };
        let place = index
            .parse()
            .ok()
            .and_then(|index: usize| places.get(index).copied().flatten());
        let pointer = match place {
            Some(place) => format!("/lines/{place}/{rest}"),
            None => "/lines".to_owned(),
        };
        FieldError { pointer, ..fault }
    };
    Error::Invalid(faults.into_iter().map(of).collect())
}

/// Makes the order what the purchase order says now, or asks for it.
pub(super) fn update(tx: &mut Connection, came: &Came<'_>, before: PurchaseRow, now: Timestamp) -> Result<Said> {
    let (account_id, order_id) = (before.account_id, before.order_id);
    let order = orders::lock(tx, account_id, order_id)?;
    let (_, request, articles) = ordering::request(tx, came)?;
    let items = items(came.setup, &came.items, &came.named, &articles);
    let mut seen = HashSet::new();
    if let Some(twice) = items.iter().find(|item| !seen.insert(item.number.as_str())) {
        let detail = format!("Line {} stands there twice: each number once.", twice.number);
        return Ok(Said::new(400, detail));
    }
    let known = numbers(&before)?;
    let (wished, places) = wanted(&order, &known, &items, &request, ordering::days(came).is_some());
    let actor = Actor::program(PROGRAM);
    if came.mode == Mode::Test {
        if !is_nothing(&wished) {
            let by = (account_id, Side::Account);
            changes::preview(tx, by, order_id, &wished, now).map_err(|error| told_of_items(error, &places))?;
        }
        return Ok(Said::new(200, "Checked. In test mode nothing is changed."));
    }
    // A version is the whole of what is wanted: it takes the place of one that waits.
    for waiting in purchases::list_unsettled(tx, account_id, order_id)? {
        deciding::withdraw(tx, account_id, waiting.change_id, &actor, now)?;
        purchases::settle_update(tx, waiting.change_id, now)?;
    }
    let version = came
        .header
        .attribute("orderVersion")
        .unwrap_or(&before.po_version)
        .to_owned();
    let date = came.header.attribute("orderDate").unwrap_or(&before.po_date).to_owned();
    let mut said = Said::new(200, "");
    said.order_id = Some(order_id);
    if is_nothing(&wished) && !matches!(order.state, State::Cancelled | State::Rejected) {
        // Another version of the same: nothing else is another.
        stands(tx, before, &order, &items, (&version, &date, came.payload_id))?;
        return Ok(said);
    }
    let is_asked = way(order.state, Side::Account) == Some(Way::OnRequest);
    let reason = match is_asked {
        true => {
            let found = differences_before(came, &order, &known, &items);
            let told = (!found.is_empty()).then(|| ordering::differs(&found));
            told.map(|told| rules::cut(&told, ordering::REASON_CHARS_MAX).to_owned())
        }
        false => None,
    };
    let sent = Sent {
        request: &wished,
        reason: reason.as_deref(),
        key: None,
        seen: None,
        is_agreed: false,
    };
    let done = changes::change(tx, (account_id, Side::Account), order_id, sent, &actor, now)
        .map_err(|error| told_of_items(error, &places))?;
    let kept: Vec<_> = items.iter().map(Kept::of).collect();
    let row = UpdateRow {
        change_id: done.change.id,
        account_id,
        order_id,
        po_version: version,
        po_date: date,
        payload_id: came.payload_id.to_owned(),
        items: serde_json::to_string(&kept).map_err(Error::internal)?,
        created_at: now,
        settled_at: None,
    };
    purchases::insert_update(tx, row)?;
    if done.change.state.is_open() {
        said.code = 201;
        said.detail = sentences::punchout_change_asked(order.number).in_language(Language::En);
        if let Some(reason) = reason {
            said.detail = format!("{} {reason}", said.detail);
        }
        return Ok(said);
    }
    let purchase = settled(tx, before, now)?;
    let differing = differences_of(came, &done.order, &numbers(&purchase)?, &items);
    ordering::hold_if_differing(tx, &done.order, &differing, &mut said, now)?;
    Ok(said)
}

/// Calls an order off; what is asked of it goes with it.
pub(super) fn call_off(tx: &mut Connection, came: &Came<'_>, before: &PurchaseRow, now: Timestamp) -> Result<Said> {
    let order = orders::lock(tx, before.account_id, before.order_id)?;
    if order.state == State::Cancelled {
        return Ok(Said {
            order_id: Some(order.id),
            ..Said::new(200, "It was called off before.")
        });
    }
    if came.mode == Mode::Test {
        return Ok(Said::new(200, "Checked. In test mode nothing is called off."));
    }
    let actor = Actor::program(PROGRAM);
    let reason = Some("Called off by the purchasing system.");
    orders::cancel(tx, before.account_id, before.order_id, reason, &actor, now)?;
    Ok(Said {
        order_id: Some(before.order_id),
        ..Said::new(200, "")
    })
}

/// Where items and the lines that are theirs differ.
fn differences_of(came: &Came<'_>, order: &Order, numbers: &[String], items: &[Item]) -> Vec<String> {
    ordering::differences(came, order, &pairs(order, numbers, items))
}

/// The same of a change that is only asked for: what is added is priced once it is taken on.
fn differences_before(came: &Came<'_>, order: &Order, numbers: &[String], items: &[Item]) -> Vec<String> {
    ordering::differences_of_lines(came, order, &pairs(order, numbers, items))
}

fn pairs<'a>(order: &'a Order, numbers: &[String], items: &[Item]) -> Vec<(usize, &'a OrderLine)> {
    let mut pairs = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let own = order.lines.iter().filter(|line| {
            lines::number_of(numbers, &order.lines, line) == item.number && item.product_id == Some(line.product_id)
        });
        pairs.extend(own.map(|line| (place, line)));
    }
    pairs
}
