//! Which handlers are served.

use actix_web::web;

use super::{pages, supplier_pages};

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::order::show)
        .service(supplier_pages::order::show)
        .service(supplier_pages::order::print)
        .service(supplier_pages::steering::steer_many)
        .service(supplier_pages::steering::accept)
        .service(supplier_pages::steering::hold)
        .service(supplier_pages::steering::release)
        .service(supplier_pages::steering::confirm_cancel)
        .service(supplier_pages::steering::cancel);
}
