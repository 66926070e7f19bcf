//! Which handlers are served.

use actix_web::web;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{api, pages, passwords};

/// Its part of the API.
pub fn rest(config: &mut ServiceConfig<'_>) {
    config
        .service(api::login)
        .service(api::refresh)
        .service(api::logout)
        .service(passwords::api::forgot_password)
        .service(passwords::api::reset_password)
        .service(passwords::api::change_password)
        .service(api::own_sessions::list_sessions)
        .service(api::own_sessions::end_session);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::show)
        .service(pages::sign_in)
        .service(pages::interrupted::interrupted)
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
