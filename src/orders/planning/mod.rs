//! What placing a request would come to: preview, place and drafts share it.
//!
//! - [`plan`]: all lines or none, as an order needs it
//! - [`estimate`]: what the good lines come to and what is wrong with the others, as a draft shows it
//! - [`changing`]: what is added to an order that there is

pub mod changing;
mod drawing;
mod estimating;
mod lines;

pub use estimating::{Estimate, estimate};
pub(in crate::orders) use lines::totals;

use drawing::{Task, draw_up};

use chrono::NaiveDate;

use super::allocation::rules::Decision;
use super::credit;
use super::entitlements::{
    self,
    rules::{IfNotEntitled, Settled},
};
use super::rules::head::{check_head, check_note};
use super::rules::{Choices, Order, OrderClass, OrderLine, OrderTexts, Wishes};
use super::store;
use crate::accounts;
use crate::accounts::credit::rules::{CreditCheck, Exceeded};
use crate::accounts::sites::Site;
use crate::accounts::terms::{self, Terms};
use crate::catalogue::rules::{Article, OrderQuantity, gtin14};
use crate::catalogue::{self, ArticleKey};
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{AccountId, OrderId, OrderLineId};
use crate::inventory::Purpose;
use crate::inventory::quotas::Use;
use crate::inventory::rules::{StockBook, Take};
use crate::orders::promising::Renewal;
use crate::orders::rules::PlacedBy;
use crate::orders::sentences;
use crate::pricing::rules::Asked;
use crate::pricing::splitting::rules::{Goods, Load, load};
use crate::pricing::{self, LineRequest, PricedLine};

/// What somebody wants to order.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderRequest {
    /// The account's own number.
    pub po_number: String,
    /// Code of a site; the first one where none is named.
    pub ship_to: Option<String>,
    /// When the account wants it.
    pub requested_on: Option<NaiveDate>,
    /// How urgent.
    pub order_class: OrderClass,
    /// What becomes of it where the account may not use that class.
    pub if_not_entitled: IfNotEntitled,
    /// What is to become of what is not there; what is left out is as the account usually decides.
    pub choices: Wishes,
    /// What the account says.
    pub texts: OrderTexts,
    pub lines: Vec<RequestedLine>,
}

/// A line of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestedLine {
    /// Article, unit and quantity.
    pub line: LineRequest,
    /// What the account says.
    pub note: Option<String>,
    /// What somebody typed for the article, where `line` names it otherwise.
    pub typed: Option<String>,
    /// What is to become of what of it is not there; what is left out is as of the order.
    pub choices: Wishes,
}

/// How many purchase order numbers are tried for an order that nobody gave one.
const PO_NUMBERS_TRIED: i32 = 9;
/// Characters that are kept of what was typed.
const TYPED_CHARS_MAX: usize = 300;

impl RequestedLine {
    /// What was typed for `article`, where that is none of its numbers to the last sign.
    pub(super) fn typed_for(&self, article: &Article) -> Option<String> {
        let typed = match (&self.typed, &self.line.key) {
            (Some(typed), _) => typed,
            (None, ArticleKey::Sku(key) | ArticleKey::CustomerPartNumber(key)) => key,
            (
                None,
                ArticleKey::Gtin(_)
                | ArticleKey::ProductId(_)
                | ArticleKey::IllFormedGtin(_)
                | ArticleKey::IllFormedId(_),
            ) => return None,
        };
        let typed = typed.trim();
        let is_number = *typed == article.sku || Some(typed) == article.customer_part_number.as_deref();
        (!typed.is_empty() && !is_number && gtin14(typed).is_none())
            .then(|| typed.chars().take(TYPED_CHARS_MAX).collect())
    }
}

/// An order as it would be stored, and what it takes from stock.
#[derive(Debug)]
pub struct Plan {
    /// The order; its number is 0.
    pub order: Order,
    /// What each line takes, by line.
    pub takes: Vec<(OrderLineId, Take)>,
    /// What the lines draw of quotas.
    pub drawn: Vec<Use>,
    /// How stock that did not suffice was handed to the lines.
    pub decisions: Vec<Decision>,
    /// What becomes of promises to lines of other orders.
    pub promises: Renewal,
    /// The stock with what is taken.
    pub stock: StockBook,
    /// What counted against the account's credit before, minor units.
    pub exposure_minor: i64,
    /// The limit of credit that it exceeds, and what happens then.
    pub exceeded: Option<(CreditCheck, Exceeded)>,
    /// What became of the class that was asked for.
    pub settled: Settled,
    /// What holds for the account.
    pub terms: Terms,
    /// What the goods weigh and take up, in a preview.
    pub load: Option<Load>,
}

/// Who orders.
#[derive(Debug, Clone)]
pub struct Orderer {
    pub account_id: AccountId,
    /// The person or the program, unless an import orders.
    pub by: Option<PlacedBy>,
}

/// Plans an order: prices, tax, stock and credit. Wrong values come back all at once, with their places; a used purchase
/// order number is a conflict. With [`Purpose::Change`] the account's credit and the products' stock stay locked.
pub fn plan(
    connection: &mut Connection,
    id: OrderId,
    orderer: &Orderer,
    request: &OrderRequest,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Plan> {
    let terms = terms::load(connection, orderer.account_id)?;
    let today = day_in(terms.supplier_zone, now);
    let choices = request.choices.beside(Choices::usual(terms.usual, today), today);
    let order_class = class_priced(connection, &terms, request, now)?;
    let (site, priced) = check(connection, &terms, request, &choices, (order_class, today))?;
    let choices = choices.map_err(|fault| Error::Invalid(vec![fault]))?;
    if let Some(number) = store::find_by_po_number(connection, orderer.account_id, &request.po_number)? {
        return Err(store::po_number_used(&request.po_number, Some(number)));
    }
    let rates = lines::rates(connection, &terms)?;
    let running_out = lines::running_out(&priced);
    let load = (purpose == Purpose::Preview).then(|| load_of(&priced));
    let lines = request.lines.iter().zip(priced).map(|(requested, priced)| {
        let taxed = lines::taxed(&terms, &site, requested, priced, &rates, today);
        let line = taxed.map_err(|fault| Error::conflict(fault.code, fault.detail))?;
        decided(line, requested.choices, choices, today).map_err(|fault| Error::Invalid(vec![fault]))
    });
    let lines = lines.collect::<Result<Vec<_>>>()?;
    if let Some(fault) = lines::below_minimum(&lines, &terms) {
        return Err(Error::Invalid(vec![fault]));
    }
    let task = Task {
        id,
        orderer,
        request,
        choices,
        terms: &terms,
        site,
        today,
        now,
        running_out,
        settled: None,
    };
    let plan = draw_up(connection, task, lines, purpose)?;
    if terms.has_discounts && plan.settled.order_class != order_class {
        // Somebody used the class up meanwhile. What there is of it is locked now, so that it is what it is.
        return self::plan(connection, id, orderer, request, purpose, now);
    }
    match plan.exceeded {
        Some((CreditCheck::Refuse, _)) => Err(credit::exceeded(&plan.order)),
        _ => Ok(Plan { load, ..plan }),
    }
}

/// Plans an order of lines of `order` once more, without charge: whatever minimum or price there is now. The same locks as
/// [`plan`] with [`Purpose::Change`].
pub fn plan_again(
    tx: &mut Connection,
    id: OrderId,
    orderer: &Orderer,
    order: &Order,
    (po_number, parts): (&str, &[(OrderLineId, OrderQuantity)]),
    now: Timestamp,
) -> Result<Plan> {
    let terms = terms::load(tx, orderer.account_id)?;
    let today = day_in(terms.supplier_zone, now);
    let request = OrderRequest {
        po_number: free_po_number(tx, orderer.account_id, po_number)?,
        ship_to: Some(order.ship_to.clone()),
        requested_on: None,
        order_class: order.order_class,
        if_not_entitled: IfNotEntitled::Refuse,
        // What is sent once more comes as soon as it can, and waits as long as it has to.
        choices: Wishes::from(Choices::default()),
        texts: order.texts.clone(),
        lines: Vec::new(),
    };
    let Some(site) = accounts::ship_to(tx, orderer.account_id, request.ship_to.as_deref())? else {
        return Err(Error::Invalid(vec![unknown_site(&request)]));
    };
    let line = |(line_id, quantity): &(OrderLineId, OrderQuantity)| {
        let line = order.lines.iter().find(|line| line.id == *line_id);
        let line = line.ok_or_else(|| Error::internal(format!("{line_id} is no line of {}", order.id)))?;
        Ok(lines::free_of_charge(line, *quantity))
    };
    let lines = parts.iter().map(line).collect::<Result<Vec<_>>>()?;
    let product_ids: Vec<_> = lines.iter().map(|line| line.product_id).collect();
    let running_out = catalogue::list_coming_no_more(tx, &product_ids)?;
    let task = Task {
        id,
        orderer,
        request: &request,
        choices: Choices::default(),
        terms: &terms,
        site,
        today,
        now,
        running_out: running_out.into_iter().collect(),
        // Whoever gets goods once more gets them as fast as the first time, and uses up nothing.
        settled: Some(Settled::as_asked(order.order_class)),
    };
    draw_up(tx, task, lines, Purpose::Change)
}

/// The number, or what is made of it where an order of the account has it already: `-2`, `-3` and so on behind it.
fn free_po_number(connection: &mut Connection, account_id: AccountId, wanted: &str) -> Result<String> {
    let mut number = wanted.to_owned();
    for place in 2..=PO_NUMBERS_TRIED {
        if store::find_by_po_number(connection, account_id, &number)?.is_none() {
            return Ok(number);
        }
        number = format!("{wanted}-{place}");
    }
    match store::find_by_po_number(connection, account_id, &number)? {
        None => Ok(number),
        used => Err(store::po_number_used(&number, used)),
    }
}

/// The class that the lines are priced for: the one the order gets. Asked only where a discount may hang on it; whether the order
/// may have it is told when it is drawn up.
pub(super) fn class_priced(
    connection: &mut Connection,
    terms: &Terms,
    request: &OrderRequest,
    now: Timestamp,
) -> Result<OrderClass> {
    if !terms.has_discounts {
        return Ok(request.order_class);
    }
    let asked = (request.order_class, request.if_not_entitled);
    match entitlements::settle(connection, terms, asked, request.lines.len(), now) {
        Err(Error::Invalid(_)) => Ok(request.order_class),
        settled => Ok(settled?.order_class),
    }
}

/// Where the goods go and what the lines cost; all faults of the request at once.
fn check(
    connection: &mut Connection,
    terms: &Terms,
    request: &OrderRequest,
    choices: &Result<Choices, FieldError>,
    (order_class, today): (OrderClass, NaiveDate),
) -> Result<(Site, Vec<PricedLine>)> {
    let mut faults = check_texts(request, today);
    match choices {
        Ok(choices) => faults.extend(line_faults(request, *choices, today)),
        Err(fault) => faults.push(fault.clone()),
    }
    let site = accounts::ship_to(connection, terms.account_id, request.ship_to.as_deref())?;
    if site.is_none() {
        faults.push(unknown_site(request));
    }
    let requests: Vec<_> = request.lines.iter().map(|line| line.line.clone()).collect();
    let asked = Asked {
        on: today,
        site: site.as_ref().map(|site| site.id),
        order_class,
    };
    let priced = match pricing::price_lines(connection, terms, &requests, asked) {
        Err(Error::Invalid(of_lines)) => {
            faults.extend(of_lines);
            Vec::new()
        }
        priced => priced?,
    };
    match site {
        Some(site) if faults.is_empty() => Ok((site, priced)),
        _ => Err(Error::Invalid(faults)),
    }
}

/// The faults of everything but the lines' prices.
fn check_texts(request: &OrderRequest, today: NaiveDate) -> Vec<FieldError> {
    let mut faults = check_head(&request.po_number, request.requested_on, &request.texts, today);
    for (index, line) in request.lines.iter().enumerate() {
        faults.extend(check_note(&format!("/lines/{index}/note"), line.note.as_deref()));
    }
    faults
}

/// What lines decide that contradicts itself or the calendar.
fn line_faults(request: &OrderRequest, choices: Choices, today: NaiveDate) -> Vec<FieldError> {
    let lines = request.lines.iter().enumerate();
    let faults = lines.filter_map(|(index, line)| {
        let fault = line.choices.beside(choices, today).err()?;
        Some(FieldError::new(
            format!("/lines/{index}{}", fault.pointer),
            fault.code,
            fault.detail,
        ))
    });
    faults.collect()
}

/// The line with what its buyer decided, beside what holds for the order.
pub(in crate::orders) fn decided(
    line: OrderLine,
    said: Wishes,
    of_order: Choices,
    today: NaiveDate,
) -> Result<OrderLine, FieldError> {
    let choices = said.beside(of_order, today)?;
    Ok(OrderLine {
        choices,
        own: choices.other_than(of_order),
        ..line
    })
}

/// What these lines weigh and take up.
fn load_of(priced: &[PricedLine]) -> Load {
    load(priced.iter().map(|line| Goods {
        article: &line.article,
        base_steps: line.quantity.base_steps,
    }))
}

fn unknown_site(request: &OrderRequest) -> FieldError {
    let code = request.ship_to.as_deref().unwrap_or_default();
    let detail = sentences::no_own_site(code);
    FieldError::new("/ship_to", Code::UnknownShipTo, detail)
}

pub(in crate::orders) fn too_large() -> Error {
    Error::invalid("/lines", Code::AmountTooLarge, sentences::split_the_order())
}
