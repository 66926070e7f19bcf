//! Orders as REST takes and shows them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::lines::OrderLineView;
pub use super::rows::{AccountOrderRow, OrderRow};
use crate::catalogue::ArticleKey;
use crate::clock::rfc3339;
use crate::error::{Error, FieldError, Result};
use crate::ids::OrderLineId;
use crate::kept::DecimalText;
use crate::orders::allocation::rules::Others;
use crate::orders::entitlements::rules::IfNotEntitled;
use crate::orders::entitlements::shapes::OrderEntitlementView;
use crate::orders::rules::choices::days_together;
use crate::orders::rules::promise::Outstanding;
use crate::orders::rules::{
    BackorderChoice, DeliveryChoice, HoldReason, Order, OrderClass, OrderTexts, Source, State, Wishes,
};
use crate::orders::{OrderRequest, Preview, RequestedLine};
use crate::pricing::LineRequest;
use crate::pricing::splitting::shapes::LoadView;
use crate::substitutes::shapes::views;

/// What to order.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceOrder {
    /// Your purchase order number, unique among your live orders without regard to case; 64 characters at most.
    #[schema(example = "PO-11873", min_length = 1, max_length = 64)]
    pub(super) po_number: String,
    /// Code of one of your sites; the first one if left out.
    #[schema(example = "MAIN")]
    pub(super) ship_to: Option<String>,
    /// When you want it; not before today.
    pub(super) requested_date: Option<NaiveDate>,
    /// How urgent it is; `standard` if left out.
    pub(super) order_class: Option<OrderClass>,
    /// What becomes of the order where you may not use that class, or used it up this month; `refuse` if left out.
    pub(super) if_not_entitled: Option<IfNotEntitled>,
    /// Whether it may leave in parts; as your account usually decides if left out.
    pub(super) delivery: Option<DeliveryChoice>,
    /// What becomes of what is not there; as your account usually decides if left out. `until` waits until `cancel_after`.
    pub(super) backorder: Option<BackorderChoice>,
    /// The last day on which something of it waits; what waits then is called off. With it `backorder` is `until`.
    pub(super) cancel_after: Option<NaiveDate>,
    /// 1 to 5,000 lines.
    #[schema(min_items = 1, max_items = 5000)]
    pub(super) lines: Vec<PlaceOrderLine>,
    /// 1,000 characters at most.
    pub(super) note: Option<String>,
}

/// An article by exactly one key, a unit and a quantity.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceOrderLine {
    /// The supplier's number.
    #[schema(example = "22633")]
    sku: Option<String>,
    /// Your own number.
    customer_part_number: Option<String>,
    /// GTIN of the article or of one of its packs, which then sets the unit.
    gtin: Option<String>,
    /// The product's id.
    product_id: Option<String>,
    /// One of the article's units; may be left out with a GTIN.
    #[schema(example = "XCT")]
    unit: Option<String>,
    /// In that unit.
    #[schema(example = "2")]
    quantity: DecimalText,
    /// Where it is other than for the order: whether the line may leave in parts. A `complete` line leaves once all of it is there.
    delivery: Option<DeliveryChoice>,
    /// Where it is other than for the order: what becomes of what of the line is not there.
    backorder: Option<BackorderChoice>,
    /// Where it is other than for the order: the last day on which something of the line waits.
    cancel_after: Option<NaiveDate>,
    /// 1,000 characters at most.
    note: Option<String>,
}

impl PlaceOrder {
    /// As the pipeline takes it; all faults of form at once.
    pub fn into_request(self) -> Result<OrderRequest> {
        let (mut lines, mut faults) = (Vec::with_capacity(self.lines.len()), Vec::new());
        for (index, line) in self.lines.into_iter().enumerate() {
            match ArticleKey::only_one_of(line.sku, line.customer_part_number, line.gtin, line.product_id) {
                Ok(key) => lines.push(RequestedLine {
                    line: LineRequest {
                        key,
                        unit: line.unit,
                        quantity: line.quantity.0,
                    },
                    note: line.note,
                    typed: None,
                    choices: Wishes {
                        delivery: line.delivery,
                        backorder: line.backorder,
                        cancel_after: line.cancel_after,
                    },
                }),
                Err(fault) => faults.push(FieldError::new(format!("/lines/{index}"), fault.code, fault.detail)),
            }
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        Ok(OrderRequest {
            po_number: self.po_number,
            ship_to: self.ship_to,
            requested_on: self.requested_date,
            order_class: self.order_class.unwrap_or_default(),
            if_not_entitled: self.if_not_entitled.unwrap_or_default(),
            choices: Wishes {
                delivery: self.delivery,
                backorder: self.backorder,
                cancel_after: self.cancel_after,
            },
            texts: OrderTexts { note: self.note },
            lines,
        })
    }
}

/// An order without its lines.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OrderHeadView {
    #[schema(example = "ord_0B9Q4Z8K2M3N4")]
    id: String,
    /// What people call it.
    #[schema(example = "10482")]
    number: String,
    state: State,
    hold_reasons: Vec<HoldReason>,
    po_number: String,
    order_class: OrderClass,
    /// Code of the site.
    ship_to: String,
    #[schema(required)]
    requested_date: Option<NaiveDate>,
    /// ISO 4217
    currency: &'static str,
    line_count: i32,
    net_total: String,
    /// Null while the supplier has no country.
    #[schema(required)]
    tax_total: Option<String>,
    /// Null while the supplier has no country.
    #[schema(required)]
    gross_total: Option<String>,
    /// RFC 3339, UTC
    placed_at: String,
    /// The id of the person or the program that placed it; null for an import.
    #[schema(required, example = "cli_0BGK1J3Z00002")]
    placed_by: Option<String>,
    /// By which way it came, where that is told: `punchout` from the account's purchasing system, `claim` for goods that come once more
    /// without charge.
    #[schema(required)]
    source: Option<Source>,
    /// The claim that it makes good, of goods that come once more.
    #[schema(required)]
    claim_id: Option<String>,
    #[schema(required, example = "CL-2026-000042")]
    claim_number: Option<String>,
    /// Which form of the order this is: 1 as it was placed, one more with each change and each time a part of it is called off.
    revision: i32,
}

impl From<Order> for OrderHeadView {
    fn from(order: Order) -> Self {
        let (claim_id, claim_number) = order.claim.unzip();
        Self {
            id: order.id.to_string(),
            number: order.number.to_string(),
            state: order.state,
            hold_reasons: order.hold_reasons,
            po_number: order.po_number,
            order_class: order.order_class,
            ship_to: order.ship_to,
            requested_date: order.requested_on,
            currency: order.currency.code(),
            line_count: order.line_count,
            net_total: order.net.to_string(),
            tax_total: order.tax.map(|tax| tax.to_string()),
            gross_total: order.gross.map(|gross| gross.to_string()),
            placed_at: rfc3339(order.placed_at),
            placed_by: order.placed_by.map(|by| by.to_string()),
            source: order.source,
            claim_id: claim_id.map(|id| id.to_string()),
            claim_number,
            revision: order.revision,
        }
    }
}

/// An order. `id`, `number`, `placed_at` and `placed_by` are null in a preview.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OrderView {
    #[schema(required, example = "ord_0B9Q4Z8K2M3N4")]
    id: Option<String>,
    /// What people call it.
    #[schema(required, example = "10482")]
    number: Option<String>,
    state: State,
    hold_reasons: Vec<HoldReason>,
    /// What the supplier said when they held it.
    #[schema(required)]
    hold_note: Option<String>,
    po_number: String,
    order_class: OrderClass,
    /// Code of the site.
    ship_to: String,
    #[schema(required)]
    requested_date: Option<NaiveDate>,
    /// By when all that is still to leave arrives; null while some of it waits for stock, and once nothing is. When what
    /// left arrives, its shipment says.
    #[schema(required)]
    arrives_on: Option<NaiveDate>,
    /// Whether it may leave in parts.
    delivery: DeliveryChoice,
    /// What becomes of what is not there.
    backorder: BackorderChoice,
    /// The last day on which something of it waits; what waits then is called off.
    #[schema(required)]
    cancel_after: Option<NaiveDate>,
    #[schema(required)]
    note: Option<String>,
    /// ISO 4217
    currency: &'static str,
    lines: Vec<OrderLineView>,
    net_total: String,
    /// Null while the supplier has no country.
    #[schema(required)]
    tax_total: Option<String>,
    /// Null while the supplier has no country.
    #[schema(required)]
    gross_total: Option<String>,
    /// RFC 3339, UTC
    #[schema(required)]
    placed_at: Option<String>,
    /// The id of the person or the program that placed it; null for an import and in a preview.
    #[schema(required, example = "cli_0BGK1J3Z00002")]
    placed_by: Option<String>,
    /// By which way it came, where that is told: `punchout` from the account's purchasing system, `claim` for goods that come once more
    /// without charge.
    #[schema(required)]
    source: Option<Source>,
    /// The claim that it makes good, of goods that come once more.
    #[schema(required)]
    claim_id: Option<String>,
    #[schema(required, example = "CL-2026-000042")]
    claim_number: Option<String>,
    /// Which form of the order this is: 1 as it was placed, one more with each change and each time a part of it is called off.
    revision: i32,
    /// RFC 3339, UTC
    #[schema(required)]
    cancelled_at: Option<String>,
    #[schema(required)]
    cancel_reason: Option<String>,
    /// The gross (the net while the supplier has no country) of what was called off of it while the rest goes on; the
    /// totals above are those of what was ordered.
    #[schema(example = "0.00")]
    cancelled_total: String,
    /// In a preview of an order whose class somebody has to be entitled to: what is left of it; else null.
    #[schema(required)]
    entitlement: Option<OrderEntitlementView>,
    /// In a preview: what the goods weigh and how many pallets they take up; else null.
    #[schema(required)]
    load: Option<LoadView>,
}

impl From<Order> for OrderView {
    fn from(order: Order) -> Self {
        let order = days_together(order);
        let arrives_on = Outstanding::of(&order).arrives_on();
        let lines = OrderLineView::of(&order);
        let OrderTexts { note } = order.texts;
        let (claim_id, claim_number) = order.claim.unzip();
        Self {
            id: Some(order.id.to_string()),
            number: Some(order.number.to_string()),
            state: order.state,
            hold_reasons: order.hold_reasons,
            hold_note: order.hold_note,
            po_number: order.po_number,
            order_class: order.order_class,
            ship_to: order.ship_to,
            requested_date: order.requested_on,
            arrives_on,
            delivery: order.choices.delivery,
            backorder: order.choices.backorder,
            cancel_after: order.choices.cancel_after,
            note,
            currency: order.currency.code(),
            lines,
            net_total: order.net.to_string(),
            tax_total: order.tax.map(|tax| tax.to_string()),
            gross_total: order.gross.map(|gross| gross.to_string()),
            placed_at: Some(rfc3339(order.placed_at)),
            placed_by: order.placed_by.map(|by| by.to_string()),
            cancelled_at: order.cancelled_at.map(rfc3339),
            cancel_reason: order.cancel_reason,
            source: order.source,
            claim_id: claim_id.map(|id| id.to_string()),
            claim_number,
            revision: order.revision,
            cancelled_total: order.cancelled.to_string(),
            entitlement: None,
            load: None,
        }
    }
}

impl OrderView {
    /// The order with what its account reads of its waiting lines; `passed_over` are those that saw others come first.
    pub fn with_allocation(order: Order, passed_over: &[(OrderLineId, Others)]) -> Self {
        let allocations: Vec<_> = order
            .lines
            .iter()
            .map(|line| order.allocation_of(line, passed_over))
            .collect();
        let mut view = Self::from(order);
        for (line, allocation) in view.lines.iter_mut().zip(allocations) {
            line.set_allocation(allocation.map(|allocation| allocation.to_string()));
        }
        view
    }

    /// The same without what only a stored order has.
    pub fn preview(preview: Preview) -> Self {
        let Preview {
            order,
            settled,
            mut offers,
            load,
        } = preview;
        let ids: Vec<_> = order.lines.iter().map(|line| line.id).collect();
        let mut view = Self {
            id: None,
            number: None,
            placed_at: None,
            placed_by: None,
            entitlement: OrderEntitlementView::of(&settled),
            load: load.map(LoadView::from),
            ..Self::from(order)
        };
        for (line, id) in view.lines.iter_mut().zip(ids) {
            line.forget_id();
            if let Some(offers) = offers.remove(&id) {
                line.set_substitutes(views(offers));
            }
        }
        view
    }
}
