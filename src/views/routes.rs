//! Which handlers are served.

use actix_web::web;

use super::pages;

pub fn pages(config: &mut web::ServiceConfig) {
    config.service(pages::save).service(pages::delete);
}
