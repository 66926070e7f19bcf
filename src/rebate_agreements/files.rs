//! `rebates.csv`: what was agreed to be given back. `rebate_tiers.csv`: from which turnover on how much.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::rules::{Basis, Method, Period, Scope as About, Settlement, Tier, WHOLE_PPM};
use super::sentences;
use crate::accounts::files::accounts::Accounts;
use crate::catalogue::products::files::Products;
use crate::db::{Connection, Database, Stored, select, sets, sql};
use crate::error::{Code, FieldError, Result};
use crate::ids::{self, AccountId, ProductId, RebateAgreementId};
use crate::kept;
use crate::keys::Keyed;
use crate::limits;
use crate::money::Currency;
use crate::row;
use crate::sheets::plan::{Checked, Row, Scope};
use crate::sheets::sentences::give_one_of;
use crate::sheets::{Cells, Keys, Layout, Sheet, check_row};

/// The file of agreements.
pub const AGREEMENTS: Layout = Layout {
    file: "rebates.csv",
    required: &[
        "rebate",
        "account",
        "name",
        "currency",
        "period",
        "method",
        "basis",
        "scope",
        "valid_from",
    ],
    optional: &["key", "valid_to", "settlement"],
    decimals: &[],
};

/// The file of tiers.
pub const TIERS: Layout = Layout {
    file: "rebate_tiers.csv",
    required: &["rebate", "threshold", "rate"],
    optional: &[],
    decimals: &["threshold", "rate"],
};

/// Decimals of a percentage: parts per million.
const RATE_DECIMALS: u8 = 4;

pub(super) const STORED: [&str; 11] = [
    "account_id",
    "name",
    "currency",
    "period",
    "method",
    "basis",
    "product_id",
    "category",
    "valid_from",
    "valid_to",
    "settlement",
];

/// Columns of the file, and those of the table that they bring.
const BROUGHT: [(&str, &str); 11] = [
    ("account", "account_id"),
    ("name", "name"),
    ("currency", "currency"),
    ("period", "period"),
    ("method", "method"),
    ("basis", "basis"),
    ("scope", "product_id"),
    ("scope", "category"),
    ("valid_from", "valid_from"),
    ("valid_to", "valid_to"),
    ("settlement", "settlement"),
];

row! {
    /// An agreement as it is stored.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct AgreementRow in rebate_agreements {
        pub(super) id: RebateAgreementId,
        pub(super) code: String,
        pub(super) account_id: AccountId,
        name: String,
        currency: Currency,
        period: Period,
        method: Method,
        basis: Basis,
        pub(super) product_id: Option<ProductId>,
        pub(super) category: Option<String>,
        valid_from: NaiveDate,
        valid_to: Option<NaiveDate>,
        settlement: Settlement,
    }
}

row! {
    /// A tier as it is stored.
    #[derive(Debug, Clone)]
    pub(super) struct TierRow into rebate_tiers {
        pub(super) id: i64,
        pub(super) agreement_id: RebateAgreementId,
        pub(super) threshold_minor: i64,
        pub(super) rate_ppm: i64,
    }
}

impl Row for AgreementRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    /// What an order costs does not depend on what is given back of it.
    fn concerns(&self, _: &Scope) -> bool {
        false
    }
}

impl Row for TierRow {
    fn id(&self) -> i64 {
        self.id
    }

    fn concerns(&self, _: &Scope) -> bool {
        false
    }
}

/// What is known of an agreement: itself, and whether something was accrued by it.
#[derive(Debug, Clone)]
pub struct Known {
    row: AgreementRow,
    is_used: bool,
}

/// The stored agreements by code, then those of the file too.
pub type Agreements = Keyed<Known>;

/// The stored agreements.
pub fn load(connection: &mut Connection) -> Result<Agreements> {
    let used: Vec<RebateAgreementId> = sql("SELECT DISTINCT agreement_id FROM rebate_periods").rows(connection)?;
    let used: BTreeSet<i64> = used.into_iter().map(|id| id.0).collect();
    let rows: Vec<AgreementRow> = select::<AgreementRow>("ORDER BY id").rows(connection)?;
    let known = |row: AgreementRow| {
        let is_used = used.contains(&row.id.0);
        (row.code.clone(), Known { row, is_used })
    };
    Ok(rows.into_iter().map(known).collect())
}

/// Says that accruals of the agreements of these rows are to be derived again. One that is due already is held, so that whoever derives it
/// meanwhile waits for what is brought.
const DUE_BY_ID: &str = "INSERT INTO rebates_due (agreement_id) SELECT r.id FROM {rows $1: id bigint} r \
     WHERE true ON CONFLICT (agreement_id) DO UPDATE SET agreement_id = excluded.agreement_id";
const DUE_BY_TIER: &str = "INSERT INTO rebates_due (agreement_id) SELECT DISTINCT r.agreement_id FROM {rows $1: agreement_id bigint} r \
     WHERE true ON CONFLICT (agreement_id) DO UPDATE SET agreement_id = excluded.agreement_id";

/// Checks the file of agreements.
pub fn check_agreements(
    db: &Database,
    mut sheet: Sheet,
    accounts: &Accounts,
    products: &Products,
    known: &mut Agreements,
) -> Result<Checked> {
    let mut keys = Keys::new();
    let rows = sheet.rows(|cells| {
        let row = agreement(cells, accounts, products, known)?;
        keys.note(cells, "rebate", row.code.clone())?;
        Some(row)
    });
    for row in &rows {
        let is_used = known.get(&row.code).is_some_and(|(_, known)| known.is_used);
        known.insert(
            &row.code,
            Known {
                row: row.clone(),
                is_used,
            },
        );
    }
    // A file without a column keeps what is stored.
    let upsert = AgreementRow::TABLE.upsert(&["code"], None, &sheet.brings(&BROUGHT));
    let mut checked = Checked::new(sheet);
    checked.add(db, rows, upsert, move |tx, chunk| {
        upsert.run(tx, &chunk.json)?;
        sql(DUE_BY_ID).bind(chunk.json.as_str()).run(tx)?;
        Ok(Vec::new())
    })?;
    Ok(checked)
}

/// Checks the file of tiers. One whose turnover is there already gets another rate; none is taken away.
pub fn check_tiers(db: &Database, mut sheet: Sheet, known: &Agreements) -> Result<Checked> {
    let mut keys = Keys::new();
    let rows = sheet.rows(|cells| {
        let unknown = (Code::UnknownRebate, sentences::rebate_not_known());
        let agreement = cells
            .named("rebate", known, unknown)
            .map(|(_, known)| known.row.clone());
        let agreement = agreement?;
        let tier = tier(cells, agreement.currency)?;
        keys.note(cells, "threshold", (agreement.id, tier.threshold_minor))?;
        Some(tier_row(agreement.id, &tier))
    });
    let upsert = TierRow::TABLE.upsert(&["agreement_id", "threshold_minor"], None, &["rate_ppm"]);
    let mut checked = Checked::new(sheet);
    checked.add(db, rows, upsert, move |tx, chunk| {
        upsert.run(tx, &chunk.json)?;
        sql(DUE_BY_TIER).bind(chunk.json.as_str()).run(tx)?;
        Ok(Vec::new())
    })?;
    Ok(checked)
}

/// Checks one agreement that staff add or change, as a row of the file.
pub(super) fn read_agreement(
    values: &kept::Row,
    accounts: &Accounts,
    products: &Products,
    known: &Agreements,
) -> Result<AgreementRow, Vec<FieldError>> {
    check_row(&AGREEMENTS, values, |cells| agreement(cells, accounts, products, known))
}

/// Checks one tier, as a row of the file.
pub(super) fn read_tier(values: &kept::Row, currency: Currency) -> Result<Tier, Vec<FieldError>> {
    check_row(&TIERS, values, |cells| tier(cells, currency))
}

pub(super) fn tier_row(agreement_id: RebateAgreementId, tier: &Tier) -> TierRow {
    TierRow {
        id: ids::next(),
        agreement_id,
        threshold_minor: tier.threshold_minor,
        rate_ppm: tier.rate_ppm,
    }
}

/// Stores an agreement: a new one, or in the place of that with the same code.
pub(super) fn store(tx: &mut Connection, row: AgreementRow) -> Result<()> {
    let upsert = AgreementRow::TABLE.upsert(&["code"], None, &STORED);
    upsert.run(tx, &sets::json(&[row])?).map(drop)
}

fn tier(cells: &mut Cells<'_>, currency: Currency) -> Option<Tier> {
    let threshold = cells.not_negative("threshold", currency.exponent());
    let rate = match cells.not_negative("rate", RATE_DECIMALS) {
        Some(rate) if rate > WHOLE_PPM => cells.refuse("rate", Code::ValueInvalid, sentences::rebate_rate_too_high()),
        rate => rate,
    };
    Some(Tier {
        threshold_minor: threshold?,
        rate_ppm: rate?,
    })
}

/// One of a set's names.
fn named<T>(
    cells: &mut Cells<'_>,
    column: &'static str,
    names: &'static [&'static str],
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    cells.parsed(column, Code::ValueInvalid, give_one_of(names), read)
}

/// Of what: nothing where all counts.
fn subject(cells: &mut Cells<'_>, products: &Products) -> Option<(Option<ProductId>, Option<String>)> {
    match named(cells, "scope", About::NAMES, About::from_name)? {
        About::All => match cells.given("key") {
            Some(_) => cells.refuse("key", Code::ValueInvalid, sentences::rebate_key_of_all()),
            None => Some((None, None)),
        },
        About::Sku => {
            let (_, product) = products.named_in(cells, "key")?;
            Some((Some(product.id), None))
        }
        About::Category => Some((None, Some(cells.text("key", limits::CATEGORY)?.to_owned()))),
    }
}

fn agreement(
    cells: &mut Cells<'_>,
    accounts: &Accounts,
    products: &Products,
    known: &Agreements,
) -> Option<AgreementRow> {
    let code = cells.code("rebate", limits::CODE);
    let looks_new = code.and_then(|code| cells.unlike("rebate", code, known));
    let account = accounts.named(cells, "account");
    let name = cells.text("name", limits::NAME);
    let currency = match (cells.currency("currency"), account) {
        (Some(currency), Some(account)) if currency != account.currency => {
            let detail = sentences::rebate_currency(currency.code(), account.currency.code());
            cells.refuse("currency", Code::WrongCurrency, detail)
        }
        (currency, _) => currency,
    };
    let period = named(cells, "period", Period::NAMES, Period::from_name);
    let method = named(cells, "method", Method::NAMES, Method::from_name);
    let basis = named(cells, "basis", Basis::NAMES, Basis::from_name);
    let subject = subject(cells, products);
    let valid_from = match cells.required("valid_from") {
        Some(_) => cells.optional_day("valid_from").flatten(),
        None => None,
    };
    let valid_to = cells.optional_day("valid_to");
    let ways = give_one_of(Settlement::NAMES);
    let settlement = cells.optional_parsed("settlement", Code::ValueInvalid, ways, Settlement::from_name);
    let valid_to = match (valid_from, valid_to, period) {
        (Some(from), Some(Some(to)), _) if to < from => {
            cells.refuse("valid_to", Code::ValueInvalid, sentences::rebate_ends_before())
        }
        (_, Some(None), Some(Period::Term)) => {
            cells.refuse("valid_to", Code::Required, sentences::rebate_term_needs_an_end())
        }
        (_, valid_to, _) => valid_to,
    };
    let (code, (product_id, category)) = (code?, subject?);
    looks_new?;
    let row = AgreementRow {
        id: known
            .get(code)
            .map_or_else(RebateAgreementId::new, |(_, known)| known.row.id),
        code: code.to_owned(),
        account_id: account?.id,
        name: name?.to_owned(),
        currency: currency?,
        period: period?,
        method: method?,
        basis: basis?,
        product_id,
        category,
        valid_from: valid_from?,
        valid_to: valid_to?,
        settlement: settlement?.unwrap_or(Settlement::CreditNote),
    };
    match known.get(code).filter(|(_, known)| known.is_used) {
        Some((_, known)) => unmoved(cells, &known.row, row),
        None => Some(row),
    }
}

/// Once something was accrued by an agreement it counts the same things in the same way, and ends no earlier.
fn unmoved(cells: &mut Cells<'_>, was: &AgreementRow, row: AgreementRow) -> Option<AgreementRow> {
    let same = [
        ("account", row.account_id == was.account_id),
        ("currency", row.currency == was.currency),
        ("period", row.period == was.period),
        ("method", row.method == was.method),
        ("basis", row.basis == was.basis),
        (
            "key",
            (row.product_id, &row.category) == (was.product_id, &was.category),
        ),
        ("valid_from", row.valid_from == was.valid_from),
    ];
    if let Some(&(column, _)) = same.iter().find(|(_, is_same)| !is_same) {
        return cells.refuse(column, Code::ValueInvalid, sentences::rebate_in_use());
    }
    match (was.valid_to, row.valid_to) {
        (None, Some(_)) => cells.refuse("valid_to", Code::ValueInvalid, sentences::rebate_ends_earlier()),
        (Some(was), Some(is)) if is < was => {
            cells.refuse("valid_to", Code::ValueInvalid, sentences::rebate_ends_earlier())
        }
        _ => Some(row),
    }
}
