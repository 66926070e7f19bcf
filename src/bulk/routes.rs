//! Which handlers are served.

use actix_web::web;

use super::{api, pages, supplier_api, supplier_pages};
use crate::http::Routes;

/// Its part of the API.
pub fn rest(config: &mut Routes<'_>) {
    config
        .service(api::send_orders)
        .service(supplier_api::send_account_orders)
        .service(api::list_jobs)
        .service(api::get_job)
        .service(api::get_results)
        .service(api::cancel_job)
        .service(supplier_api::list_jobs)
        .service(supplier_api::get_job)
        .service(supplier_api::get_results)
        .service(supplier_api::cancel_job);
    supplier_api::kinds(config);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::list)
        .service(pages::results)
        .service(pages::cancel)
        .service(pages::show)
        .service(supplier_pages::list)
        .service(supplier_pages::results)
        .service(supplier_pages::cancel)
        .service(supplier_pages::show);
}
