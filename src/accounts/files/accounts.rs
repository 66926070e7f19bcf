//! `accounts.csv`: the key accounts with their terms.

mod currency;

use chrono::NaiveDate;

use self::currency::{refuse_used, used_among};
use super::terms::{claim_answer_days, credit_limit, einvoicing, is_locale, usual_choices};
use crate::accounts::rules::{self, EinvoiceFormat, EinvoiceWay, Tier, VatCheck, VatState};
use crate::accounts::sentences;
use crate::db::violations::is_unique_violation;
use crate::db::{Connection, Database, Stored, insert, sets, sql};
use crate::error::{Code, Error, Result};
use crate::ids::AccountId;
use crate::keys::{self, Keyed};
use crate::limits;
use crate::money::Currency;
use crate::names::sets::{BackorderChoice, DeliveryChoice, PriceStrategy};
use crate::row;
use crate::sentences::{fill_it_in, give_tier, write_it_as};
use crate::sheets::plan::{Checked, Row, Scope};
use crate::sheets::report::refused;
use crate::sheets::sentences::give_one_of;
use crate::sheets::{Cells, Keys, Layout, Sheet, one_row};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "accounts.csv",
    required: &[
        "account",
        "name",
        "country",
        "currency",
        "tier",
        "payment_terms_days",
        "credit_limit",
    ],
    optional: &[
        "vat_id",
        "locale",
        "time_zone",
        "price_strategy",
        "vat_check",
        "vat_checked_on",
        "vat_evidence",
        "einvoice",
        "einvoice_by",
        "endpoint",
        "legal_id",
        "buyer_reference",
        "needs_buyer_reference",
        "contract_reference",
        "claim_answer_days",
        "einvoice_also",
        "einvoice_email",
        "mandate_reference",
        "mandate_iban",
        "delivery",
        "backorder",
        "cancel_after_days",
    ],
    decimals: &["credit_limit"],
};

const STORED: [(&str, &str); 29] = [
    ("name", "name"),
    ("name", "search_text"),
    ("country", "country"),
    ("currency", "currency"),
    ("tier", "tier"),
    ("payment_terms_days", "payment_terms_days"),
    ("credit_limit", "credit_limit_minor"),
    ("vat_id", "vat_id"),
    ("locale", "locale"),
    ("time_zone", "time_zone"),
    ("price_strategy", "price_strategy"),
    ("vat_check", "vat_check"),
    ("vat_checked_on", "vat_checked_on"),
    ("vat_evidence", "vat_evidence"),
    ("einvoice", "einvoice"),
    ("einvoice_by", "einvoice_by"),
    ("endpoint", "endpoint"),
    ("legal_id", "legal_id"),
    ("buyer_reference", "buyer_reference"),
    ("needs_buyer_reference", "needs_buyer_reference"),
    ("contract_reference", "contract_reference"),
    ("claim_answer_days", "claim_answer_days"),
    ("einvoice_also", "einvoice_also"),
    ("einvoice_email", "einvoice_email"),
    ("mandate_reference", "mandate_reference"),
    ("mandate_iban", "mandate_iban"),
    ("delivery", "delivery"),
    ("backorder", "backorder"),
    ("cancel_after_days", "cancel_after_days"),
];
/// What a file without a check of the VAT id brings with the id: another id is not checked.
const RECHECKED: [&str; 3] = ["vat_check", "vat_checked_on", "vat_evidence"];

/// What waits, and how long, is one decision: a file that brings one of them brings both.
const WAITS: [&str; 2] = ["backorder", "cancel_after_days"];

/// Ten years.
const PAYMENT_TERMS_DAYS_MAX: i64 = 3650;

row! {
    /// What other files need to know of an account.
    #[derive(Debug, Clone)]
    pub struct Account {
        pub id: AccountId,
        pub name: String,
        /// ISO 3166-1 alpha-2.
        pub country: String,
        /// What it trades in.
        pub currency: Currency,
        /// True once it orders no more.
        pub is_closed: bool,
        vat_id: Option<String>,
        vat_check: VatState,
        vat_checked_on: Option<NaiveDate>,
        vat_evidence: Option<String>,
    }
}

/// The stored accounts, then those of the file too.
#[derive(Debug, Default)]
pub struct Accounts {
    by_code: Keyed<Account>,
}

impl Accounts {
    /// All stored accounts.
    pub fn load(connection: &mut Connection) -> Result<Self> {
        let rows: Vec<(String, Account)> = sql(
            "SELECT code, id, name, country, currency, closed_at IS NOT NULL, vat_id, vat_check, vat_checked_on, \
                 vat_evidence FROM accounts",
        )
        .rows(connection)?;
        Ok(Self {
            by_code: rows.into_iter().collect(),
        })
    }

    pub fn of(stored: &rules::Account) -> Self {
        let mut known = Self::default();
        known.note(stored);
        known
    }

    fn note(&mut self, stored: &rules::Account) {
        let account = Account {
            id: stored.id,
            name: stored.name.clone(),
            country: stored.country.clone(),
            currency: stored.currency,
            is_closed: stored.closed_at.is_some(),
            vat_id: stored.vat_id.clone(),
            vat_check: stored.vat_check.state,
            vat_checked_on: stored.vat_check.on,
            vat_evidence: stored.vat_check.evidence.clone(),
        };
        self.by_code.insert(&stored.code, account);
    }

    /// The account with this code.
    pub fn get(&self, code: &str) -> Option<&Account> {
        self.by_code.get(code).map(|(_, account)| account)
    }

    pub fn all(&self) -> impl Iterator<Item = &Account> {
        self.by_code.values()
    }

    /// The account that a cell names; an unknown one is a fault.
    pub fn named<'k>(&'k self, cells: &mut Cells<'_>, column: &'static str) -> Option<&'k Account> {
        let unknown = (Code::UnknownAccount, sentences::account_not_in_file());
        cells.named(column, &self.by_code, unknown).map(|(_, account)| account)
    }

    /// The same where an empty cell is none.
    pub fn optionally_named<'k>(&'k self, cells: &mut Cells<'_>, column: &'static str) -> Option<Option<&'k Account>> {
        match cells.given(column) {
            None => Some(None),
            Some(_) => self.named(cells, column).map(Some),
        }
    }
}

row! {
    #[derive(Debug)]
    struct AccountRow into accounts {
        id: AccountId,
        code: String,
        code_key: Option<String>,
        name: String,
        search_text: Option<String>,
        country: String,
        currency: Currency,
        tier: Tier,
        payment_terms_days: i32,
        credit_limit_minor: Option<i64>,
        vat_id: Option<String>,
        locale: String,
        time_zone: &'static str,
        price_strategy: PriceStrategy,
        vat_check: VatState,
        vat_checked_on: Option<NaiveDate>,
        vat_evidence: Option<String>,
        einvoice: EinvoiceFormat,
        einvoice_by: EinvoiceWay,
        endpoint: Option<String>,
        legal_id: Option<String>,
        buyer_reference: Option<String>,
        needs_buyer_reference: bool,
        contract_reference: Option<String>,
        claim_answer_days: Option<i32>,
        einvoice_also: String,
        einvoice_email: Option<String>,
        mandate_reference: Option<String>,
        mandate_iban: Option<String>,
        delivery: DeliveryChoice,
        backorder: BackorderChoice,
        cancel_after_days: Option<i32>,
    }
}

impl Row for AccountRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, scope: &Scope) -> bool {
        scope.accounts.contains(&self.id)
    }
}

/// Checks the file; `known` gets its good rows.
pub fn check(db: &Database, mut sheet: Sheet, known: &mut Accounts) -> Result<Checked> {
    let mut keys = Keys::new();
    let mut rows = sheet.rows(|cells| account(cells, known, &mut keys));
    refuse_used(db, &mut sheet, &mut rows, known, &keys)?;
    for row in &rows {
        let account = Account {
            id: row.id,
            name: row.name.clone(),
            country: row.country.clone(),
            currency: row.currency,
            is_closed: known.get(&row.code).is_some_and(|stored| stored.is_closed),
            vat_id: row.vat_id.clone(),
            vat_check: row.vat_check,
            vat_checked_on: row.vat_checked_on,
            vat_evidence: row.vat_evidence.clone(),
        };
        known.by_code.insert(&row.code, account);
    }
    let mut brings = sheet.brings(&STORED);
    if sheet.has("vat_id") && !sheet.has("vat_check") {
        brings.retain(|column| !RECHECKED.contains(column));
        brings.extend(RECHECKED);
    }
    if WAITS.iter().any(|column| sheet.has(column)) {
        brings.retain(|column| !WAITS.contains(column));
        brings.extend(WAITS);
    }
    let upsert = AccountRow::TABLE.upsert(&["code"], None, &brings);
    let mut checked = Checked::new(sheet);
    checked.upsert(db, rows, upsert)?;
    Ok(checked)
}

/// One account as a form or a request gives it: `values` by column of the file, under the same rules. `stored` is the
/// account as it was, nothing for a new one. Codes never change.
pub fn store_one(
    tx: &mut Connection,
    stored: Option<&rules::Account>,
    values: &[(&'static str, String)],
) -> Result<AccountId> {
    let known = stored.map(Accounts::of).unwrap_or_default();
    let row = one_row(&LAYOUT, 1, values, |cells| account(cells, &known, &mut Keys::new()));
    let row = row.map_err(|faults| refused(faults, pointer))?;
    let moves = stored.is_some_and(|stored| stored.currency != row.currency);
    if moves && !used_among(tx, &sets::json(&[row.id])?)?.is_empty() {
        return Err(Error::invalid(
            "/currency",
            Code::StillInUse,
            sentences::currency_in_use(),
        ));
    }
    let id = row.id;
    if stored.is_some() {
        let all = STORED.map(|(_, stored)| stored);
        let rows = sets::json(&[row])?;
        AccountRow::TABLE.upsert(&["code"], None, &all).run(tx, &rows)?;
        return Ok(id);
    }
    if let Some(alike) = find_alike(tx, &row.code)? {
        return Err(Error::invalid("/code", Code::LookAlike, write_it_as(alike)));
    }
    insert(tx, &[row]).map_err(|error| {
        let is_used = is_unique_violation(&error, "accounts_code", &["code"])
            || is_unique_violation(&error, "accounts_code_key", &["code_key"]);
        match is_used {
            true => Error::invalid("/code", Code::DuplicateKey, sentences::account_code_used()),
            false => error,
        }
    })?;
    Ok(id)
}

/// Code and name as they are searched.
pub fn search_text(code: &str, name: &str) -> String {
    keys::searched(&format!("{code} {name}"))
}

/// Another account's code that is the same as this one.
fn find_alike(connection: &mut Connection, code: &str) -> Result<Option<String>> {
    sql("SELECT code FROM accounts WHERE code_key = $1 AND code <> $2")
        .bind(keys::folded(code))
        .bind(code)
        .first(connection)
}

/// Requests call the key what it is.
fn pointer(column: &str) -> String {
    match column {
        "account" => "/code".to_owned(),
        other => format!("/{other}"),
    }
}

fn account(cells: &mut Cells<'_>, known: &Accounts, keys: &mut Keys<String>) -> Option<AccountRow> {
    let code = cells.code("account", limits::CODE);
    let key = code.and_then(|code| cells.unlike("account", code, &known.by_code));
    let once = key.clone().and_then(|key| keys.note(cells, "account", key));
    let name = cells.text("name", limits::NAME);
    let country = cells.country("country");
    let currency = cells.currency("currency");
    let tier = cells.parsed("tier", Code::ValueInvalid, give_tier(), Tier::from_name);
    let payment_terms_days = cells.integer("payment_terms_days", 0..=PAYMENT_TERMS_DAYS_MAX);
    let credit_limit_minor = credit_limit(cells, currency);
    let vat_id = cells.vat_id("vat_id");
    let stored = code.and_then(|code| known.get(code));
    let vat_check = vat_check(cells, vat_id.flatten(), stored);
    let locale = cells.optional_parsed("locale", Code::ValueInvalid, sentences::give_language_tag(), |text| {
        is_locale(text).then_some(text)
    });
    let time_zone = cells.time_zone_or_utc("time_zone");
    let price_strategy = match cells.given("price_strategy") {
        None => Some(PriceStrategy::default()),
        Some(_) => cells
            .one_of("price_strategy", PriceStrategy::NAMES)
            .and_then(PriceStrategy::from_name),
    };
    let (einvoicing, usual) = (einvoicing(cells), usual_choices(cells));
    let claim_answer_days = claim_answer_days(cells);
    let (code, code_key, (), vat_check, einvoicing) = (code?, key?, once?, vat_check?, einvoicing?);
    let usual = usual?;
    Some(AccountRow {
        id: known.get(code).map_or_else(AccountId::new, |account| account.id),
        code: code.to_owned(),
        code_key: Some(code_key),
        search_text: Some(search_text(code, name?)),
        name: name?.to_owned(),
        country: country?.to_owned(),
        currency: currency?,
        tier: tier?,
        payment_terms_days: i32::try_from(payment_terms_days?).ok()?,
        credit_limit_minor: credit_limit_minor?,
        vat_id: vat_id?.map(str::to_owned),
        locale: locale?.unwrap_or("en").to_owned(),
        time_zone: time_zone?,
        price_strategy: price_strategy?,
        vat_check: vat_check.state,
        vat_checked_on: vat_check.on,
        vat_evidence: vat_check.evidence,
        einvoice: einvoicing.format,
        einvoice_by: einvoicing.way,
        endpoint: einvoicing.endpoint,
        legal_id: einvoicing.legal_id,
        buyer_reference: einvoicing.buyer_reference,
        needs_buyer_reference: einvoicing.needs_buyer_reference,
        contract_reference: einvoicing.contract,
        claim_answer_days: claim_answer_days?,
        einvoice_also: serde_json::to_string(&einvoicing.also).ok()?,
        einvoice_email: einvoicing.email,
        mandate_reference: einvoicing.mandate_reference,
        mandate_iban: einvoicing.mandate_iban,
        delivery: usual.delivery,
        backorder: usual.backorder,
        cancel_after_days: usual.cancel_after_days,
    })
}

/// What is known of the VAT id. Without a word of it an id that is stored keeps what is known of it, another one is
/// unchecked.
fn vat_check(cells: &mut Cells<'_>, vat_id: Option<&str>, stored: Option<&Account>) -> Option<VatCheck> {
    if !cells.has("vat_check") {
        let same = stored.filter(|stored| stored.vat_id.as_deref() == vat_id || !cells.has("vat_id"));
        return Some(same.map_or(VatCheck::NONE, |stored| VatCheck {
            state: stored.vat_check,
            on: stored.vat_checked_on,
            evidence: stored.vat_evidence.clone(),
        }));
    }
    let remedy = give_one_of(VatState::NAMES);
    let state = cells.optional_parsed("vat_check", Code::ValueInvalid, remedy, VatState::from_name);
    let on = cells.optional_day("vat_checked_on");
    let evidence = cells.optional_text("vat_evidence", limits::NAME);
    let (state, on, evidence) = (state?.unwrap_or(VatState::Unchecked), on?, evidence?);
    if state == VatState::Unchecked {
        return Some(VatCheck::NONE);
    }
    let of_stored = stored.filter(|_| !cells.has("vat_id"));
    if vat_id.is_none() && of_stored.is_none_or(|stored| stored.vat_id.is_none()) {
        return cells.refuse("vat_check", Code::ValueInvalid, sentences::no_vat_id_to_check());
    }
    if on.is_none() {
        return cells.refuse("vat_checked_on", Code::Required, fill_it_in());
    }
    Some(VatCheck {
        state,
        on,
        evidence: evidence.map(str::to_owned),
    })
}
