//! What a good line would get: how much when, and what a little more would save.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::NaiveDate;

use crate::money::UnitPrice;
use crate::orders::rules::OrderLine;
use crate::orders::rules::order::PromiseKind;
use crate::quantity::{Decimal, Quantity, steps_per_unit};

/// What is promised of a line; quantities are ordered units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Supply {
    /// Nothing is promised while the order would be on hold.
    Held,
    /// All of it on a day.
    Whole(Option<NaiveDate>),
    /// Some of it on a day, some of what is expected; the rest waits for stock.
    Part {
        /// What comes of stock.
        now: Quantity,
        on: Option<NaiveDate>,
        /// What comes of what is expected.
        expected: Vec<(NaiveDate, Quantity)>,
        /// What waits and has no day.
        later: Quantity,
    },
    /// All of it waits for stock.
    Waiting,
}

/// What is promised of a line of an order that would be placed now.
pub fn supply(line: &OrderLine, is_served: bool) -> Supply {
    let expected = line
        .promises()
        .into_iter()
        .filter(|promise| promise.kind == PromiseKind::Expected);
    let expected: Vec<_> = expected.collect();
    let covered: i64 = expected.iter().map(|promise| promise.quantity).sum();
    // Of what leaves whole nothing comes before all of it does.
    let now = match line.leaves_whole() {
        true => 0,
        false => line.reserved,
    };
    match (is_served, now, line.to_leave() - now) {
        (false, ..) => Supply::Held,
        (true, ..) if line.backordered == 0 => Supply::Whole(line.promised_on),
        (true, 0, _) if covered == 0 => Supply::Waiting,
        (true, now, later) => Supply::Part {
            now: line.part(now).ordered,
            on: line.stock_promised_on.filter(|_| now > 0),
            expected: expected
                .iter()
                .map(|promise| (promise.on, line.part(promise.quantity).ordered))
                .collect(),
            later: line.part(later - covered).ordered,
        },
    }
}

/// The next quantity that costs less per base unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// How many ordered units more.
    pub more: Quantity,
    /// How many that makes.
    pub total: Quantity,
    /// The price then, for what the line's price is for; none if it needs more than six decimals.
    pub unit_price: Option<UnitPrice>,
    /// What that saves, as an amount without its currency.
    pub saves: String,
}

/// The next break of a line, in its own unit.
pub fn next_break(line: &OrderLine) -> Option<Break> {
    let next = line.explanation.next_break.as_ref()?;
    let steps = Decimal::parse(&next.min_quantity)
        .ok()?
        .scaled(line.base_decimals)
        .ok()?;
    let ordered = line.quantity.ordered;
    let total = if line.unit == line.base_unit {
        steps
    } else {
        let per_pack = i128::from(line.content.numerator()) * i128::from(steps_per_unit(line.base_decimals));
        let packs = i128::from(steps).checked_mul(i128::from(line.content.denominator()))?;
        (packs % per_pack == 0).then(|| i64::try_from(packs / per_pack).ok())??
    };
    Some(Break {
        more: Quantity::new(total.checked_sub(ordered.steps)?, ordered.decimals),
        total: Quantity::new(total, ordered.decimals),
        unit_price: next
            .unit_price
            .as_deref()
            .and_then(|price| UnitPrice::parse(price).ok()),
        saves: next.saves.clone(),
    })
}

/// What one ordered unit costs where the price is kept for something else; none if that needs more than six decimals.
pub fn pack_price(line: &OrderLine) -> Option<UnitPrice> {
    if line.price_unit == line.unit && line.price_base == 1 {
        return None;
    }
    let content = if line.price_unit == line.unit {
        crate::quantity::Content::ONE
    } else {
        line.content
    };
    let micros = i128::from(line.unit_price.micros).checked_mul(i128::from(content.numerator()))?;
    let base = i128::from(content.denominator()) * i128::from(line.price_base);
    (micros % base == 0)
        .then(|| i64::try_from(micros / base).ok())?
        .map(|micros| UnitPrice { micros })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::rules::OrderQuantity;
    use crate::ids::{ExpectedReceiptId, OrderLineId, ProductId};
    use crate::money::{Currency, Money};
    use crate::orders::rules::order::ExpectedPart;
    use crate::orders::rules::{Choices, DeliveryChoice, Wishes};
    use crate::pricing::rules::{Explanation, Level, NextBreak};
    use crate::quantity::Content;

    fn on() -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(2026, 12, 3)
    }

    /// 16 cartons of 500 at 2.61 for 100 pieces.
    fn line(reserved: i64, next_break: Option<NextBreak>) -> OrderLine {
        OrderLine {
            id: OrderLineId(1),
            position: 1,
            product_id: ProductId(1),
            sku: "A".to_owned(),
            customer_part_number: None,
            name: "A".to_owned(),
            unit: "CT".to_owned(),
            unit_code: "XCT".to_owned(),
            content: Content::new(500, 1).expect("valid"),
            quantity: OrderQuantity {
                ordered: Quantity::new(16, 0),
                base_steps: 8_000,
            },
            base_unit: "H87".to_owned(),
            base_decimals: 0,
            unit_price: UnitPrice { micros: 2_610_000 },
            price_unit: "H87".to_owned(),
            price_base: 100,
            net: Money::new(20_880, Currency::from_code("EUR").expect("known")),
            explanation: Explanation {
                level: Level::Contract,
                price_list: "C".to_owned(),
                min_quantity: "1".to_owned(),
                unit_price: "2.61".to_owned(),
                price_unit: "H87".to_owned(),
                price_base: 100,
                list_price: None,
                valid_from: None,
                valid_to: None,
                next_break,
                asked_quantity: None,
                strategy: None,
                site: None,
                counted: None,
                reckoning: None,
            },
            tax_category: "S".to_owned(),
            tax_rate_ppm: None,
            lead_time_days: 3,
            reserved,
            backordered: 8_000 - reserved,
            shipped: 0,
            invoiced: 0,
            cancelled: 0,
            promised_on: on().filter(|_| reserved == 8_000),
            stock_promised_on: on().filter(|_| reserved > 0),
            expected: Vec::new(),
            note: None,
            typed: None,
            choices: Choices::default(),
            own: Wishes::default(),
            instead: None,
        }
    }

    #[test]
    fn what_comes_when_is_told_in_ordered_units() {
        assert_eq!(supply(&line(8_000, None), true), Supply::Whole(on()));
        assert_eq!(supply(&line(0, None), true), Supply::Waiting);
        assert_eq!(supply(&line(8_000, None), false), Supply::Held);
        let part = |expected, later| Supply::Part {
            now: Quantity::new(6, 0),
            on: on(),
            expected,
            later: Quantity::new(later, 0),
        };
        assert_eq!(supply(&line(3_000, None), true), part(Vec::new(), 10));
        let day = NaiveDate::from_ymd_opt(2026, 12, 12).expect("a day");
        let mut expecting = line(3_000, None);
        expecting.expected = [1_000, 1_500]
            .map(|quantity| ExpectedPart {
                expected_receipt_id: ExpectedReceiptId(quantity),
                quantity,
                promised_on: day,
            })
            .to_vec();
        let expected = vec![(day, Quantity::new(5, 0))];
        assert_eq!(supply(&expecting, true), part(expected, 5));
        // What leaves whole comes on one day or waits.
        let mut whole = line(3_000, None);
        whole.choices.delivery = DeliveryChoice::Complete;
        assert_eq!(supply(&whole, true), Supply::Waiting);
        whole.promised_on = Some(day);
        let all = Supply::Part {
            now: Quantity::new(0, 0),
            on: None,
            expected: vec![(day, Quantity::new(16, 0))],
            later: Quantity::new(0, 0),
        };
        assert_eq!(supply(&whole, true), all);
    }

    #[test]
    fn the_next_break_is_told_in_ordered_units() {
        let next = NextBreak {
            min_quantity: "10000".to_owned(),
            unit_price: Some("2.55".to_owned()),
            saves: "6.00".to_owned(),
        };
        let found = next_break(&line(0, Some(next))).expect("there is one");
        assert_eq!((found.more, found.total), (Quantity::new(4, 0), Quantity::new(20, 0)));
        assert_eq!(next_break(&line(0, None)), None);
    }

    #[test]
    fn a_pack_has_its_price_beside_the_base_price() {
        assert_eq!(pack_price(&line(0, None)), Some(UnitPrice { micros: 13_050_000 }));
        let mut own = line(0, None);
        (own.price_unit, own.price_base) = ("CT".to_owned(), 1);
        assert_eq!(pack_price(&own), None);
    }
}
