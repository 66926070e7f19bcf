//! What every REST handler shares: bodies, parameters, pages, headers, the API document. Knows no feature.

mod body;
pub mod cursor;
mod decimal_text;
mod headers;
mod idempotency_key;
pub mod openapi;
mod paging;
mod params;
mod precedence;
mod request_id;
mod shape;

pub use self::body::{BODY_BYTES_MAX, Body, OptionalBody};
pub use self::decimal_text::DecimalText;
pub use self::headers::answer;
pub use self::idempotency_key::IdempotencyKey;
pub use self::paging::{Limit, List, Page};
pub use self::params::{Params, PathId};
pub use self::precedence::CallerPending;
pub use self::request_id::RequestId;
