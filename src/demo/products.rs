//! The articles: what an article and a sale unit are, and the files they make.

use serde::{Deserialize, Deserializer, de};

use super::assortments::{Assortments, own_cartons};
use super::sheet::{Sheet, decimal};

/// What an article is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Base {
    #[serde(rename = "H87")]
    Piece,
    /// Kilograms, weighed to the gram.
    #[serde(rename = "KGM")]
    Kilogram,
    /// Metres, cut to the centimetre.
    #[serde(rename = "MTR")]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// Key, code and name of the packs there are.
const PACKS: [(&str, &str, &str); 9] = [
    ("BOX", "XBX", "Box"),
    ("CTN", "XCT", "Carton"),
    ("PAL", "XPX", "Pallet"),
    ("BAG", "XBG", "Bag"),
    ("BDL", "XBE", "Bundle"),
    ("COIL", "XCL", "Coil"),
    ("COIL3", "XCL", "Coil"),
    ("REEL", "XRL", "Reel"),
    ("KEG", "XKG", "Keg"),
];

impl Pack {
    /// Reads `CTN 8000`, `COIL3 100/3`: a third of a drum, three of which make whole centimetres.
    fn parse(text: &str) -> Option<Self> {
        let (unit, content) = text.split_once(' ')?;
        let (unit, code, kind) = PACKS.into_iter().find(|(known, ..)| *known == unit)?;
        let (numerator, denominator) = content.split_once('/').unwrap_or((content, "1"));
        let denominator = denominator.parse().ok()?;
        Some(Self {
            unit,
            code,
            kind,
            numerator: numerator.parse().ok()?,
            denominator,
            multiple: if denominator == 3 { 3 } else { 1 },
        })
    }

    pub fn half(self) -> Self {
        Self {
            numerator: self.numerator / 2,
            ..self
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

/// An article.
#[derive(Debug, Clone, Deserialize)]
pub struct Product {
    /// Article number.
    pub sku: String,
    /// What it is called.
    pub name: String,
    /// A sentence or two.
    pub description: String,
    /// What it is filed under.
    pub category: String,
    /// What it is counted in.
    pub base: Base,
    /// UNCL5305.
    pub tax_category: String,
    /// The only account that sees it.
    pub exclusive: Option<String>,
    /// Days until it leaves when it is in stock.
    pub lead_time_days: i64,
    /// List price in euro cents of `price_base` base units.
    pub list_cents: i64,
    /// 1, 100 or 1000.
    pub price_base: i64,
    /// The smallest first.
    #[serde(deserialize_with = "packs")]
    pub packs: Vec<Pack>,
}

fn packs<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Pack>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let packs = text.split("; ").map(Pack::parse).collect::<Option<_>>();
    packs.ok_or_else(|| de::Error::custom(format!("unknown packs: {text}")))
}

impl Product {
    /// What a pack weighs with packing, in grams: a full pallet 640 kg, goods sold by weight a little more than themselves.
    fn grams(&self, pack: &Pack) -> Option<i64> {
        let pallet = self.packs.iter().find(|pack| pack.unit == "PAL");
        match (self.base, pallet) {
            (Base::Kilogram, _) => Some(pack.content_of(1_030)),
            (_, Some(pallet)) => Some((640_000 * pack.content_of(1) / pallet.content_of(1)).max(1)),
            _ => None,
        }
    }

    /// Packs in a layer of a pallet: a quarter of it, where that is whole.
    fn layer(&self, pack: &Pack) -> Option<i64> {
        let below = self
            .packs
            .iter()
            .rev()
            .find(|below| below.content_of(1) < pack.content_of(1));
        let held = pack.content_of(1) / below?.content_of(1).max(1);
        (pack.unit == "PAL" && held % 4 == 0).then_some(held / 4)
    }

    /// Euro cents of `quantity` base units at list price.
    pub fn value_cents(&self, quantity: i64) -> i64 {
        self.list_cents * quantity / self.price_base
    }
}

/// All articles, as they stand in `articles.csv`.
pub fn all() -> Vec<Product> {
    let mut articles = csv::Reader::from_reader(include_bytes!("articles.csv").as_slice());
    let articles = articles.deserialize().collect::<Result<_, _>>();
    articles.expect("a test reads the file, which is part of the program")
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
            &product.tax_category,
            &product.description,
            &gtin(index),
            &product.category,
            product.exclusive.as_deref().unwrap_or(""),
            &product.lead_time_days.to_string(),
        ]);
    }
    sheet
}

/// `substitutes.csv`: what is zinc plated may be had of stainless steel.
pub fn substitutes_sheet(products: &[Product]) -> Sheet {
    let mut sheet = Sheet::new("substitutes.csv", "sku,substitute,kind,ratio");
    for product in products {
        let stainless = product.sku.strip_suffix("-ZP").map(|stem| format!("{stem}-A2"));
        let stainless = stainless.filter(|sku| products.iter().any(|other| other.sku == *sku));
        if let Some(stainless) = stainless {
            sheet.row([product.sku.as_str(), stainless.as_str(), "alternative", "1"]);
        }
    }
    sheet
}

/// `units.csv`: everybody's packs, then those that accounts have of their own.
pub fn units_sheet(products: &[Product], assortments: &Assortments) -> Sheet {
    let columns = "sku,unit,name,base_quantity,numerator,denominator,unit_code,gtin,min_quantity,multiple,account,is_default,\
                   gross_weight_kg,layer";
    let mut sheet = Sheet::new("units.csv", columns);
    for (index, product) in products.iter().enumerate() {
        for (level, pack) in product.packs.iter().enumerate() {
            let is_default = if level == 0 { "true" } else { "" };
            add_unit(
                &mut sheet,
                product,
                pack,
                &pack_gtin(index, level + 1),
                ["", is_default],
            );
        }
    }
    for (account, product, pack) in own_cartons(products, assortments) {
        add_unit(&mut sheet, product, &pack, "", [account, ""]);
    }
    sheet
}

fn add_unit(sheet: &mut Sheet, product: &Product, pack: &Pack, gtin: &str, [account, is_default]: [&str; 2]) {
    let (content, numerator, denominator) = if pack.is_decimal() {
        (pack.content(), String::new(), String::new())
    } else {
        (String::new(), pack.numerator.to_string(), pack.denominator.to_string())
    };
    let multiple = pack.multiple.to_string();
    let grams = product.grams(pack);
    let layer = product.layer(pack);
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
        is_default,
        &grams.map_or_else(String::new, |grams| decimal(grams, 3)),
        &layer.map_or_else(String::new, |layer| layer.to_string()),
    ]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packs_say_what_is_in_them() {
        for (pack, base, name) in [
            ("BOX 200", Base::Piece, "Box of 200"),
            ("KEG 2268/100", Base::Kilogram, "Keg of 22.68 kg"),
            ("COIL3 100/3", Base::Metre, "Coil of 100/3 m"),
        ] {
            assert_eq!(Pack::parse(pack).expect("known").name(base), name);
        }
        assert_eq!(Pack::parse("COIL3 100/3").expect("known").content_of(6), 200);
        assert_eq!(Pack::parse("SACK 10"), None);
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
