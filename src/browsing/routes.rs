//! Which handlers are served.

use actix_web::web;

use super::{api, pages, supplier_pages};
use crate::http::Routes;

/// Its part of the API.
pub fn rest(config: &mut Routes<'_>) {
    config
        .service(api::list_products)
        .service(api::get_product)
        .service(api::availability::get_availability)
        .service(api::quoting::quote)
        .service(api::export_products)
        .service(api::export_stock);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::list::list)
        .service(pages::product::show)
        .service(supplier_pages::show);
}
