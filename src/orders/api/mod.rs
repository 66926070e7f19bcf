//! REST of orders for accounts and partners.

pub mod lines;
mod rows;
pub mod shapes;

use actix_web::{HttpResponse, get, post, web};
use chrono::NaiveDate;
use serde::Deserialize;

use self::shapes::{OrderHeadView, OrderView, PlaceOrder};
use super::rules::State;
use super::rules::listing::View;
use super::{Filter, Keys, Listed, Orderer, Placed, Sort, documents};
use crate::audit::Who;
use crate::clock::now;
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::db::seek::Scope;
use crate::db::seek::Walk;
use crate::error::{Code, Error, Result};
use crate::http::{
    Body, ExportSince, IdempotencyKey, JsonText, Limit, Lines, List, OptionalBody, Page, Params, PathId, Pdf, Since,
    created_text, export, filled,
};
use crate::identity::caller::{Customer, CustomerRight, MayOrder, MayRead};
use crate::identity::idempotency;
use crate::ids::{AccountId, OrderId};
use crate::orders::rules::PlacedBy;
use crate::orders::sentences;
use crate::state::AppState;

fn orderer<R: CustomerRight>(customer: &Customer<R>) -> Orderer {
    Orderer {
        account_id: customer.account_id,
        by: Some(match customer.who() {
            Who::Client(id) => PlacedBy::Client(id),
            Who::Person(_) | Who::Program(_) => PlacedBy::Person(customer.person_id),
        }),
    }
}

/// Preview an order
///
/// What placing would come to: prices, tax, credit, dates and shortages. Refuses what placing would refuse and changes
/// nothing; `id`, `number`, `placed_at` and `placed_by` are null. `order_class` is the class the order would get, `entitlement`
/// what is left of the one that was asked for. A line of which something would wait has `substitutes`: what could be taken
/// instead; a refusal of what has ended or is sold out names them in `params`. `load` is what the goods weigh and how many pallets
/// they take up.
#[utoipa::path(tag = "orders", operation_id = "previewOrder", security(("bearer" = ["account.order"])), request_body = PlaceOrder, responses(
    (status = 200, body = OrderView),
    (status = 409, description = "The purchase order number is used", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/orders/preview")]
pub async fn preview_order(
    state: web::Data<AppState>,
    customer: Customer<MayOrder>,
    Body(body): Body<PlaceOrder>,
) -> Result<JsonText> {
    let (orderer, request) = (orderer(&customer), body.into_request()?);
    let lines = request.lines.len();
    let preview = state
        .db
        .read(move |connection| super::preview(connection, &orderer, &request, now()))
        .await?;
    let view = move || Ok(OrderView::preview(preview));
    state.long_bodies.write(lines, view).await
}

/// Place an order
///
/// Above the credit limit it is placed on hold. Where you may not use the class, or used it up this month, it is refused, or placed
/// as `standard`, as `if_not_entitled` says. The same request with the same `Idempotency-Key` has one
/// effect; its repetition answers the order as it stands then, with `Idempotency-Replayed: true`.
#[utoipa::path(tag = "orders", operation_id = "placeOrder", security(("bearer" = ["account.order"])), request_body = PlaceOrder,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new order")),
    responses(
        (status = 201, body = OrderView, headers(("Location" = String, description = "Path of the order"))),
        (status = 409, description = "The purchase order number is used, or a twin of the request still runs", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/orders")]
pub async fn place_order(
    state: web::Data<AppState>,
    customer: Customer<MayOrder>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<PlaceOrder>,
) -> Result<HttpResponse> {
    let key = idempotency::Request::new(customer.person_id, "POST /api/v1/orders", key, &body)?;
    let (orderer, actor, request) = (orderer(&customer), customer.actor(), body.into_request()?);
    let Placed { order, replayed } = state
        .db
        .write(move |tx| super::place(tx, &orderer, &actor, Some(&key), &request, now()))
        .await?;
    let path = format!("/api/v1/orders/{}", order.id);
    let view = state
        .long_bodies
        .write_stored(order.lines.len(), || Ok(OrderView::from(order)));
    Ok(created_text(path, replayed, view.await?))
}

/// Which orders to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListOrders {
    /// Only orders in a state of this view; `all` if left out.
    #[param(inline)]
    view: Option<View>,
    /// Only orders in this state.
    state: Option<State>,
    /// Only orders with this purchase order number, without regard to case.
    po_number: Option<String>,
    /// Only orders in which this is found: their number, or a part of their purchase order number.
    q: Option<String>,
    /// Only orders that go to the site with this code.
    site: Option<String>,
    /// Only orders placed on this day of the supplier or later.
    from: Option<NaiveDate>,
    /// Only orders placed on this day of the supplier or before.
    to: Option<NaiveDate>,
    /// `newest` if left out.
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

impl ListOrders {
    fn into_parts(self) -> Result<(Page, Filter, Sort)> {
        let states = match (self.view.unwrap_or(View::All).states(), self.state) {
            (states, None) => states.to_vec(),
            (states, Some(state)) if states.contains(&state) => vec![state],
            (states, Some(_)) => {
                let detail = sentences::view_has_only(states.iter().map(|state| state.name()));
                return Err(Error::invalid("/state", Code::ValueInvalid, detail));
            }
        };
        let filter = Filter {
            text: filled(self.q),
            site: self.site,
            po_number: self.po_number,
            from: self.from,
            to: self.to,
            ..Filter::of_states(&states)
        };
        Ok((
            Page::new(self.limit, self.cursor).since(self.updated_since),
            filter,
            self.sort.unwrap_or_default(),
        ))
    }
}

/// My orders
///
/// Without their lines.
#[utoipa::path(tag = "orders", operation_id = "listOrders", params(ListOrders), responses((status = 200, body = List<OrderHeadView>)))]
#[get("/orders")]
pub async fn list_orders(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ListOrders>,
) -> Result<web::Json<List<OrderHeadView>>> {
    let (page, filter, sort) = params.into_parts()?;
    let (scope, asked) = (Scope::Account(customer.account_id), filter.clone());
    let read = move |connection: &mut Connection, walk: Walk<Keys>, fetch| match walk.among() {
        Some(ids) => super::list_among(connection, scope, &asked, ids),
        None => super::list(connection, scope, &asked, sort, walk.after(), fetch),
    };
    let list = (Followed::in_scope("orders", scope), &(&filter, sort));
    let view = |listed: Listed| listed.order.into();
    let list = page.list(&state.db, list, read, (Listed::keys, Listed::id, view));
    Ok(web::Json(list.await?))
}

/// One order
#[utoipa::path(tag = "orders", operation_id = "getOrder", responses((status = 200, body = OrderView, headers(("ETag" = String, description = "Its version")))))]
#[get("/orders/{id}")]
pub async fn get_order(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<OrderId>,
) -> Result<HttpResponse> {
    let account_id = customer.account_id;
    let read = move |connection: &mut _| {
        let order = super::get(connection, account_id, id)?;
        let passed_over = super::passed_over(connection, &order)?;
        Ok((order, passed_over))
    };
    let (order, passed_over) = state.db.read(read).await?;
    let (lines, version) = (order.lines.len(), order.version);
    let view = move || Ok(OrderView::with_allocation(order, &passed_over));
    Ok(state.long_bodies.write(lines, view).await?.versioned(version))
}

/// Prints the confirmation of an order of the account.
pub(super) async fn print_order(state: &AppState, account_id: AccountId, id: OrderId) -> Result<HttpResponse> {
    let read = move |connection: &mut _| documents::confirmation(connection, account_id, id);
    Ok(state.print(read).await?.into())
}

/// One order on paper
///
/// The confirmation, in the account's language; while the order is not accepted yet, or was called off, it says so.
#[utoipa::path(tag = "orders", operation_id = "getOrderPdf", responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b"),
    (status = 409, description = "The supplier's own data are missing", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/orders/{id}/pdf")]
pub async fn get_order_pdf(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<OrderId>,
) -> Result<HttpResponse> {
    print_order(&state, customer.account_id, id).await
}

/// Why the order is called off.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelOrder {
    /// 1,000 characters at most.
    pub(super) reason: Option<String>,
}

/// Cancel an order
///
/// While it is pending, on hold or placed. What it reserved serves the lines that wait. An empty body will do.
#[utoipa::path(tag = "orders", operation_id = "cancelOrder", security(("bearer" = ["account.order"])), request_body = Option<CancelOrder>, responses(
    (status = 200, body = OrderView),
    (status = 409, description = "The order is too far on, or cancelled already", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/orders/{id}/cancel")]
pub async fn cancel_order(
    state: web::Data<AppState>,
    customer: Customer<MayOrder>,
    PathId(id): PathId<OrderId>,
    OptionalBody(body): OptionalBody<CancelOrder>,
) -> Result<web::Json<OrderView>> {
    let (account_id, actor) = (customer.account_id, customer.actor());
    let order = state
        .db
        .write(move |tx| super::cancel(tx, account_id, id, body.reason.as_deref(), &actor, now()))
        .await?;
    Ok(web::Json(OrderView::from(order)))
}

/// Everything I ordered
///
/// All orders with their lines, the oldest first, an object a line. Behind every 20 stands a line `{"cursor":"…"}`: whoever was cut
/// off goes on there by `after`. The last line is `{"end":true,…}` with the number of orders.
#[utoipa::path(tag = "orders", operation_id = "exportOrders", params(ExportSince), responses(
    (status = 200, body = OrderView, content_type = "application/x-ndjson", description = "The orders"),
))]
#[get("/export/orders")]
pub async fn export_orders(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ExportSince>,
) -> Result<HttpResponse> {
    let scope = Scope::Account(customer.account_id);
    let read = move |connection: &mut _, walk, limit| {
        let orders = super::list_whole(connection, scope, walk, limit)?.into_iter();
        Ok(orders
            .map(|order| (order.id, order.id, OrderView::from(order)))
            .collect())
    };
    let list = (Followed::in_scope("orders", scope), "export-orders");
    export(&state.db, list, &params, Lines::Documents, read).await
}
