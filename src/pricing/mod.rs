//! Price lists, the price of a line and its explanation.
//!
//! - [`again`]: what was ordered once by the prices as they are now
//! - [`changes`]: prices that are to hold from a day on, looked at before, approved by another person, and taken back
//! - [`concessions`]: prices granted to one account below list or floor ask for a reason
//! - [`costs`]: what products cost and how little may be earned of them; never for accounts
//! - [`editing`]: staff change lists and prices, each change with a record of what it was

pub mod again;
pub mod api;
pub mod changes;
pub mod concessions;
pub mod costs;
pub mod editing;
pub mod exporting;
pub mod inputs;
pub mod files;
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
use self::rules::{Candidate, Line, PriceList, PriceRow, Priced};
use crate::accounts::terms::Terms;
use crate::catalogue::rules::{Article, LineFault, OrderQuantity, SaleUnit, order_quantity};
use crate::catalogue::{ArticleKey, Articles, find_articles};
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{PriceListId, ProductId};
use crate::money::Currency;
use crate::sentences::name_a_line;

/// The price rows that apply to an account on a day, for some products.
#[derive(Debug, Default)]
pub struct PriceBook {
    lists: HashMap<PriceListId, PriceList>,
    rows: HashMap<ProductId, Vec<PriceRow>>,
}

impl PriceBook {
    /// A book of these lists and rows; rows of other lists are left out.
    pub fn new(lists: Vec<PriceList>, rows: impl IntoIterator<Item = (ProductId, PriceRow)>) -> Self {
        let mut book = Self {
            lists: lists.into_iter().map(|list| (list.id, list)).collect(),
            rows: HashMap::new(),
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

    pub fn candidates(&self, product_id: ProductId) -> Vec<Candidate<'_>> {
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

    /// Those of a book of several days that hold on one of them.
    fn candidates_on(&self, product_id: ProductId, day: NaiveDate) -> Vec<Candidate<'_>> {
        let mut candidates = self.candidates(product_id);
        candidates.retain(|one| one.list.validity.includes(day) && one.row.validity.includes(day));
        candidates
    }
}

/// Loads the prices of an account for any number of products: two statements.
pub fn load(connection: &mut Connection, terms: &Terms, product_ids: &[ProductId], on: NaiveDate) -> Result<PriceBook> {
    load_span(connection, terms, product_ids, (on, on))
}

/// The same of all that holds on one of the days, both included.
fn load_span(
    connection: &mut Connection,
    terms: &Terms,
    product_ids: &[ProductId],
    days: (NaiveDate, NaiveDate),
) -> Result<PriceBook> {
    let lists = store::applicable_lists(
        connection,
        terms.account_id,
        terms.tier.name(),
        terms.currency.code(),
        days,
    )?;
    let list_ids: Vec<_> = lists.iter().map(|list| list.id).collect();
    let rows = store::rows(connection, product_ids, &list_ids, days)?;
    Ok(PriceBook::new(lists, rows))
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

/// Prices one line of an account. The first check that fails gives the fault.
pub fn price_line(
    request: &LineRequest,
    articles: &Articles,
    book: &PriceBook,
    currency: Currency,
    on: NaiveDate,
) -> Result<PricedLine, LineFault> {
    let (article, unit) = articles.find(&request.key, request.unit.as_deref())?;
    if let Some(day) = article.coming(on) {
        let detail = sentences::not_yet_orderable(&article.sku, day);
        return Err(LineFault::new(Code::NotYetOrderable, detail));
    }
    let quantity = order_quantity(article, unit, &request.quantity)?;
    let candidates = book.candidates(article.product_id);
    let mut priced = rules::price_line(
        Line {
            article,
            unit,
            quantity,
        },
        &candidates,
        currency,
    )?;
    priced.explanation.asked_quantity = rules::rounded_from(&request.quantity, quantity);
    Ok(PricedLine {
        article: article.clone(),
        unit: unit.clone(),
        quantity,
        priced,
    })
}

/// Prices any number of lines with the same number of statements: four for one kind of article key. The faults of all
/// lines come back at once, each at `/lines/{index}/…`.
pub fn price_lines(
    connection: &mut Connection,
    terms: &Terms,
    requests: &[LineRequest],
    on: NaiveDate,
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
    let priced = price_each(connection, terms, requests, &articles, on)?;
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

/// Prices each line for itself: a bad one takes nothing from the others. Two statements.
pub fn price_each(
    connection: &mut Connection,
    terms: &Terms,
    requests: &[LineRequest],
    articles: &Articles,
    on: NaiveDate,
) -> Result<Vec<Result<PricedLine, LineFault>>> {
    let book = load(connection, terms, &articles.products(), on)?;
    let price = |request| price_line(request, articles, &book, terms.currency, on);
    Ok(requests.iter().map(price).collect())
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
        Code::NoPrice => "",
        _ => "/quantity",
    };
    format!("/lines/{index}{field}")
}
