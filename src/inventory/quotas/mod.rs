//! Stock that is kept for some, and how what is scarce is shared: what a decision on stock has to know beside the stock.
//!
//! A quota keeps so much of an article for an account, or for the accounts of a tier together, in each week, month or quarter.
//! Until its release day the others leave alone what its holder has not drawn yet; from then on it is everybody's. What has a mode
//! is handed out by it where it does not suffice for all that waits.

pub mod rules;
pub mod store;

use chrono::NaiveDate;

use self::rules::{Claimant, Policy};
pub use self::store::{Use, add_uses, list_modes_of, sum_uses};
use super::rules::StockBook;
use crate::accounts::terms::Terms;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::ProductId;

impl From<&Terms> for Claimant {
    fn from(terms: &Terms) -> Self {
        Self {
            account_id: terms.account_id,
            tier: terms.tier,
        }
    }
}

/// Puts into the book by which policy its products are handed out on a day of the supplier. Asks nothing where the supplier has
/// neither quotas nor modes.
pub fn apply(
    connection: &mut Connection,
    book: &mut StockBook,
    product_ids: &[ProductId],
    today: NaiveDate,
) -> Result<()> {
    if !book.has_policies() || product_ids.is_empty() {
        return Ok(());
    }
    for (product_id, policy) in list(connection, product_ids, today)? {
        book.set_policy(product_id, policy);
    }
    Ok(())
}

/// The policies of those of these products that have one.
pub fn list(
    connection: &mut Connection,
    product_ids: &[ProductId],
    today: NaiveDate,
) -> Result<Vec<(ProductId, Policy)>> {
    let found = store::list_quotas_of(connection, product_ids)?;
    let periods: Vec<_> = found
        .iter()
        .map(|row| (row.quota.id, row.quota.starts_on(today)))
        .collect();
    let used = store::sum_uses(connection, &periods)?;
    let modes = store::list_modes_of(connection, product_ids)?;
    Ok(rules::policies(found, &used, modes, today))
}
