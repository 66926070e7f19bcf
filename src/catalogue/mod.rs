//! Products, sale units and what each account sees of them.

pub mod rules;
