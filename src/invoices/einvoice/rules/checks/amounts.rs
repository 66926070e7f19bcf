//! Totals, and decimals of all amounts.

use super::{Field, Findings};
use crate::invoices::einvoice::rules::document::{Document, has_two_decimals};
use crate::invoices::einvoice::rules::reckoning::{adjusted, less, sum};
use crate::money::Money;

pub(super) fn check(document: &Document, findings: &mut Findings) {
    let totals = &document.totals;
    let zero = Money::zero(document.currency);
    let or_zero = |money: Option<Money>| money.unwrap_or(zero);
    let lines = sum(document.currency, document.lines.iter().map(|line| line.net));
    findings.must(lines == Some(totals.lines), "BR-CO-10", Field::Totals);
    let allowances = adjusted(document, false);
    findings.must(
        allowances == Some(or_zero(totals.allowances)),
        "BR-CO-11",
        Field::Totals,
    );
    let charges = adjusted(document, true);
    findings.must(charges == Some(or_zero(totals.charges)), "BR-CO-12", Field::Totals);
    let net = less(totals.lines, or_zero(totals.allowances)).and_then(|net| net.checked_add(or_zero(totals.charges)));
    findings.must(net == Some(totals.net), "BR-CO-13", Field::Totals);
    let tax = sum(document.currency, document.taxes.iter().map(|tax| tax.amount));
    findings.must(tax == Some(totals.tax), "BR-CO-14", Field::Totals);
    findings.must(
        totals.net.checked_add(totals.tax) == Some(totals.gross),
        "BR-CO-15",
        Field::Totals,
    );
    let payable =
        less(totals.gross, or_zero(totals.prepaid)).and_then(|rest| rest.checked_add(or_zero(totals.rounding)));
    findings.must(payable == Some(totals.payable), "BR-CO-16", Field::Totals);
    decimals(document, findings);
}

/// Amounts have two decimals at most, also where their currency has three.
fn decimals(document: &Document, findings: &mut Findings) {
    let totals = &document.totals;
    let optional = [
        (totals.allowances, "BR-DEC-10"),
        (totals.charges, "BR-DEC-11"),
        (totals.prepaid, "BR-DEC-16"),
        (totals.rounding, "BR-DEC-17"),
    ];
    let amounts = [
        (Some(totals.lines), "BR-DEC-09"),
        (Some(totals.net), "BR-DEC-12"),
        (Some(totals.tax), "BR-DEC-13"),
        (Some(totals.gross), "BR-DEC-14"),
        (Some(totals.payable), "BR-DEC-18"),
    ];
    for (amount, rule) in amounts.into_iter().chain(optional) {
        findings.must(amount.is_none_or(has_two_decimals), rule, Field::Decimals);
    }
    for tax in &document.taxes {
        findings.must(has_two_decimals(tax.base), "BR-DEC-19", Field::Decimals);
        findings.must(has_two_decimals(tax.amount), "BR-DEC-20", Field::Decimals);
    }
    for adjustment in &document.adjustments {
        let (own, base) = match adjustment.is_charge {
            true => ("BR-DEC-05", "BR-DEC-06"),
            false => ("BR-DEC-01", "BR-DEC-02"),
        };
        findings.must(has_two_decimals(adjustment.amount), own, Field::Decimals);
        let of = adjustment.part.map(|(of, _)| of);
        findings.must(of.is_none_or(has_two_decimals), base, Field::Decimals);
    }
    for line in &document.lines {
        findings.line = Some(line.number);
        findings.must(has_two_decimals(line.net), "BR-DEC-23", Field::Decimals);
        for adjustment in &line.adjustments {
            let (own, base) = match adjustment.is_charge {
                true => ("BR-DEC-27", "BR-DEC-28"),
                false => ("BR-DEC-24", "BR-DEC-25"),
            };
            findings.must(has_two_decimals(adjustment.amount), own, Field::Decimals);
            let of = adjustment.part.map(|(of, _)| of);
            findings.must(of.is_none_or(has_two_decimals), base, Field::Decimals);
        }
    }
    findings.line = None;
}
