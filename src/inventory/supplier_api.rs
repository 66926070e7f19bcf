//! Stock for supplier staff.

use actix_web::{HttpResponse, get, web};
use serde::{Deserialize, Serialize};

use super::StockLine;
use crate::catalogue;
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::error::Result;
use crate::http::{ExportSince, Limit, Lines, List, Page, Params, Since, export};
use crate::identity::caller::{MayReadDesk, Staff};
use crate::state::AppState;

/// Which stock to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListStock {
    /// Only of the product with this number.
    sku: Option<String>,
    /// Only what was added, changed or removed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
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
    /// Where in the warehouse it lies.
    #[schema(required)]
    location: Option<String>,
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
            location: line.location,
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
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let sku = params.sku.clone();
    let read = move |connection: &mut Connection, walk, fetch| {
        let sku = sku.as_ref().map(|sku| catalogue::meant_sku(connection, sku));
        super::list_stock(connection, sku.transpose()?.as_deref(), &walk, fetch)
    };
    let list = (Followed::all("stock"), &params.sku);
    let list = page.list(
        &state.db,
        list,
        read,
        (keys, |line: &StockLine| line.id, StockView::from),
    );
    Ok(web::Json(list.await?))
}

/// All stock
///
/// By SKU and warehouse, an object a line. Behind every 500 stands a line `{"cursor":"…"}`: whoever was cut off goes on there by
/// `after`. The last line is `{"end":true,…}` with their number.
#[utoipa::path(tag = "supplier", operation_id = "exportSupplierStock", params(ExportSince), responses(
    (status = 200, body = StockView, content_type = "application/x-ndjson", description = "The stock"),
))]
#[get("/supplier/export/stock")]
pub async fn export_stock(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ExportSince>,
) -> Result<HttpResponse> {
    let read = |connection: &mut _, walk, limit| {
        let lines = super::list_stock(connection, None, &walk, limit)?;
        let view = |line: StockLine| (keys(&line), line.id, StockView::from(line));
        Ok(lines.into_iter().map(view).collect())
    };
    let list = (Followed::all("stock"), "export-supplier-stock");
    export(&state.db, list, &params, Lines::Rows, read).await
}

/// Where it stands in lists.
fn keys(line: &StockLine) -> (String, String) {
    (line.sku.clone(), line.warehouse.clone())
}
