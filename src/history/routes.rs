//! Which handlers are served.

use actix_web::web;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{api, supplier_api, supplier_pages};

/// Its part of the API.
pub fn rest(config: &mut ServiceConfig<'_>) {
    config
        .service(api::list_events)
        .service(api::timeline::list_timeline)
        .service(supplier_api::timeline::list_timeline)
        .service(supplier_api::audit::list_entries)
        .service(supplier_api::messages::list_messages)
        .service(supplier_api::messages::resend_message);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(supplier_pages::audit::list)
        .service(supplier_pages::messages::list)
        .service(supplier_pages::messages::show)
        .service(supplier_pages::messages::resend);
}
