//! Which of an article's units somebody means.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use crate::catalogue::rules::{Article, SaleUnit};
use crate::keys;
use crate::names::names;

names! {
    /// Why a line that named no unit has the one it has.
    pub enum UnitOrigin as DraftUnitOrigin {
        /// The account ordered the article in it last.
        LastOrdered = "last_ordered",
        /// The supplier sells the article in it.
        Default = "default",
        /// Nothing else is known.
        Base = "base",
    }
}

/// What people write for single pieces.
const PIECES: &[&str] = &[
    "pc", "pcs", "piece", "pieces", "ea", "each", "unit", "units", "st", "stk", "stck", "stück", "stueck",
];
/// UN/ECE codes of single pieces.
const PIECE_CODES: &[&str] = &["H87", "EA", "C62"];

/// The unit that `typed` means; none where it means none or several. `names` are what people call a unit in their
/// languages.
pub fn choose<'a>(article: &'a Article, typed: &str, names: impl Fn(&SaleUnit) -> Vec<String>) -> Option<&'a SaleUnit> {
    let typed = folded(typed);
    let only = |fits: &dyn Fn(&SaleUnit) -> bool| {
        let mut found = article.units.iter().filter(|unit| fits(unit));
        found.next().filter(|_| found.next().is_none())
    };
    only(&|unit| folded(&unit.unit) == typed)
        .or_else(|| only(&|unit| folded(&unit.name) == typed))
        .or_else(|| only(&|unit| folded(&unit.unit_code) == typed))
        .or_else(|| only(&|unit| names(unit).iter().any(|name| folded(name) == typed)))
        .or_else(|| only(&|unit| is_piece(unit) && PIECES.contains(&typed.as_str())))
}

fn is_piece(unit: &SaleUnit) -> bool {
    unit.is_base && PIECE_CODES.contains(&unit.unit_code.as_str())
}

/// The unit of a line that names none: what the account ordered last, else the default one, else the base unit.
pub fn usual<'a>(article: &'a Article, last_ordered: Option<&str>) -> Option<(&'a SaleUnit, UnitOrigin)> {
    let last = last_ordered.and_then(|unit| article.unit(unit));
    let default = article.units.iter().find(|unit| unit.is_default);
    // The base unit comes first.
    let known = [
        (last, UnitOrigin::LastOrdered),
        (default, UnitOrigin::Default),
        (article.units.first(), UnitOrigin::Base),
    ];
    known.into_iter().find_map(|(unit, origin)| Some((unit?, origin)))
}

fn folded(text: &str) -> String {
    keys::folded(text.trim().trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::rules::units_of;
    use crate::ids::ProductId;
    use crate::names::sets::ArticleState;
    use crate::quantity::Content;

    fn article() -> Article {
        let pack = |unit: &str, code: &str, name: &str, content| {
            let mut pack = SaleUnit::base(unit, None);
            pack.unit_code = code.to_owned();
            pack.name = name.to_owned();
            pack.content = Content::new(content, 1).expect("valid");
            pack.is_base = false;
            (None, pack)
        };
        let packs = vec![
            pack("CT6", "XCT", "Carton of 6", 6),
            pack("CT12", "XCT", "Carton of 12", 12),
            pack("PAL", "XPX", "Pallet", 480),
        ];
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
            units: units_of(SaleUnit::base("H87", None), packs),
        }
    }

    #[test]
    fn a_unit_is_known_by_key_name_code_and_what_people_call_it() {
        let article = article();
        let names = |unit: &SaleUnit| match unit.unit_code.as_str() {
            "XCT" => vec!["carton".to_owned(), "cartons".to_owned()],
            "XPX" => vec!["pallet".to_owned(), "Paletten".to_owned()],
            _ => Vec::new(),
        };
        for (typed, expected) in [
            ("CT6", Some("CT6")),
            ("ct12", Some("CT12")),
            ("carton of 6", Some("CT6")),
            ("XPX", Some("PAL")),
            ("paletten", Some("PAL")),
            ("h87", Some("H87")),
            ("pcs.", Some("H87")),
            ("Stück", Some("H87")),
            // Two cartons there are: that is for the buyer to say.
            ("XCT", None),
            ("cartons", None),
            ("bag", None),
        ] {
            let found = choose(&article, typed, names).map(|unit| unit.unit.as_str());
            assert_eq!(found, expected, "{typed}");
        }
    }

    #[test]
    fn the_usual_unit_is_the_last_ordered_else_the_default_else_the_base_unit() {
        let mut article = article();
        let check = |article: &Article, last, expected: &str, origin| {
            let found = usual(article, last).map(|(unit, origin)| (unit.unit.as_str(), origin));
            assert_eq!(found, Some((expected, origin)));
        };
        check(&article, Some("PAL"), "PAL", UnitOrigin::LastOrdered);
        check(&article, Some("GONE"), "H87", UnitOrigin::Base);
        check(&article, None, "H87", UnitOrigin::Base);
        article.units[2].is_default = true;
        check(&article, None, "CT12", UnitOrigin::Default);
        check(&article, Some("PAL"), "PAL", UnitOrigin::LastOrdered);
    }
}
