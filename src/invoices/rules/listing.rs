//! Which invoices a list shows, and in which order.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::due::soon;
use super::{Invoice, State};
use crate::ids::{InvoiceId, OrderId};
use crate::names::names;

names! {
    /// In which order a list of invoices goes.
    #[derive(Default)]
    pub enum Sort as InvoiceSort {
        /// The last issued first.
        #[default]
        Newest = "newest",
        /// The first issued first.
        Oldest = "oldest",
        /// The first due first; of what is not paid.
        Due = "due",
        /// The last due first; of what is not paid.
        DueLast = "due_last",
    }
}

impl Sort {
    /// True if the list goes by the day something is due.
    pub fn is_by_due(self) -> bool {
        matches!(self, Self::Due | Self::DueLast)
    }

    /// True if the smallest keys come first.
    pub fn is_ascending(self) -> bool {
        matches!(self, Self::Oldest | Self::Due)
    }
}

names! {
    /// A view of an account's invoices.
    #[derive(Default)]
    pub enum View as InvoiceListView {
        /// Not paid, or not whole.
        #[default]
        Open = "open",
        /// Not paid though it was due.
        Overdue = "overdue",
        /// Not paid, and due within days.
        DueSoon = "due_soon",
        /// Paid whole.
        Paid = "paid",
        /// Whatever is paid of it.
        All = "all",
    }
}

impl View {
    /// Those of the view on the day `today`.
    pub fn filter(self, today: NaiveDate) -> Filter {
        let (due_from, due_to) = match self {
            Self::Overdue => (None, today.pred_opt()),
            Self::DueSoon => (Some(today), Some(soon(today))),
            Self::Open | Self::Paid | Self::All => (None, None),
        };
        Filter {
            unpaid: !matches!(self, Self::Paid | Self::All),
            state: (self == Self::Paid).then_some(State::Paid),
            due_from,
            due_to,
            ..Filter::default()
        }
    }

    /// The sorts it has, the first one where none is named: what is open goes by the day it is due.
    pub fn sorts(self) -> [Sort; 2] {
        match self {
            Self::Paid | Self::All => [Sort::Newest, Sort::Oldest],
            Self::Open | Self::Overdue | Self::DueSoon => [Sort::Due, Sort::DueLast],
        }
    }
}

/// Which invoices somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// How far it is paid.
    pub state: Option<State>,
    /// Not paid, or not whole.
    pub unpaid: bool,
    /// Of the account with this code.
    pub account: Option<String>,
    /// Of this order.
    pub order_id: Option<OrderId>,
    /// Due on this day or later, and not paid.
    pub due_from: Option<NaiveDate>,
    /// Due on this day or before, and not paid.
    pub due_to: Option<NaiveDate>,
    /// The order's number, or part of its number or of the account's own number; for staff part of the account's code or
    /// name too.
    pub text: Option<String>,
    /// Issued on this day or later.
    pub from: Option<NaiveDate>,
    /// Issued on this day or before.
    pub to: Option<NaiveDate>,
}

impl Filter {
    /// True if it leaves only what is not paid.
    pub fn is_unpaid(&self) -> bool {
        let by_state = matches!(self.state, Some(State::Open | State::PartPaid));
        self.unpaid || by_state || self.due_from.is_some() || self.due_to.is_some()
    }
}

/// Where an invoice stands in lists, however they are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keys {
    /// The day it is due.
    pub due_on: NaiveDate,
    /// The day of issue.
    pub issued_on: NaiveDate,
    pub id: InvoiceId,
}

impl Keys {
    /// Those of an invoice.
    pub fn of(invoice: &Invoice) -> Self {
        Self {
            due_on: invoice.due_on,
            issued_on: invoice.issued_on,
            id: invoice.id,
        }
    }
}
