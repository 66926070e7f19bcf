//! What stands on a reminder.

use chrono::NaiveDate;

use crate::money::{Currency, Money};
use crate::parties::{Buyer, Seller};

/// A reminder of what is overdue.
#[derive(Debug, Clone, PartialEq)]
pub struct Reminder {
    pub number: String,
    pub sent_on: NaiveDate,
    /// 1 to 3.
    pub level: i32,
    /// What it says, in the language of the paper; a paragraph a line.
    pub text: String,
    /// Who is owed.
    pub seller: Seller,
    /// Who owes.
    pub buyer: Buyer,
    pub currency: Currency,
    /// What is asked for.
    pub overdue: Money,
    /// What is open and not due yet.
    pub not_due: Option<Money>,
    pub fee: Option<Money>,
    pub interest: Option<Money>,
    /// What has settled no invoice yet.
    pub on_account: Option<Money>,
    /// What is asked for with fee and interest, less what is on account.
    pub total: Money,
    pub lines: Vec<ReminderLine>,
}

/// An invoice that a reminder names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReminderLine {
    pub invoice_number: String,
    /// The buyer's order number.
    pub po_number: String,
    pub issued_on: NaiveDate,
    pub due_on: NaiveDate,
    /// None where it is not due yet.
    pub overdue_days: Option<i64>,
    pub open: Money,
}
