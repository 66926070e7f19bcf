//! That an account has a sandbox, and what its programs have shown there. The sandbox itself is [`crate::sandbox`].

pub mod rules;
mod store;

pub use self::store::{
    SandboxRow, delete, find, find_of, forget_database, list, list_left, note_database, store, update,
};
