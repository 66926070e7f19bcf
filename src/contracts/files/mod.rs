//! `contracts.csv`: what was agreed with accounts. Rows make and change drafts; what was offered stays as it was offered.

mod commitments;

use std::collections::HashMap;

use chrono::NaiveDate;

pub use self::commitments::{COMMITMENTS, check_commitments};
pub(in crate::contracts) use self::commitments::{CommitmentRow, read_commitment, store_commitments};
use super::rules::{NOTICE_DAYS_MAX, RENEWAL_MONTHS_MAX, Renewal, State};
use super::sentences;
use crate::accounts::files::accounts::Accounts;
use crate::db::sets::Upsert;
use crate::db::{Connection, Database, Stored, sql};
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{AccountId, ContractId};
use crate::kept;
use crate::keys::Keyed;
use crate::limits;
use crate::money::Currency;
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

impl Row for ContractRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    /// Price lists of the account may name it.
    fn concerns(&self, scope: &Scope) -> bool {
        scope.accounts.contains(&self.account_id)
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

/// Writes rows of drafts; refused where one was offered since they were checked, of which `states` tells, locked until they are written.
fn write(tx: &mut Connection, (upsert, states): (Upsert, &'static str), json: &str) -> Result<()> {
    let found: Vec<(String, State)> = sql(states).bind(json).rows(tx)?;
    if let Some((code, _)) = found.iter().find(|(_, state)| *state != State::Draft) {
        let detail = sentences::contract_is_not_a_draft(code);
        return Err(Error::conflict(Code::ContractStateForbids, detail));
    }
    upsert.run(tx, json).map(drop)
}

/// Codes and states of those contracts among rows that are stored.
const STATES: &str =
    "SELECT c.code, c.state FROM {rows $1: id bigint} r {cross} contracts c ON c.id = r.id {lock of c}";
/// A draft with another account takes its commitments there.
const MOVED: &str = "UPDATE commitments SET account_id = c.account_id FROM {rows $1: id bigint} r {cross} contracts c ON c.id = r.id \
                     WHERE commitments.contract_id = c.id AND commitments.account_id <> c.account_id";

/// Checks the file of contracts; `known` gets its good rows.
pub fn check_contracts(db: &Database, mut sheet: Sheet, accounts: &Accounts, known: &mut Contracts) -> Result<Checked> {
    let mut keys = Keys::new();
    let has = CONTRACTS.optional.iter().filter(|column| sheet.has(column)).copied();
    let has: Vec<_> = has.collect();
    let brings = |column: &str| has.contains(&column);
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
        write(tx, (upsert, STATES), &chunk.json)?;
        sql(MOVED).bind(chunk.json.as_str()).run(tx)?;
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

/// Stores one contract: a new one, or in the place of the draft that is there.
pub(super) fn store_contract(tx: &mut Connection, row: &ContractRow) -> Result<()> {
    let columns = STORED.map(|(_, stored)| stored);
    let json = crate::db::sets::json(&[row])?;
    ContractRow::TABLE
        .upsert(&["code"], None, &columns)
        .run(tx, &json)
        .map(drop)
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
        id: before.unwrap_or_default(),
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
