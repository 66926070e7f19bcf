//! An order of a row.

use crate::bulk::placing::Asked;
use crate::bulk::rules::Kind;
use crate::bulk::sentences;
use crate::error::{Code, Error, Result};
use crate::http::{is_idempotency_key, parse_json};
use crate::identity::idempotency;
use crate::ids::PersonId;
use crate::orders::api::shapes::{AccountOrderRow, OrderRow};

/// Reads the order of a row as one that is sent by itself, for this person or the row that stands for a program.
pub fn read_order(kind: Kind, person_id: PersonId, text: &[u8]) -> Result<Asked> {
    let (account, row) = match kind {
        Kind::AccountOrders => {
            let (account, row) = parse_json::<AccountOrderRow>(text)?.into_parts();
            (Some(account), row)
        }
        _ => (None, parse_json::<OrderRow>(text)?),
    };
    let (key, order) = row.into_parts();
    if !is_idempotency_key(key.as_bytes()) {
        return Err(Error::invalid(
            "/idempotency_key",
            Code::ValueInvalid,
            sentences::key_of_an_order(),
        ));
    }
    let key = match &account {
        None => idempotency::Request::new(person_id, "POST /api/v1/orders", key, &order)?,
        Some(account) => idempotency::Request::new(person_id, "an order of an account", key, &(account, &order))?,
    };
    Ok(Asked {
        key,
        request: order.into_request()?,
        account,
    })
}
