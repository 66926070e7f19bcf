//! Claims on the desk.
//!
//! - [`list`]: of all accounts, what is to be done first
//! - [`terms`]: how many days there are to answer
//! - [`claim`]: one claim with the forms to answer, decide, settle and find out

pub mod claim;
pub mod list;
pub mod terms;
