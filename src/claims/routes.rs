//! Which handlers are served.

use actix_web::web;

use super::{api, pages, returns, supplier_api, supplier_pages};
use crate::http::Routes;

/// Its part of the API.
pub fn rest(config: &mut Routes<'_>) {
    config
        .service(api::file_claim)
        .service(api::list_claims)
        .service(api::get_claim)
        .service(api::say_in_claim)
        .service(api::withdraw_claim)
        .service(api::add_claim_files)
        .service(api::get_claim_file)
        .service(supplier_api::list_claims)
        .service(supplier_api::get_claim)
        .service(supplier_api::review_claim)
        .service(supplier_api::decide_claim)
        .service(supplier_api::settle_claim)
        .service(supplier_api::say_in_claim)
        .service(supplier_api::add_claim_files)
        .service(supplier_api::analyse_claim)
        .service(supplier_api::get_claim_file)
        .service(supplier_api::get_terms)
        .service(supplier_api::put_terms)
        .service(returns::api::list_returns)
        .service(returns::api::get_return)
        .service(returns::api::get_return_pdf)
        .service(returns::supplier_api::announce_return)
        .service(returns::supplier_api::list_returns)
        .service(returns::supplier_api::get_return)
        .service(returns::supplier_api::get_return_pdf)
        .service(returns::supplier_api::receive_return)
        .service(returns::supplier_api::inspect_return)
        .service(returns::supplier_api::close_return)
        .service(returns::supplier_api::credit_return);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::list::list)
        .service(pages::list::export)
        .service(pages::filing::ask_of_shipment)
        .service(pages::filing::take_of_shipment)
        .service(pages::filing::ask_of_invoice)
        .service(pages::filing::take_of_invoice)
        .service(pages::claim::show)
        .service(pages::claim::say)
        .service(pages::claim::send)
        .service(pages::claim::withdraw)
        .service(pages::claim::take_file)
        .service(supplier_pages::terms::show)
        .service(supplier_pages::terms::set)
        .service(supplier_pages::list::list)
        .service(supplier_pages::list::export)
        .service(supplier_pages::claim::show)
        .service(supplier_pages::claim::review)
        .service(supplier_pages::claim::decide)
        .service(supplier_pages::claim::settle)
        .service(supplier_pages::claim::say)
        .service(supplier_pages::claim::send)
        .service(supplier_pages::claim::analyse)
        .service(supplier_pages::claim::take_file)
        .service(returns::pages::list)
        .service(returns::pages::export)
        .service(returns::pages::show)
        .service(returns::pages::print_label)
        .service(returns::supplier_pages::announce)
        .service(returns::supplier_pages::list)
        .service(returns::supplier_pages::export)
        .service(returns::supplier_pages::show)
        .service(returns::supplier_pages::print_label)
        .service(returns::supplier_pages::receive)
        .service(returns::supplier_pages::inspect)
        .service(returns::supplier_pages::close)
        .service(returns::supplier_pages::crediting::ask)
        .service(returns::supplier_pages::crediting::issue);
}
