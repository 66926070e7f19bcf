//! Claims on the desk.
//!
//! - [`list`]: of all accounts, what is to be done first
//! - [`claim`]: one claim with the forms to answer, decide, settle and find out

pub mod claim;
pub mod list;
