//! An order of a row.

use crate::bulk::placing::Asked;
use crate::bulk::sentences;
use crate::error::{Code, Error, Result};
use crate::http::{is_idempotency_key, parse_json};
use crate::identity::idempotency;
use crate::ids::PersonId;
use crate::orders::api::shapes::OrderRow;

/// Reads the order of a row as one that is sent by itself, for this person or the row that stands for a program.
pub fn read_order(person_id: PersonId, text: &[u8]) -> Result<Asked> {
    let (key, order) = parse_json::<OrderRow>(text)?.into_parts();
    if !is_idempotency_key(key.as_bytes()) {
        return Err(Error::invalid(
            "/idempotency_key",
            Code::ValueInvalid,
            sentences::key_of_an_order(),
        ));
    }
    let key = idempotency::Request::new(person_id, "POST /api/v1/orders", key, &order)?;
    Ok(Asked {
        key,
        request: order.into_request()?,
    })
}
