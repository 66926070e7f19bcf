//! Pages about an account and about oneself.
//!
//! - [`account`]: terms, credit and sites
//! - [`acted`]: who of the supplier acted for it
//! - [`profile`]: one's own name, language and theme

pub mod account;
pub mod acted;
pub mod profile;
