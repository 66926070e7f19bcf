//! What every REST handler shares: bodies, parameters, pages, headers, the API document. Knows no feature.

mod attachments;
mod body;
mod conditional;
mod csv;
pub mod cursor;
mod etag;
mod exporting;
mod following;
mod headers;
mod long;
mod sent_headers;
pub mod openapi;
pub mod metrics;
mod origins;
mod paging;
mod params;
mod pdf;
mod precedence;
mod rate_limit;
mod request_id;
mod routes;
mod rows;
mod shape;
mod uploads;
mod xml;

pub use self::attachments::attachment;
pub use self::body::{BODY_BYTES_MAX, Body, OptionalBody, parse as parse_json, receive_at_most};
pub use self::conditional::conditional;
pub use self::csv::Csv;
pub use self::etag::{IfMatch, MaybeIfMatch, etag, tag, versioned};
pub use self::exporting::{ExportAfter, ExportOfAccount, ExportSince, Lines, export, export_many};
pub use self::following::{FollowedPage, RemovedView, Since};
pub use self::headers::{Https, OwnOrigin, SubdomainsToo, answer, has_token, is_https};
pub use self::long::{JsonText, LongBodies};
pub use self::origins::{Network, Origins, by_proxy_alone, client_address};
pub use self::paging::{Limit, List, Page, Paged};
pub use self::params::{Params, PathId, PathIds, PathIdsOfThree, control_characters, filled, refuse_controls};
pub use self::pdf::Pdf;
pub use self::precedence::CallerPending;
pub use self::rate_limit::{Allowance, Rate, RateLimit};
pub use self::request_id::RequestId;
pub use self::routes::{Routes, documented};
pub use self::rows::{NDJSON, RowsBody, SentRows, rows_answer};
pub use self::sent_headers::{
    IdempotencyKey, MaybeIdempotencyKey, bearer_token, created, created_text, is_idempotency_key, user_agent,
};
pub use self::uploads::{UPLOAD_BYTES_MAX, Upload};
pub use self::xml::Xml;
