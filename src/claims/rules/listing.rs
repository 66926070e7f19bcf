//! Which claims somebody looks for, and in which order.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Claim, Kind, State};
use crate::ids::{ClaimId, InvoiceId, OrderId, ShipmentId};
use crate::names::names;

names! {
    /// In which order a list of claims goes.
    #[derive(Default)]
    pub enum Sort as ClaimSort {
        /// The last that was filed first.
        #[default]
        Newest = "newest",
        /// Those first that are to be answered first.
        AnswerBy = "answer_by",
    }
}

/// Which claims somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// Of the account with this code.
    pub account: Option<String>,
    pub order_id: Option<OrderId>,
    pub shipment_id: Option<ShipmentId>,
    pub invoice_id: Option<InvoiceId>,
    /// In one of these states; in any if there are none.
    pub states: Vec<State>,
    pub kind: Option<Kind>,
    /// Nobody has answered it, and it was to be before this day.
    pub unanswered_before: Option<NaiveDate>,
    /// About an article with this number.
    pub sku: Option<String>,
    /// In whose cause this is found.
    pub cause: Option<String>,
    /// A part of its number, its order's or the account's own number; for staff of the account's code or name too.
    pub text: Option<String>,
    /// Filed on this day or later.
    pub from: Option<NaiveDate>,
    /// Filed on this day or before.
    pub to: Option<NaiveDate>,
}

/// Where a claim stands in any of the orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct Keys {
    pub answer_by: NaiveDate,
    pub id: ClaimId,
}

impl Claim {
    /// Where it stands.
    pub fn keys(&self) -> Keys {
        Keys {
            answer_by: self.answer_by,
            id: self.id,
        }
    }
}
