//! What a request that is still being written comes to.

use super::drawing::{Task, draw_up};
use super::lines::Remainder;
use super::{OrderRequest, Orderer, Plan, check_texts, class_priced, decided, lines, store, unknown_site};
use crate::accounts;
use crate::accounts::sites::Site;
use crate::accounts::terms::{self, Terms};
use crate::catalogue::Articles;
use crate::catalogue::rules::LineFault;
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::OrderId;
use crate::inventory::{self, Purpose};
use crate::money::Money;
use crate::orders::entitlements;
use crate::orders::entitlements::rules::Settled;
use crate::orders::rules::choices::days_together;
use crate::orders::rules::{Choices, Order};
use crate::pricing;
use crate::pricing::rules::Asked;

/// What the good lines of a request come to, and what is wrong with the others.
#[derive(Debug)]
pub struct Estimate {
    /// The order the good lines would make.
    pub order: Order,
    /// For each line of the request its place among the order's, or why it can't be ordered.
    pub outcomes: Vec<Result<usize, LineFault>>,
    /// What is wrong with everything but the lines.
    pub faults: Vec<FieldError>,
    /// Number of the order that uses the purchase order number.
    pub used_by: Option<i64>,
    /// What counts against the account's credit without this order.
    pub exposure: Money,
    /// What becomes of the class; where it can't be had, the order is drawn up in it and `faults` says so.
    pub settled: Settled,
    /// The account's limit; none: no limit.
    pub credit_limit: Option<Money>,
    /// What holds for the account.
    pub terms: Terms,
}

impl Estimate {
    /// What of the credit limit is left after this order, below zero where it goes over; none without a limit.
    pub fn credit_left(&self) -> Option<Money> {
        let limit = self.credit_limit?;
        let used = self.exposure.minor.saturating_add(self.order.commitment_minor());
        Some(Money::new(limit.minor.saturating_sub(used), limit.currency))
    }
}

/// Where it goes; the account's first site where it names one that there isn't.
fn site_of(
    connection: &mut Connection,
    terms: &Terms,
    request: &OrderRequest,
    faults: &mut Vec<FieldError>,
) -> Result<Site> {
    if let Some(site) = accounts::ship_to(connection, terms.account_id, request.ship_to.as_deref())? {
        return Ok(site);
    }
    faults.push(unknown_site(request));
    let first = accounts::ship_to(connection, terms.account_id, None)?;
    first.ok_or_else(|| Error::internal(format!("{} has no site", terms.account_id)))
}

/// Estimates a request by what [`super::plan`] would find, line by line: prices, tax, credit and stock are those that
/// placing the good lines now would have. `articles` are those behind the keys of the lines.
pub fn estimate(
    connection: &mut Connection,
    orderer: &Orderer,
    request: &OrderRequest,
    articles: &Articles,
    now: Timestamp,
) -> Result<Estimate> {
    let terms = terms::load(connection, orderer.account_id)?;
    let today = day_in(terms.supplier_zone, now);
    let mut faults = check_texts(request, today);
    let usual = Choices::usual(terms.usual, today);
    let choices = request.choices.beside(usual, today).unwrap_or_else(|fault| {
        faults.push(fault);
        usual
    });
    let site = site_of(connection, &terms, request, &mut faults)?;
    let used_by = match request.po_number.trim() {
        "" => None,
        po_number => store::find_by_po_number(connection, orderer.account_id, po_number)?,
    };
    let requests: Vec<_> = request.lines.iter().map(|line| line.line.clone()).collect();
    let asked = Asked {
        on: today,
        site: Some(site.id),
        order_class: class_priced(connection, &terms, request, now)?,
    };
    let priced = pricing::price_each(connection, &terms, &requests, articles, asked)?;
    let rates = lines::rates(connection, &terms)?;
    let running_out = lines::running_out(priced.iter().flatten());
    // What there is no more of is refused before the others are drawn up.
    let mut stock = None;
    if !running_out.is_empty() {
        let ids = Vec::from_iter(running_out.clone());
        stock = Some(inventory::load_seen_by(
            connection,
            &ids,
            (&terms).into(),
            Purpose::Preview,
            today,
        )?);
    }
    let mut remainder = stock.as_ref().map(|stock| Remainder::of(&running_out, stock));
    let (mut good, mut outcomes) = (Vec::new(), Vec::with_capacity(priced.len()));
    for (requested, priced) in request.lines.iter().zip(priced) {
        let taxed = priced.and_then(|priced| lines::taxed(&terms, &site, requested, priced, &rates, today));
        let decided = taxed.and_then(|line| {
            let decided = decided(line, requested.choices, choices, today);
            decided.map_err(|fault| LineFault::new(fault.code, fault.detail))
        });
        let left = decided.and_then(|line| match &mut remainder {
            Some(remainder) => remainder.take(&line).map(|()| line),
            None => Ok(line),
        });
        outcomes.push(left.map(|line| {
            good.push(line);
            good.len() - 1
        }));
    }
    faults.extend(lines::below_minimum(&good, &terms));
    let asked = (request.order_class, request.if_not_entitled);
    let settled = match entitlements::settle(connection, &terms, asked, good.len(), now) {
        Err(Error::Invalid(short)) => {
            faults.extend(short);
            Settled::as_asked(request.order_class)
        }
        settled => settled?,
    };
    let mut draw = |good| {
        let task = Task {
            id: OrderId::new(),
            orderer,
            request,
            choices,
            terms: &terms,
            site: site.clone(),
            today,
            now,
            running_out: running_out.clone(),
            settled: Some(settled),
        };
        draw_up(connection, task, good, Purpose::Preview)
    };
    let Plan {
        order, exposure_minor, ..
    } = match draw(good) {
        // Each line can be held, their sum can't: then none of them is any good.
        Err(Error::Invalid(too_large)) => {
            if let Some(fault) = too_large.into_iter().next() {
                let fault = LineFault::new(Code::AmountTooLarge, fault.detail);
                for outcome in outcomes.iter_mut().filter(|outcome| outcome.is_ok()) {
                    *outcome = Err(fault.clone());
                }
            }
            draw(Vec::new())?
        }
        drawn => drawn?,
    };
    Ok(Estimate {
        exposure: Money::new(exposure_minor, terms.currency),
        credit_limit: terms.credit_limit,
        terms,
        order: days_together(order),
        settled,
        outcomes,
        faults,
        used_by,
    })
}
