//! What placing a request would come to: preview and place share it.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::allocation::promise;
use super::rules::allocation::{Decision, Rank, Waiting, decide};
use super::rules::order::{NOTE_CHARS_MAX, PO_NUMBER_CHARS_MAX};
use super::rules::{HoldReason, Order, OrderClass, OrderLine, State};
use super::store;
use crate::accounts;
use crate::accounts::rules::{Site, Tier};
use crate::accounts::terms::{self, Terms};
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{AccountId, OrderId, OrderLineId, PersonId, ProductId};
use crate::inventory::rules::{StockBook, Take};
use crate::inventory::{self, Purpose};
use crate::ledger;
use crate::money::{Currency, Money};
use crate::pricing::{self, LineRequest, PricedLine};
use crate::tax;
use crate::tax::rules::{Route, TaxRate, Treatment, tax_groups, treatment};

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
    /// What the account says.
    pub note: Option<String>,
    /// The lines.
    pub lines: Vec<RequestedLine>,
}

/// A line of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestedLine {
    /// Article, unit and quantity.
    pub line: LineRequest,
    /// What the account says.
    pub note: Option<String>,
}

/// An order as it would be stored, and what it takes from stock.
#[derive(Debug)]
pub struct Plan {
    /// The order; its number is 0.
    pub order: Order,
    /// What each line takes, by line.
    pub takes: Vec<(OrderLineId, Take)>,
    /// How stock that did not suffice was handed to the lines.
    pub decisions: Vec<Decision>,
    /// The stock with what is taken.
    pub stock: StockBook,
}

/// Who orders.
#[derive(Debug, Clone)]
pub struct Orderer {
    /// For which account.
    pub account_id: AccountId,
    /// The person, if one orders.
    pub person_id: Option<PersonId>,
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
    let (site, priced) = check(connection, &terms, request, today)?;
    if let Some(number) = store::find_by_po_number(connection, orderer.account_id, &request.po_number)? {
        return Err(store::po_number_used(&request.po_number, Some(number)));
    }
    let mut lines = taxed_lines(connection, &terms, &site, request, priced, today)?;
    let (net, tax) = totals(&lines, &terms)?;
    let gross = match tax {
        Some(tax) => Some(net.checked_add(tax).ok_or_else(too_large)?),
        None => None,
    };
    // The account before the stock: everybody locks in this order.
    let exposure = match purpose {
        Purpose::Change => ledger::lock_exposure(connection, orderer.account_id)?,
        Purpose::Preview => ledger::exposure(connection, orderer.account_id)?,
    };
    let limit = terms.credit_limit.map(|money| money.minor);
    let within = ledger::rules::is_within_credit(limit, exposure, gross.unwrap_or(net).minor);
    let state = if within { State::Placed } else { State::OnHold };
    let mut product_ids: Vec<_> = lines.iter().map(|line| line.product_id).collect();
    product_ids.sort_unstable();
    product_ids.dedup();
    let mut stock = inventory::load(connection, &product_ids, purpose)?;
    let decisions = if state.is_served() {
        let rank = Rank {
            tier: Tier::from_name(&terms.tier).ok_or_else(|| Error::internal(format!("tier {}", terms.tier)))?,
            order_class: request.order_class,
            requested_on: request.requested_on,
            queued_at: now,
            order_id: id,
            position: 0,
        };
        reserve(&mut lines, &mut stock, rank, today)
    } else {
        Vec::new()
    };
    let order = Order {
        id,
        account_id: orderer.account_id,
        number: 0,
        state,
        hold_reasons: if within {
            Vec::new()
        } else {
            vec![HoldReason::CreditLimit]
        },
        hold_note: None,
        po_number: request.po_number.trim().to_owned(),
        order_class: request.order_class,
        site_id: site.id,
        ship_to: site.code,
        currency: terms.currency,
        requested_on: request.requested_on,
        note: request.note.clone(),
        net,
        tax,
        gross,
        line_count: i32::try_from(lines.len()).map_err(Error::internal)?,
        placed_by: orderer.person_id,
        placed_at: now,
        placed_on: today,
        queued_at: now,
        cancelled_at: None,
        cancel_reason: None,
        version: 1,
        lines,
    };
    let takes = decisions.iter().flat_map(Decision::served);
    let takes = takes.flat_map(|(line, share)| share.takes.iter().map(|take| (line.order_line_id, *take)));
    let takes = takes.collect();
    // Where there is enough for all, or nothing at all, nothing had to be decided.
    let decisions = decisions.into_iter().filter(Decision::is_scarce).collect();
    Ok(Plan {
        order,
        takes,
        decisions,
        stock,
    })
}

/// Where the goods go and what the lines cost; all faults of the request at once.
fn check(
    connection: &mut Connection,
    terms: &Terms,
    request: &OrderRequest,
    today: NaiveDate,
) -> Result<(Site, Vec<PricedLine>)> {
    let mut faults = check_head(request, today);
    let site = accounts::ship_to(connection, terms.account_id, request.ship_to.as_deref())?;
    if site.is_none() {
        let code = request.ship_to.as_deref().unwrap_or_default();
        let detail = format!("Your account has no site '{code}'.");
        faults.push(FieldError::new("/ship_to", Code::UnknownShipTo, detail));
    }
    let requests: Vec<_> = request.lines.iter().map(|line| line.line.clone()).collect();
    let priced = match pricing::price_lines(connection, terms, &requests, today) {
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

/// The lines of the order with their tax, nothing of them reserved yet.
fn taxed_lines(
    connection: &mut Connection,
    terms: &Terms,
    site: &Site,
    request: &OrderRequest,
    priced: Vec<PricedLine>,
    today: NaiveDate,
) -> Result<Vec<OrderLine>> {
    let rates = match &terms.supplier_country {
        Some(country) => tax::rates(connection, country)?,
        None => Vec::new(),
    };
    (1_i32..)
        .zip(&request.lines)
        .zip(priced)
        .map(|((position, requested), priced)| {
            let treatment = treat(terms, &site.country, &priced, &rates, today)?;
            Ok(new_line(position, requested, priced, treatment, terms.currency))
        })
        .collect()
}

/// The faults of everything but the lines' prices.
fn check_head(request: &OrderRequest, today: NaiveDate) -> Vec<FieldError> {
    let mut faults = Vec::new();
    let po_chars = request.po_number.trim().chars().count();
    if po_chars == 0 {
        faults.push(FieldError::new(
            "/po_number",
            Code::Required,
            "Name your purchase order number.",
        ));
    } else if po_chars > PO_NUMBER_CHARS_MAX {
        let detail =
            format!("{po_chars} characters are more than the {PO_NUMBER_CHARS_MAX} of a purchase order number.");
        faults.push(FieldError::new("/po_number", Code::ValueTooLong, detail));
    }
    if let Some(day) = request.requested_on.filter(|day| *day < today) {
        let detail = format!("{day} has passed; today is {today}.");
        faults.push(FieldError::new("/requested_date", Code::DateInPast, detail));
    }
    faults.extend(check_note("/note", request.note.as_deref()));
    for (index, line) in request.lines.iter().enumerate() {
        faults.extend(check_note(&format!("/lines/{index}/note"), line.note.as_deref()));
    }
    faults
}

/// The fault of a note that is too long.
pub(super) fn check_note(pointer: &str, note: Option<&str>) -> Option<FieldError> {
    let chars = note?.chars().count();
    let detail = || format!("{chars} characters are more than the {NOTE_CHARS_MAX} of a note.");
    (chars > NOTE_CHARS_MAX).then(|| FieldError::new(pointer, Code::ValueTooLong, detail()))
}

fn too_large() -> Error {
    Error::invalid(
        "/lines",
        Code::AmountTooLarge,
        "The total is larger than the portal can hold; split the order.",
    )
}

/// The tax of a line; none while the supplier has no country.
fn treat(
    terms: &Terms,
    ship_to_country: &str,
    line: &PricedLine,
    rates: &[TaxRate],
    today: NaiveDate,
) -> Result<Option<Treatment>> {
    let Some(country) = &terms.supplier_country else {
        return Ok(None);
    };
    let route = Route {
        from: country,
        to: ship_to_country,
        has_vat_id: terms.has_vat_id,
    };
    let category = &line.article.tax_category;
    match treatment(category, route, rates, today) {
        Some(treatment) => Ok(Some(treatment)),
        None => Err(Error::conflict(
            Code::SupplierIncomplete,
            format!(
                "The supplier has no tax rate for {} (category {category}) yet. Ask your contact.",
                line.article.sku
            ),
        )),
    }
}

fn new_line(
    position: i32,
    requested: &RequestedLine,
    priced: PricedLine,
    treatment: Option<Treatment>,
    currency: Currency,
) -> OrderLine {
    let PricedLine {
        article,
        unit,
        quantity,
        priced,
    } = priced;
    OrderLine {
        id: OrderLineId::new(),
        position,
        product_id: article.product_id,
        sku: article.sku.clone(),
        customer_part_number: article.customer_part_number.clone(),
        name: article.name.clone(),
        unit: unit.unit,
        unit_code: unit.unit_code,
        content: unit.content,
        quantity,
        base_unit: article.base_unit.clone(),
        base_decimals: article.decimals,
        unit_price: priced.unit_price,
        price_unit: priced.price_unit,
        price_base: priced.price_base,
        net: Money::new(priced.net_minor, currency),
        explanation: priced.explanation,
        tax_rate_ppm: treatment.as_ref().map(|treatment| treatment.rate_ppm),
        tax_category: treatment.map_or_else(|| article.tax_category.clone(), |treatment| treatment.category),
        lead_time_days: article.lead_time_days,
        reserved: 0,
        backordered: quantity.base_steps,
        shipped: 0,
        invoiced: 0,
        cancelled: 0,
        promised_on: None,
        note: requested.note.clone(),
    }
}

/// Net and tax of the lines; no tax while the supplier has no country.
fn totals(lines: &[OrderLine], terms: &Terms) -> Result<(Money, Option<Money>)> {
    let zero = Money::zero(terms.currency);
    let net = lines
        .iter()
        .try_fold(zero, |sum, line| sum.checked_add(line.net))
        .ok_or_else(too_large)?;
    if terms.supplier_country.is_none() {
        return Ok((net, None));
    }
    let taxed = lines
        .iter()
        .filter_map(|line| line.treatment().map(|treatment| (treatment, line.net.minor)));
    let groups = tax_groups(taxed).ok_or_else(too_large)?;
    let amounts = groups
        .iter()
        .map(|group| Money::new(group.amount_minor, terms.currency));
    let tax = amounts
        .into_iter()
        .try_fold(zero, Money::checked_add)
        .ok_or_else(too_large)?;
    Ok((net, Some(tax)))
}

/// Reserves what is free for the lines in their order; the rest stays backordered.
fn reserve(lines: &mut [OrderLine], stock: &mut StockBook, rank: Rank, today: NaiveDate) -> Vec<Decision> {
    let mut by_product = BTreeMap::<ProductId, Vec<Waiting>>::new();
    for line in lines.iter() {
        by_product.entry(line.product_id).or_default().push(Waiting {
            order_line_id: line.id,
            product_id: line.product_id,
            rank: Rank {
                position: line.position,
                ..rank
            },
            backordered: line.backordered,
            portion: line.portion(),
            lead_time_days: line.lead_time_days,
        });
    }
    let decided = |(id, waiting)| decide(id, waiting, stock);
    let decisions: Vec<_> = by_product.into_iter().map(decided).collect();
    let shares: HashMap<_, _> = decisions
        .iter()
        .flat_map(Decision::served)
        .map(|(line, share)| (line.order_line_id, (line, share)))
        .collect();
    for line in lines {
        if let Some((waiting, share)) = shares.get(&line.id) {
            line.reserved += share.quantity;
            line.backordered -= share.quantity;
            line.promised_on = promise(waiting, share, today);
        }
    }
    decisions
}

/// The day goods reserved today are promised for.
pub(super) fn promised_on(today: NaiveDate, lead_time_days: i32) -> Option<NaiveDate> {
    today.checked_add_signed(chrono::TimeDelta::days(lead_time_days.into()))
}
