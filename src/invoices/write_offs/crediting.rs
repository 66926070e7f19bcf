//! What is credited of an invoice was not paid less: the discount that its account kept of it goes with it.

use super::store::{self, FoundRow};
use super::{New, book_all, rules, take_back, why};
use crate::accounts;
use crate::audit::Actor;
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{AccountId, InvoiceId, WriteOffId};
use crate::money::Money;
use crate::names::sets::WriteOffKind;

/// Lessens the cash discounts of an invoice as so much of its gross is left, of what was left before; by how much more of it is open
/// then, minor units. The account's exposure is locked already.
pub fn lessen(
    tx: &mut Connection,
    (account_id, invoice_id): (AccountId, InvoiceId),
    (before_minor, left_minor): (i64, i64),
    number: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<i64> {
    let counts = |found: &FoundRow| found.own.kind == WriteOffKind::CashDiscount && found.own.reversed_at.is_none();
    let mut found = store::list_of_invoice(tx, account_id, invoice_id)?;
    found.retain(counts);
    if found.is_empty() {
        return Ok(0);
    }
    let booked_on = day_in(accounts::supplier_zone(tx)?, now);
    let (mut rows, mut news, mut freed) = (Vec::new(), Vec::new(), 0);
    for one in found {
        let minor = rules::left_of(one.own.amount_minor, before_minor, left_minor);
        freed += one.own.amount_minor - minor;
        if minor > 0 {
            news.push(New {
                id: WriteOffId::new(),
                account_id,
                invoice_id,
                number: one.number.clone(),
                kind: one.own.kind,
                amount: Money::new(minor, one.own.currency),
                booked_on,
                payment_id: one.own.payment_id,
                explanation: why(&one),
                reason: one.own.reason.clone(),
            });
        }
        rows.push(one.own);
    }
    if freed == 0 {
        return Ok(0);
    }
    take_back(tx, &rows, number, actor, now)?;
    book_all(tx, &news, actor, now)?;
    Ok(freed)
}
