//! What takes the place of a wrong invoice, and which money goes over to it.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::collections::HashMap;

use super::sentences;
use crate::catalogue::rules::OrderQuantity;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{InvoiceLineId, OrderLineId, PaymentId};
use crate::invoices::credits::rules::Credited;
use crate::invoices::rules::{Invoice, InvoiceLine, Kind};
use crate::money::{Money, round_half_away};
use crate::names::names;
pub use crate::names::sets::CreditNoteReason;
use crate::pricing::rules::Priced;
use crate::quantity::Quantity;
use crate::sentences::say_why;

/// Longest reason, in characters.
pub const REASON_CHARS_MAX: usize = 500;
/// Longest time to pay, in days.
pub const TERMS_DAYS_MAX: i32 = 365;

names! {
    /// Which prices the corrected invoice has.
    #[derive(Default)]
    pub enum Prices as CorrectionPrices {
        /// Those of the wrong one.
        #[default]
        AsInvoiced = "as_invoiced",
        /// Those that are kept now for the day of the order; where there is none, that of the wrong one.
        Current = "current",
    }
}

/// What is to be different.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What was wrong; both documents say it.
    pub reason: String,
    pub prices: Prices,
    /// The buyer's order number; the wrong one's if none is given.
    pub po_number: Option<String>,
    /// What the buyer wants to read; the account's if none is given. BT-10
    pub buyer_reference: Option<String>,
    /// Days to pay; the account's if none are given.
    pub payment_terms_days: Option<i32>,
}

/// The same with texts trimmed and everything in bounds, numbers and references of the buyer at most so long; tells all faults at
/// once.
pub fn checked(wanted: &Wanted, reference_chars_max: usize) -> Result<Wanted> {
    let filled = |text: &Option<String>| {
        let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty());
        text.map(str::to_owned)
    };
    let checked = Wanted {
        reason: wanted.reason.trim().to_owned(),
        prices: wanted.prices,
        po_number: filled(&wanted.po_number),
        buyer_reference: filled(&wanted.buyer_reference),
        payment_terms_days: wanted.payment_terms_days,
    };
    let mut faults = Vec::new();
    let chars = checked.reason.chars().count();
    if chars == 0 {
        faults.push(FieldError::new("/reason", Code::Required, say_why()));
    } else if chars > REASON_CHARS_MAX {
        let detail = sentences::correction_text_too_long(chars, REASON_CHARS_MAX);
        faults.push(FieldError::new("/reason", Code::ValueTooLong, detail));
    }
    for (field, text) in [
        ("/po_number", &checked.po_number),
        ("/buyer_reference", &checked.buyer_reference),
    ] {
        let chars = text.as_ref().map_or(0, |text| text.chars().count());
        if chars > reference_chars_max {
            let detail = sentences::correction_text_too_long(chars, reference_chars_max);
            faults.push(FieldError::new(field, Code::ValueTooLong, detail));
        }
    }
    if let Some(days) = checked
        .payment_terms_days
        .filter(|days| !(0..=TERMS_DAYS_MAX).contains(days))
    {
        let detail = sentences::correction_terms_out_of_range(days, TERMS_DAYS_MAX);
        faults.push(FieldError::new("/payment_terms_days", Code::ValueInvalid, detail));
    }
    match faults.is_empty() {
        true => Ok(checked),
        false => Err(Error::Invalid(faults)),
    }
}

/// An amount of a line that was credited without goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountCredited {
    /// The line's position on the invoice.
    pub position: i32,
    /// Number of the credit note.
    pub credit_note: String,
    pub reason: CreditNoteReason,
}

/// What stands against a correction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Obstacles {
    pub amounts: Vec<AmountCredited>,
    /// Number of an invoice of a price difference of it that is not credited as a whole.
    pub difference: Option<String>,
}

/// Refuses an invoice that can't be replaced so that all of its documents together still say what is owed.
pub fn refuse(wrong: &Invoice, before: &Credited, obstacles: &Obstacles, prices: Prices) -> Result<()> {
    let conflict = |detail| Err(Error::conflict(Code::InvoiceNotCorrectable, detail));
    if let Some((_, number)) = &wrong.corrected_by {
        return conflict(sentences::corrected_already(&wrong.number, number));
    }
    if wrong.kind == Kind::PriceDifference {
        return conflict(sentences::difference_not_corrected(&wrong.number));
    }
    if before.is_whole(wrong) {
        let detail = crate::invoices::credits::sentences::nothing_to_credit(&wrong.number);
        return Err(Error::conflict(Code::NothingToCredit, detail));
    }
    // What was credited of goods is not billed again. An amount lowers what goods that are billed again cost: unless that is their
    // new price, it would be asked for once more.
    let asked_again = |one: &&AmountCredited| prices != Prices::Current || one.reason != CreditNoteReason::Price;
    if let Some(one) = obstacles.amounts.iter().find(asked_again) {
        let detail = sentences::correction_of_amount(&one.credit_note, one.position, &wrong.number);
        return conflict(detail);
    }
    if let Some(difference) = &obstacles.difference {
        return conflict(sentences::correction_of_difference(&wrong.number, difference));
    }
    Ok(())
}

fn too_large() -> Error {
    Error::refused(Code::AmountTooLarge, crate::invoices::sentences::invoice_too_large())
}

/// What is left of a line that `steps` of the ordered unit are left of; base steps are shared out like those.
fn left_of(line: &InvoiceLine, steps: i64) -> Option<OrderQuantity> {
    let OrderQuantity { ordered, base_steps } = line.quantity;
    let gone = i128::from(base_steps) * i128::from(ordered.steps - steps);
    let gone = match ordered.steps {
        0 => 0,
        whole => round_half_away(gone, whole.into())?,
    };
    Some(OrderQuantity {
        ordered: Quantity::new(steps, ordered.decimals),
        base_steps: base_steps - gone,
    })
}

/// The lines of the corrected invoice before they are taxed: what is left of the wrong one's, at its prices or at those that are
/// given. A line whose price stays has the net that is taken back of it. Each has an id of its own, which the caller makes.
pub fn lines(
    wrong: &Invoice,
    before: &Credited,
    prices: &HashMap<OrderLineId, Priced>,
    mut new_id: impl FnMut() -> InvoiceLineId,
) -> Result<Vec<InvoiceLine>> {
    let mut lines = Vec::new();
    for old in &wrong.lines {
        let (steps, net) = before.left_of(old);
        if steps == 0 {
            continue;
        }
        let mut line = InvoiceLine {
            id: new_id(),
            quantity: left_of(old, steps).ok_or_else(too_large)?,
            net: Money::new(net, wrong.currency),
            price_steps: old.price_steps.as_ref().and_then(|own| {
                let parts = (steps, old.quantity.ordered.steps);
                own.of_part(parts, net, wrong.currency)
            }),
            ..old.clone()
        };
        if let Some(priced) = prices.get(&old.order_line_id) {
            reprice(&mut line, old, priced)?;
        }
        line.position = i32::try_from(lines.len() + 1).map_err(Error::internal)?;
        lines.push(line);
    }
    Ok(lines)
}

/// True where the line has another price, or comes to its net by other discounts.
pub fn is_priced_otherwise(line: &InvoiceLine, priced: &Priced) -> bool {
    let is_reckoned_otherwise = match (&line.price_steps, &priced.explanation.reckoning) {
        (None, None) => false,
        (Some(steps), Some(reckoning)) => !steps.is_like(reckoning),
        _ => true,
    };
    is_reckoned_otherwise
        || (line.unit_price, line.price_unit.as_str(), line.price_base)
            != (priced.unit_price, priced.price_unit.as_str(), priced.price_base)
}

fn reprice(line: &mut InvoiceLine, old: &InvoiceLine, priced: &Priced) -> Result<()> {
    if !is_priced_otherwise(old, priced) {
        return Ok(());
    }
    let in_base = priced.price_unit == line.base_unit;
    let price = (priced.unit_price, priced.price_base, in_base);
    let (decimals, currency) = (line.base_decimals, line.net.currency);
    let net = priced.explanation.net_of(line.quantity, price, decimals, currency);
    let part = (0, line.quantity.base_steps);
    line.price_steps = priced.explanation.steps_of_part(part, decimals, currency);
    line.net = Money::new(net.ok_or_else(too_large)?, line.net.currency);
    line.unit_price = priced.unit_price;
    line.price_unit.clone_from(&priced.price_unit);
    line.price_base = priced.price_base;
    Ok(())
}

/// Which money goes where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moves {
    /// What stays with the wrong invoice, which earlier credit notes left open.
    pub kept: Vec<(PaymentId, i64)>,
    /// What settles the corrected one.
    pub moved: Vec<(PaymentId, i64)>,
    /// What of each payment that is moved settles nothing.
    pub freed: Vec<(PaymentId, i64)>,
    /// What of the credit note settles the corrected one.
    pub credit_minor: i64,
}

/// Shares out payments that had settled a wrong invoice: what of it is open still, then the corrected one, the rest is on account; and
/// what is left of its credit note settles what the payments leave open.
pub fn moves(paid: &[(PaymentId, i64)], still_open: i64, right_gross: i64, credit_left: i64) -> Moves {
    let (mut wrong_left, mut right_left) = (still_open, right_gross);
    let mut moves = Moves::default();
    for &(id, minor) in paid {
        let kept = minor.min(wrong_left);
        let moved = (minor - kept).min(right_left);
        let freed = minor - kept - moved;
        wrong_left -= kept;
        right_left -= moved;
        for (part, list) in [
            (kept, &mut moves.kept),
            (moved, &mut moves.moved),
            (freed, &mut moves.freed),
        ] {
            if part > 0 {
                list.push((id, part));
            }
        }
    }
    moves.credit_minor = credit_left.min(right_left);
    moves
}

/// What is different of the two invoices, for people: field, what it was, what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub field: DifferentField,
    /// The line's position on the wrong invoice; none where it is of the head.
    pub line: Option<i32>,
    pub was: String,
    pub is: String,
}

names! {
    /// What of an invoice is different.
    pub enum DifferentField as CorrectedField {
        BuyerName = "buyer_name",
        BuyerAddress = "buyer_address",
        BuyerVatId = "buyer_vat_id",
        BuyerReference = "buyer_reference",
        Seller = "seller",
        ShipTo = "ship_to",
        PoNumber = "po_number",
        PaymentTerms = "payment_terms",
        Quantity = "quantity",
        UnitPrice = "unit_price",
        Net = "net",
        Tax = "tax",
    }
}

/// Everything that is different, in the order of an invoice.
pub fn differences(wrong: &Invoice, right: &Invoice) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut tell = |field, line, was: String, is: String| {
        if was != is {
            found.push(Difference { field, line, was, is });
        }
    };
    let address = |of: &crate::parties::Address| {
        let parts = [&of.street, &of.postal_code, &of.city].map(|part| part.clone().unwrap_or_default());
        let [street, postal_code, city] = parts;
        [street, format!("{postal_code} {city}"), of.country.clone()]
            .map(|part| part.trim().to_owned())
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (was, is) = (&wrong.buyer, &right.buyer);
    tell(
        DifferentField::BuyerName,
        None,
        was.address.name.clone(),
        is.address.name.clone(),
    );
    tell(
        DifferentField::BuyerAddress,
        None,
        address(&was.address),
        address(&is.address),
    );
    tell(DifferentField::BuyerVatId, None, text(&was.vat_id), text(&is.vat_id));
    tell(
        DifferentField::BuyerReference,
        None,
        text(&was.reference),
        text(&is.reference),
    );
    let seller = |of: &Invoice| {
        format!(
            "{}, {}, {}",
            of.seller.address.name,
            address(&of.seller.address),
            text(&of.seller.vat_id)
        )
    };
    tell(DifferentField::Seller, None, seller(wrong), seller(right));
    let there = |of: &Invoice| format!("{}, {}", of.ship_to.name, address(&of.ship_to));
    tell(DifferentField::ShipTo, None, there(wrong), there(right));
    tell(
        DifferentField::PoNumber,
        None,
        wrong.po_number.clone(),
        right.po_number.clone(),
    );
    let days = |of: &Invoice| of.payment_terms_days.to_string();
    tell(DifferentField::PaymentTerms, None, days(wrong), days(right));
    for old in &wrong.lines {
        let new = right.lines.iter().find(|line| line.order_line_id == old.order_line_id);
        let line = Some(old.position);
        let quantity =
            |of: Option<&InvoiceLine>| of.map_or_else(|| "0".to_owned(), |line| line.quantity.ordered.to_string());
        tell(DifferentField::Quantity, line, quantity(Some(old)), quantity(new));
        let Some(new) = new else { continue };
        tell(DifferentField::UnitPrice, line, price(old), price(new));
        tell(DifferentField::Net, line, old.net.to_string(), new.net.to_string());
        let tax = |of: &InvoiceLine| {
            format!(
                "{} {}",
                of.treatment.category,
                crate::tax::rules::percent(of.treatment.rate_ppm)
            )
        };
        tell(DifferentField::Tax, line, tax(old), tax(new));
    }
    found
}

fn price(line: &InvoiceLine) -> String {
    match line.price_base {
        1 => format!("{} / {}", line.unit_price, line.price_unit),
        base => format!("{} / {base} {}", line.unit_price, line.price_unit),
    }
}

#[cfg(test)]
mod tests;
