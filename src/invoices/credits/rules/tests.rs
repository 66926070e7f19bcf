//! Whatever is credited in whatever parts, together it is the invoice.

use super::*;
use crate::accounts::rules::{Address, Buyer, Seller};
use crate::clock::Timestamp;
use crate::ids::{AccountId, InvoiceId, OrderId, OrderLineId, ShipmentId};
use crate::invoices::einvoice::rules::samples::add;
use crate::money::Currency;
use crate::tax::rules::tax_groups;
use chrono::NaiveDate;
use proptest::prelude::*;

/// An invoice of lines: steps of a unit with two decimals, net, rate in parts per million.
fn invoice(lines: &[(i64, i64, i64)]) -> Invoice {
    let currency = Currency::from_code("EUR").expect("a currency");
    let money = |minor| Money::new(minor, currency);
    let line = |(position, &(steps, net, rate_ppm)): (i32, &(i64, i64, i64))| InvoiceLine {
        id: InvoiceLineId(position.into()),
        position,
        order_line_id: OrderLineId(1),
        order_position: position,
        sku: "A".to_owned(),
        customer_part_number: None,
        gtin: None,
        name: "A".to_owned(),
        unit: "MTR".to_owned(),
        unit_code: "MTR".to_owned(),
        quantity: OrderQuantity {
            ordered: Quantity::new(steps, 2),
            base_steps: steps,
        },
        base_unit: "MTR".to_owned(),
        base_decimals: 2,
        unit_price: UnitPrice { micros: 1 },
        price_unit: "MTR".to_owned(),
        price_base: 1,
        net: money(net),
        price_steps: None,
        treatment: Treatment {
            category: "S".to_owned(),
            rate_ppm,
        },
    };
    let lines: Vec<_> = (1..).zip(lines).map(line).collect();
    let groups = tax_groups(lines.iter().map(|line| (line.treatment.clone(), line.net.minor))).expect("small");
    let taxes: Vec<_> = groups
        .into_iter()
        .map(|group| InvoiceTax {
            group,
            reason_code: None,
            reason: None,
        })
        .collect();
    let net = lines.iter().map(|line| line.net.minor).sum();
    let tax = taxes.iter().map(|tax| tax.group.amount_minor).sum();
    Invoice {
        id: InvoiceId(1),
        account_id: AccountId(1),
        order_id: OrderId(1),
        shipment_id: ShipmentId(1),
        sequence: (2026, 1),
        number: "2026-000001".to_owned(),
        currency,
        issued_at: Timestamp::default(),
        issued_on: NaiveDate::default(),
        delivered_on: NaiveDate::default(),
        due_on: NaiveDate::default(),
        payment_terms_days: 30,
        cash_discount: Vec::new(),
        terms: None,
        language: None,
        po_number: String::new(),
        order_number: 1,
        shipment_number: 1,
        seller: Seller::default(),
        buyer: Buyer::default(),
        ship_to: Address::default(),
        net: money(net),
        tax: money(tax),
        gross: money(net + tax),
        line_count: 1,
        issued_by: String::new(),
        kind: crate::invoices::rules::Kind::Invoice,
        preceding: None,
        corrected_by: None,
        note: None,
        remittance: None,
        period: None,
        open: money(net + tax),
        lines,
        taxes,
    }
}

proptest! {
    #[test]
    fn whatever_the_parts_together_they_take_back_the_invoice(
        lines in prop::collection::vec((1_i64..5_000, 0_i64..100_000, prop::sample::select(vec![90_000_i64, 210_000, 255_000])), 1..6),
        parts in prop::collection::vec((1_i32..7, any::<bool>(), 1_i64..100_000), 0..12),
    ) {
        let invoice = invoice(&lines);
        let mut before = Credited::default();
        let (mut net, mut tax, mut gross) = (0, 0, 0);
        let mut sum = |credit: &Credit, before: &mut Credited| {
            assert!(credit.net.minor >= 0 && credit.tax.minor >= 0, "{credit:?}");
            net += credit.net.minor;
            tax += credit.tax.minor;
            gross += credit.gross.minor;
            add(before, credit);
        };
        for (position, is_amount, size) in parts {
            let what = match is_amount {
                true => What::Net(Money::new(size, invoice.currency).to_string()),
                false => What::Quantity(Quantity::new(size % 5_000, 2).to_string()),
            };
            // What is too much is refused, and changes nothing.
            if let Ok(credit) = credit(&invoice, &before, Some(&[Asked { position, what }])) {
                sum(&credit, &mut before);
            }
        }
        if !before.is_whole(&invoice) {
            let rest = credit(&invoice, &before, None).expect("something is left");
            sum(&rest, &mut before);
        }
        prop_assert_eq!((net, tax, gross), (invoice.net.minor, invoice.tax.minor, invoice.gross.minor));
        for group in &invoice.taxes {
            let credited = before.taxes.get(&group.group.treatment).copied();
            prop_assert_eq!(credited.unwrap_or_default(), (group.group.base_minor, group.group.amount_minor));
        }
        let nothing = credit(&invoice, &before, None);
        prop_assert!(matches!(nothing, Err(Error::Conflict { code: Code::NothingToCredit, .. })), "{nothing:?}");
    }
}

#[test]
fn a_part_has_its_share_of_what_is_left() {
    let invoice = invoice(&[(300, 100, 210_000)]);
    let mut before = Credited::default();
    let third = || {
        [Asked {
            position: 1,
            what: What::Quantity("1".to_owned()),
        }]
    };
    for expected in [(33, 7), (34, 7), (33, 7)] {
        let credit = credit(&invoice, &before, Some(&third())).expect("something is left");
        assert_eq!((credit.net.minor, credit.tax.minor), expected);
        add(&mut before, &credit);
    }
    assert_eq!(number((2026, 42)), "CN-2026-000042");
}
