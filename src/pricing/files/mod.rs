//! The import files of this feature: price lists and their rows.

pub mod price_lists;
pub mod prices;

use chrono::NaiveDate;

use crate::error::Code;
use crate::pricing::sentences;
use crate::sheets::Cells;

/// The last day if it is not before the first.
pub(in crate::pricing) fn in_order(
    cells: &mut Cells<'_>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Option<NaiveDate> {
    match (from, to) {
        (Some(from), Some(to)) if to < from => {
            cells.refuse("valid_to", Code::ValueInvalid, sentences::before_valid_from(from))
        }
        _ => to,
    }
}
