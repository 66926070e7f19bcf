//! An invoice or credit note in the semantic model of EN 16931, by the numbers of its business terms (BT) and groups (BG).
//! All amounts are those that were stored; nothing is reckoned from here on but to check them.

use chrono::NaiveDate;

use crate::money::{Currency, Money, UnitPrice};
use crate::parties::{Address, Identifier};
use crate::quantity::Quantity;
use crate::tax::rules::Treatment;

/// What a document is. BT-3
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 380
    Invoice,
    /// 384, in place of another.
    Corrected,
    /// 381; its amounts are positive.
    CreditNote,
}

impl Kind {
    /// It takes something back.
    pub fn is_credit(self) -> bool {
        self == Self::CreditNote
    }

    /// UNCL1001
    pub fn code(self) -> &'static str {
        match self {
            Self::Invoice => "380",
            Self::Corrected => "384",
            Self::CreditNote => "381",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// BT-3
    pub kind: Kind,
    /// BT-1
    pub number: String,
    /// BT-2
    pub issued_on: NaiveDate,
    /// BT-9
    pub due_on: Option<NaiveDate>,
    /// BT-5
    pub currency: Currency,
    /// BT-22
    pub note: Option<String>,
    /// BT-10
    pub buyer_reference: Option<String>,
    /// The buyer's order. BT-13
    pub po_number: Option<String>,
    /// The seller's order. BT-14
    pub order_number: Option<String>,
    /// BT-12
    pub contract: Option<String>,
    /// BT-16
    pub despatch: Option<String>,
    /// BG-3
    pub preceding: Option<Preceding>,
    /// BG-14
    pub period: Option<Period>,
    /// BG-4
    pub seller: Party,
    /// BG-7
    pub buyer: Party,
    /// BT-72
    pub delivered_on: Option<NaiveDate>,
    /// BT-70, BG-15
    pub ship_to: Option<Address>,
    /// BG-16
    pub payment: Option<Payment>,
    /// BT-20
    pub terms: Option<String>,
    /// What XRechnung says of a cash discount behind them; empty where there is none. BT-20
    pub discount_lines: String,
    /// BG-20, BG-21
    pub adjustments: Vec<Adjustment>,
    /// BG-22
    pub totals: Totals,
    /// BG-23
    pub taxes: Vec<Tax>,
    /// BG-25
    pub lines: Vec<Line>,
}

/// The document that this one corrects. BG-3
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preceding {
    /// BT-25
    pub number: String,
    /// BT-26
    pub issued_on: NaiveDate,
}

/// Days, both included. BG-14
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// BT-73
    pub from: NaiveDate,
    /// BT-74
    pub to: NaiveDate,
}

/// Who sells or buys. BG-4, BG-7
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    /// BT-34, BT-49
    pub endpoint: Option<Identifier>,
    /// BT-29, BT-46
    pub id: Option<String>,
    /// BT-27, BT-44 and BG-5, BG-8
    pub address: Address,
    /// BT-31, BT-48
    pub vat_id: Option<String>,
    /// BT-32
    pub tax_number: Option<String>,
    /// BT-30, BT-47
    pub legal_id: Option<Identifier>,
    /// BT-41
    pub contact: Option<String>,
    /// BT-42
    pub phone: Option<String>,
    /// BT-43
    pub email: Option<String>,
}

/// How to pay. BG-16
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// UNCL4461: 58 is a SEPA transfer, 30 any other, 59 is collected by SEPA, 97 is settled between the partners. BT-81
    pub means: &'static str,
    /// BT-83
    pub remittance: String,
    /// Where a transfer goes.
    pub account: Option<Account>,
    /// By which it is collected.
    pub mandate: Option<DirectDebit>,
}

/// What is collected. BG-19
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectDebit {
    /// BT-89
    pub reference: String,
    /// BT-90
    pub creditor_id: Option<String>,
    /// BT-91
    pub iban: String,
}

/// An account at a bank. BG-17
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// BT-84
    pub iban: String,
    /// BT-85
    pub name: String,
    /// BT-86
    pub bic: Option<String>,
}

/// An allowance or a charge of a line or the document. BG-20, BG-21, BG-27, BG-28
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    pub is_charge: bool,
    /// BT-92, BT-99, BT-136, BT-141
    pub amount: Money,
    /// What it is a part of, and how many parts per million: BT-93, BT-94 and the like.
    pub part: Option<(Money, i64)>,
    /// BT-97, BT-104, BT-139, BT-144
    pub reason: String,
    /// UNCL5189, UNCL7161. BT-98, BT-105, BT-140, BT-145
    pub reason_code: Option<String>,
    /// BT-95, BT-96; none on a line, which has its own.
    pub treatment: Option<Treatment>,
}

/// BG-22
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// BT-106
    pub lines: Money,
    /// BT-107
    pub allowances: Option<Money>,
    /// BT-108
    pub charges: Option<Money>,
    /// BT-109
    pub net: Money,
    /// BT-110
    pub tax: Money,
    /// BT-112
    pub gross: Money,
    /// BT-113
    pub prepaid: Option<Money>,
    /// BT-114
    pub rounding: Option<Money>,
    /// BT-115
    pub payable: Money,
}

/// A row of the tax table. BG-23
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tax {
    /// BT-118, BT-119
    pub treatment: Treatment,
    /// BT-116
    pub base: Money,
    /// BT-117
    pub amount: Money,
    /// BT-120
    pub reason: Option<String>,
    /// BT-121
    pub reason_code: Option<String>,
}

/// BG-25
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// BT-126
    pub number: i32,
    /// BT-127
    pub note: Option<String>,
    /// BT-129
    pub quantity: Quantity,
    /// UN/ECE Rec 20/21; of the quantity and of the price's base. BT-130, BT-150
    pub unit: String,
    /// BT-131
    pub net: Money,
    /// BT-132
    pub order_line: Option<i32>,
    /// BG-27, BG-28
    pub adjustments: Vec<Adjustment>,
    /// BT-153
    pub name: String,
    /// BT-155
    pub seller_number: Option<String>,
    /// BT-156
    pub buyer_number: Option<String>,
    /// BT-157
    pub gtin: Option<String>,
    /// BT-151, BT-152
    pub treatment: Treatment,
    /// BT-146
    pub price: UnitPrice,
    /// What the price buys. BT-149
    pub base: Quantity,
}

/// A rate that is said: whatever is outside of the tax's scope has none.
pub fn has_rate(category: &str) -> bool {
    category != "O"
}

/// An amount as documents write it: at most two decimals. One of a currency with more that needs them stays as it is.
pub fn amount(money: Money) -> String {
    let text = money.to_string();
    match (text.split_once('.'), has_two_decimals(money)) {
        (Some((whole, decimals)), true) => {
            let decimals: String = decimals.chars().take(2).collect();
            format!("{whole}.{decimals}")
        }
        _ => text,
    }
}

/// True where the amount needs no more than two decimals.
pub fn has_two_decimals(money: Money) -> bool {
    let step = 10_i64.pow(u32::from(money.currency.exponent().saturating_sub(2).min(6)));
    money.minor % step == 0
}
