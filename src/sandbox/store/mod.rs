//! What a sandbox takes over from the portal, and what is kept of its programs.

mod planned;
mod seen;
mod twin;

pub use self::seen::{
    FailureRow, RequestRow, RunRow, clear_failures, delete_old, insert_failure, insert_request, last_event, last_order,
    list_failures, list_requests, list_runs, store_run, take_failure,
};
pub use self::twin::{insert_looker, make, refresh};
