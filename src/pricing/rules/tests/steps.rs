//! Which price wins, what reaches its break, what is taken off, and what is kept of that.

use super::*;

#[test]
fn the_lowest_net_wins_whichever_level_it_is_of() {
    let world = world("EUR", 0, vec![pack("CT", 10, 1)])
        .list("BASE", Level::Base, 100)
        .row("H87", 0, "5", 1)
        .row("CT", 0, "44", 1)
        .list("CONTRACT", Level::Contract, 100)
        .row("H87", 0, "4.5", 1)
        .strategy(PriceStrategy::LowestWins);
    world.check("H87", "10", "CONTRACT", 4_500);
    world.check("CT", "1", "BASE", 4_400);
    let priced = world.price("CT", "1").expect("a price");
    assert_eq!(priced.explanation.strategy, Some(PriceStrategy::LowestWins));
    let alike = super::world("EUR", 0, vec![])
        .list("BASE", Level::Base, 100)
        .row("H87", 0, "4", 1)
        .list("TIER", Level::Tier, 100)
        .row("H87", 0, "4", 1)
        .strategy(PriceStrategy::LowestWins);
    alike.check("H87", "1", "TIER", 400);
}

#[test]
fn what_is_priced_on_request_is_priced_by_what_was_agreed_alone() {
    let mut world = world("EUR", 0, vec![])
        .list("BASE", Level::Base, 100)
        .row("H87", 0, "5", 1)
        .list("ACCOUNT", Level::Account, 100)
        .row("H87", 10, "4", 1);
    world.article.price_on_request = true;
    assert_eq!(
        world.price("H87", "1").map_err(|fault| fault.code),
        Err(Code::PriceOnRequest)
    );
    world.check("H87", "10", "ACCOUNT", 4_000);
    assert_eq!(world.price("H87", "10").expect("a price").explanation.list_price, None);
}

#[test]
fn a_list_of_the_site_goes_first_in_its_level() {
    let mut world = world("EUR", 0, vec![])
        .list("EVERYWHERE", Level::Account, 1)
        .row("H87", 0, "4", 1)
        .list("THERE", Level::Account, 100)
        .row("H87", 0, "5", 1)
        .list("CONTRACT", Level::Contract, 100)
        .row("H87", 100, "3", 1);
    world.lists[1].site = Some((SiteId(1), "HH".to_owned()));
    world.check("H87", "1", "THERE", 500);
    assert_eq!(
        world.price("H87", "1").expect("a price").explanation.site.as_deref(),
        Some("HH")
    );
    world.check("H87", "100", "CONTRACT", 30_000);
}

#[test]
fn a_graduated_list_prices_each_band_for_itself() {
    let graduated = world("EUR", 0, vec![pack("CT", 10, 1)])
        .list("L", Level::Base, 1)
        .row("H87", 1, "10", 1)
        .row("H87", 100, "9", 1)
        .row("H87", 500, "8", 1)
        .counting(Scale::Line, Method::Graduated);
    graduated.check("H87", "99", "L", 99_000);
    graduated.check("H87", "100", "L", 99_900);
    graduated.check("H87", "520", "L", 475_800);
    graduated.check("CT", "52", "L", 475_800);
    let priced = graduated.price("H87", "520").expect("a price");
    let reckoning = priced.explanation.reckoning.clone().expect("bands");
    let bands: Vec<_> = reckoning
        .bands
        .iter()
        .map(|band| (band.quantity.as_str(), band.unit_price.as_str()))
        .collect();
    assert_eq!(bands, [("99", "10"), ("400", "9"), ("21", "8")]);
    assert_eq!(graduated.derived(&priced, "H87", "520"), Some(475_800));
    assert_eq!(graduated.derived(&priced, "H87", "260"), Some(237_900));
    // One more costs 8.00 instead of 9.00 only for that one.
    let next = graduated
        .price("H87", "499")
        .expect("a price")
        .explanation
        .next_break
        .expect("a break");
    assert_eq!((next.min_quantity.as_str(), next.saves.as_str()), ("500", "1.00"));
    let by_carton = world("EUR", 0, vec![pack("CT", 10, 1)])
        .list("L", Level::Base, 1)
        .row("CT", 0, "100", 1)
        .row("CT", 100, "90", 1)
        .counting(Scale::Line, Method::Graduated);
    // 99 pieces at 10.00, 21 at 9.00.
    by_carton.check("CT", "12", "L", 117_900);
}

#[test]
fn breaks_are_reached_by_all_lines_that_a_list_counts() {
    let world = world("EUR", 0, vec![])
        .list("L", Level::Base, 1)
        .row("H87", 0, "10", 1)
        .group("bolts")
        .row("H87", 100, "9", 1)
        .group("bolts");
    let price = |scale, totals: &Totals| {
        let lists: Vec<_> = world
            .lists
            .iter()
            .cloned()
            .map(|list| PriceList { scale, ..list })
            .collect();
        let own = World {
            article: world.article.clone(),
            lists,
            rows: world.rows.clone(),
            deal: world.deal.clone(),
            order_class: world.order_class,
        };
        own.price_beside("H87", "40", Others::Of(totals, 40)).expect("a price")
    };
    let find = |row: &PriceRow| {
        world
            .lists
            .iter()
            .find(|list| list.id == row.price_list_id)
            .expect("its list")
    };
    let candidates: Vec<_> = world
        .rows
        .iter()
        .map(|row| Candidate { list: find(row), row })
        .collect();
    let grouped: Vec<_> = world
        .lists
        .iter()
        .cloned()
        .map(|list| PriceList {
            scale: Scale::Group,
            ..list
        })
        .collect();
    let of_group: Vec<_> = world
        .rows
        .iter()
        .map(|row| Candidate { list: &grouped[0], row })
        .collect();
    let mut totals = Totals::default();
    totals.add(ProductId(1), &candidates, 40, 0);
    totals.add(ProductId(1), &candidates, 60, 0);
    assert_eq!(price(Scale::Line, &totals).net_minor, 40_000);
    let priced = price(Scale::Product, &totals);
    assert_eq!(priced.net_minor, 36_000);
    assert_eq!(
        priced.explanation.counted.map(|counted| counted.quantity).as_deref(),
        Some("100")
    );
    // Another article of the group, counted in hundredths.
    let mut totals = Totals::default();
    totals.add(ProductId(1), &of_group, 40, 0);
    totals.add(ProductId(2), &of_group, 6_000, 2);
    assert_eq!(price(Scale::Product, &totals).net_minor, 40_000);
    assert_eq!(price(Scale::Group, &totals).net_minor, 36_000);
}

#[test]
fn discounts_go_on_top_of_any_level_and_are_kept() {
    let world = world("EUR", 0, vec![])
        .list("C", Level::Contract, 1)
        .row("H87", 0, "10", 1)
        .discount(DiscountKind::Percent, DiscountMode::Compound, 100_000)
        .discount(DiscountKind::Percent, DiscountMode::Compound, 50_000);
    let priced = world.price("H87", "10").expect("a price");
    assert_eq!(
        (priced.net_minor, priced.unit_price.to_string().as_str()),
        (8_550, "10")
    );
    assert_eq!(world.derived(&priced, "H87", "10"), Some(8_550));
    assert_eq!(world.derived(&priced, "H87", "3"), Some(2_565));
    let mut forged = priced.clone();
    forged.explanation.reckoning.as_mut().expect("steps").net = "80.00".to_owned();
    assert_eq!(world.derived(&forged, "H87", "10"), None);
    let steps = priced
        .explanation
        .steps_of_part((0, 3), 0, world.deal.currency)
        .expect("steps");
    assert_eq!(
        (steps.gross_minor, steps.amounts(world.deal.currency)),
        (3_000, Some(vec![-300, -135]))
    );
    let third = steps.of_part((1, 3), 855, world.deal.currency).expect("steps");
    assert_eq!(
        (third.gross_minor, third.amounts(world.deal.currency)),
        (1_000, Some(vec![-100, -45]))
    );
}

#[test]
fn discounts_of_a_category_or_a_class_are_for_those_alone() {
    let mut world = world("EUR", 0, vec![])
        .list("L", Level::Base, 1)
        .row("H87", 0, "10", 1)
        .discount(DiscountKind::Percent, DiscountMode::Compound, 100_000)
        .discount(DiscountKind::Percent, DiscountMode::Compound, 100_000);
    world.deal.discounts[0].category = Some("Bolts".to_owned());
    world.deal.discounts[1].order_class = Some(OrderClass::Priority);
    world.check("H87", "1", "L", 1_000);
    world.order_class = OrderClass::Priority;
    world.check("H87", "1", "L", 900);
    world.article.category = Some("Bolts".to_owned());
    world.check("H87", "1", "L", 810);
}
