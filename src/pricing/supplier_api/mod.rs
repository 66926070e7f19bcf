//! REST for supplier staff: price lists and prices.

pub mod price_lists;
pub mod prices;

use crate::error::{Error, FieldError};

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
