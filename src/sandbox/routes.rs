//! Which handlers are served.

use actix_web::web;

use super::{api, pages, supplier_api, supplier_pages};
use crate::http::Routes;

/// Its part of the API.
pub fn rest(config: &mut Routes<'_>) {
    config
        .service(api::show)
        .service(api::advance)
        .service(api::act)
        .service(api::list_failures)
        .service(api::fail)
        .service(api::conformance)
        .service(api::begin)
        .service(api::add_client)
        .service(supplier_api::show)
        .service(supplier_api::add)
        .service(supplier_api::refresh)
        .service(supplier_api::reset)
        .service(supplier_api::close)
        .service(supplier_api::conformance);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::show)
        .service(pages::begin)
        .service(pages::advance)
        .service(pages::look_in)
        .service(pages::leave)
        .service(supplier_pages::show)
        .service(supplier_pages::add)
        .service(supplier_pages::refresh)
        .service(supplier_pages::reset)
        .service(supplier_pages::close)
        .service(supplier_pages::look_in);
}
