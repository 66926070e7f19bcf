//! Tests of the price rule.

mod at_random;
mod steps;

use proptest::prelude::*;

use super::counting::{Others, Totals};
use super::*;
use crate::catalogue::rules::{order_quantity, units_of};
use crate::ids::ProductId;
use crate::names::sets::ArticleState;
use crate::pricing::rules::discounts::{DiscountKind, DiscountMode};

struct World {
    article: Article,
    lists: Vec<PriceList>,
    rows: Vec<PriceRow>,
    deal: Deal,
    order_class: OrderClass,
}

fn pack(unit: &str, numerator: i64, denominator: i64) -> SaleUnit {
    SaleUnit {
        unit_code: unit.to_owned(),
        content: Content::new(numerator, denominator).expect("valid"),
        is_base: false,
        ..SaleUnit::base(unit, None)
    }
}

fn world(code: &str, decimals: u8, packs: Vec<SaleUnit>) -> World {
    let packs = packs.into_iter().map(|unit| (None, unit)).collect();
    let article = Article {
        product_id: ProductId(1),
        sku: "A".to_owned(),
        customer_part_number: None,
        name: "A".to_owned(),
        brand: None,
        private_label: false,
        description: None,
        category: None,
        tax_category: "S".to_owned(),
        lead_time_days: 0,
        base_unit: "H87".to_owned(),
        decimals,
        state: ArticleState::Active,
        orderable_from: None,
        price_on_request: false,
        units: units_of(SaleUnit::base("H87", None), packs),
    };
    World {
        article,
        lists: Vec::new(),
        rows: Vec::new(),
        deal: Deal {
            currency: Currency::from_code(code).expect("known"),
            strategy: PriceStrategy::FirstLevel,
            discounts: Vec::new(),
        },
        order_class: OrderClass::Standard,
    }
}

impl World {
    fn list(mut self, code: &str, level: Level, rank: i32) -> Self {
        let id = PriceListId(i64::try_from(self.lists.len()).expect("few"));
        self.lists.push(PriceList {
            id,
            code: code.to_owned(),
            level,
            rank,
            validity: Validity::default(),
            site: None,
            scale: Scale::Line,
            method: Method::AllUnits,
        });
        self
    }

    /// A row of the latest list.
    fn row(mut self, unit: &str, min_quantity: i64, price: &str, price_base: i32) -> Self {
        let price_list_id = self.lists.last().expect("a list").id;
        let price = UnitPrice::parse(price).expect("a price");
        let unit = unit.to_owned();
        self.rows.push(PriceRow {
            price_list_id,
            unit,
            min_quantity,
            price,
            price_base,
            validity: Validity::default(),
            price_group: None,
        });
        self
    }

    fn price(&self, unit: &str, quantity: &str) -> Result<Priced, LineFault> {
        self.price_beside(unit, quantity, Others::Nothing)
    }

    fn price_beside(&self, unit: &str, quantity: &str, others: Others<'_>) -> Result<Priced, LineFault> {
        let find = |row: &PriceRow| {
            self.lists
                .iter()
                .find(|list| list.id == row.price_list_id)
                .expect("its list")
        };
        let candidates: Vec<_> = self.rows.iter().map(|row| Candidate { list: find(row), row }).collect();
        let unit = self.article.unit(unit).expect("a unit");
        let quantity = order_quantity(&self.article, unit, quantity)?;
        price_line(
            Line {
                article: &self.article,
                unit,
                quantity,
            },
            &Offers {
                candidates,
                deal: &self.deal,
                order_class: self.order_class,
                others,
            },
        )
    }

    fn check(&self, unit: &str, quantity: &str, list: &str, net: i64) {
        let priced = self.price(unit, quantity).expect("a price");
        assert_eq!(
            (priced.explanation.price_list.as_str(), priced.net_minor),
            (list, net),
            "{quantity} {unit}"
        );
    }
}

#[test]
fn the_first_level_with_a_reached_break_wins_even_if_dearer() {
    let world = world("EUR", 0, vec![])
        .list("BASE", Level::Base, 100)
        .row("H87", 0, "5", 1)
        .list("TIER", Level::Tier, 100)
        .row("H87", 0, "6", 1)
        .list("CONTRACT", Level::Contract, 100)
        .row("H87", 100, "4", 1);
    world.check("H87", "99", "TIER", 59_400);
    world.check("H87", "100", "CONTRACT", 40_000);
}

#[test]
fn inside_a_level_rank_then_unit_then_break_then_start_then_code_decide() {
    let by_rank = world("EUR", 0, vec![pack("CT", 10, 1)])
        .list("B", Level::Account, 20)
        .row("CT", 50, "1", 1)
        .list("A", Level::Account, 10)
        .row("H87", 0, "9", 1);
    by_rank.check("CT", "10", "A", 90_000);

    let by_unit = world("EUR", 0, vec![pack("CT", 10, 1)])
        .list("L", Level::Account, 10)
        .row("H87", 50, "2", 1)
        .row("CT", 0, "30", 1);
    by_unit.check("CT", "10", "L", 30_000);
    by_unit.check("H87", "100", "L", 20_000);

    let by_break = world("EUR", 0, vec![])
        .list("L", Level::Base, 10)
        .row("H87", 0, "3", 1)
        .row("H87", 10, "2", 1)
        .row("H87", 11, "1", 1);
    by_break.check("H87", "10", "L", 2_000);

    let mut by_start = world("EUR", 0, vec![])
        .list("L", Level::Base, 10)
        .row("H87", 0, "3", 1)
        .row("H87", 0, "2", 1);
    by_start.rows[1].validity.from = "2020-01-01".parse().ok();
    by_start.check("H87", "1", "L", 200);

    let by_code = world("EUR", 0, vec![])
        .list("Y", Level::Base, 10)
        .row("H87", 0, "3", 1)
        .list("X", Level::Base, 10)
        .row("H87", 0, "2", 1);
    by_code.check("H87", "1", "X", 200);
}

#[test]
fn a_packs_price_serves_no_other_unit() {
    let world = world("EUR", 0, vec![pack("CT6", 6, 1), pack("CT12", 12, 1)])
        .list("L", Level::Base, 10)
        .row("CT12", 0, "10", 1);
    assert_eq!(world.price("CT6", "2").map_err(|fault| fault.code), Err(Code::NoPrice));
    assert_eq!(world.price("H87", "12").map_err(|fault| fault.code), Err(Code::NoPrice));
    world.check("CT12", "1", "L", 1_000);
}

#[test]
fn a_net_is_one_exact_expression_rounded_once() {
    let check = |code: &str, decimals, unit: SaleUnit, price_unit: &str, price: &str, base, quantity: &str, net| {
        let key = unit.unit.clone();
        let packs = if unit.is_base { vec![] } else { vec![unit] };
        let world = world(code, decimals, packs)
            .list("L", Level::Base, 1)
            .row(price_unit, 0, price, base);
        world.check(&key, quantity, "L", net);
    };
    let each = || SaleUnit::base("H87", None);
    check("EUR", 0, each(), "H87", "7.333", 100, "250", 1_833);
    check("EUR", 0, each(), "H87", "2.665", 1, "1", 267);
    check("JPY", 0, each(), "H87", "336.990125", 10, "24", 809);
    check("BHD", 0, each(), "H87", "0.0005", 1, "1", 1);
    check("EUR", 2, each(), "H87", "1.005", 1, "1.25", 126);
    check("EUR", 0, pack("ODD", 7, 3), "H87", "0.01", 1, "3", 7);
    check("EUR", 4, pack("MIL", 1, 400), "MIL", "0.004", 1, "2", 1);
    check("EUR", 4, pack("MIL", 1, 400), "H87", "1", 1000, "2000", 1);
}

#[test]
fn an_amount_beyond_all_bounds_is_refused() {
    let world = world("EUR", 0, vec![])
        .list("L", Level::Base, 1)
        .row("H87", 0, "999999999999", 1);
    assert_eq!(
        world.price("H87", "999999999999999999").map_err(|fault| fault.code),
        Err(Code::AmountTooLarge)
    );
}

#[test]
fn the_explanation_names_list_price_and_next_break() {
    let world = world("EUR", 0, vec![pack("CT", 12, 1)])
        .list("BASE", Level::Base, 100)
        .row("H87", 0, "3", 1)
        .list("C", Level::Contract, 100)
        .row("H87", 0, "280", 100)
        .row("H87", 40, "270", 100)
        .row("H87", 41, "275", 100);
    let priced = world.price("H87", "30").expect("a price");
    assert_eq!(priced.explanation.list_price.as_deref(), Some("300"));
    let next = priced.explanation.next_break.expect("a break");
    assert_eq!(
        (
            next.min_quantity.as_str(),
            next.unit_price.as_deref(),
            next.saves.as_str()
        ),
        ("40", Some("270"), "4.00")
    );

    // In cartons the next order is 4 cartons = 48 pieces, where 275 holds.
    let priced = world.price("CT", "3").expect("a price");
    assert_eq!(priced.pack_price.map(|p| p.to_string()).as_deref(), Some("33.6"));
    let next = priced.explanation.next_break.expect("a break");
    assert_eq!(
        (
            next.min_quantity.as_str(),
            next.unit_price.as_deref(),
            next.saves.as_str()
        ),
        ("48", Some("275"), "2.40")
    );

    assert_eq!(world.price("H87", "41").expect("a price").explanation.next_break, None);
}

#[test]
fn a_higher_level_that_is_dearer_is_no_break() {
    let world = world("EUR", 0, vec![])
        .list("BASE", Level::Base, 100)
        .row("H87", 0, "3", 1)
        .row("H87", 20, "2", 1)
        .list("C", Level::Contract, 100)
        .row("H87", 10, "5", 1);
    assert_eq!(world.price("H87", "1").expect("a price").explanation.next_break, None);
}

#[test]
fn figures_that_need_more_decimals_are_left_out() {
    let world = world("EUR", 0, vec![pack("ODD", 7, 3)])
        .list("BASE", Level::Base, 100)
        .row("ODD", 0, "1", 1)
        .list("C", Level::Contract, 100)
        .row("H87", 0, "0.1", 1);
    let priced = world.price("ODD", "3").expect("a price");
    assert_eq!((priced.explanation.list_price, priced.pack_price), (None, None));
}

proptest! {
    #[test]
    fn the_price_does_not_depend_on_the_order_of_rows(seed in 0_usize..24, quantity in 1_i64..200) {
        let rows = [("H87", 0, "5"), ("H87", 50, "4"), ("CT", 0, "44"), ("CT", 100, "41.5")];
        let build = |order: &[usize]| {
            order.iter().fold(world("EUR", 0, vec![pack("CT", 10, 1)]).list("L", Level::Base, 1), |w, i| {
                let (unit, min, price) = rows[*i];
                w.row(unit, min, price, 1)
            })
        };
        let mut order = vec![0, 1, 2, 3];
        order.rotate_left(seed % 4);
        order.swap(seed / 8, 3);
        let text = quantity.to_string();
        for unit in ["H87", "CT"] {
            prop_assert_eq!(build(&order).price(unit, &text), build(&[0, 1, 2, 3]).price(unit, &text));
        }
    }

    #[test]
    fn a_break_always_saves(quantity in 1_i64..300, low in 1_i64..1000, high in 1_i64..1000, threshold in 1_i64..300) {
        let world = world("EUR", 0, vec![pack("CT", 7, 1)])
            .list("L", Level::Base, 1)
            .row("H87", 0, &format!("{}.{:03}", high / 10, high), 1)
            .row("H87", threshold, &format!("{}.{:03}", low / 10, low), 1);
        for unit in ["H87", "CT"] {
            let priced = world.price(unit, &quantity.to_string()).expect("a price");
            if let Some(next) = priced.explanation.next_break {
                prop_assert!(!next.saves.starts_with('-'), "{next:?}");
                let more: i64 = next.min_quantity.parse().expect("whole");
                prop_assert!(more >= threshold && (unit == "H87" || more % 7 == 0));
            }
        }
    }
}

impl World {
    fn strategy(mut self, strategy: PriceStrategy) -> Self {
        self.deal.strategy = strategy;
        self
    }

    /// The latest list counts and reckons so.
    fn counting(mut self, scale: Scale, method: Method) -> Self {
        let list = self.lists.last_mut().expect("a list");
        (list.scale, list.method) = (scale, method);
        self
    }

    /// The latest row is of this price group.
    fn group(mut self, group: &str) -> Self {
        self.rows.last_mut().expect("a row").price_group = Some(group.to_owned());
        self
    }

    fn discount(mut self, kind: DiscountKind, mode: DiscountMode, value: i64) -> Self {
        let position = i32::try_from(self.deal.discounts.len()).expect("few");
        self.deal.discounts.push(Discount {
            code: format!("D{position}"),
            name: format!("Discount {position}"),
            position,
            kind,
            value,
            mode,
            category: None,
            order_class: None,
            validity: Validity::default(),
        });
        self
    }

    /// The net that the frozen explanation gives for a line of this quantity.
    fn derived(&self, priced: &Priced, unit: &str, quantity: &str) -> Option<i64> {
        let unit = self.article.unit(unit).expect("a unit");
        let quantity = order_quantity(&self.article, unit, quantity).expect("a quantity");
        let in_base = priced.price_unit == self.article.base_unit;
        let text = serde_json::to_string(&priced.explanation).expect("JSON");
        let frozen: Explanation = serde_json::from_str(&text).expect("the same");
        frozen.derived_net(
            quantity,
            (in_base, unit.content),
            self.article.decimals,
            self.deal.currency,
        )
    }
}
