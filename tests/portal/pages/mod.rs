//! The pages as the server gives them.
//!
//! - [`desk_accounts`]: staff find accounts and change them
//! - [`catalogue`]: what an account may order, found and added
//! - [`drafts`]: shared in the account, unseen by others
//! - [`orders`]: found, followed, called off, ordered again
//! - [`people_access`]: the links of mails, passwords, the own profile and sessions
//! - [`people_account`]: team, terms, sites, members and invitations, which mails come
//! - [`quick_order`]: typing, pasting and uploading lines, mending them, placing the good ones once
//! - [`shell`]: signing in, what stands around every page, errors as pages, forms of other sites

mod desk_accounts;
mod catalogue;
mod drafts;
mod orders;
mod people_access;
mod people_account;
mod quick_order;
mod shell;
