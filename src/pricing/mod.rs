//! Price lists, the price of a line and its explanation.
//!
//! - [`again`]: what was ordered once by the prices as they are now
//! - [`changes`]: prices that are to hold from a day on, looked at before, approved by another person, and taken back
//! - [`concessions`]: prices granted to one account below list or floor ask for a reason
//! - [`costs`]: what products cost and how little may be earned of them; never for accounts
//! - [`discounts`]: what is taken off prices, as staff keep it
//! - [`equals`]: prices of which nothing says which holds
//! - [`minimums`]: what an order must come to
//! - [`editing`]: staff change lists and prices, each change with a record of what it was

pub mod again;
pub mod api;
pub mod changes;
pub mod concessions;
pub mod costs;
pub mod discounts;
pub mod editing;
pub mod equals;
pub mod exporting;
pub mod inputs;
pub mod files;
pub mod minimums;
pub mod routes;
pub mod rules;
pub mod sentences;
pub mod splitting;
pub mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod view;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

pub use self::rules::LINES_MAX;
use self::rules::counting::{Others, Totals};
use self::rules::{Asked, Candidate, Deal, Line, Offers, PriceList, PriceRow, Priced, Scale};
use crate::accounts::terms::Terms;
use crate::catalogue::rules::{Article, LineFault, OrderQuantity, SaleUnit, order_quantity};
use crate::catalogue::{ArticleKey, Articles, find_articles};
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{PriceListId, ProductId, SiteId};
use crate::names::sets::OrderClass;
use crate::sentences::name_a_line;

/// The price rows that apply to an account on a day, for some products, and what holds for all its lines.
#[derive(Debug)]
pub struct PriceBook {
    lists: HashMap<PriceListId, PriceList>,
    rows: HashMap<ProductId, Vec<PriceRow>>,
    deal: Deal,
    order_class: OrderClass,
}

impl PriceBook {
    /// A book of these lists and rows; rows of other lists are left out.
    pub fn new(
        lists: Vec<PriceList>,
        rows: impl IntoIterator<Item = (ProductId, PriceRow)>,
        (deal, order_class): (Deal, OrderClass),
    ) -> Self {
        let mut book = Self {
            lists: lists.into_iter().map(|list| (list.id, list)).collect(),
            rows: HashMap::new(),
            deal,
            order_class,
        };
        for (product_id, row) in rows {
            if book.lists.contains_key(&row.price_list_id) {
                book.rows.entry(product_id).or_default().push(row);
            }
        }
        book
    }

    /// Puts a row of one of its lists in the place of the one with its key, if there is such.
    pub fn put(&mut self, product_id: ProductId, row: PriceRow) {
        if !self.lists.contains_key(&row.price_list_id) {
            return;
        }
        let key = |row: &PriceRow| (row.price_list_id, row.min_quantity, row.validity.from);
        let rows = self.rows.entry(product_id).or_default();
        rows.retain(|other| key(other) != key(&row) || other.unit != row.unit);
        rows.push(row);
    }

    /// What a product may cost where it stands alone.
    pub fn offers(&self, product_id: ProductId) -> Offers<'_> {
        self.offers_beside(product_id, Others::Nothing)
    }

    /// The same among other lines.
    fn offers_beside<'a>(&'a self, product_id: ProductId, others: Others<'a>) -> Offers<'a> {
        Offers {
            candidates: self.candidates(product_id),
            deal: &self.deal,
            order_class: self.order_class,
            others,
        }
    }

    fn candidates(&self, product_id: ProductId) -> Vec<Candidate<'_>> {
        let rows = self.rows.get(&product_id).map(Vec::as_slice).unwrap_or_default();
        rows.iter()
            .filter_map(|row| {
                Some(Candidate {
                    list: self.lists.get(&row.price_list_id)?,
                    row,
                })
            })
            .collect()
    }

    /// Those of a book of several days that hold on one of them, at one site.
    fn candidates_on(&self, product_id: ProductId, day: NaiveDate, site_id: SiteId) -> Vec<Candidate<'_>> {
        let mut candidates = self.candidates(product_id);
        let is_there = |list: &PriceList| list.site.as_ref().is_none_or(|(id, _)| *id == site_id);
        candidates
            .retain(|one| one.list.validity.includes(day) && one.row.validity.includes(day) && is_there(one.list));
        candidates
    }

    /// True if a break of some list is reached by more than a line.
    fn counts_together(&self) -> bool {
        self.lists.values().any(|list| list.scale != Scale::Line)
    }
}

/// Loads the prices of an account for any number of products: two statements, and a third where discounts are given.
pub fn load(
    connection: &mut Connection,
    terms: &Terms,
    product_ids: &[ProductId],
    asked: impl Into<Asked>,
) -> Result<PriceBook> {
    let Asked { on, site, order_class } = asked.into();
    let mut lists = lists_of(connection, terms, (on, on))?;
    // Where no site is named the account's first one is meant.
    let is_there = |(list, is_first): &(PriceList, bool)| match (&list.site, site) {
        (None, _) => true,
        (Some((id, _)), Some(site)) => *id == site,
        (Some(_), None) => *is_first,
    };
    lists.retain(is_there);
    load_rows(connection, terms, product_ids, (on, on), (lists, order_class))
}

/// The same of all that holds on one of the days, both included, wherever it is for.
fn load_span(
    connection: &mut Connection,
    terms: &Terms,
    product_ids: &[ProductId],
    days: (NaiveDate, NaiveDate),
) -> Result<PriceBook> {
    let lists = lists_of(connection, terms, days)?;
    load_rows(connection, terms, product_ids, days, (lists, OrderClass::Standard))
}

/// The lists that apply, each with whether it is for the account's first site.
fn lists_of(
    connection: &mut Connection,
    terms: &Terms,
    days: (NaiveDate, NaiveDate),
) -> Result<Vec<(PriceList, bool)>> {
    let (tier, currency) = (terms.tier.name(), terms.currency.code());
    store::applicable_lists(connection, terms.account_id, tier, currency, days)
}

fn load_rows(
    connection: &mut Connection,
    terms: &Terms,
    product_ids: &[ProductId],
    days: (NaiveDate, NaiveDate),
    (lists, order_class): (Vec<(PriceList, bool)>, OrderClass),
) -> Result<PriceBook> {
    let lists: Vec<_> = lists.into_iter().map(|(list, _)| list).collect();
    let list_ids: Vec<_> = lists.iter().map(|list| list.id).collect();
    let rows = store::rows(connection, product_ids, &list_ids, days)?;
    let discounts = match terms.has_discounts {
        true => store::discounts(connection, terms.account_id, terms.currency.code(), days)?,
        false => Vec::new(),
    };
    let deal = Deal {
        currency: terms.currency,
        strategy: terms.price_strategy,
        discounts,
    };
    Ok(PriceBook::new(lists, rows, (deal, order_class)))
}

/// What somebody wants of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRequest {
    pub key: ArticleKey,
    /// In which unit; may be left out where the key is a GTIN.
    pub unit: Option<String>,
    /// How much, as written.
    pub quantity: String,
}

/// A line with its price.
#[derive(Debug, Clone)]
pub struct PricedLine {
    pub article: Arc<Article>,
    /// The unit it is ordered in.
    pub unit: SaleUnit,
    /// How much.
    pub quantity: OrderQuantity,
    /// At what price.
    pub priced: Priced,
}

/// What is wanted, in which unit and how much. The first check that fails gives the fault.
fn read<'a>(
    request: &LineRequest,
    articles: &'a Articles,
    on: NaiveDate,
) -> Result<(&'a Arc<Article>, &'a SaleUnit, OrderQuantity), LineFault> {
    let (article, unit) = articles.find(&request.key, request.unit.as_deref())?;
    if let Some(day) = article.coming(on) {
        let detail = sentences::not_yet_orderable(&article.sku, day);
        return Err(LineFault::new(Code::NotYetOrderable, detail));
    }
    Ok((article, unit, order_quantity(article, unit, &request.quantity)?))
}

/// Prices lines that stand together or, each for itself, apart.
fn price_all(
    requests: &[LineRequest],
    articles: &Articles,
    book: &PriceBook,
    on: NaiveDate,
    is_together: bool,
) -> Vec<Result<PricedLine, LineFault>> {
    let read: Vec<_> = requests.iter().map(|request| read(request, articles, on)).collect();
    let mut totals = Totals::default();
    let counts = is_together && book.counts_together();
    if counts {
        for (article, _, quantity) in read.iter().flatten() {
            let candidates = book.candidates(article.product_id);
            totals.add(article.product_id, &candidates, quantity.base_steps, article.decimals);
        }
    }
    let price = |(request, read): (&LineRequest, Result<_, LineFault>)| {
        let (article, unit, quantity): (&Arc<Article>, &SaleUnit, OrderQuantity) = read?;
        let others = match counts {
            true => Others::Of(&totals, quantity.base_steps),
            false => Others::Nothing,
        };
        let line = Line {
            article,
            unit,
            quantity,
        };
        let mut priced = rules::price_line(line, &book.offers_beside(article.product_id, others))?;
        priced.explanation.asked_quantity = rules::rounded_from(&request.quantity, quantity);
        Ok(PricedLine {
            article: article.clone(),
            unit: unit.clone(),
            quantity,
            priced,
        })
    };
    requests.iter().zip(read).map(price).collect()
}

/// Prices any number of lines with the same number of statements: four for one kind of article key. The faults of all
/// lines come back at once, each at `/lines/{index}/…`.
pub fn price_lines(
    connection: &mut Connection,
    terms: &Terms,
    requests: &[LineRequest],
    asked: impl Into<Asked>,
) -> Result<Vec<PricedLine>> {
    if requests.is_empty() {
        return Err(Error::invalid("/lines", Code::Required, name_a_line()));
    }
    if requests.len() > LINES_MAX {
        let detail = sentences::too_many_lines(requests.len(), LINES_MAX);
        return Err(Error::invalid("/lines", Code::TooManyLines, detail));
    }
    let keys = requests.iter().map(|request| &request.key);
    let articles = find_articles(connection, terms.account_id, keys)?;
    let (mut lines, mut faults) = (Vec::with_capacity(requests.len()), Vec::new());
    let priced = price_each(connection, terms, requests, &articles, asked)?;
    for (index, (request, priced)) in requests.iter().zip(priced).enumerate() {
        match priced {
            Ok(line) => lines.push(line),
            Err(fault) => faults.push(FieldError::new(
                pointer(index, request, fault.code),
                fault.code,
                fault.detail,
            )),
        }
    }
    if faults.is_empty() {
        Ok(lines)
    } else {
        Err(Error::Invalid(faults))
    }
}

/// Prices lines that stand together: a bad one takes nothing from the others, and counts for no break. Two statements, and a third
/// where discounts are given.
pub fn price_each(
    connection: &mut Connection,
    terms: &Terms,
    requests: &[LineRequest],
    articles: &Articles,
    asked: impl Into<Asked>,
) -> Result<Vec<Result<PricedLine, LineFault>>> {
    let asked = asked.into();
    let book = load(connection, terms, &articles.products(), asked)?;
    Ok(price_all(requests, articles, &book, asked.on, true))
}

/// The same of lines that are never ordered together: none counts for another's breaks.
pub fn price_apart(
    connection: &mut Connection,
    terms: &Terms,
    requests: &[LineRequest],
    articles: &Articles,
    asked: impl Into<Asked>,
) -> Result<Vec<Result<PricedLine, LineFault>>> {
    let asked = asked.into();
    let book = load(connection, terms, &articles.products(), asked)?;
    Ok(price_all(requests, articles, &book, asked.on, false))
}

/// The field of a line that a fault is about.
pub fn pointer(index: usize, request: &LineRequest, code: Code) -> String {
    let field = match code {
        Code::UnknownSku | Code::ArticleEnded | Code::NotYetOrderable => match request.key {
            ArticleKey::Sku(_) => "/sku",
            ArticleKey::CustomerPartNumber(_) => "/customer_part_number",
            ArticleKey::Gtin(_) | ArticleKey::IllFormedGtin(_) => "/gtin",
            ArticleKey::ProductId(_) | ArticleKey::IllFormedId(_) => "/product_id",
        },
        Code::UnknownUnit => "/unit",
        Code::NoPrice | Code::PriceOnRequest => "",
        _ => "/quantity",
    };
    format!("/lines/{index}{field}")
}
