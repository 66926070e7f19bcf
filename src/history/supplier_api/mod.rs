//! REST for supplier staff: who did what, which mails went out, where documents went.

pub mod audit;
pub mod messages;
pub mod timeline;
pub mod transports;
