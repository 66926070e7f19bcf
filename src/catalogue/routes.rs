//! Which handlers are served.

use actix_web::web;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{supplier_api, supplier_pages};

/// Its part of the API.
pub fn rest(config: &mut ServiceConfig<'_>) {
    config
        .service(supplier_api::products::list_products)
        .service(supplier_api::products::create_product)
        .service(supplier_api::products::get_product)
        .service(supplier_api::products::change_product)
        .service(supplier_api::units::create_unit)
        .service(supplier_api::units::get_unit)
        .service(supplier_api::units::change_unit)
        .service(supplier_api::units::remove_unit)
        .service(supplier_api::assortments::list_assortment)
        .service(supplier_api::assortments::put_assortment)
        .service(supplier_api::assortments::get_assortment_row)
        .service(supplier_api::assortments::change_assortment_row)
        .service(supplier_api::assortments::remove_assortment_row);
}

/// Its pages.
pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(supplier_pages::products::show_all)
        .service(supplier_pages::products::show_new)
        .service(supplier_pages::products::create)
        .service(supplier_pages::products::show_edit)
        .service(supplier_pages::products::change)
        .service(supplier_pages::units::show_new)
        .service(supplier_pages::units::create)
        .service(supplier_pages::units::show_edit)
        .service(supplier_pages::units::change)
        .service(supplier_pages::units::confirm_remove)
        .service(supplier_pages::units::remove)
        .service(supplier_pages::assortments::show_all)
        .service(supplier_pages::pasting::show_paste)
        .service(supplier_pages::pasting::paste)
        .service(supplier_pages::assortments::add)
        .service(supplier_pages::assortments::change)
        .service(supplier_pages::assortments::confirm_remove)
        .service(supplier_pages::assortments::remove)
        .service(supplier_pages::assortments::show_one);
}
