//! Which handlers are served.

use actix_web::web;

use super::{api, splitting, supplier_api, supplier_pages};
use crate::http::Routes;

/// Its part of the API.
pub fn rest(config: &mut Routes<'_>) {
    config
        .service(api::export_prices)
        .service(splitting::api::split_quantities)
        .service(supplier_api::price_lists::list_price_lists)
        .service(supplier_api::price_lists::create_price_list)
        .service(supplier_api::price_lists::get_price_list)
        .service(supplier_api::price_lists::change_price_list)
        .service(supplier_api::prices::list_prices)
        .service(supplier_api::prices::create_price)
        .service(supplier_api::prices::get_price)
        .service(supplier_api::prices::export_prices)
        .service(supplier_api::prices::change_price)
        .service(supplier_api::prices::remove_price)
        .service(supplier_api::prices::list_price_history);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(supplier_pages::lists::show_all)
        .service(supplier_pages::lists::export)
        .service(supplier_pages::lists::show_new)
        .service(supplier_pages::lists::create)
        .service(supplier_pages::lists::show_edit)
        .service(supplier_pages::lists::change)
        .service(supplier_pages::rows::show_list)
        .service(supplier_pages::rows::export)
        .service(supplier_pages::rows::add)
        .service(supplier_pages::rows::change)
        .service(supplier_pages::one::history)
        .service(supplier_pages::one::confirm_remove)
        .service(supplier_pages::one::remove);
}
