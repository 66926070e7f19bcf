//! Which handlers are served.

use actix_web::web;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{allocation, api, board, pages, receipts, supplier_api, supplier_pages};

/// Its part of the API.
pub fn rest(config: &mut ServiceConfig<'_>) {
    config
        .service(api::preview_order)
        .service(api::place_order)
        .service(api::list_orders)
        .service(api::get_order)
        .service(api::export_orders)
        .service(api::get_order_pdf)
        .service(api::cancel_order)
        .service(supplier_api::list_orders)
        .service(supplier_api::get_order)
        .service(supplier_api::export_orders)
        .service(supplier_api::get_order_pdf)
        .service(supplier_api::accept_order)
        .service(supplier_api::hold_order)
        .service(supplier_api::release_order)
        .service(supplier_api::cancel_order)
        .service(allocation::supplier_api::list_order_decisions)
        .service(allocation::supplier_api::list_decisions)
        .service(receipts::supplier_api::book_receipt);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::list::list)
        .service(pages::export::export)
        .service(pages::export::export_lines)
        .service(pages::changing::confirm_cancel)
        .service(pages::changing::cancel)
        .service(board::supplier_pages::show)
        .service(supplier_pages::show)
        .service(supplier_pages::export)
        .service(receipts::supplier_pages::list)
        .service(receipts::supplier_pages::show_new)
        .service(receipts::supplier_pages::book)
        .service(receipts::supplier_pages::show)
        .service(allocation::supplier_pages::list)
        .service(allocation::supplier_pages::export)
        .service(allocation::supplier_pages::show);
}
