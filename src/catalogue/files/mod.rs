//! The import files of this feature: products, their sale units, what accounts see of them.

pub mod assortment;
mod gtins;
pub mod products;
pub mod units;
mod words;

pub use gtins::Gtins;
