//! One box for everything: an exact number leads to its object, anything else to what has it somewhere.

use std::sync::Arc;

use chrono::NaiveDate;

use super::store;
pub use super::store::LATEST;
use crate::catalogue::rules::{Article, gtin14, search_words};
use crate::catalogue::{self, ArticleKey};
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{AccountId, InvoiceId, OrderId, ProductId, ShipmentId};
use crate::orders::rules::head::po_key;

/// Longest text that is looked for, in characters.
pub const QUERY_CHARS_MAX: usize = 200;
/// Rows of a group.
pub const ROWS: usize = 5;

/// An object that can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Object {
    Order(OrderId),
    Shipment(ShipmentId),
    Invoice(InvoiceId),
    Product(ProductId),
}

/// A row of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub object: Object,
    /// What people call it.
    pub number: String,
    /// The account's number of the order, the carrier's of the shipment.
    pub other: String,
    /// When it was placed, shipped, issued.
    pub on: NaiveDate,
}

/// What has the text.
#[derive(Debug, Default)]
pub struct Found {
    /// Up to [`ROWS`] and one more.
    pub orders: Vec<Row>,
    /// The same.
    pub shipments: Vec<Row>,
    /// The same.
    pub invoices: Vec<Row>,
    /// The same.
    pub articles: Vec<Arc<Article>>,
}

/// What came of a search.
#[derive(Debug)]
pub enum Answer {
    /// Exactly one object has this number.
    Only(Object),
    /// What has it somewhere.
    Several(Found),
}

/// The text without what people write around numbers.
pub fn tidied(text: &str) -> String {
    let text: String = text.trim().chars().take(QUERY_CHARS_MAX).collect();
    text.strip_prefix('#').map_or(text.as_str(), str::trim_start).to_owned()
}

/// Looks for `text` (see [`tidied`]) among what the account sees; the same number of statements for any text that is
/// no exact number of one object, fewer for those that are.
pub fn search(connection: &mut Connection, account_id: AccountId, text: &str) -> Result<Answer> {
    if text.is_empty() {
        return Ok(Answer::Several(Found::default()));
    }
    let mut exact: Vec<_> = store::list_exact(connection, account_id, text.parse().ok(), &po_key(text), text)?
        .into_iter()
        .filter_map(|(kind, id)| match kind.as_str() {
            "order" => Some(Object::Order(OrderId(id))),
            "shipment" => Some(Object::Shipment(ShipmentId(id))),
            "invoice" => Some(Object::Invoice(InvoiceId(id))),
            _ => None,
        })
        .collect();
    let keys = [
        ArticleKey::CustomerPartNumber(text.to_owned()),
        ArticleKey::Sku(text.to_owned()),
    ];
    let keys: Vec<_> = keys.into_iter().chain(gtin14(text).map(ArticleKey::Gtin)).collect();
    let known = catalogue::find_articles(connection, account_id, &keys)?;
    exact.extend(known.products().into_iter().map(Object::Product));
    if let [only] = exact[..] {
        return Ok(Answer::Only(only));
    }
    let key = text.to_lowercase();
    let fetch = i64::try_from(ROWS + 1).unwrap_or(i64::MAX);
    let row = |object: fn(i64) -> Object| {
        move |(id, number, other, on): store::Numbered| Row {
            object: object(id),
            number,
            other,
            on,
        }
    };
    let orders = store::list_orders(connection, account_id, &key, fetch)?;
    let shipments = store::list_shipments(connection, account_id, &key, fetch)?;
    let invoices = store::list_invoices(connection, account_id, &key, fetch)?;
    let mut articles: Vec<_> = keys.iter().filter_map(|key| known.get(key).cloned()).collect();
    let matched = catalogue::match_words(connection, account_id, &[search_words(&[text])], fetch)?;
    let ids: Vec<_> = matched.into_iter().map(|(_, id)| ArticleKey::ProductId(id)).collect();
    let by_words = catalogue::find_articles(connection, account_id, &ids)?;
    for article in ids.iter().filter_map(|key| by_words.get(key)) {
        if articles.iter().all(|known| known.product_id != article.product_id) {
            articles.push(article.clone());
        }
    }
    Ok(Answer::Several(Found {
        orders: orders.into_iter().map(row(|id| Object::Order(OrderId(id)))).collect(),
        shipments: shipments
            .into_iter()
            .map(row(|id| Object::Shipment(ShipmentId(id))))
            .collect(),
        invoices: invoices
            .into_iter()
            .map(row(|id| Object::Invoice(InvoiceId(id))))
            .collect(),
        articles,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_around_numbers_is_left_out() {
        for (typed, expected) in [
            (" 10482 ", "10482"),
            ("#10482", "10482"),
            ("# 7", "7"),
            ("", ""),
            ("PO-1 a", "PO-1 a"),
        ] {
            assert_eq!(tidied(typed), expected, "{typed}");
        }
        assert_eq!(tidied(&"x".repeat(500)).len(), QUERY_CHARS_MAX);
    }
}
