//! `early_access.csv`: which articles and categories some see and order earlier.

use chrono::NaiveDate;

use crate::accounts::files::accounts::Accounts;
use crate::accounts::rules::Tier;
use crate::catalogue::products::files::Products;
use crate::catalogue::sentences;
use crate::db::violations::is_unique_violation;
use crate::db::{Connection, Database, Stored, insertion};
use crate::error::{Code, FieldError, Result};
use crate::ids::{AccountId, EarlyAccessId, ProductId};
use crate::limits;
use crate::row;
use crate::sheets::plan::{Checked, Row, Scope};
use crate::sheets::{Cells, Keys, Layout, Sheet, check_row};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "early_access.csv",
    required: &["from"],
    optional: &["sku", "category", "tier", "account"],
    decimals: &[],
};

const KEY: [&str; 2] = ["what", "whose"];

row! {
    #[derive(Debug)]
    pub struct EarlyRow into early_access {
        id: EarlyAccessId,
        what: String,
        whose: String,
        product_id: Option<ProductId>,
        category: Option<String>,
        account_id: Option<AccountId>,
        tier: Option<Tier>,
        from_day: NaiveDate,
    }
}

impl EarlyRow {
    pub fn id(&self) -> EarlyAccessId {
        self.id
    }

    pub fn from(&self) -> NaiveDate {
        self.from_day
    }
}

impl Row for EarlyRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, _: &Scope) -> bool {
        true
    }
}

/// Keys that rows have had already.
type Seen = Keys<(String, String)>;

/// Checks the file.
pub fn check(db: &Database, mut sheet: Sheet, accounts: &Accounts, products: &Products) -> Result<Checked> {
    let mut seen = Seen::new();
    let rows = sheet.rows(|cells| row(cells, accounts, products, &mut seen));
    let upsert = EarlyRow::TABLE.upsert(&KEY, None, &["from_day"]);
    let mut checked = Checked::new(sheet);
    checked.upsert(db, rows, upsert)?;
    Ok(checked)
}

/// Checks one row that staff put, as a row of the file.
pub fn read(
    values: &[(&'static str, String)],
    accounts: &Accounts,
    products: &Products,
) -> Result<EarlyRow, Vec<FieldError>> {
    check_row(&LAYOUT, values, |cells| {
        row(cells, accounts, products, &mut Seen::new())
    })
}

/// Stores a new row; false where there is one with its key.
pub fn insert(tx: &mut Connection, row: EarlyRow) -> Result<bool> {
    match insertion(&[row])?.run(tx) {
        Err(error) if is_unique_violation(&error, "early_access_key", &KEY) => Ok(false),
        inserted => inserted.map(|_| true),
    }
}

/// What a row is about: an article or a category.
fn what(cells: &mut Cells<'_>, products: &Products) -> Option<(String, Option<ProductId>, Option<String>)> {
    match (cells.given("sku"), cells.given("category")) {
        (Some(_), None) => {
            let (_, product) = products.named(cells)?;
            Some((format!("product:{}", product.id.0), Some(product.id), None))
        }
        (None, Some(_)) => {
            let category = cells.text("category", limits::CATEGORY)?;
            Some((format!("category:{category}"), None, Some(category.to_owned())))
        }
        (None, None) => cells.refuse("sku", Code::Required, sentences::sku_or_category()),
        (Some(_), Some(_)) => cells.refuse("category", Code::ValueInvalid, sentences::sku_or_category()),
    }
}

/// Whom a row is for: a tier, an account or everybody.
fn whose(cells: &mut Cells<'_>, accounts: &Accounts) -> Option<(String, Option<AccountId>, Option<Tier>)> {
    match (cells.given("account"), cells.given("tier")) {
        (Some(_), None) => {
            let account = accounts.named(cells, "account")?;
            Some((format!("account:{}", account.id.0), Some(account.id), None))
        }
        (None, Some(_)) => {
            let tier = cells.one_of("tier", Tier::NAMES)?;
            Some((format!("tier:{tier}"), None, Tier::from_name(tier)))
        }
        (None, None) => Some((String::new(), None, None)),
        (Some(_), Some(_)) => cells.refuse("tier", Code::ValueInvalid, sentences::tier_or_account_or_all()),
    }
}

fn row(cells: &mut Cells<'_>, accounts: &Accounts, products: &Products, seen: &mut Seen) -> Option<EarlyRow> {
    let (what, whose) = (what(cells, products), whose(cells, accounts));
    let from = match cells.required("from") {
        Some(_) => cells.optional_day("from").flatten(),
        None => None,
    };
    let ((what, product_id, category), (whose, account_id, tier)) = (what?, whose?);
    let column = if product_id.is_some() { "sku" } else { "category" };
    seen.note(cells, column, (what.clone(), whose.clone()))?;
    Some(EarlyRow {
        id: EarlyAccessId::new(),
        what,
        whose,
        product_id,
        category,
        account_id,
        tier,
        from_day: from?,
    })
}
