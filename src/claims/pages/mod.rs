//! Claims in the portal.
//!
//! - [`list`]: the account's claims
//! - [`filing`]: the form for a new one
//! - [`claim`]: one claim, what is said and sent about it

pub mod claim;
pub mod filing;
pub mod list;
