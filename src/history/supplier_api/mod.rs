//! REST for supplier staff: who did what, which mails went out.

pub mod audit;
pub mod messages;
pub mod timeline;
