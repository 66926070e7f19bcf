//! Packages as REST takes and shows them, for both sides.

use std::collections::HashMap;

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};

use super::rules::label::Label;
use super::rules::{Asked, Item, Kind, Of, Package, Size, lines_of, zpl};
use super::{Contents, documents};
use crate::clock::rfc3339;
use crate::db::Connection;
use crate::error::Result;
use crate::http::tag;
use crate::ids::{OrderLineId, PackageId};
use crate::kept::DecimalText;
use crate::names::names;
use crate::orders::rules::OrderLine;
use crate::quantity::Quantity;
use crate::state::AppState;

/// A package.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PackageView {
    #[schema(example = "pkg_0B9Q4Z8K2M3N4")]
    id: String,
    /// From 1; those of removed packages stay free.
    position: i32,
    /// Serial shipping container code (GS1): 18 digits that no other package ever gets.
    #[schema(example = "340123450000000017")]
    sscc: String,
    /// UN/ECE Recommendation 21.
    kind: Kind,
    #[schema(required)]
    weight_grams: Option<i64>,
    #[schema(required)]
    length_mm: Option<i32>,
    #[schema(required)]
    width_mm: Option<i32>,
    #[schema(required)]
    height_mm: Option<i32>,
    /// RFC 3339, UTC
    packed_at: String,
    items: Vec<PackageItemView>,
    /// What `If-Match` of a change wants.
    #[schema(example = "\"3\"")]
    etag: String,
}

/// What of a line of the order lies in a package, or in none.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PackageItemView {
    order_line_id: String,
    /// The order line's.
    position: i32,
    sku: String,
    #[schema(required)]
    customer_part_number: Option<String>,
    name: String,
    unit: String,
    /// In the ordered unit.
    quantity: String,
    base_unit: String,
    base_quantity: String,
}

/// What a shipment is packed into.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PackagesView {
    /// By their positions.
    packages: Vec<PackageView>,
    /// What lies in no package.
    unpacked: Vec<PackageItemView>,
}

fn item(line: &OrderLine, quantity: crate::catalogue::rules::OrderQuantity) -> PackageItemView {
    PackageItemView {
        order_line_id: line.id.to_string(),
        position: line.position,
        sku: line.sku.clone(),
        customer_part_number: line.customer_part_number.clone(),
        name: line.name.clone(),
        unit: line.unit.clone(),
        quantity: quantity.ordered.to_string(),
        base_unit: line.base_unit.clone(),
        base_quantity: Quantity::new(quantity.base_steps, line.base_decimals).to_string(),
    }
}

/// A package among what it belongs to.
pub fn package(package: &Package, contents: &Contents) -> PackageView {
    let lines = lines_of(&contents.orders);
    of_lines(package, &lines)
}

fn of_lines(package: &Package, lines: &HashMap<OrderLineId, &OrderLine>) -> PackageView {
    let shown = |one: &Item| Some(item(lines.get(&one.order_line_id)?, one.quantity));
    PackageView {
        id: package.id.to_string(),
        position: package.position,
        sscc: package.sscc.clone(),
        kind: package.kind,
        weight_grams: package.size.weight_grams,
        length_mm: package.size.length_mm,
        width_mm: package.size.width_mm,
        height_mm: package.size.height_mm,
        packed_at: rfc3339(package.packed_at),
        items: package.items.iter().filter_map(shown).collect(),
        etag: tag(package.version),
    }
}

impl From<&Contents> for PackagesView {
    fn from(contents: &Contents) -> Self {
        let lines = lines_of(&contents.orders);
        let left = |(id, left): (OrderLineId, i64)| {
            let line = lines.get(&id)?;
            Some(item(line, line.part(left)))
        };
        Self {
            packages: contents.packages.iter().map(|one| of_lines(one, &lines)).collect(),
            unpacked: contents.unpacked().into_iter().filter_map(left).collect(),
        }
    }
}

/// What lies in a package of a line of the order.
#[derive(Debug, Clone, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageItemInput {
    order_line_id: String,
    /// In the line's unit; at most what of it lies in no other package.
    #[schema(example = "2")]
    quantity: DecimalText,
}

/// A package.
#[derive(Debug, Clone, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageInput {
    /// UN/ECE Recommendation 21.
    #[schema(value_type = Kind, example = "CT")]
    kind: String,
    /// With what is in it.
    #[schema(minimum = 1, maximum = 10_000_000)]
    weight_grams: Option<i64>,
    #[schema(minimum = 1, maximum = 20_000)]
    length_mm: Option<i32>,
    #[schema(minimum = 1, maximum = 20_000)]
    width_mm: Option<i32>,
    #[schema(minimum = 1, maximum = 20_000)]
    height_mm: Option<i32>,
    /// Each line once; nothing yet if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 5000)]
    items: Option<Vec<PackageItemInput>>,
}

/// Packages to be added.
#[derive(Debug, Clone, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddPackages {
    /// UN/ECE Recommendation 21.
    #[schema(value_type = Kind, example = "CT")]
    kind: String,
    /// Of each, with what is in it.
    #[schema(minimum = 1, maximum = 10_000_000)]
    weight_grams: Option<i64>,
    #[schema(minimum = 1, maximum = 20_000)]
    length_mm: Option<i32>,
    #[schema(minimum = 1, maximum = 20_000)]
    width_mm: Option<i32>,
    #[schema(minimum = 1, maximum = 20_000)]
    height_mm: Option<i32>,
    /// What lies in each; each line once; nothing yet if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 5000)]
    items: Option<Vec<PackageItemInput>>,
    /// So many of the same; one if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 100)]
    count: Option<i64>,
}

fn items(items: Option<Vec<PackageItemInput>>) -> Vec<(Option<OrderLineId>, String)> {
    let item = |item: PackageItemInput| (item.order_line_id.parse().ok(), item.quantity.0);
    items.unwrap_or_default().into_iter().map(item).collect()
}

impl From<PackageInput> for Asked {
    fn from(input: PackageInput) -> Self {
        Self {
            kind: input.kind,
            size: Size {
                weight_grams: input.weight_grams,
                length_mm: input.length_mm,
                width_mm: input.width_mm,
                height_mm: input.height_mm,
            },
            items: items(input.items),
            count: None,
        }
    }
}

impl From<AddPackages> for Asked {
    fn from(input: AddPackages) -> Self {
        let count = input.count;
        let one = PackageInput {
            kind: input.kind,
            weight_grams: input.weight_grams,
            length_mm: input.length_mm,
            width_mm: input.width_mm,
            height_mm: input.height_mm,
            items: input.items,
        };
        Self {
            count,
            ..Self::from(one)
        }
    }
}

names! {
    /// What a label is written in.
    #[derive(Default)]
    pub enum Format as LabelFormat {
        /// For any printer, A6.
        #[default]
        Pdf = "pdf",
        /// For label printers: ZPL II, 203 dpi.
        Zpl = "zpl",
    }
}

/// The labels of all packages of something, or of one of them.
pub async fn labels(state: &AppState, of: Of, only: Option<PackageId>, format: Format) -> Result<HttpResponse> {
    match format {
        Format::Pdf => {
            let read = move |connection: &mut Connection| documents::paper(connection, of, only);
            Ok(state.print(read).await?.into())
        }
        Format::Zpl => {
            let read = move |connection: &mut Connection| documents::labels(connection, of, only);
            let labels = state.db.read(read).await?;
            let written: Vec<Label> = labels.labels;
            let text = zpl::labels(&written, &documents::words(labels.language));
            Ok(HttpResponse::Ok()
                .content_type("text/plain; charset=utf-8")
                .insert_header(("Content-Disposition", "attachment; filename=\"labels.zpl\""))
                .body(text))
        }
    }
}
