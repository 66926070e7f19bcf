//! `tax_rates.csv`: rates by country, category and first day.

use chrono::NaiveDate;

use super::rules::{TaxRate, rate_ppm};
use super::store;
use crate::db::{Connection, Database, Stored};
use crate::error::{Code, Result};
use crate::ids::TaxRateId;
use crate::row;
use crate::sheets::plan::{Checked, Row, Scope};
use crate::sheets::{Cells, Keys, Layout, Sheet};
use crate::tax::sentences;

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "tax_rates.csv",
    required: &["country", "category", "rate"],
    optional: &["valid_from"],
    decimals: &["rate"],
};

/// 100 %.
const RATE_PPM_MAX: i64 = 1_000_000;
/// Decimals of a percentage that make whole parts per million.
const PERCENT_DECIMALS: u8 = 4;

/// The stored rates, then those of the file too.
#[derive(Debug)]
pub struct TaxRates {
    rates: Vec<TaxRate>,
    today: NaiveDate,
}

impl TaxRates {
    /// All stored rates; asked as of `today`.
    pub fn load(connection: &mut Connection, today: NaiveDate) -> Result<Self> {
        Ok(Self {
            rates: store::list(connection, None)?,
            today,
        })
    }

    /// True if goods of `category` can be taxed in `country` today.
    pub fn has(&self, country: &str, category: &str) -> bool {
        rate_ppm(&self.rates, country, category, self.today).is_some()
    }
}

row! {
    #[derive(Debug)]
    struct RateRow into tax_rates {
        id: TaxRateId,
        country: String,
        category: String,
        rate_ppm: i64,
        valid_from: NaiveDate,
    }
}

impl Row for RateRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, _: &Scope) -> bool {
        true
    }
}

/// Checks the file; `known` gets its good rows.
pub fn check(db: &Database, mut sheet: Sheet, known: &mut TaxRates) -> Result<Checked> {
    let mut keys = Keys::new();
    let rows = sheet.rows(|cells| {
        let row = rate(cells)?;
        keys.note(
            cells,
            "category",
            (row.country.clone(), row.category.clone(), row.valid_from),
        )?;
        Some(row)
    });
    known.rates.extend(rows.iter().map(|row| TaxRate {
        country: row.country.clone(),
        category: row.category.clone(),
        rate_ppm: row.rate_ppm,
        valid_from: row.valid_from,
    }));
    let upsert = RateRow::TABLE.upsert(&["country", "category", "valid_from"], None, &["rate_ppm"]);
    let mut checked = Checked::new(sheet);
    checked.upsert(db, rows, upsert)?;
    Ok(checked)
}

fn rate(cells: &mut Cells<'_>) -> Option<RateRow> {
    let country = cells.country("country");
    let category = cells.tax_category("category");
    let rate_ppm = cells.not_negative("rate", PERCENT_DECIMALS);
    let rate_ppm = match rate_ppm {
        Some(rate) if rate > RATE_PPM_MAX => cells.refuse("rate", Code::BadNumber, sentences::rate_at_most()),
        rate => rate,
    };
    let valid_from = cells.day_or("valid_from", NaiveDate::from_ymd_opt(1, 1, 1)?);
    Some(RateRow {
        id: TaxRateId::new(),
        country: country?.to_owned(),
        category: category?.to_owned(),
        rate_ppm: rate_ppm?,
        valid_from: valid_from?,
    })
}
