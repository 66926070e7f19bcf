//! The best packs for a quantity, by REST.

use actix_web::{post, web};
use serde::{Deserialize, Serialize};

use super::rules::Level;
use super::shapes::LoadView;
use super::{Filled, Line, Packed, Packing, Topped, Wanted, split_lines};
use crate::accounts::terms;
use crate::catalogue::ArticleKey;
use crate::clock::{day_in, now};
use crate::error::{Code, Error, FieldError, Result};
use crate::http::{Body, JsonText};
use crate::identity::caller::{Customer, MayOrder};
use crate::kept::DecimalText;
use crate::pricing::sentences::too_many_lines;
use crate::sentences::name_a_line;
use crate::state::AppState;

/// Most lines that are split at once: each is priced in each of its packs.
pub const LINES_MAX: usize = 1_000;

/// Quantities to split.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitRequest {
    /// 1 to 1,000 lines.
    #[schema(min_items = 1, max_items = 1000)]
    lines: Vec<SplitLine>,
}

/// An article by exactly one key, and how much of it.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitLine {
    /// The supplier's number.
    #[schema(example = "22633")]
    sku: Option<String>,
    /// The account's own number.
    customer_part_number: Option<String>,
    /// GTIN of the article or of one of its packs.
    gtin: Option<String>,
    /// The product's id.
    product_id: Option<String>,
    /// In base units.
    #[schema(example = "1000")]
    quantity: DecimalText,
}

/// The lines in packs, in their order.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SplitView {
    /// ISO 4217.
    #[schema(example = "GBP")]
    currency: &'static str,
    lines: Vec<SplitLineView>,
    /// What all of it weighs and takes up.
    load: LoadView,
    /// Lines with which the last pallet would be filled, each by itself, at most five; the one that fills it best first. Empty
    /// where it is full.
    fills: Vec<PalletFillView>,
}

/// A line with which the last pallet would be filled.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PalletFillView {
    /// Its place among the lines, from 0.
    line: usize,
    sku: String,
    /// How much more of it, in base units.
    missing: String,
    /// All of it then, in base units.
    base_quantity: String,
    /// The largest packs first.
    parts: Vec<PackPartView>,
    /// What all of it costs then; null where a part has no price.
    #[schema(required)]
    net: Option<String>,
    /// All of it at what a base unit costs now, less `net`; null where that isn't cheaper.
    #[schema(required)]
    saves: Option<String>,
}

impl From<Topped> for PalletFillView {
    fn from(topped: Topped) -> Self {
        Self {
            line: topped.line,
            parts: parts(&topped.packed),
            net: topped.packed.net.map(|net| net.to_string()),
            sku: topped.sku,
            missing: topped.missing,
            base_quantity: topped.base_quantity,
            saves: topped.saves.map(|saves| saves.to_string()),
        }
    }
}

/// A quantity in packs.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SplitLineView {
    sku: String,
    /// UN/ECE Rec 20
    base_unit: String,
    base_quantity: String,
    /// The largest packs first; together exactly the quantity.
    parts: Vec<PackPartView>,
    /// What they cost; null where a part has no price.
    #[schema(required)]
    net: Option<String>,
    /// What is missing to the next full pack or layer, the least first; empty where all are full.
    fills: Vec<FillView>,
}

/// So many of a unit.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PackPartView {
    #[schema(example = "XCT")]
    unit: String,
    #[schema(example = "5")]
    quantity: String,
    base_quantity: String,
    /// Null without a price.
    #[schema(required)]
    net: Option<String>,
}

/// Something that would be full.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FillView {
    level: Level,
    /// The pack that would be full, or of which a layer would be.
    unit: String,
    /// How much more, in base units.
    missing: String,
    /// All of it then, in base units.
    base_quantity: String,
    /// The largest packs first.
    parts: Vec<PackPartView>,
    /// What all of it costs then; null where a part has no price.
    #[schema(required)]
    net: Option<String>,
    /// All of it at what a base unit costs now, less `net`; null where that isn't cheaper.
    #[schema(required)]
    saves: Option<String>,
}

fn parts(packed: &Packed) -> Vec<PackPartView> {
    let view = |part: &Packing| PackPartView {
        unit: part.unit.clone(),
        quantity: part.quantity.clone(),
        base_quantity: part.base_quantity.clone(),
        net: part.net.map(|net| net.to_string()),
    };
    packed.parts.iter().map(view).collect()
}

impl From<Filled> for FillView {
    fn from(fill: Filled) -> Self {
        Self {
            level: fill.level,
            parts: parts(&fill.packed),
            net: fill.packed.net.map(|net| net.to_string()),
            unit: fill.unit,
            missing: fill.missing,
            base_quantity: fill.base_quantity,
            saves: fill.saves.map(|saves| saves.to_string()),
        }
    }
}

impl From<Line> for SplitLineView {
    fn from(line: Line) -> Self {
        Self {
            parts: parts(&line.packed),
            net: line.packed.net.map(|net| net.to_string()),
            sku: line.sku,
            base_unit: line.base_unit,
            base_quantity: line.base_quantity,
            fills: line.fills.into_iter().map(FillView::from).collect(),
        }
    }
}

/// The best packs for quantities
///
/// Largest packs first, with their prices of today, and what is missing to the next full pack or layer; of all lines together what
/// they weigh, how many pallets they take up and what would fill the last one. Nothing is ordered.
#[utoipa::path(tag = "prices", operation_id = "splitQuantities", security(("bearer" = ["account.order"])), request_body = SplitRequest,
    responses((status = 200, body = SplitView)))]
#[post("/quantities/split")]
pub async fn split_quantities(
    state: web::Data<AppState>,
    customer: Customer<MayOrder>,
    Body(request): Body<SplitRequest>,
) -> Result<JsonText> {
    let wanted = wanted(request.lines)?;
    let count = wanted.len();
    let account_id = customer.account_id;
    let view = state.db.read(move |connection| {
        let terms = terms::load(connection, account_id)?;
        let today = day_in(terms.supplier_zone, now());
        let split = split_lines(connection, &terms, &wanted, today)?;
        Ok(SplitView {
            currency: terms.currency.code(),
            lines: split.lines.into_iter().map(SplitLineView::from).collect(),
            load: split.load.into(),
            fills: split.fills.into_iter().map(PalletFillView::from).collect(),
        })
    });
    let view = view.await?;
    state.long_bodies.write(count, || Ok(view)).await
}

fn wanted(lines: Vec<SplitLine>) -> Result<Vec<Wanted>> {
    if lines.is_empty() {
        return Err(Error::invalid("/lines", Code::Required, name_a_line()));
    }
    if lines.len() > LINES_MAX {
        let detail = too_many_lines(lines.len(), LINES_MAX);
        return Err(Error::invalid("/lines", Code::TooManyLines, detail));
    }
    let (mut wanted, mut faults) = (Vec::with_capacity(lines.len()), Vec::new());
    for (index, line) in lines.into_iter().enumerate() {
        match ArticleKey::only_one_of(line.sku, line.customer_part_number, line.gtin, line.product_id) {
            Ok(key) => wanted.push(Wanted {
                key,
                quantity: line.quantity.0,
            }),
            Err(fault) => faults.push(FieldError::new(format!("/lines/{index}"), fault.code, fault.detail)),
        }
    }
    if faults.is_empty() {
        Ok(wanted)
    } else {
        Err(Error::Invalid(faults))
    }
}
