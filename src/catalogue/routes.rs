//! Which handlers are served.

use actix_web::web;

use super::{assortments, early, products, units};
use crate::http::Routes;

/// Its part of the API.
pub fn rest(config: &mut Routes<'_>) {
    config
        .service(products::supplier_api::list_products)
        .service(products::supplier_api::create_product)
        .service(products::supplier_api::get_product)
        .service(products::supplier_api::export_products)
        .service(products::supplier_api::change_product)
        .service(units::supplier_api::create_unit)
        .service(units::supplier_api::get_unit)
        .service(units::supplier_api::change_unit)
        .service(units::supplier_api::remove_unit)
        .service(assortments::supplier_api::list_assortment)
        .service(assortments::supplier_api::put_assortment)
        .service(assortments::supplier_api::get_assortment_row)
        .service(assortments::supplier_api::change_assortment_row)
        .service(assortments::supplier_api::remove_assortment_row)
        .service(early::supplier_api::list_early_access)
        .service(early::supplier_api::add_early_access)
        .service(early::supplier_api::get_early_access)
        .service(early::supplier_api::put_early_access)
        .service(early::supplier_api::remove_early_access);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(products::supplier_pages::show_all)
        .service(products::supplier_pages::export)
        .service(products::supplier_pages::show_new)
        .service(products::supplier_pages::create)
        .service(products::supplier_pages::show_edit)
        .service(products::supplier_pages::change)
        .service(units::supplier_pages::show_new)
        .service(units::supplier_pages::create)
        .service(units::supplier_pages::show_edit)
        .service(units::supplier_pages::change)
        .service(units::supplier_pages::confirm_remove)
        .service(units::supplier_pages::remove)
        .service(assortments::supplier_pages::show_all)
        .service(assortments::supplier_pages::export)
        .service(assortments::supplier_pages::pasting::show_paste)
        .service(assortments::supplier_pages::pasting::paste)
        .service(assortments::supplier_pages::add)
        .service(assortments::supplier_pages::change)
        .service(assortments::supplier_pages::confirm_remove)
        .service(assortments::supplier_pages::remove)
        .service(assortments::supplier_pages::show_one)
        .service(assortments::supplier_pages::export_one)
        .service(early::supplier_pages::show_all)
        .service(early::supplier_pages::export)
        .service(early::supplier_pages::add)
        .service(early::supplier_pages::remove)
        .service(early::supplier_pages::show_one)
        .service(early::supplier_pages::change);
}
