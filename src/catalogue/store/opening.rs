//! What early access keeps from an account, as a part of every query that asks what the account sees. Where nothing has
//! early access, the first condition ends it. The account is `$2`, the product `p`; ids are above zero and categories not
//! empty, which says to both engines that indexes lead there.

/// Rows of early access that apply to the account.
const APPLIES: &str = "FROM early_access e JOIN accounts w ON w.id = $2 \
     WHERE (e.account_id = w.id OR e.tier = w.tier OR (e.account_id IS NULL AND e.tier IS NULL))";
/// True where anything has early access.
const ANY: &str = "EXISTS (SELECT 1 FROM early_access x WHERE x.id > 0)";

/// True of a product that the account may see: nothing restricts it, or a row names the account, its tier or everybody.
/// Sets that are made once for each statement, however many products it looks at.
pub(super) fn open() -> String {
    format!(
        "(NOT {ANY} \
         OR (p.id NOT IN (SELECT e.product_id FROM early_access e WHERE e.product_id > 0) \
         AND (p.category IS NULL OR p.category NOT IN (SELECT e.category FROM early_access e WHERE e.category > ''))) \
         OR p.id IN (SELECT e.product_id {APPLIES} AND e.product_id > 0) \
         OR p.category IN (SELECT e.category {APPLIES} AND e.category > ''))"
    )
}

/// The same where the account is `$1`.
pub(super) fn open_to_first() -> String {
    open().replace("$2", "$1")
}

/// The first day the account may order the product; NULL where that was never restricted.
pub(super) fn orderable_from() -> String {
    format!(
        "CASE WHEN {ANY} THEN (SELECT MIN(e.from_day) {APPLIES} AND (e.product_id = p.id OR e.category = p.category)) END"
    )
}
