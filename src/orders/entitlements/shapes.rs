//! Entitlements as REST shows them.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::rules::{Entitlement, Right, Settled, Shortfall, Standing};
use crate::accounts::rules::Tier;
use crate::names::sets::OrderClass;

/// What the account may use of an order class this month, in its own time zone.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntitlementView {
    order_class: OrderClass,
    /// False where the account may not use the class at all.
    entitled: bool,
    /// Orders a month; null: as many as wanted, or not entitled.
    #[schema(required, example = 4)]
    per_month: Option<i64>,
    /// Orders of the class in this month, without those that were cancelled or rejected.
    #[schema(example = 2)]
    used: i64,
    /// What is left of them; null: as many as wanted.
    #[schema(required, example = 2)]
    left: Option<i64>,
    /// Most lines of such an order; null: as many as an order may have.
    #[schema(required)]
    lines_max: Option<i64>,
    /// The first day of the next month, from when all of them are left again.
    resets_on: NaiveDate,
}

impl From<Standing> for EntitlementView {
    fn from(standing: Standing) -> Self {
        Self {
            order_class: standing.order_class,
            entitled: standing.is_entitled(),
            per_month: standing.per_month(),
            used: standing.used,
            left: standing.left(),
            lines_max: standing.lines_max(),
            resets_on: standing.resets_on,
        }
    }
}

/// What the account may use of each class that somebody has to be entitled to.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntitlementsView {
    pub(super) data: Vec<EntitlementView>,
}

/// The entitlement that the class of an order needs. `order_class` is the class that was asked for, the order's own is the one
/// it gets.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderEntitlementView {
    order_class: OrderClass,
    #[schema(required, example = 4)]
    per_month: Option<i64>,
    #[schema(example = 2)]
    used: i64,
    #[schema(required, example = 2)]
    left: Option<i64>,
    #[schema(required)]
    lines_max: Option<i64>,
    resets_on: NaiveDate,
    /// Why the order is placed as standard instead; null where it gets the class.
    #[schema(required)]
    shortfall: Option<Shortfall>,
}

impl OrderEntitlementView {
    /// None where nobody has to be entitled.
    pub fn of(settled: &Settled) -> Option<Self> {
        let standing = settled.standing.filter(|standing| standing.right != Right::Free)?;
        Some(Self {
            order_class: standing.order_class,
            per_month: standing.per_month(),
            used: standing.used,
            left: standing.left(),
            lines_max: standing.lines_max(),
            resets_on: standing.resets_on,
            shortfall: settled.shortfall,
        })
    }
}

/// An entitlement of an account or of a tier.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplierEntitlementView {
    #[schema(example = "ent_0BGK1J3Z00004")]
    id: String,
    /// Code of the account it is for.
    #[schema(required)]
    account: Option<String>,
    /// The tier it is for: every account of it that has no entitlement of its own.
    #[schema(required)]
    tier: Option<Tier>,
    order_class: OrderClass,
    /// Orders a month; null: as many as wanted.
    #[schema(required)]
    per_month: Option<i64>,
    /// Most lines of such an order; null: as many as an order may have.
    #[schema(required)]
    lines_max: Option<i64>,
}

impl From<Entitlement> for SupplierEntitlementView {
    fn from(entitlement: Entitlement) -> Self {
        Self {
            id: entitlement.id.to_string(),
            account: entitlement.account,
            tier: entitlement.tier,
            order_class: entitlement.order_class,
            per_month: entitlement.grant.per_month,
            lines_max: entitlement.grant.lines_max,
        }
    }
}
