//! Which handlers are served.

use actix_web::web;

use super::{supplier_api, supplier_pages};
use crate::http::Routes;

/// Its part of the API.
pub fn rest(config: &mut Routes<'_>) {
    config
        .service(supplier_api::import_statement)
        .service(supplier_api::list_statements)
        .service(supplier_api::get_statement)
        .service(supplier_api::list_entries)
        .service(supplier_api::get_entry)
        .service(supplier_api::book_entry)
        .service(supplier_api::ignore_entry)
        .service(supplier_api::reopen_entry);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(supplier_pages::list)
        .service(supplier_pages::export)
        .service(supplier_pages::files::upload)
        .service(supplier_pages::files::statements)
        .service(supplier_pages::files::export)
        .service(supplier_pages::show)
        .service(supplier_pages::book)
        .service(supplier_pages::ignore)
        .service(supplier_pages::reopen);
}
