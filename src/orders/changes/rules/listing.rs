//! Which changes of orders somebody looks for.

use serde::Serialize;

use super::State;
use crate::ids::OrderId;

/// Which changes somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// Of the account with this code.
    pub account: Option<String>,
    pub order_id: Option<OrderId>,
    pub state: Option<State>,
    /// The number of the order, or part of the account's own number of it; for staff part of the account's code or name too.
    pub text: Option<String>,
}
