//! `discounts.csv`: what is taken off the price of a line.

use chrono::NaiveDate;

use crate::accounts::files::accounts::Accounts;
use crate::db::violations::is_unique_violation;
use crate::db::{Connection, Database, Stored, insertion, sets, sql};
use crate::error::{Code, FieldError, Result};
use crate::ids::{AccountId, DiscountId};
use crate::keys::Keyed;
use crate::limits;
use crate::money::UnitPrice;
use crate::names::sets::OrderClass;
use crate::pricing::files::in_order;
use crate::pricing::rules::discounts::{DiscountKind, DiscountMode, PERCENT_DECIMALS};
use crate::pricing::rules::exact::WHOLE_PPM;
use crate::pricing::sentences;
use crate::pricing::store::{FIRST_DAY, LAST_DAY};
use crate::row;
use crate::sheets::plan::{Checked, Row, Scope};
use crate::sheets::{Cells, Keys, Layout, Sheet, check_row};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "discounts.csv",
    required: &["discount", "name", "kind", "value"],
    optional: &[
        "position",
        "mode",
        "account",
        "category",
        "order_class",
        "currency",
        "valid_from",
        "valid_to",
    ],
    decimals: &["value"],
};

/// Positions there are.
const POSITIONS: std::ops::RangeInclusive<i64> = 0..=1_000_000;
/// The position of a discount that names none.
const POSITION_DEFAULT: i64 = 100;

const KEY: [&str; 1] = ["code"];
const STORED: [(&str, &str); 10] = [
    ("name", "name"),
    ("kind", "kind"),
    ("value", "value"),
    ("position", "position"),
    ("mode", "mode"),
    ("account", "account_id"),
    ("category", "category"),
    ("order_class", "order_class"),
    ("valid_from", "valid_from"),
    ("valid_to", "valid_to"),
];

row! {
    #[derive(Debug)]
    pub struct DiscountRow into discounts {
        id: DiscountId,
        code: String,
        code_key: String,
        name: String,
        position: i32,
        kind: DiscountKind,
        value: i64,
        mode: DiscountMode,
        account_id: Option<AccountId>,
        category: Option<String>,
        order_class: Option<OrderClass>,
        currency: Option<String>,
        valid_from: NaiveDate,
        valid_to: NaiveDate,
    }
}

impl DiscountRow {
    pub fn id(&self) -> DiscountId {
        self.id
    }
}

impl Row for DiscountRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, _: &Scope) -> bool {
        true
    }
}

/// The stored discounts.
#[derive(Debug, Default)]
pub struct Discounts {
    by_code: Keyed<Known>,
}

/// What a row that leaves columns out keeps.
#[derive(Debug, Clone)]
struct Known {
    id: DiscountId,
    valid_from: NaiveDate,
    valid_to: NaiveDate,
}

impl Discounts {
    pub fn load(connection: &mut Connection) -> Result<Self> {
        let rows: Vec<(DiscountId, String, NaiveDate, NaiveDate)> =
            sql("SELECT id, code, valid_from, valid_to FROM discounts").rows(connection)?;
        let known = |(id, code, valid_from, valid_to)| {
            let known = Known {
                id,
                valid_from,
                valid_to,
            };
            (code, known)
        };
        Ok(Self {
            by_code: rows.into_iter().map(known).collect(),
        })
    }
}

/// Keys that rows have had already.
type Seen = Keys<String>;

/// Checks the file.
pub fn check(db: &Database, mut sheet: Sheet, accounts: &Accounts) -> Result<Checked> {
    let known = db.read_now(Discounts::load)?;
    let mut seen = Seen::new();
    let keeps = ["valid_from", "valid_to"].map(|column| !sheet.has(column));
    let rows = sheet.rows(|cells| row(cells, accounts, &known, &mut seen, keeps));
    let mut brought = sheet.brings(&STORED);
    // The currency is that of the value.
    brought.push("currency");
    let upsert = DiscountRow::TABLE.upsert(&KEY, None, &brought);
    let mut checked = Checked::new(sheet);
    checked.upsert(db, rows, upsert)?;
    Ok(checked)
}

/// Checks one discount that staff put, as a row of the file.
pub fn read(
    values: &[(&'static str, String)],
    accounts: &Accounts,
    known: &Discounts,
) -> Result<DiscountRow, Vec<FieldError>> {
    check_row(&LAYOUT, values, |cells| {
        row(cells, accounts, known, &mut Seen::new(), [false; 2])
    })
}

/// Stores a discount in the place of what is there under its code.
pub fn store(tx: &mut Connection, row: &DiscountRow) -> Result<()> {
    let mut columns = STORED.map(|(_, stored)| stored).to_vec();
    columns.push("currency");
    let upsert = DiscountRow::TABLE.upsert(&KEY, None, &columns);
    upsert.run(tx, &sets::json(&[row])?).map(drop)
}

/// Stores a new discount; false where there is one with its code.
pub fn insert(tx: &mut Connection, row: DiscountRow) -> Result<bool> {
    let is_taken = |error: &_| {
        is_unique_violation(error, "discounts_code", &["code"])
            || is_unique_violation(error, "discounts_code_key", &["code_key"])
    };
    match insertion(&[row])?.run(tx) {
        Err(error) if is_taken(&error) => Ok(false),
        inserted => inserted.map(|_| true),
    }
}

/// Percents as parts per million, or an amount for each base unit.
fn value(cells: &mut Cells<'_>, kind: DiscountKind) -> Option<i64> {
    match kind {
        DiscountKind::Percent => match cells.scaled("value", PERCENT_DECIMALS)? {
            ppm @ 1..=WHOLE_PPM => Some(ppm),
            _ => cells.refuse("value", Code::BadNumber, sentences::discount_percent_out_of_range()),
        },
        DiscountKind::Amount => match cells.scaled("value", UnitPrice::DECIMALS)? {
            ..=0 => cells.refuse("value", Code::BadNumber, sentences::discount_above_zero()),
            micros => Some(micros),
        },
    }
}

/// The currency of an amount; a percentage has none.
fn currency(cells: &mut Cells<'_>, kind: DiscountKind) -> Option<Option<String>> {
    match (kind, cells.given("currency")) {
        (DiscountKind::Percent, None) => Some(None),
        (DiscountKind::Percent, Some(_)) => {
            cells.refuse("currency", Code::ValueInvalid, sentences::discount_has_no_currency())
        }
        (DiscountKind::Amount, None) => cells.refuse("currency", Code::Required, sentences::discount_needs_currency()),
        (DiscountKind::Amount, Some(_)) => cells.currency("currency").map(|known| Some(known.code().to_owned())),
    }
}

fn row(
    cells: &mut Cells<'_>,
    accounts: &Accounts,
    known: &Discounts,
    seen: &mut Seen,
    [keeps_from, keeps_to]: [bool; 2],
) -> Option<DiscountRow> {
    let code = cells.code("discount", limits::CODE);
    let key = code.and_then(|code| cells.unlike("discount", code, &known.by_code));
    let once = key.clone().and_then(|key| seen.note(cells, "discount", key));
    let stored = code.and_then(|code| known.by_code.get(code)).map(|(_, one)| one);
    let name = cells.text("name", limits::NAME);
    let kind = cells
        .one_of("kind", DiscountKind::NAMES)
        .and_then(DiscountKind::from_name);
    let value = kind.and_then(|kind| value(cells, kind));
    let currency = kind.and_then(|kind| currency(cells, kind));
    let position = cells.integer_or("position", POSITIONS, POSITION_DEFAULT);
    let mode = match cells.given("mode") {
        None => Some(DiscountMode::default()),
        Some(_) => cells
            .one_of("mode", DiscountMode::NAMES)
            .and_then(DiscountMode::from_name),
    };
    let account = accounts.optionally_named(cells, "account");
    let category = cells.optional_text("category", limits::CATEGORY);
    let order_class = match cells.given("order_class") {
        None => Some(None),
        Some(_) => cells
            .one_of("order_class", OrderClass::NAMES)
            .map(OrderClass::from_name),
    };
    let kept = |keeps: bool, day: fn(&Known) -> NaiveDate, open| stored.filter(|_| keeps).map_or(open, day);
    let valid_from = cells.day_or("valid_from", kept(keeps_from, |one| one.valid_from, FIRST_DAY));
    let valid_to = cells.day_or("valid_to", kept(keeps_to, |one| one.valid_to, LAST_DAY));
    let valid_to = in_order(cells, valid_from, valid_to);
    let (code, code_key, ()) = (code?, key?, once?);
    Some(DiscountRow {
        id: stored.map_or_else(DiscountId::new, |one| one.id),
        code: code.to_owned(),
        code_key,
        name: name?.to_owned(),
        position: i32::try_from(position?).ok()?,
        kind: kind?,
        value: value?,
        mode: mode?,
        account_id: account?.map(|account| account.id),
        category: category?.map(str::to_owned),
        order_class: order_class?,
        currency: currency?,
        valid_from: valid_from?,
        valid_to: valid_to?,
    })
}
