//! Orders as rows of a bulk job: what an order that is sent by itself has, with its key, and of the supplier's programs with whose
//! it is.

use chrono::NaiveDate;
use serde::Deserialize;

use super::shapes::{PlaceOrder, PlaceOrderLine};
use crate::orders::entitlements::rules::IfNotEntitled;
use crate::orders::rules::{BackorderChoice, DeliveryChoice, OrderClass};

/// An order of many that are sent at once.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderRow {
    /// Its `Idempotency-Key`: 1 to 255 visible ASCII characters, new for every new order.
    #[schema(example = "po-11873-1", min_length = 1, max_length = 255)]
    idempotency_key: String,
    /// As that of an order that is sent by itself, and so are the others.
    #[schema(example = "PO-11873", min_length = 1, max_length = 64)]
    po_number: String,
    ship_to: Option<String>,
    requested_date: Option<NaiveDate>,
    order_class: Option<OrderClass>,
    if_not_entitled: Option<IfNotEntitled>,
    delivery: Option<DeliveryChoice>,
    backorder: Option<BackorderChoice>,
    cancel_after: Option<NaiveDate>,
    #[schema(min_items = 1, max_items = 5000)]
    lines: Vec<PlaceOrderLine>,
    note: Option<String>,
}

impl OrderRow {
    /// The key, and the order as it is sent by itself.
    pub fn into_parts(self) -> (String, PlaceOrder) {
        let order = PlaceOrder {
            po_number: self.po_number,
            ship_to: self.ship_to,
            requested_date: self.requested_date,
            order_class: self.order_class,
            if_not_entitled: self.if_not_entitled,
            delivery: self.delivery,
            backorder: self.backorder,
            cancel_after: self.cancel_after,
            lines: self.lines,
            note: self.note,
        };
        (self.idempotency_key, order)
    }
}

/// An order of an account, of many that the supplier's own programs send at once.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountOrderRow {
    /// Code of the account whose order it is.
    #[schema(example = "ACME", min_length = 1, max_length = 64)]
    account: String,
    /// As of an order that the account sends itself, and so are the others.
    #[schema(example = "po-11873-1", min_length = 1, max_length = 255)]
    idempotency_key: String,
    #[schema(example = "PO-11873", min_length = 1, max_length = 64)]
    po_number: String,
    ship_to: Option<String>,
    requested_date: Option<NaiveDate>,
    order_class: Option<OrderClass>,
    if_not_entitled: Option<IfNotEntitled>,
    delivery: Option<DeliveryChoice>,
    backorder: Option<BackorderChoice>,
    cancel_after: Option<NaiveDate>,
    #[schema(min_items = 1, max_items = 5000)]
    lines: Vec<PlaceOrderLine>,
    note: Option<String>,
}

impl AccountOrderRow {
    /// The code of the account, and the order as the account sends it.
    pub fn into_parts(self) -> (String, OrderRow) {
        let row = OrderRow {
            idempotency_key: self.idempotency_key,
            po_number: self.po_number,
            ship_to: self.ship_to,
            requested_date: self.requested_date,
            order_class: self.order_class,
            if_not_entitled: self.if_not_entitled,
            delivery: self.delivery,
            backorder: self.backorder,
            cancel_after: self.cancel_after,
            lines: self.lines,
            note: self.note,
        };
        (self.account, row)
    }
}
