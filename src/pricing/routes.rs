//! Which handlers are served.

use actix_web::web;

use super::{api, discounts, equals, minimums, splitting, supplier_api, supplier_pages};
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
        .service(supplier_api::prices::list_price_history)
        .service(discounts::supplier_api::list_discounts)
        .service(discounts::supplier_api::add_discount)
        .service(discounts::supplier_api::get_discount)
        .service(discounts::supplier_api::put_discount)
        .service(discounts::supplier_api::remove_discount)
        .service(minimums::supplier_api::list_order_minimums)
        .service(minimums::supplier_api::add_order_minimum)
        .service(minimums::supplier_api::get_order_minimum)
        .service(minimums::supplier_api::put_order_minimum)
        .service(minimums::supplier_api::remove_order_minimum);
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
        .service(supplier_pages::one::remove)
        .service(discounts::supplier_pages::show_all)
        .service(discounts::supplier_pages::export)
        .service(discounts::supplier_pages::add)
        .service(discounts::supplier_pages::remove)
        .service(discounts::supplier_pages::show_one)
        .service(discounts::supplier_pages::change)
        .service(equals::supplier_pages::show_all)
        .service(equals::supplier_pages::export)
        .service(minimums::supplier_pages::show_all)
        .service(minimums::supplier_pages::export)
        .service(minimums::supplier_pages::add)
        .service(minimums::supplier_pages::remove)
        .service(minimums::supplier_pages::show_one)
        .service(minimums::supplier_pages::change);
}
