//! Lines of orders as REST shows them.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::orders::rules::order::{LinePromise, PromiseKind};
use crate::orders::rules::{BackorderChoice, DeliveryChoice, Order, OrderLine};
use crate::pricing::view::ExplanationView;
use crate::substitutes::shapes::SubstituteView;

/// A line. `base_quantity`, `reserved`, `backordered`, `shipped`, `invoiced` and `cancelled` are base units.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OrderLineView {
    #[schema(required)]
    id: Option<String>,
    position: i32,
    product_id: String,
    sku: String,
    #[schema(required)]
    customer_part_number: Option<String>,
    name: String,
    unit: String,
    quantity: String,
    base_quantity: String,
    /// The price kept for `price_base` × `price_unit`.
    unit_price: String,
    price_unit: String,
    price_base: i32,
    net: String,
    /// Of what comes once more without charge: of the line that it comes for.
    explanation: ExplanationView,
    reserved: String,
    backordered: String,
    shipped: String,
    invoiced: String,
    cancelled: String,
    /// When all of the line is promised for; null while some of it waits for stock and is not expected either.
    #[schema(required)]
    promised_date: Option<NaiveDate>,
    /// How much is promised for which day, by day: of stock, then of goods that are expected.
    promises: Vec<LinePromiseView>,
    /// While some of the line waits for stock: how much of it there is, and why not all.
    #[schema(required, example = "40 of 60 now; orders with a higher rank came first")]
    allocation: Option<String>,
    /// Whether the line may leave in parts.
    delivery: DeliveryChoice,
    /// What becomes of what of the line is not there.
    backorder: BackorderChoice,
    /// The last day on which something of the line waits; what waits then is called off.
    #[schema(required)]
    cancel_after: Option<NaiveDate>,
    /// The line that this one is sent instead of, and how much of it.
    #[schema(required)]
    instead_of: Option<InsteadOfView>,
    /// The lines that are sent instead of this one, or of a part of it, which is `cancelled` here.
    sent_instead: Vec<SentInsteadView>,
    /// In a preview, where something of the line waits: what could be taken instead; else null.
    #[schema(required)]
    substitutes: Option<Vec<SubstituteView>>,
    #[schema(required)]
    note: Option<String>,
    /// What was typed for the article, where that is not its number to the last sign.
    #[schema(required, example = "hex bolt m8")]
    typed: Option<String>,
}

/// What a line is sent instead of.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct InsteadOfView {
    #[schema(example = "lin_0B9Q4Z8K2M3N4")]
    order_line_id: String,
    position: i32,
    sku: String,
    /// How much of that line, in its base units.
    quantity: String,
}

/// What is sent instead of a line.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SentInsteadView {
    #[schema(example = "lin_0B9Q4Z8K2M3N4")]
    order_line_id: String,
    position: i32,
    sku: String,
    unit: String,
    /// How much is sent, in that unit.
    quantity: String,
    /// Instead of how much of this line, in its base units.
    instead_of_quantity: String,
}

impl OrderLineView {
    /// The lines of an order, each with what is sent instead of it.
    pub fn of(order: &Order) -> Vec<Self> {
        let mut views: Vec<_> = order.lines.iter().cloned().map(Self::from).collect();
        if order.lines.iter().all(|line| line.instead.is_none()) {
            return views;
        }
        let places: HashMap<_, _> = order
            .lines
            .iter()
            .enumerate()
            .map(|(place, line)| (line.id, place))
            .collect();
        for (place, line) in order.lines.iter().enumerate() {
            let Some(instead) = line.instead else { continue };
            let Some(other_place) = places.get(&instead.line_id).copied() else {
                continue;
            };
            let Some(other) = order.lines.get(other_place) else {
                continue;
            };
            let quantity = other.base_quantity(instead.quantity).to_string();
            if let Some(view) = views.get_mut(place) {
                view.instead_of = Some(InsteadOfView {
                    order_line_id: other.id.to_string(),
                    position: other.position,
                    sku: other.sku.clone(),
                    quantity: quantity.clone(),
                });
            }
            if let Some(view) = views.get_mut(other_place) {
                view.sent_instead.push(SentInsteadView {
                    order_line_id: line.id.to_string(),
                    position: line.position,
                    sku: line.sku.clone(),
                    unit: line.unit.clone(),
                    quantity: line.quantity.ordered.to_string(),
                    instead_of_quantity: quantity,
                });
            }
        }
        views
    }

    pub fn set_allocation(&mut self, allocation: Option<String>) {
        self.allocation = allocation;
    }

    /// A line that is not stored has no id.
    pub fn forget_id(&mut self) {
        self.id = None;
    }

    /// What could be taken instead of it.
    pub fn set_substitutes(&mut self, substitutes: Vec<SubstituteView>) {
        self.substitutes = Some(substitutes);
    }
}

/// So much of a line for a day.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LinePromiseView {
    date: NaiveDate,
    /// In base units.
    quantity: String,
    #[schema(inline)]
    kind: PromiseKind,
}

impl LinePromiseView {
    fn new(line: &OrderLine, promise: LinePromise) -> Self {
        Self {
            date: promise.on,
            quantity: line.base_quantity(promise.quantity).to_string(),
            kind: promise.kind,
        }
    }
}

impl From<OrderLine> for OrderLineView {
    fn from(line: OrderLine) -> Self {
        let base = |steps| line.base_quantity(steps).to_string();
        Self {
            id: Some(line.id.to_string()),
            position: line.position,
            product_id: line.product_id.to_string(),
            quantity: line.quantity.ordered.to_string(),
            base_quantity: base(line.quantity.base_steps),
            unit_price: line.unit_price.to_string(),
            price_base: line.price_base,
            net: line.net.to_string(),
            reserved: base(line.reserved),
            backordered: base(line.backordered),
            shipped: base(line.shipped),
            invoiced: base(line.invoiced),
            cancelled: base(line.cancelled),
            promised_date: line.promised_on,
            promises: line
                .promises()
                .into_iter()
                .map(|promise| LinePromiseView::new(&line, promise))
                .collect(),
            sku: line.sku,
            customer_part_number: line.customer_part_number,
            name: line.name,
            unit: line.unit,
            price_unit: line.price_unit,
            explanation: ExplanationView::of(line.explanation, line.net),
            allocation: None,
            delivery: line.choices.delivery,
            backorder: line.choices.backorder,
            cancel_after: line.choices.cancel_after,
            instead_of: None,
            sent_instead: Vec::new(),
            substitutes: None,
            note: line.note,
            typed: line.typed,
        }
    }
}
