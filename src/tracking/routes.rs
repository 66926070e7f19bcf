//! Which handlers are served.

use actix_web::web;

use super::{api, pages, supplier_api, supplier_pages};
use crate::http::Routes;

pub fn rest(config: &mut Routes<'_>) {
    config.service(api::cancel_rest).service(supplier_api::cancel_rest);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::order::show)
        .service(pages::rest::ask)
        .service(pages::rest::cancel)
        .service(supplier_pages::rest::ask)
        .service(supplier_pages::rest::cancel)
        .service(supplier_pages::order::show)
        .service(supplier_pages::order::print)
        .service(supplier_pages::steering::steer_many)
        .service(supplier_pages::steering::accept)
        .service(supplier_pages::steering::hold)
        .service(supplier_pages::steering::release)
        .service(supplier_pages::steering::confirm_cancel)
        .service(supplier_pages::steering::cancel);
}
