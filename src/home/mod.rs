//! What shows several features together.

pub mod desk_searching;
pub mod pages;
pub mod routes;
pub mod rules;
pub mod searching;
pub mod standing;
mod store;
pub mod supplier_pages;
pub mod words;
