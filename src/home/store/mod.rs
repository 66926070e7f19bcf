//! Rows of several features at once.

mod desk_searching;
mod searching;
mod standing;

pub use self::desk_searching::{
    OfAccount, list_accounts_with, list_exact_for_staff, list_invoices_of_all, list_orders_of_all,
    list_shipments_of_all,
};
pub use self::searching::{Exact, LATEST, Numbered, list_exact, list_invoices, list_orders, list_shipments};
pub use self::standing::{
    Due, Held, OpenDraft, Short, count_open_orders, find_due, list_held, list_months, list_open_drafts, list_short,
};
