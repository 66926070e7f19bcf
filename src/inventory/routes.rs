//! Which handlers are served.

use super::supplier_api;
use crate::http::Routes;

/// Its part of the API.
pub fn rest(config: &mut Routes<'_>) {
    config
        .service(supplier_api::list_stock)
        .service(supplier_api::export_stock);
}
