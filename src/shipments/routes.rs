//! Which handlers are served.

use actix_web::web;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{api, pages, supplier_api, supplier_pages};

/// Its part of the API.
pub fn rest(config: &mut ServiceConfig<'_>) {
    config
        .service(api::list_shipments)
        .service(api::get_shipment)
        .service(api::get_shipment_pdf)
        .service(supplier_api::create_shipment)
        .service(supplier_api::list_shipments)
        .service(supplier_api::get_shipment)
        .service(supplier_api::get_shipment_pdf)
        .service(supplier_api::deliver_shipment);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::list::list)
        .service(pages::list::export)
        .service(pages::detail::show)
        .service(pages::detail::print)
        .service(supplier_pages::ship::show)
        .service(supplier_pages::ship::take)
        .service(supplier_pages::list::show)
        .service(supplier_pages::list::export)
        .service(supplier_pages::shipment::show)
        .service(supplier_pages::shipment::deliver)
        .service(supplier_pages::shipment::print);
}
