//! People, passwords, sessions and tokens.

pub mod idempotency;
