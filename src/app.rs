//! The whole route table.

mod api_document;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;

use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, Condition, Next, from_fn};
use actix_web::web::{self, Data};
use actix_web::{App, HttpServer};
use utoipa::openapi::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_actix_web::{AppExt, scope};
use utoipa_swagger_ui::SwaggerUi;

use self::api_document::{openapi_json, unknown};
use crate::error::{Error, Result};
use crate::health;
use crate::http::{self, metrics, openapi};
use crate::state::AppState;
use crate::web::answering;
use crate::{
    accounts, audit, catalogue, drafts, events, home, identity, imports, inventory, invoices, mail, orders, pricing,
    shipments, web as page,
};

/// Requests that still run when the process is asked to end have this long.
const SHUTDOWN_TIMEOUT_S: u64 = 25;
const KEEP_ALIVE: std::time::Duration = std::time::Duration::from_secs(75);

pub use self::api_document::document_json;

/// The route table: what is served under `/api/v1` is exactly what the API document holds.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(
        scope::scope("/api/v1")
            .wrap(from_fn(once_ready))
            .service(identity::api::login)
            .service(identity::api::refresh)
            .service(identity::api::logout)
            .service(identity::api::passwords::forgot_password)
            .service(identity::api::passwords::reset_password)
            .service(accounts::api::show_me)
            .service(accounts::api::change_me)
            .service(identity::api::passwords::change_password)
            .service(identity::api::own_sessions::list_sessions)
            .service(identity::api::own_sessions::end_session)
            .service(accounts::api::show_account)
            .service(accounts::api::list_sites)
            .service(accounts::api::team::show_team)
            .service(accounts::api::members::list_members)
            .service(accounts::api::members::get_member)
            .service(accounts::api::members::change_member)
            .service(accounts::api::members::remove_member)
            .service(accounts::api::notifications::show_notifications)
            .service(accounts::api::notifications::choose_notifications)
            .service(accounts::api::notifications::unsubscribe)
            .service(accounts::api::notifications::follow_unsubscribe)
            .service(accounts::api::invitations::invite)
            .service(accounts::api::invitations::list_invitations)
            .service(accounts::api::invitations::look_up_invitation)
            .service(accounts::api::invitations::accept_invitation)
            .service(accounts::api::invitations::withdraw_invitation)
            .service(catalogue::api::list_products)
            .service(catalogue::api::get_product)
            .service(pricing::api::quote)
            .service(orders::api::preview_order)
            .service(orders::api::place_order)
            .service(orders::api::list_orders)
            .service(orders::api::get_order)
            .service(orders::api::get_order_pdf)
            .service(orders::api::cancel_order)
            .service(events::api::list_events)
            .service(inventory::supplier_api::list_stock)
            .service(orders::supplier_api::list_orders)
            .service(orders::supplier_api::get_order)
            .service(orders::supplier_api::get_order_pdf)
            .service(orders::supplier_api::accept_order)
            .service(orders::supplier_api::hold_order)
            .service(orders::supplier_api::release_order)
            .service(orders::supplier_api::cancel_order)
            .service(orders::supplier_api::list_order_decisions)
            .service(orders::supplier_api::list_decisions)
            .service(orders::supplier_api::book_receipt)
            .service(shipments::api::list_shipments)
            .service(shipments::api::get_shipment)
            .service(shipments::api::get_shipment_pdf)
            .service(shipments::supplier_api::create_shipment)
            .service(shipments::supplier_api::list_shipments)
            .service(shipments::supplier_api::get_shipment)
            .service(shipments::supplier_api::get_shipment_pdf)
            .service(shipments::supplier_api::deliver_shipment)
            .service(invoices::api::list_invoices)
            .service(invoices::api::get_invoice)
            .service(invoices::api::get_invoice_pdf)
            .service(invoices::api::show_statement)
            .service(invoices::supplier_api::issue_invoice)
            .service(invoices::supplier_api::list_invoices)
            .service(invoices::supplier_api::get_invoice)
            .service(invoices::supplier_api::get_invoice_pdf)
            .service(invoices::supplier_api::show_statement)
            .service(invoices::supplier_api::book_payment)
            .service(invoices::supplier_api::list_payments)
            .service(invoices::supplier_api::get_payment)
            .service(invoices::supplier_api::apply_payment)
            .service(invoices::supplier_api::reverse_payment)
            .service(home::api::list_timeline)
            .service(home::supplier_api::list_timeline)
            .service(mail::supplier_api::list_messages)
            .service(mail::supplier_api::resend_message)
            .configure(catalogue::supplier_api::routes)
            .configure(pricing::supplier_api::routes)
            .service(accounts::supplier_api::list_accounts)
            .service(accounts::supplier_api::show_account)
            .service(accounts::supplier_api::terms::open_account)
            .service(accounts::supplier_api::terms::change_account)
            .service(accounts::supplier_api::terms::close_account)
            .service(accounts::supplier_api::sites::list_sites)
            .service(accounts::supplier_api::sites::add_site)
            .service(accounts::supplier_api::sites::change_site)
            .service(accounts::supplier_api::people::list_members)
            .service(accounts::supplier_api::people::change_member)
            .service(accounts::supplier_api::people::remove_member)
            .service(accounts::supplier_api::people::list_invitations)
            .service(accounts::supplier_api::people::invite)
            .service(accounts::supplier_api::people::withdraw_invitation)
            .service(accounts::supplier_api::team::show_team)
            .service(accounts::supplier_api::team::replace_team)
            .service(audit::supplier_api::list_entries)
            .service(imports::supplier_api::create)
            .service(imports::supplier_api::list)
            .service(imports::supplier_api::get_import)
            .service(imports::supplier_api::list_bad_rows)
            .service(imports::supplier_api::apply)
            .service(accounts::supplier_api::show_notifications)
            .service(accounts::supplier_api::choose_notifications),
    );
}

/// The pages: what browsers show. They stay out of the API document.
fn pages(config: &mut web::ServiceConfig) {
    config
        .service(page::assets::serve)
        .service(page::assets::robots)
        .service(page::assets::favicon)
        .service(identity::pages::show)
        .service(identity::pages::sign_in)
        .service(identity::pages::interrupted::interrupted)
        .service(identity::pages::sign_out)
        .service(identity::pages::passwords::forgot)
        .service(identity::pages::passwords::ask)
        .service(identity::pages::passwords::sent)
        .service(identity::pages::passwords::show_reset)
        .service(identity::pages::passwords::reset)
        .service(identity::pages::passwords::show_change)
        .service(identity::pages::passwords::change)
        .service(identity::pages::profile::show)
        .service(identity::pages::profile::change)
        .service(identity::pages::own_sessions::list)
        .service(identity::pages::own_sessions::end)
        .service(identity::pages::own_sessions::end_others)
        .service(accounts::pages::invitations::show)
        .service(accounts::pages::invitations::accept)
        .service(accounts::pages::team::show)
        .service(accounts::pages::account::show)
        .service(accounts::pages::account::sites)
        .service(accounts::pages::acted::list)
        .service(accounts::pages::members::list)
        .service(accounts::pages::inviting::show_list)
        .service(accounts::pages::inviting::invite)
        .service(accounts::pages::inviting::resend)
        .service(accounts::pages::inviting::withdraw)
        .service(accounts::pages::member::show)
        .service(accounts::pages::member::change)
        .service(accounts::pages::member::confirm_remove)
        .service(accounts::pages::member::remove)
        .service(accounts::pages::notifications::show)
        .service(accounts::pages::notifications::choose)
        .service(accounts::pages::notifications::follow_unsubscribe)
        .service(accounts::pages::notifications::unsubscribe)
        .service(home::pages::start::home)
        .service(home::pages::search::find)
        .service(catalogue::pages::list::list)
        .service(catalogue::pages::product::show)
        .configure(drafts::pages::routes)
        .service(orders::pages::list::list)
        .service(orders::pages::export::export)
        .service(orders::pages::export::export_lines)
        .service(orders::pages::detail::show)
        .service(orders::pages::changing::confirm_cancel)
        .service(orders::pages::changing::cancel)
        .service(orders::pages::changing::reorder)
        .service(shipments::pages::list::list)
        .service(shipments::pages::detail::show)
        .service(shipments::pages::detail::print)
        .service(invoices::pages::list::list)
        .service(invoices::pages::list::export)
        .service(invoices::pages::statement::show)
        .service(invoices::pages::statement::export)
        .service(invoices::pages::detail::show)
        .service(invoices::pages::detail::print)
        .service(home::supplier_pages::today)
        .service(accounts::supplier_pages::list::list)
        .service(accounts::supplier_pages::terms::new)
        .service(accounts::supplier_pages::terms::open)
        .service(accounts::supplier_pages::overview::overview)
        .service(accounts::supplier_pages::people::list)
        .service(accounts::supplier_pages::people::invite)
        .service(accounts::supplier_pages::people::withdraw)
        .service(accounts::supplier_pages::people::edit)
        .service(accounts::supplier_pages::people::change)
        .service(accounts::supplier_pages::people::end)
        .service(accounts::supplier_pages::sites::list)
        .service(accounts::supplier_pages::sites::add)
        .service(accounts::supplier_pages::sites::edit)
        .service(accounts::supplier_pages::sites::change)
        .service(accounts::supplier_pages::team::list)
        .service(accounts::supplier_pages::team::add)
        .service(accounts::supplier_pages::team::edit)
        .service(accounts::supplier_pages::team::change)
        .service(accounts::supplier_pages::terms::show)
        .service(accounts::supplier_pages::terms::change)
        .service(accounts::supplier_pages::terms::confirm_close)
        .service(accounts::supplier_pages::terms::close)
        .service(orders::supplier_pages::queue::show)
        .service(orders::supplier_pages::steering::steer_many)
        .service(orders::supplier_pages::list::show)
        .service(orders::supplier_pages::order::show)
        .service(orders::supplier_pages::order::print)
        .service(orders::supplier_pages::steering::accept)
        .service(orders::supplier_pages::steering::hold)
        .service(orders::supplier_pages::steering::release)
        .service(orders::supplier_pages::steering::confirm_cancel)
        .service(orders::supplier_pages::steering::cancel)
        .service(shipments::supplier_pages::ship::show)
        .service(shipments::supplier_pages::ship::take)
        .service(shipments::supplier_pages::list::show)
        .service(shipments::supplier_pages::shipment::show)
        .service(shipments::supplier_pages::shipment::deliver)
        .service(shipments::supplier_pages::shipment::print)
        .service(invoices::supplier_pages::issuing::issue)
        .service(invoices::supplier_pages::issuing::issue_many)
        .service(invoices::supplier_pages::list::show)
        .service(invoices::supplier_pages::invoice::show)
        .service(invoices::supplier_pages::invoice::print)
        .service(invoices::supplier_pages::payments::list)
        .service(invoices::supplier_pages::statement::show)
        .service(invoices::supplier_pages::statement::export)
        .service(invoices::supplier_pages::booking::show)
        .service(invoices::supplier_pages::booking::book)
        .service(invoices::supplier_pages::payments::show)
        .service(invoices::supplier_pages::payments::apply)
        .service(invoices::supplier_pages::payments::confirm_reverse)
        .service(invoices::supplier_pages::payments::reverse)
        .service(inventory::supplier_pages::list)
        .service(inventory::supplier_pages::show)
        .service(orders::supplier_pages::receipts::list)
        .service(orders::supplier_pages::receipts::show_new)
        .service(orders::supplier_pages::receipts::book)
        .service(orders::supplier_pages::receipts::show)
        .service(mail::supplier_pages::list)
        .service(mail::supplier_pages::show)
        .service(mail::supplier_pages::resend)
        .service(home::supplier_pages::search::find)
        .service(accounts::supplier_pages::acting::ask)
        .service(accounts::supplier_pages::acting::start)
        .service(accounts::supplier_pages::acting::stop)
        .service(audit::supplier_pages::list)
        .service(imports::supplier_pages::list)
        .service(imports::supplier_pages::create)
        .service(imports::supplier_pages::download)
        .service(imports::supplier_pages::apply)
        .service(imports::supplier_pages::show)
        .configure(catalogue::supplier_pages::routes)
        .configure(pricing::supplier_pages::routes)
        .service(page::supplier_pages::gallery);
}

/// The whole application over `state`.
pub fn build(
    state: Data<AppState>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    build_measured(state, false)
}

fn build_measured(
    state: Data<AppState>,
    measured: bool,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    let browser = utoipa_swagger_ui::Config::from("/api/openapi.json")
        .use_base_layout()
        .validator_url("none");
    App::new()
        .into_utoipa_app()
        .configure(routes)
        .into_app()
        .app_data(state)
        .configure(pages)
        .service(health::livez)
        .service(health::readyz)
        .service(openapi_json)
        .service(web::redirect("/api/docs", "/api/docs/"))
        .service(SwaggerUi::new("/api/docs/{_:.*}").config(browser))
        .default_service(web::to(unknown))
        .wrap(from_fn(answering::answer))
        .wrap(from_fn(http::answer))
        .wrap(Compress::default())
        .wrap(Condition::new(measured, from_fn(metrics::measure)))
}

/// Serves `state` at `listen`; the address tells the port that was taken. `measured`: count and time requests.
pub fn server(state: Data<AppState>, listen: SocketAddr, measured: bool) -> Result<(Server, SocketAddr)> {
    let cannot = |error: std::io::Error| Error::Unavailable(format!("{listen} can't be listened at: {error}"));
    let server = HttpServer::new(move || build_measured(state.clone(), measured))
        .keep_alive(KEEP_ALIVE)
        // An answer goes out in several writes; else the last would wait for the acknowledgement of those before, 40 ms.
        .tcp_nodelay(true)
        .shutdown_timeout(SHUTDOWN_TIMEOUT_S)
        .disable_signals()
        .bind(listen)
        .map_err(cannot)?;
    let address = server.addrs().first().copied().unwrap_or(listen);
    Ok((server.run(), address))
}

/// The API document of the route table.
pub fn document() -> OpenApi {
    let (_, mut api) = App::new().into_utoipa_app().configure(routes).split_for_parts();
    openapi::complete(&mut api);
    api
}

/// With an old schema nothing can be answered.
async fn once_ready<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let is_ready = request
        .app_data::<Data<AppState>>()
        .is_some_and(|state| state.readiness.is_ready());
    if is_ready {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let error = Error::Unavailable("the schema is not current".to_owned());
    Ok(request.error_response(error).map_into_right_body())
}
