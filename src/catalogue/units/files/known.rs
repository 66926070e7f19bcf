//! The packs there are: which keys a product has, for whom, and in which numbers they are ordered.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::UnitRow;
use super::values::Bounds;
use crate::catalogue::products::files::{Product, shared};
use crate::db::{Connection, select, sets};
use crate::error::Result;
use crate::ids::{AccountId, ProductId};
use crate::keys;
use crate::row;

/// The stored packs, then those of the file too: which keys a product has, and for whom.
#[derive(Debug, Default)]
pub struct Units {
    by_product: HashMap<ProductId, Vec<Pack>>,
}

/// What is known of a pack: its key, the account whose own it is, in which numbers it is ordered.
#[derive(Debug)]
struct Pack {
    key: Arc<str>,
    owner: Option<AccountId>,
    bounds: Bounds,
}

row! {
    struct PackRow from "sale_units u" {
        product_id: ProductId = "u.product_id",
        unit: String = "u.unit",
        account_id: Option<AccountId> = "u.account_id",
        min_quantity: i64 = "u.min_quantity",
        multiple: i64 = "u.multiple",
        max_quantity: Option<i64> = "u.max_quantity",
    }
}

impl Units {
    /// All stored packs.
    pub fn load(connection: &mut Connection) -> Result<Self> {
        Ok(Self::of(select::<PackRow>("").rows(connection)?))
    }

    /// The stored packs of these products.
    pub fn of_products(connection: &mut Connection, ids: &[ProductId]) -> Result<Self> {
        let rows = select::<PackRow>("WHERE u.product_id {in ids $1}").bind(sets::json(ids)?);
        Ok(Self::of(rows.rows(connection)?))
    }

    fn of(rows: Vec<PackRow>) -> Self {
        let (mut units, mut texts) = (Self::default(), HashSet::new());
        for row in rows {
            let bounds = Bounds {
                least: row.min_quantity,
                multiple: row.multiple,
                most: row.max_quantity,
            };
            units.by_product.entry(row.product_id).or_default().push(Pack {
                key: shared(&mut texts, &row.unit),
                owner: row.account_id,
                bounds,
            });
        }
        units
    }

    /// What rows of a file bring.
    pub(super) fn add(&mut self, rows: &[UnitRow]) {
        let mut texts = HashSet::new();
        for row in rows {
            let packs = self.by_product.entry(row.product_id).or_default();
            if !packs
                .iter()
                .any(|pack| *pack.key == *row.unit && pack.owner == row.account_id)
            {
                packs.push(Pack {
                    key: shared(&mut texts, &row.unit),
                    owner: row.account_id,
                    bounds: row.bounds(),
                });
            }
        }
    }

    /// In which numbers exactly this pack is ordered, where it is stored.
    pub(super) fn bounds(&self, product: ProductId, unit: &str, account: Option<AccountId>) -> Option<Bounds> {
        let mut known = self.by_product.get(&product)?.iter();
        let own = known.find(|pack| *pack.key == *unit && pack.owner == account);
        own.map(|pack| pack.bounds)
    }

    /// The key of a pack that everybody or the account has.
    pub fn find(&self, product: ProductId, unit: &str, account: Option<AccountId>) -> Option<&Arc<str>> {
        let known = self.by_product.get(&product)?;
        known
            .iter()
            .find(|pack| *pack.key == *unit && (pack.owner.is_none() || pack.owner == account))
            .map(|pack| &pack.key)
    }

    /// Another key that is the same as `unit`: the base unit's, or that of a pack that the account (for a pack of all,
    /// anybody) has.
    pub fn alike(&self, product: &Product, unit: &str, account: Option<AccountId>) -> Option<Arc<str>> {
        let is_other = |key: &Arc<str>| **key != *unit && keys::same(key, unit);
        if is_other(&product.base_unit) {
            return Some(product.base_unit.clone());
        }
        let known = self.by_product.get(&product.id)?;
        let is_had = |owner: Option<AccountId>| owner.is_none() || account.is_none() || owner == account;
        let mut had = known.iter().filter(|pack| is_had(pack.owner)).map(|pack| &pack.key);
        had.find(|key| is_other(key)).cloned()
    }
}
