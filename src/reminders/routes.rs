//! Which handlers are served.

use actix_web::web;

use super::supplier_api::{accounts, policies, promises, runs};
use super::{api, pages, supplier_pages};
use crate::http::Routes;

/// Its part of the API.
pub fn rest(config: &mut Routes<'_>) {
    config
        .service(api::list_reminders)
        .service(api::get_reminder)
        .service(api::get_reminder_pdf)
        .service(policies::list_reminder_policies)
        .service(policies::add_reminder_policy)
        .service(policies::get_reminder_policy)
        .service(policies::put_reminder_policy)
        .service(policies::get_reminder_settings)
        .service(policies::put_reminder_settings)
        .service(accounts::get_account_reminders)
        .service(accounts::put_account_reminders)
        .service(accounts::stop_hold)
        .service(accounts::list_order_holds)
        .service(accounts::dispute_invoice)
        .service(accounts::undispute_invoice)
        .service(promises::record_promise)
        .service(promises::list_promises)
        .service(promises::get_promise)
        .service(runs::propose_reminders)
        .service(runs::list_reminder_runs)
        .service(runs::get_reminder_run)
        .service(runs::take_out_of_reminder_run)
        .service(runs::release_reminder_run)
        .service(runs::drop_reminder_run)
        .service(runs::list_reminders)
        .service(runs::get_reminder)
        .service(runs::get_reminder_pdf)
        .service(runs::waive_reminder);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::list)
        .service(pages::export)
        .service(pages::show)
        .service(pages::print)
        .service(supplier_pages::sent::list)
        .service(supplier_pages::sent::export)
        .service(supplier_pages::sent::show)
        .service(supplier_pages::sent::print)
        .service(supplier_pages::sent::waive)
        .service(supplier_pages::runs::list)
        .service(supplier_pages::runs::export)
        .service(supplier_pages::runs::propose)
        .service(supplier_pages::runs::show)
        .service(supplier_pages::runs::release)
        .service(supplier_pages::runs::drop)
        .service(supplier_pages::runs::take_out)
        .service(supplier_pages::policies::list)
        .service(supplier_pages::policies::set)
        .service(supplier_pages::policies::new)
        .service(supplier_pages::policies::add)
        .service(supplier_pages::policies::show)
        .service(supplier_pages::policies::change)
        .service(supplier_pages::account::show)
        .service(supplier_pages::account::set)
        .service(supplier_pages::account::stop_hold)
        .service(supplier_pages::account::record_promise)
        .service(supplier_pages::account::dispute);
}
