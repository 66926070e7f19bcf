//! Which handlers are served.

use actix_web::web;

use super::assets;

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(assets::serve)
        .service(assets::robots)
        .service(assets::favicon);
}
