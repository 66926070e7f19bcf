//! `contracts.csv`: what was agreed with accounts. `commitments.csv`: what they commit themselves to. Rows make and change drafts; what
//! was offered stays as it was offered.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::rules::{
    About, COMMITMENTS_MAX, DECIMALS, Kind, NOTICE_DAYS_MAX, Period, RENEWAL_MONTHS_MAX, Renewal, State,
};
use super::sentences;
use crate::accounts::files::accounts::Accounts;
use crate::catalogue::products::files::Products;
use crate::db::sets::Upsert;
use crate::db::{Connection, Database, Stored, sql};
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{AccountId, CommitmentId, ContractId, ProductId};
use crate::kept;
use crate::keys::Keyed;
use crate::limits;
use crate::money::{Currency, UnitPrice};
use crate::row;
use crate::sheets::plan::{Checked, Row, Scope, count};
use crate::sheets::{Cells, Keys, Layout, Sheet, check_row};

/// The file of contracts.
pub const CONTRACTS: Layout = Layout {
    file: "contracts.csv",
    required: &["contract", "account", "name", "currency", "valid_from", "valid_to"],
    optional: &[
        "notice_days",
        "renewal",
        "renewal_months",
        "payment_terms_days",
        "free_freight_from",
    ],
    decimals: &["free_freight_from"],
};

/// The file of commitments.
pub const COMMITMENTS: Layout = Layout {
    file: "commitments.csv",
    required: &["contract", "commitment", "kind", "scope", "key", "period", "committed"],
    optional: &["shortfall_rate"],
    decimals: &["committed", "shortfall_rate"],
};

const STORED: [(&str, &str); 11] = [
    ("account", "account_id"),
    ("name", "name"),
    ("currency", "currency"),
    ("valid_from", "valid_from"),
    ("valid_to", "first_to"),
    ("valid_to", "valid_to"),
    ("notice_days", "notice_days"),
    ("renewal", "renewal"),
    ("renewal_months", "renewal_months"),
    ("payment_terms_days", "payment_terms_days"),
    ("free_freight_from", "free_freight_minor"),
];

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
    /// A contract as the file brings it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct ContractRow in contracts {
        pub(super) id: ContractId,
        account_id: AccountId,
        code: String,
        name: String,
        currency: Currency,
        valid_from: NaiveDate,
        first_to: NaiveDate,
        valid_to: NaiveDate,
        notice_days: Option<i32>,
        renewal: Renewal,
        renewal_months: Option<i32>,
        payment_terms_days: Option<i32>,
        free_freight_minor: Option<i64>,
        state: State,
    }
}

row! {
    /// A commitment as the file brings it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct CommitmentRow in commitments {
        pub(super) id: CommitmentId,
        contract_id: ContractId,
        account_id: AccountId,
        code: String,
        kind: Kind,
        scope: About,
        product_id: Option<ProductId>,
        category: Option<String>,
        period: Period,
        committed: i64,
        shortfall_micros: Option<i64>,
    }
}

impl Row for ContractRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    /// Price lists of the account may name it.
    fn concerns(&self, scope: &Scope) -> bool {
        scope.accounts.contains(&self.account_id)
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

/// What other files need to know of a contract.
#[derive(Debug, Clone)]
pub struct Known {
    pub id: ContractId,
    pub account_id: AccountId,
    currency: Currency,
    is_draft: bool,
}

/// The stored contracts, then those of the file too.
#[derive(Debug, Default)]
pub struct Contracts {
    by_code: Keyed<Known>,
    stored: HashMap<ContractId, ContractRow>,
    commitments: HashMap<(ContractId, String), CommitmentRow>,
}

impl Contracts {
    /// All stored contracts.
    pub fn load(connection: &mut Connection) -> Result<Self> {
        let rows: Vec<ContractRow> = crate::db::select::<ContractRow>("").rows(connection)?;
        let commitments: Vec<CommitmentRow> = crate::db::select::<CommitmentRow>("").rows(connection)?;
        let mut known = Self::default();
        for row in rows {
            known.note(&row);
            known.stored.insert(row.id, row);
        }
        known.commitments = commitments
            .into_iter()
            .map(|row| ((row.contract_id, row.code.clone()), row))
            .collect();
        Ok(known)
    }

    fn note(&mut self, row: &ContractRow) {
        let known = Known {
            id: row.id,
            account_id: row.account_id,
            currency: row.currency,
            is_draft: row.state == State::Draft,
        };
        self.by_code.insert(&row.code, known);
    }

    /// The contract that a cell names; none of an empty cell, an unknown one is a fault.
    pub fn optionally_named(&self, cells: &mut Cells<'_>, column: &'static str) -> Option<Option<&Known>> {
        match cells.given(column) {
            None => Some(None),
            Some(_) => self.named(cells, column).map(|(_, known)| Some(known)),
        }
    }

    fn named(&self, cells: &mut Cells<'_>, column: &'static str) -> Option<(String, &Known)> {
        let unknown = (Code::UnknownContract, sentences::contract_not_in_file());
        cells
            .named(column, &self.by_code, unknown)
            .map(|(code, known)| (code.to_string(), known))
    }

    /// A row that is stored, of a contract that was offered, and is the same; the others are faults. `None` goes on to be written.
    fn frozen(&self, cells: &mut Cells<'_>, row: &ContractRow, brings: &dyn Fn(&str) -> bool) -> Option<Option<()>> {
        let Some(stored) = self.stored.get(&row.id).filter(|stored| stored.state != State::Draft) else {
            return Some(None);
        };
        // A term that was added to since began as the file says.
        let mut same = ContractRow {
            state: stored.state,
            valid_to: stored.valid_to,
            ..row.clone()
        };
        if !brings("notice_days") {
            same.notice_days = stored.notice_days;
        }
        if !brings("renewal") {
            same.renewal = stored.renewal;
        }
        if !brings("renewal_months") {
            same.renewal_months = stored.renewal_months;
        }
        if !brings("payment_terms_days") {
            same.payment_terms_days = stored.payment_terms_days;
        }
        if !brings("free_freight_from") {
            same.free_freight_minor = stored.free_freight_minor;
        }
        match same == *stored {
            true => Some(Some(())),
            false => cells.refuse(
                "contract",
                Code::ContractStateForbids,
                sentences::contract_is_not_a_draft(&stored.code),
            ),
        }
    }
}

/// Writes rows of drafts; refused where one was offered since they were checked, of which `offered` counts them.
fn write(tx: &mut Connection, (upsert, offered): (Upsert, &'static str), json: &str) -> Result<()> {
    let codes: Vec<String> = sql(offered).bind(json).rows(tx)?;
    if let Some(code) = codes.first() {
        let detail = sentences::contract_is_not_a_draft(code);
        return Err(Error::conflict(Code::ContractStateForbids, detail));
    }
    upsert.run(tx, json).map(drop)
}

/// Codes of those contracts among rows that were offered.
const OFFERED: &str = "SELECT c.code FROM {rows $1: id bigint} r {cross} contracts c ON c.id = r.id \
                       WHERE c.state <> {contract_state draft}";
/// The same of the contracts of commitments.
const OFFERED_OF_COMMITMENTS: &str = "SELECT c.code FROM {rows $1: contract_id bigint} r {cross} contracts c ON c.id = r.contract_id \
                                      WHERE c.state <> {contract_state draft}";

/// Checks the file of contracts; `known` gets its good rows.
pub fn check_contracts(db: &Database, mut sheet: Sheet, accounts: &Accounts, known: &mut Contracts) -> Result<Checked> {
    let mut keys = Keys::new();
    let has = CONTRACTS.optional.iter().filter(|column| sheet.has(column)).copied();
    let has: Vec<_> = has.collect();
    let brings = |column: &str| has.iter().any(|known| *known == column);
    let mut unchanged = 0_usize;
    let rows = sheet.rows(|cells| {
        let row = contract(cells, accounts, known, &brings)?;
        keys.note(cells, "contract", row.code.clone())?;
        match known.frozen(cells, &row, &brings)? {
            Some(()) => {
                unchanged += 1;
                None
            }
            None => Some(row),
        }
    });
    for row in &rows {
        known.note(row);
    }
    let upsert = ContractRow::TABLE.upsert(&["code"], None, &sheet.brings(&STORED));
    let mut checked = Checked::new(sheet);
    checked.report.unchanged += count(unchanged);
    checked.add(db, rows, upsert, move |tx, chunk| {
        write(tx, (upsert, OFFERED), &chunk.json)?;
        Ok(Vec::new())
    })?;
    Ok(checked)
}

/// Checks the file of commitments.
pub fn check_commitments(db: &Database, mut sheet: Sheet, known: &Contracts, products: &Products) -> Result<Checked> {
    let mut keys = Keys::new();
    let keeps_rate = !sheet.has("shortfall_rate");
    let mut unchanged = 0_usize;
    let rows = sheet.rows(|cells| {
        let (row, is_draft, contract_code) = commitment(cells, known, products)?;
        let key = (row.contract_id, row.code.clone());
        keys.note(cells, "commitment", key.clone())?;
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
        write(tx, (upsert, OFFERED_OF_COMMITMENTS), &chunk.json)?;
        Ok(Vec::new())
    })?;
    Ok(checked)
}

/// Checks one contract that staff add or change, as a row of the file.
pub(super) fn read_contract(
    values: &kept::Row,
    accounts: &Accounts,
    known: &Contracts,
) -> Result<ContractRow, Vec<FieldError>> {
    check_row(&CONTRACTS, values, |cells| contract(cells, accounts, known, &|_| true))
}

/// Checks one commitment, as a row of the file.
pub(super) fn read_commitment(
    values: &kept::Row,
    known: &Contracts,
    products: &Products,
) -> Result<CommitmentRow, Vec<FieldError>> {
    check_row(&COMMITMENTS, values, |cells| {
        commitment(cells, known, products).map(|(row, ..)| row)
    })
}

/// Stores one contract: a new one, or in the place of the draft that is there.
pub(super) fn store_contract(tx: &mut Connection, row: &ContractRow) -> Result<()> {
    let columns = STORED.map(|(_, stored)| stored);
    let json = crate::db::sets::json(&[row])?;
    ContractRow::TABLE
        .upsert(&["code"], None, &columns)
        .run(tx, &json)
        .map(drop)
}

/// Stores commitments in the place of all that a contract had.
pub(super) fn store_commitments(tx: &mut Connection, contract_id: ContractId, rows: &[CommitmentRow]) -> Result<()> {
    sql("DELETE FROM commitments WHERE contract_id = $1")
        .bind(contract_id)
        .run(tx)?;
    match rows.is_empty() {
        true => Ok(()),
        false => crate::db::insert(tx, rows),
    }
}

fn day(cells: &mut Cells<'_>, column: &'static str) -> Option<NaiveDate> {
    cells.required(column)?;
    cells.optional_day(column)?
}

fn small(cells: &mut Cells<'_>, column: &'static str, min: i64, max: i64) -> Option<Option<i32>> {
    match cells.given(column) {
        None => Some(None),
        Some(_) => {
            let value = cells.integer(column, min..=max)?;
            i32::try_from(value).ok().map(Some)
        }
    }
}

/// Renewal and the months of a further term, which go together.
fn renewal(
    cells: &mut Cells<'_>,
    stored: Option<&ContractRow>,
    brings: &dyn Fn(&str) -> bool,
) -> Option<(Renewal, Option<i32>)> {
    let remedy = sentences::give_contract_renewal();
    let given = cells.optional_parsed("renewal", Code::ValueInvalid, remedy, Renewal::from_name)?;
    let months = small(cells, "renewal_months", 1, RENEWAL_MONTHS_MAX)?;
    let kept = |column: &str| stored.filter(|_| !brings(column));
    let renewal = kept("renewal").map_or(given.unwrap_or_default(), |stored| stored.renewal);
    let months = kept("renewal_months").map_or(months, |stored| stored.renewal_months);
    match (renewal, months) {
        (Renewal::Auto, None) => cells.refuse(
            "renewal_months",
            Code::Required,
            sentences::contract_renewal_needs_months(),
        ),
        (Renewal::None, Some(_)) => cells.refuse(
            "renewal_months",
            Code::ValueInvalid,
            sentences::contract_months_without_renewal(),
        ),
        fits => Some(fits),
    }
}

fn contract(
    cells: &mut Cells<'_>,
    accounts: &Accounts,
    known: &Contracts,
    brings: &dyn Fn(&str) -> bool,
) -> Option<ContractRow> {
    let code = cells.code("contract", limits::CODE);
    let looks_new = code.and_then(|code| cells.unlike("contract", code, &known.by_code));
    let before = code.and_then(|code| known.by_code.get(code)).map(|(_, known)| known.id);
    let stored = before.and_then(|id| known.stored.get(&id));
    let account = accounts.named(cells, "account");
    let name = cells.text("name", limits::NAME);
    let currency = cells.currency("currency");
    if let (Some(currency), Some(account)) = (currency, account)
        && currency != account.currency
    {
        let remedy = sentences::contract_in_account_currency(account.currency.code());
        cells.refuse::<()>("currency", Code::WrongCurrency, remedy);
    }
    let (from, to) = (day(cells, "valid_from"), day(cells, "valid_to"));
    let to = match (from, to) {
        (Some(from), Some(to)) if to < from => cells.refuse(
            "valid_to",
            Code::ValueInvalid,
            sentences::contract_ends_before_it_begins(),
        ),
        _ => to,
    };
    let notice = small(cells, "notice_days", 0, NOTICE_DAYS_MAX);
    let renewal = renewal(cells, stored, brings);
    let terms = small(cells, "payment_terms_days", 0, 3_650);
    let freight = match (cells.given("free_freight_from"), currency) {
        (Some(_), Some(currency)) => cells.not_negative("free_freight_from", currency.exponent()).map(Some),
        _ => Some(None),
    };
    let (code, (renewal, renewal_months), to) = (code?, renewal?, to?);
    looks_new?;
    Some(ContractRow {
        id: before.unwrap_or_else(ContractId::new),
        account_id: account?.id,
        code: code.to_owned(),
        name: name?.to_owned(),
        currency: currency?,
        valid_from: from?,
        first_to: to,
        valid_to: to,
        notice_days: notice?,
        renewal,
        renewal_months,
        payment_terms_days: terms?,
        free_freight_minor: freight?,
        state: State::Draft,
    })
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
