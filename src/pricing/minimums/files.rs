//! `order_minimums.csv`: what an order of an account must come to.

use crate::accounts::files::accounts::Accounts;
use crate::db::violations::is_unique_violation;
use crate::db::{Connection, Database, Stored, insertion, sets};
use crate::error::{Code, FieldError, Result};
use crate::ids::{AccountId, OrderMinimumId};
use crate::pricing::sentences;
use crate::row;
use crate::sheets::plan::{Checked, Row, Scope};
use crate::sheets::{Cells, Keys, Layout, Sheet, check_row};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "order_minimums.csv",
    required: &["account", "minimum"],
    optional: &[],
    decimals: &["minimum"],
};

const KEY: [&str; 1] = ["account_id"];

row! {
    #[derive(Debug)]
    pub struct MinimumRow into order_minimums {
        id: OrderMinimumId,
        account_id: AccountId,
        minimum_minor: i64,
    }
}

impl MinimumRow {
    pub fn id(&self) -> OrderMinimumId {
        self.id
    }
}

impl Row for MinimumRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, scope: &Scope) -> bool {
        scope.accounts.contains(&self.account_id)
    }
}

/// Accounts that rows have had already.
type Seen = Keys<AccountId>;

/// Checks the file.
pub fn check(db: &Database, mut sheet: Sheet, accounts: &Accounts) -> Result<Checked> {
    let mut seen = Seen::new();
    let rows = sheet.rows(|cells| row(cells, accounts, &mut seen));
    let upsert = MinimumRow::TABLE.upsert(&KEY, None, &["minimum_minor"]);
    let mut checked = Checked::new(sheet);
    checked.upsert(db, rows, upsert)?;
    Ok(checked)
}

/// Checks one row that staff put, as a row of the file.
pub fn read(values: &[(&'static str, String)], accounts: &Accounts) -> Result<MinimumRow, Vec<FieldError>> {
    check_row(&LAYOUT, values, |cells| row(cells, accounts, &mut Seen::new()))
}

/// Stores a row in the place of that of its account.
pub fn store(tx: &mut Connection, row: &MinimumRow) -> Result<()> {
    let upsert = MinimumRow::TABLE.upsert(&KEY, None, &["minimum_minor"]);
    upsert.run(tx, &sets::json(&[row])?).map(drop)
}

/// Stores a new row; false where its account has one.
pub fn insert(tx: &mut Connection, row: MinimumRow) -> Result<bool> {
    match insertion(&[row])?.run(tx) {
        Err(error) if is_unique_violation(&error, "order_minimums_account", &KEY) => Ok(false),
        inserted => inserted.map(|_| true),
    }
}

fn row(cells: &mut Cells<'_>, accounts: &Accounts, seen: &mut Seen) -> Option<MinimumRow> {
    let account = accounts.named(cells, "account")?;
    let minimum = match cells.scaled("minimum", account.currency.exponent())? {
        ..=0 => cells.refuse("minimum", Code::BadNumber, sentences::minimum_above_zero()),
        minor => Some(minor),
    };
    seen.note(cells, "account", account.id)?;
    Some(MinimumRow {
        id: OrderMinimumId::new(),
        account_id: account.id,
        minimum_minor: minimum?,
    })
}
