//! What REST takes of both sides.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{Code, Error, FieldError, Result};
use crate::kept::DecimalText;
use crate::orders::rules::rest::{Wanted, What};
use crate::orders::sentences;

/// What of the order is called off.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelRest {
    /// 1,000 characters at most; staff must give one, and the account reads it.
    pub(super) reason: Option<String>,
    /// Lines by their ids, or with how much of each; all that may be where it is left out.
    #[serde(default)]
    lines: Vec<CancelRestLine>,
    /// `waiting`: only what waits for stock, what is reserved still leaves; else all that is still to leave.
    #[serde(default)]
    pub(super) what: What,
}

/// A line of which something is called off: its id, or its id and a quantity.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(
    untagged,
    expecting = "give the id of a line, or an object of its order_line_id and, for a part of it, the quantity"
)]
pub enum CancelRestLine {
    /// All of it.
    Whole(String),
    Part(CancelRestPart),
}

/// How much of a line is called off: what waits for stock is the first to go.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelRestPart {
    #[schema(example = "lin_0B9Q4Z8K2M3N4")]
    order_line_id: String,
    /// In the line's unit; all of it if left out.
    #[schema(example = "40")]
    quantity: Option<DecimalText>,
}

impl CancelRest {
    /// The lines, or which of them are no lines' ids.
    pub(super) fn wanted(&self) -> Result<Vec<Wanted>> {
        let (mut wanted, mut faults) = (Vec::with_capacity(self.lines.len()), Vec::new());
        for (place, line) in self.lines.iter().enumerate() {
            let (id, quantity, at) = match line {
                CancelRestLine::Whole(id) => (id, None, format!("/lines/{place}")),
                CancelRestLine::Part(part) => {
                    let quantity = part.quantity.as_ref().map(|quantity| quantity.0.clone());
                    (&part.order_line_id, quantity, format!("/lines/{place}/order_line_id"))
                }
            };
            match id.parse() {
                Ok(line_id) => wanted.push(Wanted { line_id, quantity }),
                Err(_) => {
                    let detail = sentences::no_line_has_this_id();
                    faults.push(FieldError::new(at, Code::UnknownLine, detail));
                }
            }
        }
        match faults.is_empty() {
            true => Ok(wanted),
            false => Err(Error::Invalid(faults)),
        }
    }
}
