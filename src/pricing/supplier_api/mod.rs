//! REST for supplier staff: price lists and prices.

pub mod price_lists;
pub mod prices;

use utoipa_actix_web::service_config::ServiceConfig;

use crate::error::{Error, FieldError};

/// Its part of the route table.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(price_lists::list_price_lists)
        .service(price_lists::create_price_list)
        .service(price_lists::get_price_list)
        .service(price_lists::change_price_list)
        .service(prices::list_prices)
        .service(prices::create_price)
        .service(prices::get_price)
        .service(prices::change_price)
        .service(prices::remove_price)
        .service(prices::list_price_history);
}

/// Faults under the names that a request has: the file calls a list's code `price_list`.
fn renamed(error: Error, column: &str, name: &str) -> Error {
    let Error::Invalid(faults) = error else { return error };
    let rename = |fault: FieldError| match fault.pointer == format!("/{column}") {
        true => FieldError {
            pointer: format!("/{name}"),
            ..fault
        },
        false => fault,
    };
    Error::Invalid(faults.into_iter().map(rename).collect())
}
