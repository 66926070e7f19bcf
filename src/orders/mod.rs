//! One pipeline for orders of every channel.

pub mod rules;
