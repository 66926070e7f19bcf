//! Who did what and which mails went out, on the supplier's desk.

pub mod audit;
pub mod messages;
