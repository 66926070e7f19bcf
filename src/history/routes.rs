//! Which handlers are served.

use actix_web::web;

use super::{api, supplier_api, supplier_pages};
use crate::http::Routes;

/// Its part of the API.
pub fn rest(config: &mut Routes<'_>) {
    config
        .service(api::list_events)
        .service(api::timeline::list_timeline)
        .service(api::transports::list_invoice_transports)
        .service(api::transports::list_credit_note_transports)
        .service(supplier_api::timeline::list_timeline)
        .service(supplier_api::transports::list_invoice_transports)
        .service(supplier_api::transports::list_credit_note_transports)
        .service(supplier_api::audit::list_entries)
        .service(supplier_api::messages::list_messages)
        .service(supplier_api::messages::resend_message);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(supplier_pages::audit::list)
        .service(supplier_pages::audit::export)
        .service(supplier_pages::messages::list)
        .service(supplier_pages::messages::export)
        .service(supplier_pages::messages::show)
        .service(supplier_pages::messages::resend);
}
