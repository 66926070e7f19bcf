//! Stock for supplier staff.

use actix_web::{get, web};
use serde::{Deserialize, Serialize};

use super::StockLine;
use crate::catalogue;
use crate::error::Result;
use crate::http::{Limit, List, Page, Params};
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
