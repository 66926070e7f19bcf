//! What lies in the two warehouses: plenty of most articles, little of some, nothing of a few.

use super::products::{Base, Product};
use super::sequence::Sequence;
use super::sheet::{Sheet, decimal};

/// Where goods come in.
pub(super) const MAIN: &str = "NIJMEGEN";
const SECOND: &str = "VENLO";

/// `stock.csv`.
pub(super) fn sheet(products: &[Product]) -> Sheet {
    let mut sheet = Sheet::new("stock.csv", "warehouse,sku,on_hand,location");
    let mut sequence = Sequence::new(11);
    for (index, product) in products.iter().enumerate() {
        for (warehouse, quantity) in counted(index, product, &mut sequence) {
            // Aisle, rack and level.
            let location = format!("{:02}-{:02}-{}", index / 40 + 1, index % 40 + 1, index % 4 + 1);
            sheet.row([warehouse, &product.sku, &quantity, &location]);
        }
    }
    sheet
}

fn is_gone(index: usize) -> bool {
    index % 37 == 11
}

fn is_scarce(index: usize) -> bool {
    index % 13 == 5
}

/// What there is too little of.
pub(super) fn short(products: &[Product]) -> impl Iterator<Item = &Product> {
    let is_short = |index: usize| is_gone(index) || is_scarce(index);
    products
        .iter()
        .enumerate()
        .filter(move |(index, _)| is_short(*index))
        .map(|(_, product)| product)
}

fn counted(index: usize, product: &Product, sequence: &mut Sequence) -> Vec<(&'static str, String)> {
    let pack = product.packs.first().map_or(1, |pack| pack.content_of(pack.multiple));
    // Some thousand euros' worth, in whole packs.
    let worth_cents = sequence.between(250_000, 900_000);
    let packs = (worth_cents / product.value_cents(pack).max(1)).max(2);
    let plenty = |percent: i64| decimal_quantity(product, (packs * percent / 100).max(1) * pack, sequence.clone());
    if is_gone(index) {
        vec![(MAIN, "0".to_owned())]
    } else if is_scarce(index) {
        vec![(MAIN, decimal_quantity(product, pack * 2, sequence.clone()))]
    } else if index.is_multiple_of(3) {
        vec![(MAIN, plenty(100))]
    } else {
        vec![(MAIN, plenty(65)), (SECOND, plenty(35))]
    }
}

/// Goods that are weighed or cut leave odd ends.
fn decimal_quantity(product: &Product, whole: i64, mut sequence: Sequence) -> String {
    let step = 10_i64.pow(product.base.decimals());
    let rest = match product.base {
        Base::Piece => 0,
        Base::Kilogram => sequence.between(0, 39) * 25,
        Base::Metre => sequence.between(0, 19) * 5,
    };
    decimal(whole * step + rest, product.base.decimals())
}
