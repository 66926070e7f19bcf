//! Which handlers are served.

use actix_web::web;

use super::{api, pages, supplier_api, supplier_pages};
use crate::http::Routes;

/// Its part of the API.
pub fn rest(config: &mut Routes<'_>) {
    config
        .service(api::list_endpoints)
        .service(api::add_endpoint)
        .service(api::get_endpoint)
        .service(api::change_endpoint)
        .service(api::remove_endpoint)
        .service(api::rotate_secret)
        .service(api::retire_secret)
        .service(api::enable_endpoint)
        .service(api::disable_endpoint)
        .service(api::test_endpoint)
        .service(api::replay_events)
        .service(api::list_deliveries)
        .service(api::get_delivery)
        .service(api::resend_delivery)
        .service(supplier_api::list_endpoints)
        .service(supplier_api::add_endpoint)
        .service(supplier_api::get_endpoint)
        .service(supplier_api::change_endpoint)
        .service(supplier_api::remove_endpoint)
        .service(supplier_api::rotate_secret)
        .service(supplier_api::retire_secret)
        .service(supplier_api::enable_endpoint)
        .service(supplier_api::disable_endpoint)
        .service(supplier_api::test_endpoint)
        .service(supplier_api::replay_events)
        .service(supplier_api::list_deliveries)
        .service(supplier_api::get_delivery)
        .service(supplier_api::resend_delivery);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::list)
        .service(pages::new)
        .service(pages::add)
        .service(pages::deliveries)
        .service(pages::delivery)
        .service(pages::resend)
        .service(pages::show)
        .service(pages::change)
        .service(pages::rotate)
        .service(pages::retire)
        .service(pages::enable)
        .service(pages::disable)
        .service(pages::remove)
        .service(pages::test)
        .service(pages::replay)
        .service(supplier_pages::list)
        .service(supplier_pages::new)
        .service(supplier_pages::add)
        .service(supplier_pages::deliveries)
        .service(supplier_pages::delivery)
        .service(supplier_pages::resend)
        .service(supplier_pages::show)
        .service(supplier_pages::change)
        .service(supplier_pages::rotate)
        .service(supplier_pages::retire)
        .service(supplier_pages::enable)
        .service(supplier_pages::disable)
        .service(supplier_pages::remove)
        .service(supplier_pages::test)
        .service(supplier_pages::replay);
}
