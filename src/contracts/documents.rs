//! A contract as paper: nothing but what was frozen when it was offered, with who signed it; of a draft what there is.

use chrono_tz::Tz;

use super::rules::{Contract, Kind, Renewal};
use super::{Terms, Whole, get_in, store, words};
use crate::accounts;
use crate::accounts::parties;
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::documents::paper::{self, Document, Paper};
use crate::error::{Code, Error, Result};
use crate::ids::ContractId;
use crate::languages::Language;

/// The contract, in the account's language.
pub fn contract(connection: &mut Connection, scope: Scope, id: ContractId, now: Timestamp) -> Result<Paper> {
    let Whole { contract, commitments } = get_in(connection, scope, id)?;
    let frozen = store::find_offered_terms(connection, contract.account_id, id)?;
    let terms: Terms = match frozen {
        Some(text) => serde_json::from_str(&text).map_err(Error::internal)?,
        None => Terms::of(&contract, &commitments),
    };
    let account = accounts::get(connection, contract.account_id)?;
    let language = Language::from_locale(&account.locale);
    let (seller, buyer) = parties::of_account(connection, contract.account_id)?;
    if seller.address.name.is_empty() {
        let detail = super::sentences::contract_without_supplier();
        return Err(Error::conflict(Code::SupplierIncomplete, detail));
    }
    let zone = accounts::supplier_zone(connection)?;
    let dated_on = day_in(zone, contract.offered_at.unwrap_or(now));
    let lines = terms
        .commitments
        .iter()
        .map(|one| words::line(language, one, contract.currency));
    let signed = |key: &str, name: &str, at: Timestamp| {
        let words = [("name", name.into()), ("moment", moment(language, zone, at).into())];
        language.text_with(key, &words)
    };
    let acceptance = contract.acceptance.as_ref();
    let acceptance = acceptance.map(|one| (one.text.clone(), signed("paper-contract-accepted", &one.name, one.at)));
    let countersigned = contract.signed.as_ref();
    let countersigned = countersigned.map(|(at, name)| signed("paper-contract-countersigned", name, *at));
    let unsigned = match (&acceptance, &countersigned) {
        (Some(_), Some(_)) => None,
        (Some(_), None) => Some("paper-contract-not-countersigned"),
        (None, _) => Some("paper-contract-not-accepted"),
    };
    Ok(Paper {
        language,
        xml: None,
        document: Document::Contract(paper::Contract {
            number: contract.code.clone(),
            name: contract.name.clone(),
            dated_on,
            seller,
            buyer,
            terms: agreed(language, &contract),
            lines: lines.collect(),
            acceptance,
            countersigned,
            unsigned: unsigned.map(|key| language.text(key)),
        }),
    })
}

/// A moment in the supplier's time.
fn moment(language: Language, zone: Tz, at: Timestamp) -> String {
    let local = at.and_utc().with_timezone(&zone);
    format!(
        "{}, {} {}",
        language.date(local.date_naive()),
        local.format("%H:%M"),
        zone.name()
    )
}

/// What stands above the commitments. Renewals add terms to what was offered and change none of this.
fn agreed(language: Language, contract: &Contract) -> Vec<(String, String)> {
    let label = |key: &str| language.text(key);
    let days = |days: i32| language.text_with("contract-days", &[("days", days.into())]);
    let mut terms = vec![
        (label("contract-valid-from"), language.date(contract.valid_from)),
        (label("contract-valid-to"), language.date(contract.first_to)),
        (label("word-currency"), contract.currency.code().to_owned()),
    ];
    if let Some(notice) = contract.notice_days {
        terms.push((label("contract-notice"), days(notice)));
    }
    let renewal = match (contract.renewal, contract.renewal_months) {
        (Renewal::Auto, Some(months)) => language.text_with("contract-renews-by", &[("months", months.into())]),
        _ => label("contract-renewal-none"),
    };
    terms.push((label("contract-renewal"), renewal));
    if let Some(terms_days) = contract.payment_terms_days {
        terms.push((label("word-payment-terms"), days(terms_days)));
    }
    if let Some(from) = contract.free_freight_from {
        terms.push((label("contract-free-freight"), language.money(from)));
    }
    terms
}

/// What a shortfall costs, in words.
pub(super) fn rate(language: Language, kind: Kind, rate: Option<&str>, (currency, unit): (&str, &str)) -> String {
    match (kind, rate) {
        (_, None) => language.text("contract-no-rate"),
        (Kind::Value, Some(rate)) => {
            language.text_with("contract-rate-percent", &[("percent", language.decimal(rate).into())])
        }
        (Kind::Quantity, Some(rate)) => language.text_with(
            "contract-rate-price",
            &[
                ("price", format!("{} {currency}", language.decimal(rate)).into()),
                ("unit", unit.into()),
            ],
        ),
    }
}
