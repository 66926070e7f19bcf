//! The programs of an account that sign in by themselves: kept by its admins, and by staff. What they are stands in
//! [`crate::identity::clients`].

pub mod api;
pub mod pages;
pub mod supplier_api;
pub mod supplier_pages;
