//! What shows several features together, in the browser.
//!
//! - [`around`]: what stands around every page
//! - [`start`]: where the people of an account begin
//! - [`search`]: one box for everything

pub mod around;
pub mod search;
mod sentences;
pub mod start;
