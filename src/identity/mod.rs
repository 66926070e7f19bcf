//! People, passwords, sessions and tokens.
