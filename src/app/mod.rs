//! The whole route table.

mod api_document;
mod bounds;
mod callers;
mod codes;
mod ending;
mod examples;
mod forms;
mod sandboxes;
mod tags;
#[cfg(test)]
mod tests;
mod webhooks_document;

use std::net::SocketAddr;

use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, Condition, Next, from_fn};
use actix_web::web::{self, Data};
use actix_web::{App, HttpServer};
use utoipa::openapi::OpenApi;
use utoipa::openapi::extensions::Extensions;
use utoipa_swagger_ui::SwaggerUi;

use self::api_document::{openapi_json, unknown};
use self::sandboxes::Accesses;
use crate::error::{Error, Result};
use crate::health;
use crate::http::{self, Routes, metrics, openapi};
use crate::identity::caller::{Access, recording};
use crate::identity::passwords::Queue;
use crate::state::AppState;
use crate::web::answering;
use crate::{
    accounts, bank, browsing, bulk, calendars, catalogue, claims, contracts, drafts, history, home, identity, imports,
    inventory, invoices, operations, orders, pricing, punchout, rebate_agreements, reminders, sandbox, shipments,
    substitutes, tracking, views, web as page, webhooks,
};

/// Requests that still run when the process is asked to end have this long.
const SHUTDOWN_TIMEOUT_S: u64 = 25;
const KEEP_ALIVE: std::time::Duration = std::time::Duration::from_secs(75);

pub use self::api_document::document_json;

/// What is served under `/api/v1`.
const VERSION: &str = "/api/v1";

/// The operations of the version.
fn rest(routes: &mut Routes<'_>) {
    routes
        .configure(identity::routes::rest)
        .configure(accounts::routes::rest)
        .configure(catalogue::routes::rest)
        .configure(contracts::routes::rest)
        .configure(browsing::routes::rest)
        .configure(pricing::routes::rest)
        .configure(inventory::routes::rest)
        .configure(substitutes::routes::rest)
        .configure(rebate_agreements::routes::rest)
        .configure(orders::routes::rest)
        .configure(shipments::routes::rest)
        .configure(invoices::routes::rest)
        .configure(bank::routes::rest)
        .configure(claims::routes::rest)
        .configure(reminders::routes::rest)
        .configure(tracking::routes::rest)
        .configure(imports::routes::rest)
        .configure(bulk::routes::rest)
        .configure(webhooks::routes::rest)
        .configure(punchout::routes::rest)
        .configure(sandbox::routes::rest)
        .configure(operations::routes::rest)
        .configure(history::routes::rest);
}

/// The route table: what is served under `/api/v1`, and to programs for their tokens, is exactly what the API document holds.
fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::scope(VERSION)
            .wrap(from_fn(http::conditional))
            .wrap(from_fn(once_ready))
            .wrap(from_fn(ending::tell))
            .configure(|config| rest(&mut Routes::served(config))),
    );
    identity::routes::oauth(&mut Routes::served(config));
}

/// The pages: what browsers show. They stay out of the API document.
fn pages(config: &mut web::ServiceConfig) {
    config
        .configure(identity::routes::pages)
        .configure(views::routes::pages)
        .configure(accounts::routes::pages)
        .configure(catalogue::routes::pages)
        .configure(contracts::routes::pages)
        .configure(pricing::routes::pages)
        .configure(substitutes::routes::pages)
        .configure(rebate_agreements::routes::pages)
        .configure(orders::routes::pages)
        .configure(drafts::routes::pages)
        .configure(browsing::routes::pages)
        .configure(shipments::routes::pages)
        .configure(invoices::routes::pages)
        .configure(bank::routes::pages)
        .configure(claims::routes::pages)
        .configure(reminders::routes::pages)
        .configure(calendars::routes::pages)
        .configure(tracking::routes::pages)
        .configure(home::routes::pages)
        .configure(imports::routes::pages)
        .configure(bulk::routes::pages)
        .configure(webhooks::routes::pages)
        .configure(punchout::routes::pages)
        .configure(sandbox::routes::pages)
        .configure(operations::routes::pages)
        .configure(history::routes::pages)
        .configure(page::routes::pages);
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
    let access = access(&state);
    build_measured(state, access, Data::default(), false)
}

/// What it takes to know who calls.
fn access(state: &AppState) -> Data<Access> {
    let passwords = Queue::new(state.cpu.clone()).refusing(state.breached.clone());
    let surroundings = Box::new(home::pages::around::Around::new(&state.db));
    Data::new(Access::new(&state.db, passwords, state.sign_in, surroundings))
}

fn build_measured(
    state: Data<AppState>,
    access: Data<Access>,
    accesses: Data<Accesses>,
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
        .configure(routes)
        .app_data(Data::new(state.origins.clone()))
        .app_data(http::Https(state.is_https))
        .app_data(http::SubdomainsToo(state.hsts_subdomains))
        .app_data(http::OwnOrigin::of(state.public_url.as_ref()))
        .app_data(state.long_bodies.clone())
        .app_data(state)
        .app_data(access)
        .app_data(accesses)
        .configure(pages)
        .service(health::livez)
        .service(health::readyz)
        .service(openapi_json)
        .service(web::redirect("/api/docs", "/api/docs/"))
        .service(SwaggerUi::new("/api/docs/{_:.*}").config(browser))
        .default_service(web::to(unknown))
        .wrap(from_fn(recording::record))
        .wrap(from_fn(answering::answer))
        .wrap(from_fn(sandboxes::watch))
        .wrap(from_fn(http::by_proxy_alone))
        .wrap(from_fn(http::answer))
        .wrap(Compress::default())
        .wrap(from_fn(sandboxes::enter))
        .wrap(from_fn(health::let_go))
        .wrap(Condition::new(measured, from_fn(metrics::measure)))
}

/// Serves `state` at `listen`; the address has the port that was taken. `measured`: count and time requests.
pub fn server(state: Data<AppState>, listen: SocketAddr, measured: bool) -> Result<(Server, SocketAddr)> {
    let cannot = |error: std::io::Error| Error::Unavailable(format!("{listen} can't be listened at: {error}"));
    let access = access(&state);
    let accesses = Data::<Accesses>::default();
    let server = HttpServer::new(move || build_measured(state.clone(), access.clone(), accesses.clone(), measured))
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
    let mut api = http::documented([(VERSION, rest), ("", identity::routes::oauth)]);
    openapi::complete(&mut api);
    callers::describe(&mut api);
    api.webhooks = Some(webhooks_document::webhooks());
    let documented = Extensions::from_iter([("x-events", crate::events::documented())]);
    api.extensions.get_or_insert_default().merge(documented);
    codes::describe(&mut api);
    ending::describe(&mut api, ending::ENDING);
    examples::describe(&mut api);
    tags::describe(&mut api);
    bounds::complete(&mut api);
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
