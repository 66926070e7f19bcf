//! Which article and unit a GTIN means: never two.

use std::sync::Arc;

use crate::catalogue::rules::gtin14;
use crate::catalogue::sentences;
use crate::db::{Connection, sets, sql};
use crate::error::{Code, FieldError, Result};
use crate::ids::AccountId;
use crate::sentences::Sentence;
use crate::sheets::claims::{Claim, conflicts};
use crate::sheets::{Cells, Sheet};

/// The row that carries a GTIN: product, pack, the account whose own pack it is.
pub type Carrier = (Arc<str>, Option<Arc<str>>, Option<AccountId>);
/// What it means: product and pack.
type Meaning = (Arc<str>, Option<Arc<str>>);

/// A row of a file that carries a GTIN or gives one up.
#[derive(Debug)]
pub struct Carried {
    /// The row.
    pub carrier: Carrier,
    /// As 14 digits.
    pub gtin: Option<String>,
    /// The line in the file.
    pub line: u64,
}

/// The stored GTINs, then those of the files too.
#[derive(Debug, Default)]
pub struct Gtins {
    claims: Vec<Claim<Carrier, Meaning, String>>,
}

impl Gtins {
    /// All stored GTINs of products and sale units.
    pub fn load(connection: &mut Connection) -> Result<Self> {
        let rows: Vec<(String, Option<String>, Option<AccountId>, String)> = sql(
            "SELECT sku, NULL, CAST(NULL AS BIGINT), gtin FROM products WHERE gtin IS NOT NULL UNION ALL \
             SELECT p.sku, u.unit, u.account_id, u.gtin FROM sale_units u JOIN products p ON p.id = u.product_id \
             WHERE u.gtin IS NOT NULL",
        )
        .rows(connection)?;
        Ok(Self::of(rows))
    }

    /// The stored carriers of these GTINs.
    pub fn with(connection: &mut Connection, gtins: &[&str]) -> Result<Self> {
        if gtins.is_empty() {
            return Ok(Self::default());
        }
        let rows = sql(
            "SELECT p.sku, NULL, CAST(NULL AS BIGINT), p.gtin FROM products p WHERE p.gtin {in texts $1} UNION ALL \
             SELECT p.sku, u.unit, u.account_id, u.gtin FROM sale_units u JOIN products p ON p.id = u.product_id \
             WHERE u.gtin {in texts $1}",
        )
        .bind(sets::json(gtins)?)
        .rows(connection)?;
        Ok(Self::of(rows))
    }

    fn of(rows: Vec<(String, Option<String>, Option<AccountId>, String)>) -> Self {
        let claim = |(sku, unit, account, gtin): (String, Option<String>, _, _)| {
            claim_of((sku.into(), unit.map(Into::into), account), Some(gtin))
        };
        Self {
            claims: rows.into_iter().map(claim).collect(),
        }
    }

    /// What stands against a GTIN of `carrier`, given in `column`.
    pub fn fault(&self, column: &str, carrier: Carrier, gtin: Option<String>) -> Option<FieldError> {
        let (_, holder) = conflicts(&self.claims, &[claim_of(carrier, gtin)]).pop()?;
        Some(FieldError::new(format!("/{column}"), Code::GtinUsed, held_by(&holder)))
    }

    /// Takes in the rows of a file; those that can't stand, by index, each noted in `sheet`.
    pub fn take(&mut self, sheet: &mut Sheet, rows: Vec<Carried>) -> Vec<usize> {
        let lines: Vec<_> = rows.iter().map(|row| row.line).collect();
        let claims: Vec<_> = rows.into_iter().map(|row| claim_of(row.carrier, row.gtin)).collect();
        let conflicts = conflicts(&self.claims, &claims);
        let mut refused = Vec::new();
        for (index, holder) in conflicts {
            let (line, claim) = (lines.get(index), claims.get(index));
            if let Some((line, claim)) = line.zip(claim) {
                let gtin = claim.value.clone().unwrap_or_default();
                sheet.add_fault(*line, "gtin", Code::GtinUsed, gtin, held_by(&holder));
            }
            refused.push(index);
        }
        let standing = claims
            .into_iter()
            .enumerate()
            .filter(|(index, _)| !refused.contains(index));
        let standing: Vec<_> = standing.map(|(_, claim)| claim).collect();
        let replaced: std::collections::HashSet<_> = standing.iter().map(|claim| &claim.key).collect();
        self.claims.retain(|claim| !replaced.contains(&claim.key));
        drop(replaced);
        self.claims
            .extend(standing.into_iter().filter(|claim| claim.value.is_some()));
        refused
    }

    /// Every GTIN with the sku it means.
    pub fn skus(&self) -> impl Iterator<Item = (&str, &str)> {
        self.claims
            .iter()
            .filter_map(|claim| Some((claim.value.as_deref()?, &*claim.subject.0)))
    }
}

fn held_by((sku, unit): &Meaning) -> Sentence {
    match unit {
        None => sentences::gtin_of(sku),
        Some(unit) => sentences::gtin_of_unit(sku, unit),
    }
}

fn claim_of(carrier: Carrier, gtin: Option<String>) -> Claim<Carrier, Meaning, String> {
    Claim {
        subject: (carrier.0.clone(), carrier.1.clone()),
        key: carrier,
        value: gtin,
    }
}

/// The GTIN in a cell as 14 digits.
pub fn gtin(cells: &mut Cells<'_>, column: &'static str) -> Option<Option<String>> {
    let remedy = sentences::give_gtin();
    cells.optional_parsed(column, Code::BadGtin, remedy, gtin14)
}
