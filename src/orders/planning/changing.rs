//! What is added to an order that there is: lines at today's price and with today's tax, in their order.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::RequestedLine;
use super::lines::{self, Remainder, rates};
use crate::accounts::sites::Site;
use crate::accounts::terms::Terms;
use crate::catalogue;
use crate::catalogue::rules::LineFault;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::ProductId;
use crate::inventory::rules::StockBook;
use crate::orders::rules::{OrderClass, OrderLine};
use crate::orders::store;
use crate::pricing;
use crate::pricing::rules::Asked;
use crate::tax::rules::Treatment;

/// Lines as they would be ordered today, and the articles among them of which there is only what is in stock.
#[derive(Debug, Default)]
pub struct Today {
    /// One for each that was asked for; nothing of it is reserved, and it has no place in an order.
    pub lines: Vec<Result<OrderLine, LineFault>>,
    pub running_out: HashSet<ProductId>,
}

/// Prices lines for delivery to a site: the same number of statements however many they are, none for none.
pub fn price(
    connection: &mut Connection,
    terms: &Terms,
    site: &Site,
    requested: &[RequestedLine],
    (order_class, today): (OrderClass, NaiveDate),
) -> Result<Today> {
    if requested.is_empty() {
        return Ok(Today::default());
    }
    let requests: Vec<_> = requested.iter().map(|line| line.line.clone()).collect();
    let articles = catalogue::find_articles(connection, terms.account_id, requests.iter().map(|line| &line.key))?;
    let asked = Asked {
        on: today,
        site: Some(site.id),
        order_class,
    };
    let priced = pricing::price_each(connection, terms, &requests, &articles, asked)?;
    let running_out = lines::running_out(priced.iter().flatten());
    let rates = rates(connection, terms)?;
    let taxed = requested.iter().zip(priced).map(|(requested, priced)| {
        let line = priced?;
        lines::taxed(terms, site, requested, line, &rates, today)
    });
    Ok(Today {
        lines: taxed.collect(),
        running_out,
    })
}

/// The tax of these products for delivery to a country; nothing while the supplier has no country.
pub fn treatments(
    connection: &mut Connection,
    terms: &Terms,
    country: &str,
    products: &[(ProductId, String)],
    today: NaiveDate,
) -> Result<Result<HashMap<ProductId, Treatment>, LineFault>> {
    if terms.supplier_country.is_none() || products.is_empty() {
        return Ok(Ok(HashMap::new()));
    }
    let ids: Vec<_> = products.iter().map(|(id, _)| *id).collect();
    let categories: HashMap<_, _> = store::list_tax_categories(connection, &ids)?.into_iter().collect();
    let rates = rates(connection, terms)?;
    let mut treatments = HashMap::new();
    for (id, sku) in products {
        let category = categories.get(id).map(String::as_str).unwrap_or_default();
        match lines::treat(terms, country, (category, sku), &rates, today) {
            Ok(Some(treatment)) => drop(treatments.insert(*id, treatment)),
            Ok(None) => {}
            Err(fault) => return Ok(Err(fault)),
        }
    }
    Ok(Ok(treatments))
}

/// The first of these lines, by its place, of which there is less than it takes of an article that comes no more.
pub fn beyond_stock<'a>(
    running_out: &HashSet<ProductId>,
    stock: &StockBook,
    lines: impl IntoIterator<Item = &'a OrderLine>,
) -> Vec<(usize, LineFault)> {
    let mut remainder = Remainder::of(running_out, stock);
    let lines = lines.into_iter().enumerate();
    lines
        .filter_map(|(place, line)| Some((place, remainder.take(line).err()?)))
        .collect()
}
