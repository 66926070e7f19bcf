//! What every REST handler shares: bodies, parameters, pages, headers, the API document. Knows no feature.

mod bearer;
mod body;
pub mod cursor;
mod decimal_text;
mod etag;
mod given;
mod headers;
mod idempotency_key;
pub mod openapi;
pub mod metrics;
mod paging;
mod params;
mod pdf;
mod precedence;
mod rate_limit;
mod request_id;
mod shape;
mod user_agent;

pub use self::bearer::bearer_token;
pub use self::body::{BODY_BYTES_MAX, Body, OptionalBody, receive};
pub use self::decimal_text::DecimalText;
pub use self::etag::{IfMatch, etag, tag};
pub use self::given::{given, put};
pub use self::headers::answer;
pub use self::idempotency_key::IdempotencyKey;
pub use self::paging::{Limit, List, Page};
pub use self::params::{Params, PathId, refuse_nul};
pub use self::pdf::Pdf;
pub use self::precedence::CallerPending;
pub use self::rate_limit::RateLimit;
pub use self::request_id::RequestId;
pub use self::user_agent::user_agent;
