//! Changes of orders as REST takes and shows them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::rules::listing::Filter;
use super::rules::{Added, AskedLine, Request, State, Way, given};
use super::{Change, Done, Preview, sentences};
use crate::clock::rfc3339;
use crate::db::changes::Followed;
use crate::db::seek::Scope;
use crate::error::{Code, Error, FieldError, Result};
use crate::events::payloads::OrderDifference;
use crate::http::{List, Page};
use crate::ids::OrderChangeId;
use crate::kept::DecimalText;
use crate::names::names;
use crate::names::sets::Side;
use crate::orders::api::shapes::OrderView;
use crate::orders::rules::{BackorderChoice, DeliveryChoice, HoldReason, OrderClass, State as OrderState, Wishes};
use crate::sentences::fill_it_in;
use crate::state::AppState;

/// What is to be another of an order. What is left out stays as it is.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeOrder {
    /// Lines that are to be more or less, that go or that come; 5,000 at most.
    #[serde(default)]
    #[schema(max_items = 5000)]
    lines: Vec<ChangeOrderLine>,
    /// Code of one of the account's sites; not once something has left.
    #[schema(example = "MAIN")]
    ship_to: Option<String>,
    /// When it is wanted, not before today; null for no day any more.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    #[schema(value_type = Option<NaiveDate>)]
    requested_date: Option<Option<NaiveDate>>,
    order_class: Option<OrderClass>,
    /// 1,000 characters at most; null for none any more.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    note: Option<Option<String>>,
    /// Why; 1,000 characters at most. Staff must give one, and the account reads it.
    pub(super) reason: Option<String>,
}

/// A line of the order by its id, with the quantity it is to have or `remove`; or a line more: an article by exactly one key, a unit
/// and a quantity.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeOrderLine {
    #[schema(example = "lin_0B9Q4Z8K2M3N4")]
    order_line_id: Option<String>,
    /// True: the line goes.
    #[serde(default)]
    remove: bool,
    /// In the line's unit, in all: what has left and what was cancelled of it included.
    #[schema(example = "40")]
    quantity: Option<DecimalText>,
    /// The supplier's number of an article that is added.
    #[schema(example = "22633")]
    sku: Option<String>,
    /// The account's own number of it.
    customer_part_number: Option<String>,
    /// GTIN of it or of one of its packs, which then sets the unit.
    gtin: Option<String>,
    /// The product's id.
    product_id: Option<String>,
    /// One of the article's units; may be left out with a GTIN.
    #[schema(example = "XCT")]
    unit: Option<String>,
    /// Of a line that is added; 1,000 characters at most.
    note: Option<String>,
    /// Of a line that is added, where it is other than for the order.
    delivery: Option<DeliveryChoice>,
    /// Of a line that is added, where it is other than for the order.
    backorder: Option<BackorderChoice>,
    /// Of a line that is added, where it is other than for the order.
    cancel_after: Option<NaiveDate>,
}

fn asked(line: &ChangeOrderLine, index: usize) -> Result<AskedLine, FieldError> {
    let at = |field: &str| format!("/lines/{index}{field}");
    let quantity = line.quantity.as_ref().map(|quantity| quantity.0.clone());
    let article = [&line.sku, &line.customer_part_number, &line.gtin, &line.product_id];
    let Some(id) = &line.order_line_id else {
        let quantity = quantity.filter(|_| !line.remove);
        let missing = || FieldError::new(at("/quantity"), Code::Required, fill_it_in());
        return Ok(AskedLine::Add(Added {
            sku: line.sku.clone(),
            customer_part_number: line.customer_part_number.clone(),
            gtin: line.gtin.clone(),
            product_id: line.product_id.clone(),
            unit: line.unit.clone(),
            quantity: quantity.ok_or_else(missing)?,
            note: line.note.clone(),
            typed: None,
            choices: Wishes {
                delivery: line.delivery,
                backorder: line.backorder,
                cancel_after: line.cancel_after,
            },
        }));
    };
    let others = article.into_iter().chain([&line.unit, &line.note]);
    let decides = line.delivery.is_some() || line.backorder.is_some() || line.cancel_after.is_some();
    if decides || others.flatten().next().is_some() {
        let detail = sentences::change_line_or_article();
        return Err(FieldError::new(at(""), Code::OneKeyNeeded, detail));
    }
    if quantity.is_some() == line.remove {
        let detail = sentences::change_quantity_or_remove(index + 1);
        return Err(FieldError::new(at("/quantity"), Code::ValueInvalid, detail));
    }
    Ok(AskedLine::Set {
        line: id.parse().ok(),
        quantity,
    })
}

impl ChangeOrder {
    /// As the use case takes it; all faults of form at once.
    pub fn request(&self) -> Result<Request> {
        if self.lines.len() > crate::pricing::LINES_MAX {
            let detail = sentences::change_too_many_lines(self.lines.len(), crate::pricing::LINES_MAX);
            return Err(Error::invalid("/lines", Code::TooManyLines, detail));
        }
        let (mut lines, mut faults) = (Vec::with_capacity(self.lines.len()), Vec::new());
        for (index, line) in self.lines.iter().enumerate() {
            match asked(line, index) {
                Ok(line) => lines.push(line),
                Err(fault) => faults.push(fault),
            }
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        Ok(Request {
            lines,
            ship_to: self.ship_to.clone(),
            requested_on: self.requested_date,
            order_class: self.order_class,
            note: self.note.clone(),
        })
    }
}

names! {
    /// What becomes of a change that is sent.
    pub enum Outcome as OrderChangeWay {
        /// It is made at once.
        Applied = "applied",
        /// The supplier is asked for it.
        Requested = "requested",
    }
}

/// What a change would come to.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OrderChangePreview {
    /// Whether it is made at once or asked for: the supplier took the order on.
    outcome: Outcome,
    /// Which form of the order it would make.
    revision: i32,
    difference: OrderDifference,
    /// Why the order would be on hold.
    hold_reasons: Vec<HoldReason>,
    /// What would count against the account's credit.
    exposure: String,
    /// Null: no limit.
    #[schema(required)]
    credit_limit: Option<String>,
    /// What would be left of the limit; null without one.
    #[schema(required)]
    available: Option<String>,
}

impl From<Preview> for OrderChangePreview {
    fn from(preview: Preview) -> Self {
        let available = preview.credit_limit.map(|limit| {
            let left = limit.minor.saturating_sub(preview.exposure.minor);
            crate::money::Money::new(left, limit.currency).to_string()
        });
        Self {
            outcome: match preview.way {
                Way::Now => Outcome::Applied,
                Way::OnRequest => Outcome::Requested,
            },
            revision: preview.revision,
            difference: preview.difference,
            hold_reasons: preview.hold_reasons,
            exposure: preview.exposure.to_string(),
            credit_limit: preview.credit_limit.map(|limit| limit.to_string()),
            available,
        }
    }
}

/// A change of an order.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OrderChangeView {
    #[schema(example = "och_0B9Q4Z8K2M3N4")]
    id: String,
    order_id: String,
    #[schema(example = "10482")]
    order_number: String,
    po_number: String,
    /// Where the order stands now.
    order_state: OrderState,
    state: State,
    /// Who wanted it.
    by: Side,
    /// Which form of the order it made; null until it is made.
    #[schema(required)]
    revision: Option<i32>,
    #[schema(required)]
    reason: Option<String>,
    /// What it did; of one that was only asked for, what it would have come to then.
    difference: OrderDifference,
    /// RFC 3339, UTC
    created_at: String,
    /// RFC 3339, UTC
    #[schema(required)]
    decided_at: Option<String>,
    /// What the supplier said when they took it on or refused it.
    #[schema(required)]
    decision_reason: Option<String>,
}

impl From<Change> for OrderChangeView {
    fn from(change: Change) -> Self {
        Self {
            id: change.id.to_string(),
            order_id: change.order_id.to_string(),
            order_number: change.order_number.to_string(),
            po_number: change.po_number,
            order_state: change.order_state,
            state: change.state,
            by: change.by,
            revision: change.revision,
            reason: change.reason,
            difference: change.difference,
            created_at: rfc3339(change.created_at),
            decided_at: change.decided_at.map(rfc3339),
            decision_reason: change.decision_reason,
        }
    }
}

/// A change with what only staff see of it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SupplierOrderChangeView {
    #[serde(flatten)]
    change: OrderChangeView,
    /// Code of the account.
    #[schema(example = "ACME")]
    account: String,
    account_name: String,
    /// The id of the person or the program that sent it.
    made_by: String,
}

impl From<Change> for SupplierOrderChangeView {
    fn from(change: Change) -> Self {
        Self {
            account: change.account.0.clone(),
            account_name: change.account.1.clone(),
            made_by: change.made_by.clone(),
            change: change.into(),
        }
    }
}

/// A change that was sent, and the order as it stands now.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OrderChangeAnswer {
    #[serde(flatten)]
    change: OrderChangeView,
    order: OrderView,
}

impl From<Done> for OrderChangeAnswer {
    fn from(done: Done) -> Self {
        Self {
            change: done.change.into(),
            order: done.order.into(),
        }
    }
}

/// A page of the list: each change as `row` shows it.
pub async fn page_of<V: Serialize + utoipa::ToSchema>(
    state: &AppState,
    scope: Scope,
    filter: Filter,
    page: Page,
    row: fn(Change) -> V,
) -> Result<List<V>> {
    let asked = filter.clone();
    let read = move |connection: &mut _, walk, fetch| super::list(connection, scope, &asked, walk, fetch);
    let id = |change: &Change| -> OrderChangeId { change.id };
    let keys = |change: &Change| -> OrderChangeId { change.id };
    let list = (Followed::in_scope("order_changes", scope), &filter);
    page.list(&state.db, list, read, (keys, id, row)).await
}
