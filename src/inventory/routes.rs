//! Which handlers are served.

use utoipa_actix_web::service_config::ServiceConfig;

use super::supplier_api;

/// Its part of the API.
pub fn rest(config: &mut ServiceConfig<'_>) {
    config
        .service(supplier_api::list_stock)
        .service(supplier_api::export_stock);
}
