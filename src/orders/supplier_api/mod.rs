//! REST of orders for supplier staff.

pub mod shapes;

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use chrono::NaiveDate;
use serde::Deserialize;

use self::shapes::{ExportedOrderView, QueuedOrderView, SupplierOrderView};
use super::api::print_order;
use super::board::rules::Board;
use super::rules::State;
use super::{Filter, Keys, Listed, Releasing, Sort};
use crate::accounts;
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::db::seek::Scope;
use crate::db::seek::Walk;
use crate::error::{Code, Error, Result};
use crate::http::{
    Body, ExportOfAccount, Limit, Lines, List, OptionalBody, Page, Params, PathId, Pdf, Since, export, filled,
    versioned,
};
use crate::identity::caller::{self, MayReadDesk, MayRelease, MaySteer, Proven, Staff};
use crate::ids::OrderId;
use crate::orders::api::CancelOrder;
use crate::orders::sentences;
use crate::state::AppState;

/// Which orders to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQueue {
    /// Only orders of this view of the queue, by priority.
    #[param(inline)]
    view: Option<Board>,
    /// Only orders in this state.
    state: Option<State>,
    /// Only orders of the account with this code.
    account: Option<String>,
    /// Only orders with this purchase order number, without regard to case.
    po_number: Option<String>,
    /// Only orders in which this is found: their number, a part of their purchase order number, of the account's name or
    /// code.
    q: Option<String>,
    /// Only orders that go to a site with this code.
    site: Option<String>,
    /// Only orders placed on this day of the supplier or later.
    from: Option<NaiveDate>,
    /// Only orders placed on this day of the supplier or before.
    to: Option<NaiveDate>,
    /// `newest` if left out, `priority` with a view; by the wanted day only for one account.
    #[param(inline)]
    sort: Option<Sort>,
    /// Only what was added, changed or removed at this moment or later; `sort` has no effect then.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

impl ListQueue {
    fn into_parts(self, today: NaiveDate) -> Result<(Page, Filter, Sort)> {
        let sort = match (self.view, self.sort) {
            (None, sort) => sort.unwrap_or_default(),
            (Some(_), None | Some(Sort::Priority)) => Sort::Priority,
            (Some(_), Some(_)) => {
                let detail = sentences::view_by_priority();
                return Err(Error::invalid("/sort", Code::ValueInvalid, detail));
            }
        };
        if sort.is_by_wish() && self.account.is_none() {
            let detail = sentences::wanted_day_of_one_account();
            return Err(Error::invalid("/sort", Code::ValueInvalid, detail));
        }
        let filter = Filter {
            states: self.state.into_iter().collect(),
            text: filled(self.q),
            account: self.account,
            site: self.site,
            po_number: self.po_number,
            from: self.from,
            to: self.to,
            board: self.view.map(|view| (view, today)),
            ..Filter::default()
        };
        let page = Page::new(self.limit, self.cursor).since(self.updated_since);
        Ok((page, filter, sort))
    }
}

/// Orders of all accounts
#[utoipa::path(tag = "supplier", operation_id = "listSupplierOrders", params(ListQueue), responses((status = 200, body = List<QueuedOrderView>)))]
#[get("/supplier/orders")]
pub async fn list_orders(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListQueue>,
) -> Result<web::Json<List<QueuedOrderView>>> {
    let zone = state.db.read(accounts::supplier_zone).await?;
    let today = day_in(zone, now());
    let view = params.view;
    let (page, filter, sort) = params.into_parts(today)?;
    let asked = filter.clone();
    let read = move |connection: &mut Connection, walk: Walk<Keys>, fetch| match walk.among() {
        Some(ids) => super::list_among(connection, Scope::All, &asked, ids),
        None => super::list(connection, Scope::All, &asked, sort, walk.after(), fetch),
    };
    let list = (Followed::all("orders"), &(&filter, sort, view));
    let row = |listed| QueuedOrderView::new(listed, zone, today);
    let list = page.list(&state.db, list, read, (Listed::keys, Listed::id, row));
    Ok(web::Json(list.await?))
}

/// One order of any account
#[utoipa::path(tag = "supplier", operation_id = "getSupplierOrder", responses((status = 200, body = SupplierOrderView, headers(("ETag" = String, description = "Its version")))))]
#[get("/supplier/orders/{id}")]
pub async fn get_order(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<OrderId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut _| {
        let order = super::get_for_staff(connection, id)?;
        let version = order.version;
        Ok((SupplierOrderView::load(connection, order)?, version))
    };
    let (view, version) = state.db.read(read).await?;
    Ok(versioned(HttpResponse::Ok(), version, &view))
}

/// One order of any account on paper
///
/// The confirmation, in the account's language.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierOrderPdf", responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b"),
    (status = 409, description = "The supplier's own data are missing", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/supplier/orders/{id}/pdf")]
pub async fn get_order_pdf(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<OrderId>,
) -> Result<HttpResponse> {
    let owner = state
        .db
        .read(move |connection| super::account_of(connection, id))
        .await?;
    print_order(&state, owner, id).await
}

/// Nothing to say.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptOrder {}

/// Accept an order
///
/// The supplier takes a placed order on; it can be shipped from then on. An empty body will do.
#[utoipa::path(tag = "supplier", operation_id = "acceptOrder", security(("bearer" = ["orders.steer"])), request_body = Option<AcceptOrder>, responses(
    (status = 200, body = SupplierOrderView),
    (status = 409, description = "The order is not placed", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/orders/{id}/accept")]
pub async fn accept_order(
    state: web::Data<AppState>,
    staff: Staff<MaySteer>,
    PathId(id): PathId<OrderId>,
    OptionalBody(AcceptOrder {}): OptionalBody<AcceptOrder>,
) -> Result<web::Json<SupplierOrderView>> {
    let actor = staff.actor();
    let write = move |tx: &mut _| {
        let order = super::accept(tx, id, &actor, now())?;
        SupplierOrderView::load(tx, order)
    };
    Ok(web::Json(state.db.write(write).await?))
}

/// Why something is done; the account reads it.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// 1 to 1,000 characters.
    #[schema(min_length = 1, max_length = 1000)]
    reason: String,
}

/// Put an order on hold
///
/// What it reserved serves others; it keeps its queue time and counts as no exposure.
#[utoipa::path(tag = "supplier", operation_id = "holdOrder", security(("bearer" = ["orders.steer"])), request_body = Reason, responses(
    (status = 200, body = SupplierOrderView),
    (status = 409, description = "The order is neither placed nor accepted", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/orders/{id}/hold")]
pub async fn hold_order(
    state: web::Data<AppState>,
    staff: Staff<MaySteer>,
    PathId(id): PathId<OrderId>,
    Body(body): Body<Reason>,
) -> Result<web::Json<SupplierOrderView>> {
    let actor = staff.actor();
    let write = move |tx: &mut _| {
        let order = super::hold(tx, id, &body.reason, &actor, now())?;
        SupplierOrderView::load(tx, order)
    };
    Ok(web::Json(state.db.write(write).await?))
}

/// Release an order
///
/// Puts a held order back at its old place in the queue, without a new credit check. A credit hold is released by
/// finance, who prove for it who they are where their last proof is old; any other hold by those who may hold.
#[utoipa::path(tag = "supplier", operation_id = "releaseOrder", security(("bearer" = ["orders.release"])), request_body = Reason, responses(
    (status = 200, body = SupplierOrderView),
    (status = 409, description = "The order is not on hold", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/orders/{id}/release")]
pub async fn release_order(
    state: web::Data<AppState>,
    staff: Staff<MayRelease>,
    PathId(id): PathId<OrderId>,
    request: HttpRequest,
    Body(body): Body<Reason>,
) -> Result<web::Json<SupplierOrderView>> {
    let actor = staff.actor();
    let roles = staff.roles.clone();
    let is_fresh = caller::is_fresh(&request, staff.proof()).await?;
    let write = move |tx: &mut _| {
        let by = Releasing {
            reason: &body.reason,
            roles: &roles,
            is_fresh,
        };
        let order = super::release(tx, id, by, &actor, now())?;
        SupplierOrderView::load(tx, order)
    };
    Ok(web::Json(state.db.write(write).await?))
}

/// Cancel an order for the supplier
///
/// Until its first shipment. What it reserved serves the lines that wait. An empty body will do.
#[utoipa::path(tag = "supplier", operation_id = "cancelSupplierOrder", security(("bearer" = ["orders.steer"])), request_body = Option<CancelOrder>, responses(
    (status = 200, body = SupplierOrderView),
    (status = 409, description = "The order is too far on, or cancelled already", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/orders/{id}/cancel")]
pub async fn cancel_order(
    state: web::Data<AppState>,
    staff: Staff<MaySteer>,
    PathId(id): PathId<OrderId>,
    OptionalBody(body): OptionalBody<CancelOrder>,
) -> Result<web::Json<SupplierOrderView>> {
    let actor = staff.actor();
    let write = move |tx: &mut _| {
        let order = super::cancel_as_staff(tx, id, body.reason.as_deref(), &actor, now())?;
        SupplierOrderView::load(tx, order)
    };
    Ok(web::Json(state.db.write(write).await?))
}

/// Everything that was ordered
///
/// All orders of all accounts with their lines, the oldest first, an object a line. Behind every 20 stands a line `{"cursor":"…"}`:
/// whoever was cut off goes on there by `after`. The last line is `{"end":true,…}` with the number of orders.
#[utoipa::path(tag = "supplier", operation_id = "exportSupplierOrders", params(ExportOfAccount), responses(
    (status = 200, body = ExportedOrderView, content_type = "application/x-ndjson", description = "The orders"),
))]
#[get("/supplier/export/orders")]
pub async fn export_orders(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ExportOfAccount>,
) -> Result<HttpResponse> {
    let scope = accounts::scope_of(&state.db, params.account.clone()).await?;
    let read = move |connection: &mut Connection, walk, limit| {
        let orders = super::list_whole(connection, scope, walk, limit)?;
        let views = ExportedOrderView::of_all(connection, orders)?.into_iter();
        Ok(views.map(|(id, view)| (id, id, view)).collect())
    };
    let list = (
        Followed::in_scope("orders", scope),
        &("export-supplier-orders", scope.account_id()),
    );
    export(&state.db, list, &params.since(), Lines::Documents, read).await
}
