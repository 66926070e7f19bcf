//! All prices of an article in one of its units: from how many on it costs what.

use super::choosing::{Offers, basis, restate, winner};
use super::{Candidate, shown_quantity};
use crate::catalogue::rules::{Article, OrderQuantity, SaleUnit, smallest_order};
use crate::money::UnitPrice;
use crate::quantity::Quantity;

/// A step of the prices of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rung<'a> {
    /// The smallest order that gets this price.
    pub from: OrderQuantity,
    /// For `price_base` × `price_unit`.
    pub unit_price: UnitPrice,
    /// The unit the price is kept for.
    pub price_unit: &'a str,
    /// How many of the unit the price buys.
    pub price_base: i32,
    /// One ordered unit; none if that needs more than six decimals.
    pub pack_price: Option<UnitPrice>,
}

/// The prices of `article` in `unit`, the smallest order first. Orders that no row prices have no rung.
pub fn ladder<'a>(article: &Article, unit: &SaleUnit, offers: &Offers<'a>) -> Vec<Rung<'a>> {
    let Some(first) = shown_quantity(article, unit) else {
        return Vec::new();
    };
    let mut thresholds = offers.thresholds(article, unit, first.base_steps);
    thresholds.insert(0, first.base_steps);
    let before = Quantity::new(first.ordered.steps.saturating_sub(1), first.ordered.decimals);
    let mut rungs: Vec<(Candidate<'a>, Rung<'a>)> = Vec::new();
    for threshold in thresholds {
        let Some(from) = smallest_order(unit, article.decimals, threshold, before) else {
            continue;
        };
        let Some(won) = winner(offers, article, unit, from.base_steps) else {
            continue;
        };
        if let Some((last, rung)) = rungs.last()
            && (last.row == won.row || rung.from == from)
        {
            continue;
        }
        let rung = Rung {
            from,
            unit_price: won.row.price,
            price_unit: &won.row.unit,
            price_base: won.row.price_base,
            pack_price: restate(won.row.price, basis(won.row, article, unit), (1, unit.content)),
        };
        rungs.push((won, rung));
    }
    rungs.into_iter().map(|(_, rung)| rung).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::rules::units_of;
    use crate::ids::{PriceListId, ProductId};
    use crate::money::Currency;
    use crate::names::sets::ArticleState;
    use crate::names::sets::{OrderClass, PriceStrategy};
    use crate::pricing::rules::counting::Others;
    use crate::pricing::rules::{Deal, Level, Method, PriceList, PriceRow, Scale, Validity};
    use crate::quantity::Content;

    fn list(id: i64, level: Level) -> PriceList {
        PriceList {
            id: PriceListId(id),
            code: format!("L{id}"),
            level,
            rank: 100,
            validity: Validity::default(),
            site: None,
            scale: Scale::Line,
            method: Method::AllUnits,
        }
    }

    fn row(list: &PriceList, unit: &str, min_quantity: i64, micros: i64, price_base: i32) -> PriceRow {
        PriceRow {
            price_list_id: list.id,
            unit: unit.to_owned(),
            min_quantity,
            price: UnitPrice { micros },
            price_base,
            validity: Validity::default(),
            price_group: None,
        }
    }

    fn deal() -> Deal {
        Deal {
            currency: Currency::from_code("EUR").expect("known"),
            strategy: PriceStrategy::FirstLevel,
            discounts: Vec::new(),
        }
    }

    fn offers<'a>(candidates: Vec<Candidate<'a>>, deal: &'a Deal) -> Offers<'a> {
        Offers {
            candidates,
            deal,
            order_class: OrderClass::Standard,
            others: Others::Nothing,
        }
    }

    fn article() -> Article {
        let mut pack = SaleUnit::base("CT", None);
        pack.content = Content::new(500, 1).expect("valid");
        pack.is_base = false;
        pack.min_quantity = 2;
        pack.multiple = 2;
        Article {
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
            decimals: 0,
            state: ArticleState::Active,
            orderable_from: None,
            price_on_request: false,
            units: units_of(SaleUnit::base("H87", None), vec![(None, pack)]),
        }
    }

    #[test]
    fn each_price_begins_with_the_smallest_order_that_gets_it() {
        let (base, contract) = (list(1, Level::Base), list(2, Level::Contract));
        let rows = [
            row(&base, "H87", 1, 3_000_000, 100),
            row(&base, "H87", 4_000, 2_800_000, 100),
            row(&contract, "H87", 5_200, 2_500_000, 100),
            row(&base, "H87", 9_000, 2_700_000, 100),
        ];
        let lists = [&base, &base, &contract, &base];
        let candidates: Vec<_> = rows
            .iter()
            .zip(lists)
            .map(|(row, list)| Candidate { list, row })
            .collect();
        let (article, deal) = (article(), deal());
        let offers = offers(candidates, &deal);
        let check = |unit: &str, expected: &[(i64, i64, Option<i64>)]| {
            let found = ladder(&article, article.unit(unit).expect("known"), &offers);
            let found: Vec<_> = found
                .iter()
                .map(|rung| {
                    (
                        rung.from.ordered.steps,
                        rung.unit_price.micros,
                        rung.pack_price.map(|p| p.micros),
                    )
                })
                .collect();
            assert_eq!(found, expected, "{unit}");
        };
        // The contract holds from 5,200 on, so the list's break at 9,000 is never reached.
        check(
            "H87",
            &[
                (1, 3_000_000, Some(30_000)),
                (4_000, 2_800_000, Some(28_000)),
                (5_200, 2_500_000, Some(25_000)),
            ],
        );
        check(
            "CT",
            &[
                (2, 3_000_000, Some(15_000_000)),
                (8, 2_800_000, Some(14_000_000)),
                (12, 2_500_000, Some(12_500_000)),
            ],
        );
    }

    #[test]
    fn what_has_no_price_has_no_rung() {
        let base = list(1, Level::Base);
        let rows = [row(&base, "H87", 100, 3_000_000, 100)];
        let candidates: Vec<_> = rows.iter().map(|row| Candidate { list: &base, row }).collect();
        let (article, deal) = (article(), deal());
        let pieces = article.unit("H87").expect("known");
        assert_eq!(ladder(&article, pieces, &offers(Vec::new(), &deal)), []);
        let found: Vec<_> = ladder(&article, pieces, &offers(candidates, &deal))
            .iter()
            .map(|rung| rung.from.base_steps)
            .collect();
        assert_eq!(found, [100]);
    }
}
