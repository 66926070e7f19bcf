//! The desk's pages of price lists and prices.
//!
//! - [`lists`]: all lists, making and changing one
//! - [`rows`]: the prices of a list: filter, add, change in place
//! - [`one`]: a price by itself: what became of it, taking it out

pub mod lists;
pub mod one;
pub mod rows;

use std::collections::HashMap;

use crate::error::FieldError;
use crate::web::Shell;

/// Faults by the field they are about, in the reader's language.
fn by_field(shell: &Shell, faults: &[FieldError]) -> HashMap<String, String> {
    let mut texts = HashMap::new();
    for fault in faults {
        let field = fault.pointer.trim_start_matches('/').to_owned();
        texts.entry(field).or_insert_with(|| shell.fault(fault));
    }
    texts
}
