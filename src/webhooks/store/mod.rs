//! Rows of endpoints, deliveries and attempts.

mod deliveries;
mod endpoints;
mod lanes;

pub use self::deliveries::{
    AttemptRow, DeliveryRow, count_tests, delete_attempts, delete_old, delete_removed, find_delivery, list_attempts,
    list_deliveries, list_unfinished, lock_delivery, requeue,
};
pub use self::endpoints::{
    EndpointRow, NewEndpoint, count, delete_empty, find, insert_endpoint, is_any_enabled, is_any_orphan, list,
    list_enabled, list_orphans, list_replaying, list_standing, lock, remove, set_replay, update, update_secrets,
    update_state,
};
pub use self::lanes::{
    HealthRow, Held, NewAttempt, NewDelivery, Outcome, claim, enqueue, find_held, hold, hurry, is_event_waiting,
    is_lane_waiting, is_replay_waiting, let_go, list_next, lock_lane, promote, release, renew, settle, store_attempts,
    sweep, update_health, wake,
};
