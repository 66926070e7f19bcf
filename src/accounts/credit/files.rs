//! `credit.csv`: what is insured, which account stands above which, and where credit is looked at. An account's own limit is a
//! column of `accounts.csv`.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::rules::{CreditCheck, InsuranceRule};
use super::store;
use crate::accounts::files::accounts::{Account, Accounts};
use crate::accounts::sentences;
use crate::db::{Connection, Database, Stored, sets};
use crate::error::{Code, FieldError, Result};
use crate::ids::{self, AccountId};
use crate::limits;
use crate::row;
use crate::sentences::{Sentence, fill_it_in};
use crate::sheets::plan::{Checked, Row, Scope};
use crate::sheets::sentences::give_one_of;
use crate::sheets::{Cells, Keys, Layout, Sheet, check_row};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "credit.csv",
    required: &["account"],
    optional: &[
        "parent",
        "group_limit",
        "insured_limit",
        "insurer",
        "insurance_policy",
        "insured_until",
        "insurance",
        "check_order",
        "check_acceptance",
        "check_shipment",
    ],
    decimals: &["group_limit", "insured_limit"],
};

const STORED: [(&str, &str); 10] = [
    ("parent", "parent_id"),
    ("group_limit", "group_limit_minor"),
    ("insured_limit", "insured_minor"),
    ("insurer", "insurer"),
    ("insurance_policy", "insurance_policy"),
    ("insured_until", "insured_until"),
    ("insurance", "insurance"),
    ("check_order", "check_order"),
    ("check_acceptance", "check_acceptance"),
    ("check_shipment", "check_shipment"),
];

row! {
    #[derive(Debug)]
    pub struct CreditRow into account_credits {
        id: i64,
        account_id: AccountId,
        parent_id: Option<AccountId>,
        group_limit_minor: Option<i64>,
        insured_minor: Option<i64>,
        insurer: Option<String>,
        insurance_policy: Option<String>,
        insured_until: Option<NaiveDate>,
        insurance: Option<InsuranceRule>,
        check_order: Option<CreditCheck>,
        check_acceptance: Option<CreditCheck>,
        check_shipment: Option<CreditCheck>,
    }
}

impl CreditRow {
    /// The account above it.
    pub fn parent_id(&self) -> Option<AccountId> {
        self.parent_id
    }
}

impl Row for CreditRow {
    fn id(&self) -> i64 {
        self.id
    }

    fn concerns(&self, _: &Scope) -> bool {
        // Whether an order is right does not depend on whether it is held.
        false
    }
}

/// Why an account can't stand below another: `parents` is who stands below whom, with what is asked for.
pub fn relation_fault(
    (account_id, parent_id): (AccountId, AccountId),
    parents: &HashMap<AccountId, AccountId>,
) -> Option<Sentence> {
    if parents.contains_key(&parent_id) {
        return Some(sentences::parent_has_parent());
    }
    if parents.values().any(|parent| *parent == account_id) {
        return Some(sentences::account_is_parent());
    }
    None
}

/// Checks the file.
pub fn check(db: &Database, mut sheet: Sheet, accounts: &Accounts) -> Result<Checked> {
    let mut keys = Keys::new();
    let mut rows = sheet.rows(|cells| {
        let account = accounts.named(cells, "account")?;
        keys.note(cells, "account", account.id)?;
        row(cells, account, accounts)
    });
    if sheet.has("parent") {
        let mut parents = db.read_now(store::list_parents)?;
        for row in &rows {
            match row.parent_id {
                Some(parent_id) => parents.insert(row.account_id, parent_id),
                None => parents.remove(&row.account_id),
            };
        }
        rows.retain(|row| {
            let relation = row.parent_id.map(|parent_id| (row.account_id, parent_id));
            let fault = relation.and_then(|relation| relation_fault(relation, &parents));
            let is_right = fault.is_none();
            if let Some(fault) = fault {
                sheet.add_fault(keys.line(&row.account_id), "parent", Code::ValueInvalid, "", fault);
            }
            is_right
        });
    }
    let upsert = CreditRow::TABLE.upsert(&["account_id"], None, &sheet.brings(&STORED));
    let mut checked = Checked::new(sheet);
    checked.upsert(db, rows, upsert)?;
    Ok(checked)
}

/// Checks what is set for one account, as a row of the file.
pub fn read(
    values: &[(&'static str, String)],
    account: &Account,
    accounts: &Accounts,
) -> Result<CreditRow, Vec<FieldError>> {
    check_row(&LAYOUT, values, |cells| row(cells, account, accounts))
}

/// Stores what is set for one account.
pub fn store_one(tx: &mut Connection, row: &CreditRow) -> Result<()> {
    let all = STORED.map(|(_, stored)| stored);
    let upsert = CreditRow::TABLE.upsert(&["account_id"], None, &all);
    upsert.run(tx, &sets::json(&[row])?).map(drop)
}

/// The account above it, in the same currency: limits are compared in one.
fn parent(cells: &mut Cells<'_>, account: &Account, accounts: &Accounts) -> Option<Option<AccountId>> {
    let Some(parent) = accounts.optionally_named(cells, "parent")? else {
        return Some(None);
    };
    if parent.id == account.id {
        return cells.refuse("parent", Code::ValueInvalid, sentences::parent_is_another());
    }
    if parent.currency != account.currency {
        let detail = sentences::parent_of_currency(parent.currency.code(), account.currency.code());
        return cells.refuse("parent", Code::WrongCurrency, detail);
    }
    Some(Some(parent.id))
}

fn amount(cells: &mut Cells<'_>, column: &'static str, account: &Account) -> Option<Option<i64>> {
    match cells.given(column) {
        None => Some(None),
        Some(_) => cells.not_negative(column, account.currency.exponent()).map(Some),
    }
}

fn check_of(cells: &mut Cells<'_>, column: &'static str) -> Option<Option<CreditCheck>> {
    let remedy = give_one_of(CreditCheck::NAMES);
    cells.optional_parsed(column, Code::ValueInvalid, remedy, CreditCheck::from_name)
}

fn row(cells: &mut Cells<'_>, account: &Account, accounts: &Accounts) -> Option<CreditRow> {
    let parent_id = parent(cells, account, accounts);
    let group_limit_minor = amount(cells, "group_limit", account);
    let insured_minor = amount(cells, "insured_limit", account);
    let insurer = cells.optional_text("insurer", limits::NAME);
    let insurance_policy = cells.optional_text("insurance_policy", limits::REFERENCE);
    let insured_until = cells.optional_day("insured_until");
    let rules = give_one_of(InsuranceRule::NAMES);
    let insurance = cells.optional_parsed("insurance", Code::ValueInvalid, rules, InsuranceRule::from_name);
    let check_order = check_of(cells, "check_order");
    let check_acceptance = check_of(cells, "check_acceptance");
    let check_shipment = check_of(cells, "check_shipment");
    let (insured_minor, insurer, insurance_policy, insured_until) =
        (insured_minor?, insurer?, insurance_policy?, insured_until?);
    let is_told_of = insurer.is_some() || insurance_policy.is_some() || insured_until.is_some();
    if cells.has("insured_limit") && insured_minor.is_none() && is_told_of {
        return cells.refuse("insured_limit", Code::Required, fill_it_in());
    }
    Some(CreditRow {
        id: ids::next(),
        account_id: account.id,
        parent_id: parent_id?,
        group_limit_minor: group_limit_minor?,
        insured_minor,
        insurer: insurer.map(str::to_owned),
        insurance_policy: insurance_policy.map(str::to_owned),
        insured_until,
        insurance: insurance?,
        check_order: check_order?,
        check_acceptance: check_acceptance?,
        check_shipment: check_shipment?,
    })
}
