//! Which handlers are served.

use actix_web::web;

use super::{api, clients, factors, pages, passkeys, passwords, staff};
use crate::http::Routes;

/// Its part of the API.
pub fn rest(config: &mut Routes<'_>) {
    config
        .service(api::login)
        .service(api::second_factor)
        .service(api::refresh)
        .service(api::logout)
        .service(passwords::api::forgot_password)
        .service(passwords::api::reset_password)
        .service(passwords::api::change_password)
        .service(api::confirming::confirm)
        .service(factors::api::show)
        .service(factors::api::begin)
        .service(factors::api::confirm)
        .service(factors::api::renew_codes)
        .service(factors::api::remove)
        .service(staff::supplier_api::list_staff)
        .service(staff::supplier_api::end_sessions)
        .service(staff::supplier_api::reset_factor)
        .service(clients::supplier_api::list)
        .service(clients::supplier_api::add)
        .service(clients::supplier_api::get)
        .service(clients::supplier_api::change)
        .service(clients::supplier_api::add_secret)
        .service(clients::supplier_api::retire_secret)
        .service(clients::supplier_api::revoke)
        .service(api::own_sessions::list_sessions)
        .service(api::own_sessions::end_session);
}

/// What gives programs their tokens; it stands outside the version.
pub fn oauth(config: &mut Routes<'_>) {
    config
        .service(api::oauth::token)
        .service(api::oauth::revoke)
        .service(api::oauth::metadata);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::show)
        .service(pages::sign_in)
        .service(pages::interrupted::interrupted)
        .service(pages::code::sign_in)
        .service(pages::code::by_passkey)
        .service(passkeys::pages::add)
        .service(passkeys::pages::remove)
        .service(pages::confirm::show)
        .service(pages::confirm::confirm)
        .service(factors::pages::show)
        .service(factors::pages::begin)
        .service(factors::pages::confirm)
        .service(factors::pages::renew_codes)
        .service(factors::pages::remove)
        .service(clients::supplier_pages::list)
        .service(clients::supplier_pages::new)
        .service(clients::supplier_pages::add)
        .service(clients::supplier_pages::show)
        .service(clients::supplier_pages::change)
        .service(clients::supplier_pages::add_secret)
        .service(clients::supplier_pages::retire_secret)
        .service(clients::supplier_pages::ask_revoke)
        .service(clients::supplier_pages::revoke)
        .service(staff::supplier_pages::list)
        .service(staff::supplier_pages::export)
        .service(staff::supplier_pages::end_sessions)
        .service(staff::supplier_pages::reset_factor)
        .service(pages::sign_out)
        .service(passwords::pages::forgot)
        .service(passwords::pages::ask)
        .service(passwords::pages::sent)
        .service(passwords::pages::show_reset)
        .service(passwords::pages::reset)
        .service(passwords::pages::show_change)
        .service(passwords::pages::change)
        .service(pages::own_sessions::list)
        .service(pages::own_sessions::end)
        .service(pages::own_sessions::end_others);
}
