//! Quotas and modes as they are kept.

use chrono::NaiveDate;

use crate::accounts::rules::Tier;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Connection, select, selection, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, AllocationModeId, ProductId, QuotaId};
use crate::inventory::quotas::rules::{Holder, Mode, Period, Quota, Scope};
use crate::{binds, row};

row! {
    /// A quota as people see it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Kept from "quotas q LEFT JOIN products p ON p.id = q.product_id LEFT JOIN accounts a ON a.id = q.account_id" {
        pub id: QuotaId = "q.id",
        pub code: String = "q.code",
        /// Number of the article, unless it is of a category.
        pub sku: Option<String> = "p.sku",
        pub product_name: Option<String> = "p.name",
        /// Code of the article's base unit.
        pub base_unit: Option<String> = "p.base_unit",
        pub category: Option<String> = "q.category",
        pub account_id: Option<AccountId> = "q.account_id",
        /// Code of the account, unless it is for a tier.
        pub account: Option<String> = "a.code",
        pub account_name: Option<String> = "a.name",
        pub tier: Option<Tier> = "q.tier",
        /// The tier that the account is of.
        pub account_tier: Option<Tier> = "a.tier",
        pub period: Period = "q.period",
        pub quantity_micros: i64 = "q.quantity_micros",
        pub released_after_days: Option<i32> = "q.released_after_days",
    }
}

impl Kept {
    /// The rule of it.
    pub fn quota(&self) -> Option<Quota> {
        let tier = self.tier.or(self.account_tier)?;
        Some(Quota {
            id: self.id,
            holder: self.account_id.map_or(Holder::Tier(tier), Holder::Account),
            tier,
            period: self.period,
            quantity_micros: self.quantity_micros,
            released_after_days: self.released_after_days,
        })
    }

    /// What it is about.
    pub fn scope(&self) -> Scope {
        match self.category {
            Some(_) => Scope::Category,
            None => Scope::Sku,
        }
    }

    /// Number of the article or name of the category.
    pub fn key(&self) -> &str {
        self.category.as_deref().or(self.sku.as_deref()).unwrap_or_default()
    }
}

/// Which quotas to show.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Filter {
    /// Code of an account: those for it and for its tier.
    pub account: Option<String>,
    /// Number of an article: those of it and of its category.
    pub sku: Option<String>,
}

const OF_ACCOUNT: &str = "(q.account_id = (SELECT id FROM accounts WHERE code = $1) \
                          OR q.tier = (SELECT tier FROM accounts WHERE code = $1))";
const OF_PRODUCT: &str = "(q.product_id = (SELECT id FROM products WHERE sku = $1) \
                          OR q.category = (SELECT category FROM products WHERE sku = $1))";

/// At most `limit` quotas by code.
pub fn list(connection: &mut Connection, filter: &Filter, walk: Walk<String>, limit: i64) -> Result<Vec<Kept>> {
    let mut seek = Seek::new(connection, &selection::<Kept>());
    seek.and_if(OF_ACCOUNT, filter.account.clone());
    seek.and_if(OF_PRODUCT, filter.sku.clone());
    seek.part(["q.code"], Way::Up, "q.id", walk.map(|code| binds![code]), limit)?
        .rows(connection)
}

/// Those for an account and for its tier, of one article if it is named; its own first.
pub fn list_of(connection: &mut Connection, account_id: AccountId, product_id: Option<ProductId>) -> Result<Vec<Kept>> {
    select::<Kept>(
        "WHERE (q.account_id = $1 OR q.tier = (SELECT tier FROM accounts WHERE id = $1)) AND (CAST($2 AS BIGINT) IS NULL \
         OR q.product_id = $2 OR q.category = (SELECT category FROM products WHERE id = $2)) \
         ORDER BY q.account_id IS NULL, q.code",
    )
    .bind(account_id)
    .bind(product_id.map(|id| id.0))
    .rows(connection)
}

/// The quota with this id.
pub fn find(connection: &mut Connection, id: QuotaId) -> Result<Option<Kept>> {
    select::<Kept>("WHERE q.id = $1").bind(id).first(connection)
}

/// The same, locked until the transaction ends.
pub fn lock(tx: &mut Connection, id: QuotaId) -> Result<Option<Kept>> {
    select::<Kept>("WHERE q.id = $1 {lock of q}").bind(id).first(tx)
}

/// Removes a quota and what was drawn of it; decisions keep what they were made from.
pub fn delete(tx: &mut Connection, id: QuotaId) -> Result<()> {
    sql("DELETE FROM quota_uses WHERE quota_id = $1").bind(id).run(tx)?;
    sql("DELETE FROM quotas WHERE id = $1").bind(id).run(tx)?;
    Ok(())
}

/// The products that quotas with these ids are about.
pub fn list_products_of(connection: &mut Connection, ids: &[i64]) -> Result<Vec<ProductId>> {
    sql(
        "SELECT q.product_id FROM quotas q WHERE q.id {in ids $1} AND q.product_id IS NOT NULL UNION \
         SELECT p.id FROM quotas q JOIN products p ON p.category = q.category WHERE q.id {in ids $1}",
    )
    .bind(sets::json(ids)?)
    .rows(connection)
}

row! {
    /// Up to when a quota was freed.
    #[derive(Debug)]
    pub struct Freed in quotas {
        pub id: QuotaId,
        pub period: Period,
        pub released_after_days: Option<i32>,
        /// First day of the last period whose rest was given to everybody.
        pub freed_until: Option<NaiveDate>,
    }
}

/// All quotas that are released before the end of their period, with up to when they were.
pub fn list_freed(connection: &mut Connection) -> Result<Vec<Freed>> {
    select::<Freed>("WHERE released_after_days IS NOT NULL ORDER BY id").rows(connection)
}

/// Notes that the rest of a period was given to everybody; false where somebody else did.
pub fn note_freed(tx: &mut Connection, id: QuotaId, starts_on: NaiveDate) -> Result<bool> {
    let noted = sql("UPDATE quotas SET freed_until = $2 WHERE id = $1 AND (freed_until IS NULL OR freed_until < $2)")
        .bind(id)
        .bind(starts_on)
        .run(tx)?;
    Ok(noted > 0)
}

/// Forgets up to when quotas were freed: what became of their days may be to do again.
pub fn forget_freed(tx: &mut Connection, ids: &[i64]) -> Result<()> {
    sql("UPDATE quotas SET freed_until = NULL WHERE id {in ids $1} AND freed_until IS NOT NULL")
        .bind(sets::json(ids)?)
        .run(tx)
        .map(drop)
}

/// An article, or the articles of a category.
pub fn list_products_about(
    connection: &mut Connection,
    product_id: Option<ProductId>,
    category: Option<&str>,
) -> Result<Vec<ProductId>> {
    match (product_id, category) {
        (Some(id), _) => Ok(vec![id]),
        (None, None) => Ok(Vec::new()),
        (None, Some(category)) => sql("SELECT id FROM products WHERE category = $1 ORDER BY id")
            .bind(category)
            .rows(connection),
    }
}

row! {
    /// How an article or a category is shared.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct KeptMode from "allocation_modes m LEFT JOIN products p ON p.id = m.product_id" {
        pub id: AllocationModeId = "m.id",
        pub product_id: Option<ProductId> = "m.product_id",
        pub sku: Option<String> = "p.sku",
        pub category: Option<String> = "m.category",
        pub mode: Mode = "m.mode",
        /// Of the tiers in a fair share, `4:3:2:1`; as ever where nothing is said.
        pub weights: Option<String> = "m.weights",
    }
}

impl KeptMode {
    /// Number of the article or name of the category.
    pub fn key(&self) -> &str {
        self.category.as_deref().or(self.sku.as_deref()).unwrap_or_default()
    }

    /// What it is about.
    pub fn scope(&self) -> Scope {
        match self.category {
            Some(_) => Scope::Category,
            None => Scope::Sku,
        }
    }
}

/// At most `limit` modes by id.
pub fn list_modes(connection: &mut Connection, walk: Walk<i64>, limit: i64) -> Result<Vec<KeptMode>> {
    let seek = Seek::new(connection, &selection::<KeptMode>());
    seek.part(["m.id"], Way::Up, "m.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)
}

/// The mode with this id.
pub fn find_mode(connection: &mut Connection, id: AllocationModeId) -> Result<Option<KeptMode>> {
    select::<KeptMode>("WHERE m.id = $1").bind(id).first(connection)
}

/// The mode of an article or of a category.
pub fn find_mode_of(
    connection: &mut Connection,
    product_id: Option<ProductId>,
    category: Option<&str>,
) -> Result<Option<KeptMode>> {
    select::<KeptMode>("WHERE m.product_id = $1 OR m.category = $2")
        .bind(product_id.map(|id| id.0))
        .bind(category.map(str::to_owned))
        .first(connection)
}

/// Removes a mode; from then on rank alone decides.
pub fn delete_mode(tx: &mut Connection, id: AllocationModeId) -> Result<()> {
    sql("DELETE FROM allocation_modes WHERE id = $1").bind(id).run(tx)?;
    Ok(())
}
