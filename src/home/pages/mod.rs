//! What shows several features together, in the browser.
//!
//! - [`start`]: where the people of an account begin
//! - [`search`]: one box for everything

pub mod search;
mod sentences;
pub mod start;

use crate::accounts::caller::Caller;
use crate::db::Connection;
use crate::drafts;
use crate::error::Result;
use crate::web::Badges;

/// The numbers beside entries of the navigation.
pub fn badges(connection: &mut Connection, caller: &Caller) -> Result<Badges> {
    let draft_lines = match caller.account_id() {
        Some(account_id) => drafts::count(connection, account_id, caller.person_id)?,
        None => 0,
    };
    Ok(Badges { draft_lines })
}
