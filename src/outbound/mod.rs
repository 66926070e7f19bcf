//! Requests that leave the portal for addresses that somebody typed: where they may go, and how they are sent.
//!
//! - [`addresses`]: the ranges that nobody outside may have us reach
//! - [`hosts`]: which URLs are taken, and the hosts that the operator names
//! - [`courier`]: sends to nothing but a checked address, follows nothing, reads little

pub mod addresses;
pub mod courier;
pub mod hosts;

pub use self::courier::{Answer, Courier, Failure, Names, plain_client, tls};
pub use self::hosts::{Hosts, Refused};
