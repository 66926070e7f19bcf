//! Stock for supplier staff.

use actix_web::{HttpResponse, get, web};
use serde::{Deserialize, Serialize};

use super::StockLine;
use crate::catalogue;
use crate::error::Result;
use crate::http::{ExportAfter, Limit, List, Page, Params, export};
use crate::identity::caller::{MayReadDesk, Staff};
use crate::state::AppState;

/// Which stock to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListStock {
    /// Only of the product with this number.
    sku: Option<String>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The stock of a product in a warehouse, in base units.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct StockView {
    warehouse: String,
    sku: String,
    on_hand: String,
    reserved: String,
    free: String,
}

impl From<StockLine> for StockView {
    fn from(line: StockLine) -> Self {
        let quantity = |steps| line.quantity(steps).to_string();
        Self {
            on_hand: quantity(line.on_hand),
            reserved: quantity(line.reserved),
            free: quantity(line.on_hand - line.reserved),
            warehouse: line.warehouse,
            sku: line.sku,
        }
    }
}

/// Stock
///
/// By SKU and warehouse.
#[utoipa::path(tag = "supplier", operation_id = "listStock", params(ListStock), responses((status = 200, body = List<StockView>)))]
#[get("/supplier/stock")]
pub async fn list_stock(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListStock>,
) -> Result<web::Json<List<StockView>>> {
    let page = Page::new(params.limit, params.cursor);
    let after: Option<(String, String)> = page.after(&params.sku)?;
    let (sku, fetch) = (params.sku.clone(), page.fetch());
    let lines = state
        .db
        .read(move |connection| {
            let sku = sku
                .as_ref()
                .map(|sku| catalogue::meant_sku(connection, sku))
                .transpose()?;
            super::list_stock(connection, sku.as_deref(), after.as_ref(), fetch)
        })
        .await?;
    let keys = |line: &StockLine| (line.sku.clone(), line.warehouse.clone());
    Ok(web::Json(List::of(&page, &params.sku, lines, keys, StockView::from)?))
}

/// All stock
///
/// By SKU and warehouse, an object a line. Behind every 500 stands a line `{"cursor":"…"}`: whoever was cut off goes on there by
/// `after`. The last line is `{"end":true,…}` with their number.
#[utoipa::path(tag = "supplier", operation_id = "exportSupplierStock", params(ExportAfter), responses(
    (status = 200, body = StockView, content_type = "application/x-ndjson", description = "The stock"),
))]
#[get("/supplier/export/stock")]
pub async fn export_stock(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ExportAfter>,
) -> Result<HttpResponse> {
    type Keys = (String, String);
    export(
        &state.db,
        "export-supplier-stock",
        params.after.as_deref(),
        |connection, after: Option<Keys>, limit| {
            let lines = super::list_stock(connection, None, after.as_ref(), limit)?;
            let view = |line: StockLine| ((line.sku.clone(), line.warehouse.clone()), StockView::from(line));
            Ok(lines.into_iter().map(view).collect())
        },
    )
}
