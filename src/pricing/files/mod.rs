//! The import files of this feature: price lists and their rows.

pub mod price_lists;
pub mod prices;
