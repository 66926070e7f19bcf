//! Which orders a list shows, and in which order.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Order, State};
use crate::accounts::rules::Tier;
use crate::clock::Timestamp;
use crate::ids::OrderId;
use crate::names::names;
use crate::orders::board::rules::Board;

/// Where orders without a wanted day stand: behind all others.
const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day of the calendar");

names! {
    /// In which order a list of orders goes.
    #[derive(Default)]
    pub enum Sort as OrderSort {
        /// The last placed first.
        #[default]
        Newest = "newest",
        /// The first placed first.
        Oldest = "oldest",
        /// The first wanted first, those without a day last.
        Wanted = "wanted",
        /// Those without a wanted day first, then the last wanted.
        WantedLast = "wanted_last",
        /// As the queue serves them: tier, class, wanted day, queue time; what is placed, accepted or partly shipped
        /// where no state is named.
        Priority = "priority",
    }
}

impl Sort {
    /// True if the list goes by the day that is wanted.
    pub fn is_by_wish(self) -> bool {
        matches!(self, Self::Wanted | Self::WantedLast)
    }

    /// True if the smallest keys come first.
    pub fn is_ascending(self) -> bool {
        !matches!(self, Self::Newest | Self::WantedLast)
    }
}

names! {
    /// A view of an account's orders: some of their states.
    #[derive(Default)]
    pub enum View as OrderListView {
        /// Something of it is still to leave.
        #[default]
        Open = "open",
        /// All of it left.
        Shipped = "shipped",
        /// All of it arrived.
        Delivered = "delivered",
        /// Nothing will come of it.
        Cancelled = "cancelled",
        /// Whatever its state.
        All = "all",
    }
}

impl View {
    /// The states it shows.
    pub fn states(self) -> &'static [State] {
        match self {
            Self::Open => &State::OPEN,
            Self::Shipped => &[State::Shipped],
            Self::Delivered => &[State::Delivered, State::Closed],
            Self::Cancelled => &[State::Cancelled, State::Rejected],
            Self::All => &State::ALL,
        }
    }
}

/// Which orders somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// In one of these states; in any where none is named.
    pub states: Vec<State>,
    /// Its number, or part of the account's own number of it; for staff part of the account's code or name too.
    pub text: Option<String>,
    /// Of the account with this code.
    pub account: Option<String>,
    /// Goes to the site with this code.
    pub site: Option<String>,
    /// With this purchase order number, without regard to case.
    pub po_number: Option<String>,
    /// Placed on this day or later.
    pub from: Option<NaiveDate>,
    /// Placed on this day or before.
    pub to: Option<NaiveDate>,
    /// In this view of the queue, as it is on this day.
    #[serde(skip)]
    pub board: Option<(Board, NaiveDate)>,
    /// How many are in these states, where somebody counted them.
    #[serde(skip)]
    pub counted: Option<i64>,
}

impl Filter {
    /// Those in these states; all of them are the same as none named.
    pub fn of_states(states: &[State]) -> Self {
        let is_any = states.len() == State::ALL.len();
        Self {
            states: if is_any { Vec::new() } else { states.to_vec() },
            ..Self::default()
        }
    }

    /// True if nothing but states is named.
    pub fn is_of_states(&self) -> bool {
        let only = Self {
            states: self.states.clone(),
            counted: self.counted,
            ..Self::default()
        };
        *self == only
    }
}

/// Where an order stands in lists, however they are sorted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Keys {
    /// Tier and class, best first.
    pub importance: (i32, i32),
    /// The wanted day; the last day there is where none is.
    pub wanted_on: NaiveDate,
    /// When it came into the queue.
    pub queued_at: Timestamp,
    /// The day of placing.
    pub placed_on: NaiveDate,
    pub id: OrderId,
}

impl Keys {
    /// Those of an order of an account of this tier.
    pub fn of(order: &Order, tier: Tier) -> Self {
        Self {
            importance: (tier.rank(), order.order_class.rank()),
            wanted_on: order.requested_on.unwrap_or(LAST_DAY),
            queued_at: order.queued_at,
            placed_on: order.placed_on,
            id: order.id,
        }
    }
}
