//! Documents for tests: the worked example of each case, and invoices as they are stored.

pub mod special;

use chrono::{NaiveDate, NaiveDateTime};

use super::document::{Account, Adjustment, Document, Kind, Line, Party, Payment, Tax, Totals};
use super::reckoning::{bases, less, line_net, sum, tax, whole_line_net};
use crate::catalogue::rules::OrderQuantity;
use crate::ids::{AccountId, CreditNoteId, InvoiceId, InvoiceLineId, OrderId, OrderLineId, ShipmentId};
use crate::invoices::credits::CreditNote;
use crate::invoices::credits::rules::{Credit, CreditLine, Credited, Reason};
use crate::invoices::rules::{Invoice, InvoiceLine, InvoiceTax, Kind as InvoiceKind};
use crate::money::{Currency, Money, UnitPrice};
use crate::parties::{Address, Buyer, Identifier, Seller};
use crate::quantity::Quantity;
use crate::tax::rules::{Treatment, tax_groups};

pub fn currency(code: &str) -> Currency {
    Currency::from_code(code).expect("known")
}

pub fn euro(text: &str) -> Money {
    Money::parse(text, currency("EUR")).expect("an amount")
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

pub fn treatment(category: &str, percent: i64) -> Treatment {
    Treatment {
        category: category.to_owned(),
        rate_ppm: percent * 10_000,
    }
}

fn address(name: &str, street: &str, postal_code: &str, city: &str, country: &str) -> Address {
    Address {
        name: name.to_owned(),
        street: Some(street.to_owned()),
        postal_code: Some(postal_code.to_owned()),
        city: Some(city.to_owned()),
        country: country.to_owned(),
    }
}

pub fn seller() -> Seller {
    Seller {
        address: address("Kessemeer & Zn BV", "Kade 1", "3011 AA", "Rotterdam", "NL"),
        vat_id: Some("NL000099998B57".to_owned()),
        email: Some("sales@kessemeer.example".to_owned()),
        phone: Some("+31 10 555 01 23".to_owned()),
        iban: Some("NL91ABNA0417164300".to_owned()),
        bic: Some("ABNANL2A".to_owned()),
        endpoint: Identifier::of_endpoint("0106:12345678"),
        legal_id: Identifier::of_register("0106:12345678"),
        tax_number: None,
        contact: Some("Willem Kessemeer".to_owned()),
        creditor_id: None,
    }
}

pub fn buyer() -> Buyer {
    Buyer {
        code: "ELBTOR".to_owned(),
        address: address("Elbtor Werk GmbH", "Hafenstr. 7", "20457", "Hamburg", "DE"),
        vat_id: Some("DE123456789".to_owned()),
        endpoint: Identifier::of_endpoint("0088:4012345000009"),
        legal_id: Identifier::of_register("HRB 12345"),
        reference: Some("04011000-12345-34".to_owned()),
        contract: Some("K-2026-7".to_owned()),
        mandate: None,
    }
}

fn line(number: i32, quantity: (i64, u8), unit: &str, price: &str, base: i32, treatment: Treatment) -> Line {
    let mut line = Line {
        number,
        note: None,
        quantity: Quantity::new(quantity.0, quantity.1),
        unit: unit.to_owned(),
        net: euro("0"),
        order_line: Some(number * 10),
        adjustments: Vec::new(),
        name: format!("Bolt <M{number}> & nut"),
        seller_number: Some(format!("NW-{number}")),
        buyer_number: Some(format!("4711-{number}")),
        gtin: Some("4006381333931".to_owned()),
        treatment,
        price: UnitPrice::parse(price).expect("a price"),
        base: Quantity::new(base.into(), 0),
    };
    line.net = line_net(&line, line.net.currency).expect("fits");
    line
}

pub fn adjustment(is_charge: bool, amount: &str, treatment: Option<Treatment>) -> Adjustment {
    Adjustment {
        is_charge,
        amount: euro(amount),
        part: None,
        reason: if is_charge { "Freight" } else { "Discount" }.to_owned(),
        reason_code: Some(if is_charge { "FC" } else { "95" }.to_owned()),
        treatment,
    }
}

/// The worked example: three lines with allowances, charges and price bases, all of one category and rate.
pub fn worked(category: &str, percent: i64) -> Document {
    let treated = treatment(category, percent);
    let mut first = line(1, (12, 0), "XCT", "23.40", 1, treated.clone());
    first.adjustments = vec![adjustment(false, "14.04", None), adjustment(true, "5.00", None)];
    first.net = whole_line_net(&first, first.net.currency).expect("fits");
    let lines = vec![
        first,
        line(2, (250, 0), "C62", "7.333", 100, treated.clone()),
        line(3, (2, 0), "XPX", "480.125", 1, treated.clone()),
    ];
    let mut discount = adjustment(false, "62.52", Some(treated.clone()));
    discount.part = Some((euro("1250.34"), 50_000));
    let mut document = of_lines(lines, vec![discount, adjustment(true, "35.00", Some(treated))]);
    if category == "O" {
        (document.seller.vat_id, document.buyer.vat_id) = (None, None);
    }
    document
}

/// The same with the last line and a part of the allowance at another rate.
pub fn mixed() -> Document {
    let mut document = worked("S", 21);
    let (high, low) = (treatment("S", 21), treatment("S", 6));
    let mut lines = std::mem::take(&mut document.lines);
    lines[2].treatment = low.clone();
    let adjustments = vec![
        adjustment(false, "14.50", Some(high.clone())),
        adjustment(false, "48.01", Some(low)),
        adjustment(true, "35.00", Some(high)),
    ];
    of_lines(lines, adjustments)
}

/// The credit note of the first line.
pub fn credit_note() -> Document {
    let mut lines = worked("S", 21).lines;
    lines.truncate(1);
    let mut discount = adjustment(false, "13.59", Some(treatment("S", 21)));
    discount.part = Some((euro("271.76"), 50_000));
    let mut document = of_lines(lines, vec![discount]);
    document.kind = Kind::CreditNote;
    document.number = "G2026-000001".to_owned();
    document.preceding = Some(super::document::Preceding {
        number: "2026-000042".to_owned(),
        issued_on: day("2026-11-23"),
    });
    document
}

/// A document of lines whose totals follow.
pub fn of_lines(lines: Vec<Line>, adjustments: Vec<Adjustment>) -> Document {
    let currency = lines.first().map_or(currency("EUR"), |line| line.net.currency);
    let zero = Money::zero(currency);
    let total = |is_charge| {
        let own = adjustments
            .iter()
            .filter(|one: &&Adjustment| one.is_charge == is_charge);
        let amounts: Vec<_> = own.map(|one| one.amount).collect();
        (!amounts.is_empty()).then(|| sum(currency, amounts).expect("fits"))
    };
    let (allowances, charges) = (total(false), total(true));
    let goods = sum(currency, lines.iter().map(|line| line.net)).expect("fits");
    let net = less(goods, allowances.unwrap_or(zero)).and_then(|net| net.checked_add(charges.unwrap_or(zero)));
    let net = net.expect("fits");
    let (seller, buyer) = (seller(), buyer());
    let mut document = Document {
        kind: Kind::Invoice,
        number: "2026-000042".to_owned(),
        issued_on: day("2026-11-23"),
        due_on: Some(day("2026-12-23")),
        currency,
        note: None,
        buyer_reference: buyer.reference,
        po_number: Some("PO-7".to_owned()),
        order_number: Some("10042".to_owned()),
        contract: buyer.contract,
        despatch: Some("20042".to_owned()),
        preceding: None,
        period: None,
        seller: Party {
            endpoint: seller.endpoint,
            id: None,
            address: seller.address,
            vat_id: seller.vat_id,
            tax_number: None,
            legal_id: seller.legal_id,
            contact: seller.contact,
            phone: seller.phone,
            email: seller.email,
        },
        buyer: Party {
            endpoint: buyer.endpoint,
            id: Some(buyer.code),
            address: buyer.address,
            vat_id: buyer.vat_id,
            legal_id: buyer.legal_id,
            ..Party::default()
        },
        delivered_on: Some(day("2026-11-20")),
        ship_to: Some(address("Elbtor Werk 2", "Am Genter Ufer 9", "21129", "Hamburg", "DE")),
        payment: Some(Payment {
            means: "58",
            remittance: "2026-000042".to_owned(),
            account: Some(Account {
                iban: "NL91ABNA0417164300".to_owned(),
                name: "Kessemeer & Zn BV".to_owned(),
                bic: Some("ABNANL2A".to_owned()),
            }),
            mandate: None,
        }),
        terms: Some("Payable by 23 December 2026.".to_owned()),
        discount_lines: String::new(),
        adjustments,
        totals: Totals {
            lines: goods,
            allowances,
            charges,
            net,
            tax: zero,
            gross: net,
            prepaid: None,
            rounding: None,
            payable: net,
        },
        taxes: Vec::new(),
        lines,
    };
    tell_taxes(&mut document);
    document
}

/// Fills in the tax table and what follows from it.
fn tell_taxes(document: &mut Document) {
    let row = |(treatment, base): (Treatment, Money)| {
        let amount = tax(base, treatment.rate_ppm).expect("fits");
        let (reason, reason_code) = match treatment.category.as_str() {
            "S" | "Z" => (None, None),
            "AE" => (Some("Reverse charge"), Some("VATEX-EU-AE")),
            "K" => (Some("Intra-Community supply"), Some("VATEX-EU-IC")),
            "G" => (Some("Export"), Some("VATEX-EU-G")),
            "O" => (Some("Not subject to VAT"), Some("VATEX-EU-O")),
            _ => (Some("Exempt"), None),
        };
        Tax {
            treatment,
            base,
            amount,
            reason: reason.map(str::to_owned),
            reason_code: reason_code.map(str::to_owned),
        }
    };
    document.taxes = bases(document).expect("fits").into_iter().map(row).collect();
    let taxes = sum(document.currency, document.taxes.iter().map(|tax| tax.amount)).expect("fits");
    document.totals.tax = taxes;
    document.totals.gross = document.totals.net.checked_add(taxes).expect("fits");
    document.totals.payable = document.totals.gross;
}

/// A line as it was ordered: steps and decimals of the quantity, base units in one unit, price in millionths and its base,
/// whether the price is kept for the base unit, category and percent, and how many minor units the net is off its formula.
#[derive(Debug, Clone)]
pub struct Ordered {
    pub steps: i64,
    pub decimals: u8,
    pub content: i64,
    pub micros: i64,
    pub base: i32,
    pub in_base: bool,
    pub treatment: Treatment,
    pub off: i64,
}

/// An invoice as it is stored.
pub fn invoice(code: &str, ordered: &[Ordered]) -> Invoice {
    let currency = currency(code);
    let zero = Money::zero(currency);
    let moment: NaiveDateTime = day("2026-11-23").and_hms_opt(12, 0, 0).expect("a time");
    let lines: Vec<_> = (1..)
        .zip(ordered)
        .map(|(position, one)| stored(position, one, currency))
        .collect();
    let net = sum(currency, lines.iter().map(|line| line.net)).expect("fits");
    let groups = tax_groups(lines.iter().map(|line| (line.treatment.clone(), line.net.minor))).expect("fits");
    let tax = sum(
        currency,
        groups.iter().map(|group| Money::new(group.amount_minor, currency)),
    )
    .expect("fits");
    let gross = net.checked_add(tax).expect("fits");
    let reason = |category: &str| (!matches!(category, "S" | "AA" | "Z")).then(|| format!("No tax: {category}"));
    Invoice {
        id: InvoiceId(1),
        account_id: AccountId(1),
        order_id: OrderId(1),
        shipment_id: ShipmentId(1),
        sequence: (2026, 42),
        number: "2026-000042".to_owned(),
        currency,
        issued_at: moment,
        issued_on: moment.date(),
        delivered_on: day("2026-11-20"),
        due_on: day("2026-12-23"),
        payment_terms_days: 30,
        cash_discount: Vec::new(),
        terms: Some("Payable by 23 December 2026.".to_owned()),
        language: None,
        po_number: "PO-7".to_owned(),
        order_number: 10_042,
        shipment_number: 20_042,
        seller: seller(),
        buyer: buyer(),
        ship_to: address("Elbtor Werk 2", "Am Genter Ufer 9", "21129", "Hamburg", "DE"),
        net,
        tax,
        gross,
        line_count: i32::try_from(lines.len()).expect("few"),
        issued_by: "test".to_owned(),
        open: zero,
        kind: InvoiceKind::Invoice,
        preceding: None,
        corrected_by: None,
        note: None,
        remittance: None,
        period: None,
        lines,
        taxes: groups
            .into_iter()
            .map(|group| InvoiceTax {
                reason: reason(&group.treatment.category),
                reason_code: None,
                group,
            })
            .collect(),
    }
}

fn stored(position: i32, ordered: &Ordered, currency: Currency) -> InvoiceLine {
    let quantity = Quantity::new(ordered.steps, ordered.decimals);
    let base_steps = ordered.steps * ordered.content;
    let (unit, unit_code) = if ordered.content == 1 {
        ("H87", "H87")
    } else {
        ("CARTON", "XCT")
    };
    let mut priced = line(
        position,
        (
            if ordered.in_base { base_steps } else { ordered.steps },
            ordered.decimals,
        ),
        "H87",
        "0",
        ordered.base,
        ordered.treatment.clone(),
    );
    priced.price = UnitPrice { micros: ordered.micros };
    let due = line_net(&priced, currency).expect("fits");
    InvoiceLine {
        id: InvoiceLineId(position.into()),
        position,
        order_line_id: OrderLineId(position.into()),
        order_position: position,
        sku: format!("NW-{position}"),
        customer_part_number: None,
        gtin: None,
        name: format!("Article {position}"),
        unit: unit.to_owned(),
        unit_code: unit_code.to_owned(),
        quantity: OrderQuantity {
            ordered: quantity,
            base_steps,
        },
        base_unit: "H87".to_owned(),
        base_decimals: ordered.decimals,
        unit_price: UnitPrice { micros: ordered.micros },
        price_unit: if ordered.in_base { "H87" } else { unit }.to_owned(),
        price_base: ordered.base,
        net: Money::new(due.minor + ordered.off, currency),
        price_steps: None,
        treatment: ordered.treatment.clone(),
    }
}

/// The credit note of a part of the invoice.
pub fn credited(invoice: &Invoice, credit: Credit) -> CreditNote {
    CreditNote {
        id: CreditNoteId(1),
        account_id: invoice.account_id,
        invoice_id: invoice.id,
        invoice_number: invoice.number.clone(),
        invoice_issued_on: invoice.issued_on,
        order_id: invoice.order_id,
        order_number: invoice.order_number,
        po_number: invoice.po_number.clone(),
        shipment_number: invoice.shipment_number,
        delivered_on: invoice.delivered_on,
        sequence: (2026, 7),
        number: "CN-2026-000007".to_owned(),
        currency: invoice.currency,
        issued_at: invoice.issued_at,
        issued_on: invoice.issued_on,
        reason: Reason::Goodwill,
        note: None,
        claim: None,
        returned: None,
        rebate_id: None,
        seller: invoice.seller.clone(),
        buyer: invoice.buyer.clone(),
        ship_to: invoice.ship_to.clone(),
        net: credit.net,
        tax: credit.tax,
        gross: credit.gross,
        open: credit.gross,
        line_count: i32::try_from(credit.lines.len()).expect("few"),
        issued_by: "test".to_owned(),
        language: None,
        lines: credit.lines,
        taxes: credit.taxes,
    }
}

/// What was credited before is more by this.
pub fn add(before: &mut Credited, credit: &Credit) {
    for CreditLine { line, is_amount } in &credit.lines {
        let own = before.lines.entry(line.id).or_default();
        own.0 += if *is_amount { 0 } else { line.quantity.ordered.steps };
        own.1 += line.net.minor;
    }
    for tax in &credit.taxes {
        let own = before.taxes.entry(tax.group.treatment.clone()).or_default();
        own.0 += tax.group.base_minor;
        own.1 += tax.group.amount_minor;
    }
}
