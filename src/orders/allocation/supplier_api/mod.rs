//! REST of decisions on stock for supplier staff.

mod acting;

use actix_web::{get, web};
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use self::acting::{overrule_allocation, preview_allocation};
use super::Recorded;
use super::rules::{CauseName, Decision, Share, Waiting, reason_for_staff};
use crate::accounts;
use crate::catalogue;
use crate::clock::{day_in, rfc3339};
use crate::error::Result;
use crate::http::{Limit, List, Page, Params, PathId};
use crate::identity::caller::{MayReadDesk, Staff};
use crate::ids::{DecisionId, OrderId};
use crate::inventory::quotas::rules::Mode;
use crate::orders;
use crate::quantity::Quantity;
use crate::state::AppState;

/// What a line got in a decision, in base units.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ServedView {
    order_id: String,
    order_line_id: String,
    quantity: String,
    #[schema(example = "rank 3 of 7: platinum, critical, waits since 2 Nov")]
    reason: String,
}

impl ServedView {
    fn new(line: &Waiting, quantity: String, reason: String) -> Self {
        Self {
            order_id: line.rank.order_id.to_string(),
            order_line_id: line.order_line_id.to_string(),
            quantity,
            reason,
        }
    }
}

fn reason(recorded: &Recorded, line: &Waiting, share: &Share, zone: Tz) -> String {
    reason_of(&recorded.decision, line, share, zone, day_in(zone, recorded.decided_at))
}

/// Why a line stands where it stands in a decision of a day.
fn reason_of(decision: &Decision, line: &Waiting, share: &Share, zone: Tz, today: NaiveDate) -> String {
    let since = day_in(zone, line.rank.queued_at);
    reason_for_staff(decision.place_of(share), &line.rank, since, today).to_string()
}

/// Whom a decision served, first to last.
pub fn served(recorded: &Recorded, zone: Tz) -> Vec<ServedView> {
    let view = |(line, share): (&Waiting, &Share)| {
        let quantity = Quantity::new(share.quantity, recorded.decimals).to_string();
        ServedView::new(line, quantity, reason(recorded, line, share, zone))
    };
    recorded.decision.served().map(view).collect()
}

/// A decision on who got a product, with all it was made from. Quantities are base units.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DecisionView {
    id: String,
    sku: String,
    /// RFC 3339, UTC
    decided_at: String,
    cause: CauseName,
    /// Stock before, by warehouse.
    stock: Vec<DecidedStockView>,
    /// How it was shared.
    mode: Mode,
    /// What was still to be drawn of quotas.
    quotas: Vec<DecidedQuotaView>,
    /// How many lines waited.
    waiting: i64,
    /// The lines by rank, up to the one that took the last of it; all behind it got nothing.
    lines: Vec<DecidedLineView>,
    /// True if the same decision comes of the recorded input now.
    replayed_equal: bool,
}

/// Stock that a decision was made from.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DecidedStockView {
    warehouse: String,
    on_hand: String,
    reserved: String,
}

/// A quota that a decision was made with.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DecidedQuotaView {
    quota_id: String,
    /// What was left of it in its period.
    left: String,
}

/// A line of a decision.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DecidedLineView {
    order_id: String,
    order_line_id: String,
    rank: i64,
    wanted: String,
    quantity: String,
    /// What of it was drawn of quotas.
    drawn: String,
    reason: String,
}

impl DecisionView {
    /// A recorded decision; days are those of the supplier's zone.
    pub fn new(recorded: Recorded, zone: Tz) -> Self {
        let quantity = |steps| Quantity::new(steps, recorded.decimals).to_string();
        let decision = &recorded.decision;
        let lines = decision.input.waiting.iter().zip(&decision.shares);
        let line = |(line, share): (&Waiting, &Share)| DecidedLineView {
            order_id: line.rank.order_id.to_string(),
            order_line_id: line.order_line_id.to_string(),
            rank: share.rank,
            wanted: quantity(share.wanted),
            quantity: quantity(share.quantity),
            drawn: quantity(share.drawn.iter().map(|drawn| drawn.quantity).sum()),
            reason: reason(&recorded, line, share, zone),
        };
        let stock = decision.input.stock.iter().map(|stock| DecidedStockView {
            warehouse: stock.warehouse.clone(),
            on_hand: quantity(stock.on_hand),
            reserved: quantity(stock.reserved),
        });
        let quotas = decision.input.policy.kept.iter().map(|kept| DecidedQuotaView {
            quota_id: kept.quota_id.to_string(),
            left: quantity(kept.left),
        });
        Self {
            id: recorded.id.to_string(),
            sku: recorded.sku.clone(),
            decided_at: rfc3339(recorded.decided_at),
            cause: recorded.cause,
            stock: stock.collect(),
            mode: decision.input.policy.mode,
            quotas: quotas.collect(),
            waiting: decision.input.waiting_count,
            lines: lines.map(line).collect(),
            replayed_equal: decision.is_repeatable(),
        }
    }
}

/// Which decisions to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListDecisions {
    /// Only on the product with this number.
    sku: Option<String>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Decisions on stock
///
/// Who got how much of a scarce product and why, with all the decision was made from; the oldest first.
#[utoipa::path(tag = "supplier", operation_id = "listAllocations", params(ListDecisions), responses((status = 200, body = List<DecisionView>)))]
#[get("/supplier/allocations")]
pub async fn list_decisions(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListDecisions>,
) -> Result<web::Json<List<DecisionView>>> {
    let page = Page::new(params.limit, params.cursor);
    let after: Option<i64> = page.after(&params.sku)?;
    let (sku, fetch) = (params.sku.clone(), page.fetch());
    let read = move |connection: &mut _| {
        let after = DecisionId(after.unwrap_or(0));
        let sku = sku
            .as_ref()
            .map(|sku| catalogue::meant_sku(connection, sku))
            .transpose()?;
        let decisions = super::list_decisions(connection, sku.as_deref(), after, fetch)?;
        Ok((decisions, accounts::supplier_zone(connection)?))
    };
    let (decisions, zone) = state.db.read(read).await?;
    let view = |recorded| DecisionView::new(recorded, zone);
    Ok(web::Json(List::of(
        &page,
        &params.sku,
        decisions,
        |recorded| recorded.id.0,
        view,
    )?))
}

/// Decisions on the stock of an order's lines
///
/// The newest 200.
#[utoipa::path(tag = "supplier", operation_id = "listOrderAllocations", responses((status = 200, body = List<DecisionView>)))]
#[get("/supplier/orders/{id}/allocations")]
pub async fn list_order_decisions(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<OrderId>,
) -> Result<web::Json<List<DecisionView>>> {
    const ROWS_MAX: i64 = 200;
    let read = move |connection: &mut _| {
        orders::get_for_staff(connection, id)?;
        let decisions = super::list_decisions_of_order(connection, id, ROWS_MAX)?;
        Ok((decisions, accounts::supplier_zone(connection)?))
    };
    let (decisions, zone) = state.db.read(read).await?;
    let data = decisions.into_iter().map(|recorded| DecisionView::new(recorded, zone));
    Ok(web::Json(List::new(data.collect(), None)))
}
