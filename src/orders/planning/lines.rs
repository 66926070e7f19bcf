//! The lines of an order while it is planned: their tax, their totals, what they reserve.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::{RequestedLine, too_large};
use crate::accounts::sites::Site;
use crate::accounts::terms::Terms;
use crate::catalogue::rules::{LineFault, OrderQuantity};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Code, FieldError, Result};
use crate::ids::{AccountId, OrderLineId, ProductId, SiteId};
use crate::inventory::rules::StockBook;
use crate::money::{Currency, Money, UnitPrice};
use crate::names::sets::ArticleState;
use crate::orders::allocation::rules::{Decision, Rank, Waiting, decide};
use crate::orders::allocation::{list_waiting, stocked};
use crate::orders::promising::rules::whole_day;
use crate::orders::promising::{self, Delivery, Renewal};
use crate::orders::rules::{Choices, OrderLine, Wishes};
use crate::orders::sentences;
use crate::pricing::rules::Explanation;
use crate::pricing::{self, PricedLine};
use crate::quantity::Quantity;
use crate::tax;
use crate::tax::rules::{Route, TaxRate, Treatment, tax_groups, treatment};

/// The rates of the supplier's country; none while it has none.
pub(super) fn rates(connection: &mut Connection, terms: &Terms) -> Result<Vec<TaxRate>> {
    match &terms.supplier_country {
        Some(country) => tax::rates(connection, Some(country)),
        None => Ok(Vec::new()),
    }
}

/// A line with its tax, nothing of it reserved yet. It has no place in an order yet.
pub(super) fn taxed(
    terms: &Terms,
    site: &Site,
    requested: &RequestedLine,
    priced: PricedLine,
    rates: &[TaxRate],
    today: NaiveDate,
) -> Result<OrderLine, LineFault> {
    let article = &priced.article;
    let of_article = (article.tax_category.as_str(), article.sku.as_str());
    let treatment = treat(terms, &site.country, of_article, rates, today)?;
    Ok(new_line(requested, priced, treatment, terms.currency))
}

/// The tax of an article of this category, with this number; none while the supplier has no country.
pub(super) fn treat(
    terms: &Terms,
    ship_to_country: &str,
    (category, sku): (&str, &str),
    rates: &[TaxRate],
    today: NaiveDate,
) -> Result<Option<Treatment>, LineFault> {
    let Some(country) = &terms.supplier_country else {
        return Ok(None);
    };
    let route = Route {
        from: country,
        to: ship_to_country,
        vat_id: terms.vat_id.as_deref(),
    };
    match treatment(category, route, rates, today) {
        Some(treatment) => Ok(Some(treatment)),
        None => Err(LineFault::new(
            Code::SupplierIncomplete,
            sentences::article_has_no_rate(sku, category),
        )),
    }
}

fn new_line(
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
        position: 0,
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
        stock_promised_on: None,
        expected: Vec::new(),
        note: requested.note.clone(),
        typed: requested.typed_for(&article),
        choices: Choices::default(),
        own: Wishes::default(),
        instead: None,
    }
}

/// So much of a line once more, without charge: at the price of nothing, of which nothing is reserved yet.
pub(super) fn free_of_charge(line: &OrderLine, quantity: OrderQuantity) -> OrderLine {
    let nothing = UnitPrice { micros: 0 };
    OrderLine {
        id: OrderLineId::new(),
        position: 0,
        quantity,
        unit_price: nothing,
        net: Money::zero(line.net.currency),
        explanation: Explanation {
            unit_price: nothing.to_string(),
            // No list has this price, so nothing is saved and no day ends it.
            list_price: None,
            valid_from: None,
            valid_to: None,
            next_break: None,
            asked_quantity: None,
            reckoning: None,
            ..line.explanation.clone()
        },
        reserved: 0,
        backordered: quantity.base_steps,
        shipped: 0,
        invoiced: 0,
        cancelled: 0,
        promised_on: None,
        stock_promised_on: None,
        expected: Vec::new(),
        note: None,
        typed: None,
        choices: Choices::default(),
        own: Wishes::default(),
        instead: None,
        ..line.clone()
    }
}

/// The articles of which there is only what is in stock.
pub(super) fn running_out<'a>(lines: impl IntoIterator<Item = &'a PricedLine>) -> HashSet<ProductId> {
    let articles = lines.into_iter().map(|line| &line.article);
    let running_out = articles.filter(|article| article.state == ArticleState::PhaseOut);
    running_out.map(|article| article.product_id).collect()
}

/// What is free of articles that come no more, while the lines of an order take of it one after the other.
pub(super) struct Remainder {
    left: HashMap<ProductId, i64>,
}

impl Remainder {
    pub(super) fn of(running_out: &HashSet<ProductId>, stock: &StockBook) -> Self {
        let free = |id: &ProductId| (*id, stock.availability(*id).free);
        Self {
            left: running_out.iter().map(free).collect(),
        }
    }

    /// Takes the whole line, or says that there is less.
    pub(super) fn take(&mut self, line: &OrderLine) -> Result<(), LineFault> {
        let Some(left) = self.left.get_mut(&line.product_id) else {
            return Ok(());
        };
        match left.checked_sub(line.quantity.base_steps).filter(|rest| *rest >= 0) {
            Some(rest) => *left = rest,
            None => {
                let left = Quantity::new(*left, line.base_decimals);
                let detail = sentences::exceeds_stock(&line.sku, left, &line.base_unit);
                return Err(LineFault::new(Code::ExceedsStock, detail));
            }
        }
        Ok(())
    }
}

/// Net and tax of the lines; no tax while the supplier has no country.
pub(in crate::orders) fn totals(lines: &[OrderLine], terms: &Terms) -> Result<(Money, Option<Money>)> {
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

/// That the goods of an order come to less than was agreed; nothing for an order of nothing, which is told otherwise.
pub(super) fn below_minimum(lines: &[OrderLine], terms: &Terms) -> Option<FieldError> {
    let minimum = terms.order_minimum?;
    let mut nets = lines.iter().map(|line| line.net);
    let net = nets.try_fold(Money::zero(terms.currency), Money::checked_add)?;
    (!lines.is_empty() && net.minor < minimum.minor).then(|| {
        let detail = pricing::sentences::order_below_minimum(net, minimum);
        FieldError::new("/lines", Code::OrderBelowMinimum, detail)
    })
}

/// Reserves what is free for the lines in their order; the rest stays backordered.
pub(super) fn reserve(
    lines: &mut [OrderLine],
    stock: &mut StockBook,
    place: Place,
    delivery: &Delivery,
) -> Vec<Decision> {
    let mut by_product = BTreeMap::<ProductId, Vec<Waiting>>::new();
    for line in lines.iter() {
        let waiting = waiting(line, place);
        by_product.entry(line.product_id).or_default().push(waiting);
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
            line.stock_promised_on = stocked(waiting, &share.takes, stock, delivery);
            line.promised_on = line.stock_promised_on.filter(|_| share.is_complete());
        }
    }
    decisions
}

/// Where an order stands, whose it is and where it goes.
pub(super) type Place = (Rank, AccountId, SiteId);

/// A line of an order as one that waits.
fn waiting(line: &OrderLine, (rank, account_id, site_id): Place) -> Waiting {
    Waiting {
        order_line_id: line.id,
        product_id: line.product_id,
        account_id: Some(account_id),
        rank: Rank {
            position: line.position,
            ..rank
        },
        backordered: line.backordered,
        portion: line.portion(),
        lead_time_days: line.lead_time_days,
        site_id: Some(site_id),
        has: 0,
    }
}

/// Promises what lines still wait for of what is expected, among all that wait by rank; what becomes of the promises of others.
pub(super) fn expect(
    connection: &mut Connection,
    lines: &mut [OrderLine],
    stock: &StockBook,
    place: Place,
    (terms, today, now): (&Terms, NaiveDate, Timestamp),
) -> Result<Renewal> {
    if !terms.expects_goods {
        return Ok(Renewal::default());
    }
    // Also of lines that wait for nothing: they may have taken what was to become somebody's pack with what is expected.
    let mut product_ids: Vec<_> = lines.iter().map(|line| line.product_id).collect();
    product_ids.sort_unstable();
    product_ids.dedup();
    let outlook = promising::look(connection, &product_ids, today)?;
    let products: HashSet<_> = outlook.products().iter().copied().collect();
    if products.is_empty() {
        return Ok(Renewal::default());
    }
    let mut queue = list_waiting(connection, outlook.products())?;
    let short = lines
        .iter()
        .filter(|line| line.backordered > 0 && products.contains(&line.product_id));
    queue.extend(short.map(|line| waiting(line, place)));
    let delivery = match terms.has_calendars {
        true => Delivery::load(connection, &queue, terms.supplier_zone, now)?,
        false => Delivery::every_day(terms.supplier_zone, now),
    };
    let waiting: Vec<_> = queue.iter().map(|line| (line, line.backordered)).collect();
    let mut parts = outlook.parts(&waiting, stock, &delivery);
    for line in lines {
        if let Some(own) = parts.remove(&line.id) {
            let days = own.iter().map(|part| (part.promised_on, part.quantity));
            line.promised_on = whole_day(line.stock_promised_on, line.backordered, days);
            line.expected = own;
        }
    }
    Ok(outlook.renewed(parts))
}
