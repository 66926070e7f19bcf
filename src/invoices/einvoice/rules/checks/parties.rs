//! Who sells, who buys, where it goes, how it is paid.

use super::{Field, Findings, is_filled, is_german};
use crate::invoices::einvoice::rules::Profile;
use crate::invoices::einvoice::rules::document::{Document, Party, Payment};
use crate::parties::{Address, Identifier};
use crate::values::{electronic_address, is_country, is_creditor_id, is_iban, is_mandate_reference};

/// Letters before a VAT id that are no country's by ISO 3166-1.
const OTHER_PREFIXES: [&str; 3] = ["EL", "XI", "1A"];

pub(super) fn check(document: &Document, profile: Profile, findings: &mut Findings) {
    let (seller, buyer) = (&document.seller, &document.buyer);
    findings.must(is_named(&seller.address), "BR-06", Field::SellerName);
    findings.must(is_named(&buyer.address), "BR-07", Field::BuyerName);
    findings.must(is_country_code(&seller.address), "BR-09", Field::SellerAddress);
    findings.must(is_country_code(&buyer.address), "BR-11", Field::BuyerAddress);
    let has_id = is_filled(seller.id.as_ref()) || seller.legal_id.is_some() || seller.vat_id.is_some();
    findings.must(has_id, "BR-CO-26", Field::SellerIds);
    findings.must(has_prefix(seller), "BR-CO-09", Field::SellerVatId);
    findings.must(has_prefix(buyer), "BR-CO-09", Field::BuyerVatId);
    endpoints(document, profile, findings);
    if let Some(address) = &document.ship_to {
        findings.must(is_country_code(address), "BR-57", Field::ShipTo);
    }
    if let Some(payment) = &document.payment {
        let iban = payment.account.as_ref().map(|account| account.iban.as_str());
        findings.must(iban.is_none_or(|iban| !iban.is_empty()), "BR-50", Field::Payment);
        // A transfer needs an account; that of SEPA an IBAN and nothing else.
        let is_one = match payment.means {
            "58" => iban.is_some_and(is_iban),
            "30" => iban.is_some(),
            _ => true,
        };
        findings.must(is_one, "BR-61", Field::Payment);
        direct_debit(payment, profile, findings);
    }
    if is_german(document, profile) {
        german(document, findings);
    }
    if profile == Profile::Peppol && seller.address.country == "NL" {
        dutch(document, findings);
    }
}

/// What is collected says by which mandate, and nothing of a transfer.
fn direct_debit(payment: &Payment, profile: Profile, findings: &mut Findings) {
    let is_collected = ["49", "59"].contains(&payment.means);
    let mandate = payment.mandate.as_ref();
    let is_named = mandate.is_some_and(|mandate| !mandate.reference.trim().is_empty());
    findings.must(!is_collected || is_named, "PEPPOL-EN16931-R061", Field::Mandate);
    findings.must(is_collected || mandate.is_none(), "BG-19", Field::Mandate);
    let Some(mandate) = mandate else { return };
    findings.must(is_mandate_reference(&mandate.reference), "BT-89", Field::Mandate);
    findings.must(is_iban(&mandate.iban), "BT-91", Field::Mandate);
    let creditor = mandate.creditor_id.as_deref();
    findings.must(creditor.is_none_or(is_creditor_id), "BT-90", Field::Creditor);
    if profile == Profile::Xrechnung {
        findings.must(payment.account.is_none(), "BR-DE-25-b", Field::Mandate);
        findings.must(creditor.is_some(), "BR-DE-30", Field::Creditor);
        findings.must(!mandate.iban.is_empty(), "BR-DE-31", Field::Mandate);
    }
}

fn is_named(address: &Address) -> bool {
    !address.name.trim().is_empty()
}

fn is_country_code(address: &Address) -> bool {
    is_country(&address.country) || ["XI", "1A"].contains(&address.country.as_str())
}

fn has_prefix(party: &Party) -> bool {
    let prefix = |id: &String| {
        let prefix = id.get(..2).unwrap_or_default();
        is_country(prefix) || OTHER_PREFIXES.contains(&prefix)
    };
    party.vat_id.as_ref().is_none_or(prefix)
}

fn endpoints(document: &Document, profile: Profile, findings: &mut Findings) {
    let wanted = profile != Profile::En16931;
    let (seller, buyer) = (&document.seller.endpoint, &document.buyer.endpoint);
    findings.must(
        !wanted || seller.is_some(),
        "PEPPOL-EN16931-R020",
        Field::SellerEndpoint,
    );
    findings.must(!wanted || buyer.is_some(), "PEPPOL-EN16931-R010", Field::BuyerEndpoint);
    for (endpoint, field) in [(seller, Field::SellerEndpoint), (buyer, Field::BuyerEndpoint)] {
        let Some(endpoint) = endpoint else { continue };
        let scheme = endpoint.scheme.as_deref().unwrap_or_default();
        findings.must(!scheme.is_empty(), "BR-62", field);
        findings.must(is_one(endpoint), "PEPPOL-COMMON-R040", field);
        // What Peppol routes by are its own schemes alone.
        let is_routed = profile != Profile::Peppol || !scheme.starts_with(|sign: char| sign.is_ascii_alphabetic());
        findings.must(is_routed, "PEPPOL-EN16931-CL008", field);
    }
}

fn is_one(endpoint: &Identifier) -> bool {
    electronic_address(&endpoint.to_string()).is_some()
}

/// What Peppol wants of sellers in the Netherlands.
fn dutch(document: &Document, findings: &mut Findings) {
    let (seller, buyer) = (&document.seller, &document.buyer);
    let is_whole = |address: &Address| {
        [&address.street, &address.city, &address.postal_code]
            .into_iter()
            .all(|part| is_filled(part.as_ref()))
    };
    let is_dutch = |party: &Party| {
        let scheme = party
            .legal_id
            .as_ref()
            .map(|id| id.scheme.as_deref().unwrap_or_default());
        scheme.is_none_or(|scheme| ["0106", "0190"].contains(&scheme))
    };
    findings.must(is_whole(&seller.address), "NL-R-002", Field::SellerAddress);
    findings.must(is_dutch(seller), "NL-R-003", Field::SellerIds);
    if buyer.address.country == "NL" {
        findings.must(is_whole(&buyer.address), "NL-R-004", Field::BuyerAddress);
        findings.must(is_dutch(buyer), "NL-R-005", Field::BuyerIds);
        findings.must(document.payment.is_some(), "NL-R-007", Field::Payment);
    }
}

/// What the German administration wants to know beside it all.
fn german(document: &Document, findings: &mut Findings) {
    let (seller, buyer) = (&document.seller, &document.buyer);
    findings.must(document.payment.is_some(), "BR-DE-1", Field::Payment);
    findings.must(is_filled(seller.address.city.as_ref()), "BR-DE-3", Field::SellerAddress);
    findings.must(
        is_filled(seller.address.postal_code.as_ref()),
        "BR-DE-4",
        Field::SellerAddress,
    );
    findings.must(is_filled(seller.contact.as_ref()), "BR-DE-5", Field::SellerContact);
    findings.must(is_filled(seller.phone.as_ref()), "BR-DE-6", Field::SellerContact);
    findings.must(is_filled(seller.email.as_ref()), "BR-DE-7", Field::SellerContact);
    findings.must(is_filled(buyer.address.city.as_ref()), "BR-DE-8", Field::BuyerAddress);
    findings.must(
        is_filled(buyer.address.postal_code.as_ref()),
        "BR-DE-9",
        Field::BuyerAddress,
    );
    if let Some(address) = &document.ship_to {
        findings.must(is_filled(address.city.as_ref()), "BR-DE-10", Field::ShipTo);
        findings.must(is_filled(address.postal_code.as_ref()), "BR-DE-11", Field::ShipTo);
    }
    let is_taxed = document.lines.iter().any(|line| line.treatment.category != "O");
    let has_number = seller.vat_id.is_some() || seller.tax_number.is_some();
    findings.must(!is_taxed || has_number, "BR-DE-16", Field::SellerVatId);
}
