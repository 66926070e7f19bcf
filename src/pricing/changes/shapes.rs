//! Price changes as REST shows them to staff.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::previewing::{Preview, Total, total};
use super::rules::State;
use super::{Change, NamedSum, Row};
use crate::clock::rfc3339;
use crate::money::{Money, UnitPrice};
use crate::names::states::{PreviewState, PriceChangeOutcome};
use crate::pricing::costs::rules::PERCENT_DECIMALS;
use crate::quantity::Quantity;

/// Accounts of either end that are named.
const NAMED: usize = 10;

/// A price change without its rows.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceChangeView {
    #[schema(example = "pch_0BGK1J3Z00004")]
    id: String,
    title: String,
    #[schema(required)]
    note: Option<String>,
    state: State,
    /// First day of its prices.
    effective_on: NaiveDate,
    /// So many days before it, buyers of accounts whose contract or list it changes get a mail; null: none.
    #[schema(required)]
    notice_days: Option<i32>,
    row_count: i32,
    /// The persons or programs that made it, changed its rows or sent it in: none of them approves it.
    authors: Vec<String>,
    /// RFC 3339, UTC
    created_at: String,
    #[schema(required)]
    submitted_at: Option<String>,
    /// When it was approved or rejected.
    #[schema(required)]
    decided_at: Option<String>,
    #[schema(required)]
    decided_by: Option<String>,
    #[schema(required)]
    decision_note: Option<String>,
    /// When the last of its rows stood in the lists.
    #[schema(required)]
    applied_at: Option<String>,
    #[schema(required)]
    rolled_back_at: Option<String>,
    /// Whether it is known what it comes to; null where nobody asked since its rows changed.
    #[schema(required)]
    preview: Option<PreviewState>,
}

impl From<Change> for PriceChangeView {
    fn from(change: Change) -> Self {
        Self {
            id: change.id.to_string(),
            authors: change.everybody(),
            title: change.title,
            note: change.note,
            state: change.state,
            effective_on: change.effective_on,
            notice_days: change.notice_days,
            row_count: change.row_count,
            created_at: rfc3339(change.created_at),
            submitted_at: change.submitted_at.map(rfc3339),
            decided_at: change.decided_at.map(rfc3339),
            decided_by: change.decided_by,
            decision_note: change.decision_note,
            applied_at: change.applied_at.map(rfc3339),
            rolled_back_at: change.rolled_back_at.map(rfc3339),
            preview: change.preview,
        }
    }
}

/// A price that is to hold.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceChangeRowView {
    #[schema(example = "pcr_0BGK1J3Z00004")]
    id: String,
    /// Code of the list.
    #[schema(example = "C-NORD")]
    price_list: String,
    /// ISO 4217; the list's.
    currency: &'static str,
    sku: String,
    /// The product's name.
    name: String,
    #[schema(example = "H87")]
    unit: String,
    /// In base units.
    min_quantity: String,
    #[schema(example = "2.95")]
    price: String,
    price_base: i32,
    /// What holds on the day without it; null where the list has no such price.
    #[schema(required)]
    was_price: Option<String>,
    #[schema(required)]
    was_price_base: Option<i32>,
    /// Null as long as it is in no list.
    #[schema(required)]
    outcome: Option<PriceChangeOutcome>,
}

impl From<Row> for PriceChangeRowView {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.to_string(),
            price_list: row.list_code,
            currency: row.currency.code(),
            sku: row.sku,
            name: row.name,
            unit: row.unit,
            min_quantity: row.min_quantity.to_string(),
            price: row.price.to_string(),
            price_base: row.price_base,
            was_price: row.was_micros.map(|micros| UnitPrice { micros }.to_string()),
            was_price_base: row.was_base,
            outcome: row.outcome,
        }
    }
}

/// Revenue without tax and what is earned of it, with the quantities of the last twelve months.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceChangeTotalView {
    /// ISO 4217
    currency: &'static str,
    before: String,
    after: String,
    difference: String,
    /// Per cent of the revenue of lines whose cost is known; null where none is.
    #[schema(required, example = "24.5")]
    margin_before: Option<String>,
    #[schema(required)]
    margin_after: Option<String>,
}

/// A percentage as a plain decimal.
pub(super) fn percent(ppm: i64) -> String {
    Quantity::new(ppm, PERCENT_DECIMALS).to_string()
}

impl From<Total> for PriceChangeTotalView {
    fn from(total: Total) -> Self {
        let difference = Money::new(total.after.minor - total.before.minor, total.after.currency);
        Self {
            currency: total.after.currency.code(),
            before: total.before.to_string(),
            after: total.after.to_string(),
            difference: difference.to_string(),
            margin_before: total.margin_before.map(percent),
            margin_after: total.margin_after.map(percent),
        }
    }
}

/// What it comes to for an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceChangeAccountView {
    /// Its code.
    #[schema(example = "NORD")]
    account: String,
    name: String,
    /// Ordered lines whose price is another.
    lines: i32,
    /// Lines of these under the floor of their category.
    under_floor: i32,
    /// Open drafts with a line whose price is another.
    drafts: i32,
    total: Option<PriceChangeTotalView>,
}

impl From<&NamedSum> for PriceChangeAccountView {
    fn from(named: &NamedSum) -> Self {
        Self {
            account: named.code.clone(),
            name: named.name.clone(),
            lines: named.sum.line_count,
            under_floor: named.sum.under_floor,
            drafts: named.sum.draft_count,
            total: total([&named.sum]).map(PriceChangeTotalView::from),
        }
    }
}

/// A contract in which a price rises while it holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct BrokenContractView {
    /// Code of its list.
    price_list: String,
    /// Rows that raise a price.
    rows: i64,
}

/// What a price change comes to.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceChangePreviewView {
    /// Null where nobody asked since its rows changed.
    #[schema(required)]
    state: Option<PreviewState>,
    /// RFC 3339, UTC; when all accounts had been looked at.
    #[schema(required)]
    previewed_at: Option<String>,
    /// Accounts with a line whose price is another.
    accounts_touched: usize,
    /// Ordered lines of the last twelve months whose price is another.
    lines_touched: i64,
    /// Lines of these under the floor of their category, and those of them whose floor blocks.
    under_floor: i64,
    blocked: i64,
    /// Open drafts with a line whose price is another.
    drafts_touched: i64,
    /// By currency.
    totals: Vec<PriceChangeTotalView>,
    contracts_broken: Vec<BrokenContractView>,
    /// Accounts from which less comes in, the most first; at most ten.
    losers: Vec<PriceChangeAccountView>,
    /// Accounts from which more comes in, the most first; at most ten.
    winners: Vec<PriceChangeAccountView>,
    /// All accounts with a line whose price is another, by what changes.
    accounts: Vec<PriceChangeAccountView>,
}

impl From<Preview> for PriceChangePreviewView {
    fn from(preview: Preview) -> Self {
        let moved = |named: &NamedSum| named.sum.after_minor - named.sum.before_minor;
        let losers = preview.accounts.iter().filter(|named| moved(named) < 0).take(NAMED);
        let winners = preview.accounts.iter().rev().filter(|named| moved(named) > 0);
        let touched = preview.accounts.iter().filter(|named| named.sum.line_count > 0);
        Self {
            state: preview.change.preview,
            previewed_at: preview.change.previewed_at.map(rfc3339),
            accounts_touched: preview.touched(),
            lines_touched: preview.count(|sum| sum.line_count),
            under_floor: preview.count(|sum| sum.under_floor),
            blocked: preview.count(|sum| sum.blocked),
            drafts_touched: preview.count(|sum| sum.draft_count),
            losers: losers.map(PriceChangeAccountView::from).collect(),
            winners: winners.take(NAMED).map(PriceChangeAccountView::from).collect(),
            accounts: touched.map(PriceChangeAccountView::from).collect(),
            totals: preview.totals.into_iter().map(PriceChangeTotalView::from).collect(),
            contracts_broken: preview
                .broken
                .into_iter()
                .map(|(price_list, rows)| BrokenContractView { price_list, rows })
                .collect(),
        }
    }
}
