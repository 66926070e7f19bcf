//! `supplier.csv`: the one row that says who sells.

use chrono_tz::Tz;

use super::terms::claim_answer_days;
use crate::accounts::sentences;
use crate::db::{Connection, Database, Stored, sql};
use crate::error::{Code, Result};
use crate::limits;
use crate::money::Currency;
use crate::row;
use crate::sheets::plan::{Checked, Row, Scope};
use crate::sheets::{Cells, Keys, Layout, Sheet};
use crate::values::{exemptions, is_company_prefix, is_creditor_id};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "supplier.csv",
    required: &["name", "country", "currency"],
    optional: &[
        "vat_id",
        "street",
        "city",
        "postal_code",
        "iban",
        "bic",
        "email",
        "phone",
        "time_zone",
        "endpoint",
        "legal_id",
        "tax_number",
        "contact",
        "gs1_company_prefix",
        "claim_answer_days",
        "creditor_id",
        "exemption_code",
    ],
    decimals: &[],
};

/// Days to answer a claim where nothing is said.
const CLAIM_ANSWER_DAYS: i32 = 5;
/// The id of the only row.
const ID: i32 = 1;

row! {
    #[derive(Debug)]
    struct SupplierRow into supplier {
        id: i32,
        name: String,
        country: String,
        currency: Currency,
        vat_id: Option<String>,
        street: Option<String>,
        city: Option<String>,
        postal_code: Option<String>,
        iban: Option<String>,
        bic: Option<String>,
        email: Option<String>,
        phone: Option<String>,
        time_zone: &'static str,
        endpoint: Option<String>,
        legal_id: Option<String>,
        tax_number: Option<String>,
        contact: Option<String>,
        gs1_company_prefix: Option<String>,
        claim_answer_days: i32,
        creditor_id: Option<String>,
        exemption_code: Option<String>,
    }
}

impl Row for SupplierRow {
    fn id(&self) -> i64 {
        self.id.into()
    }

    fn concerns(&self, _: &Scope) -> bool {
        true
    }
}

/// The stored supplier's country and time zone, if there is a supplier.
pub fn load_place(connection: &mut Connection) -> Result<(Option<String>, Option<Tz>)> {
    let place: Option<(String, String)> = sql("SELECT country, time_zone FROM supplier").first(connection)?;
    Ok(match place {
        Some((country, zone)) => (Some(country), zone.parse().ok()),
        None => (None, None),
    })
}

/// Checks the file; `country` becomes its row's. `untaxed` gives the tax categories of stored products that can't be
/// taxed in a country.
pub fn check(
    db: &Database,
    mut sheet: Sheet,
    country: &mut Option<String>,
    untaxed: impl Fn(&str) -> Vec<String>,
) -> Result<Checked> {
    let mut only = Keys::new();
    let mut rows = sheet.rows(|cells| {
        let row = supplier_row(cells);
        only.note(cells, "name", ())?;
        row
    });
    rows.retain(|row| {
        let missing = untaxed(&row.country);
        let is_taxed = missing.is_empty();
        if !is_taxed {
            let remedy = sentences::untaxed_categories(missing);
            sheet.add_fault(only.line(&()), "country", Code::UnknownTaxRate, &row.country, remedy);
        }
        is_taxed
    });
    if let Some(row) = rows.first() {
        *country = Some(row.country.clone());
    }
    let columns = LAYOUT.required.iter().chain(LAYOUT.optional);
    let columns: Vec<_> = columns.map(|column| (*column, *column)).collect();
    let update = sheet.brings(&columns);
    let mut checked = Checked::new(sheet);
    checked.upsert(db, rows, SupplierRow::TABLE.upsert(&["id"], None, &update))?;
    Ok(checked)
}

fn supplier_row(cells: &mut Cells<'_>) -> Option<SupplierRow> {
    let name = cells.text("name", limits::NAME);
    let country = cells.country("country");
    let currency = cells.currency("currency");
    let vat_id = cells.vat_id("vat_id");
    let street = cells.optional_text("street", limits::ADDRESS);
    let city = cells.optional_text("city", limits::ADDRESS);
    let postal_code = cells.optional_text("postal_code", limits::POSTAL_CODE);
    let iban = cells.iban("iban");
    let bic = cells.bic("bic");
    let email = cells.mail_address("email");
    let phone = cells.phone("phone");
    let time_zone = cells.time_zone_or_utc("time_zone");
    let endpoint = cells.electronic_address("endpoint");
    let legal_id = cells.register_number("legal_id");
    let tax_number = cells.optional_text("tax_number", limits::REGISTER);
    let contact = cells.optional_text("contact", limits::NAME);
    let prefix = match cells.optional_text("gs1_company_prefix", limits::CODE) {
        Some(Some(prefix)) if !is_company_prefix(prefix) => cells.refuse(
            "gs1_company_prefix",
            Code::ValueInvalid,
            sentences::give_company_prefix(),
        ),
        prefix => prefix,
    };
    let days = claim_answer_days(cells);
    let creditor_id = match cells.optional_text("creditor_id", limits::CREDITOR) {
        Some(Some(id)) if !is_creditor_id(id) => {
            cells.refuse("creditor_id", Code::ValueInvalid, sentences::give_creditor_id())
        }
        id => id,
    };
    let exemption = match cells.optional_text("exemption_code", limits::CODE) {
        Some(Some(code)) if !exemptions::is_of_exempt(code) => {
            cells.refuse("exemption_code", Code::ValueInvalid, sentences::give_exemption_code())
        }
        code => code,
    };
    Some(SupplierRow {
        id: ID,
        name: name?.to_owned(),
        country: country?.to_owned(),
        currency: currency?,
        vat_id: vat_id?.map(str::to_owned),
        street: street?.map(str::to_owned),
        city: city?.map(str::to_owned),
        postal_code: postal_code?.map(str::to_owned),
        iban: iban?.map(str::to_owned),
        bic: bic?.map(str::to_owned),
        email: email?.map(str::to_owned),
        phone: phone?.map(str::to_owned),
        time_zone: time_zone?,
        endpoint: endpoint?.map(str::to_owned),
        legal_id: legal_id?.map(str::to_owned),
        tax_number: tax_number?.map(str::to_owned),
        contact: contact?.map(str::to_owned),
        gs1_company_prefix: prefix?.map(str::to_owned),
        claim_answer_days: days?.unwrap_or(CLAIM_ANSWER_DAYS),
        creditor_id: creditor_id?.map(str::to_owned),
        exemption_code: exemption?.map(str::to_owned),
    })
}
