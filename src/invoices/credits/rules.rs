//! What a credit note of an invoice comes to. It mirrors its invoice: whatever is credited in whatever parts, all of them
//! together take back exactly what was invoiced, in every line, tax group and total, and never more.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::collections::{BTreeMap, HashMap};

use super::sentences;
use crate::catalogue::rules::OrderQuantity;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::InvoiceLineId;
use crate::invoices::rules::{Invoice, InvoiceLine, InvoiceTax};
use crate::money::{Money, UnitPrice, round_half_away};
pub use crate::names::sets::CreditNoteReason as Reason;
use crate::quantity::{Decimal, DecimalError, Quantity};
use crate::sentences::Sentence;
use crate::tax::rules::{TaxGroup, Treatment};

/// UN/ECE Rec 20: one. What an amount is credited as, which has no quantity of goods.
const ONE: &str = "C62";

/// What somebody wants credited of a line of the invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The line's position on the invoice.
    pub position: i32,
    /// How much of it, in its unit; or an amount.
    pub what: What,
}

/// How much of a line is credited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// All that is left of it.
    Rest,
    /// So much in the line's unit, at the line's price; a plain decimal.
    Quantity(String),
    /// An amount without tax, for goods that stay where they are; a plain decimal.
    Net(String),
}

/// What earlier credit notes took back of an invoice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Credited {
    /// Steps of the ordered unit, and net in minor units, of each line.
    pub lines: HashMap<InvoiceLineId, (i64, i64)>,
    /// Base and tax in minor units, of each category and rate.
    pub taxes: BTreeMap<Treatment, (i64, i64)>,
    /// Steps of the ordered unit, of each line, that were sent once more without charge: the invoice pays for them.
    pub replaced: HashMap<InvoiceLineId, i64>,
}

impl Credited {
    /// What is left of a line: steps of the ordered unit, and net in minor units.
    pub fn left_of(&self, line: &InvoiceLine) -> (i64, i64) {
        let (steps, net) = self.lines.get(&line.id).copied().unwrap_or_default();
        (line.quantity.ordered.steps - steps, line.net.minor - net)
    }

    /// How much of a line can be credited as goods, steps of the ordered unit: what is left of it and was not sent once more.
    pub fn goods_left_of(&self, line: &InvoiceLine) -> i64 {
        let replaced = self.replaced.get(&line.id).copied().unwrap_or_default();
        (self.left_of(line).0 - replaced).max(0)
    }

    /// What it comes to with tax, minor units.
    pub fn gross_minor(&self) -> i64 {
        self.taxes.values().map(|(base, tax)| base + tax).sum()
    }

    /// No money is left of the invoice.
    pub fn is_whole(&self, invoice: &Invoice) -> bool {
        let mut lines = invoice.lines.iter();
        lines.all(|line| self.left_of(line).1 == 0)
    }
}

/// A line of a credit note. BG-25
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditLine {
    /// The invoice's line with what is credited of it: quantity, price and net. An amount is 1 [`ONE`] of its price.
    pub line: InvoiceLine,
    /// An amount was credited, no quantity.
    pub is_amount: bool,
}

impl CreditLine {
    /// `net` of the invoice's line.
    pub fn amount(mut line: InvoiceLine, net: Money) -> Result<Self> {
        let micros = 10_i64
            .checked_pow(6_u32.saturating_sub(net.currency.exponent().into()))
            .and_then(|factor| net.minor.checked_mul(factor));
        line.unit_price = UnitPrice {
            micros: micros.ok_or_else(too_large)?,
        };
        line.quantity = OrderQuantity {
            ordered: Quantity::new(1, 0),
            base_steps: 1,
        };
        for code in [
            &mut line.unit,
            &mut line.unit_code,
            &mut line.base_unit,
            &mut line.price_unit,
        ] {
            ONE.clone_into(code);
        }
        (line.base_decimals, line.price_base, line.net) = (0, 1, net);
        line.price_steps = None;
        Ok(Self { line, is_amount: true })
    }

    /// So much of the invoice's line.
    pub fn quantity(mut line: InvoiceLine, quantity: OrderQuantity, net: Money) -> Self {
        let parts = (quantity.ordered.steps, line.quantity.ordered.steps);
        line.price_steps = line
            .price_steps
            .and_then(|steps| steps.of_part(parts, net.minor, net.currency));
        (line.quantity, line.net) = (quantity, net);
        Self { line, is_amount: false }
    }
}

/// Lines, tax table and totals of a credit note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// In the order of the invoice's.
    pub lines: Vec<CreditLine>,
    /// As the invoice's, with the reasons why there is no tax.
    pub taxes: Vec<InvoiceTax>,
    pub net: Money,
    pub tax: Money,
    pub gross: Money,
}

fn too_large() -> Error {
    Error::refused(Code::AmountTooLarge, sentences::credit_too_large())
}

/// Credits `asked` of an invoice, or all that is left of it. Faults of all lines are told at once, under `/lines/…`.
pub fn credit(invoice: &Invoice, before: &Credited, asked: Option<&[Asked]>) -> Result<Credit> {
    if before.is_whole(invoice) {
        return Err(Error::conflict(
            Code::NothingToCredit,
            sentences::nothing_to_credit(&invoice.number),
        ));
    }
    let lines = match asked {
        None => rest(invoice, before)?,
        Some(asked) => named(invoice, before, asked)?,
    };
    if lines.is_empty() {
        let detail = sentences::only_replaced_left(&invoice.number);
        return Err(Error::conflict(Code::NothingToCredit, detail));
    }
    let zero = Money::zero(invoice.currency);
    if lines.iter().all(|credited| credited.line.net.minor == 0) {
        let detail = sentences::credit_of_nothing();
        return Err(Error::conflict(Code::NothingToCredit, detail));
    }
    let mut nets = lines.iter().map(|credited| credited.line.net);
    let net = nets.try_fold(zero, Money::checked_add).ok_or_else(too_large)?;
    let taxes = taxes(invoice, before, &lines)?;
    let mut amounts = taxes
        .iter()
        .map(|tax| Money::new(tax.group.amount_minor, invoice.currency));
    let tax = amounts.try_fold(zero, Money::checked_add).ok_or_else(too_large)?;
    Ok(Credit {
        gross: net.checked_add(tax).ok_or_else(too_large)?,
        lines,
        taxes,
        net,
        tax,
    })
}

fn rest(invoice: &Invoice, before: &Credited) -> Result<Vec<CreditLine>> {
    let left = |line: &InvoiceLine| match (before.left_of(line), before.goods_left_of(line)) {
        ((_, 0), _) => None,
        // All of it that is left came once more.
        ((1.., _), 0) => None,
        (left, goods) => Some(goods_of(invoice, line, left, goods)),
    };
    invoice.lines.iter().filter_map(left).collect()
}

/// `goods` steps of the line of which so many steps and so much net are left.
fn goods_of(invoice: &Invoice, line: &InvoiceLine, (steps, net): (i64, i64), goods: i64) -> Result<CreditLine> {
    if goods == steps {
        return rest_of(invoice, line, (steps, net));
    }
    // Amounts credited before have lowered the price of what is left.
    let net = share(net, goods, steps).ok_or_else(too_large)?;
    of_quantity(line, goods, steps, Money::new(net, invoice.currency))
}

fn rest_of(invoice: &Invoice, line: &InvoiceLine, (steps, net): (i64, i64)) -> Result<CreditLine> {
    let net = Money::new(net, invoice.currency);
    if steps == 0 {
        return CreditLine::amount(line.clone(), net);
    }
    of_quantity(line, steps, steps, net)
}

/// `steps` of the line of which `left` are left. Base steps are shared out like the steps, so that parts sum to the line.
fn of_quantity(line: &InvoiceLine, steps: i64, left: i64, net: Money) -> Result<CreditLine> {
    let OrderQuantity {
        ordered: whole,
        base_steps,
    } = line.quantity;
    let upto = |steps: i64| share(base_steps, steps, whole.steps).ok_or_else(too_large);
    let before = whole.steps - left;
    let quantity = OrderQuantity {
        ordered: Quantity::new(steps, whole.decimals),
        base_steps: upto(before + steps)? - upto(before)?,
    };
    Ok(CreditLine::quantity(line.clone(), quantity, net))
}

fn named(invoice: &Invoice, before: &Credited, asked: &[Asked]) -> Result<Vec<CreditLine>> {
    if asked.is_empty() {
        return Err(Error::invalid(
            "/lines",
            Code::Required,
            sentences::no_lines_to_credit(),
        ));
    }
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    for (place, one) in asked.iter().enumerate() {
        let at = |field: &str| format!("/lines/{place}/{field}");
        let Some(line) = invoice.lines.iter().find(|line| line.position == one.position) else {
            let detail = sentences::no_invoice_line(one.position, &invoice.number);
            faults.push(FieldError::new(at("position"), Code::UnknownLine, detail));
            continue;
        };
        if asked.iter().take(place).any(|earlier| earlier.position == one.position) {
            let detail = sentences::credited_twice(one.position);
            faults.push(FieldError::new(at("position"), Code::DuplicateKey, detail));
            continue;
        }
        match part(invoice, line, before, &one.what)? {
            Ok(credited) => lines.push(credited),
            Err((field, fault_code, detail)) => faults.push(FieldError::new(at(field), fault_code, detail)),
        }
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    lines.sort_by_key(|credited| credited.line.position);
    Ok(lines)
}

/// The field that is wrong, and how.
type Fault = (&'static str, Code, Sentence);

/// What is credited of one line; or what is wrong with it.
fn part(
    invoice: &Invoice,
    line: &InvoiceLine,
    before: &Credited,
    what: &What,
) -> Result<std::result::Result<CreditLine, Fault>> {
    let whole = line.quantity.ordered;
    let (steps_left, net_left) = before.left_of(line);
    let goods_left = before.goods_left_of(line);
    let replaced = Quantity::new(steps_left - goods_left, whole.decimals);
    let came_again = |asked: Quantity| {
        let left = Quantity::new(goods_left, whole.decimals);
        sentences::credit_of_goods_replaced(line.position, asked, replaced, left)
    };
    let money_left = Money::new(net_left, invoice.currency);
    if net_left == 0 {
        let detail = sentences::line_credited(line.position);
        return Ok(Err(("position", Code::NothingToCredit, detail)));
    }
    let steps = match what {
        What::Rest if goods_left == 0 && steps_left > 0 => {
            let detail = came_again(Quantity::new(steps_left, whole.decimals));
            return Ok(Err(("position", Code::NothingToCredit, detail)));
        }
        What::Rest => return goods_of(invoice, line, (steps_left, net_left), goods_left).map(Ok),
        What::Net(text) => {
            let fault = |detail| Ok(Err(("net", Code::ValueInvalid, detail)));
            return match Money::parse(text, invoice.currency) {
                Ok(net) if net.minor > 0 && net.minor <= net_left => CreditLine::amount(line.clone(), net).map(Ok),
                Ok(net) => fault(sentences::credit_amount_out_of_range(net, money_left)),
                Err(error) => fault(sentences::credit_amount_unreadable(text, error.sentence())),
            };
        }
        What::Quantity(text) => match Decimal::parse(text) {
            Ok(quantity) => quantity.scaled(whole.decimals).map_err(|error| match error {
                DecimalError::TooManyDecimals => {
                    let detail = sentences::credit_quantity_not_whole(text, whole.decimals);
                    ("quantity", Code::QuantityNotWhole, detail)
                }
                other => ("quantity", Code::QuantityInvalid, other.of_quantity(text)),
            }),
            Err(error) => Err(("quantity", Code::QuantityInvalid, error.of_quantity(text))),
        },
    };
    let steps = match steps {
        Ok(steps) if steps > 0 && steps <= goods_left => steps,
        Ok(steps) if steps > 0 && steps <= steps_left => {
            let detail = came_again(Quantity::new(steps, whole.decimals));
            return Ok(Err(("quantity", Code::QuantityInvalid, detail)));
        }
        Ok(steps) => {
            let [asked, left] = [steps, steps_left].map(|steps| Quantity::new(steps, whole.decimals));
            let detail = sentences::credit_quantity_out_of_range(asked, left);
            return Ok(Err(("quantity", Code::QuantityInvalid, detail)));
        }
        Err(fault) => return Ok(Err(fault)),
    };
    goods_of(invoice, line, (steps_left, net_left), steps).map(Ok)
}

/// `amount` × `part` / `whole`, rounded half away from zero.
fn share(amount: i64, part: i64, whole: i64) -> Option<i64> {
    round_half_away(i128::from(amount) * i128::from(part), whole.into())
}

/// The tax of each group at the invoice's rate, reckoned of all that is credited so far less what was credited before, so that
/// many small parts don't drift; the part that takes back the last of a group takes back the last of its tax.
fn taxes(invoice: &Invoice, before: &Credited, lines: &[CreditLine]) -> Result<Vec<InvoiceTax>> {
    let mut taxes = Vec::new();
    for tax in &invoice.taxes {
        let treatment = &tax.group.treatment;
        let own = lines.iter().filter(|credited| credited.line.treatment == *treatment);
        let mut nets = own.clone().map(|credited| credited.line.net.minor);
        let base_minor = nets.try_fold(0_i64, i64::checked_add).ok_or_else(too_large)?;
        if own.count() == 0 {
            continue;
        }
        let (base_before, tax_before) = before.taxes.get(treatment).copied().unwrap_or_default();
        let tax_left = tax.group.amount_minor - tax_before;
        let amount_minor = if base_before + base_minor == tax.group.base_minor {
            tax_left
        } else {
            let base_upto = base_before.checked_add(base_minor).ok_or_else(too_large)?;
            let product = i128::from(base_upto) * i128::from(treatment.rate_ppm);
            let upto = round_half_away(product, 1_000_000).ok_or_else(too_large)?;
            (upto - tax_before).clamp(0, tax_left)
        };
        taxes.push(InvoiceTax {
            group: TaxGroup {
                treatment: treatment.clone(),
                base_minor,
                amount_minor,
            },
            ..tax.clone()
        });
    }
    Ok(taxes)
}

/// The number of a credit note: `CN-2026-000042`, in a series of its own.
pub fn number((year, sequence): (i32, i64)) -> String {
    format!("CN-{year}-{sequence:06}")
}

#[cfg(test)]
mod tests;
