//! What an account has committed and owes; credit is decided here.
