//! What holds whatever rows, lists and discounts there are.

use super::*;

/// Rows of four lists: level, rank, unit, break, price in thousandths, price base.
type Rows = Vec<(usize, usize, i64, i64, usize)>;

fn of_rows(rows: &Rows, methods: [Method; 4], order: &[usize]) -> World {
    let levels = [Level::Contract, Level::Account, Level::Tier, Level::Base];
    let mut world = world("EUR", 0, vec![pack("CT", 10, 1)]);
    for (place, level) in levels.into_iter().enumerate() {
        world = world
            .list(&format!("L{place}"), level, 100)
            .counting(Scale::Line, methods[place]);
    }
    for place in order {
        let (list, unit, min, price, base) = rows[*place];
        world.rows.push(PriceRow {
            price_list_id: PriceListId(i64::try_from(list).expect("few")),
            unit: ["H87", "CT"][unit].to_owned(),
            min_quantity: min,
            price: UnitPrice { micros: price * 1_000 },
            price_base: PRICE_BASES[base],
            validity: Validity::default(),
            price_group: None,
        });
    }
    world
}

/// Rows without two of the same key, as the database keeps them.
fn rows() -> impl Strategy<Value = Rows> {
    let row = (0_usize..4, 0_usize..2, 0_i64..200, 1_i64..100_000, 0_usize..3);
    prop::collection::vec(row, 1..12).prop_map(|mut rows| {
        rows.sort_unstable();
        rows.dedup_by_key(|(list, unit, min, ..)| (*list, *unit, *min));
        rows
    })
}

fn methods() -> impl Strategy<Value = [Method; 4]> {
    let method = prop_oneof![Just(Method::AllUnits), Just(Method::Graduated)];
    prop::array::uniform4(method)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn the_order_of_rows_never_matters(
        (rows, order) in rows().prop_flat_map(|rows| {
            let order: Vec<usize> = (0..rows.len()).collect();
            (Just(rows), Just(order).prop_shuffle())
        }),
        methods in methods(),
        quantity in 1_i64..300,
        is_lowest in any::<bool>(),
    ) {
        let strategy = [PriceStrategy::FirstLevel, PriceStrategy::LowestWins][usize::from(is_lowest)];
        let straight: Vec<usize> = (0..rows.len()).collect();
        let text = quantity.to_string();
        for unit in ["H87", "CT"] {
            let one = of_rows(&rows, methods, &straight).strategy(strategy).price(unit, &text);
            let other = of_rows(&rows, methods, &order).strategy(strategy).price(unit, &text);
            prop_assert_eq!(one, other);
        }
    }

    #[test]
    fn the_lowest_never_exceeds_the_first_level(
        rows in rows(), methods in methods(), quantity in 1_i64..300,
        discounts in prop::collection::vec((any::<bool>(), any::<bool>(), 1_i64..1_000_000), 0..4),
    ) {
        let order: Vec<usize> = (0..rows.len()).collect();
        let build = |strategy| {
            discounts.iter().fold(of_rows(&rows, methods, &order).strategy(strategy), |world, (is_amount, adds, value)| {
                let kind = [DiscountKind::Percent, DiscountKind::Amount][usize::from(*is_amount)];
                world.discount(kind, [DiscountMode::Compound, DiscountMode::Additive][usize::from(*adds)], *value)
            })
        };
        for unit in ["H87", "CT"] {
            let first = build(PriceStrategy::FirstLevel).price(unit, &quantity.to_string());
            let lowest = build(PriceStrategy::LowestWins).price(unit, &quantity.to_string());
            match (first, lowest) {
                (Ok(first), Ok(lowest)) => prop_assert!(lowest.net_minor <= first.net_minor),
                (first, lowest) => prop_assert_eq!(first.is_err(), lowest.is_err()),
            }
        }
    }

    #[test]
    fn a_graduated_total_never_falls(rows in rows(), quantity in 1_i64..400, more in 1_i64..50) {
        let own: Rows = rows.iter().map(|(_, unit, min, price, base)| (3, *unit, *min, *price, *base)).collect();
        let mut own: Rows = own;
        own.sort_unstable();
        own.dedup_by_key(|(_, unit, min, ..)| (*unit, *min));
        let order: Vec<usize> = (0..own.len()).collect();
        // A line of pieces is never priced by the carton, so that one unit's breaks count.
        let world = of_rows(&own, [Method::Graduated; 4], &order);
        let (few, many) = (world.price("H87", &quantity.to_string()), world.price("H87", &(quantity + more).to_string()));
        if let (Ok(few), Ok(many)) = (few, many) {
            prop_assert!(few.net_minor <= many.net_minor, "{few:?} {many:?}");
        }
    }

    #[test]
    fn with_one_tier_graduated_equals_all_units(unit in 0_usize..2, price in 1_i64..1_000_000, base in 0_usize..4, quantity in 1_i64..1_000) {
        let rows = vec![(3, unit, 0, price, base)];
        let net = |method| {
            let world = of_rows(&rows, [method; 4], &[0]);
            world.price("CT", &quantity.to_string()).expect("a price").net_minor
        };
        prop_assert_eq!(net(Method::AllUnits), net(Method::Graduated));
    }

    #[test]
    fn a_frozen_net_derives_again_and_its_parts_sum(
        rows in rows(), methods in methods(), quantity in 2_i64..300,
        discounts in prop::collection::vec((any::<bool>(), any::<bool>(), 1_i64..1_000_000), 0..5),
        cut in 1_i64..299,
    ) {
        let order: Vec<usize> = (0..rows.len()).collect();
        let world = discounts.iter().fold(of_rows(&rows, methods, &order), |world, (is_amount, adds, value)| {
            let kind = [DiscountKind::Percent, DiscountKind::Amount][usize::from(*is_amount)];
            world.discount(kind, [DiscountMode::Compound, DiscountMode::Additive][usize::from(*adds)], *value)
        });
        if let Ok(priced) = world.price("H87", &quantity.to_string()) {
            prop_assert_eq!(world.derived(&priced, "H87", &quantity.to_string()), Some(priced.net_minor));
            let cut = cut.min(quantity);
            let part = |from, to| match priced.explanation.steps_of_part((from, to), 0, world.deal.currency) {
                Some(steps) => steps.net_minor(world.deal.currency).expect("held"),
                None => 0,
            };
            prop_assert_eq!(part(0, cut) + part(cut, quantity), part(0, quantity));
            if priced.explanation.reckoning.is_some() {
                prop_assert_eq!(part(0, quantity), priced.net_minor);
            }
        }
    }
}
