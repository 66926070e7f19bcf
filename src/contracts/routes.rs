//! Which handlers are served.

use actix_web::web;

use super::supplier_pages::{list, one, writing};
use super::{api, pages, supplier_api};
use crate::http::Routes;

/// Its part of the API.
pub fn rest(config: &mut Routes<'_>) {
    config
        .service(api::list_contracts)
        .service(api::get_contract)
        .service(api::get_contract_pace)
        .service(api::get_contract_pdf)
        .service(api::accept_contract)
        .service(supplier_api::list_contracts)
        .service(supplier_api::create_contract)
        .service(supplier_api::get_contract)
        .service(supplier_api::get_contract_pace)
        .service(supplier_api::get_contract_pdf)
        .service(supplier_api::change_contract)
        .service(supplier_api::remove_contract)
        .service(supplier_api::put_commitments)
        .service(supplier_api::offer_contract)
        .service(supplier_api::countersign_contract)
        .service(supplier_api::terminate_contract);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::list)
        .service(pages::export)
        .service(pages::show)
        .service(pages::print)
        .service(pages::accept)
        .service(list::list)
        .service(list::export)
        .service(writing::show_new)
        .service(writing::create)
        .service(writing::show_edit)
        .service(writing::change)
        .service(writing::remove)
        .service(one::show)
        .service(one::print)
        .service(one::commit)
        .service(one::uncommit)
        .service(one::offer)
        .service(one::countersign)
        .service(one::terminate);
}
