//! Which handlers are served.

use actix_web::web;

use super::{api, changes, concessions, costs, splitting, supplier_api, supplier_pages};
use crate::http::Routes;

/// Its part of the API.
pub fn rest(config: &mut Routes<'_>) {
    config
        .service(api::export_prices)
        .service(splitting::api::split_quantities)
        .service(costs::supplier_api::list_costs)
        .service(costs::supplier_api::keep_cost)
        .service(costs::supplier_api::remove_cost)
        .service(costs::supplier_api::get_margin_floors)
        .service(costs::supplier_api::put_margin_floors)
        .service(concessions::supplier_api::get_program_value)
        .service(changes::supplier_api::list_price_changes)
        .service(changes::supplier_api::create_price_change)
        .service(changes::supplier_api::get_price_change)
        .service(changes::supplier_api::plan_price_change)
        .service(changes::supplier_api::list_price_change_rows)
        .service(changes::supplier_api::put_price_change_rows)
        .service(changes::supplier_api::clear_price_change_rows)
        .service(changes::supplier_api::add_price_change_rule)
        .service(changes::supplier_api::get_price_change_preview)
        .service(changes::supplier_api::start_price_change_preview)
        .service(changes::supplier_api::submit_price_change)
        .service(changes::supplier_api::approve_price_change)
        .service(changes::supplier_api::reject_price_change)
        .service(changes::supplier_api::roll_back_price_change)
        .service(supplier_api::price_lists::list_price_lists)
        .service(supplier_api::price_lists::create_price_list)
        .service(supplier_api::price_lists::get_price_list)
        .service(supplier_api::price_lists::change_price_list)
        .service(supplier_api::prices::list_prices)
        .service(supplier_api::prices::create_price)
        .service(supplier_api::prices::get_price)
        .service(supplier_api::prices::export_prices)
        .service(supplier_api::prices::change_price)
        .service(supplier_api::prices::remove_price)
        .service(supplier_api::prices::list_price_history);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(costs::supplier_pages::show)
        .service(costs::supplier_pages::export)
        .service(costs::supplier_pages::keep)
        .service(costs::supplier_pages::set_floor)
        .service(changes::supplier_pages::list)
        .service(changes::supplier_pages::export)
        .service(changes::supplier_pages::show_new)
        .service(changes::supplier_pages::create)
        .service(changes::supplier_pages::one::show)
        .service(changes::supplier_pages::one::export)
        .service(changes::supplier_pages::filling::plan)
        .service(changes::supplier_pages::filling::add_rows)
        .service(changes::supplier_pages::filling::upload)
        .service(changes::supplier_pages::filling::add_rule)
        .service(changes::supplier_pages::filling::clear)
        .service(changes::supplier_pages::one::work_out)
        .service(changes::supplier_pages::one::submit)
        .service(changes::supplier_pages::one::approve)
        .service(changes::supplier_pages::one::reject)
        .service(changes::supplier_pages::one::roll_back)
        .service(changes::supplier_pages::rows::list)
        .service(changes::supplier_pages::rows::export)
        .service(supplier_pages::lists::show_all)
        .service(supplier_pages::lists::export)
        .service(supplier_pages::lists::show_new)
        .service(supplier_pages::lists::create)
        .service(supplier_pages::lists::show_edit)
        .service(supplier_pages::lists::change)
        .service(supplier_pages::rows::show_list)
        .service(supplier_pages::rows::export)
        .service(supplier_pages::rows::add)
        .service(supplier_pages::rows::change)
        .service(supplier_pages::one::history)
        .service(supplier_pages::one::confirm_remove)
        .service(supplier_pages::one::remove);
}
