//! What an order is and what may happen to it.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

pub mod allocation;
pub mod board;
pub mod head;
pub mod listing;
pub mod months;
pub mod order;
pub mod promise;
pub mod rights;
pub mod state;
pub mod texts;

pub use allocation::{reason_for_account, reason_for_staff};
pub use order::{HoldReason, Order, OrderClass, OrderLine};
pub use state::{Action, State};
pub use texts::OrderTexts;
