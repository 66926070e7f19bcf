//! `quotas.csv`: what is kept for whom. `allocation_modes.csv`: how what does not suffice is shared.

use crate::accounts::files::accounts::Accounts;
use crate::accounts::rules::Tier;
use crate::catalogue::products::files::Products;
use crate::clock::Timestamp;
use crate::db::{Connection, Database, Stored, sql};
use crate::error::{Code, FieldError, Result};
use crate::ids::{AccountId, AllocationModeId, ProductId, QuotaId};
use crate::inventory::quotas::rules::{DECIMALS, Mode, Period, Scope as About, Weights};
use crate::kept;
use crate::keys::Keyed;
use crate::limits;
use crate::orders::sentences;
use crate::row;
use crate::sentences::give_tier;
use crate::sheets::plan::{Checked, Row, Scope};
use crate::sheets::{Cells, Keys, Layout, Sheet, check_row};

/// The file of quotas.
pub const QUOTAS: Layout = Layout {
    file: "quotas.csv",
    required: &["quota", "scope", "key", "period", "quantity"],
    optional: &["account", "tier", "released_after_days"],
    decimals: &["quantity"],
};

/// The file of modes.
pub const MODES: Layout = Layout {
    file: "allocation_modes.csv",
    required: &["scope", "key", "mode"],
    optional: &["weights"],
    decimals: &[],
};

/// Ten years.
const RELEASED_AFTER_DAYS_MAX: i64 = 3650;

row! {
    /// A quota as it is stored.
    #[derive(Debug)]
    pub(super) struct QuotaRow into quotas {
        pub(super) id: QuotaId,
        pub(super) code: String,
        pub(super) product_id: Option<ProductId>,
        category: Option<String>,
        pub(super) account_id: Option<AccountId>,
        tier: Option<Tier>,
        period: Period,
        quantity_micros: i64,
        released_after_days: Option<i32>,
    }
}

row! {
    /// A mode as it is stored.
    #[derive(Debug)]
    pub(super) struct ModeRow into allocation_modes {
        pub(super) id: AllocationModeId,
        pub(super) product_id: Option<ProductId>,
        pub(super) category: Option<String>,
        pub(super) mode: Mode,
        pub(super) weights: Option<String>,
    }
}

impl Row for QuotaRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    /// What an order costs does not depend on what is kept.
    fn concerns(&self, _: &Scope) -> bool {
        false
    }
}

impl Row for ModeRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, _: &Scope) -> bool {
        false
    }
}

/// The stored quotas by code.
pub(super) fn load_codes(connection: &mut Connection) -> Result<Keyed<QuotaId>> {
    let rows: Vec<(String, QuotaId)> = sql("SELECT code, id FROM quotas").rows(connection)?;
    Ok(rows.into_iter().collect())
}

pub(super) const STORED: [&str; 7] = [
    "product_id",
    "category",
    "account_id",
    "tier",
    "period",
    "quantity_micros",
    "released_after_days",
];

/// Checks the file of quotas; what their rows free serves waiting lines.
pub fn check_quotas(
    db: &Database,
    mut sheet: Sheet,
    accounts: &Accounts,
    products: &Products,
    now: Timestamp,
) -> Result<Checked> {
    let known = db.read_now(load_codes)?;
    let mut keys = Keys::new();
    let rows = sheet.rows(|cells| {
        let row = quota(cells, accounts, products, &known)?;
        keys.note(cells, "quota", row.code.clone())?;
        Some(row)
    });
    let upsert = QuotaRow::TABLE.upsert(&["code"], None, &STORED);
    let mut checked = Checked::new(sheet);
    checked.add(db, rows, upsert, move |tx, chunk| {
        let before = super::store::list_products_of(tx, &chunk.ids)?;
        upsert.run(tx, &chunk.json)?;
        super::store::forget_freed(tx, &chunk.ids)?;
        let mut product_ids = super::store::list_products_of(tx, &chunk.ids)?;
        product_ids.extend(before);
        super::serve(tx, product_ids, now)?;
        Ok(Vec::new())
    })?;
    Ok(checked)
}

/// Checks the file of modes.
pub fn check_modes(db: &Database, mut sheet: Sheet, products: &Products) -> Result<Checked> {
    let mut keys = Keys::new();
    let rows = sheet.rows(|cells| {
        let row = mode(cells, products)?;
        keys.note(cells, "key", (row.product_id, row.category.clone()))?;
        Some(row)
    });
    let (of_articles, of_categories): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.product_id.is_some());
    // A file without the column keeps what is stored.
    let stored = match sheet.has("weights") {
        true => vec!["mode", "weights"],
        false => vec!["mode"],
    };
    let mut checked = Checked::new(sheet);
    let by_product = ModeRow::TABLE.upsert(&["product_id"], Some("product_id IS NOT NULL"), &stored);
    checked.upsert(db, of_articles, by_product)?;
    let by_category = ModeRow::TABLE.upsert(&["category"], Some("category IS NOT NULL"), &stored);
    checked.upsert(db, of_categories, by_category)?;
    Ok(checked)
}

/// Checks one quota that staff add or change, as a row of the file.
pub(super) fn read_quota(
    values: &kept::Row,
    accounts: &Accounts,
    products: &Products,
    known: &Keyed<QuotaId>,
) -> Result<QuotaRow, Vec<FieldError>> {
    check_row(&QUOTAS, values, |cells| quota(cells, accounts, products, known))
}

/// Checks one mode, as a row of the file.
pub(super) fn read_mode(values: &kept::Row, products: &Products) -> Result<ModeRow, Vec<FieldError>> {
    check_row(&MODES, values, |cells| mode(cells, products))
}

/// Of what: an article with the decimals of its base unit, or a category.
type Subject = (Option<(ProductId, u8)>, Option<String>);

fn subject(cells: &mut Cells<'_>, products: &Products) -> Option<Subject> {
    let scope = cells.parsed(
        "scope",
        Code::ValueInvalid,
        sentences::give_quota_scope(),
        About::from_name,
    );
    match scope? {
        About::Sku => {
            let (_, product) = products.named_in(cells, "key")?;
            Some((Some((product.id, product.decimals)), None))
        }
        About::Category => Some((None, Some(cells.text("key", limits::CATEGORY)?.to_owned()))),
    }
}

fn quota(cells: &mut Cells<'_>, accounts: &Accounts, products: &Products, known: &Keyed<QuotaId>) -> Option<QuotaRow> {
    let code = cells.code("quota", limits::CODE);
    let looks_new = code.and_then(|code| cells.unlike("quota", code, known));
    let subject = subject(cells, products);
    let account = accounts.optionally_named(cells, "account");
    let tier = cells.optional_parsed("tier", Code::ValueInvalid, give_tier(), Tier::from_name);
    let holder = match (account, tier) {
        (Some(None), Some(None)) => cells.refuse("account", Code::Required, sentences::quota_is_for_nobody()),
        (Some(Some(_)), Some(Some(_))) => cells.refuse("tier", Code::ValueInvalid, sentences::quota_is_for_two()),
        (Some(account), Some(tier)) => Some((account.map(|account| account.id), tier)),
        _ => None,
    };
    let period = cells.parsed(
        "period",
        Code::ValueInvalid,
        sentences::give_quota_period(),
        Period::from_name,
    );
    let quantity = match &subject {
        Some((Some((_, decimals)), _)) => cells
            .not_negative("quantity", *decimals)
            .and_then(|steps| steps.checked_mul(10_i64.pow(u32::from(DECIMALS.saturating_sub(*decimals))))),
        _ => cells.not_negative("quantity", DECIMALS),
    };
    let quantity_micros = match quantity {
        Some(0) => cells.refuse("quantity", Code::QuantityInvalid, sentences::quota_of_nothing()),
        quantity => quantity,
    };
    let days = match cells.given("released_after_days") {
        None => Some(None),
        Some(_) => cells
            .integer("released_after_days", 0..=RELEASED_AFTER_DAYS_MAX)
            .map(Some),
    };
    let (code, (article, category), (account_id, tier)) = (code?, subject?, holder?);
    looks_new?;
    Some(QuotaRow {
        id: known.get(code).map_or_else(QuotaId::new, |(_, id)| *id),
        code: code.to_owned(),
        product_id: article.map(|(id, _)| id),
        category,
        account_id,
        tier,
        period: period?,
        quantity_micros: quantity_micros?,
        released_after_days: days?.and_then(|days| i32::try_from(days).ok()),
    })
}

fn mode(cells: &mut Cells<'_>, products: &Products) -> Option<ModeRow> {
    let subject = subject(cells, products);
    let mode = cells.parsed(
        "mode",
        Code::ValueInvalid,
        sentences::give_allocation_mode(),
        Mode::from_name,
    );
    let weights = cells.optional_parsed("weights", Code::ValueInvalid, sentences::give_weights(), Weights::parse);
    let (article, category) = subject?;
    let (mode, weights) = (mode?, weights?);
    if weights.is_some() && mode != Mode::FairShare {
        return cells.refuse("weights", Code::ValueInvalid, sentences::weights_of_fair_shares());
    }
    Some(ModeRow {
        id: AllocationModeId::new(),
        product_id: article.map(|(id, _)| id),
        category,
        mode,
        weights: weights.map(|weights| weights.to_string()),
    })
}
