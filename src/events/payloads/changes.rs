//! Of changes of orders, and of what of them is called off.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OrderHead;
use crate::ids::{OrderChangeId, OrderLineId, ProposalId, outside};
use crate::names::sets::{EndedBy, LineChange, OrderField, OrderState, Side};

payloads! {
    /// An order was called off.
    OrderCancelled {
        #[serde(flatten)]
        order: OrderHead,
        was: OrderState,
        reason: Option<String>,
        by: Side,
        /// The name of who of the staff did it for the account.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by_staff: Option<String>,
        /// What the buyer had decided before, where that ended it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ended_by: Option<EndedBy>,
    }

    /// What of lines of an order was still to leave was called off; the rest goes on.
    OrderRestCancelled {
        #[serde(flatten)]
        order: OrderHead,
        lines: Vec<CancelledLine>,
        reason: Option<String>,
        by: Side,
        /// The name of who of the staff did it for the account.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by_staff: Option<String>,
        /// What the buyer had decided before, where that ended it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ended_by: Option<EndedBy>,
        /// The revision that the order has by that; left out where it belongs to its placing or to a change.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        revision: Option<i32>,
    }

    /// A line of which something was called off. The quantity is what was called off, in base units.
    CancelledLine {
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        order_line_id: OrderLineId,
        position: i32,
        sku: String,
        customer_part_number: Option<String>,
        name: String,
        unit: String,
        base_unit: String,
        quantity: String,
    }

    /// What an order comes to. Tax and gross are null while the supplier has no country.
    OrderSums {
        net_total: String,
        #[schema(required)]
        tax_total: Option<String>,
        #[schema(required)]
        gross_total: Option<String>,
        /// By when all that is still to leave arrives; null while some of it waits for stock.
        #[schema(required)]
        arrives_on: Option<NaiveDate>,
        state: OrderState,
        line_count: i32,
        /// What of the totals above was called off, or is sent as something else.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cancelled_total: Option<String>,
    }

    /// A line that a change is about. Quantities are in the line's unit; what a removed line is and what an added one was is null.
    /// Of a replaced line they are without what is sent as something else.
    ChangedLine {
        change: LineChange,
        /// Null for a line that is not stored yet.
        #[serde(with = "outside::option")]
        #[schema(value_type = Option<String>, required)]
        order_line_id: Option<OrderLineId>,
        position: i32,
        sku: String,
        #[schema(required)]
        customer_part_number: Option<String>,
        name: String,
        unit: String,
        unit_code: String,
        #[schema(required)]
        was_quantity: Option<String>,
        #[schema(required)]
        quantity: Option<String>,
        /// For `price_base` × `price_unit`; frozen with the order, or today's of what is added.
        unit_price: String,
        price_unit: String,
        price_base: i32,
        #[schema(required)]
        was_net: Option<String>,
        #[schema(required)]
        net: Option<String>,
        #[schema(required)]
        was_promised_date: Option<NaiveDate>,
        #[schema(required)]
        promised_date: Option<NaiveDate>,
        /// The position of the line that this one is sent instead of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead_of: Option<i32>,
    }

    /// Something of the head that a change is about.
    ChangedField {
        field: OrderField,
        #[schema(required)]
        was: Option<String>,
        #[schema(required)]
        is: Option<String>,
    }

    /// What a change does to an order.
    OrderDifference {
        lines: Vec<ChangedLine>,
        fields: Vec<ChangedField>,
        /// ISO 4217
        currency: String,
        was: OrderSums,
        is: OrderSums,
    }

    /// An order is another.
    OrderChanged {
        #[serde(flatten)]
        order: OrderHead,
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        change_id: OrderChangeId,
        /// Which form of the order it is now; the first was 1.
        revision: i32,
        difference: Box<OrderDifference>,
        /// Who wanted it.
        by: Side,
        /// The account had asked for it, and the supplier took it on.
        on_request: bool,
        reason: Option<String>,
        /// The name of who of the staff did it for the account.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by_staff: Option<String>,
    }

    /// An account asks for a change of an order that the supplier took on.
    OrderChangeRequested {
        #[serde(flatten)]
        order: OrderHead,
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        change_id: OrderChangeId,
        difference: Box<OrderDifference>,
        reason: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by_staff: Option<String>,
    }

    /// The supplier does not take a change on.
    OrderChangeRefused {
        #[serde(flatten)]
        order: OrderHead,
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        change_id: OrderChangeId,
        difference: Box<OrderDifference>,
        reason: String,
    }

    /// The supplier proposes an article instead of what waits of a line.
    OrderSubstituteProposed {
        #[serde(flatten)]
        order: OrderHead,
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        proposal_id: ProposalId,
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        order_line_id: OrderLineId,
        position: i32,
        sku: String,
        /// What of the line waits, in its base unit.
        waits: String,
        base_unit: String,
        /// The article that is proposed.
        substitute: String,
        substitute_name: String,
        unit: String,
        unit_code: String,
        /// How much of it, in that unit.
        quantity: String,
        note: Option<String>,
    }

    /// An account does not want what is proposed.
    OrderSubstituteDeclined {
        #[serde(flatten)]
        order: OrderHead,
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        proposal_id: ProposalId,
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        order_line_id: OrderLineId,
        position: i32,
        reason: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by_staff: Option<String>,
    }

    /// An account took its wish for a change back.
    OrderChangeWithdrawn {
        #[serde(flatten)]
        order: OrderHead,
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        change_id: OrderChangeId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by_staff: Option<String>,
    }
}
