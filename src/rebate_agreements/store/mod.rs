//! Agreements with their tiers and periods. Every query of an account's takes the account.

pub mod accruals;
pub mod facts;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::files::{TierRow, tier_row};
use super::rules::{Basis, Method, Period, Scale, Scope, Settlement, Sums, Tier};
use super::{Agreement, Standing};
use crate::binds;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Connection, insert, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, ProductId, RebateAgreementId};
use crate::money::Currency;
use crate::row;

row! {
    /// An agreement without its tiers.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Kept from "rebate_agreements g JOIN accounts a ON a.id = g.account_id LEFT JOIN products p ON p.id = g.product_id" {
        pub id: RebateAgreementId = "g.id",
        pub code: String = "g.code",
        pub account_id: AccountId = "g.account_id",
        /// Code of the account.
        pub account: String = "a.code",
        pub account_name: String = "a.name",
        pub name: String = "g.name",
        pub currency: Currency = "g.currency",
        pub period: Period = "g.period",
        pub method: Method = "g.method",
        pub basis: Basis = "g.basis",
        pub product_id: Option<ProductId> = "g.product_id",
        /// Number of the article.
        pub sku: Option<String> = "p.sku",
        pub category: Option<String> = "g.category",
        pub valid_from: NaiveDate = "g.valid_from",
        pub valid_to: Option<NaiveDate> = "g.valid_to",
        pub settlement: Settlement = "g.settlement",
    }
}

impl Kept {
    /// What is counted.
    pub fn scope(&self) -> Scope {
        match (&self.product_id, &self.category) {
            (Some(_), _) => Scope::Sku,
            (None, Some(_)) => Scope::Category,
            (None, None) => Scope::All,
        }
    }

    /// Number of the article or name of the category.
    pub fn key(&self) -> Option<&str> {
        self.category.as_deref().or(self.sku.as_deref())
    }

    /// The days on which it is valid.
    pub fn days(&self) -> (NaiveDate, Option<NaiveDate>) {
        (self.valid_from, self.valid_to)
    }

    /// True if an article counts.
    pub fn is_of(&self, product_id: ProductId, category: Option<&str>) -> bool {
        match self.scope() {
            Scope::All => true,
            Scope::Sku => self.product_id == Some(product_id),
            Scope::Category => category.is_some() && self.category.as_deref() == category,
        }
    }
}

row! {
    /// What a period of an agreement came to.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct PeriodRow in rebate_periods {
        pub id: i64,
        pub agreement_id: RebateAgreementId,
        pub account_id: AccountId,
        /// Its days, both included.
        pub period_from: NaiveDate,
        pub period_to: NaiveDate,
        pub turnover_minor: i64,
        pub accrued_minor: i64,
        /// How many tiers were told of as reached.
        pub tiers_told: i32,
    }
}

impl PeriodRow {
    /// What it came to.
    pub fn sums(&self) -> Sums {
        Sums {
            turnover_minor: self.turnover_minor,
            accrued_minor: self.accrued_minor,
        }
    }
}

row! {
    struct StoredTier {
        agreement_id: RebateAgreementId,
        threshold_minor: i64,
        rate_ppm: i64,
    }
}

/// These agreements with their tiers: one statement.
fn with_tiers(connection: &mut Connection, found: Vec<Kept>) -> Result<Vec<Agreement>> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = found.iter().map(|kept| kept.id).collect();
    let rows: Vec<StoredTier> = sql(
        "SELECT agreement_id, threshold_minor, rate_ppm FROM rebate_tiers WHERE agreement_id {in ids $1} \
         ORDER BY agreement_id, threshold_minor",
    )
    .bind(sets::json(&ids)?)
    .rows(connection)?;
    let mut tiers: BTreeMap<i64, Vec<Tier>> = BTreeMap::new();
    for row in rows {
        tiers.entry(row.agreement_id.0).or_default().push(Tier {
            threshold_minor: row.threshold_minor,
            rate_ppm: row.rate_ppm,
        });
    }
    let whole = |kept: Kept| Agreement {
        scale: Scale {
            method: kept.method,
            tiers: tiers.remove(&kept.id.0).unwrap_or_default(),
        },
        kept,
    };
    Ok(found.into_iter().map(whole).collect())
}

/// Agreements behind a code, by code; of one account where it is named.
pub fn list(
    connection: &mut Connection,
    account: Option<&str>,
    walk: Walk<String>,
    limit: i64,
) -> Result<Vec<Agreement>> {
    let mut seek = Seek::new(connection, &crate::db::selection::<Kept>());
    seek.of_account("g.account_id", account);
    let found: Vec<Kept> = seek
        .part(["g.code"], Way::Up, "g.id", walk.map(|code| binds![code]), limit)?
        .rows(connection)?;
    with_tiers(connection, found)
}

/// Those of these accounts: one statement where they have none.
pub fn list_of_accounts(connection: &mut Connection, account_ids: &[AccountId]) -> Result<Vec<Agreement>> {
    let found = select::<Kept>("WHERE g.account_id {in ids $1} ORDER BY g.id")
        .bind(sets::json(account_ids)?)
        .rows(connection)?;
    with_tiers(connection, found)
}

pub fn find(connection: &mut Connection, id: RebateAgreementId) -> Result<Option<Agreement>> {
    let found: Option<Kept> = select::<Kept>("WHERE g.id = $1").bind(id).first(connection)?;
    Ok(with_tiers(connection, found.into_iter().collect())?.pop())
}

/// The same, locked until the transaction ends.
pub fn lock(tx: &mut Connection, id: RebateAgreementId) -> Result<Option<Agreement>> {
    let found: Option<Kept> = select::<Kept>("WHERE g.id = $1 {lock of g}").bind(id).first(tx)?;
    Ok(with_tiers(tx, found.into_iter().collect())?.pop())
}

/// Puts these tiers in the place of those there are.
pub fn replace_tiers(tx: &mut Connection, id: RebateAgreementId, tiers: &[Tier]) -> Result<()> {
    sql("DELETE FROM rebate_tiers WHERE agreement_id = $1")
        .bind(id)
        .run(tx)?;
    let rows: Vec<TierRow> = tiers.iter().map(|tier| tier_row(id, tier)).collect();
    insert(tx, &rows)
}

/// The periods of these agreements, the oldest first.
pub fn list_periods(connection: &mut Connection, ids: &[RebateAgreementId]) -> Result<Vec<PeriodRow>> {
    select::<PeriodRow>("WHERE agreement_id {in ids $1} ORDER BY agreement_id, period_from")
        .bind(sets::json(ids)?)
        .rows(connection)
}

/// What of these agreements was settled, minor units; those of which nothing was are left out.
pub fn list_settled(connection: &mut Connection, ids: &[RebateAgreementId]) -> Result<BTreeMap<i64, i64>> {
    let rows: Vec<(RebateAgreementId, i64)> = sql(
        "SELECT agreement_id, CAST(SUM(amount_minor) AS BIGINT) FROM rebate_settlements \
         WHERE agreement_id {in ids $1} AND state = {rebate_settlement_state settled} GROUP BY agreement_id",
    )
    .bind(sets::json(ids)?)
    .rows(connection)?;
    Ok(rows.into_iter().map(|(id, minor)| (id.0, minor)).collect())
}

/// Periods by agreement and day, the newest first, behind the one with this id; for finance.
pub fn list_standings(
    connection: &mut Connection,
    account: Option<&str>,
    walk: Walk<i64>,
    limit: i64,
) -> Result<Vec<Standing>> {
    let mut seek = Seek::new(connection, "SELECT w.id FROM rebate_periods w");
    seek.of_account("w.account_id", account);
    let ids: Vec<i64> = seek
        .part(["w.id"], Way::Down, "w.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    let periods: Vec<PeriodRow> = select::<PeriodRow>("WHERE id {in ids $1} ORDER BY id DESC")
        .bind(sets::json(&ids)?)
        .rows(connection)?;
    standings(connection, periods)
}

/// These periods with their agreements.
fn standings(connection: &mut Connection, periods: Vec<PeriodRow>) -> Result<Vec<Standing>> {
    let ids: Vec<_> = periods.iter().map(|period| period.agreement_id).collect();
    let found: Vec<Kept> = select::<Kept>("WHERE g.id {in ids $1} ORDER BY g.id")
        .bind(sets::json(&ids)?)
        .rows(connection)?;
    let agreements = with_tiers(connection, found)?;
    let by_id: BTreeMap<i64, Agreement> = agreements.into_iter().map(|one| (one.kept.id.0, one)).collect();
    let standing = |period: PeriodRow| {
        let agreement = by_id.get(&period.agreement_id.0)?.clone();
        Some(Standing {
            agreement,
            days: Some((period.period_from, period.period_to)),
            sums: period.sums(),
            period_id: period.id,
        })
    };
    Ok(periods.into_iter().filter_map(standing).collect())
}

/// Agreements whose accruals are to be derived again, at most so many.
pub fn list_due(connection: &mut Connection, limit: i64) -> Result<Vec<RebateAgreementId>> {
    sql("SELECT agreement_id FROM rebates_due ORDER BY agreement_id LIMIT $1")
        .bind(limit)
        .rows(connection)
}

pub fn delete_due(tx: &mut Connection, id: RebateAgreementId) -> Result<()> {
    sql("DELETE FROM rebates_due WHERE agreement_id = $1")
        .bind(id)
        .run(tx)
        .map(drop)
}

/// Says that accruals are to be derived again, by who sees what is committed now.
pub fn insert_due(tx: &mut Connection, id: RebateAgreementId) -> Result<()> {
    sql("INSERT INTO rebates_due (agreement_id) VALUES ($1) ON CONFLICT DO NOTHING")
        .bind(id)
        .run(tx)
        .map(drop)
}

/// The categories of these products; those without one are left out.
pub fn list_categories(connection: &mut Connection, ids: &[ProductId]) -> Result<BTreeMap<i64, String>> {
    let rows: Vec<(ProductId, String)> =
        sql("SELECT id, category FROM products WHERE id {in ids $1} AND category IS NOT NULL")
            .bind(sets::json(ids)?)
            .rows(connection)?;
    Ok(rows.into_iter().map(|(id, category)| (id.0, category)).collect())
}
