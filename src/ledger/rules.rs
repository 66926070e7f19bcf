//! Whether an order is within an account's credit.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use crate::names::names;

names! {
    /// What an entry of the ledger books.
    pub enum Kind as LedgerEntryKind {
        /// An order was placed: a commitment, no debt yet.
        OrderCommitted = "order_committed",
        /// An order left the queue.
        OrderReleased = "order_released",
        /// An invoice was issued.
        Invoice = "invoice",
        /// A credit note was issued.
        CreditNote = "credit_note",
        /// Money was received.
        Payment = "payment",
        /// A payment turned out not to be one.
        PaymentReversal = "payment_reversal",
        /// The account paid in time and kept its cash discount.
        CashDiscount = "cash_discount",
        /// A difference too small to ask for.
        SmallDifference = "small_difference",
        /// What banks kept of a payment.
        BankCharges = "bank_charges",
        /// A discount, a difference or charges that were given up are owed again.
        WriteOffReversal = "write_off_reversal",
        /// Money was paid back.
        Refund = "refund",
        /// Money that was to be paid back was not, or came back.
        RefundReversal = "refund_reversal",
        /// What a reminder costs.
        ReminderFee = "reminder_fee",
        /// Interest of what was paid late, or not yet.
        ReminderInterest = "reminder_interest",
        /// Fee and interest of a reminder that were given up.
        ReminderWaived = "reminder_waived",
    }
}

/// True if an order of `amount_minor` may be placed on top of `exposure_minor`: exactly the limit is allowed, no limit
/// allows everything, a limit of zero nothing. What can't be added up is not within any limit.
pub fn is_within_credit(limit_minor: Option<i64>, exposure_minor: i64, amount_minor: i64) -> bool {
    match limit_minor {
        None => true,
        Some(0) => false,
        Some(limit) => exposure_minor.checked_add(amount_minor).is_some_and(|sum| sum <= limit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_the_limit_is_allowed() {
        let check = |limit, exposure, amount, expected| {
            assert_eq!(
                is_within_credit(limit, exposure, amount),
                expected,
                "{amount} on {exposure} of {limit:?}"
            );
        };
        check(Some(100), 60, 40, true);
        check(Some(100), 60, 41, false);
        check(Some(100), -50, 150, true);
        check(Some(0), 0, 0, false);
        check(None, i64::MAX, i64::MAX, true);
        check(Some(i64::MAX), i64::MAX, 1, false);
    }
}
