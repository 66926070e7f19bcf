//! Pages about an account and its people.
//!
//! - [`account`]: terms, credit and sites
//! - [`acted`]: who of the supplier acted for it
//! - [`team`]: the people of the supplier behind it
//! - [`members`], [`member`]: its own people, managed by its admins
//! - [`inviting`]: who is to become one of them
//! - [`invitations`]: what somebody makes of an invitation's mail
//! - [`notifications`]: which mails somebody gets

pub mod account;
pub mod acted;
pub mod invitations;
pub mod inviting;
pub mod member;
pub mod members;
pub mod notifications;
pub mod profile;
pub mod team;
