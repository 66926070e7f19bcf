//! Which handlers are served.

use actix_web::web;

use super::{api, pages, supplier_api, supplier_pages};
use crate::http::Routes;

/// Its part of the API.
pub fn rest(config: &mut Routes<'_>) {
    config
        .service(api::list_agreements)
        .service(api::list_accruals)
        .service(api::get_agreement)
        .service(supplier_api::list_agreements)
        .service(supplier_api::add_agreement)
        .service(supplier_api::list_accruals)
        .service(supplier_api::get_agreement)
        .service(supplier_api::change_agreement)
        .service(supplier_api::list_expected);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::list)
        .service(pages::export)
        .service(supplier_pages::lists::show_agreements)
        .service(supplier_pages::lists::export)
        .service(supplier_pages::lists::show_expected)
        .service(supplier_pages::lists::export_expected)
        .service(supplier_pages::agreement::show_new)
        .service(supplier_pages::agreement::create)
        .service(supplier_pages::agreement::show_edit)
        .service(supplier_pages::agreement::edit);
}
