//! What becomes of lines, reservations and holds: tables and properties.

use proptest::prelude::*;

use super::*;
use crate::accounts::credit::rules::Use;
use crate::ids::StockId;
use crate::money::{Currency, Money, UnitPrice};
use crate::orders::changes::rules::reading::{self, Fault};
use crate::orders::rules::{Choices, OrderTexts, Wishes};
use crate::pricing::rules::{Explanation, Level};
use crate::quantity::Content;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn line(id: i64, [reserved, backordered, shipped, cancelled]: [i64; 4], price_micros: i64) -> OrderLine {
    let steps = reserved + backordered + shipped + cancelled;
    let currency = Currency::from_code("EUR").unwrap();
    let mut line = OrderLine {
        id: OrderLineId(id),
        position: i32::try_from(id).unwrap(),
        product_id: ProductId(id),
        sku: format!("S{id}"),
        customer_part_number: None,
        name: "Bolt".to_owned(),
        unit: "H87".to_owned(),
        unit_code: "H87".to_owned(),
        content: Content::ONE,
        quantity: OrderQuantity {
            ordered: Quantity::new(steps, 0),
            base_steps: steps,
        },
        base_unit: "H87".to_owned(),
        base_decimals: 0,
        unit_price: UnitPrice { micros: price_micros },
        price_unit: "H87".to_owned(),
        price_base: 1,
        net: Money::zero(currency),
        explanation: Explanation {
            level: Level::Base,
            price_list: "BASE".to_owned(),
            min_quantity: "1".to_owned(),
            unit_price: "1".to_owned(),
            price_unit: "H87".to_owned(),
            price_base: 1,
            list_price: None,
            valid_from: None,
            valid_to: None,
            next_break: None,
            asked_quantity: None,
            strategy: None,
            site: None,
            counted: None,
            reckoning: None,
        },
        tax_category: "S".to_owned(),
        tax_rate_ppm: Some(210_000),
        lead_time_days: 2,
        reserved,
        backordered,
        shipped,
        invoiced: 0,
        cancelled,
        promised_on: None,
        stock_promised_on: None,
        expected: Vec::new(),
        note: None,
        typed: None,
        choices: Choices::default(),
        own: Wishes::default(),
        instead: None,
    };
    line.net = line.net_between(0, steps).unwrap();
    line
}

pub fn order(state: OrderState, lines: Vec<OrderLine>) -> Order {
    let currency = Currency::from_code("EUR").unwrap();
    let at = day("2026-11-02").and_hms_opt(9, 0, 0).unwrap();
    Order {
        choices: Choices::default(),
        id: OrderId(1),
        account_id: AccountId(1),
        number: 1001,
        state,
        hold_reasons: Vec::new(),
        hold_note: None,
        po_number: "PO-1".to_owned(),
        order_class: OrderClass::Standard,
        site_id: crate::ids::SiteId(1),
        ship_to: "MAIN".to_owned(),
        currency,
        requested_on: None,
        texts: OrderTexts::default(),
        net: Money::zero(currency),
        tax: None,
        gross: None,
        line_count: i32::try_from(lines.len()).unwrap(),
        placed_by: None,
        placed_at: at,
        placed_on: day("2026-11-02"),
        queued_at: at,
        cancelled_at: None,
        cancel_reason: None,
        cancelled: Money::zero(currency),
        source: None,
        claim: None,
        revision: 1,
        version: 1,
        lines,
    }
}

fn quantity(steps: i64) -> OrderQuantity {
    OrderQuantity {
        ordered: Quantity::new(steps, 0),
        base_steps: steps,
    }
}

#[test]
fn who_changes_an_order_at_once_and_who_asks_follows_from_its_state() {
    use OrderState::{
        Accepted, Cancelled, Closed, Delivered, OnHold, PartlyShipped, PendingApproval, Placed, Rejected, Shipped,
    };
    for (states, account, staff) in [
        (&[PendingApproval, OnHold, Placed][..], Some(Way::Now), Some(Way::Now)),
        (&[Accepted, PartlyShipped], Some(Way::OnRequest), Some(Way::Now)),
        (&[Rejected, Shipped, Delivered, Closed, Cancelled], None, None),
    ] {
        for state in states {
            assert_eq!(way(*state, Side::Account), account, "{state:?}");
            assert_eq!(way(*state, Side::Supplier), staff, "{state:?}");
        }
    }
}

#[test]
fn what_waits_is_the_first_to_go_and_what_stays_keeps_its_price() {
    let today = day("2026-11-10");
    // Reserved, waiting, shipped and cancelled; the quantity it is to have; reserved and waiting then, and its net.
    for (parts, wanted, expected) in [
        ([40, 20, 0, 0], 60, Some((40, 20, 18_000))),
        ([40, 20, 0, 0], 50, Some((40, 10, 15_000))),
        ([40, 20, 0, 0], 30, Some((30, 0, 9_000))),
        ([40, 20, 0, 0], 75, Some((40, 35, 22_500))),
        ([40, 0, 20, 0], 45, Some((25, 0, 13_500))),
        ([10, 0, 20, 5], 26, Some((1, 0, 7_800))),
        ([10, 0, 20, 5], 25, Some((0, 0, 7_500))),
        ([10, 0, 20, 5], 24, None),
        ([40, 20, 0, 0], 0, Some((0, 0, 0))),
    ] {
        let after = resized(&line(1, parts, 3_000_000), quantity(wanted), today);
        let found = after.map(|line| (line.reserved, line.backordered, line.net.minor));
        assert_eq!(found, expected, "{parts:?} to {wanted}");
    }
}

#[test]
fn a_line_has_its_day_once_it_waits_for_nothing() {
    let today = day("2026-11-10");
    let promised = |parts, wanted| {
        resized(&line(1, parts, 1), quantity(wanted), today)
            .unwrap()
            .promised_on
    };
    assert_eq!(promised([40, 20, 0, 0], 40), Some(day("2026-11-12")));
    assert_eq!(promised([40, 20, 0, 0], 41), None);
    assert_eq!(promised([0, 20, 0, 0], 10), None);
}

#[test]
fn more_of_a_line_is_the_same_line_at_the_same_price_alone() {
    let own = line(1, [10, 0, 0, 0], 3_000_000);
    let mut that_day = line(2, [0, 25, 0, 0], 3_000_000);
    assert!(is_more_of(&own, &that_day));
    let part = part_of(&that_day, 15).unwrap();
    assert_eq!(
        (part.quantity.base_steps, part.backordered, part.net.minor),
        (15, 15, 4_500)
    );
    that_day.unit_price.micros = 2_900_000;
    assert!(!is_more_of(&own, &that_day));
    that_day.unit_price.micros = 3_000_000;
    that_day.tax_rate_ppm = Some(190_000);
    assert!(!is_more_of(&own, &that_day));
}

#[test]
fn an_order_is_held_for_what_it_costs_more_and_never_for_less() {
    use HoldReason::{CreditLimit, Manual, Overdue};
    let credit = |limit, others, was, is, orders_held| Credit {
        room: Room {
            own: Use { limit, used: others },
            group: None,
        },
        check: CreditCheck::Hold,
        was,
        is,
        orders_held,
    };
    let (placed, accepted, partly, held) = (
        OrderState::Placed,
        OrderState::Accepted,
        OrderState::PartlyShipped,
        OrderState::OnHold,
    );
    for (state, reasons, credit, expected) in [
        (placed, vec![], credit(Some(100), 50, 40, 50, false), Next::Stay(vec![])),
        (
            placed,
            vec![],
            credit(Some(100), 50, 40, 51, false),
            Next::Hold(vec![CreditLimit]),
        ),
        (
            accepted,
            vec![],
            credit(None, 50, 40, 51, true),
            Next::Hold(vec![Overdue]),
        ),
        (partly, vec![], credit(Some(100), 50, 40, 51, false), Next::Refuse),
        // The limit was lowered since: an order that costs less goes on.
        (placed, vec![], credit(Some(10), 50, 40, 30, true), Next::Stay(vec![])),
        (partly, vec![], credit(Some(10), 50, 40, 40, true), Next::Stay(vec![])),
        (
            held,
            vec![CreditLimit],
            credit(Some(100), 50, 60, 50, false),
            Next::Release,
        ),
        (
            held,
            vec![CreditLimit],
            credit(Some(100), 50, 60, 51, false),
            Next::Stay(vec![CreditLimit]),
        ),
        (
            held,
            vec![Manual],
            credit(Some(100), 50, 40, 51, false),
            Next::Stay(vec![CreditLimit, Manual]),
        ),
        (
            held,
            vec![Manual, CreditLimit],
            credit(Some(100), 50, 60, 40, false),
            Next::Stay(vec![Manual]),
        ),
        (
            held,
            vec![Overdue],
            credit(None, 0, 60, 40, true),
            Next::Stay(vec![Overdue]),
        ),
    ] {
        assert_eq!(
            credit.next(state, &reasons),
            expected,
            "{state:?} {reasons:?} {credit:?}"
        );
    }
}

#[test]
fn a_change_beyond_credit_is_what_the_account_has_set() {
    let credit = |check, group| Credit {
        room: Room {
            own: Use { limit: None, used: 50 },
            group: Some(Use { limit: group, used: 90 }),
        },
        check,
        was: 40,
        is: 51,
        orders_held: false,
    };
    for (check, group, expected) in [
        (CreditCheck::Off, Some(100), Next::Stay(vec![])),
        (CreditCheck::Warn, Some(100), Next::Stay(vec![])),
        (CreditCheck::Hold, Some(100), Next::Hold(vec![HoldReason::CreditLimit])),
        (CreditCheck::Hold, Some(141), Next::Stay(vec![])),
        (CreditCheck::Refuse, Some(140), Next::Refuse),
        (CreditCheck::Refuse, None, Next::Stay(vec![])),
    ] {
        assert_eq!(
            credit(check, group).next(OrderState::Placed, &[]),
            expected,
            "{check} {group:?}"
        );
    }
}

#[test]
fn all_faults_of_lines_come_at_once_and_nothing_that_left_is_changed() {
    let order = order(
        OrderState::PartlyShipped,
        vec![line(1, [5, 5, 0, 0], 1), line(2, [5, 0, 5, 0], 1)],
    );
    let set = |id: i64, quantity: &str| AskedLine::Set {
        line: Some(OrderLineId(id)),
        quantity: (!quantity.is_empty()).then(|| quantity.to_owned()),
    };
    let read = |lines: Vec<AskedLine>| {
        let request = Request {
            lines,
            ..Request::default()
        };
        reading::lines(&order, &request)
    };
    let (wanted, faults) = read(vec![set(1, "10"), set(2, "12"), AskedLine::Add(Added::default())]);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(wanted.added, [2]);
    let found: Vec<_> = wanted
        .set
        .iter()
        .map(|set| (set.index, set.quantity.base_steps))
        .collect();
    assert_eq!(found, [(1, 12)]);
    let (_, faults) = read(vec![set(3, "1"), set(1, "x"), set(1, "0"), set(2, "7.5")]);
    let places: Vec<_> = faults
        .iter()
        .map(|fault| match fault {
            Fault::Field(fault) => fault.pointer.as_str(),
            Fault::BelowLeft(..) => "below what has left",
            Fault::WaitsForLess(..) => "less waits",
        })
        .collect();
    assert_eq!(
        places,
        [
            "/lines/0/order_line_id",
            "/lines/1/quantity",
            "/lines/2/order_line_id",
            "/lines/3/quantity"
        ]
    );
    for lines in [vec![set(2, "4")], vec![set(2, "")]] {
        assert_eq!(read(lines).1, [Fault::BelowLeft(2, Quantity::new(5, 0))]);
    }
    let (wanted, faults) = read(vec![set(2, "5")]);
    assert_eq!((wanted.set.len(), faults.len()), (1, 0));
}

proptest! {
    #[test]
    fn no_line_loses_or_gains_a_piece(
        parts in proptest::array::uniform4(0_i64..50), wanted in 0_i64..200, taken in proptest::collection::vec(1_i64..20, 1..5),
    ) {
        let line = line(1, parts, 1_250_000);
        if let Some(after) = resized(&line, quantity(wanted), day("2026-11-10")) {
            let sum = after.reserved + after.backordered + after.shipped + after.cancelled;
            prop_assert_eq!(sum, wanted);
            prop_assert_eq!((after.shipped, after.cancelled), (line.shipped, line.cancelled));
            prop_assert!(after.reserved <= line.reserved && after.backordered >= 0);
            prop_assert_eq!(after.unit_price, line.unit_price);
        } else {
            prop_assert!(wanted < line.shipped + line.cancelled);
        }
        let takes: Vec<_> = (1..).zip(&taken).map(|(id, quantity)| Take { stock_id: StockId(id), quantity: *quantity }).collect();
        let all: i64 = taken.iter().sum();
        let back = give_back(&takes, wanted.min(all));
        prop_assert_eq!(back.iter().map(|take| take.quantity).sum::<i64>(), wanted.min(all));
        for take in back {
            let whole = takes.iter().find(|whole| whole.stock_id == take.stock_id).unwrap();
            prop_assert!(take.quantity <= whole.quantity);
        }
    }
}
