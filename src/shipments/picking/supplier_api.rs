//! REST of pick lists for supplier staff.

use actix_web::{HttpResponse, get, web};
use serde::{Deserialize, Serialize};

use super::rules::{Filter, Pick, Sort};
use crate::accounts::windows;
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Limit, List, Page, Params, Pdf, filled};
use crate::identity::caller::{MayReadDesk, Staff};
use crate::languages::Language;
use crate::quantity::Quantity;
use crate::state::AppState;

/// What is to be picked of a line of an order.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PickView {
    /// Code of the warehouse.
    warehouse: String,
    /// Where it lies there.
    #[schema(required)]
    location: Option<String>,
    sku: String,
    #[schema(required)]
    customer_part_number: Option<String>,
    name: String,
    unit: String,
    /// In the ordered unit.
    quantity: String,
    base_unit: String,
    base_quantity: String,
    order_id: String,
    order_number: String,
    po_number: String,
    order_line_id: String,
    /// The order line's.
    position: i32,
    /// Code of the account.
    account: String,
    /// Code of the site it goes to.
    ship_to: String,
    /// When the account wants it.
    #[schema(required, value_type = Option<String>, format = Date)]
    requested_date: Option<chrono::NaiveDate>,
    /// When the site takes goods in.
    #[schema(required, example = "Mon-Fri 08:00-12:00")]
    delivery_windows: Option<String>,
}

fn view(pick: Pick, windows: Option<&Vec<windows::rules::Window>>) -> PickView {
    PickView {
        warehouse: pick.warehouse,
        location: pick.location,
        sku: pick.sku,
        customer_part_number: pick.customer_part_number,
        name: pick.name,
        unit: pick.unit,
        quantity: pick.quantity.ordered.to_string(),
        base_unit: pick.base_unit,
        base_quantity: Quantity::new(pick.quantity.base_steps, pick.base_decimals).to_string(),
        order_id: pick.keys.order_id.to_string(),
        order_number: pick.order_number.to_string(),
        po_number: pick.po_number,
        order_line_id: pick.keys.order_line_id.to_string(),
        position: pick.keys.position,
        account: pick.account.0,
        ship_to: pick.ship_to,
        requested_date: pick.requested_on,
        delivery_windows: windows.and_then(|windows| windows::text(windows, Language::En)),
    }
}

/// Which part of the pick list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListPicks {
    /// Only in the warehouse with this code.
    warehouse: Option<String>,
    /// Only for the account with this code.
    account: Option<String>,
    /// `order` if left out.
    #[param(inline)]
    sort: Option<Sort>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// What is to be picked
///
/// What is reserved for accepted orders and is not being packed: order by order as the queue serves them, or by location.
#[utoipa::path(tag = "supplier", operation_id = "listPicks", params(ListPicks), responses((status = 200, body = List<PickView>)))]
#[get("/supplier/pick-list")]
pub async fn list_picks(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListPicks>,
) -> Result<web::Json<List<PickView>>> {
    let filter = Filter {
        warehouse: filled(params.warehouse),
        account: filled(params.account),
        sort: params.sort.unwrap_or_default(),
    };
    let page = Page::new(params.limit, params.cursor);
    let (after, asked, fetch) = (page.after(&filter)?, filter.clone(), page.fetch());
    let read = move |connection: &mut Connection| super::list_with_windows(connection, &asked, after.clone(), fetch);
    let (picks, windows) = state.db.read(read).await?;
    let keys = |pick: &Pick| pick.keys.clone();
    let shown = |pick: Pick| {
        let windows = windows.get(&pick.site_id);
        view(pick, windows)
    };
    Ok(web::Json(List::of(&page, &filter, picks, keys, shown)?))
}

/// Which pick list to print.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PrintPicks {
    /// Code of the warehouse.
    warehouse: String,
    /// Only for the account with this code.
    account: Option<String>,
    /// `order` if left out.
    #[param(inline)]
    sort: Option<Sort>,
}

/// The pick list of a warehouse
///
/// In English, 1,000 lines at most.
#[utoipa::path(tag = "supplier", operation_id = "getPickListPdf", params(PrintPicks), responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b"),
    (status = 409, description = "Nothing is to be picked there", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/supplier/pick-list/pdf")]
pub async fn print_picks(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<PrintPicks>,
) -> Result<HttpResponse> {
    let filter = Filter {
        warehouse: filled(Some(params.warehouse)),
        account: filled(params.account),
        sort: params.sort.unwrap_or_default(),
    };
    let read = move |connection: &mut Connection| super::paper(connection, &filter, Language::En, now());
    Ok(state.print(read).await?.into())
}
