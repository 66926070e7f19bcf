//! Which handlers are served.

use actix_web::web;

use super::{pages, supplier_api, supplier_pages};
use crate::http::Routes;

/// Its part of the API.
pub fn rest(config: &mut Routes<'_>) {
    config
        .service(supplier_api::get_setup)
        .service(supplier_api::put_setup)
        .service(supplier_api::remove_setup)
        .service(supplier_api::rotate_secret)
        .service(supplier_api::rotate_oci_secret)
        .service(supplier_api::rotate_mac_secret)
        .service(supplier_api::keep_out_secret)
        .service(supplier_api::list_documents)
        .service(supplier_api::get_document)
        .service(supplier_api::resend_document);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::take_cxml)
        .service(pages::oci::open_by_address)
        .service(pages::oci::open_by_form)
        .service(pages::start)
        .service(pages::shop::show_catalogue)
        .service(pages::shop::show_basket)
        .service(pages::shop::change_basket)
        .service(pages::shop::add)
        .service(pages::shop::quick)
        .service(pages::leaving::take_back)
        .service(pages::leaving::cancel)
        .service(supplier_pages::show)
        .service(supplier_pages::save)
        .service(supplier_pages::rotate)
        .service(supplier_pages::rotate_oci)
        .service(supplier_pages::rotate_mac)
        .service(supplier_pages::out_secret)
        .service(supplier_pages::documents::list)
        .service(supplier_pages::documents::show)
        .service(supplier_pages::documents::resend)
        .service(supplier_pages::trying::show)
        .service(supplier_pages::trying::begin)
        .service(supplier_pages::trying::take_back)
        .service(supplier_pages::trying::order);
}
