//! One box for the desk: an exact number leads to its object, anything else to what has it somewhere.

use chrono::NaiveDate;

use super::searching::ROWS;
use super::store;
use crate::catalogue;
use crate::catalogue::rules::{gtin14, search_words};
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{AccountId, InvoiceId, OrderId, ProductId, ShipmentId};
use crate::orders::rules::head::po_key;

/// An object that the desk shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Object {
    Order(OrderId),
    Account(AccountId),
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
    /// Its name, or whose it is.
    pub name: String,
    /// The account's own number of the order, the carrier's of the shipment.
    pub other: Option<String>,
    /// When it was placed or issued.
    pub on: Option<NaiveDate>,
}

/// What has the text, each up to [`ROWS`] and one more.
#[derive(Debug, Default)]
#[allow(missing_docs)]
pub struct Found {
    pub orders: Vec<Row>,
    pub accounts: Vec<Row>,
    pub products: Vec<Row>,
    pub shipments: Vec<Row>,
    pub invoices: Vec<Row>,
}

/// What came of a search.
#[derive(Debug)]
pub enum Answer {
    /// Exactly one object has this number.
    Only(Object),
    /// What has it somewhere.
    Several(Found),
}

/// Looks for `text` (see [`super::searching::tidied`]) among everything; at most six statements.
pub fn search(connection: &mut Connection, text: &str) -> Result<Answer> {
    if text.is_empty() {
        return Ok(Answer::Several(Found::default()));
    }
    let key = po_key(text);
    let exact = store::list_exact_for_staff(connection, text.parse().ok(), &key, text, gtin14(text))?;
    let object = |(kind, id): &store::Exact| match kind.as_str() {
        "order" => Some(Object::Order(OrderId(*id))),
        "account" => Some(Object::Account(AccountId(*id))),
        "shipment" => Some(Object::Shipment(ShipmentId(*id))),
        "invoice" => Some(Object::Invoice(InvoiceId(*id))),
        "product" => Some(Object::Product(ProductId(*id))),
        _ => None,
    };
    if let [only] = &exact[..]
        && let Some(object) = object(only)
    {
        return Ok(Answer::Only(object));
    }
    let fetch = i64::try_from(ROWS + 1).unwrap_or(i64::MAX);
    let of_account = |object: fn(i64) -> Object| {
        move |(id, number, other, name, on): store::OfAccount| Row {
            object: object(id),
            number,
            name,
            other: Some(other).filter(|other| !other.is_empty()),
            on: Some(on),
        }
    };
    let named = |object, number, name| Row {
        object,
        number,
        name,
        other: None,
        on: None,
    };
    Ok(Answer::Several(Found {
        orders: store::list_orders_of_all(connection, &key, fetch)?
            .into_iter()
            .map(of_account(|id| Object::Order(OrderId(id))))
            .collect(),
        accounts: store::list_accounts_with(connection, text, fetch)?
            .into_iter()
            .map(|(id, code, name)| named(Object::Account(AccountId(id)), code, name))
            .collect(),
        products: catalogue::list_by_words(connection, &search_words(&[text]), fetch)?
            .into_iter()
            .map(|(id, sku, name)| named(Object::Product(id), sku, name))
            .collect(),
        shipments: store::list_shipments_of_all(connection, &key, fetch)?
            .into_iter()
            .map(of_account(|id| Object::Shipment(ShipmentId(id))))
            .collect(),
        invoices: store::list_invoices_of_all(connection, &key, fetch)?
            .into_iter()
            .map(of_account(|id| Object::Invoice(InvoiceId(id))))
            .collect(),
    }))
}
