//! The articles: what an article and a sale unit are, and the files they make.

use super::assortments::{Assortments, own_cartons};
use super::sheet::{Sheet, decimal};
use super::{building, rigging, threaded, workshop};

/// What an article is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// Pieces.
    Piece,
    /// Kilograms, weighed to the gram.
    Kilogram,
    /// Metres, cut to the centimetre.
    Metre,
}

impl Base {
    /// The code of UN/ECE Recommendation 20.
    pub fn code(self) -> &'static str {
        match self {
            Self::Piece => "H87",
            Self::Kilogram => "KGM",
            Self::Metre => "MTR",
        }
    }

    /// One base step is 10^-decimals of the unit.
    pub fn decimals(self) -> u32 {
        match self {
            Self::Piece => 0,
            Self::Kilogram => 3,
            Self::Metre => 2,
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::Piece => "",
            Self::Kilogram => " kg",
            Self::Metre => " m",
        }
    }
}

/// A sale unit: a pack of `numerator / denominator` base units.
#[derive(Debug, Clone, Copy)]
pub struct Pack {
    /// The article's own key.
    pub unit: &'static str,
    /// Code of UN/ECE Recommendation 21 with its X.
    pub code: &'static str,
    /// What it is called.
    pub kind: &'static str,
    /// Base units in `denominator` packs.
    pub numerator: i64,
    /// One, but for packs that share a whole.
    pub denominator: i64,
    /// Packs are ordered in multiples of this, and at least as many.
    pub multiple: i64,
}

impl Pack {
    const fn whole(unit: &'static str, code: &'static str, kind: &'static str, content: i64) -> Self {
        Self {
            unit,
            code,
            kind,
            numerator: content,
            denominator: 1,
            multiple: 1,
        }
    }

    /// Whole base units in `packs` packs, rounded down.
    pub fn content_of(&self, packs: i64) -> i64 {
        self.numerator * packs / self.denominator
    }

    fn name(&self, base: Base) -> String {
        let content = if self.is_decimal() {
            self.content()
        } else {
            format!("{}/{}", self.numerator, self.denominator)
        };
        format!("{} of {content}{}", self.kind, base.sign())
    }

    /// The content where it is a plain decimal number.
    fn content(&self) -> String {
        decimal(self.numerator, self.denominator.ilog10())
    }

    fn is_decimal(&self) -> bool {
        10_i64.pow(self.denominator.ilog10()) == self.denominator
    }
}

pub const fn boxed(pieces: i64) -> Pack {
    Pack::whole("BOX", "XBX", "Box", pieces)
}

pub const fn carton(pieces: i64) -> Pack {
    Pack::whole("CTN", "XCT", "Carton", pieces)
}

pub const fn pallet(pieces: i64) -> Pack {
    Pack::whole("PAL", "XPX", "Pallet", pieces)
}

pub const fn bag(content: i64) -> Pack {
    Pack::whole("BAG", "XBG", "Bag", content)
}

pub const fn bundle(pieces: i64) -> Pack {
    Pack::whole("BDL", "XBE", "Bundle", pieces)
}

pub const fn coil(metres: i64) -> Pack {
    Pack::whole("COIL", "XCL", "Coil", metres)
}

pub const fn reel(content: i64) -> Pack {
    Pack::whole("REEL", "XRL", "Reel", content)
}

/// The keg of fifty pounds that merchants overseas still ask for.
pub const KEG_50_LB: Pack = Pack {
    denominator: 100,
    ..Pack::whole("KEG", "XKG", "Keg", 2268)
};

/// A third of a drum of 100 m: three of them make whole centimetres.
pub const THIRD_OF_A_DRUM: Pack = Pack {
    denominator: 3,
    multiple: 3,
    ..Pack::whole("COIL3", "XCL", "Coil", 100)
};

/// An article.
#[derive(Debug, Clone)]
pub struct Product {
    /// Article number.
    pub sku: String,
    /// What it is called.
    pub name: String,
    /// A sentence or two.
    pub description: String,
    /// What it is filed under.
    pub category: &'static str,
    /// What it is counted in.
    pub base: Base,
    /// UNCL5305.
    pub tax_category: &'static str,
    /// The only account that sees it.
    pub exclusive: Option<&'static str>,
    /// Days until it leaves when it is in stock.
    pub lead_time_days: i64,
    /// List price in euro cents of `price_base` base units.
    pub list_cents: i64,
    /// 1, 100 or 1000.
    pub price_base: i64,
    /// The smallest first.
    pub packs: Vec<Pack>,
}

impl Product {
    /// Euro cents of `quantity` base units at list price.
    pub fn value_cents(&self, quantity: i64) -> i64 {
        self.list_cents * quantity / self.price_base
    }

    /// The list price and price base of something that costs `micros` millionths of a euro each: small parts are
    /// priced by the hundred or thousand.
    pub fn quoted(micros: i64) -> (i64, i64) {
        let base = match micros {
            ..20_000 => 1000,
            20_000..1_000_000 => 100,
            _ => 1,
        };
        let cents = micros * base / 10_000;
        // As price lists are: to the ten cents from ten euro on.
        let step = if cents >= 1000 { 10 } else { 1 };
        ((cents / step * step).max(1), base)
    }
}

/// Articles that differ in size alone.
#[derive(Debug, Clone, Copy)]
pub struct Family {
    /// How their numbers begin.
    pub code: &'static str,
    /// What they are called, `{}` for the size.
    pub name: &'static str,
    /// What they are filed under.
    pub category: &'static str,
    /// A sentence or two.
    pub description: &'static str,
    /// What they are counted in.
    pub base: Base,
    /// Days until they leave when in stock.
    pub lead_time_days: i64,
    /// 1, 100 or 1000.
    pub price_base: i64,
    /// How they are packed, the smallest first.
    pub packs: &'static [Pack],
    /// Article number behind the code, size, list price in euro cents.
    pub sizes: &'static [(&'static str, &'static str, i64)],
}

impl Family {
    /// Its articles.
    pub fn products(&self) -> impl Iterator<Item = Product> {
        self.sizes.iter().map(|(number, size, list_cents)| Product {
            sku: format!("{}-{number}", self.code),
            name: self.name.replace("{}", size),
            description: self.description.to_owned(),
            category: self.category,
            base: self.base,
            tax_category: "S",
            exclusive: exclusive(self.code),
            lead_time_days: self.lead_time_days,
            list_cents: *list_cents,
            price_base: self.price_base,
            packs: self.packs.to_vec(),
        })
    }
}

/// Families made for one account.
fn exclusive(code: &str) -> Option<&'static str> {
    match code {
        "GBS" | "CWH" => Some("GLASOORD"),
        "RLE" => Some("ELBTOR"),
        "SGA" => Some("SAENTIS"),
        _ => None,
    }
}

/// All articles.
pub fn all() -> Vec<Product> {
    let mut products = threaded::products();
    products.extend(building::products());
    products.extend(rigging::products());
    products.extend(workshop::products());
    products
}

/// GS1's prefix for examples and the supplier's number under it.
const GTIN_PREFIX: &str = "9524018";

/// The GTIN-13 of the article number `index`.
fn gtin(index: usize) -> String {
    with_check_digit(format!("{GTIN_PREFIX}{:05}", 10_010 + index * 10))
}

/// The GTIN-14 of an article's pack: its level, then the article's digits.
fn pack_gtin(index: usize, level: usize) -> String {
    with_check_digit(format!("{level}{GTIN_PREFIX}{:05}", 10_010 + index * 10))
}

/// The digits with the check digit of GS1 behind them.
pub fn with_check_digit(digits: String) -> String {
    let weighted: u32 = digits
        .bytes()
        .rev()
        .zip([3, 1].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    format!("{digits}{}", (10 - weighted % 10) % 10)
}

/// `products.csv`.
pub fn products_sheet(products: &[Product]) -> Sheet {
    let columns = "sku,name,base_unit,decimals,tax_category,description,gtin,category,exclusive_account,lead_time_days";
    let mut sheet = Sheet::new("products.csv", columns);
    for (index, product) in products.iter().enumerate() {
        sheet.row([
            &product.sku,
            &product.name,
            product.base.code(),
            &product.base.decimals().to_string(),
            product.tax_category,
            &product.description,
            &gtin(index),
            product.category,
            product.exclusive.unwrap_or(""),
            &product.lead_time_days.to_string(),
        ]);
    }
    sheet
}

/// `units.csv`: everybody's packs, then those that accounts have of their own.
pub fn units_sheet(products: &[Product], assortments: &Assortments) -> Sheet {
    let columns = "sku,unit,name,base_quantity,numerator,denominator,unit_code,gtin,min_quantity,multiple,account";
    let mut sheet = Sheet::new("units.csv", columns);
    for (index, product) in products.iter().enumerate() {
        for (level, pack) in product.packs.iter().enumerate() {
            add_unit(&mut sheet, product, pack, &pack_gtin(index, level + 1), "");
        }
    }
    for (account, product, pack) in own_cartons(products, assortments) {
        add_unit(&mut sheet, product, &pack, "", account);
    }
    sheet
}

fn add_unit(sheet: &mut Sheet, product: &Product, pack: &Pack, gtin: &str, account: &str) {
    let (content, numerator, denominator) = if pack.is_decimal() {
        (pack.content(), String::new(), String::new())
    } else {
        (String::new(), pack.numerator.to_string(), pack.denominator.to_string())
    };
    let multiple = pack.multiple.to_string();
    sheet.row([
        &product.sku,
        pack.unit,
        &pack.name(product.base),
        &content,
        &numerator,
        &denominator,
        pack.code,
        gtin,
        &multiple,
        &multiple,
        account,
    ]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_parts_are_priced_by_the_hundred_or_thousand() {
        for (micros, expected) in [
            (8_360, (836, 1000)),
            (19_999, (1990, 1000)),
            (92_500, (925, 100)),
            (2_345_678, (234, 1)),
            (12_345_678, (1230, 1)),
            (1, (1, 1000)),
        ] {
            assert_eq!(Product::quoted(micros), expected, "{micros}");
        }
    }

    #[test]
    fn packs_say_what_is_in_them() {
        for (pack, base, name) in [
            (boxed(200), Base::Piece, "Box of 200"),
            (KEG_50_LB, Base::Kilogram, "Keg of 22.68 kg"),
            (THIRD_OF_A_DRUM, Base::Metre, "Coil of 100/3 m"),
        ] {
            assert_eq!(pack.name(base), name);
        }
        assert_eq!(THIRD_OF_A_DRUM.content_of(6), 200);
    }

    #[test]
    fn larger_packs_hold_more() {
        for product in all() {
            assert!((1..=3).contains(&product.packs.len()), "{}", product.sku);
            assert!(
                product.packs.is_sorted_by_key(|pack| pack.content_of(300)),
                "{}",
                product.sku
            );
        }
    }
}
