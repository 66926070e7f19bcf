//! The pages as the server gives them.
//!
//! - [`desk_accounts`]: staff find accounts and change them
//! - [`catalogue`]: what an account may order, found and added
//! - [`drafts`]: shared in the account, unseen by others
//! - [`orders`]: found, followed, called off, ordered again
//! - [`quick_order`]: typing, pasting and uploading lines, mending them, placing the good ones once
//! - [`shell`]: signing in, what stands around every page, errors as pages, forms of other sites

mod desk_accounts;
mod catalogue;
mod drafts;
mod orders;
mod quick_order;
mod shell;
