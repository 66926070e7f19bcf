//! `entitlements.csv`: who may use which order class, how often a month.

use crate::accounts::files::accounts::Accounts;
use crate::accounts::rules::Tier;
use crate::db::violations::is_unique_violation;
use crate::db::{Connection, Database, Stored, insertion, sets};
use crate::error::{Code, FieldError, Result};
use crate::ids::{AccountId, EntitlementId};
use crate::names::sets::OrderClass;
use crate::orders::entitlements::rules::CLASSES;
use crate::orders::sentences;
use crate::pricing::LINES_MAX;
use crate::row;
use crate::sheets::plan::{Checked, Row, Scope};
use crate::sheets::{Cells, Keys, Layout, Sheet, check_row};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "entitlements.csv",
    required: &["order_class", "per_month"],
    optional: &["tier", "account", "lines_max"],
    decimals: &[],
};

/// Most orders a month that an entitlement may name.
const PER_MONTH_MAX: i64 = 1_000_000;

const KEY: [&str; 2] = ["whose", "order_class"];

row! {
    #[derive(Debug)]
    pub struct EntitlementRow into entitlements {
        id: EntitlementId,
        whose: String,
        account_id: Option<AccountId>,
        tier: Option<Tier>,
        order_class: OrderClass,
        per_month: Option<i64>,
        lines_max: Option<i64>,
    }
}

impl EntitlementRow {
    pub fn id(&self) -> EntitlementId {
        self.id
    }

    pub fn order_class(&self) -> OrderClass {
        self.order_class
    }
}

impl Row for EntitlementRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, _: &Scope) -> bool {
        true
    }
}

/// Keys that rows have had already.
type Seen = Keys<(String, OrderClass)>;

/// Checks the file.
pub fn check(db: &Database, mut sheet: Sheet, accounts: &Accounts) -> Result<Checked> {
    let mut seen = Seen::new();
    let rows = sheet.rows(|cells| row(cells, accounts, &mut seen));
    let brought = sheet.brings(&[("per_month", "per_month"), ("lines_max", "lines_max")]);
    let upsert = EntitlementRow::TABLE.upsert(&KEY, None, &brought);
    let mut checked = Checked::new(sheet);
    checked.upsert(db, rows, upsert)?;
    Ok(checked)
}

/// Checks one row that staff put, as a row of the file.
pub fn read(values: &[(&'static str, String)], accounts: &Accounts) -> Result<EntitlementRow, Vec<FieldError>> {
    check_row(&LAYOUT, values, |cells| row(cells, accounts, &mut Seen::new()))
}

/// Stores a row: a new one, or in the place of that with the same key.
pub fn store(tx: &mut Connection, row: &EntitlementRow) -> Result<()> {
    let upsert = EntitlementRow::TABLE.upsert(&KEY, None, &["per_month", "lines_max"]);
    upsert.run(tx, &sets::json(&[row])?).map(drop)
}

/// Stores a new row; false where there is one with its key.
pub fn insert(tx: &mut Connection, row: EntitlementRow) -> Result<bool> {
    match insertion(&[row])?.run(tx) {
        Err(error) if is_unique_violation(&error, "entitlements_key", &KEY) => Ok(false),
        inserted => inserted.map(|_| true),
    }
}

/// Whom a row is for: an account or a tier.
fn owner(cells: &mut Cells<'_>, accounts: &Accounts) -> Option<(String, Option<AccountId>, Option<Tier>)> {
    match (cells.given("account"), cells.given("tier")) {
        (Some(_), None) => {
            let account = accounts.named(cells, "account")?;
            Some((format!("account:{}", account.id.0), Some(account.id), None))
        }
        (None, Some(_)) => {
            let tier = cells.one_of("tier", Tier::NAMES)?;
            Some((format!("tier:{tier}"), None, Tier::from_name(tier)))
        }
        (None, None) => cells.refuse("tier", Code::Required, sentences::tier_or_account()),
        (Some(_), Some(_)) => cells.refuse("tier", Code::ValueInvalid, sentences::tier_or_account()),
    }
}

/// A whole number in the cell, or none where it is empty.
fn number(cells: &mut Cells<'_>, column: &'static str, least: i64, most: i64) -> Option<Option<i64>> {
    match cells.given(column) {
        None => Some(None),
        Some(_) => cells.integer(column, least..=most).map(Some),
    }
}

fn row(cells: &mut Cells<'_>, accounts: &Accounts, seen: &mut Seen) -> Option<EntitlementRow> {
    let owner = owner(cells, accounts);
    let order_class = cells.one_of("order_class", &CLASSES.map(OrderClass::name));
    let order_class = order_class.and_then(OrderClass::from_name);
    let per_month = number(cells, "per_month", 0, PER_MONTH_MAX);
    let lines_max = number(cells, "lines_max", 1, i64::try_from(LINES_MAX).ok()?);
    let ((whose, account_id, tier), order_class) = (owner?, order_class?);
    seen.note(cells, "order_class", (whose.clone(), order_class))?;
    Some(EntitlementRow {
        id: EntitlementId::new(),
        whose,
        account_id,
        tier,
        order_class,
        per_month: per_month?,
        lines_max: lines_max?,
    })
}
