//! Spans of delivery windows as REST takes and shows them, for both sides.

use serde::{Deserialize, Serialize};

use super::rules::{Window, clock, weekday_name};

/// A span of a weekday, in the site's own time.
#[derive(Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliveryWindow {
    /// `mon` to `sun`.
    #[schema(example = "mon", pattern = "^(mon|tue|wed|thu|fri|sat|sun)$")]
    pub(super) weekday: String,
    #[schema(example = "08:00", pattern = "^[0-2][0-9]:[0-5][0-9]$")]
    pub(super) from: String,
    /// Behind `from`; the last is 24:00.
    #[schema(example = "12:00", pattern = "^[0-2][0-9]:[0-5][0-9]$")]
    pub(super) to: String,
}

impl From<&Window> for DeliveryWindow {
    fn from(window: &Window) -> Self {
        Self {
            weekday: weekday_name(window.weekday).to_owned(),
            from: clock(window.from),
            to: clock(window.to),
        }
    }
}
