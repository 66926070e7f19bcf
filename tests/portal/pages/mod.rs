//! The pages as the server gives them.
//!
//! - [`acting`]: staff act for an account; the audit record
//! - [`desk_accounts`]: staff find accounts and change them
//! - [`catalogue`]: what an account may order, found and added
//! - [`desk_goods`]: stock, receipts, mails and the start page of staff
//! - [`desk_lists`]: who sees which page of the desk, and what its lists find
//! - [`desk_money`]: payments by staff
//! - [`desk_orders`]: the queue, steering, shipping and invoicing by staff
//! - [`desk_catalogue`]: staff keep price lists and prices
//! - [`desk_products`]: staff keep products, units and assortments
//! - [`drafts`]: shared in the account, unseen by others
//! - [`entitlements`]: what is left of an order class, articles that are to come
//! - [`money`]: deliveries, invoices, statement, files
//! - [`orders`]: found, followed, called off, ordered again
//! - [`pasted_lines`]: what of a pasted line may mean two things
//! - [`people_access`]: the links of mails, passwords, the own profile and sessions
//! - [`people_account`]: team, terms, sites, members and invitations, which mails come
//! - [`home`]: what needs an account first
//! - [`search`]: one box for everything
//! - [`quick_order`]: typing, pasting and uploading lines, mending them, placing the good ones once
//! - [`typed`]: what was typed stays to be seen
//! - [`views`]: saved filters of lists
//! - [`shell`]: signing in, what stands around every page, errors as pages, forms of other sites

mod acting;
mod desk_accounts;
mod catalogue;
mod changes;
mod desk_goods;
mod desk_lists;
mod desk_money;
mod desk_orders;
mod desk_catalogue;
mod desk_products;
mod drafts;
mod entitlements;
mod leaving;
mod money;
mod orders;
mod pasted_lines;
mod people_access;
mod people_account;
mod rebates;
mod home;
pub mod quick_order;
mod search;
mod shell;
mod contracts;
mod substitutes;
mod typed;
mod views;
