//! Rows of accounts and the supplier; of people and teams in files of their own.

pub mod finding;

use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::prelude::*;

use super::choices::rules::UsualChoices;
use super::rules::{Account, EinvoiceFormat, EinvoiceWay, Einvoicing, Supplier, Tier, VatCheck, VatState};
use crate::clock::Timestamp;
use crate::db::schema::supplier;
use crate::db::{Connection, patterns, select, sql};
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::money::{Currency, Money};
use crate::names::sets::{BackorderChoice, DeliveryChoice, PriceStrategy};
use crate::row;

row! {
    struct AccountRow from "accounts" {
        id: AccountId = "id",
        code: String = "code",
        name: String = "name",
        country: String = "country",
        currency: String = "currency",
        tier: String = "tier",
        payment_terms_days: i32 = "payment_terms_days",
        credit_limit_minor: Option<i64> = "credit_limit_minor",
        vat_id: Option<String> = "vat_id",
        vat_check: VatState = "vat_check",
        vat_checked_on: Option<NaiveDate> = "vat_checked_on",
        vat_evidence: Option<String> = "vat_evidence",
        einvoice: EinvoiceFormat = "einvoice",
        einvoice_by: EinvoiceWay = "einvoice_by",
        endpoint: Option<String> = "endpoint",
        legal_id: Option<String> = "legal_id",
        buyer_reference: Option<String> = "buyer_reference",
        needs_buyer_reference: bool = "needs_buyer_reference",
        contract_reference: Option<String> = "contract_reference",
        einvoice_also: String = "einvoice_also",
        einvoice_email: Option<String> = "einvoice_email",
        mandate_reference: Option<String> = "mandate_reference",
        mandate_iban: Option<String> = "mandate_iban",
        locale: String = "locale",
        time_zone: String = "time_zone",
        price_strategy: PriceStrategy = "price_strategy",
        claim_answer_days: Option<i32> = "claim_answer_days",
        delivery: DeliveryChoice = "delivery",
        backorder: BackorderChoice = "backorder",
        cancel_after_days: Option<i32> = "cancel_after_days",
        closed_at: Option<Timestamp> = "closed_at",
    }
}

impl TryFrom<AccountRow> for Account {
    type Error = Error;

    fn try_from(row: AccountRow) -> Result<Self> {
        let currency = stored_currency(&row.currency)?;
        Ok(Self {
            id: row.id,
            currency,
            tier: Tier::from_name(&row.tier).ok_or_else(|| unreadable("tier", &row.tier))?,
            payment_terms_days: row.payment_terms_days,
            credit_limit: row.credit_limit_minor.map(|minor| Money::new(minor, currency)),
            time_zone: stored_time_zone(&row.time_zone)?,
            code: row.code,
            name: row.name,
            country: row.country,
            vat_id: row.vat_id,
            vat_check: VatCheck {
                state: row.vat_check,
                on: row.vat_checked_on,
                evidence: row.vat_evidence,
            },
            einvoicing: Einvoicing {
                format: row.einvoice,
                way: row.einvoice_by,
                endpoint: row.endpoint,
                legal_id: row.legal_id,
                buyer_reference: row.buyer_reference,
                needs_buyer_reference: row.needs_buyer_reference,
                contract: row.contract_reference,
                also: serde_json::from_str(&row.einvoice_also).map_err(Error::internal)?,
                email: row.einvoice_email,
                mandate_reference: row.mandate_reference,
                mandate_iban: row.mandate_iban,
            },
            locale: row.locale,
            price_strategy: row.price_strategy,
            claim_answer_days: row.claim_answer_days,
            usual: UsualChoices {
                delivery: row.delivery,
                backorder: row.backorder,
                cancel_after_days: row.cancel_after_days,
            },
            closed_at: row.closed_at,
        })
    }
}

/// The account with this id.
pub fn find(connection: &mut Connection, id: AccountId) -> Result<Option<Account>> {
    let row: Option<AccountRow> = select::<AccountRow>("WHERE id = $1").bind(id).first(connection)?;
    row.map(Account::try_from).transpose()
}

/// The account with this code, or with one that is the same.
pub fn find_by_code(connection: &mut Connection, code: &str) -> Result<Option<Account>> {
    // What is exactly it sorts first.
    let row: Option<AccountRow> = select::<AccountRow>("WHERE code_key {in texts $1} ORDER BY code_key LIMIT 1")
        .bind(patterns::key(code))
        .first(connection)?;
    row.map(Account::try_from).transpose()
}

/// Locks an account until the transaction ends, so that changes of its people come one after the other; false when it
/// is closed. SQLite has one writer, so there is nothing to lock.
pub fn lock_open(tx: &mut Connection, id: AccountId) -> Result<bool> {
    let open = sql("SELECT closed_at IS NULL FROM accounts WHERE id = $1 {lock}");
    Ok(open.bind(id).first(tx)?.unwrap_or(false))
}

/// Closes an account; one that is closed stays as it is.
pub fn update_closed(tx: &mut Connection, id: AccountId, now: Timestamp) -> Result<()> {
    sql("UPDATE accounts SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL")
        .bind(id)
        .bind(now)
        .run(tx)
        .map(drop)
}

/// The supplier, if it was imported.
pub fn find_supplier(connection: &mut Connection) -> Result<Option<Supplier>> {
    let row = supplier::table
        .select((
            supplier::name,
            supplier::country,
            supplier::currency,
            supplier::vat_id,
            supplier::time_zone,
        ))
        .first::<(String, String, String, Option<String>, String)>(connection)
        .optional()?;
    row.map(|(name, country, currency, vat_id, time_zone)| {
        Ok(Supplier {
            name,
            country: Some(country).filter(|text| !text.is_empty()),
            currency: stored_currency(&currency)?,
            vat_id,
            time_zone: stored_time_zone(&time_zone)?,
        })
    })
    .transpose()
}

/// The supplier as mails and pages name it.
#[derive(Debug, Clone)]
pub struct Sender {
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub time_zone: Tz,
}

/// The supplier, if it was imported, as mails and pages name it.
pub fn find_sender(connection: &mut Connection) -> Result<Option<Sender>> {
    type Row = (String, Option<String>, Option<String>, String);
    let row: Option<Row> = sql("SELECT name, email, phone, time_zone FROM supplier").first(connection)?;
    let sender = |(name, email, phone, zone): Row| {
        Ok(Sender {
            name,
            email,
            phone,
            time_zone: stored_time_zone(&zone)?,
        })
    };
    row.map(sender).transpose()
}

fn stored_currency(code: &str) -> Result<Currency> {
    Currency::from_code(code).ok_or_else(|| unreadable("currency", code))
}

fn stored_time_zone(name: &str) -> Result<Tz> {
    name.parse().ok().ok_or_else(|| unreadable("time zone", name))
}

fn unreadable(what: &str, value: &str) -> Error {
    Error::internal(format!("the database holds the unknown {what} {value:?}"))
}
