//! Which handlers are served.

use actix_web::web;
use utoipa_actix_web::service_config::ServiceConfig;

use super::erasing::{supplier_api, supplier_pages};

/// Its part of the API.
pub fn rest(config: &mut ServiceConfig<'_>) {
    config
        .service(supplier_api::list_erasures)
        .service(supplier_api::erase)
        .service(supplier_api::show);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(supplier_pages::list)
        .service(supplier_pages::ask)
        .service(supplier_pages::erase)
        .service(supplier_pages::show);
}
