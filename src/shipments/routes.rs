//! Which handlers are served.

use actix_web::web;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{api, carriers, packages, packing, pages, picking, proof, supplier_api, supplier_pages};

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
        .service(supplier_api::correct_shipment)
        .service(supplier_api::deliver_shipment)
        .service(proof::api::get_delivery_proof)
        .service(proof::supplier_api::add_delivery_proof)
        .service(proof::supplier_api::get_delivery_proof)
        .service(packages::api::list_packages)
        .service(packages::supplier_api::list_of_shipment)
        .service(packages::supplier_api::pack_shipment)
        .service(packages::supplier_api::list_of_packing)
        .service(packages::supplier_api::pack_packing)
        .service(packages::supplier_api::get_package)
        .service(packages::supplier_api::change_package)
        .service(packages::supplier_api::remove_package)
        .service(packages::supplier_api::get_label)
        .service(packages::supplier_api::get_labels_of_shipment)
        .service(packages::supplier_api::get_labels_of_packing)
        .service(packages::supplier_api::get_settings)
        .service(packages::supplier_api::put_settings)
        .service(packing::supplier_api::open_packing)
        .service(packing::supplier_api::list_packings)
        .service(packing::supplier_api::get_packing)
        .service(packing::supplier_api::correct_packing)
        .service(packing::supplier_api::cancel_packing)
        .service(packing::supplier_api::dispatch_packing)
        .service(picking::supplier_api::list_picks)
        .service(picking::supplier_api::print_picks)
        .service(carriers::supplier_api::list_carriers)
        .service(carriers::supplier_api::add_carrier)
        .service(carriers::supplier_api::change_carrier)
        .service(carriers::supplier_api::remove_carrier);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::list::list)
        .service(pages::list::export)
        .service(pages::detail::show)
        .service(pages::detail::print)
        .service(pages::proof::take)
        .service(supplier_pages::ship::show)
        .service(supplier_pages::ship::take)
        .service(supplier_pages::list::show)
        .service(supplier_pages::list::export)
        .service(supplier_pages::shipment::show)
        .service(supplier_pages::shipment::deliver)
        .service(supplier_pages::shipment::print)
        .service(supplier_pages::proof::send)
        .service(supplier_pages::proof::correct)
        .service(supplier_pages::proof::take)
        .service(packages::supplier_pages::show)
        .service(packages::supplier_pages::add)
        .service(packages::supplier_pages::remove)
        .service(packages::supplier_pages::print_label)
        .service(packages::supplier_pages::labels_of_shipment)
        .service(packages::supplier_pages::labels_of_packing)
        .service(packing::supplier_pages::list)
        .service(packing::supplier_pages::show)
        .service(packing::supplier_pages::add)
        .service(packing::supplier_pages::correct)
        .service(packing::supplier_pages::dispatch)
        .service(packing::supplier_pages::cancel)
        .service(picking::supplier_pages::show)
        .service(picking::supplier_pages::export)
        .service(picking::supplier_pages::print)
        .service(carriers::supplier_pages::list)
        .service(carriers::supplier_pages::add)
        .service(carriers::supplier_pages::number)
        .service(carriers::supplier_pages::edit)
        .service(carriers::supplier_pages::change)
        .service(carriers::supplier_pages::remove);
}
