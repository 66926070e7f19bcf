//! REST of reminders for supplier staff.

pub mod accounts;
pub mod policies;
pub mod promises;
pub mod runs;

use serde::Deserialize;

/// Why something is done.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReminderReason {
    /// 1 to 500 characters.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}
