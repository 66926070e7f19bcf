//! What REST takes of both sides.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::error::{Code, Error, FieldError, Result};
use crate::ids::OrderLineId;
use crate::orders::sentences;

/// What of the order is called off.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelRest {
    /// 1,000 characters at most; staff must give one, and the account reads it.
    pub(super) reason: Option<String>,
    /// Ids of lines; all that may be where it is left out.
    #[serde(default)]
    lines: Vec<String>,
}

impl CancelRest {
    /// The lines, or which of them are no lines' ids.
    pub(super) fn line_ids(&self) -> Result<Vec<OrderLineId>> {
        let read: Vec<Option<OrderLineId>> = self.lines.iter().map(|id| id.parse().ok()).collect();
        let unknown = (0..).zip(&read).filter(|(_, id)| id.is_none());
        let fault = |(place, _): (usize, _)| {
            FieldError::new(
                format!("/lines/{place}"),
                Code::UnknownLine,
                sentences::no_line_has_this_id(),
            )
        };
        let faults: Vec<_> = unknown.map(fault).collect();
        match faults.is_empty() {
            true => Ok(read.into_iter().flatten().collect()),
            false => Err(Error::Invalid(faults)),
        }
    }
}
