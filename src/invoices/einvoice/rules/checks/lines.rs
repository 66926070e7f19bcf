//! Lines, and allowances and charges wherever they stand.

use std::collections::HashSet;

use super::{Field, Findings};
use crate::invoices::einvoice::rules::document::{Adjustment, Document};
use crate::invoices::einvoice::rules::reckoning::{part, whole_line_net};
use crate::invoices::einvoice::rules::units::is_unit;

pub(super) fn check(document: &Document, findings: &mut Findings) {
    findings.must(!document.lines.is_empty(), "BR-16", Field::Lines);
    let mut numbers = HashSet::new();
    for line in &document.lines {
        findings.line = Some(line.number);
        findings.must(numbers.insert(line.number), "BR-21", Field::Lines);
        findings.must(line.quantity.steps != 0, "BR-22", Field::Quantity);
        findings.must(!line.unit.is_empty(), "BR-23", Field::Unit);
        findings.must(is_unit(&line.unit), "BR-CL-23", Field::Unit);
        findings.must(!line.name.trim().is_empty(), "BR-25", Field::Name);
        findings.must(line.price.micros >= 0, "BR-27", Field::Price);
        findings.must(line.base.steps > 0, "PEPPOL-EN16931-R121", Field::Price);
        findings.must(!line.treatment.category.is_empty(), "BR-CO-04", Field::Category);
        let net = whole_line_net(line, document.currency);
        findings.must(net == Some(line.net), "PEPPOL-EN16931-R120", Field::Net);
        for adjustment in &line.adjustments {
            let rule = if adjustment.is_charge { "BR-44" } else { "BR-42" };
            reasoned(adjustment, rule, findings);
        }
    }
    findings.line = None;
    for adjustment in &document.adjustments {
        let (reason, category) = match adjustment.is_charge {
            true => ("BR-38", "BR-37"),
            false => ("BR-33", "BR-32"),
        };
        findings.must(adjustment.treatment.is_some(), category, Field::Adjustment);
        reasoned(adjustment, reason, findings);
    }
}

fn reasoned(adjustment: &Adjustment, rule: &'static str, findings: &mut Findings) {
    let is_said = !adjustment.reason.trim().is_empty() || adjustment.reason_code.is_some();
    findings.must(is_said, rule, Field::Adjustment);
    if let Some(whole) = adjustment.part {
        let amount = part(whole);
        findings.must(
            amount == Some(adjustment.amount),
            "PEPPOL-EN16931-R040",
            Field::Adjustment,
        );
    }
}
