//! The categories of what an account sees.

use super::{STILL_SOLD, opening};
use crate::db::{Connection, composed};
use crate::error::Result;
use crate::ids::AccountId;

/// Articles that are counted; with more of them, categories are named without a number.
const COUNTED_MAX: i64 = 10_000;

/// A category of an account's articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// The supplier's name for it.
    pub name: String,
    /// How many articles it has; none where there are too many to count for every page.
    pub articles: Option<i64>,
}

/// The categories of what the account sees, by name. At most three statements.
pub fn list_categories(connection: &mut Connection, account_id: AccountId) -> Result<Vec<Category>> {
    let open = opening::open_to_first();
    // An account with an assortment sees that: read from its side, for it may be small.
    let own: Vec<(Option<String>, i64)> = composed(format!(
        "SELECT c.category, COUNT(*) FROM (SELECT p.category FROM assortment a JOIN products p ON p.id = a.product_id \
         WHERE a.account_id = $1 AND {STILL_SOLD} AND (p.exclusive_account_id IS NULL OR p.exclusive_account_id = $1) \
         AND {open} LIMIT $2) c GROUP BY c.category ORDER BY c.category"
    ))
    .bind(account_id)
    .bind(COUNTED_MAX + 1)
    .rows(connection)?;
    let counted = if own.is_empty() {
        composed(format!(
            "SELECT c.category, COUNT(*) FROM (SELECT p.category FROM products p \
             WHERE {STILL_SOLD} AND (p.exclusive_account_id IS NULL OR p.exclusive_account_id = $1) \
             AND NOT EXISTS (SELECT 1 FROM assortment mine WHERE mine.account_id = $1) AND {open} LIMIT $2) c \
             GROUP BY c.category ORDER BY c.category"
        ))
        .bind(account_id)
        .bind(COUNTED_MAX + 1)
        .rows(connection)?
    } else {
        own
    };
    let all: i64 = counted.iter().map(|(_, articles)| articles).sum();
    if all <= COUNTED_MAX {
        let named = counted.into_iter().filter_map(|(name, articles)| {
            Some(Category {
                name: name?,
                articles: Some(articles),
            })
        });
        return Ok(named.collect());
    }
    // From one category to the next by the index; of each it is enough that the account sees something.
    let names: Vec<String> = composed(format!(
        "WITH RECURSIVE c(category) AS (SELECT MIN(category) FROM products UNION ALL \
         SELECT (SELECT MIN(p.category) FROM products p WHERE p.category > c.category) FROM c WHERE c.category IS NOT NULL) \
         SELECT c.category FROM c WHERE c.category IS NOT NULL AND EXISTS (\
         SELECT 1 FROM products p \
         WHERE p.category = c.category AND {STILL_SOLD} AND {open} AND (p.exclusive_account_id IS NULL OR p.exclusive_account_id = $1) \
         AND (NOT EXISTS (SELECT 1 FROM assortment mine WHERE mine.account_id = $1) \
         OR EXISTS (SELECT 1 FROM assortment a WHERE a.account_id = $1 AND a.product_id = p.id))) \
         ORDER BY c.category"
    ))
    .bind(account_id)
    .rows(connection)?;
    let named = names.into_iter().map(|name| Category { name, articles: None });
    Ok(named.collect())
}
