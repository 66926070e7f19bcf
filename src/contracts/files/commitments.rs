//! `commitments.csv`: what accounts commit themselves to by their contracts. Rows make and change those of drafts.

use std::collections::HashMap;

use super::{Contracts, write};
use crate::catalogue::products::files::Products;
use crate::contracts::rules::{About, COMMITMENTS_MAX, DECIMALS, Kind, Period};
use crate::contracts::sentences;
use crate::db::{Connection, Database, Stored, sql};
use crate::error::{Code, FieldError, Result};
use crate::ids::{AccountId, CommitmentId, ContractId, ProductId};
use crate::kept;
use crate::limits;
use crate::money::{Currency, UnitPrice};
use crate::row;
use crate::sheets::plan::{Checked, Row, Scope, count};
use crate::sheets::{Cells, Keys, Layout, Sheet, check_row};

/// The file of commitments.
pub const COMMITMENTS: Layout = Layout {
    file: "commitments.csv",
    required: &["contract", "commitment", "kind", "scope", "key", "period", "committed"],
    optional: &["shortfall_rate"],
    decimals: &["committed", "shortfall_rate"],
};

const STORED_COMMITMENTS: [(&str, &str); 7] = [
    ("kind", "kind"),
    ("scope", "scope"),
    ("key", "product_id"),
    ("key", "category"),
    ("period", "period"),
    ("committed", "committed"),
    ("shortfall_rate", "shortfall_micros"),
];
const COMMITMENT_KEY: [&str; 2] = ["contract_id", "code"];
/// Of a value no more can be missing than all of it.
const WHOLE_MICROS: i64 = 1_000_000;

row! {
    /// A commitment as the file brings it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::contracts) struct CommitmentRow in commitments {
        pub(in crate::contracts) id: CommitmentId,
        pub(in crate::contracts) contract_id: ContractId,
        account_id: AccountId,
        pub(in crate::contracts) code: String,
        kind: Kind,
        scope: About,
        product_id: Option<ProductId>,
        category: Option<String>,
        period: Period,
        committed: i64,
        shortfall_micros: Option<i64>,
    }
}

impl Row for CommitmentRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    /// What an order costs does not depend on what is committed.
    fn concerns(&self, _: &Scope) -> bool {
        false
    }
}

/// Codes and states of the contracts of commitments.
const STATES_OF_COMMITMENTS: &str = "SELECT c.code, c.state FROM {rows $1: contract_id bigint} r \
                                     {cross} contracts c ON c.id = r.contract_id {lock of c}";

/// Checks the file of commitments.
pub fn check_commitments(db: &Database, mut sheet: Sheet, known: &Contracts, products: &Products) -> Result<Checked> {
    let mut keys = Keys::new();
    let keeps_rate = !sheet.has("shortfall_rate");
    let mut unchanged = 0_usize;
    let mut added: HashMap<ContractId, usize> = HashMap::new();
    let rows = sheet.rows(|cells| {
        let (row, is_draft, contract_code) = commitment(cells, known, products)?;
        let key = (row.contract_id, row.code.clone());
        keys.note(cells, "commitment", key.clone())?;
        if is_draft && !known.commitments.contains_key(&key) {
            let stored = known.commitments.keys().filter(|(id, _)| *id == row.contract_id);
            let new = added.entry(row.contract_id).or_default();
            *new += 1;
            if stored.count() + *new > COMMITMENTS_MAX {
                let detail = sentences::commitment_too_many(COMMITMENTS_MAX);
                return cells.refuse("commitment", Code::ValueInvalid, detail);
            }
        }
        if is_draft {
            return Some(row);
        }
        let stored = known.commitments.get(&key);
        let same = stored.is_some_and(|stored| {
            let kept = if keeps_rate {
                stored.shortfall_micros
            } else {
                row.shortfall_micros
            };
            *stored
                == CommitmentRow {
                    shortfall_micros: kept,
                    ..row.clone()
                }
        });
        if !same {
            let detail = sentences::contract_is_not_a_draft(contract_code);
            return cells.refuse("contract", Code::ContractStateForbids, detail);
        }
        unchanged += 1;
        None
    });
    let upsert = CommitmentRow::TABLE.upsert(&COMMITMENT_KEY, None, &sheet.brings(&STORED_COMMITMENTS));
    let mut checked = Checked::new(sheet);
    checked.report.unchanged += count(unchanged);
    checked.add(db, rows, upsert, move |tx, chunk| {
        write(tx, (upsert, STATES_OF_COMMITMENTS), &chunk.json)?;
        Ok(Vec::new())
    })?;
    Ok(checked)
}

/// Checks one commitment, as a row of the file.
pub(in crate::contracts) fn read_commitment(
    values: &kept::Row,
    known: &Contracts,
    products: &Products,
) -> Result<CommitmentRow, Vec<FieldError>> {
    check_row(&COMMITMENTS, values, |cells| {
        commitment(cells, known, products).map(|(row, ..)| row)
    })
}

/// Stores commitments in the place of all that a contract had.
pub(in crate::contracts) fn store_commitments(
    tx: &mut Connection,
    contract_id: ContractId,
    rows: &[CommitmentRow],
) -> Result<()> {
    sql("DELETE FROM commitments WHERE contract_id = $1")
        .bind(contract_id)
        .run(tx)?;
    match rows.is_empty() {
        true => Ok(()),
        false => crate::db::insert(tx, rows),
    }
}

/// Of what: an article, or a category, or whatever is bought.
fn subject(
    cells: &mut Cells<'_>,
    products: &Products,
    kind: Option<Kind>,
) -> Option<(About, Option<ProductId>, Option<String>)> {
    let about = cells.parsed(
        "scope",
        Code::ValueInvalid,
        sentences::give_commitment_scope(),
        About::from_name,
    )?;
    if kind == Some(Kind::Quantity) && about != About::Sku {
        return cells.refuse(
            "scope",
            Code::ValueInvalid,
            sentences::commitment_quantity_of_an_article(),
        );
    }
    match (about, cells.given("key")) {
        (About::All, None) => Some((about, None, None)),
        (About::All, Some(_)) => cells.refuse("key", Code::ValueInvalid, sentences::commitment_of_all_has_no_key()),
        (_, None) => cells.refuse("key", Code::Required, sentences::commitment_needs_a_key()),
        (About::Sku, Some(_)) => {
            let (_, product) = products.named_in(cells, "key")?;
            Some((about, Some(product.id), None))
        }
        (About::Category, Some(_)) => Some((about, None, Some(cells.text("key", limits::CATEGORY)?.to_owned()))),
    }
}

/// What is committed, and what a shortfall costs.
fn amounts(cells: &mut Cells<'_>, kind: Kind, currency: Currency) -> Option<(i64, Option<i64>)> {
    let (decimals, rate_decimals) = match kind {
        Kind::Value => (currency.exponent(), 4),
        Kind::Quantity => (DECIMALS, UnitPrice::DECIMALS),
    };
    let committed = match cells.not_negative("committed", decimals) {
        Some(0) => cells.refuse("committed", Code::ValueInvalid, sentences::commitment_of_nothing()),
        committed => committed,
    };
    let rate = match cells.given("shortfall_rate") {
        None => Some(None),
        Some(_) => cells.not_negative("shortfall_rate", rate_decimals).map(Some),
    };
    let rate = match rate {
        Some(Some(rate)) if kind == Kind::Value && rate > WHOLE_MICROS => cells.refuse(
            "shortfall_rate",
            Code::ValueInvalid,
            sentences::commitment_rate_too_high(),
        ),
        rate => rate,
    };
    Some((committed?, rate?))
}

fn commitment(cells: &mut Cells<'_>, known: &Contracts, products: &Products) -> Option<(CommitmentRow, bool, String)> {
    let contract = known.named(cells, "contract");
    let code = cells.code("commitment", limits::CODE);
    let kind = cells.parsed(
        "kind",
        Code::ValueInvalid,
        sentences::give_commitment_kind(),
        Kind::from_name,
    );
    let subject = subject(cells, products, kind);
    let period = cells.parsed(
        "period",
        Code::ValueInvalid,
        sentences::give_commitment_period(),
        Period::from_name,
    );
    let amounts = match (kind, &contract) {
        (Some(kind), Some((_, contract))) => amounts(cells, kind, contract.currency),
        _ => None,
    };
    let ((contract_code, contract), code, (scope, product_id, category)) = (contract?, code?, subject?);
    let (committed, shortfall_micros) = amounts?;
    let stored = known.commitments.get(&(contract.id, code.to_owned()));
    let of_contract = known.commitments.keys().filter(|(id, _)| *id == contract.id).count();
    if stored.is_none() && of_contract >= COMMITMENTS_MAX {
        return cells.refuse(
            "commitment",
            Code::ValueInvalid,
            sentences::commitment_too_many(COMMITMENTS_MAX),
        );
    }
    let row = CommitmentRow {
        id: stored.map_or_else(CommitmentId::new, |stored| stored.id),
        contract_id: contract.id,
        account_id: contract.account_id,
        code: code.to_owned(),
        kind: kind?,
        scope,
        product_id,
        category,
        period: period?,
        committed,
        shortfall_micros,
    };
    Some((row, contract.is_draft, contract_code))
}
