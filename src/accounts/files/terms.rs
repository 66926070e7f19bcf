//! Cells of `accounts.csv` about language, credit, claims, e-invoices and what orders usually do.

use crate::accounts::choices::rules::{DAYS_MAX, UsualChoices};
use crate::accounts::rules::{EinvoiceFormat, EinvoiceWay, Einvoicing};
use crate::accounts::sentences;
use crate::error::Code;
use crate::limits;
use crate::money::Currency;
use crate::names::sets::{BackorderChoice, DeliveryChoice};
use crate::sheets::Cells;
use crate::sheets::sentences::give_one_of;
use crate::values::is_mandate_reference;

/// What its invoices are like for programs.
pub(super) fn einvoicing(cells: &mut Cells<'_>) -> Option<Einvoicing> {
    let formats = give_one_of(EinvoiceFormat::NAMES);
    let format = cells.optional_parsed("einvoice", Code::ValueInvalid, formats, EinvoiceFormat::from_name);
    let ways = give_one_of(EinvoiceWay::NAMES);
    let way = cells.optional_parsed("einvoice_by", Code::ValueInvalid, ways, EinvoiceWay::from_name);
    let endpoint = cells.electronic_address("endpoint");
    let legal_id = cells.register_number("legal_id");
    let reference = cells.optional_text("buyer_reference", limits::REFERENCE);
    let needed = cells.flag("needs_buyer_reference");
    let contract = cells.optional_text("contract_reference", limits::REFERENCE);
    let also = match cells.given("einvoice_also") {
        None => Some(Vec::new()),
        Some(_) => cells.some_of("einvoice_also", EinvoiceFormat::NAMES).map(|names| {
            let formats = names.into_iter().filter_map(EinvoiceFormat::from_name);
            formats.filter(|format| *format != EinvoiceFormat::None).collect()
        }),
    };
    let email = cells.mail_address("einvoice_email");
    let mandate = mandate(cells);
    let (mandate_reference, mandate_iban) = mandate?;
    Some(Einvoicing {
        format: format?.unwrap_or(EinvoiceFormat::None),
        way: way?.unwrap_or(EinvoiceWay::Link),
        endpoint: endpoint?.map(str::to_owned),
        legal_id: legal_id?.map(str::to_owned),
        buyer_reference: reference?.map(str::to_owned),
        needs_buyer_reference: needed?,
        contract: contract?.map(str::to_owned),
        also: also?,
        email: email?.map(str::to_owned),
        mandate_reference,
        mandate_iban,
    })
}

/// What it usually decides about what is not there.
pub(super) fn usual_choices(cells: &mut Cells<'_>) -> Option<UsualChoices> {
    let deliveries = give_one_of(DeliveryChoice::NAMES);
    let delivery = cells.optional_parsed("delivery", Code::ValueInvalid, deliveries, DeliveryChoice::from_name);
    let backorders = give_one_of(BackorderChoice::NAMES);
    let backorder = cells.optional_parsed("backorder", Code::ValueInvalid, backorders, BackorderChoice::from_name);
    let days = match cells.given("cancel_after_days") {
        None => Some(None),
        Some(_) => cells.integer("cancel_after_days", 1..=DAYS_MAX).map(Some),
    };
    match UsualChoices::new(delivery?.unwrap_or_default(), backorder?, days?) {
        Ok(choices) => Some(choices),
        Err(fault) => cells.refuse("cancel_after_days", fault.code, fault.detail),
    }
}

/// Most days that may be agreed to answer a claim.
pub const CLAIM_ANSWER_DAYS_MAX: i64 = 365;

/// Days to answer a claim; empty is as for all.
pub(super) fn claim_answer_days(cells: &mut Cells<'_>) -> Option<Option<i32>> {
    match cells.given("claim_answer_days") {
        None => Some(None),
        Some(_) => {
            let days = cells.integer("claim_answer_days", 0..=CLAIM_ANSWER_DAYS_MAX)?;
            i32::try_from(days).ok().map(Some)
        }
    }
}

/// By which the supplier collects what is due: reference and account, both or none.
fn mandate(cells: &mut Cells<'_>) -> Option<(Option<String>, Option<String>)> {
    let reference = match cells.optional_text("mandate_reference", limits::MANDATE) {
        Some(Some(reference)) if !is_mandate_reference(reference) => cells.refuse(
            "mandate_reference",
            Code::ValueInvalid,
            sentences::give_mandate_reference(),
        ),
        reference => reference,
    };
    let iban = cells.iban("mandate_iban");
    let (reference, iban) = (reference?, iban?);
    match (reference, iban) {
        (Some(_), None) => cells.refuse("mandate_iban", Code::Required, sentences::give_whole_mandate()),
        (None, Some(_)) => cells.refuse("mandate_reference", Code::Required, sentences::give_whole_mandate()),
        (reference, iban) => Some((reference.map(str::to_owned), iban.map(str::to_owned))),
    }
}

/// Money of the account's currency; empty is no limit.
pub(super) fn credit_limit(cells: &mut Cells<'_>, currency: Option<Currency>) -> Option<Option<i64>> {
    match (cells.given("credit_limit"), currency) {
        (None, _) => Some(None),
        (Some(_), Some(currency)) => cells.not_negative("credit_limit", currency.exponent()).map(Some),
        (Some(_), None) => None,
    }
}

/// A language, with script and region where wanted: `de`, `de-AT`, `zh-Hant-TW`.
pub(super) fn is_locale(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    let lower = |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase());
    let mut rest = parts.peekable();
    rest.next_if(|part| {
        part.len() == 4 && part.starts_with(|c: char| c.is_ascii_uppercase()) && part.get(1..).is_some_and(lower)
    });
    rest.next_if(|part| {
        let region = part.bytes().all(|byte| byte.is_ascii_uppercase());
        let area = part.bytes().all(|byte| byte.is_ascii_digit());
        (part.len() == 2 && region) || (part.len() == 3 && area)
    });
    (2..=3).contains(&language.len()) && lower(language) && rest.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_are_language_tags() {
        for good in ["en", "de", "de-AT", "zh-Hant", "zh-Hant-TW", "es-419", "gsw"] {
            assert!(is_locale(good), "{good}");
        }
        for bad in ["", "e", "EN", "en_GB", "en-gb", "english", "en-GB-x", "en-"] {
            assert!(!is_locale(bad), "{bad}");
        }
    }
}
