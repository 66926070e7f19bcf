//! The tax table, and what each category of it wants beside.

use std::collections::BTreeSet;

use super::{Field, Findings};
use crate::invoices::einvoice::rules::document::{Document, Kind, Tax};
use crate::invoices::einvoice::rules::reckoning::{bases, tax};
use crate::money::Money;
use crate::tax::rules::Treatment;
use crate::values::exemptions::{category_of, is_exemption};

/// The rules of a category by what they are about.
pub(super) struct Category {
    code: &'static str,
    /// Its rate is above zero, zero, or not said.
    is_rated: bool,
    /// Each pair of category and rate stands once.
    pub(super) once: &'static str,
    /// What the parties must be known by.
    pub(super) parties: &'static str,
    pub(super) rate: &'static str,
    pub(super) base: &'static str,
    pub(super) amount: &'static str,
    pub(super) reason: &'static str,
}

macro_rules! category {
    ($code:literal, $prefix:literal, $is_rated:literal) => {
        Category {
            code: $code,
            is_rated: $is_rated,
            once: concat!("BR-", $prefix, "-01"),
            parties: concat!("BR-", $prefix, "-02"),
            rate: concat!("BR-", $prefix, "-05"),
            base: concat!("BR-", $prefix, "-08"),
            amount: concat!("BR-", $prefix, "-09"),
            reason: concat!("BR-", $prefix, "-10"),
        }
    };
}

pub(super) const CATEGORIES: &[Category] = &[
    category!("S", "S", true),
    category!("Z", "Z", false),
    category!("E", "E", false),
    category!("AE", "AE", false),
    category!("K", "IC", false),
    category!("G", "G", false),
    category!("O", "O", false),
];

fn of(code: &str) -> Option<&'static Category> {
    CATEGORIES.iter().find(|category| category.code == code)
}

pub(super) fn check(document: &Document, findings: &mut Findings) {
    // First: what such a document lacks besides is nothing that anybody could mend.
    mixed(document, findings);
    for line in &document.lines {
        findings.line = Some(line.number);
        treatment(&line.treatment, findings);
    }
    findings.line = None;
    for treated in document.adjustments.iter().filter_map(|one| one.treatment.as_ref()) {
        treatment(treated, findings);
    }
    findings.must(!document.taxes.is_empty(), "BR-CO-18", Field::TaxTable);
    table(document, findings);
    for row in &document.taxes {
        findings.must(of(&row.treatment.category).is_some(), "BR-CL-17", Field::Category);
        if let Some(category) = of(&row.treatment.category) {
            of_row(document, row, category, findings);
        }
    }
}

fn treatment(treatment: &Treatment, findings: &mut Findings) {
    match of(&treatment.category) {
        Some(category) => findings.must(
            (treatment.rate_ppm > 0) == category.is_rated,
            category.rate,
            Field::Rate,
        ),
        None => findings.must(false, "BR-CL-18", Field::Category),
    }
}

/// The table has the categories and rates of the document, each once, and taxes what they come to.
fn table(document: &Document, findings: &mut Findings) {
    let Some(bases) = bases(document) else {
        return findings.must(false, "BR-CO-13", Field::TaxTable);
    };
    let mut seen = BTreeSet::new();
    for row in &document.taxes {
        let rules = of(&row.treatment.category);
        let once = rules.map_or("BR-CL-17", |category| category.once);
        findings.must(seen.insert(&row.treatment), once, Field::TaxTable);
        let base = rules.map_or("BR-CL-17", |category| category.base);
        findings.must(bases.get(&row.treatment) == Some(&row.base), base, Field::TaxTable);
    }
    for treatment in bases.keys().filter(|treatment| !seen.contains(treatment)) {
        let once = of(&treatment.category).map_or("BR-CL-17", |category| category.once);
        findings.must(false, once, Field::TaxTable);
    }
}

/// All credit notes of an invoice take back its tax to the cent, so that of one may be a cent away from its base times its
/// rate. Receivers allow for less than one whole unit of the currency.
fn is_due(kind: Kind, due: Money, amount: Money) -> bool {
    let off_max = match kind {
        Kind::Invoice | Kind::Corrected => 0,
        Kind::CreditNote => 1,
    };
    due.minor.abs_diff(amount.minor) <= off_max
}

fn of_row(document: &Document, row: &Tax, category: &Category, findings: &mut Findings) {
    let (seller, buyer) = (&document.seller, &document.buyer);
    let due = tax(row.base, row.treatment.rate_ppm);
    let is_due = due.is_some_and(|due| is_due(document.kind, due, row.amount));
    findings.must(is_due, "BR-CO-17", Field::TaxTable);
    findings.must(is_due, category.amount, Field::TaxTable);
    let has_reason = row.reason.is_some() || row.reason_code.is_some();
    let wants_reason = !category.is_rated && category.code != "Z";
    findings.must(has_reason == wants_reason, category.reason, Field::Reason);
    if let Some(code) = &row.reason_code {
        findings.must(is_exemption(code), "BR-CL-22", Field::Exemption);
        let is_own = category_of(code).is_none_or(|own| own == category.code);
        findings.must(is_own, own_rule(code), Field::Exemption);
    }
    let has_number = seller.vat_id.is_some() || seller.tax_number.is_some();
    match category.code {
        "O" => {
            findings.must(seller.vat_id.is_none(), category.parties, Field::SellerVatId);
            findings.must(buyer.vat_id.is_none(), category.parties, Field::BuyerVatId);
        }
        "G" => findings.must(seller.vat_id.is_some(), category.parties, Field::SellerVatId),
        "K" => {
            findings.must(seller.vat_id.is_some(), category.parties, Field::SellerVatId);
            findings.must(buyer.vat_id.is_some(), category.parties, Field::BuyerVatId);
            let is_dated = document.delivered_on.is_some() || document.period.is_some();
            findings.must(is_dated, "BR-IC-11", Field::Delivered);
            let country = document.ship_to.as_ref().and_then(|address| address.country());
            findings.must(country.is_some(), "BR-IC-12", Field::ShipTo);
        }
        "AE" => {
            findings.must(has_number, category.parties, Field::SellerVatId);
            let is_known = buyer.vat_id.is_some() || buyer.legal_id.is_some();
            findings.must(is_known, category.parties, Field::BuyerIds);
        }
        _ => findings.must(has_number, category.parties, Field::SellerVatId),
    }
}

/// The rule that ties a code of the VATEX list to its category.
fn own_rule(code: &str) -> &'static str {
    match code {
        "VATEX-EU-G" => "PEPPOL-EN16931-P0104",
        "VATEX-EU-O" => "PEPPOL-EN16931-P0105",
        "VATEX-EU-IC" => "PEPPOL-EN16931-P0106",
        "VATEX-EU-AE" => "PEPPOL-EN16931-P0107",
        "VATEX-EU-D" => "PEPPOL-EN16931-P0108",
        "VATEX-EU-F" => "PEPPOL-EN16931-P0109",
        "VATEX-EU-I" => "PEPPOL-EN16931-P0110",
        _ => "PEPPOL-EN16931-P0111",
    }
}

/// What is outside of the tax's scope stands alone.
fn mixed(document: &Document, findings: &mut Findings) {
    let is_outside = |row: &Tax| row.treatment.category == "O";
    let is_mixed = document.taxes.len() > 1 && document.taxes.iter().any(is_outside);
    findings.must(!is_mixed, "BR-O-11", Field::Category);
}
