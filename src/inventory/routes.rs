//! Which handlers are served.

use actix_web::web;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{supplier_api, supplier_pages};

/// Its part of the API.
pub fn rest(config: &mut ServiceConfig<'_>) {
    config.service(supplier_api::list_stock);
}

/// Its pages.
pub fn pages(config: &mut web::ServiceConfig) {
    config.service(supplier_pages::list).service(supplier_pages::show);
}
