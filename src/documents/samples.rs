//! Papers to try the templates on.

pub mod deliveries;

use chrono::NaiveDate;

use super::paper::{
    Amount, Article, Contract, ContractLine, Decided, DeliveryNote, DeliveryNoteLine, Document, Invoice, InvoiceLine,
    OrderConfirmation, OrderConfirmationLine, Paper, Price, Reminder, ReminderLine, Standing, Statement, StatementLine,
    Steps, Tax, TaxGroup, TaxReason, Totals,
};
use crate::languages::Language;
use crate::money::{Currency, Money, UnitPrice};
use crate::parties::{Address, Buyer, Seller};
use crate::quantity::Quantity;

/// One of each kind.
pub fn all(language: Language) -> [Paper; 9] {
    [
        invoice(language, 3),
        order(language, 3),
        delivery(language, 3),
        statement(language, false),
        statement(language, true),
        reminder(language, 3),
        deliveries::labels(language, 2),
        deliveries::pick_list(language, 3),
        contract(language),
    ]
}

/// A statement of account, or the letter that asks to confirm it.
pub fn statement(language: Language, is_confirmation: bool) -> Paper {
    let currency = Currency::from_code("EUR").expect("known");
    let money = |minor| Money::new(minor, currency);
    let line = |kind, text: &str, minor, balance| StatementLine {
        on: day(2026, 3, 14),
        kind,
        text: text.to_owned(),
        due_on: (kind == "invoice").then(|| day(2026, 4, 13)),
        amount: money(minor),
        balance: money(balance),
    };
    Paper {
        language,
        xml: None,
        document: Document::Statement(Statement {
            is_confirmation,
            printed_on: day(2026, 3, 31),
            from: Some(day(2026, 3, 1)),
            to: day(2026, 3, 31),
            seller: seller(),
            buyer: buyer(),
            currency,
            opening: money(10_000),
            closing: money(13_050),
            lines: vec![
                line("invoice", "2026-000123", 12_100, 22_100),
                line("credit-note", "CN-2026-000001", -1_050, 21_050),
                line("payment", "RF02 2026 0000 42", -10_000, 11_050),
                line("payment-reversal", "", 2_000, 13_050),
            ],
            on_account: Some(money(1_050)),
            ageing: vec![
                ("not-due", money(14_100)),
                ("late-30", money(0)),
                ("late-60", money(0)),
                ("late-90", money(0)),
                ("late-more", money(0)),
            ],
        }),
    }
}

/// An invoice in euro with tax.
pub fn invoice(language: Language, lines: i32) -> Paper {
    invoice_in(language, lines, "EUR", &tax("S", 210_000))
}

/// An invoice in any currency, all its lines taxed alike.
pub fn invoice_in(language: Language, lines: i32, currency: &str, tax: &Tax) -> Paper {
    let currency = Currency::from_code(currency).expect("known");
    let lines: Vec<_> = (1..=lines).map(|position| line(position, currency, tax)).collect();
    let totals = totals(&lines, currency, tax, language);
    let document = Document::Invoice(Invoice {
        correcting: None,
        number: "2026-000123".to_owned(),
        issued_on: day(2026, 3, 14),
        due_on: day(2026, 4, 13),
        payment_terms_days: 30,
        discounts: Vec::new(),
        delivered_on: Some(day(2026, 3, 12)),
        po_number: "PO-11873/B".to_owned(),
        order_number: "10482".to_owned(),
        shipment_number: Some("20391".to_owned()),
        seller: seller(),
        buyer: buyer(),
        ship_to: site(),
        currency,
        lines,
        totals,
    });
    Paper {
        language,
        document,
        xml: None,
    }
}

/// An order that is confirmed.
pub fn order(language: Language, lines: i32) -> Paper {
    let currency = Currency::from_code("EUR").expect("known");
    let tax = tax("S", 210_000);
    let lines: Vec<_> = (1..=lines).map(|position| line(position, currency, &tax)).collect();
    let totals = totals(&lines, currency, &tax, language);
    let lines = lines.into_iter().map(|line| OrderConfirmationLine {
        promised_on: (line.position % 3 != 0).then(|| day(2026, 3, 20)),
        note: (line.position % 7 == 2).then(|| "Bitte getrennt verpacken.".to_owned()),
        decided: Decided {
            delivery: (line.position % 11 == 3).then_some("complete"),
            ..Decided::default()
        },
        cancelled: (line.position == 6).then(|| Quantity::new(1, 0)),
        instead_of: (line.position == 5).then_some(4),
        sent_as: (line.position == 4).then_some(5).into_iter().collect(),
        line,
    });
    let document = Document::OrderConfirmation(OrderConfirmation {
        number: "10482".to_owned(),
        po_number: "PO-11873/B".to_owned(),
        claim_number: None,
        revision: None,
        ordered_on: day(2026, 3, 2),
        requested_on: Some(day(2026, 3, 21)),
        order_class: "priority",
        standing: Standing::Confirmed,
        decided: Decided::default(),
        cancelled: None,
        texts: vec![(
            "note",
            "Anlieferung nur werktags von 7 bis 14 Uhr, Tor 3.\nBitte *vorher* anrufen: #12.".to_owned(),
        )],
        payment_terms_days: 30,
        seller: seller(),
        buyer: buyer(),
        ship_to: site(),
        currency,
        totals,
        lines: lines.collect(),
    });
    Paper {
        language,
        document,
        xml: None,
    }
}

pub fn delivery(language: Language, lines: i32) -> Paper {
    let currency = Currency::from_code("EUR").expect("known");
    let lines = (1..=lines).map(|position| {
        let line = line(position, currency, &tax("S", 210_000));
        DeliveryNoteLine {
            order: None,
            position,
            article: line.article,
            ordered: Quantity::new(line.amount.quantity.steps * 2, line.amount.quantity.decimals),
            instead_of: None,
            amount: line.amount,
        }
    });
    let document = Document::DeliveryNote(DeliveryNote {
        number: "20391".to_owned(),
        shipped_on: day(2026, 3, 11),
        po_number: "PO-11873/B".to_owned(),
        order_number: "10482".to_owned(),
        carrier: Some("Elbe Spedition".to_owned()),
        tracking_number: Some("00340434161094042557".to_owned()),
        seller: seller(),
        buyer: buyer(),
        ship_to: site(),
        windows: Some("Mo-Fr 08:00-12:00".to_owned()),
        packages: deliveries::packages(),
        lines: lines.collect(),
    });
    Paper {
        language,
        document,
        xml: None,
    }
}

/// A contract that both sides signed.
pub fn contract(language: Language) -> Paper {
    let line = ContractLine {
        code: "turnover".to_owned(),
        about: "*Bolts* & #nuts".to_owned(),
        period: "Quarter".to_owned(),
        committed: "50.000,00 EUR".to_owned(),
        rate: "2,5 %".to_owned(),
    };
    let document = Document::Contract(Contract {
        number: "K-2026-NORD".to_owned(),
        name: "Rahmenvertrag *2026*".to_owned(),
        dated_on: day(2026, 3, 14),
        seller: seller(),
        buyer: buyer(),
        terms: vec![("First day".to_owned(), "1 April 2026".to_owned())],
        lines: vec![line],
        acceptance: Some(("I accept it.".to_owned(), "Ann Ames, 14 March 2026".to_owned())),
        countersigned: Some("Willem Kessemeer, 15 March 2026".to_owned()),
        unsigned: None,
    });
    Paper {
        language,
        document,
        xml: None,
    }
}

/// A last call with fee and interest.
pub fn reminder(language: Language, lines: i32) -> Paper {
    let currency = Currency::from_code("EUR").expect("known");
    let money = |minor| Money::new(minor, currency);
    let lines = (1..=lines).map(|line| ReminderLine {
        invoice_number: format!("2026-{line:06}"),
        po_number: "PO-11873/B".to_owned(),
        issued_on: day(2026, 1, 14),
        due_on: day(2026, 2, 13),
        overdue_days: (line % 3 != 0).then_some(29),
        open: money(123_450),
    });
    let document = Document::Reminder(Reminder {
        number: "R-2026-000042".to_owned(),
        sent_on: day(2026, 3, 14),
        level: 3,
        text: "Bitte zahlen Sie *sofort*.\n#Danke".to_owned(),
        seller: seller(),
        buyer: buyer(),
        currency,
        overdue: money(246_900),
        not_due: Some(money(123_450)),
        fee: Some(money(500)),
        interest: Some(money(1_789)),
        on_account: Some(money(9_189)),
        total: money(240_000),
        lines: lines.collect(),
    });
    Paper {
        language,
        document,
        xml: None,
    }
}

pub fn tax(category: &str, rate_ppm: i64) -> Tax {
    Tax {
        category: category.to_owned(),
        rate_ppm,
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn seller() -> Seller {
    Seller {
        address: address(
            "Northwind Fasteners BV",
            "Keizersgracht 241",
            "1016 EA",
            "Amsterdam",
            "NL",
        ),
        vat_id: Some("NL004495445B01".to_owned()),
        email: Some("orders@northwind.example".to_owned()),
        phone: Some("+31 20 555 01 23".to_owned()),
        iban: Some("NL91ABNA0417164300".to_owned()),
        bic: Some("ABNANL2A".to_owned()),
        ..Seller::default()
    }
}

fn buyer() -> Buyer {
    Buyer {
        code: "ELBTOR".to_owned(),
        address: address(
            "Elbtor Schiffsausrüstung GmbH",
            "Große Elbstraße 14",
            "22767",
            "Hamburg",
            "DE",
        ),
        vat_id: Some("DE123456788".to_owned()),
        ..Buyer::default()
    }
}

fn site() -> Address {
    address("Elbtor Werk 2", "Am Genter Ufer 9", "21129", "Hamburg", "DE")
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

/// Names that hold what is markup elsewhere, long words, foreign letters; packs, metres, kilograms.
fn line(position: i32, currency: Currency, tax: &Tax) -> InvoiceLine {
    let articles = [
        (
            "Sechskantschraube M8 × 40, verzinkt",
            "XCT",
            12,
            200,
            "H87",
            "7.333",
            100,
            "H87",
        ),
        (
            "Edelstahlschlauchschellenbandklemmvorrichtung mit Sicherungsmutternaufnahme",
            "H87",
            250,
            1,
            "H87",
            "12.5",
            1,
            "H87",
        ),
        (
            "Kabel #3 *rot* _fett_ @anna $5 <a> \\n [x] // nicht Kommentar",
            "MTR",
            1755,
            1,
            "MTR",
            "1.204",
            1,
            "MTR",
        ),
        ("Dichtungspaste «Größe 2»", "KGM", 25, 1, "KGM", "320.140619", 10, "KGM"),
        ("Fender, weiß, 螺栓", "XPX", 1, 72, "H87", "1480", 1, "XPX"),
    ];
    let before = usize::try_from(position - 1).expect("from 1");
    let article = articles.into_iter().cycle().nth(before).expect("there are articles");
    let (name, unit_code, quantity, content, base_unit, price, base, price_unit) = article;
    // Metres come in hundredths.
    let decimals = if unit_code == "MTR" { 2 } else { 0 };
    let net = i64::from(position) * 1_234 + 5_000;
    InvoiceLine {
        position,
        article: Article {
            name: name.to_owned(),
            customer_part_number: (position % 4 != 0).then(|| format!("4711-{position:04}")),
            sku: format!("BOLT-{position}"),
            gtin: (position % 2 == 1).then(|| "04006381333931".to_owned()),
        },
        amount: Amount {
            quantity: Quantity::new(quantity, decimals),
            unit_code: unit_code.to_owned(),
            base_quantity: Quantity::new(quantity * content, decimals),
            base_unit: base_unit.to_owned(),
        },
        price: Price {
            price: UnitPrice::parse(price).expect("a price"),
            base,
            unit_code: price_unit.to_owned(),
        },
        tax: Some(tax.clone()),
        net: Money::new(net, currency),
        steps: (position % 3 == 0).then(|| Steps {
            is_graduated: position % 2 == 0,
            gross: Money::new(net + 500, currency),
            discounts: vec![
                (
                    "Herbstrabatt".to_owned(),
                    Some("2.5".to_owned()),
                    Money::new(-200, currency),
                ),
                ("*Treue* #1".to_owned(), None, Money::new(-300, currency)),
            ],
        }),
    }
}

fn totals(lines: &[InvoiceLine], currency: Currency, tax: &Tax, language: Language) -> Totals {
    let net = lines.iter().map(|line| line.net.minor).sum::<i64>();
    let amount = net * tax.rate_ppm / 1_000_000;
    let money = |minor| Money::new(minor, currency);
    Totals {
        net: money(net),
        taxes: vec![TaxGroup {
            tax: tax.clone(),
            base: money(net),
            amount: money(amount),
            reason: TaxReason::of(&tax.category, language),
        }],
        tax: Some(money(amount)),
        gross: Some(money(net + amount)),
    }
}
