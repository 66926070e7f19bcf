//! What staff look at of the orders that are not done yet.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use crate::names::names;
use crate::orders::rules::promise::Outstanding;

names! {
    /// Which of the orders that are not done yet a view shows.
    #[derive(Default)]
    pub enum Board as OrderBoard {
        /// All that are in the queue.
        #[default]
        Open = "open",
        /// Placed, and nobody took them on yet.
        ToAccept = "to_accept",
        /// A line is promised for today or earlier and hasn't left, or waits though it is wanted within days.
        AtRisk = "at_risk",
        /// A line waits for stock.
        Short = "short",
        /// Accepted, and some of it lies ready.
        ToShip = "to_ship",
        /// On hold, so not in the queue.
        OnHold = "on_hold",
    }
}

/// How far stock covers an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cover {
    pub lines: i64,
    /// Those of which something lies ready.
    pub ready: i64,
    /// What is still to leave.
    pub outstanding: Outstanding,
}

/// How many orders each view shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Counts {
    pub open: i64,
    pub to_accept: i64,
    pub at_risk: i64,
    pub short: i64,
    pub to_ship: i64,
    pub on_hold: i64,
}

impl Counts {
    /// The number of one view.
    pub fn of(self, board: Board) -> i64 {
        match board {
            Board::Open => self.open,
            Board::ToAccept => self.to_accept,
            Board::AtRisk => self.at_risk,
            Board::Short => self.short,
            Board::ToShip => self.to_ship,
            Board::OnHold => self.on_hold,
        }
    }
}
