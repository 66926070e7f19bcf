//! Which handlers are served.

use actix_web::web;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{api, credits, einvoice, pages, payments, statement, supplier_api, supplier_pages};

/// Its part of the API.
pub fn rest(config: &mut ServiceConfig<'_>) {
    config
        .service(api::list_invoices)
        .service(api::get_invoice)
        .service(api::export_invoices)
        .service(api::get_invoice_pdf)
        .service(einvoice::api::get_invoice_ubl)
        .service(einvoice::api::get_invoice_cii)
        .service(einvoice::api::get_invoice_factur_x)
        .service(api::show_statement)
        .service(supplier_api::issue_invoice)
        .service(supplier_api::list_invoices)
        .service(supplier_api::get_invoice)
        .service(supplier_api::export_invoices)
        .service(supplier_api::get_invoice_pdf)
        .service(einvoice::supplier_api::get_invoice_ubl)
        .service(einvoice::supplier_api::get_invoice_cii)
        .service(einvoice::supplier_api::get_invoice_factur_x)
        .service(supplier_api::show_statement)
        .service(credits::api::list_credit_notes)
        .service(credits::api::get_credit_note)
        .service(credits::api::get_credit_note_pdf)
        .service(credits::supplier_api::issue_credit_note)
        .service(credits::supplier_api::list_credit_notes)
        .service(credits::supplier_api::get_credit_note)
        .service(credits::supplier_api::get_credit_note_pdf)
        .service(credits::supplier_api::apply_credit_note)
        .service(payments::supplier_api::book_payment)
        .service(payments::supplier_api::list_payments)
        .service(payments::supplier_api::get_payment)
        .service(payments::supplier_api::apply_payment)
        .service(payments::supplier_api::reverse_payment);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::list::list)
        .service(pages::list::export)
        .service(statement::pages::show)
        .service(statement::pages::export)
        .service(pages::detail::show)
        .service(pages::detail::print)
        .service(einvoice::pages::take_ubl)
        .service(einvoice::pages::take_cii)
        .service(einvoice::pages::take_factur_x)
        .service(supplier_pages::issuing::issue)
        .service(supplier_pages::issuing::issue_many)
        .service(supplier_pages::list::show)
        .service(supplier_pages::list::export)
        .service(supplier_pages::invoice::show)
        .service(supplier_pages::invoice::print)
        .service(credits::pages::list)
        .service(credits::pages::export)
        .service(credits::pages::show)
        .service(credits::pages::print)
        .service(credits::supplier_pages::list)
        .service(credits::supplier_pages::export)
        .service(credits::supplier_pages::ask)
        .service(credits::supplier_pages::issue)
        .service(credits::supplier_pages::show)
        .service(credits::supplier_pages::print)
        .service(credits::supplier_pages::apply)
        .service(einvoice::supplier_pages::take_ubl)
        .service(einvoice::supplier_pages::take_cii)
        .service(einvoice::supplier_pages::take_factur_x)
        .service(payments::supplier_pages::list)
        .service(payments::supplier_pages::export)
        .service(statement::supplier_pages::show)
        .service(statement::supplier_pages::export)
        .service(payments::supplier_pages::booking::show)
        .service(payments::supplier_pages::booking::book)
        .service(payments::supplier_pages::show)
        .service(payments::supplier_pages::apply)
        .service(payments::supplier_pages::confirm_reverse)
        .service(payments::supplier_pages::reverse);
}
