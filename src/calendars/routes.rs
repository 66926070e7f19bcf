//! Which handlers are served.

use actix_web::web;

use super::supplier_pages;

pub fn pages(config: &mut web::ServiceConfig) {
    config.service(supplier_pages::list);
}
