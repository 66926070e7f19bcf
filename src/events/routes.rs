//! Which handlers are served.

use utoipa_actix_web::service_config::ServiceConfig;

use super::api;

/// Its part of the API.
pub fn rest(config: &mut ServiceConfig<'_>) {
    config.service(api::list_events);
}
