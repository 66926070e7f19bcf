//! Which handlers are served.

use actix_web::web;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{api, pages};

/// Its part of the API.
pub fn rest(config: &mut ServiceConfig<'_>) {
    config
        .service(api::login)
        .service(api::refresh)
        .service(api::logout)
        .service(api::passwords::forgot_password)
        .service(api::passwords::reset_password)
        .service(api::passwords::change_password)
        .service(api::own_sessions::list_sessions)
        .service(api::own_sessions::end_session);
}

/// Its pages.
pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(pages::show)
        .service(pages::sign_in)
        .service(pages::interrupted::interrupted)
        .service(pages::sign_out)
        .service(pages::passwords::forgot)
        .service(pages::passwords::ask)
        .service(pages::passwords::sent)
        .service(pages::passwords::show_reset)
        .service(pages::passwords::reset)
        .service(pages::passwords::show_change)
        .service(pages::passwords::change)
        .service(pages::own_sessions::list)
        .service(pages::own_sessions::end)
        .service(pages::own_sessions::end_others);
}
