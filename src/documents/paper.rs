//! What stands on a paper, as plain values. The features fill these in; nothing is reckoned, rounded or decided from
//! here on. The invoice follows the business terms (BT) and groups (BG) of EN 16931, so that its XML can be written
//! from the same values.

mod contracts;
mod deliveries;
mod orders;
mod reminders;

use chrono::NaiveDate;

use crate::languages::Language;
use crate::money::{Currency, Money, UnitPrice};
use crate::parties::{Address, Buyer, Seller};
use crate::quantity::Quantity;

pub use self::contracts::{Contract, ContractLine};
pub use self::deliveries::{
    DeliveryNote, DeliveryNoteLine, PackageLabel, PackageLabels, Packed, PickLine, PickList, Symbol,
};
pub use self::orders::{Decided, OrderConfirmation, OrderConfirmationLine, Standing};
pub use self::reminders::{Reminder, ReminderLine};

/// A paper in the language of its reader.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Of its labels, numbers and dates.
    pub language: Language,
    pub document: Document,
    /// The invoice for programs that it has in it, by Factur-X.
    pub xml: Option<Vec<u8>>,
}

/// The kinds of paper.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Document {
    Invoice(Invoice),
    CreditNote(CreditNote),
    OrderConfirmation(OrderConfirmation),
    DeliveryNote(DeliveryNote),
    Statement(Statement),
    ReturnLabel(ReturnLabel),
    Reminder(Reminder),
    PackageLabels(PackageLabels),
    PickList(PickList),
    Contract(Contract),
}

impl Paper {
    /// A file name with nothing in it that a header or a file system could trip over: `order-10482.pdf`.
    pub fn file_name(&self) -> String {
        let (kind, number) = match &self.document {
            Document::Invoice(invoice) => ("invoice", &invoice.number),
            Document::CreditNote(credit) => ("credit-note", &credit.number),
            Document::OrderConfirmation(order) => ("order", &order.number),
            Document::DeliveryNote(note) => ("delivery-note", &note.number),
            Document::Statement(statement) => match statement.is_confirmation {
                true => ("balance-confirmation", &statement.buyer.code),
                false => ("statement", &statement.buyer.code),
            },
            Document::ReturnLabel(label) => ("return", &label.number),
            Document::Reminder(reminder) => ("reminder", &reminder.number),
            Document::PackageLabels(labels) => ("labels", &labels.number),
            Document::PickList(list) => ("pick-list", &list.warehouse),
            Document::Contract(contract) => ("contract", &contract.number),
        };
        let safe = number.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
        format!("{kind}-{}.pdf", safe.collect::<String>())
    }

    /// Its own day: the day of issue, of ordering, of dispatch.
    pub fn date(&self) -> NaiveDate {
        match &self.document {
            Document::Invoice(invoice) => invoice.issued_on,
            Document::CreditNote(credit) => credit.issued_on,
            Document::OrderConfirmation(order) => order.ordered_on,
            Document::DeliveryNote(note) => note.shipped_on,
            Document::Statement(statement) => statement.printed_on,
            Document::ReturnLabel(label) => label.announced_on,
            Document::Reminder(reminder) => reminder.sent_on,
            Document::PackageLabels(labels) => labels.printed_on,
            Document::PickList(list) => list.printed_on,
            Document::Contract(contract) => contract.dated_on,
        }
    }

    /// Who sends it.
    pub fn seller(&self) -> &Seller {
        match &self.document {
            Document::Invoice(invoice) => &invoice.seller,
            Document::CreditNote(credit) => &credit.seller,
            Document::OrderConfirmation(order) => &order.seller,
            Document::DeliveryNote(note) => &note.seller,
            Document::Statement(statement) => &statement.seller,
            Document::ReturnLabel(label) => &label.seller,
            Document::Reminder(reminder) => &reminder.seller,
            Document::PackageLabels(labels) => &labels.seller,
            Document::PickList(list) => &list.seller,
            Document::Contract(contract) => &contract.seller,
        }
    }
}

/// What a line is about. BG-31
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// As the buyer calls it. BT-153
    pub name: String,
    /// The buyer's number. BT-156
    pub customer_part_number: Option<String>,
    /// The seller's number. BT-155
    pub sku: String,
    /// BT-157
    pub gtin: Option<String>,
}

/// How much: in the ordered unit, and in the product's base unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// In the ordered unit. BT-129
    pub quantity: Quantity,
    /// UN/ECE Rec 20/21 code of the ordered unit. BT-130
    pub unit_code: String,
    /// The same in base units.
    pub base_quantity: Quantity,
    /// UN/ECE Rec 20 code of the base unit.
    pub base_unit: String,
}

/// What it costs: `price` buys `base` of the unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// As kept on the price list. BT-146
    pub price: UnitPrice,
    /// How many of the unit it buys. BT-149
    pub base: i32,
    /// UN/ECE Rec 20/21 code of the unit it is kept for. BT-150
    pub unit_code: String,
}

/// Category and rate. BG-30
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tax {
    /// UNCL5305 code. BT-151
    pub category: String,
    /// Parts per million. BT-152
    pub rate_ppm: i64,
}

/// A row of the tax table. BG-23
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxGroup {
    /// BT-118, BT-119
    pub tax: Tax,
    /// BT-116
    pub base: Money,
    /// BT-117
    pub amount: Money,
    /// Why there is no tax, where there is none.
    pub reason: Option<TaxReason>,
}

/// Why there is no tax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxReason {
    /// For people. BT-120
    pub text: String,
    /// From the VATEX list, where it has one. BT-121
    pub code: Option<String>,
}

impl TaxReason {
    /// The reason that goes with a category; none for the categories with a rate.
    pub fn of(category: &str, language: Language) -> Option<Self> {
        let code = match category {
            "AE" => Some("VATEX-EU-AE"),
            "K" => Some("VATEX-EU-IC"),
            "G" => Some("VATEX-EU-G"),
            "O" => Some("VATEX-EU-O"),
            // Which exemption it is only the seller knows.
            "E" => None,
            _ => return None,
        };
        Some(Self {
            text: language.text(&format!("tax-reason-{category}")),
            code: code.map(str::to_owned),
        })
    }
}

/// Net, tax and gross. BG-22
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// Sum of the lines. BT-106, BT-109
    pub net: Money,
    /// The tax table; empty where tax is not known.
    pub taxes: Vec<TaxGroup>,
    /// Sum of the tax table. BT-110
    pub tax: Option<Money>,
    /// Net and tax. BT-112, BT-115
    pub gross: Option<Money>,
}

/// Who pays by a day pays less.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discount {
    /// The last day.
    pub until: NaiveDate,
    /// Parts per million.
    pub percent_ppm: i64,
    /// What is to be paid then.
    pub pay: Money,
    /// By how much that is less.
    pub less: Money,
}

/// What an invoice is for, where it is not just what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correcting {
    /// It adds to the other one; else it takes its place.
    pub is_difference: bool,
    /// BT-25
    pub number: String,
    /// BT-26
    pub issued_on: NaiveDate,
    /// BT-22
    pub note: Option<String>,
}

/// An invoice. Type code 380, or 384 in place of another
#[derive(Debug, Clone, PartialEq)]
pub struct Invoice {
    /// Another invoice that it corrects or adds to.
    pub correcting: Option<Correcting>,
    /// BT-1
    pub number: String,
    /// BT-2
    pub issued_on: NaiveDate,
    /// BT-9
    pub due_on: NaiveDate,
    /// Days from issue to due date; 0 is at once. BT-20
    pub payment_terms_days: i32,
    /// What it may be paid with less. BT-20
    pub discounts: Vec<Discount>,
    /// BT-72
    pub delivered_on: Option<NaiveDate>,
    /// The buyer's order number. BT-13
    pub po_number: String,
    /// The seller's order number. BT-14
    pub order_number: String,
    /// The delivery note's number. BT-16
    pub shipment_number: Option<String>,
    /// BG-4
    pub seller: Seller,
    /// BG-7
    pub buyer: Buyer,
    /// BG-13
    pub ship_to: Address,
    /// BT-5
    pub currency: Currency,
    /// BG-25
    pub lines: Vec<InvoiceLine>,
    /// BG-22, BG-23
    pub totals: Totals,
}

/// A credit note. Type code 381
#[derive(Debug, Clone, PartialEq)]
pub struct CreditNote {
    /// BT-1
    pub number: String,
    /// BT-2
    pub issued_on: NaiveDate,
    /// BT-25
    pub invoice_number: String,
    /// BT-26
    pub invoice_issued_on: NaiveDate,
    /// The buyer's order number. BT-13
    pub po_number: String,
    /// The seller's order number. BT-14
    pub order_number: String,
    /// In the language of the paper.
    pub reason: String,
    /// BT-22
    pub note: Option<String>,
    /// BG-4
    pub seller: Seller,
    /// BG-7
    pub buyer: Buyer,
    /// BT-5
    pub currency: Currency,
    /// BG-25
    pub lines: Vec<InvoiceLine>,
    /// BG-22, BG-23
    pub totals: Totals,
}

/// A line of an invoice. BG-25
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceLine {
    /// BT-126
    pub position: i32,
    /// BG-31
    pub article: Article,
    /// BT-129, BT-130
    pub amount: Amount,
    /// BG-29
    pub price: Price,
    /// BG-30; none where tax is not known.
    pub tax: Option<Tax>,
    /// BT-131
    pub net: Money,
    /// How the net comes about, where the price doesn't tell. BG-27
    pub steps: Option<Steps>,
}

/// How a line comes to its net.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps {
    /// Its parts have several prices.
    pub is_graduated: bool,
    /// Before discounts.
    pub gross: Money,
    /// What each discount is called, percents where it has some, and what it takes off.
    pub discounts: Vec<(String, Option<String>, Money)>,
}

/// What an account owed, what changed that, and what it owes; or, to be confirmed, what is open of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The account is asked to confirm what it owes.
    pub is_confirmation: bool,
    pub printed_on: NaiveDate,
    /// First day; none where it begins with the account.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: NaiveDate,
    /// Who sells.
    pub seller: Seller,
    /// Who owes.
    pub buyer: Buyer,
    /// Of all amounts.
    pub currency: Currency,
    /// What was owed before the first line.
    pub opening: Money,
    /// What is owed after the last.
    pub closing: Money,
    pub lines: Vec<StatementLine>,
    /// What of payments settled nothing yet.
    pub on_account: Option<Money>,
    /// What is open by how late it is: `not-due`, `late-30` and so on; nothing where nothing is open.
    pub ageing: Vec<(&'static str, Money)>,
}

/// Something that changed what is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    pub on: NaiveDate,
    /// `invoice`, `credit-note`, `payment` or `payment-reversal`.
    pub kind: &'static str,
    /// Its number, or what the payer wrote.
    pub text: String,
    pub due_on: Option<NaiveDate>,
    /// What is owed grows where it is above zero.
    pub amount: Money,
    /// What is owed after it.
    pub balance: Money,
}

/// What lies in a parcel that comes back.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnLabel {
    /// The return's number.
    pub number: String,
    /// The same for scanners.
    pub bars: Option<Symbol>,
    /// The day it was announced.
    pub announced_on: NaiveDate,
    /// The buyer's order number.
    pub po_number: String,
    /// The seller's order number.
    pub order_number: String,
    /// The shipment it came with.
    pub shipment_number: String,
    /// The claim it comes from.
    pub claim_number: Option<String>,
    /// Where it goes.
    pub seller: Seller,
    /// Who sends it back.
    pub buyer: Buyer,
    pub lines: Vec<DeliveryNoteLine>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::samples;

    #[test]
    fn file_names_are_safe_whatever_the_number() {
        let mut paper = samples::invoice(Language::En, 1);
        assert_eq!(paper.file_name(), "invoice-2026-000123.pdf");
        if let Document::Invoice(invoice) = &mut paper.document {
            invoice.number = "../a\"b\r\nÄ".to_owned();
        }
        assert_eq!(paper.file_name(), "invoice----a-b---.pdf");
    }

    #[test]
    fn what_carries_no_tax_has_a_reason() {
        for language in Language::ALL {
            for (category, code) in [("AE", "VATEX-EU-AE"), ("K", "VATEX-EU-IC"), ("G", "VATEX-EU-G")] {
                let reason = TaxReason::of(category, language).expect("a reason");
                assert_eq!(reason.code.as_deref(), Some(code));
                assert!(!reason.text.contains("localization"), "{}", reason.text);
            }
            assert_eq!(TaxReason::of("E", language).and_then(|reason| reason.code), None);
            assert_eq!(TaxReason::of("S", language), None);
            assert_eq!(TaxReason::of("Z", language), None);
        }
    }
}
