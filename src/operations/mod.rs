//! What an operator asks of an installation: who works on it, what waits, what an account has, and that somebody is forgotten.
//!
//! - [`nodes`]: processes tell that they live
//! - [`queues`]: what waits to be sent or done, how long, and who holds it
//! - [`marks`]: when something was last done that leaves no other trace
//! - [`erasing`]: a person's name and addresses are replaced by a pseudonym
//! - [`exporting`]: all that is kept of an account, as files

pub mod erasing;
pub mod exporting;
pub mod marks;
pub mod nodes;
pub mod queues;
pub mod routes;
pub mod sentences;
