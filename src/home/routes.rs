//! Which handlers are served.

use actix_web::web;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{api, pages, supplier_api, supplier_pages};

/// Its part of the API.
pub fn rest(config: &mut ServiceConfig<'_>) {
    config.service(api::list_timeline).service(supplier_api::list_timeline);
}

/// Its pages.
pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::start::home)
        .service(pages::search::find)
        .service(supplier_pages::today)
        .service(supplier_pages::search::find);
}
