//! Which handlers are served.

use actix_web::web;

use super::{pages, supplier_pages};

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::start::home)
        .service(pages::search::find)
        .service(supplier_pages::today)
        .service(supplier_pages::search::find)
        .service(supplier_pages::components::gallery)
        .service(supplier_pages::account_list::list)
        .service(supplier_pages::account_list::export)
        .service(supplier_pages::account::overview);
}
