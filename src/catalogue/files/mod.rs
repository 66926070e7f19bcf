//! What the import files of products, units and assortments share: who carries which GTIN, and the words of the search.

pub(in crate::catalogue) mod gtins;
pub(in crate::catalogue) mod words;

pub use gtins::Gtins;
