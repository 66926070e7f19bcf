//! One pipeline for orders of every channel.
