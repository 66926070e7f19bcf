//! What a payment is said to be for: how much of it settles which invoice, and what is settled beside it without money.

use std::collections::HashSet;

use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{AccountId, InvoiceId, PaymentId, WriteOffId};
use crate::invoices::settling::rules::{Given, Settled};
use crate::invoices::settling::{Known, Open};
use crate::invoices::write_offs::{self, New, sentences};
use crate::money::Money;
use crate::names::sets::WriteOffKind;
use crate::sentences::Sentence;

/// Invoices that one payment may be said to be for.
pub const ALLOCATIONS_MAX: usize = 200;

/// What of a payment is for an invoice, as written.
#[derive(Debug, Clone, Default)]
pub struct Allocation {
    /// None where its id is ill-formed.
    pub invoice_id: Option<InvoiceId>,
    /// Of the payment; zero where nothing is said.
    pub amount: Option<String>,
    /// What is settled beside it without money.
    pub given: Vec<(WriteOffKind, String)>,
}

/// Where the amount of what is settled without money stands.
fn field(kind: WriteOffKind) -> &'static str {
    match kind {
        WriteOffKind::CashDiscount => "cash_discount",
        WriteOffKind::SmallDifference => "small_difference",
        WriteOffKind::BankCharges => "bank_charges",
    }
}

/// The faults of allocations, at their places.
struct Faults(Vec<FieldError>);

impl Faults {
    fn add(&mut self, place: usize, field: &str, code: Code, detail: Sentence) {
        self.0
            .push(FieldError::new(format!("/allocations/{place}/{field}"), code, detail));
    }

    fn amount(&mut self, place: usize, field: &str, text: &str, of: Money) -> i64 {
        match Money::parse(text.trim(), of.currency) {
            Ok(amount) if amount.minor >= 0 => amount.minor,
            Ok(_) => {
                let detail = crate::invoices::sentences::amount_not_above_zero(text);
                self.add(place, field, Code::ValueInvalid, detail);
                0
            }
            Err(error) => {
                let (code, places) = (of.currency.code(), of.currency.exponent());
                let detail = crate::invoices::sentences::amount_unreadable(text, error.sentence(), code, places);
                self.add(place, field, Code::ValueInvalid, detail);
                0
            }
        }
    }
}

/// What allocations do with money: each at most what is open of its invoice, all together at most the money.
pub(super) fn settled(
    known: &Known,
    (account_id, account): (AccountId, &str),
    money: Money,
    allocations: &[Allocation],
) -> Result<Settled> {
    if allocations.len() > ALLOCATIONS_MAX {
        let detail = sentences::too_many_allocations(ALLOCATIONS_MAX);
        return Err(Error::invalid("/allocations", Code::ValueInvalid, detail));
    }
    let mut faults = Faults(Vec::new());
    let mut seen = HashSet::new();
    let mut settled = Settled {
        on_account_minor: money.minor,
        ..Settled::default()
    };
    for (place, allocation) in allocations.iter().enumerate() {
        let found = allocation.invoice_id.and_then(|id| known.find(id));
        let Some(found) = found.filter(|found| found.account_id == account_id) else {
            let detail = crate::invoices::sentences::no_invoice(account);
            faults.add(place, "invoice_id", Code::UnknownInvoice, detail);
            continue;
        };
        if !seen.insert(found.item.id) {
            let detail = sentences::allocation_twice(&found.number);
            faults.add(place, "invoice_id", Code::DuplicateKey, detail);
            continue;
        }
        one(known, (place, found, allocation), money, &mut settled, &mut faults);
    }
    if settled.on_account_minor < 0 {
        let given = Money::new(money.minor - settled.on_account_minor, money.currency);
        let detail = sentences::allocations_above_payment(money, given);
        faults
            .0
            .push(FieldError::new("/allocations", Code::ValueInvalid, detail));
    }
    match faults.0.is_empty() {
        true => Ok(settled),
        false => Err(Error::Invalid(faults.0)),
    }
}

fn one(
    known: &Known,
    (place, found, allocation): (usize, &Open, &Allocation),
    money: Money,
    settled: &mut Settled,
    faults: &mut Faults,
) {
    let open = Money::new(found.item.open_minor, money.currency);
    let before = faults.0.len();
    let text = allocation.amount.as_deref().unwrap_or("0");
    let minor = faults.amount(place, "amount", text, money);
    let mut all = minor;
    for (kind, text) in &allocation.given {
        let given = faults.amount(place, field(*kind), text, money);
        if given == 0 {
            continue;
        }
        match write_offs::most(known, found, *kind, open) {
            Ok(most) if given <= most.minor => {}
            Ok(most) => {
                let detail = sentences::write_off_out_of_range(Money::new(given, money.currency), most);
                faults.add(place, field(*kind), Code::ValueInvalid, detail);
            }
            Err(Error::Invalid(refused)) => {
                for fault in refused {
                    faults.add(place, field(*kind), fault.code, fault.detail);
                }
            }
            Err(_) => {}
        }
        all = all.saturating_add(given);
        settled.given.push(Given {
            id: found.item.id,
            kind: *kind,
            minor: given,
            discount: None,
        });
    }
    if faults.0.len() > before {
        return;
    }
    if all == 0 {
        faults.add(place, "amount", Code::Required, sentences::allocation_of_nothing());
    } else if all > open.minor {
        let detail = sentences::allocation_above_open(&found.number, Money::new(all, money.currency), open);
        faults.add(place, "amount", Code::ValueInvalid, detail);
    }
    if minor > 0 {
        settled.applied.push((found.item.id, minor));
        settled.on_account_minor = settled.on_account_minor.saturating_sub(minor);
    }
}

/// Whose payment it is, and the day it counts for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Of {
    pub account_id: AccountId,
    pub payment_id: PaymentId,
    pub on: chrono::NaiveDate,
}

/// What is settled without money beside a payment, as it is booked.
pub(super) fn news(known: &Known, settled: &Settled, of: Of, money: Money, is_said: bool) -> Vec<New> {
    let new = |given: &Given| New {
        id: WriteOffId::new(),
        account_id: of.account_id,
        invoice_id: given.id,
        number: known
            .find(given.id)
            .map(|found| found.number.clone())
            .unwrap_or_default(),
        kind: given.kind,
        amount: Money::new(given.minor, money.currency),
        booked_on: of.on,
        payment_id: Some(of.payment_id),
        explanation: Some(match is_said {
            true => sentences::by_allocation(),
            false => known.explain(given, money.currency),
        }),
        reason: None,
    };
    settled.given.iter().map(new).collect()
}

/// What is said of discounts that were kept though their days were over.
pub(super) fn late(known: &Known, settled: &Settled, money: Money) -> Vec<Sentence> {
    let said = |(id, discount): &(InvoiceId, crate::invoices::settling::rules::Discount)| {
        let number = known.find(*id).map(|found| found.number.clone()).unwrap_or_default();
        sentences::cash_discount_late(number, Money::new(discount.minor, money.currency), discount.until)
    };
    settled.late.iter().map(said).collect()
}
