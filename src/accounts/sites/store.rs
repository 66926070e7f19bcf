//! What is asked of sites beyond what is asked of all that accounts keep.

use super::Site;
use crate::db::{Connection, select, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, SiteId};

/// The account that has this site: for staff, who name no account.
pub fn find_account(connection: &mut Connection, id: SiteId) -> Result<AccountId> {
    let account = sql("SELECT account_id FROM sites WHERE id = $1").bind(id);
    account.first(connection)?.ok_or(Error::NotFound)
}

/// The first site of an account in a country, in file order.
pub fn find_seat(connection: &mut Connection, account_id: AccountId, country: &str) -> Result<Option<Site>> {
    let seat = select::<Site>("WHERE account_id = $1 AND country = $2 ORDER BY id LIMIT 1");
    seat.bind(account_id).bind(country).first(connection)
}
