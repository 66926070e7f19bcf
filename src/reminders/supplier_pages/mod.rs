//! Reminders on the desk: runs, what was sent, and an account's own.

pub mod account;
pub mod policies;
pub mod runs;
pub mod sent;
