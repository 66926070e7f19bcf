//! Price lists, the price of a line and its explanation.

pub mod rules;
