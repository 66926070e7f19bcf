//! What an order is and what may happen to it.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

pub mod choices;
pub mod head;
pub mod listing;
pub mod months;
pub mod order;
pub mod promise;
pub mod rest;
pub mod rights;
pub mod state;
pub mod texts;

pub use choices::{BackorderChoice, Choices, DeliveryChoice, Wishes};
pub use order::{HoldReason, Instead, Order, OrderClass, OrderLine, PlacedBy, Source};
pub use state::{Action, State};
pub use texts::OrderTexts;
