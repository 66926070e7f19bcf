//! Tax treatment and rates.
